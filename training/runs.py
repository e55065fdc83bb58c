"""Where a run lies: in a folder whose name is a fingerprint of everything that went into it.

So a run goes on only with what it began with, and what it came to is never taken for the result of
other data, labels, weights or settings. Nothing is deleted: going back to them finds the run again.
"""

import hashlib
import json
import re
from pathlib import Path

REVISION = 1
"""Raised whenever the code makes something else of the same inputs."""


def digest(*files: Path) -> str:
    """SHA-256 of what files hold, one after another."""
    sums = b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)
    return hashlib.sha256(sums).hexdigest()


def fingerprint(inputs: dict) -> str:
    """Of inputs that JSON can hold, files by their `digest`: 12 hexadecimal digits."""
    return hashlib.sha256(json.dumps(inputs | {"revision": REVISION}, sort_keys=True).encode()).hexdigest()[:12]


def run_folder(runs: Path, name: str, inputs: dict) -> Path:
    return runs / f"{name}-{fingerprint(inputs)}"


def begin(folder: Path, inputs: dict) -> str:
    """Makes a run's folder, and says whether the run goes on or, beside an older one of the name, why it does not."""
    record = folder / "inputs.json"
    if record.exists():
        return f"{folder}: goes on where it was"
    folder.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps(inputs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    name = folder.name.rpartition("-")[0]
    others = [path for path in folder.parent.glob("*/inputs.json") if re.fullmatch(re.escape(name) + "-[0-9a-f]{12}", path.parent.name)]
    before = max((path for path in others if path != record), key=lambda path: path.stat().st_mtime, default=None)
    if before is None:
        return f"{folder}: starts"
    old = json.loads(before.read_text(encoding="utf-8"))
    changed = sorted(key for key in old | inputs if old.get(key) != inputs.get(key)) or ["the code"]
    return f"{folder}: starts anew, as {before.parent.name} was made from other inputs ({', '.join(changed)})"
