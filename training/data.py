"""Labelled texts and the batches made of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .labels import class_numbers, in_order, labels_in
from .split import on_both_sides
from .tables import SPACES, read_table
from .texts import Encoded, Text, are_pairs, encode, expect_pairs, parted, parts, texts_in


class LabelSets:
    """Of a multi-label task: the sets of labels that are met, numbered as they come, so that what a
    text is, or an exit says, is one number there too, and right where it is the whole set."""

    def __init__(self, classes: int):
        self.classes = classes
        self.table: list[tuple[int, ...]] = []
        self.numbers: dict[tuple[int, ...], int] = {}

    def number(self, members: Iterable[int]) -> int:
        key = tuple(sorted(set(members)))
        if key not in self.numbers:
            self.numbers[key] = len(self.table)
            self.table.append(key)
        return self.numbers[key]

    def numbers_of(self, chosen: np.ndarray) -> np.ndarray:
        """Of which labels are chosen [.., N], the numbers of the sets [..]."""
        flat = chosen.reshape(-1, self.classes)
        return np.array([self.number(np.flatnonzero(row).tolist()) for row in flat]).reshape(chosen.shape[:-1])

    def chosen(self, numbers: torch.Tensor) -> torch.Tensor:
        """Of the numbers of sets [n], 1 for each of their labels and 0 for the others [n, N]."""
        rows = torch.zeros(len(self.table), self.classes)
        for row, members in zip(rows, self.table):
            row[list(members)] = 1
        return rows[numbers]


@dataclass
class Dataset:
    """n texts: their token ids (ragged, [CLS] … [SEP]) and their labels [n]: classes, or `sets` by number.
    Of pairs also `seconds` [n]: where each one's second text begins, in tokens. Of texts that are read in windows also
    `windows` [n]: how many tokens each one's windows have, which lie end to end in its ids."""

    ids: list[list[int]]
    labels: torch.Tensor
    mask_token: int | None
    sets: LabelSets | None = None
    seconds: list[int] | None = None
    windows: list[list[int]] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def and_unlabelled(self, more: Encoded) -> "Dataset":
        """With texts that have no label; they say class 0, for nothing to read."""
        labels = torch.cat([self.labels, torch.zeros(len(more.ids), dtype=torch.long)])
        seconds = None if self.seconds is None else self.seconds + more.seconds
        windows = None if self.windows is None else self.windows + more.windows
        return Dataset(self.ids + more.ids, labels, self.mask_token, self.sets, seconds, windows)

    @property
    def encoded(self) -> Encoded:
        return Encoded(self.ids, self.seconds, self.windows)

    def some(self, rows: Sequence[int]) -> "Dataset":
        kept = self.encoded.some(rows)
        return Dataset(kept.ids, self.labels[list(rows)], self.mask_token, self.sets, kept.seconds, kept.windows)


@dataclass
class Batch:
    """ids [B, T] padded with 0, mask [B, T] (True where there is a token), rows [B] in the data set;
    of pairs, seconds [B]: the position where the second text begins. Where texts are read in windows, those are what
    ids and mask have [W, T], and `owners` [W] tells of which of the B texts each is."""

    ids: torch.Tensor
    mask: torch.Tensor
    rows: torch.Tensor
    seconds: torch.Tensor | None = None
    owners: torch.Tensor | None = None

    def to(self, device: torch.device) -> "Batch":
        """With its tokens on a device; the rows stay, as they index what is in memory."""
        seconds = None if self.seconds is None else self.seconds.to(device)
        owners = None if self.owners is None else self.owners.to(device)
        return Batch(self.ids.to(device), self.mask.to(device), self.rows, seconds, owners)


@dataclass
class Labelled:
    """n texts, or n pairs, and the number of each one's class or, where it may have several, of its set of them."""

    texts: list[Text]
    labels: list[int]
    sets: LabelSets | None = None

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def pairs(self) -> bool:
        return are_pairs(self.texts)

    def classes(self, row: int) -> tuple[int, ...]:
        return self.sets.table[self.labels[row]] if self.sets else (self.labels[row],)

    def some(self, rows: Sequence[int]) -> "Labelled":
        return Labelled([self.texts[r] for r in rows], [self.labels[r] for r in rows], self.sets)

    def encoded(self, tokenizer: Tokenizer, max_tokens: int, windows: int = 1) -> Dataset:
        found = encode(tokenizer, self.texts, max_tokens, windows)
        return Dataset(found.ids, torch.tensor(self.labels), mask_token(tokenizer), self.sets, found.seconds, found.windows)


