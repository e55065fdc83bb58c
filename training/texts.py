"""Texts and pairs of texts, and their token ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

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
