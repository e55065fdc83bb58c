"""Ways to decide whether a text may leave, compared at equal mean depth.

A gate gives each text at each exit a score; the text leaves at the first exit whose score is under
the threshold. For two classes entropy, highest probability and margin rank texts alike at every
exit, but one threshold for all exits cuts them at different places.
"""

import numpy as np

from ..data import Labelled
from ..package import Package, Trajectories, exits_at, normalised_entropy


def highest(p: np.ndarray) -> np.ndarray:
    """1 - the highest probability (Schwartz et al., 2020)."""
    return 1 - p.max(-1)


def margin(p: np.ndarray) -> np.ndarray:
    """1 - the distance between the two highest."""
    two = np.sort(p, -1)[..., -2:]
    return 1 - (two[..., 1] - two[..., 0])


def top_entropy(p: np.ndarray, k: int = 5) -> np.ndarray:
    """Normalised entropy of the k highest, made to sum to 1 (FastPLM's label reduction)."""
    few = np.sort(p, -1)[..., -k:]
    return normalised_entropy(few / few.sum(-1, keepdims=True))


def patience(p: np.ndarray) -> np.ndarray:
    """Minus the number of exits in a row, up to and with this one, that say the same class (PABEE,
    Zhou et al., 2020): leaves after t of them at a threshold of 0.5 - t."""
    said = p.argmax(-1)
    count = np.ones(said.shape)
    for e in range(1, len(said)):
        count[e] = np.where(said[e] == said[e - 1], count[e - 1] + 1, 1)
    return -count


GATES = {"normalised entropy": normalised_entropy, "highest probability": highest, "margin": margin,
         "top-5 entropy": top_entropy, "patience": patience}


def at_depth(dev: Trajectories, test: Trajectories, gold: np.ndarray, gate, depth: float) -> dict:
    """The gate's accuracy on test with the threshold that comes closest to `depth` on dev."""
    score = gate(dev.probabilities)
    candidates = np.unique(np.quantile(score[:-1], np.linspace(0, 1, 2001)))
    depths = np.array([dev.numbers[exits_at(score, t)].mean() for t in candidates])
    threshold = candidates[np.abs(depths - depth).argmin()]
    said, exits = test.answers(exits_at(gate(test.probabilities), threshold))
    return {"threshold": float(threshold), "meanDepth": float(exits.mean()),
            "accuracy": float((said == gold).mean())}


DEPTHS = [0.5, 1.0, 1.5, 2.0, 3.0]
"""Mean depths, in layers, at which gates are compared."""


def study_gates(package: Package, dev: Labelled, test: Labelled) -> list[dict]:
    """A row a gate and depth: {gate, asked, threshold, meanDepth, accuracy}, the last two on test."""
    seen_dev, seen_test = package.trajectories(dev.texts), package.trajectories(test.texts)
    gold = np.array(test.labels)
    return [{"gate": name, "asked": depth} | at_depth(seen_dev, seen_test, gold, gate, depth)
            for name, gate in GATES.items() for depth in DEPTHS]
