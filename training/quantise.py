"""Symmetric int8: w ≈ q · scale, q in [-127, 127]. One rounding rule for training and export."""

import numpy as np
import torch
from torch import Tensor


def quantise(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """int8 values and float32 scales, one scale for each index of `axis`."""
    others = tuple(a for a in range(weights.ndim) if a != axis)
    scale = np.abs(weights).max(axis=others, keepdims=True).astype(np.float32) / np.float32(127)
    scale[scale == 0] = 1
    values = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    return values, scale.reshape(-1)


def round_rows(table: Tensor) -> Tensor:
    """A table [rows, H] with every row rounded to what its int8 form says."""
    values, scale = quantise(table.numpy(), axis=0)
    return torch.from_numpy(values.astype(np.float32) * scale[:, None])
