"""What the browser computes on WASM (`workers/wasm/`), in PyTorch, from a package's own shards.

Activations are rounded to 7 bits with one scale a token, products with int8 weights are whole
numbers, everything else is float32. So the two differ by float rounding alone, and, where a value
lies on the edge between two steps, by that step.

Texts of a call are of one length, so that nothing is padded or masked, as in the browser.

Shapes: hidden [n, T, H] of n texts of T tokens, logits [n, N].
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .model import ACTIVATIONS, Architecture

LEVELS = 127
"""Activations are whole numbers from 0 to it: two of their products with int8 fit 16 bits."""

EXACT = 2**24 // (LEVELS * 127)
"""So many products in float32 sum to a whole number without rounding, in whatever order."""


def quantise(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Rows x [.., K] as x ≈ (q - zero) · scale: q, whole numbers in [0, 127]; zero and scale [.., 1].

    0 is exact, and the range is that of the row: a layer's wide activations hardly go below 0.
    """
    low, high = x.amin(-1, keepdim=True).clamp(max=0), x.amax(-1, keepdim=True).clamp(min=0)
    span = high - low
    empty = span < 1e-30
    inverse, scale = LEVELS / span, span / LEVELS
    zero = torch.round(-low * inverse)
    q = torch.clamp(torch.round(x * inverse) + zero, 0, LEVELS)
    return q.masked_fill(empty, 0), zero.masked_fill(empty, 0), scale.masked_fill(empty, 1)


def integer_product(q: Tensor, weight: Tensor) -> Tensor:
    """Whole numbers q [.., K] times weight [K, N], both held as floats → int32 [.., N], exact."""
    size = len(weight)
    return sum((q[..., k : k + EXACT] @ weight[k : k + EXACT]).int() for k in range(0, size, EXACT))


@dataclass
class Product:
    """x [.., K] → x · weight + bias [.., N]; the row is multiplied by `smooth` [K] first where there is one."""

    weight: Tensor  # int8 values as floats, [K, N]
    scale: Tensor
    bias: Tensor
    smooth: Tensor | None

    def __post_init__(self) -> None:
        self.column_sums = self.weight.sum(0).int()

    def __call__(self, x: Tensor) -> Tensor:
        q, zero, scale = quantise(x if self.smooth is None else x * self.smooth)
        total = integer_product(q, self.weight) - zero.int() * self.column_sums
        return total.float() * (scale * self.scale) + self.bias


def product(tensors: dict[str, np.ndarray], name: str) -> Product:
    weight, scale, bias = (torch.tensor(tensors[f"{name}.{part}"]).float() for part in ("weight", "scale", "bias"))
    smooth = tensors.get(f"{name}.smooth")
    return Product(weight, scale, bias, None if smooth is None else torch.tensor(smooth))


class Norm:
    def __init__(self, tensors: dict[str, np.ndarray], name: str, epsilon: float):
        self.weight, self.bias = (torch.tensor(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        self.epsilon = epsilon

    def __call__(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, x.shape[-1:], self.weight, self.bias, self.epsilon)


class EngineLayer:
    """hidden → hidden."""

    def __init__(self, tensors: dict[str, np.ndarray], arch: Architecture):
        self.heads, self.act = arch.num_attention_heads, ACTIVATIONS[arch.hidden_act]
        self.qkv, self.out, self.up, self.down = (product(tensors, name) for name in ("qkv", "out", "up", "down"))
        self.norm_1, self.norm_2 = (Norm(tensors, name, arch.layer_norm_eps) for name in ("norm_1", "norm_2"))

    def __call__(self, hidden: Tensor) -> Tensor:
        n, t, _ = hidden.shape
        q, k, v = self.qkv(hidden).view(n, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
        attended = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, -1)
        hidden = self.norm_1(hidden + self.out(attended))
        return self.norm_2(hidden + self.down(self.act(self.up(hidden))))


class EngineExit:
    """hidden → logits."""

    def __init__(self, tensors: dict[str, np.ndarray], arch: Architecture):
        self.heads = arch.exit_heads
        self.narrow, self.ask, self.answer = (product(tensors, name) for name in ("narrow", "ask", "answer"))
        self.weight, self.bias = (torch.tensor(tensors[f"classify.{part}"]) for part in ("weight", "bias"))

    def __call__(self, hidden: Tensor) -> Tensor:
        narrow = torch.tanh(self.narrow(hidden))  # [n, T, S]
        means = (self.attention_in(narrow) @ narrow).flatten(1)
        return torch.tanh(self.answer(means)) @ self.weight + self.bias


    def attention(self, hidden: Tensor) -> Tensor:
        """How much of each token the first one takes [n, heads, T]."""
        return self.attention_in(torch.tanh(self.narrow(hidden)))

    def attention_in(self, narrow: Tensor) -> Tensor:
        n, _, size = narrow.shape
        asked = self.ask(narrow[:, 0]).view(n, self.heads, size)
        return ((asked @ narrow.transpose(1, 2)) * (size / self.heads) ** -0.5).softmax(-1)


class EngineHead:
    """A model's own classification head: hidden → logits."""

    def __init__(self, tensors: dict[str, np.ndarray], arch: Architecture):
        self.act, self.dense = ACTIVATIONS[arch.head_act], product(tensors, "dense")
        self.weight, self.bias = (torch.tensor(tensors[f"classify.{part}"]) for part in ("weight", "bias"))

    def __call__(self, hidden: Tensor) -> Tensor:
        return self.act(self.dense(hidden[:, 0])) @ self.weight + self.bias
