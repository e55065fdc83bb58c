"""Folders that do not fit together, or broke off, are refused before an hour of training; a folder is known by what it holds."""

import json

import pytest
from safetensors.torch import load_file, save_file

from test_fit import backbone
from training.families import Source


@pytest.fixture
def folder(tmp_path):
    return backbone(tmp_path / "bert", 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"is_decoder": True}, "is a decoder"),
        ({"vocab_size": 40}, "its tokenizer has 61 tokens, its config.json a vocab_size of 40"),
    ],
)
def test_what_a_config_says_must_fit(folder, changes, message):
    config = json.loads((folder / "config.json").read_text()) | changes
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match=message):
        Source(folder)


def test_a_file_that_broke_off_is_named(folder):
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="model.safetensors cannot be read"):
        Source(folder).weights()


def test_a_folder_is_known_by_all_that_is_read_of_it(folder):
    before = Source(folder).digest
    (folder / "notes.txt").write_text("none of it")
    assert Source(folder).digest == before
    weights = {name: values + 1e-3 for name, values in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors")
    assert Source(folder).digest != before
