"""`adopt`, as a new user meets it: a small classifier at random, made to leave early, says what it said."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from test_families import change, save
from training.adopt import Order, adopt, folder_of, license_of, model_of, opinions
from training.describe import describe
from training.calibrate import calibrate_package
from training.evaluate import evaluate_package
from training.families import Source
from training.fit import students_stage
from training.package import Package

WORDS = "a gripping funny film that earns every tear two hours of my life gone the plot is thin and jokes are old".split()


def texts(count: int) -> list[str]:
    choose = np.random.default_rng(0)
    return [" ".join(choose.choice(WORDS, choose.integers(2, 12))) for _ in range(count)]


def order(folder: Path, **more) -> Order:
    path = folder / "texts.txt"
    path.write_text("\n".join(texts(400)), encoding="utf-8")
    plain = {"model": str(folder / "m"), "texts": path, "out": folder / "models" / "mine", "data": None,
             "runs": folder / "runs", "seed": 1}
    return Order(**plain | more)


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    monkeypatch.setattr("training.adopt.STEPS", 60)


@pytest.mark.parametrize("family", ["distilbert", "roberta"])
def test_a_classifier_leaves_early_and_says_what_it_said(tmp_path, family, capsys):
    folder = save(tmp_path / "m", family)
    (folder / "README.md").write_text("---\nlanguage: en\nlicense: apache-2.0\n---\n# m\n")
    labelled = tmp_path / "labelled.tsv"
    source = Source(folder)
    said = opinions(model_of(source, 3), source.tokenizer, texts(60), 64, None)
    labelled.write_text("label\ttext\n" + "".join(f"{label}\t{text}\n" for text, label in zip(said.texts, said.labels)))
    wanted = order(tmp_path, data=labelled)
    package = adopt(wanted)
    assert "the model itself is right on 100.00 %" in capsys.readouterr().out
    assert package.manifest["gold"] == "model" and package.manifest["license"] == "apache-2.0"
    [stage] = package.manifest["training"]["stages"]
    assert stage == students_stage(stage) and stage["epochs"] == 6  # 60 steps of 32 of 360 texts
    losses = [json.loads(line)["loss"] for line in next((tmp_path / "runs").glob("mine-*/log.jsonl")).read_text().splitlines()]
    assert losses[-1] < 0.7 * losses[0]
    # In int8, its last exit says what it said in float.
    assert evaluate_package(wanted.out, labelled, [0.0])["results"][0]["accuracy"] >= 0.95
    card = (wanted.out / "README.md").read_text()
    assert "agreement, not accuracy" in card and "m, as it is" in card and "license: apache-2.0" in card
    told = describe(wanted.out)
    assert "whole" in told and "agreement with the model" in told and "classification head it came with" in told
    with pytest.raises(ValueError, match="run adopt again"):
        calibrate_package(wanted.out, labelled)


def test_any_number_of_labels(tmp_path):
    folder = save(tmp_path / "m", "bert")
    change(folder, problem_type="multi_label_classification")
    package = adopt(order(tmp_path))
    assert package.manifest["problem_type"] == "multi_label_classification" and package.sets
    assert len(Package(package.folder).exits) == 3


def test_what_is_missing_is_said_before_anything_is_read(tmp_path):
    with pytest.raises(ValueError, match="some thousands like those that it will read"):
        adopt(order(tmp_path, texts=None))
    few = tmp_path / "few.txt"
    few.write_text("one\ntwo\n")
    with pytest.raises(ValueError, match="2 texts are too few"):
        adopt(order(tmp_path, texts=few))
    with pytest.raises(ValueError, match="neither a folder nor an id"):
        adopt(order(tmp_path, model="no/such/folder/here"))


@pytest.mark.parametrize(("up", "down", "message"), [
    # Some inner features a hundred thousand times as large, and read as much less: in float it says the same.
    (1e5, 1e-5, r"rounded to int8 it does not compute what it did; nothing was trained.*wasm hidden with the shard of layer or exit 2"),
    (1e30, 1e30, "the model gives no number for 40 of 40 texts, the first of them '.+: what it computes grows beyond what a float holds"),
])
def test_what_cannot_be_rounded_is_refused_before_anything_is_trained(tmp_path, monkeypatch, up, down, message):
    folder = save(tmp_path / "m", "bert", hidden_act="relu")
    weights = load_file(folder / "model.safetensors")
    layer = "bert.encoder.layer.1."
    for name, factor in (("intermediate.dense.weight", up), ("intermediate.dense.bias", up)):
        weights[layer + name][:10] *= factor
    weights[layer + "output.dense.weight"][:, :10] *= down
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    monkeypatch.setattr("training.adopt.FrozenStates", lambda *_: pytest.fail("it began"))
    with pytest.raises(ValueError, match=message):
        adopt(order(tmp_path))
    assert not (tmp_path / "runs").exists() and not (tmp_path / "models" / "mine").exists()


def test_an_id_on_the_hub(tmp_path, monkeypatch):
    asked = []

    def fetched(name, allow_patterns):
        asked.append((name, allow_patterns[-1]))
        return str(tmp_path)

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetched)
    (tmp_path / "model.safetensors").touch()
    assert folder_of("owner/name") == tmp_path and asked == [("owner/name", "model*.safetensors")]
    (tmp_path / "model.safetensors").unlink()
    assert folder_of("owner/name") == tmp_path and asked[-1] == ("owner/name", "pytorch_model*.bin")

    def away(*_, **__):
        raise OSError("no network")

    monkeypatch.setattr("huggingface_hub.snapshot_download", away)
    with pytest.raises(ValueError, match=r"could not be fetched from the model hub \(no network\); give the folder"):
        folder_of("owner/name")


def test_pairs_are_adopted_by_their_columns(tmp_path):
    save(tmp_path / "m", "bert")
    table = tmp_path / "pairs.csv"
    some = texts(240)
    table.write_text("text,text_pair\n" + "".join(f"{one},{other}\n" for one, other in zip(some[::2], some[1::2])))
    package = adopt(order(tmp_path, texts=table))
    assert package.pairs and "types" in package.table
    labelled = tmp_path / "labelled.tsv"
    labelled.write_text("label\ttext\n0\ta film\n")
    with pytest.raises(ValueError, match="no column text_pair, but what is in pairs.csv has pairs"):
        adopt(order(tmp_path, texts=table, data=labelled))


def test_the_license_of_a_card(tmp_path):
    assert license_of(tmp_path) == "other"
    (tmp_path / "README.md").write_text("# no head\nlicense: mit\n")
    assert license_of(tmp_path) == "other"
    (tmp_path / "README.md").write_text("---\ntags:\n- x\nlicense: mit\n---\n")
    assert license_of(tmp_path) == "mit"


def test_other_texts_or_another_model_are_learnt_anew_and_what_is_theirs_is_not_replaced(tmp_path, capsys):
    folder = save(tmp_path / "m", "bert")
    wanted = order(tmp_path)

    def epochs(order: Order) -> int:
        capsys.readouterr()
        adopt(order)
        return capsys.readouterr().out.count('"epoch":')

    assert epochs(wanted) > 0 and epochs(wanted) == 0
    table = tmp_path / "columns.csv"
    table.write_text("id,text\n" + "".join(f'1,"{text}, and more"\n' for text in texts(400)), encoding="utf-8")
    assert epochs(order(tmp_path, texts=table)) > 0
    lines = tmp_path / "lines.txt"
    lines.write_bytes(table.read_bytes())
    assert epochs(order(tmp_path, texts=lines)) > 0, "the same bytes, read line by line"
    with pytest.raises(ValueError, match="holds what is no package of ours"):
        adopt(order(tmp_path, out=folder))
