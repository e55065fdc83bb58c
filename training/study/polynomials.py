"""Where the coefficients of `workers/wasm/kernels/simd.ts` come from: `python -m training.study.polynomials`.

Minimax fits by Lawson's iteration (1961): least squares whose weights grow where the error is largest.
"""

from math import erfc, sqrt

import numpy as np


def lawson(columns: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """c such that the largest |columns c - target| · weight over the points is as small as it gets.

    columns [points, n], target and weight [points] → c [n].
    """
    importance = np.ones_like(target)
    least, best = np.inf, None
    for _ in range(400):
        by = np.sqrt(importance) * weight
        c, *_ = np.linalg.lstsq(columns * by[:, None], target * by, rcond=None)
        error = np.abs(columns @ c - target) * weight
        if error.max() < least:
            least, best = error.max(), c
        importance *= np.sqrt(error / error.max() + 1e-3)
        importance /= importance.mean()
    return best


def exponential(degree: int = 6) -> np.ndarray:
    """c₂ … of e^r ≈ 1 + r + c₂r² + …, |r| at most ln 2 / 2, the error relative."""
    r = np.cos(np.linspace(0, np.pi, 3001)) * np.log(2) / 2
    return lawson(np.stack([r**k for k in range(2, degree + 1)], 1), np.exp(r) - 1 - r, np.exp(-r))


def tail(degree: int = 8, power: int = 8, end: float = 5.8) -> np.ndarray:
    """c₁ … of erfc(z/√2) ≈ (1 + c₁z + …)^-power, z from 0 to `end`, the error that of GELU: times z/2."""
    z = end * (1 - np.cos(np.linspace(0, np.pi, 3001))) / 2
    value = np.array([erfc(v / sqrt(2)) for v in z])
    # An error of the polynomial changes z/2 · p^-power by z/2 · power · p^-(power + 1) times as much.
    weight = np.maximum(z, 0.02) / 2 * power * value ** ((power + 1) / power)
    scaled = np.stack([(z / end) ** k for k in range(1, degree + 1)], 1)
    return lawson(scaled, value ** (-1 / power) - 1, weight) / end ** np.arange(1, degree + 1)


if __name__ == "__main__":
    for name, coefficients in (("exp, c₂ …", exponential()), ("erfc, c₁ …", tail())):
        print(name, *(f"{c:.10f}" if abs(c) > 1e-3 else f"{c:.13f}" for c in coefficients))
