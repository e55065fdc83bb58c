"""Runs a recipe (a TOML file of stages) and keeps a checkpoint after every epoch.

Started by `accelerate launch`, a run's processes share the batches of each step, on several GPUs or
hosts (which then share the run's folder); alone, it takes a GPU if there is one, else the CPU.

A stopped run loses ten minutes at most, and ends as if it had not been stopped. What is in the run's folder:
`log.jsonl` (one line an epoch), `last.pt` (to go on), `stageN.pt` (what each stage came to: the averaged
weights of its last epoch or, where the recipe asks for the `best_epoch`, of the one that is best on dev). With a
`patience` a stage ends where dev has been no better for so many epochs.
"""

import copy
import json
import math
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from accelerate import Accelerator, PartialState
from accelerate.utils import broadcast_object_list
from filelock import Timeout
from torch import Tensor, nn

from . import losses
from .data import Batch, Dataset, evaluation_batches, share, training_batches
from .frozen import FrozenStates
from .lock import lock
from .losses import log_loss
from .model import EarlyExitModel
from .package import Trajectories
from .precision import autocast
from .progress import progress_bar

FROZEN = ("students", "exits")
"""Stages that leave the layers as they are."""

SAVE_EVERY = 600
"""Seconds of training between two checkpoints within an epoch."""

Loss = Callable[[EarlyExitModel, Batch, float], Tensor]
"""What a stage minimises: of the model, a batch, and the share of the stage that is done."""


def read_recipe(path: Path) -> dict:
    recipe = {"recipe": path.stem} | tomllib.loads(path.read_text(encoding="utf-8"))
    known = {"teacher", "students", "joint", "exits"}
    for stage in recipe["stages"]:
        if stage["train"] not in known:
            raise ValueError(f"{path}: a stage trains one of {sorted(known)}, not {stage['train']!r}")
    return recipe


def predict(model: EarlyExitModel, data: Dataset) -> Tensor:
    """Logits of every exit for every text [E, n, N], in the data set's order."""
    model.eval()
    device = next(model.parameters()).device
    result = torch.empty(len(model.exits), len(data), model.arch.num_labels)
    with torch.no_grad():
        for batch in evaluation_batches(data):
            batch = batch.to(device)
            result[:, batch.rows] = model(batch.ids, batch.mask, batch.seconds, batch.owners).float().cpu()
    return result


def trained_parts(model: EarlyExitModel, train: str) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """(backbone, exits) parameters that a stage changes; all others are frozen."""
    *students, teacher = model.exits.values()
    match train:
        case "teacher":
            exits = [teacher]
        case "students":
            exits = students
        case "joint" | "exits":
            exits = [*students, teacher]
        case "layers":
            exits = []
        case "distil":
            exits = [teacher, model.word_head]
    backbone = [] if train in FROZEN else list(model.layers.parameters())
    chosen = backbone, [parameter for head in exits for parameter in head.parameters()]
    model.requires_grad_(False)
    for parameter in (*chosen[0], *chosen[1]):
        parameter.requires_grad_(True)
    return chosen


def decay_groups(parameters: list[nn.Parameter], lr: float, decay: float) -> list[dict]:
    """Weight decay on matrices only."""
    return [
        {"params": [p for p in parameters if p.ndim > 1], "lr": lr, "weight_decay": decay},
        {"params": [p for p in parameters if p.ndim <= 1], "lr": lr, "weight_decay": 0.0},
    ]


def mask_tokens(batch: Batch, share: float, mask_token: int) -> Tensor:
    """The batch's ids with a share of the tokens of texts of eight tokens and more masked, so that
    no single word can be learnt by heart. [CLS] stays, and so does [SEP], also between the texts of a pair."""
    if not share:
        return batch.ids
    lengths = batch.mask.sum(1, keepdim=True)
    device = batch.ids.device
    places = torch.arange(batch.ids.shape[1], device=device)
    ends = batch.ids.gather(1, lengths - 1)  # [SEP]
    inside = (places > 0) & (places < lengths) & (batch.ids != ends) & (lengths >= 8)
    return batch.ids.masked_fill(inside & (torch.rand(batch.ids.shape, device=device) < share), mask_token)


class Average:
    """Exponential moving average of the weights; what is evaluated and shipped."""

    def __init__(self, model: EarlyExitModel, decay: float):
        self.model, self.decay, self.steps = copy.deepcopy(model).requires_grad_(False), decay, 0

    def update(self, model: EarlyExitModel) -> None:
        self.steps += 1
        keep = min(self.decay, self.steps / (self.steps + 10))
        ours = [p for p, q in zip(self.model.parameters(), model.parameters()) if q.requires_grad]
        theirs = [q.detach() for q in model.parameters() if q.requires_grad]
        torch._foreach_lerp_(ours, theirs, 1 - keep)


