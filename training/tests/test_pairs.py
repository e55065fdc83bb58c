"""Pairs of texts: read, encoded, trained on, exported, and refused where single texts are wanted."""

import json

import numpy as np
import pytest
import torch

from test_fit import backbone, order
from test_package import ARCH, export, tokenizer, untrained
from training.calibrate import calibrate_package
from training.data import Batch, Labelled, LabelSets, read_task, read_tsv
from training.evaluate import evaluate_package
from training.families import Source, load_weights
from training.fit import fit
from training.model import EarlyExitModel
from training.package import Package
from training.quantise import round_rows
from training.texts import encode, read_texts
from training.train import mask_tokens

CLS, SEP, MASK = 2, 3, 4
OF_SECOND = [(other, one, f"the {other} film") for one in ("good", "old") for other in ("good", "old")]
"""The second text alone tells the label."""


def write(path, rows) -> None:
    path.write_text("\n".join(["label\ttext\ttext_pair", *("\t".join(row) for row in rows), ""]), encoding="utf-8")


def letters(n: int) -> str:
    return " ".join("abcdefghijklmnopqrst"[:n])


def test_a_third_column_makes_pairs(tmp_path):
    write(tmp_path / "x.tsv", [("yes", "one", "two"), ("0", "three", "four")])
    rows = read_tsv(tmp_path / "x.tsv", ["no", "yes"])
    assert rows == Labelled([("one", "two"), ("three", "four")], [1, 0]) and rows.pairs
    assert not Labelled(["one"], [0]).pairs and rows.some([1]).texts == [("three", "four")]


@pytest.mark.parametrize(("first", "second", "kept"), [
    (3, 4, (3, 4)), (3, 12, (3, 6)), (12, 3, (6, 3)), (4, 12, (4, 5)), (12, 4, (5, 4)),
    (5, 12, (4, 5)), (12, 5, (5, 4)), (12, 12, (4, 5)), (0, 12, (0, 9)), (12, 0, (9, 0)), (0, 0, (0, 0)),
])
def test_the_longer_text_is_cut_first(first, second, kept):
    found = encode(tokenizer(), [(letters(first), letters(second))], 12)
    a, b = kept
    ids = found.ids[0]
    assert ids[0] == CLS and ids[a + 1] == ids[-1] == SEP and len(ids) == a + b + 3
    assert found.seconds == [a + 2]


def test_where_the_second_text_begins_goes_with_its_row():
    rows = Labelled([("a", "b c d"), ("a b c", "d"), ("a", "")], [0, 1, 0])
    data = rows.encoded(tokenizer(), 12)
    assert data.seconds == [3, 5, 3] and data.some([1]).seconds == [5]
    assert data.and_unlabelled(encode(tokenizer(), [("b a", "c")], 12)).seconds == [3, 5, 3, 4]
    assert Labelled(["a b"], [0]).encoded(tokenizer(), 12).seconds is None


def test_masking_leaves_both_ends_alone():
    ids = torch.tensor([[CLS, 10, 11, 12, SEP, 13, 14, SEP, 0], [CLS, 10, 11, 12, 13, 14, 15, 16, SEP]])
    batch = Batch(ids, ids > 0, torch.arange(2))
    assert mask_tokens(batch, 1.0, MASK).tolist() == [
        [CLS, MASK, MASK, MASK, SEP, MASK, MASK, SEP, 0], [CLS, *[MASK] * 7, SEP]]


def of_pairs(tmp_path):
    """What `untrained` gives, for pairs."""
    _, recipe, _, folder = untrained(ARCH, tmp_path)
    torch.manual_seed(0)
    model = EarlyExitModel(ARCH, has_types=True)
    model.embeddings.words.copy_(round_rows(torch.randn(64, 32)))
    model.embeddings.positions.copy_(round_rows(torch.randn(32, 32)))
    model.embeddings.types.copy_(torch.randn(32))
    return model, recipe, Labelled([("good film", "the film"), ("old", "the old film")], [1, 0]), folder


