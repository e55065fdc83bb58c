"""How well a score tells two groups apart."""

import numpy as np


def auroc(higher: np.ndarray, lower: np.ndarray) -> float | None:
    """How often one of `higher` lies over one of `lower`, ties counting half; None where one is empty."""
    if not len(higher) or not len(lower):
        return None
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / 2 / len(ordered))
