"""Texts that ask for several things: their labels, and those that ask for none."""

import pytest

from training.data import LabelSets, read_tsv
from training.mix import ROWS, mix


@pytest.fixture
def clinc(tmp_path):
    for split in ROWS:
        rows = [f"{label}\t{label} {i}?" for label in ("alarm", "timer", "weather", "yes") for i in range(5)]
        (tmp_path / f"{split}.tsv").write_text("\n".join(["label\ttext", *rows, ""]))
        (tmp_path / f"oos_{split}.tsv").write_text("label\ttext\noos\tsomething else\n")
    return tmp_path


def test_every_request_in_a_text_is_among_its_labels_and_no_other(clinc, tmp_path):
    labels = ["alarm", "timer", "weather"]
    mix(clinc, tmp_path / "out", labels)
    sets = LabelSets(3)
    dev = read_tsv(tmp_path / "out" / "dev.tsv", labels, sets)
    assert len(dev) == ROWS["dev"]
    for text, number in zip(dev.texts, dev.labels):
        assert {labels[i] for i in sets.table[number]} == {label for label in labels if label in text}
    counts = [len(sets.table[number]) for number in dev.labels]
    assert set(counts) == {0, 1, 2, 3} and 0.02 < counts.count(0) / len(counts) < 0.09


def test_unknown_intents_are_named(clinc, tmp_path):
    with pytest.raises(ValueError, match="has no label lunch"):
        mix(clinc, tmp_path / "out", ["alarm", "lunch"])
