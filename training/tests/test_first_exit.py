"""N-grams in a package: learnt from texts whose label only pairs of neighbours tell, written, and read again."""

import json

import numpy as np
import pytest
import torch
from test_package import ARCH, tokenizer, untrained

import training.export as exporting
from training.data import Labelled
from training.describe import describe
from training.first_exit import add_ngrams, lesson_of
from training.package import Package

LETTERS = "defghijklmnop"
TEXTS = [(f"{one} {pair} {other}", label) for one in LETTERS for other in LETTERS for pair, label in (("a b", 0), ("b a", 1))]


def rows(texts) -> Labelled:
    return Labelled([text for text, _ in texts], [label for _, label in texts])


@pytest.fixture
def train():
    return rows([text for i, text in enumerate(TEXTS) if i % 3])


@pytest.fixture
def dev():
    return rows(TEXTS[::3])


def exported(tmp_path, dev, lesson=None) -> Package:
    model, recipe, _, folder = untrained(ARCH, tmp_path)
    return exporting.export(model, tokenizer(), recipe, {"model_type": "bert"}, {}, dev, folder, lesson)


def test_exit_0_is_given_what_pairs_say_and_the_others_stay(tmp_path, train, dev):
    plain = exported(tmp_path / "plain", dev)
    lesson = lesson_of(train.encoded(tokenizer(), 16), 2, torch.zeros(0, 2), seed=1)
    made = exported(tmp_path / "with", dev, lesson)
    before, after = (package.trajectories(dev.texts) for package in (plain, made))
    gold = np.array(dev.labels)
    assert (after.predictions[0] == gold).mean() == 1 > (before.predictions[0] == gold).mean()
    assert np.array_equal(before.logits[1:], after.logits[1:])
    again = Package.open(made.folder).trajectories(dev.texts)
    assert np.array_equal(again.logits, after.logits)
    assert json.loads((made.folder / "calibration.json").read_text())["predictions"][0] == gold.tolist()
    assert "n-grams beside exit 0" in describe(made.folder)
    assert "what n-grams of word pieces say" in (made.folder / "README.md").read_text()


def test_where_they_tell_nothing_they_are_left_out(tmp_path, dev, capsys):
    noise = torch.randint(0, 2, (len(dev),), generator=torch.Generator().manual_seed(3)).tolist()
    lesson = lesson_of(Labelled(dev.texts, noise).encoded(tokenizer(), 16), 2, torch.zeros(0, 2), seed=1)
    made = exported(tmp_path, Labelled(dev.texts[::-1], noise), lesson)
    assert "ngrams" not in made.manifest and "left out" in capsys.readouterr().out


def test_texts_without_a_label_teach_what_the_last_exit_says():
    texts = rows(TEXTS[:6]).encoded(tokenizer(), 16)
    lesson = lesson_of(texts, 2, torch.tensor([[0.0, 2.0], [1.0, 1.0]]), seed=1)
    assert lesson.targets[:4].tolist() == [[1, 0], [0, 1], [1, 0], [0, 1]]
    assert torch.allclose(lesson.targets[4:], torch.tensor([[0.0, 2.0], [1.0, 1.0]]).softmax(-1))


def test_a_recipes_package_gets_them_afterwards_and_gets_them_anew(tmp_path, train, dev):
    package = exported(tmp_path, dev)
    data = tmp_path / "data"
    data.mkdir()
    for name, part in (("train", train), ("dev", dev)):
        table = "".join(f"{label}\t{text}\n" for text, label in zip(part.texts, part.labels))
        (data / f"{name}.tsv").write_text("label\ttext\n" + table, encoding="utf-8")
    manifest = package.folder / "manifest.json"
    content = json.loads(manifest.read_text())
    content["training"]["seed"] = 1
    manifest.write_text(json.dumps(content))
    first = Package.open(package.folder)
    before = first.trajectories(dev.texts)
    (package.folder / "rivals.json").write_text("{}")
    add_ngrams(package.folder, data)
    once = Package.open(package.folder)
    assert once.ngrams and (once.trajectories(dev.texts).predictions[0] == np.array(dev.labels)).mean() == 1
    assert np.array_equal(once.trajectories(dev.texts).logits[1:], before.logits[1:])
    add_ngrams(package.folder, data)
    twice = Package.open(package.folder)
    assert np.allclose(twice.trajectories(dev.texts).logits[0], once.trajectories(dev.texts).logits[0], atol=0.3)
    assert (package.folder / "rivals.json").exists()
    with pytest.raises(ValueError, match="fit and adopt add them by themselves"):
        add_ngrams(package.folder, data / "train.tsv")
