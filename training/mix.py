"""A multi-label task out of CLINC150: texts that ask for several things at once, as people do.

One to three requests in one text, joined by words, with all their intents as labels; one text in
twenty asks for nothing that there is a label for. (Utterances of several intents joined by
conjunctions are how MixATIS and MixSNIPS were made: Qin et al., 2020, AGIF.)
"""

from pathlib import Path

import numpy as np

from .data import read_names, read_rows
from .labels import BETWEEN
from .texts import expect_pairs

MOST = 3
NOTHING = 1 / 20
JOINTS = [" and ", " and then ", " also ", ", ", ". ", "; oh and "]
ROWS = {"train": 20_000, "dev": 1_000, "test": 2_000}


def mix(data: Path, out: Path, labels: list[str] | None) -> None:
    """Writes train.tsv, dev.tsv and test.tsv, each of rows of CLINC150's split of that name.

    labels: the intents to take, or None for all; the requests for others then have no label."""
    known = read_names(data / "train.tsv")
    expect_pairs([text for *_, text in read_rows(data / "train.tsv")], False, data / "train.tsv", "a mixed task")
    labels = labels or known
    strangers = set(labels) - set(known)
    if strangers:
        raise ValueError(f"{data / 'train.tsv'} has no label {', '.join(sorted(strangers))}")
    out.mkdir(parents=True, exist_ok=True)
    for number, (split, count) in enumerate(ROWS.items()):
        by_label: dict[str, list[str]] = {label: [] for label in labels}
        others = [text for _, _, text in read_rows(data / f"oos_{split}.tsv")]
        for _, label, text in read_rows(data / f"{split}.tsv"):
            by_label.get(label, others).append(text)
        rng = np.random.default_rng(number)
        rows = [mixed(by_label, others, rng) for _ in range(count)]
        lines = ["label\ttext", *(f"{BETWEEN.join(chosen)}\t{text}" for chosen, text in rows), ""]
        (out / f"{split}.tsv").write_text("\n".join(lines), encoding="utf-8")


def mixed(by_label: dict[str, list[str]], others: list[str], rng: np.random.Generator) -> tuple[list[str], str]:
    """(labels, text) of one text."""
    if rng.random() < NOTHING:
        return [], others[rng.integers(len(others))]
    chosen = [str(label) for label in rng.choice(list(by_label), rng.integers(1, MOST + 1), replace=False)]
    text = ""
    for label in chosen:
        request = by_label[label][rng.integers(len(by_label[label]))].rstrip(" .?!")
        text += (JOINTS[rng.integers(len(JOINTS))] if text else "") + request
    return chosen, text
