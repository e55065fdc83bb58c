"""A run is known by what it was made from; what another was made from is never taken for it."""

from pathlib import Path

import pytest

import training.recipe as recipes
from training.lock import lock
from training.recipe import given_by, made_from
from training.runs import begin, digest, fingerprint, run_folder
from training.train import run


def test_a_fingerprint_is_of_content_and_of_nothing_else(tmp_path):
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").write_text("x")
    assert digest(tmp_path / "a") == digest(tmp_path / "b") != digest(tmp_path / "a", tmp_path / "b")
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1}) != fingerprint({"a": 1, "b": 3})


def test_a_run_says_whether_it_goes_on_and_what_is_new(tmp_path):
    inputs = {"data": "1", "seed": 1}
    folder = run_folder(tmp_path, "mine", inputs)
    assert begin(run_folder(tmp_path, "mine-too", inputs), inputs).endswith("starts")
    assert begin(folder, inputs).endswith(": starts")
    assert begin(folder, inputs).endswith("goes on where it was")
    other = inputs | {"data": "2", "dev": "3"}
    said = begin(run_folder(tmp_path, "mine", other), other)
    assert f"starts anew, as {folder.name} was made from other inputs (data, dev)" in said


def test_a_folder_in_use_is_refused(tmp_path):
    held = lock(tmp_path)
    with held, pytest.raises(ValueError, match="another process is training there"):
        run({"stages": []}, None, None, None, tmp_path, [])
    run({"stages": []}, None, None, None, tmp_path, [])


PLAIN = {"recipe": "two", "package": "p", "task": "t", "license": "MIT", "max_tokens": 8, "batch_size": 8, "seed": 1,
         "dropout": 0.0, "average": 0.9, "stages": []}


@pytest.fixture
def data(tmp_path, monkeypatch):
    known = {"one": PLAIN | {"recipe": "one"}, "two": PLAIN | {"start": "one", "tutors": ["one"]}}
    monkeypatch.setattr(recipes, "named", lambda name: known[name])
    for name in ("train", "dev"):
        (tmp_path / f"{name}.tsv").write_text("label\ttext\na\tb\n")
    return tmp_path, known


def test_a_recipe_is_made_from_its_data_settings_and_those_it_starts_from(data):
    folder, known = data
    before = fingerprint(made_from(known["two"], folder))
    known["two"] |= {"package": "other", "common_words": 5, "temperatures": {"0": 2.0}}
    assert fingerprint(made_from(known["two"], folder)) == before, "names, and what is done after training"
    given = given_by("two", folder)
    known["one"]["temperatures"] = {"0": 2.0}
    assert fingerprint(made_from(known["two"], folder)) != before, "what it starts from gives another model"
    assert given_by("two", folder) != given
    del known["one"]["temperatures"]
    (folder / "dev.tsv").write_text("label\ttext\na\tc\n")
    assert fingerprint(made_from(known["two"], folder)) != before
    (folder / "dev.tsv").write_text("label\ttext\na\tb\n")
    assert fingerprint(made_from(known["two"], folder)) == before
    known["one"]["seed"] = 2
    assert fingerprint(made_from(known["two"], folder)) != before
    assert Path(run_folder(folder, "two", {})).parent == folder
