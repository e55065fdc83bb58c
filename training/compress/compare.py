"""Trains and measures every system of a task; what is in the table already is left as it is."""

from pathlib import Path

from .lab import Lab, read_settings
from .measure import is_measured, rows_of
from .results import RESULTS, read_table, write_table
from .systems import SYSTEMS


def compare(name: str, data: Path, runs: Path, rows: int, seeds: int) -> None:
    settings, path = read_settings(name), RESULTS / f"{name}.json"
    for seed in range(1, seeds + 1):
        lab = Lab(settings, data, runs, seed, rows)
        for system in SYSTEMS:
            if seeds > 1 and not system.repeated or system.ablation and not settings["ablations"]:
                continue
            table = read_table(path)
            if is_measured(table, system, lab):
                continue
            measured = rows_of(system, lab, data / "test.tsv")
            write_table(path, table + measured)
            print(system.name, f"{100 * measured[0]['accuracy']:.2f} %", flush=True)
