"""What a person should know of their data before an hour of training: nothing here stops it."""

import collections
from pathlib import Path

from .data import Labelled, Task
from .labels import notes_of
from .tables import read_table
from .texts import parts, texts_in

READ = {"label", "text", "text_pair"}
"""Columns that training reads."""
FEW_DEV = 50


def notes_on(path: Path, rows: Labelled, task: Task) -> list[str]:
    """path: the file of `rows`, which the task's training rows are, or are a part of."""
    return [*notes_on_file(path), *notes_of(task.names, bool(rows.sets)), *notes_on_rows(rows, task.names), *notes_on_dev(task)]


def notes_on_file(path: Path) -> list[str]:
    table, found = read_table(path), []
    unused = [name or "(without a name)" for name in table.columns if name not in READ]
    if unused:
        found.append(f"columns that are not used: {', '.join(unused)}")
    twice = [name for name, count in collections.Counter(table.columns).items() if count > 1 and name in READ]
    found += [f"there is more than one column {name}; the first is read" for name in twice]
    broken = [line for line, text in texts_in(table, path) if "\N{REPLACEMENT CHARACTER}" in "".join(parts(text))]
    if broken:
        found.append(
            f"{len(broken)} texts hold \N{REPLACEMENT CHARACTER}, which stands for letters that were lost when the file "
            f"was saved, the first in {path}:{broken[0]}"
        )
    return found


def notes_on_rows(rows: Labelled, names: list[str]) -> list[str]:
    found = []
    counts = collections.Counter(one for row in range(len(rows)) for one in rows.classes(row)).most_common()
    (common, many), (rare, few) = counts[0], counts[-1]
    if many > 10 * few:
        found.append(
            f"classes are uneven: {few} rows of {names[rare]!r}, {many} of {names[common]!r}; "
            "accuracy will hide the rare one"
        )
    if twice := len(rows) - len(set(rows.texts)):
        found.append(f"{twice} rows repeat the text of another row")
    seen = collections.defaultdict(set)
    for text, label in zip(rows.texts, rows.labels):
        seen[text].add(label)
    if torn := sum(len(labels) > 1 for labels in seen.values()):
        found.append(f"{torn} texts stand there with more than one label" + (" set" if rows.sets else ""))
    return found


def learnt_from_dev(task: Task) -> int:
    """How many dev texts are training texts too."""
    known = set(task.train.texts)
    return sum(text in known for text in task.dev.texts)


def notes_on_dev(task: Task) -> list[str]:
    train, dev, found = task.train, task.dev, []
    if shared := learnt_from_dev(task):
        found.append(
            f"{shared} of {len(dev)} dev texts are training texts too; what is measured on them flatters the model"
        )
    judged = {one for row in range(len(dev)) for one in dev.classes(row)}
    counts = collections.Counter(one for row in range(len(train)) for one in train.classes(row))
    missing = [f"{name!r} ({counts[one]} to learn from)" for one, name in enumerate(task.names) if one not in judged]
    if missing:
        shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        found.append(f"dev has no row of {shown}: no figure tells how well that is learnt")
    if len(dev) < FEW_DEV:
        found.append(f"dev has {len(dev)} rows, each of them {100 / len(dev):.1f} points: its figures are rough")
    return found
