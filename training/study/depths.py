"""The slowest of the speeds 0, 0.01, … that stays within a mean depth: a choice that takes no labels."""

import numpy as np

from ..package import Trajectories


def slowest_within(seen: Trajectories, depth: float) -> tuple[float, np.ndarray, np.ndarray]:
    """(speed, each text's class [n], number of the exit that it leaves at [n]); depth: in layers, on average."""
    for speed in np.arange(0, 1.005, 0.01):
        said, exits = seen.answers(seen.exits_at(speed))
        if exits.mean() <= depth:
            break
    return float(speed), said, exits
