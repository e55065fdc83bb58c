"""An untrained tiny model through the exporter: what comes out must compute what went in."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

import training.export as exporting
from training.data import Labelled, LabelSets
from training.evaluate import evaluate_package
from training.model import Architecture, EarlyExitModel
from training.package import Package, PackageError, Trajectories, trajectories_of
from training.smooth import divisors
from training.texts import Encoded
from training.quantise import quantise, round_rare, round_rows

ARCH = Architecture(64, 32, 2, 2, 64, 32, 1e-12, 2, exit_size=16, exit_heads=2, head_dim=16, exits=(0, 1, 2))


def tokenizer() -> Tokenizer:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", "good", "film", "the", "old"]
    words += ["##" + c for c in "abcdefghijklmnopqrstuvwxyz"][: 64 - len(words)]
    made = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


@pytest.fixture
def built(tmp_path):
    return untrained(ARCH, tmp_path)


def untrained(arch, tmp_path):
    torch.manual_seed(0)
    model = EarlyExitModel(arch)
    model.embeddings.words.copy_(round_rows(torch.randn(64, 32)))
    model.embeddings.positions.copy_(round_rows(torch.randn(32, 32)))
    recipe = {"recipe": "t", "package": "t", "task": "sst2", "labels": ["no", "yes"], "license": "MIT",
              "batch_size": 1, "stages": [], "tiny": {}}
    dev = Labelled(["good film", "the old film"], [1, 0])
    folder = tmp_path / "models" / "t"
    return model, recipe, dev, folder


def export(built):
    model, recipe, dev, folder = built
    return exporting.export(model, tokenizer(), recipe, {"model_type": "bert"}, {}, dev, folder)


def test_the_package_says_what_the_model_says(built):
    package, model = export(built), built[0]
    ids = package.tokenizer.encode("the good old film").ids
    with torch.no_grad():
        expected = model.eval()(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.bool))[:, 0]
    assert np.abs(package.logits(Encoded([ids]))[:, 0] - expected.numpy()).max() < 0.05
    assert (built[3] / "README.md").exists()


def test_one_exit_and_pruned_heads_and_neurons(tmp_path):
    pruned = replace(ARCH, exits=(2,), num_attention_heads=1, intermediate_size=40)
    built = untrained(pruned, tmp_path)
    package, model = export(built), built[0]
    ids = package.tokenizer.encode("the good old film").ids
    with torch.no_grad():
        expected = model.eval()(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.bool))[:, 0]
    assert np.abs(package.logits(Encoded([ids]))[:, 0] - expected.numpy()).max() < 0.05
    calibration = json.loads((built[3] / "calibration.json").read_text())
    assert calibration["predictions"][:2] == [None, None] and len(calibration["predictions"][2]) == 2
    test = tmp_path / "test.tsv"
    test.write_text("label\ttext\nyes\tgood film\n0\tthe old film\n", encoding="utf-8")
    strangers = tmp_path / "strangers.tsv"
    strangers.write_text("label\ttext\nother\tthe old film\n", encoding="utf-8")
    result = evaluate_package(built[3], test, [0.0, 0.9], out_of_scope=strangers)
    assert [r["meanDepth"] for r in result["results"]] == [2, 2] and result["results"][0]["exits"] == [0, 0, 2]
    # The stranger is one of the two texts: it ties with itself and lies over or under the other.
    assert result["outOfScope"]["auroc"][:2] == [None, None] and result["outOfScope"]["auroc"][2] in (0.25, 0.75)


def test_a_wrong_shard_is_not_built(built, monkeypatch):
    model = built[0]
    other = EarlyExitModel(ARCH).layers[1]
    real = exporting.layer_shard
    monkeypatch.setattr(exporting, "layer_shard", lambda layer, *rest: real(other if layer is wrong else layer, *rest))
    wrong = model.layers[1]
    with pytest.raises(PackageError, match="shard of layer or exit 2"):
        export(built)
    assert not (built[3] / "manifest.json").exists()


def test_outliers_are_taken_out_and_the_product_stays():
    x = torch.randn(500, 40)
    x[:, 7] *= 30
    s = divisors(x.abs().amax(0))
    assert s[7] > 5 and (s > 1).sum() <= 2
    weight = torch.randn(40, 8)
    assert torch.allclose((x / s) @ (weight * s[:, None]), x @ weight, atol=1e-3)


def test_a_template_of_another_model_is_not_built(built, monkeypatch):
    wide = replace(ARCH, num_attention_heads=4, head_dim=8)
    real = exporting.templates
    monkeypatch.setattr(exporting, "templates", lambda arch, layer: real(wide, layer))
    with pytest.raises(PackageError, match="webgpu hidden with the shard of layer or exit 1"):
        export(built)


def test_an_altered_file_is_refused(built):
    export(built)
    folder = built[3]
    manifest = json.loads((folder / "manifest.json").read_text())
    path = folder / manifest["layers"][0]["file"]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(PackageError, match="not the file"):
        Package(folder)


def test_a_package_of_an_older_format_is_refused(built):
    export(built)
    path = built[3] / "manifest.json"
    path.write_text(path.read_text().replace("fastbert-web/2", "fastbert-web/1"))
    with pytest.raises(PackageError, match="export the package again"):
        Package(built[3])


def test_the_gate_is_strict_and_the_last_exit_answers():
    certain, even = [10.0, -10.0], [0.0, 0.0]
    seen = Trajectories(np.array([[even, certain], [certain, even], [even, even]]), np.arange(3))
    assert seen.exits_at(0.5).tolist() == [1, 0]
    assert seen.exits_at(0).tolist() == [2, 2]
    assert seen.exits_at(1).tolist() == [1, 0]


def test_of_several_labels_the_least_certain_decides_and_all_of_them_are_the_answer():
    sets = LabelSets(3)
    seen = Trajectories(np.array([[[9.0, 9.0, -0.1], [-9.0, -9.0, -9.0]]] * 2), np.arange(2), sets=sets)
    assert [sets.table[number] for number in seen.predictions[0]] == [(0, 1), ()]
    assert seen.uncertainties[0, 0] > 0.99 and seen.uncertainties[0, 1] < 0.01
    assert seen.exits_at(0.5).tolist() == [1, 0]
    calibration = trajectories_of(seen, [sets.number([2]), sets.number([])], "dev")
    named = calibration["label_sets"]
    assert [named[number] for number in calibration["labels"]] == [(2,), ()]
    assert [named[number] for number in calibration["predictions"][1]] == [(0, 1), ()]


def test_of_what_cannot_be_read_no_exit_is_sure(built):
    package = export(built)
    seen = package.trajectories(["good film", "", "😍😍", "good 😍", "\u200b"])
    assert (seen.uncertainties[:, [1, 2, 4]] == 1).all() and (seen.probabilities[:, [1, 2, 4]] == 0.5).all()
    assert (seen.uncertainties[:, [0, 3]] < 1).all()
    assert seen.exits_at(1)[[1, 2, 4]].tolist() == [2, 2, 2]


def test_rare_words_are_shipped_in_four_bits(built):
    model, recipe, dev, folder = built
    package = export((model, recipe | {"common_words": 40}, dev, folder))
    table, shipped = model.embeddings.words.numpy(), package.table["words"]
    assert np.allclose(shipped[:40], table[:40], atol=1e-6)
    error = np.sqrt(((shipped[40:] - table[40:]) ** 2).mean(1) / (table[40:] ** 2).mean(1))
    assert 0.02 < error.min() and error.max() < 0.15
    assert package.manifest["embeddings"]["tensors"]["rare_words"]["shape"] == [24, 16]


def test_four_bits_of_four_bits_are_the_same():
    once = round_rare(torch.randn(8, 32), 0)
    assert torch.allclose(round_rare(once, 0), once, rtol=1e-6, atol=0)
    assert torch.equal(round_rare(torch.zeros(2, 4), 1)[0], torch.zeros(4))


def test_quantisation_errs_by_half_a_step_at_most():
    weights = np.random.default_rng(0).normal(size=(50, 20)).astype(np.float32)
    values, scale = quantise(weights, axis=1)
    assert values.dtype == np.int8 and scale.shape == (20,)
    assert (np.abs(values * scale - weights) <= scale / 2 + 1e-7).all()
