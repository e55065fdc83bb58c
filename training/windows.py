"""Where a long text is cut into windows, each of which is read alone (`workers/windows.ts` cuts the same).

A text's logits at an exit are the sum of those of its windows: what independent witnesses say of one question (a
logarithmic opinion pool; Genest & Zidek, 1986). So exits learn on whole texts how much a window is worth, and one that
says nothing adds nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from .tables import SPACES

END = re.compile(rf"""(?:(?<![.!?])[.!?]+["')\]”’）」』》】]*(?=[{SPACES}])|[。！？…]+["')\]”’）」』》】]*|\n)[{SPACES}]*""")
"""Of a sentence, with the white space behind it; a full stop within a word ends none."""
WORD = re.compile(rf"[{SPACES}]*[^{SPACES}]+[{SPACES}]*")


def windows_of(text: str, room: int, most: int, count: Callable[[Sequence[str]], list[int]]) -> tuple[list[str], bool]:
    """The slices of a text that are its windows, in order, and whether that is all of it.

    room: pieces that a window takes; most: windows; count: how many pieces each of some slices has, alone.
    """
    windows, window, filled = [], "", 0
    for part, pieces in parts_of(text, room, count):
        if window and filled + pieces > room:
            windows.append(window)
            if len(windows) == most:
                return windows, False
            window, filled = "", 0
        window, filled = window + part, filled + pieces
    return [*windows, window], True


def parts_of(text: str, room: int, count: Callable[[Sequence[str]], list[int]]) -> Iterator[tuple[str, int]]:
    """What is not parted, with its pieces: sentences, of longer ones words, of longer ones so many code points."""
    sentences = sentences_of(text)
    for sentence, pieces in zip(sentences, count(sentences)):
        if pieces <= room:
            yield sentence, pieces
            continue
        words = WORD.findall(sentence)
        for word, size in zip(words, count(words)):
            if size <= room:
                yield word, size
                continue
            chunks = [word[start : start + room] for start in range(0, len(word), room)]
            yield from zip(chunks, count(chunks))


def sentences_of(text: str) -> list[str]:
    ends = [0, *(found.end() for found in END.finditer(text))]
    if ends[-1] < len(text):
        ends.append(len(text))
    return [text[start:end] for start, end in zip(ends, ends[1:])]
