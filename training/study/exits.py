"""What trains many exits best, on a seeded choice of a task's rows, told on dev; float, one seed.

    python -m training.study.exits sst2-12 --data DATA/sst2 --rows 20000

The first name is that of a file in training/configs/compare, for the backbone and the rates. Ways:

- joint: every exit learns from the labels and from the last exit (what ships);
- fastbert: the last exit first; on its frozen layers then the others (Liu et al., 2020, section 3.2);
- students again: joint, then its students once more on what it came to, without labels;
- next exit only: a layer learns from the exit behind it and no other (SWEET; Rotem et al., ACL 2023);
- mutual: exits learn from the labels and all from all (as LeeBERT, Zhu, 2021, has them do);
- deeper states: joint, and what each exit makes of its state before it classifies is drawn to what the last one makes.

A run that was stopped goes on. Results go to training/results/NAME-exits.json, a row a way.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..compress.lab import Lab, read_settings
from ..compress.results import RESULTS, read_table, write_table
from ..data import Batch
from ..losses import divergence, joint_loss
from ..model import EarlyExitModel
from ..package import Trajectories
from ..train import Loss, mask_tokens, predict, targets_of
from .depths import slowest_within

DEPTHS = (0.25, 0.5, 1, 1.5, 2, 3, 6)
MASKED = 0.08


def joint(lab: Lab) -> EarlyExitModel:
    return lab.fit("joint", lab.backbone(), "joint", mask_tokens=MASKED)


def fastbert(lab: Lab) -> EarlyExitModel:
    return lab.students("students", lab.teacher(), "teacher", "forward")


def students_again(lab: Lab) -> EarlyExitModel:
    return lab.fit("students-again", joint(lab), "students", learn="teacher", direction="forward", epochs=2)


def learnt_by(name: str, loss: Callable[[Lab], Loss]) -> Callable[[Lab], EarlyExitModel]:
    return lambda lab: lab.fit(name, lab.backbone(), "joint", loss(lab))


def next_exit_only(lab: Lab) -> Loss:
    targets = wanted(lab)

    def loss(model: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        bias = model.bias(batch.mask)
        hidden = model.embeddings(masked(lab, batch))
        logits = [model.exits["0"](hidden, bias)]
        for number, layer in enumerate(model.layers, 1):
            hidden = layer(hidden.detach(), bias)
            logits.append(model.exits[str(number)](hidden, bias))
        return joint_loss(torch.stack(logits).float(), targets[batch.rows])

    return loss


def mutual(lab: Lab) -> Loss:
    targets = wanted(lab)

    def loss(model: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        logits = model(masked(lab, batch), batch.mask).float()
        weights = [max(i, 1) for i in range(len(logits))]
        total = torch.zeros(())
        for i, (weight, own) in enumerate(zip(weights, logits)):
            others = [divergence(own, other, "forward") for j, other in enumerate(logits) if j != i]
            total = total + weight * (F.cross_entropy(own, targets[batch.rows]) + torch.stack(others).mean())
        return total / sum(weights)

    return loss


def deeper_states(lab: Lab) -> Loss:
    targets = wanted(lab)

    def loss(model: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        states, bias = model.hidden_states(masked(lab, batch), batch.mask)
        features = [head.features(states[int(number)], bias) for number, head in model.exits.items()]
        logits = torch.stack([head.classify(made) for made, head in zip(features, model.exits.values())]).float()
        *students, teacher = features
        apart = torch.stack([F.mse_loss(made, teacher.detach()) for made in students]).mean()
        return joint_loss(logits, targets[batch.rows]) + apart

    return loss


WAYS: dict[str, Callable[[Lab], EarlyExitModel]] = {
    "joint": joint,
    "fastbert": fastbert,
    "students again": students_again,
    "next exit only": learnt_by("next-exit-only", next_exit_only),
    "mutual": learnt_by("mutual", mutual),
    "deeper states": learnt_by("deeper-states", deeper_states),
}


def wanted(lab: Lab) -> Tensor:
    return targets_of(lab.train, len(lab.task.names))


def masked(lab: Lab, batch: Batch) -> Tensor:
    return mask_tokens(batch, MASKED, lab.train.mask_token)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("settings", help="name of a file in training/configs/compare, without .toml")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()

    lab = Lab(read_settings(given.settings), given.data, given.runs, given.seed, given.rows)
    path = RESULTS / f"{given.settings}-exits.json"
    for way, make in WAYS.items():
        made = {"way": way, "rows": len(lab.train), "seed": given.seed}
        table = read_table(path)
        if any(made.items() <= row.items() for row in table):
            continue
        model, gold = make(lab), np.array(lab.task.dev.labels)
        seen = Trajectories(predict(model, lab.dev).numpy(), np.array(model.arch.exits))
        row = made | {
            "n": len(gold),
            "exits": [round(float((said == gold).mean()), 4) for said in seen.predictions],
            "within": {f"{depth:g}": round(float((slowest_within(seen, depth)[1] == gold).mean()), 4) for depth in DEPTHS},
        }
        write_table(path, [*table, row])
        print(row, flush=True)


if __name__ == "__main__":
    main()
