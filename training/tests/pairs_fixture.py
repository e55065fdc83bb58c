"""Writes e2e/models/pairs: `python training/tests/pairs_fixture.py`, from the repository's root.

A tiny model that tells whether two texts name the same colour, trained on texts put together by a rule.
Beside the package lies `pairs-in-python.json`, what Python makes of some pairs: their token ids, where the second
text begins, and every exit's logits. Browsers must make the same of them.
"""

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from training.export import export_recipe
from training.package import Package
from training.texts import encode

COLOURS = ["red", "blue", "green", "black", "white"]
FIRST = ["the {} car stands at the door", "she wears a {} coat", "who has seen my {} hat ?", "a {} bird sings"]
SECOND = ["my coat is {}", "it was a {} car", "they painted the wall {}", "the {} one , please", "is it {} ?"]
ROWS = 6000
DEV = 500

LONG = "the red bird sings and " * 12
PAIRS = [
    ("The red car stands at the door.", "My coat is red."),
    ("She wears a blue coat.", "Is it white?"),
    ("a green bird", ""),
    ("", "green"),
    ("Wer hat den roten Hut?", "不知道，红色"),
    (LONG, "my coat is red"),
    ("my coat is red", LONG),
    (LONG, LONG),
    ("a " * 14, "is it black and white and red or blue or green ?"),
]
"""Short ones, empty ones, some that are cut: the first, the second, both."""


def rows(count: int, chance: random.Random) -> str:
    """A table of so many pairs, every other one of the same colour."""
    lines = ["label\ttext\ttext_pair"]
    for number in range(count):
        one, other = chance.sample(COLOURS, 2)
        other = other if number % 2 else one
        label = "another" if number % 2 else "the same"
        lines.append(f"{label}\t{chance.choice(FIRST).format(one)}\t{chance.choice(SECOND).format(other)}")
    return "\n".join([*lines, ""])


def reference(package: Package) -> list[dict]:
    found = encode(package.tokenizer, PAIRS, package.manifest["max_tokens"])
    said = package.trajectories(PAIRS).logits.swapaxes(0, 1)  # [n, E, N]
    return [
        {"text": text, "text_pair": text_pair, "ids": ids, "second": second,
         "logits": [[round(float(value), 5) for value in row] for row in logits]}
        for (text, text_pair), ids, second, logits in zip(PAIRS, found.ids, found.seconds, said)
    ]


if __name__ == "__main__":
    folder = Path("e2e/models/pairs")
    with TemporaryDirectory() as made:
        data, chance = Path(made), random.Random(1)
        (data / "train.tsv").write_text(rows(ROWS, chance), encoding="utf-8")
        (data / "dev.tsv").write_text(rows(DEV, chance), encoding="utf-8")
        export_recipe("fixture-pairs", data, data / "runs", folder)
    table = reference(Package(folder))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table)
    folder.with_name("pairs-in-python.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
