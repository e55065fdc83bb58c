"""`fit`, as a new user meets it: what is refused and why, and a tiny backbone all the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from test_package import tokenizer
from training.evaluate import evaluate_package
from training.fit import Order, fit, read_task_file
from training.package import Package


def order(folder: Path, **more) -> Order:
    plain = {"data": folder / "my.tsv", "out": folder / "models" / "mine", "dev": None, "backbone": None,
             "recipe": "joint", "unlabelled": None, "runs": folder / "runs", "seed": 1}
    return Order(**plain | more)


def write(path: Path, rows: list[tuple[str, str]], end: str = "\n") -> None:
    path.write_bytes(end.join(["label\ttext", *("\t".join(row) for row in rows), ""]).encode())


GOOD = [("good", f"a good film {i}") for i in range(30)] + [("bad", f"the old film {i}") for i in range(30)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("good", "a film")] * 20, "1 class"),
        ([("good", "a film"), ("bad", "no film")], "2 rows for 2 classes are too few"),
        ([*GOOD, ("bad", " ")], "1 rows without a text, the first is row 61"),
        ([("0", "a film")] * 20 + [("2", "no film")] * 20, "class numbers must run from 0 to 1, got 0, 2"),
        ([*GOOD, ("bad", "a\tb")], r"my\.tsv:62: 3 columns"),
        ([*GOOD, ("bad", "a\0b")], r"my\.tsv:62: a NUL byte"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_with_its_place(tmp_path, rows, message):
    write(tmp_path / "my.tsv", rows)
    with pytest.raises(ValueError, match=message):
        read_task_file(order(tmp_path))


def test_other_encodings_are_named_by_line(tmp_path):
    (tmp_path / "my.tsv").write_bytes("label\ttext\ngood\tfine\nbad\tcaf\xe9\n".encode("latin-1"))
    with pytest.raises(ValueError, match=r"my\.tsv:3: not UTF-8 \(byte 0xe9\)"):
        read_task_file(order(tmp_path))


def test_windows_line_ends_are_read_and_oddities_are_noted(tmp_path):
    write(tmp_path / "my.tsv", [*GOOD * 8, ("bad", "a good film 1"), *[("odd", f"film {i}") for i in range(12)]], "\r\n")
    task, notes = read_task_file(order(tmp_path))
    assert task.names == ["bad", "good", "odd"] and not any("\r" in text for text in task.train.texts)
    assert any("uneven" in note for note in notes) and any("more than one label" in note for note in notes)


def backbone(folder: Path, layers: int, width: int = 32) -> Path:
    """A randomly initialised BERT, as transformers would save it."""
    folder.mkdir()
    config = {"model_type": "bert", "hidden_act": "gelu", "vocab_size": 64, "hidden_size": width,
              "num_hidden_layers": layers, "num_attention_heads": 2, "intermediate_size": 2 * width,
              "max_position_embeddings": 32, "layer_norm_eps": 1e-12, "type_vocab_size": 2}
    torch.manual_seed(0)
    state = {f"bert.embeddings.{n}_embeddings.weight": torch.randn(rows, width)
             for n, rows in (("word", 64), ("position", 32), ("token_type", 2))}
    norms = ["bert.embeddings.LayerNorm"]
    for i in range(layers):
        at = f"bert.encoder.layer.{i}"
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
        shapes = {f"attention.self.{n}": (width, width) for n in ("query", "key", "value")} | {
            "attention.output.dense": (width, width), "intermediate.dense": (2 * width, width),
            "output.dense": (width, 2 * width)}
        for name, shape in shapes.items():
            state |= {f"{at}.{name}.weight": 0.1 * torch.randn(shape), f"{at}.{name}.bias": torch.zeros(shape[0])}
    for name in norms:
        state |= {f"{name}.weight": torch.ones(width), f"{name}.bias": torch.zeros(width)}
    save_file(state, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(tokenizer().to_str())
    (folder / "tokenizer_config.json").write_text("{}")
    return folder


@pytest.mark.parametrize(("layers", "recipe"), [(12, "joint"), (2, "fastbert")])
def test_any_bert_folder_becomes_a_package_that_learnt(tmp_path, layers, recipe):
    write(tmp_path / "my.tsv", GOOD * 4)
    (tmp_path / "more.txt").write_text("an old good film\n\nthe film\n")
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", layers), recipe=recipe,
                   unlabelled=tmp_path / "more.txt")
    package = fit(wanted)
    assert len(package.exits) == layers + 1 and package.manifest["labels"] == ["bad", "good"]
    result = evaluate_package(wanted.out, wanted.data, [0.0, 0.5])
    assert result["results"][0]["accuracy"] > 0.9
    card = (wanted.out / "README.md").read_text()
    assert "Made by `python -m training fit --recipe" in card and "language:" not in card


@pytest.mark.parametrize("recipe", ["joint", "fastbert"])
def test_texts_with_any_number_of_labels(tmp_path, recipe):
    several = [("good|film", "a good film"), ("good", "good"), ("film", "the film"), ("", "the old")]
    write(tmp_path / "my.tsv", several * 60)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2), recipe=recipe, multi_label=True)
    package = fit(wanted)
    assert package.manifest["labels"] == ["film", "good"]
    assert package.manifest["problem_type"] == "multi_label_classification"
    result = evaluate_package(wanted.out, wanted.data, [0.0])
    assert result["results"][0]["accuracy"] > 0.9
    card = (wanted.out / "README.md").read_text()
    assert "2 labels: film, good" in card and "names all labels and no other" in card


def test_several_labels_without_asking_for_them_are_noted(tmp_path):
    write(tmp_path / "my.tsv", [*GOOD, *[("good|bad", f"a film {i}") for i in range(30)]])
    _, notes = read_task_file(order(tmp_path))
    assert any("--multi-label" in note for note in notes)


def test_a_folder_that_is_no_backbone_says_what_it_lacks(tmp_path):
    write(tmp_path / "my.tsv", GOOD * 4)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="has no config.json"):
        fit(order(tmp_path, backbone=tmp_path / "empty"))


def test_two_processes_make_one_package(tmp_path):
    write(tmp_path / "my.tsv", GOOD * 4)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2))
    command = ["accelerate.commands.launch", "--cpu", "--num_processes", "2", "--num_machines", "1",
               "--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "0", "-m", "training", "fit",
               "--data", wanted.data, "--out", wanted.out, "--backbone", wanted.backbone, "--runs", wanted.runs]
    done = subprocess.run([sys.executable, "-m", *map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("training rows") == 1
    assert Package(wanted.out).manifest["labels"] == ["bad", "good"]
