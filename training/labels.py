"""What a label is: the names of classes, and what a cell of a file says of them.

The page reads labels by the same rules (`src/page/texts/class-numbers.ts`, docs/tables.md).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable

from .tables import SPACES

BETWEEN = "|"
"""Stands between the labels of a text that has several."""
OTHERS_BETWEEN = ",;、，；"
"""What others write there."""
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?(\s?%)?", re.ASCII | re.IGNORECASE)
MOST_VALUES = 10
"""Ratings come in a few numbers with a point; more of them are values on a scale."""


def labels_in(cell: str) -> list[str]:
    """The labels in a cell of a multi-label file; an empty one has none."""
    return [label for part in cell.split(BETWEEN) if (label := part.strip(SPACES))]


def class_numbers(names: list[str]) -> Callable[[str], int | None]:
    """Gives a label's class: by its name, in any case if that leaves no doubt, or, unless a class is
    called by a number, by its number from 0. None for what is no class."""
    exact = {} if any(map(WHOLE.fullmatch, names)) else {str(number): number for number in range(len(names))}
    exact |= {name: number for number, name in enumerate(names)}
    folded: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        folded[name.lower()].append(number)

    def number_of(label: str) -> int | None:
        if label in exact:
            return exact[label]
        alike = folded.get(label.lower(), [])
        return alike[0] if len(alike) == 1 else None

    return number_of


def in_order(names: set[str]) -> list[str]:
    """Whole numbers by their value, all others by the alphabet."""
    if all(map(WHOLE.fullmatch, names)):
        return sorted(names, key=lambda name: (int(name), name))
    return sorted(names)


def refuse_values(names: list[str], where: object) -> None:
    """ValueError for labels that are values on a scale and no classes."""
    if len(names) <= MOST_VALUES or not all(map(NUMBER.fullmatch, names)) or all(map(WHOLE.fullmatch, names)):
        return
    raise ValueError(
        f"{where}: {len(names)} different labels ({', '.join(names[:4])}, …): these look like numbers; regression is not "
        "offered. Make classes of them, such as low, middle and high, and fit again"
    )


def seen_as(name: str) -> str:
    """A label as an eye takes it that minds neither case nor spaces: without characters that are not seen, in one Unicode form."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", name).casefold() if not char.isspace() and unicodedata.category(char) != "Cf"
    )


def notes_of(names: list[str], multi_label: bool) -> list[str]:
    """What is odd about labels, and may not be meant."""
    notes, alike = [], defaultdict(list)
    if all(map(NUMBER.fullmatch, names)) and names != [str(number) for number in range(len(names))]:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        notes.append(f"the labels are numbers ({shown}); they are taken as names, with no order and no distance between them")
    for name in names:
        alike[seen_as(name)].append(name)
    for twins in alike.values():
        if len(twins) > 1:
            shown = " and ".join(map(repr, twins))
            notes.append(f"{shown} differ by case, spaces or what is not seen only, and are {len(twins)} classes; write them alike if they are one")
    if not multi_label and any(BETWEEN in name for name in names):
        notes.append(f"labels hold {BETWEEN!r}; where it stands between several labels of a text, ask for --multi-label")
    if multi_label and (joined := [name for name in names if any(sign in name for sign in OTHERS_BETWEEN)]):
        notes.append(f"{joined[0]!r} is one label; where it is several of a text, write {BETWEEN!r} between them")
    return notes
