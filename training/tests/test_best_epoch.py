"""The weights of the epoch that is best on dev, also where the run was stopped after it."""

import json

import pytest
import torch

import training.train as training
from training.data import Dataset
from training.model import Architecture, EarlyExitModel
from training.train import Progress, judged_exits, predict, run

ARCH = Architecture(16, 8, 2, 2, 16, 8, 1e-12, 2, exit_size=8, exit_heads=2, head_dim=4, exits=(0, 1, 2))
STAGE = {"train": "joint", "epochs": 4, "backbone_lr": 1e-2, "exit_lr": 1e-2, "weight_decay": 0.0, "warmup": 0.1}
RECIPE = {"seed": 1, "batch_size": 4, "average": 0.5, "stages": [STAGE]}
DATA = Dataset([[2, 5 + i % 8, 3] for i in range(16)], torch.tensor([i % 2 for i in range(16)]), 4)


class Stopped(Exception):
    pass


def trained(folder, monkeypatch, recipe=RECIPE, stop_after=None):
    """The run's model, and after each epoch its accuracy and its weights; accuracies are made up: 0.5, 1, 1, 0.25."""
    torch.manual_seed(0)
    model, seen = EarlyExitModel(ARCH, 0.0), []
    right = dict(enumerate([8, 16, 16, 4]))

    def answers(average, dev):
        epoch = len((folder / "log.jsonl").read_text().splitlines()) if (folder / "log.jsonl").exists() else 0
        if epoch == stop_after:
            raise Stopped
        seen.append({name: values.clone() for name, values in average.state_dict().items()})
        gold = torch.nn.functional.one_hot(dev.labels, 2).float()
        wrong = torch.arange(len(dev)) >= right[epoch]
        return torch.where(wrong[:, None], 1 - gold, gold).expand(3, -1, -1)

    monkeypatch.setattr(training, "predict", answers)
    loss = training.stage_loss(STAGE, DATA, training.targets_of(DATA, 2))
    run(recipe, model, DATA, DATA, folder, [loss])
    return model, seen


def same(model, weights) -> bool:
    return all(torch.equal(values, weights[name]) for name, values in model.state_dict().items())


def test_the_best_epoch_on_dev_is_taken_of_two_the_later(tmp_path, monkeypatch, capsys):
    model, seen = trained(tmp_path, monkeypatch, RECIPE | {"best_epoch": True})
    assert [same(model, weights) for weights in seen] == [False, False, True, False]
    assert "epoch 2 is the best on dev (100.0 %" in capsys.readouterr().out
    assert same(model, torch.load(tmp_path / "stage0.pt"))


def test_else_the_last(tmp_path, monkeypatch):
    model, seen = trained(tmp_path, monkeypatch)
    assert [same(model, weights) for weights in seen] == [False, False, False, True]


@pytest.mark.parametrize("stop_after", [1, 3])
def test_a_stopped_run_knows_its_best_epoch(tmp_path, monkeypatch, stop_after):
    recipe = RECIPE | {"best_epoch": True}
    whole, _ = trained(tmp_path / "whole", monkeypatch, recipe)
    with pytest.raises(Stopped):
        trained(tmp_path / "stopped", monkeypatch, recipe, stop_after)
    resumed, _ = trained(tmp_path / "stopped", monkeypatch, recipe)
    assert same(resumed, whole.state_dict())
    epochs = [json.loads(line)["epoch"] for line in (tmp_path / "stopped" / "log.jsonl").read_text().splitlines()]
    assert epochs == [0, 1, 2, 3]


@pytest.mark.parametrize("stop_after", [1, 6, 11])
def test_a_run_that_is_stopped_within_an_epoch_ends_as_if_it_had_not_been(tmp_path, monkeypatch, stop_after):
    """With dropout: what is drawn at random goes on where it was, too."""
    monkeypatch.setattr(training, "SAVE_EVERY", 0)
    steps = []

    def run_once(folder, stops):
        torch.manual_seed(0)
        model = EarlyExitModel(ARCH, 0.2)
        loss_of = training.stage_loss(STAGE, DATA, training.targets_of(DATA, 2))

        def loss(*given):
            steps.append(folder.name)
            if stops and len(steps) > stop_after:
                raise Stopped
            return loss_of(*given)

        run(RECIPE, model, DATA, DATA, folder, [loss])
        return model

    with pytest.raises(Stopped):
        run_once(tmp_path / "stopped", True)
    resumed = run_once(tmp_path / "stopped", False)
    assert len(steps) == 16 + 1  # the step in which it was stopped was done again
    assert same(resumed, run_once(tmp_path / "whole", False).state_dict())
    logs = [[json.loads(line) | {"seconds": 0} for line in (tmp_path / name / "log.jsonl").read_text().splitlines()] for name in ("stopped", "whole")]
    assert logs[0] == logs[1]


@pytest.mark.parametrize(("patience", "epochs"), [(1, 3), (2, 4)])
def test_a_stage_ends_where_nothing_is_better(tmp_path, monkeypatch, capsys, patience, epochs):
    """Nothing is after epoch 1: as good again is not better, though it is the one that is taken."""
    recipe = RECIPE | {"best_epoch": True, "patience": patience}
    model, seen = trained(tmp_path, monkeypatch, recipe)
    assert len(seen) == epochs and same(model, seen[2])
    assert ("ends after epoch 2, as nothing is better on dev since epoch 1" in capsys.readouterr().out) == (epochs < 4)
    again, more = trained(tmp_path, monkeypatch, recipe)
    assert more == [] and same(again, model.state_dict())


def test_accuracy_may_stand_still_while_log_loss_falls():
    progress = Progress()
    for epoch, (accuracy, loss) in enumerate([(0.5, 0.7), (0.5, 0.6), (0.4, 0.65), (0.5, 0.6), (0.6, 0.9)]):
        progress.look(epoch, accuracy, loss)
        assert progress.epoch == [0, 1, 1, 1, 4][epoch]


def test_a_run_that_is_over_gives_the_same_again(tmp_path, monkeypatch):
    recipe = RECIPE | {"best_epoch": True}
    model, _ = trained(tmp_path, monkeypatch, recipe)
    again, seen = trained(tmp_path, monkeypatch, recipe)
    assert seen == [] and same(again, model.state_dict())


def test_a_stage_is_judged_by_the_exits_that_it_trains():
    exits = ["student", "student", "teacher"]
    assert exits[judged_exits("teacher")] == ["teacher"] and exits[judged_exits("students")] == ["student", "student"]
    assert exits[judged_exits("joint")] == exits


def test_a_loss_that_is_no_number_ends_the_run(tmp_path):
    torch.manual_seed(0)
    model = EarlyExitModel(ARCH, 0.0)

    def loss(model, batch, _):
        return model(batch.ids, batch.mask).sum() * float("nan")

    with pytest.raises(ValueError, match="stage 0 epoch 0: the loss is no number"):
        run(RECIPE, model, DATA, DATA, tmp_path, [loss])
    assert torch.isfinite(predict(EarlyExitModel(ARCH), DATA)).all() and not (tmp_path / "last.pt").exists()
