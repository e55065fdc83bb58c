"""Texts of our own that are cut into windows, the same here and in workers/windows.test.ts.

`python training/tests/window_texts.py`, from the repository's root, writes workers/windows.fixture.json.
"""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from training.tables import SPACES
from training.windows import windows_of

FIXTURE = Path("workers/windows.fixture.json")

STORY = (
    "The room was clean. We had asked for a quiet one, and got it! Breakfast, at 7.30 a.m., was plain; the coffee was "
    "not... Would we come back? (Yes.) \"Surely.\" Even the bill was right.\n\nOne thing more: the lift is slow"
)
CASES = [
    ("one window takes it all", STORY, 200, 10),
    ("sentences stay whole", STORY, 14, 10),
    ("of a long sentence words are parted", STORY, 5, 20),
    ("no more windows than so many", STORY, 5, 3),
    ("a single word a window", STORY, 1, 100),
    ("Chinese sentences end without spaces", "房间很干净。早餐不错！可是电梯太慢……下次还会来吗？会的。", 8, 10),
    ("Chinese without an end is cut by characters", "房间很干净早餐不错可是电梯太慢下次还会来" * 2, 7, 10),
    ("full-width marks, quotes and brackets", "他说：“很好。”然后走了！（再也没有回来。）后来呢？…谁知道。", 9, 10),
    ("full stops within words end nothing", "See www.example.org/a.b.c?x=1!y for v1.2.3.4 of it.Really. So it is.", 3, 10),
    ("ends at the very end", "One. Two. Three.", 2, 10),
    ("white space of all kinds", "  One\u00a0. \u3000Two!\t\r\nThree?\u2028Four.\ufeffFive \n \n Six.  ", 2, 10),
    ("line feeds alone", "one\ntwo\n\nthree four five\nsix\n", 2, 10),
    ("emoji and other surrogate pairs are not cut", "😀😡👍🏽🎬𠮷𠀋" * 5, 4, 20),
    ("marks without words", "!!! ... ??? 。。。 ……", 1, 10),
    ("nothing but white space", " \n ", 3, 5),
    ("nothing", "", 3, 5),
]


def words(slices: Sequence[str]) -> list[int]:
    """How many pieces slices have, of a tokenizer that is simple enough for both languages: a word is one, but of what is
    no ASCII each code point is."""
    return [sum(1 if word.isascii() else len(word) for word in re.findall(f"[^{SPACES}]+", one)) for one in slices]


def random_cases() -> list[tuple[str, str, int, int]]:
    """Of everything that the rules look at, in any order."""
    rng = random.Random(19)
    parts = ["a", "word", "x.y", "词", "语言", "😀", ".", "!", "?", "…", "。", "！", '"', ")", "”", " ", "  ", "\n", "\t", "\u3000"]
    return [
        (f"random {i}", "".join(rng.choice(parts) for _ in range(rng.randint(1, 60))), rng.randint(1, 6), rng.choice([2, 5, 100]))
        for i in range(60)
    ]


def main() -> None:
    cases = []
    for what, text, room, most in CASES + random_cases():
        windows, whole = windows_of(text, room, most, words)
        cases.append({"what": what, "text": text, "room": room, "most": most, "windows": windows, "whole": whole})
    FIXTURE.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
