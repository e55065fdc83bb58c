"""Trains and measures every system of a task; what is in the table already is left as it is."""

import json
from pathlib import Path

from .lab import Lab, read_settings
from .measure import add_rows, rows_of
from .systems import SYSTEMS

RESULTS = Path(__file__).resolve().parents[1] / "results"


def compare(task: str, data: Path, runs: Path, rows: int, seeds: int) -> None:
    settings, path = read_settings(task), RESULTS / f"{task}.json"
    for seed in range(1, seeds + 1):
        lab = Lab(settings, data, runs, seed, rows)
        for system in SYSTEMS:
            if seeds > 1 and not system.repeated:
                continue
            found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
            wanted = (system.system, system.variant, seed, len(lab.train))
            if any((r["system"], r["variant"], r["seed"], r["trainRows"]) == wanted for r in found):
                continue
            measured = rows_of(system, lab, data / "test.tsv")
            add_rows(path, measured)
            print(system.name, f"{100 * measured[0]['accuracy']:.2f} %", flush=True)
