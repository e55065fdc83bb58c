"""Your own texts and labels into a package, in one command: checks, dev set, training, export.

The recipes are the project's two, with settings that follow from the data: how long the texts
are, how many rows there are, how many classes; and heads in closed form on an encoder that stays as it is.
"""

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from accelerate import PartialState
from tokenizers import Tokenizer

from .card import curve
from .closed_form import fit_closed, refusal
from .data import Dataset, LabelSets, Task, mask_token, read_names, read_tsv, without_dev
from .export import export
from .first_exit import lesson_of
from .families import Source
from .labels import refuse_values
from .notes import learnt_from_dev, notes_on
from .package import Package
from .place import check_place
from .recipe import NAMES, backbone_folder, build, tokenizer_config
from .runs import begin, digest, run_folder
from .texts import encode, expect_pairs, read_texts, texts_digest
from .train import predict, run, stage_loss, targets_of
from .unread import notes_on_tokens

DEV_SHARE = 0.1
FEW = 500
"""Training rows up to which heads in closed form, which take seconds, are tried first."""
MOST_DEV = 2000
STEPS = 1500
"""Steps that a small set gets, by repeating it; a large one gets its three epochs."""
WINDOW = 64
"""Tokens of a window: some sentences. What attention takes grows with the square of it."""
MULTI_LABEL_STEPS = 4500
"""Where a text may have several labels, most of which are wrong for most texts, less is learnt from each."""


@dataclass
class Order:
    """What the command line asks for. dev, unlabelled: files or None; backbone: a folder or None;
    multi_label: whether a text has any number of labels; windows: in how many, at most, a text is read."""

    data: Path
    out: Path
    dev: Path | None
    backbone: Path | None
    recipe: str
    unlabelled: Path | None
    runs: Path
    seed: int
    multi_label: bool = False
    windows: int = 1


def read_task_file(order: Order) -> tuple[Task, list[str]]:
    """The task, and what is odd about it. Raises ValueError for what cannot be learnt from."""
    names = read_names(order.data, order.multi_label)
    if len(names) < 2:
        raise ValueError(
            f"{order.data}: {len(names)} class ({', '.join(names)}); there is nothing to tell apart. Give rows of two classes at least"
        )
    refuse_values(names, order.data)
    sets = LabelSets(len(names)) if order.multi_label else None
    rows = read_tsv(order.data, names, sets)
    if order.dev:
        task = Task(names, rows, read_tsv(order.dev, names, sets))
        expect_pairs(task.dev.texts, rows.pairs, order.dev, order.data.name)
    else:
        if len(rows) < 10 * len(names):
            raise ValueError(
                f"{order.data}: {len(rows)} rows for {len(names)} classes are too few to keep some for dev; "
                "give at least ten a class, or a dev set with --dev"
            )
        task = Task(names, *without_dev(rows, min(MOST_DEV, max(2 * len(names), round(DEV_SHARE * len(rows))))))
    return task, notes_on(order.data, rows, task)


