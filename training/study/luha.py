"""Lower uncertainty, higher accuracy: FastBERT's hypothesis (section 4.5), exit by exit."""

import numpy as np

from ..package import Trajectories

BINS = 10


def by_uncertainty(seen: Trajectories, gold: np.ndarray) -> list[dict]:
    """For each exit, how many texts lie in each tenth of [0, 1] and how many of them are right; and,
    over all pairs of a right and a wrong answer, how often the wrong one is the less certain (AUROC)."""
    result = []
    for number, unsure, said in zip(seen.numbers, seen.uncertainties, seen.predictions):
        right = said == gold
        bins = np.minimum((unsure * BINS).astype(int), BINS - 1)
        result.append({
            "exit": int(number),
            "count": np.bincount(bins, minlength=BINS).tolist(),
            "right": np.bincount(bins, weights=right, minlength=BINS).astype(int).tolist(),
            "auroc": auroc(unsure[~right], unsure[right]),
        })
    return result


def auroc(higher: np.ndarray, lower: np.ndarray) -> float | None:
    """How often one of `higher` lies over one of `lower`, ties counting half; None where one is empty."""
    if not len(higher) or not len(lower):
        return None
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / 2 / len(ordered))
