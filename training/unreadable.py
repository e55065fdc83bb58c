"""Files of a model that are not what they should be, and how that is said."""

import json
from pathlib import Path

POINTER = b"version https://git-lfs"
"""How the file begins that git leaves in the place of a large one where git-lfs is not there."""


def unreadable(path: Path, why: object) -> ValueError:
    """An error that names the file and says what to do."""
    with path.open("rb") as file:
        if file.read(len(POINTER)) == POINTER:
            return ValueError(f"{path} is not the file itself but git's pointer to it; get it by `git lfs pull`, or download it")
    return ValueError(f"{path} cannot be read ({why}); copy or download it again")


def read_object(path: Path) -> dict:
    """A JSON file that holds an object."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # no UTF-8, or no JSON
        raise unreadable(path, error) from None
    if not isinstance(found, dict):
        raise unreadable(path, "it holds no JSON object")
    return found
