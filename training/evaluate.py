"""Accuracy and mean depth of a package at given speeds."""

import json
import math
from pathlib import Path

import numpy as np

from .data import read_rows
from .package import Package, trajectories_of
from .study.auroc import auroc


def parse_speeds(text: str) -> list[float]:
    try:
        speeds = [float(part) for part in text.split(",")]
    except ValueError:
        speeds = [math.nan]
    if not all(0 <= s <= 1 for s in speeds):
        raise ValueError(f"--speed {text}: a speed is a threshold from 0 to 1; give some with commas between, as 0,0.3,0.5")
    return speeds


def wilson(right: int, n: int) -> list[float]:
    """95 % interval of a share (Wilson, 1927)."""
    z, share = 1.959964, right / n
    spread = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / spread
    half = z / spread * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return [centre - half, centre + half]


def evaluate_package(folder: Path, data: Path, speeds: list[float], trajectories: Path | None = None,
                     out_of_scope: Path | None = None) -> dict:
    """The figures by speed, and each exit's accuracy where every text stops there
    (null for a hidden state without an exit).

    `trajectories` gets what each exit said of each row (never texts), for the browser to be compared with.
    Of `out_of_scope`, texts that belong to no class, an exit's AUROC is how often one of them is less
    certain than one of `data`.
    """
    package = Package.open(folder)
    rows = package.rows(data)
    seen, gold, n = package.trajectories(rows.texts), np.array(rows.labels), len(rows)
    results = []
    for speed in speeds:
        said, exits = seen.answers(seen.exits_at(speed))
        right = int((said == gold).sum())
        results.append({
            "speed": speed,
            "accuracy": right / n,
            "interval": wilson(right, n),
            "meanDepth": float(exits.mean()),
            "exits": np.bincount(exits, minlength=seen.numbers[-1] + 1).tolist(),
        })
    apart = {}
    if out_of_scope:
        texts = [text for _, _, text in read_rows(out_of_scope)]
        package.expect(texts, out_of_scope)
        strangers = package.trajectories(texts)
        by_exit = [auroc(*pair) for pair in zip(strangers.uncertainties, seen.uncertainties)]
        apart = {"outOfScope": {"data": out_of_scope.name, "n": strangers.logits.shape[1],
                                "auroc": seen.by_hidden_state(by_exit)}}
    if trajectories:
        table = trajectories_of(seen, rows.labels, data.name) | apart
        trajectories.write_text(json.dumps(table, separators=(",", ":")), encoding="utf-8")
    accuracy = seen.by_hidden_state([(row == gold).mean().item() for row in seen.predictions])
    return {"model": package.manifest["name"], "data": data.name, "n": n, "exitAccuracy": accuracy,
            **apart, "results": results}
