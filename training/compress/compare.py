"""Trains and measures every system of a task; what is in the table already is left as it is."""

from pathlib import Path

from .lab import Lab, read_settings
from .measure import is_measured, read_rows, rows_of, write_rows
from .systems import SYSTEMS

RESULTS = Path(__file__).resolve().parents[1] / "results"


def compare(task: str, data: Path, runs: Path, rows: int, seeds: int) -> None:
    settings, path = read_settings(task), RESULTS / f"{task}.json"
    for seed in range(1, seeds + 1):
        lab = Lab(settings, data, runs, seed, rows)
        for system in SYSTEMS:
            if seeds > 1 and not system.repeated:
                continue
            table = read_rows(path)
            if is_measured(table, system, lab):
                continue
            measured = rows_of(system, lab, data / "test.tsv")
            write_rows(path, table + measured)
            print(system.name, f"{100 * measured[0]['accuracy']:.2f} %", flush=True)
