"""One task's data and one seed: what all systems of a comparison share, and how each is trained."""

import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from ..data import Dataset, Task, read_task
from ..frozen import FrozenStates
from ..model import EarlyExitModel
from ..recipe import build, made_from
from ..runs import fingerprint
from ..train import Loss, run, stage_loss, targets_of
from .results import RESULTS, read_table, write_table

CONFIGS = Path(__file__).resolve().parents[1] / "configs" / "compare"


@dataclass
class Lab:
    """settings: a file of configs/compare. rows: how many training texts, a seeded choice; 0 for all."""

    settings: dict
    data: Path
    runs: Path
    seed: int
    rows: int

    @cached_property
    def folder(self) -> Path:
        settings = {key: value for key, value in self.settings.items() if key not in ("name", "ablations")}
        name = f"{self.settings['name']}-{fingerprint(made_from(settings, self.data))}"
        return self.runs / "compare" / name / f"seed-{self.seed}-rows-{self.rows or 'all'}"

    @property
    def is_whole(self) -> bool:
        """The first seed on all rows: what is studied closer."""
        return not self.rows and self.seed == 1

    @cached_property
    def task(self) -> Task:
        task = read_task(self.settings, self.data)
        if task.train.pairs:
            raise ValueError(f"{self.data}: pairs of texts; what early exit is compared with here reads single texts")
        return task

    @cached_property
    def untrained(self) -> tuple[EarlyExitModel, Tokenizer, dict]:
        return build(self.settings | {"seed": self.seed}, self.task)

    @cached_property
    def train(self) -> Dataset:
        texts = self.task.train.encoded(self.untrained[1], self.settings["max_tokens"])
        if not self.rows:
            return texts
        # One choice of rows for all seeds, so that what differs between them is chance in training.
        chosen = np.random.default_rng(0).permutation(len(texts))[: self.rows]
        return texts.some(chosen)

    @cached_property
    def dev(self) -> Dataset:
        return self.task.dev.encoded(self.untrained[1], self.settings["max_tokens"])

    def backbone(self) -> EarlyExitModel:
        """A fresh model: layers to start from, exits from noise."""
        torch.manual_seed(self.seed)
        fresh = EarlyExitModel(self.untrained[0].arch, self.settings["dropout"])
        state = {k: v for k, v in self.untrained[0].state_dict().items() if not k.startswith("exits.")}
        fresh.load_state_dict(state, strict=False)
        return fresh

    def fit(self, name: str, model: EarlyExitModel, train: str, loss: Loss | None = None, texts: Dataset | None = None,
            **stage: object) -> EarlyExitModel:
        """Trains `model` in place by one stage, or loads what it came to the last time."""
        stage = self.settings["stage"] | {"train": train} | stage
        texts = texts or self.train
        folder = self.folder / name
        done = folder / "stage0.pt"
        if done.exists():
            model.load_state_dict(torch.load(done))
            return model.eval()
        if loss is None:
            targets = targets_of(texts, len(self.task.names))
            loss = stage_loss(stage, texts, targets)
        recipe = self.settings | {"seed": self.seed, "stages": [stage]}
        print(f"== {self.folder} {name}", flush=True)
        run(recipe, model, texts, self.dev, folder, [loss])
        (folder / "last.pt").unlink()  # to go on with; the stage is over
        if train == "students" and self.is_whole:
            self.keep_distillation(name)
        return model.eval()

    def keep_distillation(self, name: str) -> None:
        """Accuracy of each exit, and accuracy and depth at speed 0.5, on dev after each epoch."""
        path = RESULTS / f"{self.settings['name']}-distillation.json"
        log = (self.folder / name / "log.jsonl").read_text(encoding="utf-8").splitlines()
        epochs = [{"students": name, **{key: line[key] for key in ("epoch", "dev_accuracy", "dev_at_half_speed")}}
                  for line in map(json.loads, log)]
        write_table(path, [row for row in read_table(path) if row["students"] != name] + epochs)

    def teacher(self) -> EarlyExitModel:
        """FastBERT's first stage: backbone and last exit, tuned on labels."""
        return self.fit("teacher", self.backbone(), "teacher")

    @cached_property
    def frozen(self) -> FrozenStates:
        """What the teacher makes of the training texts: 5 GB on SST-2."""
        return FrozenStates(self.teacher(), self.train)

    def students(self, name: str, model: EarlyExitModel, learn: str, direction: str) -> EarlyExitModel:
        """FastBERT's second stage on the frozen teacher, whose layers `model` has."""
        if (self.folder / name / "stage0.pt").exists():
            return self.fit(name, model, "students")
        stage = {"train": "students", "learn": learn, "direction": direction}
        loss = stage_loss(stage, self.train, targets_of(self.train, len(self.task.names)), self.frozen)
        return self.fit(name, model, "students", loss)


def read_settings(name: str) -> dict:
    return {"name": name} | tomllib.loads((CONFIGS / f"{name}.toml").read_text(encoding="utf-8"))
