"""How a package takes its place: whole and checked beside the old one first, then at once.

Nothing is touched that is not ours: of a folder only what is known to be a package, and of the shards
beside it only those that the package before named, that no other one names, and that still are what
their name says.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .lock import lock

FILES = {"manifest.json", "calibration.json", "config.json", "tokenizer.json", "tokenizer_config.json", "README.md"}
"""A package's own, beside the shards that it shares."""
SHARDS = "shards"
SHARD = re.compile(r"\.\./shards/([0-9a-f]{16}\.(?:bin|onnx))")


def check_place(folder: Path) -> None:
    """Raises ValueError where a package cannot be put into `folder`, or would take the place of something else."""
    own = "give the package a folder of its own, such as public/models/my-task"
    if folder.name in ("", "..", SHARDS):
        raise ValueError(f"--out {folder}: {own}")
    if folder.is_symlink():
        raise ValueError(f"--out {folder} is a link; name the folder that it leads to")
    if folder.exists():
        if not folder.is_dir():
            raise ValueError(f"--out {folder} is a file; {own}")
        # Hidden files are the system's, and stay where they are.
        names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        foreign = names if not is_package(folder) else [name for name in names if name not in FILES]
        if foreign:
            shown = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
            raise ValueError(f"--out {folder} holds what is no package of ours ({shown}); {own}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shards = folder.parent / SHARDS
        for parent in (folder.parent, shards) if shards.exists() else (folder.parent,):
            Path(tempfile.mkdtemp(prefix=".try-", dir=parent)).rmdir()
    except OSError as error:
        raise ValueError(f"--out {folder}: nothing can be written there ({error.strerror}); choose another place") from None


def is_package(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and str(manifest.get("format")).startswith("fastbert-web/")


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder to write a package into, with one for its shards beside it; at the end of the block the package
    takes the place of `folder`. If the block raises, what was there stays."""
    check_place(folder)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (staging / folder.name).mkdir()
        (staging / SHARDS).mkdir()
        yield staging / folder.name
        # Another export beside it must not delete a shard that this one is about to name.
        with lock(folder.parent):
            take_place(staging, folder)
    finally:
        shutil.rmtree(staging)


def take_place(staging: Path, folder: Path) -> None:
    (folder.parent / SHARDS).mkdir(exist_ok=True)
    for path in (staging / SHARDS).iterdir():
        path.replace(folder.parent / SHARDS / path.name)
    before, old = shards_named(folder), staging / "old"
    if folder.exists():
        folder.rename(old)
    try:
        (staging / folder.name).rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    for path in old.iterdir() if old.exists() else ():
        if path.name not in FILES:
            path.replace(folder / path.name)
    remove_unnamed(before, folder.parent)


def shards_named(folder: Path) -> set[str]:
    """By the manifest of a package, if there is one."""
    manifest = folder / "manifest.json"
    return set(SHARD.findall(manifest.read_text(encoding="utf-8"))) if manifest.exists() else set()


def remove_unnamed(names: set[str], models: Path) -> None:
    """Deletes those of the shards `names` that no manifest in `models` names any more."""
    manifests = b"".join(path.read_bytes() for path in models.glob("*/manifest.json"))
    for name in names:
        path = models / SHARDS / name
        if name.encode() in manifests or not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest()[:16] == path.stem:
            path.unlink()
