"""`calibrate`: measured again, a package says of its dev set what it said when it was made."""

import json
import signal
import subprocess
import sys

import pytest

from test_package import ARCH, export, tokenizer, untrained
from training.__main__ import main
from training.calibrate import calibrate_package
from training.card import write_card
from training.data import LabelSets, read_tsv
from training.describe import describe
from training.evaluate import evaluate_package
from training.package import Package, put

ROWS = "label\ttext\nyes\tgood film\n0\tthe old film\n"
"""The dev rows of `untrained`."""


@pytest.fixture
def folder(tmp_path):
    built = untrained(ARCH, tmp_path)
    export(built)
    (tmp_path / "dev.tsv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "train.tsv").write_text("label\ttext\n1\tfilm\n", encoding="utf-8")
    return built[3]


@pytest.mark.parametrize("data", ["dev.tsv", "."])
def test_what_was_lost_is_measured_again(folder, tmp_path, monkeypatch, data):
    was = {name: (folder / name).read_text() for name in ("calibration.json", "manifest.json", "README.md")}
    manifest = json.loads(was["manifest.json"])
    del manifest["calibration"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for name in ("calibration.json", "README.md"):
        (folder / name).unlink()
    monkeypatch.setattr(sys, "argv", ["training", "calibrate", "--model", str(folder), "--data", str(tmp_path / data)])
    main()
    assert {name: (folder / name).read_text() for name in was} == was


@pytest.mark.parametrize("data", ["dev.tsv", "."])
def test_sets_of_labels_are_numbered_as_the_rows_are(tmp_path, data):
    model, recipe, _, folder = untrained(ARCH, tmp_path)
    (tmp_path / "train.tsv").write_text("label\ttext\nyes|no\tfilm\n\tbad\n", encoding="utf-8")
    (tmp_path / "dev.tsv").write_text("label\ttext\nyes\tgood film\n\tbad\n", encoding="utf-8")
    sets = LabelSets(2)
    dev = read_tsv(tmp_path / "dev.tsv", recipe["labels"], sets)
    export((model, recipe | {"multi_label": True}, dev, folder))
    was = by_members(folder)
    calibrate_package(folder, tmp_path / data)
    assert by_members(folder) == was and was[0] == [[1], []]


def by_members(folder):
    """A calibration's labels and predictions as sets of labels."""
    seen = json.loads((folder / "calibration.json").read_text())
    return [[seen["label_sets"][number] for number in row] for row in (seen["labels"], *seen["predictions"])]


def test_a_tokenizer_of_an_older_package_is_brought_up_to_date(folder, tmp_path):
    was = (folder / "tokenizer.json").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tokenizer"] = put(tokenizer().to_str().encode(), folder, "tokenizer.json")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    calibrate_package(folder, tmp_path / "dev.tsv")
    assert (folder / "tokenizer.json").read_bytes() == was
    assert Package(folder).tokenizer.encode("good😡").tokens == ["[CLS]", "good", "[UNK]", "[SEP]"]


def test_other_rows_give_another_calibration_and_a_card_without_test_figures(folder, tmp_path):
    test = tmp_path / "test.tsv"
    test.write_text(ROWS, encoding="utf-8")
    manifest, calibration = (json.loads((folder / f"{name}.json").read_text()) for name in ("manifest", "calibration"))
    write_card(folder, manifest, calibration, evaluate_package(folder, test, [0.0]))
    assert "On test.tsv, n = 2" in (folder / "README.md").read_text()
    (tmp_path / "dev.tsv").write_text(ROWS + "1\tan old and good film\n", encoding="utf-8")
    calibrate_package(folder, tmp_path / "dev.tsv")
    now = json.loads((folder / "calibration.json").read_text())
    assert now["n"] == 3 and now["labels"] == [1, 0, 1] and all(len(row) == 3 for row in now["predictions"])
    card = (folder / "README.md").read_text()
    assert "On dev, n = 3" in card and "test.tsv" not in card
    assert Package(folder).manifest["calibration"]["bytes"] == (folder / "calibration.json").stat().st_size


KILLED = """
import os, signal, sys
from pathlib import Path
import training.calibrate as calibrate

calibrate.write_card = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
calibrate.calibrate_package(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_while_it_writes_it_leaves_the_package_whole_and_the_next_clears_away(folder, tmp_path):
    (tmp_path / "dev.tsv").write_text(ROWS + "1\tan old and good film\n", encoding="utf-8")
    was = {path: path.read_bytes() for path in folder.iterdir()}
    assert subprocess.run([sys.executable, "-c", KILLED, folder, tmp_path / "dev.tsv"]).returncode == -signal.SIGKILL
    assert {path: path.read_bytes() for path in folder.iterdir()} == was and "n = 2" in describe(folder)
    assert list(folder.parent.glob(".fastbert-web-*/new/calibration.json"))
    calibrate_package(folder, tmp_path / "dev.tsv")
    assert "whole" in describe(folder) and "n = 3" in describe(folder) and not list(folder.parent.glob(".*"))


@pytest.mark.parametrize(("content", "message"), [
    ('{"format": "fast', "manifest.json cannot be read"),
    ('{"format": "fastbert-web/2"}', "manifest.json is not as the exporter writes it"),
])
def test_a_damaged_manifest_is_named(folder, content, message):
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    (folder.parent / "rows.tsv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        describe(folder)
    with pytest.raises(ValueError, match=message):
        evaluate_package(folder, folder.parent / "rows.tsv", [0.0])


def test_a_folder_without_a_package_is_none_that_is_made(tmp_path):
    with pytest.raises(ValueError, match="holds no package"):
        calibrate_package(tmp_path / "typo" / "mine", tmp_path / "dev.tsv")
    assert not list(tmp_path.iterdir())
