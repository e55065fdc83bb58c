"""The tables of training/results: a row a line, so that a change of one is a change of one line."""

import json
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "results"


def read_table(path: Path) -> list[dict]:
    """The table so far."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def write_table(path: Path, table: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(row) for row in table)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
