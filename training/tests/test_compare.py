"""A comparison from data to rows, with a tiny backbone."""

import json

import numpy as np
import pytest
import torch

from test_fit import GOOD, backbone, write
from training.compress import compare as comparison
from training.compress import lab as labs
from training.compress import measure
from training.compress.lab import Lab
from training.compress.systems import SYSTEMS
from training.data import training_batches
from training.precision import autocast
from training.train import stage_loss, targets_of


@pytest.fixture
def lab(tmp_path, monkeypatch):
    for module in (labs, measure):
        monkeypatch.setattr(module, "RESULTS", tmp_path)
    for name in ("train", "dev", "test"):
        write(tmp_path / f"{name}.tsv", GOOD)
    settings = {"name": "tiny", "task": "tiny", "package": "tiny", "ablations": False, "license": "MIT", "labels": ["bad", "good"], "max_tokens": 32,
                "batch_size": 16, "dropout": 0.0, "average": 0.9, "backbone": str(backbone(tmp_path / "bert", 2)),
                "stage": {"epochs": 2, "backbone_lr": 1e-3, "exit_lr": 1e-2, "weight_decay": 0.01, "warmup": 0.1}}
    return Lab(settings, tmp_path, tmp_path / "runs", seed=1, rows=0)


def rows_of(lab, system, variant):
    found = next(s for s in SYSTEMS if (s.system, s.variant) == (system, variant))
    return measure.rows_of(found, lab, lab.data / "test.tsv")


def test_an_early_exit_has_a_row_a_speed_and_is_studied(lab, tmp_path):
    rows = rows_of(lab, "fastbert", "KL(teacher, student)")
    assert [row["speed"] for row in rows] == measure.SPEEDS and rows[0]["meanDepth"] == rows[0]["devMeanDepth"] == 2
    # Dev and test are the same file here.
    assert all(row["accuracy"] == row["devAccuracy"] for row in rows) and rows[0]["megabytes"] > 0
    kept = json.loads((tmp_path / "tiny-fastbert-trajectories.json").read_text())
    assert kept["test"]["n"] == len(GOOD) and len(kept["dev"]["predictions"]) == 3
    epochs = json.loads((tmp_path / "tiny-distillation.json").read_text())
    assert [row["epoch"] for row in epochs] == [0, 1] and epochs[0]["students"] == "students-teacher-forward"


def test_a_static_model_has_one_row(lab):
    (row,) = rows_of(lab, "truncate", "1 layer")
    assert row["speed"] is None and row["meanDepth"] == 1


def test_a_head_without_a_graph_is_measured_in_pytorch(lab):
    rows = rows_of(lab, "fastbert", "head mean")
    assert rows[0]["megabytes"] == round(4 * rows[0]["parameters"] / 1e6, 2)
    assert rows[0]["devAccuracy"] == rows[0]["accuracy"]


def test_settings_may_do_without_ablations_and_seeds_repeat_only_some(lab, tmp_path, monkeypatch):
    made = []

    def rows_of(system, lab, _):
        made.append((system.name, lab.seed))
        return [{"system": system.system, "variant": system.variant, "seed": lab.seed, "trainRows": len(lab.train), "accuracy": 1}]

    for name, value in {"RESULTS": tmp_path, "rows_of": rows_of, "read_settings": lambda _: lab.settings}.items():
        monkeypatch.setattr(comparison, name, value)
    comparison.compare("tiny", tmp_path, lab.runs, rows=0, seeds=1)
    assert [name for name, _ in made] == [system.name for system in SYSTEMS if not system.ablation]
    made.clear()
    comparison.compare("tiny", tmp_path, lab.runs, rows=0, seeds=2)
    # The first seed's are in the table already.
    assert made == [(system.name, 2) for system in SYSTEMS if system.repeated]


def test_students_on_kept_states_learn_what_they_would_learn_of_the_layers(lab):
    model = lab.teacher()
    stage = {"train": "students", "learn": "both", "direction": "forward"}
    plain = stage_loss(stage, lab.train, targets_of(lab.train, 2))
    kept = stage_loss(stage, lab.train, targets_of(lab.train, 2), lab.frozen)
    for batch in training_batches(lab.train, 8, np.random.default_rng(0)):
        with autocast("cpu"):
            assert torch.allclose(kept(model, batch, 0.0), plain(model, batch, 0.0), rtol=1e-3)