def read_rows(path: Path, leave_out: dict[str, list[str]] = {}) -> list[tuple[int, str, Text]]:
    """(line number, label, text) of each row of a table (docs/tables.md) with the columns `label` and `text`;
    where there is a column `text_pair`, text is the pair of both.

    Labels are trimmed, texts are as they stand. leave_out: by column, what rows are not wanted that have it there.
    Raises ValueError with the file and the line of the first row that does not fit.
    """
    table = read_table(path)
    for column in leave_out:
        if column not in table.columns:
            raise ValueError(f"{path}: there is no column {column} by which to leave rows out, got {', '.join(table.columns)}")
    if "label" not in table.columns:
        raise ValueError(f"{path}: the header must name the columns label and text, got {', '.join(table.columns)}")
    label_at = table.columns.index("label")
    labels = [row.cells[label_at].strip(SPACES) for row in table.rows]
    unwanted = [(table.columns.index(column), values) for column, values in leave_out.items()]
    return [
        (line, label, text)
        for row, label, (line, text) in zip(table.rows, labels, texts_in(table, path))
        if not any(row.cells[at] in values for at, values in unwanted)
    ]


def labels_of(cell: str, multi_label: bool, where: str) -> list[str]:
    """The labels in a row's cell: one or, of a multi-label file, any number. where: for the ValueError."""
    if multi_label:
        return labels_in(cell)
    if not cell:
        raise ValueError(
            f"{where}: a row without a label; fill it in or delete the row (with --multi-label a text may have none)"
        )
    return [cell]


def read_names(path: Path, multi_label: bool = False) -> list[str]:
    """The labels of a file, each once, in order: the names of its classes."""
    rows = read_rows(path)
    return in_order({label for line, cell, _ in rows for label in labels_of(cell, multi_label, f"{path}:{line}")})


def read_tsv(path: Path, names: list[str], sets: LabelSets | None = None, leave_out: dict[str, list[str]] = {}) -> Labelled:
    """A file's texts and classes, as its labels name them (`class_numbers`).

    sets: of a multi-label task, whose rows name any number of labels, split by BETWEEN. leave_out: as for `read_rows`."""
    number_of = class_numbers(names)

    def classes_of(cell: str, where: str) -> list[int]:
        labels = labels_of(cell, sets is not None, where)
        numbers = [number_of(label) for label in labels]
        if None in numbers:
            shown = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
            raise ValueError(f"{where}: label {labels[numbers.index(None)]!r} is neither a class number nor one of {shown}")
        return numbers

    rows = read_rows(path, leave_out)
    classes = [classes_of(cell, f"{path}:{line}") for line, cell, _ in rows]
    labels = [row[0] for row in classes] if sets is None else [sets.number(row) for row in classes]
    return Labelled([text for _, _, text in rows], labels, sets)


@dataclass
class Task:
    """What a recipe learns from, and chooses on."""

    names: list[str]
    train: Labelled
    dev: Labelled


def read_task(recipe: dict, folder: Path) -> Task:
    """The recipe's data in `folder`: train.tsv and dev.tsv (or the files that `train_file` and `dev_file` name), or
    `dev_rows` of the training rows. Where the recipe names no `labels`, the training rows do.
    With `multi_label` a row has any number of labels. Training rows that have in a column what `leave_out` names for
    it do not count. Of `extra_files` the training rows get what the dev rows do not have."""
    path = folder / recipe.get("train_file", "train.tsv")
    multi_label = recipe.get("multi_label", False)
    names = recipe.get("labels") or read_names(path, multi_label)
    sets = LabelSets(len(names)) if multi_label else None
    train = read_tsv(path, names, sets, recipe.get("leave_out", {}))

    def also(file: str) -> Labelled:
        rows = read_tsv(folder / file, names, sets)
        expect_pairs(rows.texts, train.pairs, folder / file, path.name)
        return rows

    if "dev_rows" in recipe:
        train, dev = without_dev(train, recipe["dev_rows"])
    else:
        dev = also(recipe.get("dev_file", "dev.tsv"))
    for file in recipe.get("extra_files", []):
        extra = unlike(also(file), dev)
        train = Labelled(train.texts + extra.texts, train.labels + extra.labels, sets)
    return Task(names, train, dev)


