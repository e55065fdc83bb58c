"""An encoder without labels as a package: it computes what the model does, and says that it has no labels."""

import json

import pytest
import torch

import training.general as general
from training.describe import describe
from training.evaluate import evaluate_package
from training.families import Source, load_weights
from training.model import EarlyExitModel
from training.package import Package
from training.texts import Encoded

from test_families import save


@pytest.fixture
def made(tmp_path):
    backbone = save(tmp_path / "bert", "bert")
    folder = tmp_path / "models" / "general"
    return general.export_general(folder, backbone, None), backbone, folder


def test_its_hidden_states_are_the_encoders(made):
    package, backbone, folder = made
    source = Source(backbone)
    model = EarlyExitModel(source.architecture(2), dropout=0.0)
    load_weights(model, source)
    ids = package.tokenizer.encode(general.TEXTS[0]).ids
    hidden = package.embed(Encoded([ids]))
    with torch.no_grad():
        states, _ = model.eval().hidden_states(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.bool))
        for layer, wanted in zip(package.layers, states[1:]):
            hidden = layer(hidden)
            assert (hidden - wanted).abs().mean() < 0.1 * wanted.std()
    assert package.exits == {}


def test_it_is_whole_and_has_no_labels(made, tmp_path):
    _, _, folder = made
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["kind"] == "backbone" and not {"labels", "exits", "calibration", "problem_type"} & set(manifest)
    assert "no labels" in describe(folder) and "no exits" in describe(folder)
    rows = tmp_path / "rows.tsv"
    rows.write_text("label\ttext\na\tgood\nb\tbad\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no labels of its own"):
        evaluate_package(folder, rows, [0.5])


def test_texts_of_ones_own_tell_the_outliers(made, tmp_path):
    _, backbone, _ = made
    texts = tmp_path / "texts.txt"
    texts.write_text("good film\nthe old film\n", encoding="utf-8")
    again = general.export_general(tmp_path / "models" / "mine", backbone, texts)
    assert Package(again.folder).manifest["name"] == "mine"
