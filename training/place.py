"""How a package takes its place: whole and checked beside the old one first, then at once.

Nothing is touched that is not ours: of a folder only what is known to be a package, and of the shards
beside it only those that the package before named, that no other one names, and that still are what
their name says. What a process that was killed had begun beside it, the next under that name clears away.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import Timeout

from .lock import lock

FILES = {"manifest.json", "calibration.json", "config.json", "tokenizer.json", "tokenizer_config.json", "README.md"}
"""A package's own, beside the shards that it shares."""
KEPT = {"rivals.json"}
"""What this repository's page has beside a package (`npm run -s report`); it stays."""
SHARDS = "shards"
SHARD = re.compile(r"\.\./shards/([0-9a-f]{16}\.(?:bin|onnx))")
NEW, OLD = "new", "old"
"""In a folder of `beside`: the package that is being made, and the one that makes way for it."""


def check_place(folder: Path) -> None:
    """Raises ValueError where a package cannot be put into `folder`, or would take the place of something else."""
    own = "give the package a folder of its own, such as public/models/my-task"
    if folder.name in ("", "..", SHARDS):
        raise ValueError(f"{folder}: {own}")
    if folder.is_symlink():
        raise ValueError(f"{folder} is a link; name the folder that it leads to")
    clear_away(folder)
    if folder.exists():
        if not folder.is_dir():
            raise ValueError(f"{folder} is a file; {own}")
        # Hidden files are the system's, and stay where they are.
        names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        foreign = names if not is_package(folder) else [name for name in names if name not in FILES | KEPT]
        if foreign:
            shown = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
            raise ValueError(f"{folder} holds what is no package of ours ({shown}); {own}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shards = folder.parent / SHARDS
        for parent in (folder.parent, shards) if shards.exists() else (folder.parent,):
            Path(tempfile.mkdtemp(prefix=".try-", dir=parent)).rmdir()
    except OSError as error:
        raise ValueError(f"{folder}: nothing can be written there ({error.strerror}); choose another place") from None


def is_package(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and str(manifest.get("format")).startswith("fastbert-web/")


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder to write a package into, with one for its shards beside it; at the end of the block the package
    takes the place of `folder`. If the block raises, what was there stays. Another process that writes a package
    of this name is waited for."""
    check_place(folder)
    with lock(folder):
        staging = Path(tempfile.mkdtemp(prefix=prefix(folder), dir=folder.parent))
        try:
            (staging / NEW).mkdir()
            (staging / SHARDS).mkdir()
            yield staging / NEW
            # Another export beside it must not delete a shard that this one is about to name.
            with lock(folder.parent):
                take_place(staging, folder)
        finally:
            settle(staging, folder)


def copy_files(folder: Path, place: Path) -> None:
    """A package's own files, into where it is made anew."""
    for name in FILES:
        if (folder / name).exists():
            shutil.copyfile(folder / name, place / name)


def prefix(folder: Path) -> str:
    """Of the folders that `beside` makes for a package of this name; eight characters follow."""
    return f".fastbert-web-{folder.name}-"


def take_place(staging: Path, folder: Path) -> None:
    (folder.parent / SHARDS).mkdir(exist_ok=True)
    for path in (staging / SHARDS).iterdir():
        path.replace(folder.parent / SHARDS / path.name)
    if folder.exists():
        folder.rename(staging / OLD)
    (staging / NEW).rename(folder)


def clear_away(folder: Path) -> None:
    """What processes that were killed left of a package of this name, unless another is writing one."""
    with suppress(Timeout), lock(folder).acquire(timeout=0):
        for staging in folder.parent.glob(".fastbert-web-*"):
            named = re.fullmatch(re.escape(prefix(folder)) + "[a-z0-9_]{8}", staging.name)
            if named and {path.name for path in staging.iterdir()} <= {NEW, OLD, SHARDS}:
                settle(staging, folder)


def settle(staging: Path, folder: Path) -> None:
    """Removes what `beside` made, at whatever point it came to its end: the package before comes back where no new
    one took its place, what it held of others goes into the new one, and shards that are named no more go."""
    new, old = staging / NEW, staging / OLD
    with lock(folder.parent):
        if old.exists() and not folder.exists():
            old.rename(folder)
        for path in old.iterdir() if old.exists() else ():
            if path.name not in FILES and not (folder / path.name).exists():
                path.replace(folder / path.name)
        moved = shards_named(new) - {path.name for path in staging.glob(f"{SHARDS}/*")}
        remove_unnamed(moved | shards_named(old), folder.parent, staging)
        shutil.rmtree(staging)


def shards_named(folder: Path) -> set[str]:
    """By the manifest of a package, if there is one."""
    manifest = folder / "manifest.json"
    return set(SHARD.findall(manifest.read_text(encoding="utf-8"))) if manifest.exists() else set()


def remove_unnamed(names: set[str], models: Path, gone: Path) -> None:
    """Deletes those of the shards `names` that no manifest in `models` names any more; those in `gone` do not count."""
    named = [*models.glob("*/manifest.json"), *models.glob(f".fastbert-web-*/{OLD}/manifest.json")]
    manifests = b"".join(path.read_bytes() for path in named if gone not in path.parents)
    for name in names:
        path = models / SHARDS / name
        if name.encode() in manifests or not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest()[:16] == path.stem:
            path.unlink()
