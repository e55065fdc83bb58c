"""Folders that are no backbone, or whose numbers are none, are refused before an hour of training."""

import json

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from test_fit import backbone
from training.backbone import check_config, check_files, check_weights, digest_of


@pytest.fixture
def folder(tmp_path):
    return backbone(tmp_path / "bert", 2)


def check(folder, **changes):
    config = json.loads((folder / "config.json").read_text()) | changes
    check_files(folder)
    check_config(folder, config, Tokenizer.from_file(str(folder / "tokenizer.json")))
    check_weights(folder, config)


def test_a_backbone_passes(folder):
    check(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"position_embedding_type": "relative_key"}, "position_embedding_type 'relative_key'; only absolute"),
        ({"hidden_act": "relu"}, "hidden_act 'relu'; only gelu"),
        ({"is_decoder": True}, "a decoder"),
        ({"vocab_size": 40}, "the tokenizer has 61 tokens, config.json a vocab_size of 40"),
        ({"num_hidden_layers": 3}, "has no weights of layer 2, config.json has 3 layers"),
        ({"hidden_size": 48}, r"of shape \[64, 32\], by config.json it is \[64, 48\]"),
    ],
)
def test_what_a_config_asks_for_must_be_there(folder, changes, message):
    with pytest.raises(ValueError, match=message):
        check(folder, **changes)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_are_numbers(folder, value):
    weights, name = load_file(folder / "model.safetensors"), "bert.encoder.layer.1.output.dense.weight"
    weights = {key: values.clone() for key, values in weights.items()}
    weights[name][3, 4] = value
    save_file(weights, folder / "model.safetensors")
    with pytest.raises(ValueError, match=f"{name} holds NaN or infinity"):
        check(folder)


def test_a_file_that_broke_off_is_named(folder):
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="model.safetensors cannot be read"):
        check(folder)


def test_a_backbone_is_known_by_all_that_it_holds(folder):
    before = digest_of(folder)
    weights = {name: values + 1e-3 for name, values in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors")
    assert digest_of(folder) != before and torch.isfinite(next(iter(weights.values()))).all()