def test_the_package_says_what_the_model_says_of_pairs(tmp_path):
    model, recipe, dev, folder = of_pairs(tmp_path)
    package = export((model, recipe, dev, folder))
    assert package.pairs and json.loads((folder / "manifest.json").read_text())["text_pair"] is True
    data = Labelled([("the good", "old film"), ("the", "good old film")], [0, 1]).encoded(tokenizer(), 32)
    ids, seconds = torch.tensor(data.ids), torch.tensor(data.seconds)
    with torch.no_grad():
        expected = model.eval()(ids, torch.ones_like(ids, dtype=torch.bool), seconds)
    found = encode(package.tokenizer, [("the good", "old film"), ("the", "good old film")], 32)
    assert np.abs(package.logits(found) - expected.numpy()).max() < 0.05
    assert torch.allclose(package.embed(found), model.embeddings(ids, seconds), atol=1e-4)
    assert not torch.allclose(package.embed(found), model.embeddings(ids, seconds + 1), atol=0.1)
    assert "two texts together" in (folder / "README.md").read_text()


def test_types_are_the_backbones(tmp_path):
    model = EarlyExitModel(ARCH, has_types=True)
    with torch.no_grad():
        load_weights(model, Source(backbone(tmp_path / "bert", 2)))
    torch.manual_seed(0)
    words, positions, kinds = torch.randn(64, 32), torch.randn(32, 32), torch.randn(2, 32)
    ids = torch.tensor([[CLS, 10, SEP, 11, SEP]])
    wanted = words[ids] + positions[:5] + kinds[torch.tensor([0, 0, 0, 1, 1])]
    wanted = torch.nn.functional.layer_norm(wanted, (32,))
    assert torch.allclose(model.embeddings(ids, torch.tensor([3])), wanted, atol=0.05)


def test_fit_reads_the_second_text(tmp_path):
    write(tmp_path / "my.tsv", OF_SECOND * 60)
    (tmp_path / "more.txt").write_text("good\tthe old film\n\nold\told\n")
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2), unlabelled=tmp_path / "more.txt")
    package = fit(wanted)
    assert package.pairs and "types" in package.table
    assert evaluate_package(wanted.out, wanted.data, [0.0])["results"][0]["accuracy"] > 0.9
    calibrate_package(wanted.out, wanted.data)
    assert json.loads((wanted.out / "calibration.json").read_text())["n"] == 240

    single = tmp_path / "single.tsv"
    single.write_text("label\ttext\ngood\tgood\n")
    for refusing in (lambda: evaluate_package(wanted.out, single, [0.0]), lambda: calibrate_package(wanted.out, single)):
        with pytest.raises(ValueError, match=r"single\.tsv:1: no column text_pair, but the model mine has pairs"):
            refusing()


def test_a_model_of_single_texts_refuses_pairs(tmp_path):
    built = untrained(ARCH, tmp_path)
    export(built)
    write(tmp_path / "x.tsv", [("yes", "good", "film")])
    for refusing in (lambda: evaluate_package(built[3], tmp_path / "x.tsv", [0.0]),
                     lambda: calibrate_package(built[3], tmp_path / "x.tsv")):
        with pytest.raises(ValueError, match=r"x\.tsv:1: a column text_pair, but the model t has single texts"):
            refusing()
    assert "text_pair" not in Package(built[3]).manifest


def test_dev_rows_are_of_the_same_kind(tmp_path):
    write(tmp_path / "my.tsv", OF_SECOND * 20)
    dev = tmp_path / "dev.tsv"
    dev.write_text("label\ttext\ngood\tgood\n")
    with pytest.raises(ValueError, match=r"dev\.tsv:1: no column text_pair, but my\.tsv has pairs"):
        fit(order(tmp_path, dev=dev))
    write(tmp_path / "train.tsv", OF_SECOND)
    with pytest.raises(ValueError, match=r"dev\.tsv:1: no column text_pair, but train\.tsv has pairs"):
        read_task({}, tmp_path)


def test_a_row_without_its_second_text_is_refused(tmp_path):
    write(tmp_path / "my.tsv", [*OF_SECOND * 20, ("good", "good", " ")])
    with pytest.raises(ValueError, match=r"my\.tsv:82: a row without a text"):
        fit(order(tmp_path))


def test_unlabelled_pairs_have_a_tab_between(tmp_path):
    (tmp_path / "more.txt").write_text("a\tb\n\nc d\n")
    assert read_texts(tmp_path / "more.txt") == ["a\tb", "c d"]
    with pytest.raises(ValueError, match=r"more\.txt:3: no pair; give two texts with a tab between them"):
        read_texts(tmp_path / "more.txt", pairs=True)


def test_pairs_may_have_several_labels(tmp_path):
    write(tmp_path / "x.tsv", [("no|yes", "a", "b")])
    sets = LabelSets(2)
    rows = read_tsv(tmp_path / "x.tsv", ["no", "yes"], sets)
    assert rows.pairs and sets.table[rows.labels[0]] == (0, 1)
