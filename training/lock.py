"""Keeps the processes of a machine from working in one folder at once."""

import hashlib
import tempfile
from pathlib import Path

from filelock import FileLock


def lock(folder: Path) -> FileLock:
    """Not yet taken; ends with its process at the latest. Its file lies elsewhere: a folder of packages is served as it is."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return FileLock(Path(tempfile.gettempdir()) / f"fastbert-web-{name}.lock")
