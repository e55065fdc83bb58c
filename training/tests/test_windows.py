"""Where long texts are cut, as the browser cuts them, and that what is said of their windows adds up, in training as in a package."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from test_package import ARCH, tokenizer, untrained
from window_texts import words

import training.export as exporting
from training.data import Labelled, pad
from training.first_exit import lesson_of
from training.model import EarlyExitModel
from training.package import Package
from training.texts import encode, parted
from training.train import predict, trained_parts
from training.windows import windows_of

WINDOWS = json.loads((Path(__file__).resolve().parents[2] / "workers/windows.fixture.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", WINDOWS, ids=lambda case: case["what"])
def test_texts_are_cut_as_in_the_browser(case):
    slices, whole = windows_of(case["text"], case["room"], case["most"], words)
    assert slices == case["windows"] and whole == case["whole"]
    assert case["text"].startswith("".join(slices)) and ("".join(slices) == case["text"]) == whole
    assert len(slices) <= case["most"]


LETTERS = "abcdefghijklmnop"
TEXT = "a b c d. e f g h i j. k l m n o p a b. c d"


def test_a_window_is_what_its_slice_is_alone():
    found = encode(tokenizer(), ["a b", TEXT], 8, windows=10)
    assert found.windows[0] == [4] and len(found.windows[1]) > 2
    for ids, windows in zip(found.ids, found.windows):
        start, end = ids[0], ids[-1]
        assert all(w[0] == start and w[-1] == end and len(w) <= 8 for w in parted(ids, windows))
    alone = encode(tokenizer(), [TEXT], 100).ids[0]
    inside = [t for w in parted(found.ids[1], found.windows[1]) for t in w[1:-1]]
    assert inside == alone[1:-1]
    assert len(encode(tokenizer(), [TEXT], 8, windows=2).windows[0]) == 2


def test_what_is_said_of_windows_adds_up_in_training():
    torch.manual_seed(0)
    model = EarlyExitModel(ARCH, 0.0).eval()
    rows = Labelled(["a b", TEXT, TEXT[::-1]], [0, 1, 0])
    data = rows.encoded(tokenizer(), 8, windows=10)
    whole = predict(model, data)
    for row, (ids, windows) in enumerate(zip(data.ids, data.windows)):
        alone = sum(model(torch.tensor([w]), torch.ones(1, len(w), dtype=torch.bool))[:, 0] for w in parted(ids, windows))
        assert torch.allclose(whole[:, row], alone, atol=1e-5)
    batch = pad(data, np.array([2, 0]))
    assert batch.owners.tolist() == [0] * len(data.windows[2]) + [1] and batch.rows.tolist() == [2, 0]


@pytest.mark.parametrize("with_ngrams", [False, True])
def test_and_in_a_package(tmp_path, with_ngrams):
    model, recipe, _, folder = untrained(ARCH, tmp_path)
    texts = [f"{a} {b}. {TEXT}" if i % 3 else f"{a} {b}" for i, a in enumerate(LETTERS) for b in LETTERS[:6]]
    dev = Labelled(texts, [i % 2 for i in range(len(texts))])
    lesson = lesson_of(dev.encoded(tokenizer(), 8, 4), 2, torch.zeros(0, 2), seed=1) if with_ngrams else None
    recipe = recipe | {"max_tokens": 8, "windows": 4}
    made = exporting.export(model, tokenizer(), recipe, {"model_type": "bert"}, {}, dev, folder, lesson)
    assert made.manifest["windows"] == 4 and made.manifest["max_tokens"] == 8 and bool(made.ngrams) == with_ngrams
    package = Package.open(folder)
    found = package.encode([TEXT])
    assert len(found.windows[0]) > 2
    slices, _ = windows_of(TEXT, 6, 4, lambda some: [len(ids) - 2 for ids in encode(tokenizer(), some, 100).ids])
    alone = package.trajectories(slices).logits.sum(1)
    assert np.allclose(package.trajectories([TEXT]).logits[:, 0], alone, atol=1e-5)


def test_exits_of_another_task_share_the_layers_shards(tmp_path):
    """Its exits alone are trained, and it is smoothed on the first task's texts."""
    model, recipe, first_dev, folder = untrained(ARCH, tmp_path)
    first = exporting.export(model, tokenizer(), recipe, {"model_type": "bert"}, {}, first_dev, folder)
    backbone, exits = trained_parts(model, "exits")
    assert backbone == [] and {id(p) for p in exits} == {id(p) for head in model.exits.values() for p in head.parameters()}
    with torch.no_grad():
        for parameter in exits:
            parameter += 0.1
    dev = Labelled([TEXT, "a b"], [0, 1])
    recipe = recipe | {"max_tokens": 8, "windows": 4, "package": "other"}
    other = exporting.export(model, tokenizer(), recipe, {"model_type": "bert"}, {}, dev, folder.parent / "other", smooth_on=first_dev)
    assert [part["file"] for part in other.manifest["layers"]] == [part["file"] for part in first.manifest["layers"]]
    assert other.manifest["embeddings"]["file"] == first.manifest["embeddings"]["file"]
    assert not {part["file"] for part in other.manifest["exits"]} & {part["file"] for part in first.manifest["exits"]}