def length_of_training(rows: int, steps: int) -> tuple[int, int]:
    """(texts a batch, epochs) of so many rows: three epochs, or as many more, up to forty, as make `steps`."""
    size = 32 if rows < 2000 else 64
    return size, max(3, min(40, -(-steps * size // rows)))


def recipe_for(order: Order, task: Task, tokenizer: Tokenizer, positions: int) -> dict:
    """A recipe whose lengths and epochs follow from the data."""
    lengths = [len(ids) for ids in encode(tokenizer, task.train.texts, min(WINDOW, positions) if order.windows > 1 else positions).ids]
    steps = MULTI_LABEL_STEPS if task.train.sets else STEPS
    size, epochs = length_of_training(len(task.train), steps)
    many = len(task.names) > 20
    rates = {"backbone_lr": 3e-4 if many else 1e-4, "exit_lr": 1e-3 if many else 5e-4,
             "weight_decay": 0.01, "warmup": 0.1, "epochs": epochs}
    stages = {
        "joint": [{"train": "joint", "mask_tokens": 0.05} | rates],
        "fastbert": [{"train": "teacher"} | rates, students_stage(rates)],
    }
    return {
        "recipe": f"fit --recipe {order.recipe}", "package": order.out.name, "task": order.data.name,
        "license": "other", "labels": task.names, "max_tokens": int(max(8, np.quantile(lengths, 0.99))),
        "batch_size": size, "seed": order.seed, "dropout": 0.1, "average": 0.99, "best_epoch": True,
        "patience": max(3, epochs // 5),
        "dev_texts_learnt": learnt_from_dev(task), "stages": stages[order.recipe],
    } | ({"backbone": order.backbone.name} if order.backbone else {}) | ({"windows": order.windows} if order.windows > 1 else {})


def made_from(order: Order, recipe: dict) -> dict:
    """All that the first run depends on: its settings, and files by what they hold."""
    return {key: value for key, value in recipe.items() if key not in NAMES} | {
        "labels": recipe["labels"], "multi_label": order.multi_label, "data": digest(order.data),
        "dev": digest(order.dev) if order.dev else None, "backbone": Source(backbone_folder(source_of(order))).digest,
    }


def reach(order: Order, positions: int) -> tuple[int, str]:
    """How many tokens of a text are read, about, and how there could be more."""
    if order.windows > 1:
        return order.windows * (min(WINDOW, positions) - 2) + 2, f". A higher --windows, now {order.windows}, reads more"
    return positions, ". With --windows 32 a long text is read in so many windows at most, also faster"


def source_of(order: Order) -> dict:
    """What `build` reads of a recipe."""
    return {"dropout": 0.1, "seed": order.seed} | ({"backbone": str(order.backbone)} if order.backbone else {})


def students_stage(rates: dict) -> dict:
    """FastBERT's self-distillation at the rates of another stage; the backbone is frozen and needs none."""
    kept = {name: rates[name] for name in ("exit_lr", "weight_decay", "warmup", "epochs")}
    return {"train": "students", "learn": "teacher", "direction": "forward"} | kept


def fit(order: Order) -> Package | None:
    """Trains and exports; returns the opened package, to one of several processes that
    `accelerate launch` started. ValueError for bad input, before any training."""
    check_place(order.out)
    task, notes = read_task_file(order)
    if order.windows > 1 and (task.train.pairs or order.recipe == "closed"):
        raise ValueError("--windows is for single texts, and for exits that are trained; leave it out")
    extra = read_texts(order.unlabelled, task.train.pairs) if order.unlabelled else []
    source = source_of(order)
    model, tokenizer, config = build(source, task)
    positions = model.arch.max_position_embeddings
    speaks = PartialState().is_main_process
    for line in [*notes, *notes_on_tokens(tokenizer, task.train.texts + extra, *reach(order, positions))] if speaks else []:
        print(f"note: {line}", file=sys.stderr)
    if speaks:
        print(f"{len(task.train)} training rows, {len(task.dev)} for dev, {len(task.names)} classes")
    if order.recipe == "closed":
        return closed(order, task) if speaks else None
    rival = tried(order, task) if speaks else None
    recipe = recipe_for(order, task, tokenizer, positions)
    if mask_token(tokenizer) is None:
        for stage in recipe["stages"]:
            stage.pop("mask_tokens", None)
    longest, windows = recipe["max_tokens"], order.windows
    train, dev = (rows.encoded(tokenizer, longest, windows) for rows in (task.train, task.dev))

    def train_on(texts: Dataset, recipe: dict, runs: Path, name: str, inputs: dict) -> Path:
        folder = run_folder(runs, name, inputs)
        if speaks:
            print(begin(folder, inputs), flush=True)
        losses = [stage_loss(stage, texts, targets_of(texts, len(task.names))) for stage in recipe["stages"]]
        run(recipe, model, texts, dev, folder, losses)
        return folder

    inputs = made_from(order, recipe)
    folder = train_on(train, recipe, order.runs, order.out.name, inputs)
    learnt = train
    if extra:
        students = students_stage(recipe["stages"][-1]) | {"epochs": 3}
        learnt = train.and_unlabelled(encode(tokenizer, extra, longest, windows))
        train_on(learnt, recipe | {"stages": [students]}, folder, "unlabelled", inputs | {"unlabelled": texts_digest(order.unlabelled)})
        recipe["stages"] = [*recipe["stages"], students]
    if not speaks:
        return None
    opinions = predict(model, learnt.some(range(len(train), len(learnt))))[-1]
    lesson = lesson_of(learnt, len(task.names), opinions, order.seed)
    package = export(model, tokenizer, recipe, config, tokenizer_config(backbone_folder(source)), task.dev, order.out, lesson)
    if rival:
        print(verdict(rival, read_calibration(package)))
    return package


def closed(order: Order, task: Task) -> Package:
    """Heads in closed form. ValueError where the rows are not for them."""
    why = refusal(task)
    if order.unlabelled:
        why = "it learns from labelled rows alone; leave out --unlabelled"
    if why:
        raise ValueError(f"--recipe closed: {why}")
    package, seconds = fit_closed(order.backbone, task, order.data.name, order.out)
    print(f"heads in closed form, in {seconds:.1f} s beside the reading")
    return package


def tried(order: Order, task: Task) -> dict | None:
    """The calibration that heads in closed form have on dev, told; None where nothing can come of them, or rows are many."""
    if len(task.train) > FEW or refusal(task):
        return None
    with tempfile.TemporaryDirectory() as place:
        package, seconds = fit_closed(order.backbone, task, order.data.name, Path(place) / order.out.name)
        calibration = read_calibration(package)
    print(f"so few rows may need no training: heads in closed form, in {seconds:.1f} s beside the reading, have on dev "
          f"{figures(calibration)}. To have those, stop here and add --recipe closed", flush=True)
    return calibration


def read_calibration(package: Package) -> dict:
    return json.loads((package.folder / "calibration.json").read_text(encoding="utf-8"))


def figures(calibration: dict) -> str:
    (_, whole, interval, _), (speed, half, _, depth) = curve(calibration, [0, 0.5])
    return (f"{100 * whole:.1f} % right with all layers (n = {calibration['n']}, 95 % interval {100 * interval[0]:.1f}-"
            f"{100 * interval[1]:.1f}), {100 * half:.1f} % at speed {speed:g} with {depth:.2f} layers")


def verdict(closed: dict, trained: dict) -> str:
    """Which was better on dev, with all layers, by rows."""
    said = {"the closed form": closed, "training": trained}
    right = {name: sum(a == b for a, b in zip(found["predictions"][-1], found["labels"])) for name, found in said.items()}
    ahead = right["the closed form"] - right["training"]
    better = "neither" if ahead == 0 else f"{'the closed form' if ahead > 0 else 'training'}, by {abs(ahead)} of {trained['n']} rows"
    lines = [f"{name}: {figures(found)}" for name, found in said.items()]
    return "\n".join([*lines, f"better on dev with all layers: {better}" + ("; --recipe closed makes its package" if ahead > 0 else "")])
