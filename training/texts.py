"""Texts and pairs of texts, as files hold them, and their token ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from tokenizers import Encoding, Tokenizer

from .runs import digest
from .tables import SPACES, Table, read_lines, read_table
from .windows import windows_of

Text = str | tuple[str, str]
"""A text, or a pair of texts that are read together."""


def are_pairs(texts: Sequence[Text]) -> bool:
    """Whether they are pairs; of one task all texts are, or none."""
    return len(texts) > 0 and not isinstance(texts[0], str)


def parts(text: Text) -> tuple[str, ...]:
    """The one text, or the two."""
    return (text,) if isinstance(text, str) else text


def expect_pairs(texts: Sequence[Text], pairs: bool, path: Path, whose: str) -> None:
    """Raises ValueError where a file's texts are pairs and single ones are wanted, or the other way round.

    whose: what wants `pairs`, or single texts, as messages call it."""
    if are_pairs(texts) and not pairs:
        raise ValueError(f"{path}:1: a column text_pair, but {whose} has single texts; take the column out of the file")
    if pairs and not are_pairs(texts):
        raise ValueError(f"{path}:1: no column text_pair, but {whose} has pairs of texts; give each row's second text in it")


def is_table(path: Path) -> bool:
    """Whether `read_texts` reads a file as a table or line by line, which its name says."""
    return path.suffix.lower() in (".csv", ".tsv")


def texts_digest(path: Path) -> str:
    """Of what `read_texts` reads: what the file holds, and how that is read."""
    return f"{'table' if is_table(path) else 'lines'} {digest(path)}"


def read_texts(path: Path, pairs: bool | None = None) -> list[Text]:
    """Texts, or pairs, without labels: of a .csv or .tsv file its column `text`, and `text_pair`; of any other file
    one a line, with a tab between the two of a pair. ValueError where there are none, or none of that kind.

    pairs: which of the two is wanted, or None where the columns tell."""
    if is_table(path):
        texts = [text for _, text in texts_in(read_table(path), path)]
        if pairs is not None:
            expect_pairs(texts, pairs, path, "what is trained")
        return texts
    texts = []
    for number, line in read_lines(path):
        both = tuple(line.split("\t"))
        if pairs and (len(both) != 2 or not all(map(is_text, both))):
            raise ValueError(f"{path}:{number}: no pair; give two texts with a tab between them, and neither of them blank")
        texts.append(both if pairs else line)
    if not texts:
        raise ValueError(f"{path}: there is no text in it; give one a line")
    return texts


def texts_in(table: Table, path: Path) -> list[tuple[int, Text]]:
    """(line number, text) of each row; where there is a column `text_pair`, text is the pair of both."""
    columns = [table.columns.index(name) for name in ("text", "text_pair") if name in table.columns]
    found = []
    for row in table.rows:
        both = tuple(row.cells[column] for column in columns)
        if not all(map(is_text, both)):
            raise ValueError(f"{path}:{row.line}: a row without a text; fill it in or delete the row")
        found.append((row.line, both if len(both) > 1 else both[0]))
    return found


def is_text(cell: str) -> bool:
    return bool(cell.strip(SPACES))


@dataclass
class Encoded:
    """n texts as token ids (ragged, [CLS] … [SEP]); of pairs ([CLS] … [SEP] … [SEP]) also `seconds` [n]:
    where each one's second text begins, in tokens; of texts that are read in windows also `windows` [n]: how many
    tokens each one's windows have, [CLS] … [SEP] each, which lie end to end in its ids."""

    ids: list[list[int]]
    seconds: list[int] | None = None
    windows: list[list[int]] | None = None

    def some(self, rows: Sequence[int]) -> "Encoded":
        def chosen(values: list | None) -> list | None:
            return None if values is None else [values[r] for r in rows]

        return Encoded([self.ids[r] for r in rows], chosen(self.seconds), chosen(self.windows))


def encode(tokenizer: Tokenizer, texts: Sequence[Text], max_tokens: int, windows: int = 1) -> Encoded:
    """Texts or pairs cut to `max_tokens`, with [CLS] and [SEP] kept; of a pair the longer text is cut first.

    windows: in how many of that length, at most, a longer text is read."""
    tokenizer.no_padding()
    if windows > 1:
        return in_windows(tokenizer, texts, max_tokens, windows)
    if not are_pairs(texts):
        tokenizer.enable_truncation(max_tokens)
        return Encoded([encoding.ids for encoding in tokenizer.encode_batch(texts)])
    # The library would make every overflowing piece of the one text with every one of the other: of two long texts, gigabytes.
    tokenizer.no_truncation()
    found = [cut(encoding, max_tokens) for encoding in tokenizer.encode_batch(texts)]
    return Encoded([ids for ids, _ in found], [second for _, second in found])


def parted(ids: list[int], windows: list[int]) -> list[list[int]]:
    """A text's windows, of its ids and how many tokens each has."""
    ends = list(accumulate(windows))
    return [ids[end - size : end] for end, size in zip(ends, windows)]


def in_windows(tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int, most: int) -> Encoded:
    """Single texts; each window is what its slice of the text is alone."""
    frame = len(tokenizer.encode("").ids)

    def pieces(slices: Sequence[str]) -> list[int]:
        return [len(encoding.ids) - frame for encoding in tokenizer.encode_batch(slices)]

    tokenizer.no_truncation()
    ids, windows = [], []
    for text, size in zip(texts, pieces(texts)):
        slices = [text]
        if size > max_tokens - frame:
            slices, _ = windows_of(text, max_tokens - frame, most, pieces)
        found = encode(tokenizer, slices, max_tokens).ids
        tokenizer.no_truncation()
        ids.append([token for window in found for token in window])
        windows.append([len(window) for window in found])
    return Encoded(ids, None, windows)


def cut(pair: Encoding, max_tokens: int) -> tuple[list[int], int]:
    """A pair's ids, cut as the library's `longest_first` and the browser (workers/tokenize.ts) do it, and where the
    second text begins."""
    # Not told by token types: some tokenizers have none.
    sides = pair.sequence_ids
    one, other = sides.count(0), sides.count(1)
    room = max_tokens - (len(sides) - one - other)
    if one + other <= room:
        return pair.ids, len(sides) - 1 - other
    shorter = min(one, other, room // 2)
    one, other = (room - shorter, shorter) if one > other else (shorter, room - shorter)
    left, ids = [one, other], []
    for side, number in zip(sides, pair.ids):
        if side is not None:
            left[side] -= 1
        if side is None or left[side] >= 0:
            ids.append(number)
    return ids, len(ids) - 1 - other  # the second text ends in the last [SEP]