@dataclass
class Progress:
    """The last epoch after which something was better on dev than ever before: more answers right, or a smaller log loss.
    (Of small sets accuracy stands still for epochs before it rises.)"""

    epoch: int = -1
    accuracy: float = -math.inf
    loss: float = math.inf

    def look(self, epoch: int, accuracy: float, loss: float) -> None:
        if accuracy > self.accuracy or loss < self.loss:
            self.epoch = epoch
        self.accuracy, self.loss = max(accuracy, self.accuracy), min(loss, self.loss)


def save(state: dict, path: Path) -> None:
    """Whole or not at all: a process may be stopped at any time."""
    beside = path.with_suffix(".saving")
    torch.save(state, beside)
    beside.replace(path)


def run(recipe: dict, model: EarlyExitModel, train: Dataset, dev: Dataset, folder: Path,
        stage_losses: list[Loss]) -> None:
    """Trains `model` by the recipe's stages, each with its loss. ValueError where another process does so in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    held = lock(folder)
    speaks = PartialState().is_main_process
    if speaks:
        try:
            held.acquire(timeout=0)
        except Timeout:
            raise ValueError(f"{folder}: another process is training there; wait for it, or give another --runs") from None
    try:
        last = folder / "last.pt"
        done = torch.load(last, map_location="cpu", weights_only=False) if last.exists() else None
        if done and speaks:
            print(f"{folder}: goes on in stage {done['stage']} at epoch {done['epoch']}, step {done['step']}", flush=True)
        for number, stage in enumerate(recipe["stages"]):
            if done and number < done["stage"]:
                continue
            resumed = done if done and number == done["stage"] else None
            run_stage(recipe, number, model, stage_losses[number], train, dev, folder, resumed)
    finally:
        held.release()


def judged_exits(train: str) -> slice:
    """Of all exits those that a stage of this kind makes better: what its epochs are compared by."""
    match train:
        case "teacher":
            return slice(-1, None)
        case "students":
            return slice(None, -1)
    return slice(None)


def targets_of(texts: Dataset, classes: int) -> Tensor:
    """The labels as distributions [n, N]; of a multi-label task, 1 for each that is right."""
    if texts.sets:
        return texts.sets.chosen(texts.labels)
    return nn.functional.one_hot(texts.labels, classes).float()


def stage_loss(stage: dict, train: Dataset, targets: Tensor, states: FrozenStates | None = None) -> Loss:
    """The loss of a recipe's stage; targets: what the joint stage learns [n, N], and every stage of a
    multi-label task. states: of `train`, where the layers stay as they are."""

    def loss(model: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        if states:
            logits = states.logits(model, batch).float()
        else:
            ids = mask_tokens(batch, stage.get("mask_tokens", 0.0), train.mask_token)
            logits = model(ids, batch.mask, batch.seconds, batch.owners).float()
        labels, wanted = train.labels[batch.rows].to(logits.device), targets[batch.rows].to(logits.device)
        if not train.sets:
            return of_classes(logits, labels, wanted)
        pairs, wanted = losses.each_label(logits, wanted)
        # Summed over a text's labels, not their mean: what is unlikely is the whole set.
        return logits.shape[-1] * of_classes(pairs, wanted[:, 1].long(), wanted)

    def of_classes(logits: Tensor, labels: Tensor, wanted: Tensor) -> Tensor:
        if stage["train"] in ("teacher", "layers"):
            return losses.teacher_loss(logits, labels)
        if stage["train"] == "students":
            return losses.students_loss(logits, labels, stage["learn"], stage["direction"])
        return losses.joint_loss(logits, wanted)

    return loss


def run_stage(recipe: dict, number: int, model: EarlyExitModel, loss_of: Loss, train: Dataset, dev: Dataset,
              folder: Path, resumed: dict | None) -> None:
    """One stage: optimiser, schedule, epochs, checkpoints. `resumed` is the stage's `last.pt`, if any."""
    stage = recipe["stages"][number]
    seed, size = recipe["seed"], recipe["batch_size"]
    accelerator = Accelerator()
    model.to(accelerator.device)
    backbone, exits = trained_parts(model, stage["train"])
    groups = decay_groups(exits, stage["exit_lr"], stage["weight_decay"])
    if backbone:
        groups += decay_groups(backbone, stage["backbone_lr"], stage["weight_decay"])
    optimiser = torch.optim.AdamW(groups, fused=True)
    rounds = -(-len(train) // (size * accelerator.num_processes))
    steps = stage["epochs"] * rounds
    warm = max(1, int(stage["warmup"] * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    average = Average(model, recipe["average"])
    first, begun, running, best, progress = 0, 0, 0.0, None, Progress()
    gold = targets_of(dev, model.arch.num_labels)
    if resumed:
        model.load_state_dict(resumed["model"])
        average.model.load_state_dict(resumed["average"])
        average.steps = resumed["steps"]
        optimiser.load_state_dict(resumed["optimiser"])
        schedule.load_state_dict(resumed["schedule"])
        first, begun, running, best, progress = (resumed[name] for name in ("epoch", "step", "running", "best", "progress"))

    def keep(epoch: int, step: int) -> None:
        """A checkpoint to go on from: at so many steps of an epoch."""
        save({"stage": number, "epoch": epoch, "step": step, "running": running, "model": model.state_dict(),
              "average": average.model.state_dict(), "steps": average.steps, "optimiser": optimiser.state_dict(),
              "schedule": schedule.state_dict(), "best": best, "progress": progress, "random": torch.get_rng_state()}, folder / "last.pt")

    shared_model = accelerator.prepare_model(model)
    bar = progress_bar(f"stage {number + 1} of {len(recipe['stages'])} ({stage['train']})", steps, first * rounds + begun)
    for epoch in range(first, stage["epochs"]):
        waited = broadcast_object_list([epoch - 1 - progress.epoch])[0]  # the main process has measured
        if waited >= recipe.get("patience", math.inf):
            if accelerator.is_main_process:
                print(f"stage {number}: ends after epoch {epoch - 1}, as nothing is better on dev since epoch {progress.epoch}", flush=True)
            break
        started = kept = time.time()
        torch.manual_seed(1000 * seed + 100 * number + epoch + 1_000_000 * accelerator.process_index)
        if begun and accelerator.is_main_process:
            torch.set_rng_state(resumed["random"])
        rng = np.random.default_rng([seed, number, epoch])
        model.train()
        if stage["train"] in FROZEN:  # no dropout in a frozen teacher: its targets carry no noise
            model.eval()
        batches = share(training_batches(train, size, rng), accelerator.process_index, accelerator.num_processes)
        for step, batch in enumerate(islice(batches, begun, None), begun):
            with autocast(accelerator.device.type):
                share_done = (epoch + step / rounds) / stage["epochs"]
                loss = loss_of(shared_model, batch.to(accelerator.device), share_done)
            loss.backward()
            nn.utils.clip_grad_norm_([*backbone, *exits], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            average.update(model)
            running += loss.item()
            bar.set_postfix_str(f"epoch {epoch}, loss {running / (step + 1):.4f}", refresh=False)
            bar.update()
            if accelerator.is_main_process and math.isfinite(running) and time.time() - kept >= SAVE_EVERY:
                keep(epoch, step + 1)
                kept = time.time()
        if not math.isfinite(running):
            raise ValueError(f"stage {number} epoch {epoch}: the loss is no number any more; try lower learning rates or another seed")
        loss_mean, running, begun = running / (step + 1), 0.0, 0
        if not accelerator.is_main_process:
            continue
        logits = predict(average.model, dev)
        seen = Trajectories(logits.numpy(), np.array(model.arch.exits), sets=dev.sets)
        accuracy = [round(float(row.mean()), 4) for row in seen.predictions == dev.labels.numpy()]
        said, depth = seen.answers(seen.exits_at(0.5))
        at_half = {"accuracy": round(float((said == dev.labels.numpy()).mean()), 4), "depth": round(float(depth.mean()), 3)}
        line = {"stage": number, "train": stage["train"], "epoch": epoch, "loss": loss_mean,
                "dev_accuracy": accuracy, "dev_at_half_speed": at_half, "seconds": round(time.time() - started)}
        print(json.dumps(line), flush=True)
        with (folder / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        judged = judged_exits(stage["train"])
        score = float(np.mean(accuracy[judged]))
        progress.look(epoch, score, float(np.mean([log_loss(said, gold, dev.sets is not None) for said in logits[judged]])))
        if recipe.get("best_epoch") and (best is None or score >= best["score"]):
            best = {"epoch": epoch, "score": score, "weights": copy.deepcopy(average.model.state_dict())}
        keep(epoch + 1, 0)
    bar.close()
    result = folder / f"stage{number}.pt"
    if accelerator.is_main_process:
        if best:
            print(f"stage {number}: of {stage['epochs']} epochs, from 0, epoch {best['epoch']} is the best on dev "
                  f"({100 * best['score']:.1f} % on the mean of its exits); its weights are taken", flush=True)
        weights = best["weights"] if best else average.model.state_dict()
        save({name: values.cpu() for name, values in weights.items()}, result)
    accelerator.wait_for_everyone()  # dev is measured by one process; all go on with what it chose
    model.cpu()
    model.load_state_dict(torch.load(result, map_location="cpu"))
