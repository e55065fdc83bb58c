"""How weights are rounded, in training and export alike."""

import numpy as np
import torch
from torch import Tensor


def quantise(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8: w ≈ q · scale, q in [-127, 127]. Values, and one float32 scale for each index of `axis`."""
    others = tuple(a for a in range(weights.ndim) if a != axis)
    scale = np.abs(weights).max(axis=others, keepdims=True).astype(np.float32) / np.float32(127)
    scale[scale == 0] = 1
    values = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    return values, scale.reshape(-1)


def round_rows(table: Tensor) -> Tensor:
    """A table [rows, H] with every row rounded to what its int8 form says."""
    values, scale = quantise(table.numpy(), axis=0)
    return torch.from_numpy(values.astype(np.float32) * scale[:, None])


# Of the row's largest value: clipping it a little pays where the others get finer levels for it.
CLIPS = np.linspace(0.65, 1, 8, dtype=np.float32)


def quantise_4_bits(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sixteen even levels a row, none of which is 0: w ≈ (q - 7.5) · scale, q in [0, 15].

    rows [n, H] → q, uint8 [n, H], and scales [n]: of those tried, the one with the least squared error.
    """
    largest = np.abs(rows).max(1).astype(np.float32) / np.float32(7.5)
    largest[largest == 0] = 1
    best, scale, least = np.zeros(rows.shape, np.uint8), largest.copy(), np.full(len(rows), np.inf)
    for clip in CLIPS:
        tried = largest * clip
        q = np.clip(np.floor(rows / tried[:, None]) + 8, 0, 15).astype(np.uint8)
        error = ((levels(q, tried) - rows) ** 2).sum(1)
        better = error < least
        best[better], scale[better], least[better] = q[better], tried[better], error[better]
    return best, scale


def levels(q: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """What four bits stand for: [n, H] and a scale a row → float32 [n, H]."""
    return (q.astype(np.float32) - np.float32(7.5)) * scale[:, None]


def round_rare(table: Tensor, common: int) -> Tensor:
    """A table [rows, H] with the rows from `common` on rounded to what their four bits say."""
    rare = levels(*quantise_4_bits(table[common:].numpy()))
    return torch.cat([table[:common], torch.from_numpy(rare)])
