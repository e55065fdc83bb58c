"""Texts and pairs of texts, as files hold them, and their token ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from .runs import digest
from .tables import SPACES, Table, read_lines, read_table

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
    where each one's second text begins, in tokens."""

    ids: list[list[int]]
    seconds: list[int] | None = None

    def some(self, rows: Sequence[int]) -> "Encoded":
        seconds = None if self.seconds is None else [self.seconds[r] for r in rows]
        return Encoded([self.ids[r] for r in rows], seconds)


def encode(tokenizer: Tokenizer, texts: Sequence[Text], max_tokens: int) -> Encoded:
    """Texts or pairs cut to `max_tokens`, with [CLS] and [SEP] kept; of a pair the longer text is cut first."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    found = tokenizer.encode_batch(texts)
    ids = [encoding.ids for encoding in found]
    if not are_pairs(texts):
        return Encoded(ids)
    # Not told by token types: some tokenizers have none. The second text ends in the last [SEP].
    return Encoded(ids, [len(one.ids) - 1 - one.sequence_ids.count(1) for one in found])