PROBE = 30
"""Letters in a row that two different news texts do not share at their start or end."""


def unlike(rows: Labelled, dev: Labelled) -> Labelled:
    """The rows that are no other form of a dev text (cut, lowercased, without punctuation): letters
    alone are compared, and neither the first nor the last of a row stand in a dev text."""
    known = "\n".join(map(letters, dev.texts))

    def is_new(text: Text) -> bool:
        own = letters(text)
        return own[:PROBE] not in known and own[-PROBE:] not in known

    return rows.some([i for i, text in enumerate(rows.texts) if is_new(text)])


def letters(text: Text) -> str:
    return "".join(filter(str.isalpha, "".join(parts(text)).lower()))


def without_dev(all_rows: Labelled, count: int) -> tuple[Labelled, Labelled]:
    """(train, dev): a seeded choice of some `count` rows, with as much of each class as all rows have, and
    something of each class that has two rows."""
    labels = np.array(all_rows.labels)
    shuffled = np.random.default_rng(0).permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    dev = set(by_class[np.linspace(0, len(labels) - 1, count).round().astype(int)].tolist())
    dev = on_both_sides([all_rows.classes(i) for i in range(len(labels))], dev)
    train = [i for i in range(len(labels)) if i not in dev]
    return all_rows.some(train), all_rows.some(sorted(dev))


def mask_token(tokenizer: Tokenizer) -> int | None:
    """The id of BERT's or RoBERTa's mask, where there is one."""
    found = [tokenizer.token_to_id(name) for name in ("[MASK]", "<mask>")]
    return next((number for number in found if number is not None), None)


def pad(data: Dataset, rows: np.ndarray) -> Batch:
    read = [data.ids[r] for r in rows]
    owners = None
    if data.windows:
        owners = torch.tensor([i for i, r in enumerate(rows) for _ in data.windows[r]])
        read = [window for r in rows for window in parted(data.ids[r], data.windows[r])]
    longest = max(map(len, read))
    ids = torch.zeros(len(read), longest, dtype=torch.long)
    mask = torch.zeros(len(read), longest, dtype=torch.bool)
    for i, tokens in enumerate(read):
        ids[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = True
    seconds = None if data.seconds is None else torch.tensor([data.seconds[r] for r in rows])
    return Batch(ids, mask, torch.from_numpy(rows), seconds, owners)


def training_batches(data: Dataset, size: int, rng: np.random.Generator) -> Iterator[Batch]:
    """One epoch in random order; texts of like length share a batch, so that little is padding."""
    order = rng.permutation(len(data))
    pool = size * 50
    batches = []
    for start in range(0, len(order), pool):
        part = order[start : start + pool]
        part = part[np.argsort([len(data.ids[r]) for r in part], kind="stable")]
        batches += [part[i : i + size] for i in range(0, len(part), size)]
    for i in rng.permutation(len(batches)):
        yield pad(data, batches[i])


def share(batches: Iterator[Batch], index: int, count: int) -> Iterator[Batch]:
    """One of `count` processes' share: every count-th batch. Of a last round that is not whole some
    get a batch that another has too, so that all take as many steps."""
    group: list[Batch] = []
    for batch in batches:
        group.append(batch)
        if len(group) == count:
            yield group[index]
            group = []
    if group:
        yield group[index % len(group)]


def evaluation_batches(data: Dataset, size: int = 128) -> Iterator[Batch]:
    """Every row once, shortest first."""
    order = np.argsort([len(ids) for ids in data.ids], kind="stable")
    for start in range(0, len(order), size):
        yield pad(data, order[start : start + size])
