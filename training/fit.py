"""Your own texts and labels into a package, in one command: checks, dev set, training, export.

The recipes are the project's two, with settings that follow from the data: how long the texts
are, how many rows there are, how many classes.
"""

import collections
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from accelerate import PartialState
from tokenizers import Tokenizer

from .data import BETWEEN, Labelled, LabelSets, Task, check_bytes, mask_token, read_lines, read_names, read_tsv, without_dev
from .export import export
from .package import Package
from .recipe import build, tokenizer_config
from .texts import Text, encode, expect_pairs, parts
from .train import run, stage_loss, targets_of

DEV_SHARE = 0.1
MOST_DEV = 2000
STEPS = 1500
"""Steps that a small set gets, by repeating it; a large one gets its three epochs."""
MULTI_LABEL_STEPS = 4500
"""Where a text may have several labels, most of which are wrong for most texts, less is learnt from each."""


@dataclass
class Order:
    """What the command line asks for. dev, unlabelled: files or None; backbone: a folder or None;
    multi_label: whether a text has any number of labels."""

    data: Path
    out: Path
    dev: Path | None
    backbone: Path | None
    recipe: str
    unlabelled: Path | None
    runs: Path
    seed: int
    multi_label: bool = False


def read_task_file(order: Order) -> tuple[Task, list[str]]:
    """The task, and what is odd about it. Raises ValueError for what cannot be learnt from."""
    for path in filter(None, (order.data, order.dev)):
        check_bytes(path)
    names = read_names(order.data, order.multi_label)
    if len(names) < 2:
        raise ValueError(f"{order.data}: {len(names)} class ({', '.join(names)}); there is nothing to tell apart")
    names = in_order(names)
    sets = LabelSets(len(names)) if order.multi_label else None
    rows = read_tsv(order.data, names, sets)
    empty = [i for i, text in enumerate(rows.texts) if not all(part.strip() for part in parts(text))]
    if empty:
        raise ValueError(f"{order.data}: {len(empty)} rows without a text, the first is row {empty[0] + 1} after the header")
    if order.dev:
        train, dev = rows, read_tsv(order.dev, names, sets)
        expect_pairs(dev.texts, train.pairs, order.dev, order.data.name)
    else:
        if len(rows) < 10 * len(names):
            raise ValueError(
                f"{order.data}: {len(rows)} rows for {len(names)} classes are too few to keep some for dev; "
                "give at least ten a class, or a dev set with --dev"
            )
        train, dev = without_dev(rows, min(MOST_DEV, max(2 * len(names), round(DEV_SHARE * len(rows)))))
    return Task(names, train, dev), oddities(rows, names)


def in_order(names: list[str]) -> list[str]:
    """Class numbers by their value, names by the alphabet; a file of numbers has them from 0 up."""
    if not all(name.isdecimal() for name in names):
        return names
    numbers = sorted(int(name) for name in names)
    if numbers != list(range(len(numbers))):
        raise ValueError(f"class numbers must run from 0 to {len(numbers) - 1}, got {', '.join(map(str, numbers[:10]))}")
    return [str(number) for number in numbers]


def oddities(rows: Labelled, names: list[str]) -> list[str]:
    """What a person should know before an hour of training."""
    sets = rows.sets.table if rows.sets else [(number,) for number in range(len(names))]
    found, counts = [], collections.Counter(label for row in rows.labels for label in sets[row]).most_common()
    (common, many), (rare, few) = counts[0], counts[-1]
    if many > 10 * few:
        found.append(
            f"classes are uneven: {few} rows of {names[rare]!r}, {many} of {names[common]!r}; "
            "accuracy will hide the rare one"
        )
    if not rows.sets and any(BETWEEN in name for name in names):
        found.append(f"labels hold {BETWEEN!r}; where it stands between several labels of a text, ask for --multi-label")
    twice = len(rows) - len(set(rows.texts))
    if twice:
        found.append(f"{twice} rows repeat the text of another row")
    seen = collections.defaultdict(set)
    for text, label in zip(rows.texts, rows.labels):
        seen[text].add(label)
    torn = sum(len(labels) > 1 for labels in seen.values())
    if torn:
        found.append(f"{torn} texts stand there with more than one label" + (" set" if rows.sets else ""))
    return found


def recipe_for(order: Order, task: Task, tokenizer: Tokenizer, positions: int) -> dict:
    """A recipe whose lengths and epochs follow from the data."""
    lengths = [len(ids) for ids in encode(tokenizer, task.train.texts, positions).ids]
    size = 32 if len(task.train) < 2000 else 64
    steps = MULTI_LABEL_STEPS if task.train.sets else STEPS
    epochs = max(3, min(40, -(-steps * size // len(task.train))))
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
        "batch_size": size, "seed": order.seed, "dropout": 0.1, "average": 0.99, "stages": stages[order.recipe],
    } | ({"backbone": order.backbone.name} if order.backbone else {})


def students_stage(rates: dict) -> dict:
    """FastBERT's self-distillation at the rates of another stage."""
    kept = {name: rates[name] for name in ("backbone_lr", "exit_lr", "weight_decay", "warmup", "epochs")}
    return {"train": "students", "learn": "teacher", "direction": "forward"} | kept


def fit(order: Order) -> Package | None:
    """Trains and exports; returns the opened package, to one of several processes that
    `accelerate launch` started. ValueError for bad input, before any training."""
    task, odd = read_task_file(order)
    speaks = PartialState().is_main_process
    for line in odd if speaks else []:
        print(f"note: {line}", file=sys.stderr)
    extra = read_lines(order.unlabelled, task.train.pairs) if order.unlabelled else []
    if speaks:
        print(f"{len(task.train)} training rows, {len(task.dev)} for dev, {len(task.names)} classes")
    source = {"dropout": 0.1, "seed": order.seed} | ({"backbone": str(order.backbone)} if order.backbone else {})
    model, tokenizer, config = build(source, task)
    recipe = recipe_for(order, task, tokenizer, model.arch.max_position_embeddings)
    if mask_token(tokenizer) is None:
        for stage in recipe["stages"]:
            stage.pop("mask_tokens", None)
    longest = recipe["max_tokens"]
    train, dev = task.train.encoded(tokenizer, longest), task.dev.encoded(tokenizer, longest)
    losses = [stage_loss(stage, train, targets_of(train, len(task.names))) for stage in recipe["stages"]]
    folder = order.runs / order.out.name
    run(recipe, model, train, dev, folder, losses)
    if extra:
        more = train.and_unlabelled(encode(tokenizer, extra, longest))
        students = students_stage(recipe["stages"][-1]) | {"epochs": 3}
        again = recipe | {"stages": [students]}
        run(again, model, more, dev, folder / "unlabelled", [stage_loss(students, more, targets_of(more, len(task.names)))])
        recipe["stages"] = [*recipe["stages"], students]
    if not speaks:
        return None
    return export(model, tokenizer, recipe, config, tokenizer_config(order.backbone), task.dev, order.out)
