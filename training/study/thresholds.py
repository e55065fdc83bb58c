"""A threshold an exit, fitted on dev: one speed then stands for a row of thresholds.

For a price λ of a layer in wrong answers, the thresholds are those of the least total cost on dev,
Σ wrong + λ · depth, found exit by exit in turn until none gets better.
"""

import numpy as np

ROUNDS = 4
"""It has settled long before on every set tried."""


def leaving(uncertainties: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """Which of E exits each text leaves at [n], of U [E, n] and thresholds [E - 1]."""
    leaves = uncertainties[:-1] < thresholds[:, None]
    return np.where(leaves.any(0), leaves.argmax(0), len(uncertainties) - 1)


def fit(uncertainties: np.ndarray, wrong: np.ndarray, price: float) -> np.ndarray:
    """Thresholds [E - 1] for U [E, n], wrong [E, n] (bool) and the price of a layer."""
    exits, n = uncertainties.shape
    cost = wrong + price * np.arange(exits)[:, None]
    thresholds = np.zeros(exits - 1)
    for _ in range(ROUNDS):
        for e in reversed(range(exits - 1)):
            thresholds[e] = 0
            otherwise = leaving(uncertainties, thresholds)
            here = otherwise > e  # texts that come by
            gain = (cost[otherwise, np.arange(n)] - cost[e])[here]
            order = np.argsort(uncertainties[e][here], kind="stable")
            gains = np.concatenate([[0], np.cumsum(gain[order])])
            best = int(gains.argmax())
            ordered = uncertainties[e][here][order]
            if best == 0:
                continue
            above = ordered[best] if best < len(ordered) else 1.0
            thresholds[e] = (ordered[best - 1] + above) / 2 if above > ordered[best - 1] else above
    return thresholds
