"""What is said of trajectories, against brute force."""

import numpy as np

from test_package import ARCH, export, untrained
from training.data import Labelled
from training.package import Trajectories
from training.study.auroc import auroc
from training.study.gates import GATES, at_depth, study_gates


def trajectories(n: int, classes: int = 3, exits: int = 4) -> tuple[Trajectories, np.ndarray]:
    """Exits that get better and surer with depth."""
    rng = np.random.default_rng(1)
    gold = rng.integers(0, classes, n)
    signal = np.eye(classes)[gold] * np.linspace(0.5, 3, exits)[:, None, None]
    return Trajectories(signal + rng.normal(size=(exits, n, classes)), np.arange(exits)), gold


def test_every_gate_comes_near_the_depth_that_is_asked_for():
    (dev, _), (test, gold) = trajectories(2000), trajectories(500)
    for name, gate in GATES.items():
        point = at_depth(dev, test, gold, gate, 1.5)
        near = 1.0 if name == "patience" else 0.2  # patience knows whole exits only
        assert abs(point["meanDepth"] - 1.5) < near and point["accuracy"] > 1 / 3


def test_gates_are_compared_on_a_package_at_each_depth(tmp_path):
    built = untrained(ARCH, tmp_path)
    texts = Labelled(["good film", "the old film", "film", "old"] * 5, [1, 0, 1, 0] * 5)
    rows = study_gates(export(built), texts, texts)
    assert len(rows) == 5 * len(GATES) and all(0 <= row["meanDepth"] <= 2 for row in rows)


def test_patience_counts_equal_answers_in_a_row():
    said = np.array([[0], [1], [1], [1]])
    p = np.eye(2)[said] * 0.8 + 0.1
    assert GATES["patience"](p)[:, 0].tolist() == [-1, -1, -2, -3]


def test_auroc_against_all_pairs():
    high, low = np.array([0.3, 0.9, 0.5]), np.array([0.1, 0.5])
    pairs = [(h > l) + 0.5 * (h == l) for h in high for l in low]
    assert auroc(high, low) == np.mean(pairs) and auroc(high, np.array([])) is None
