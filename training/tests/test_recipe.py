"""What a recipe does to a model after training."""

import torch

import training.recipe as recipes
from test_fit import GOOD, backbone, write
from training.model import Architecture, EarlyExitModel
from training.recipe import cool

ARCH = Architecture(64, 32, 2, 2, 64, 32, 1e-12, 2, exit_size=16, exit_heads=2, head_dim=16, exits=(0, 1, 2))


def test_a_temperature_divides_one_exits_logits():
    torch.manual_seed(0)
    model = EarlyExitModel(ARCH).eval()
    ids, mask = torch.randint(0, 64, (2, 5)), torch.ones(2, 5, dtype=torch.bool)
    with torch.no_grad():
        before = model(ids, mask)
        cool(model, {"1": 2.0})
        after = model(ids, mask)
    assert torch.allclose(after[1], before[1] / 2) and torch.equal(after[[0, 2]], before[[0, 2]])


def test_a_recipe_and_those_it_learns_from_are_trained_again_only_where_their_data_changed(tmp_path, monkeypatch, capsys):
    stage = {"train": "joint", "epochs": 1, "backbone_lr": 1e-3, "exit_lr": 1e-3, "weight_decay": 0.0, "warmup": 0.1}
    one = {"recipe": "one", "backbone": str(backbone(tmp_path / "bert", 2)), "max_tokens": 16, "batch_size": 16, "seed": 1,
           "dropout": 0.0, "average": 0.9, "stages": [stage]}
    known = {"one": one, "two": one | {"recipe": "two", "start": "one", "tutors": ["one"], "tutor_share": 0.5, "keep_start": 0.5}}
    monkeypatch.setattr(recipes, "named", lambda name: known[name])
    data, runs = tmp_path / "data", tmp_path / "runs"
    data.mkdir()
    for name in ("train", "dev"):
        write(data / f"{name}.tsv", GOOD)

    def epochs() -> tuple[int, dict]:
        capsys.readouterr()
        state = recipes.trained("two", data, runs)[0].state_dict()
        return capsys.readouterr().out.count('"epoch":'), state

    (count, first), (again, second) = epochs(), epochs()
    assert (count, again) == (2, 0) and all(torch.equal(values, second[name]) for name, values in first.items())
    assert len(list(runs.glob("two-*/tutors.pt"))) == 1
    write(data / "train.tsv", GOOD[::-1][:50] + GOOD)
    assert epochs()[0] == 2
    known["one"] |= {"seed": 2}
    assert epochs()[0] == 2, "what the recipe starts from is another"
    assert len(list(runs.glob("two-*/tutors.pt"))) == 3
