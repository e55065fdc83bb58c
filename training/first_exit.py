"""Gives a package's exit 0 a table of n-grams (`ngrams.py`): learnt from texts and what to say of each, joined to what the
exit says by two numbers that are fitted on dev. All else of the package stays as it is.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .calibrate import calibrate
from .data import Dataset, Labelled, read_task
from .engine import EngineExit
from .ngrams import BATCH, EngineNgrams, Shape, joined, learn, ngrams_shard
from .package import Package, put_shared, read_part
from .place import beside, copy_files
from .recipe import passages
from .shards import pack, places_of, tensors
from .texts import Encoded
from .train import targets_of

STEPS = 1500
"""That few texts are repeated for; of many, there are three epochs."""
GAIN = 2.0
"""Log likelihood of all dev texts together that the table's one more number has to be worth (Akaike, 1974: one at least)."""


@dataclass
class Lesson:
    """n texts by their tokens, and what to say of each [n, N]: a distribution or, of a multi-label task, how likely each label is."""

    texts: Encoded
    targets: Tensor
    seed: int

    @property
    def epochs(self) -> int:
        return max(3, min(40, -(-STEPS * BATCH // len(self.texts.ids))))


def lesson_of(texts: Dataset, labels: int, opinions: Tensor, seed: int) -> Lesson:
    """Of n texts their labels; of the last m of them, which have none, what the last exit says: logits [m, N]."""
    targets = targets_of(texts, labels)
    if len(opinions):
        targets[-len(opinions) :] = opinions.sigmoid() if texts.sets else opinions.softmax(-1)
    return Lesson(texts.encoded, targets, seed)


def learn_ngrams(package: Package, lesson: Lesson, dev: Labelled, folder: Path) -> None:
    """Gives the opened package the table and exit 0's own shard, weighed, which are written beside `folder`; what is measured
    is still to be. The package stays as it is where dev says that nothing is gained."""
    manifest, multi_label = package.manifest, package.sets is not None
    shape = Shape(package.arch.vocab_size, len(package.labels), multi_label)
    if shape.width and lesson.texts.windows:
        print("texts in windows and so many labels: exit 0 gets no n-grams")  # they would not add up over windows
        return
    ngrams = learn(shape, lesson.texts, lesson.targets, lesson.epochs, lesson.seed)
    texts = dev.encoded(package.tokenizer, manifest["max_tokens"], manifest.get("windows", 1))
    own = torch.from_numpy(package.trajectories(dev.texts).logits[0])
    said = ngrams.asked(shape.rows_of_all(texts.encoded))
    gold = targets_of(texts, shape.labels)
    (own_share, said_share), loss = joined([own, said], gold, multi_label)
    _, without = joined([own], gold, multi_label)
    if len(dev) * (without - loss) < GAIN:
        print("n-grams of pieces and pairs tell exit 0 nothing new on dev, and are left out")
        return
    print(f"n-grams of pieces and pairs join exit 0, whose log loss on dev goes from {without:.3f} to {loss:.3f}")
    places = places_of(package.arch)["exit"]
    parts = tensors(read_part(package.folder, manifest["exits"][0]), places)
    parts |= {name: parts[name] * np.float32(own_share) for name in ("classify.weight", "classify.bias")}
    table, first = ngrams_shard(ngrams, said_share).data, pack(parts).data
    width = {"width": shape.width} if shape.width else {}
    manifest["exits"][0] = put_shared(first, folder, "bin")
    manifest["ngrams"] = put_shared(table, folder, "bin") | {"bits": shape.bits} | width
    package.exits[0] = EngineExit(tensors(first, places), package.arch)
    package.ngrams = EngineNgrams(table, shape)


def add_ngrams(folder: Path, data: Path) -> None:
    """To a package that a recipe made, from its data's folder: its training rows and, where it reads reviews beside them,
    what the package's last exit says of those. The package stays as it is until all is measured and written beside it."""
    package = Package.open(folder)
    recipe = package.manifest["training"] | {"labels": package.manifest["labels"]}
    if "stages" not in recipe or not data.is_dir():
        raise ValueError(f"{folder}: n-grams are added to a package of a recipe, from its data's folder; fit and adopt add them by themselves")
    if 0 not in package.exits:
        raise ValueError(f"{folder}: it has no exit 0 that n-grams could be added to")
    task = read_task(recipe, data)
    package.sets = task.dev.sets
    package.expect(task.dev.texts, data)
    with beside(folder) as place:
        copy_files(folder, place)
        package.manifest.pop("ngrams", None)
        package.ngrams = None
        longest, windows = package.manifest["max_tokens"], package.manifest.get("windows", 1)
        texts, opinions = task.train.encoded(package.tokenizer, longest, windows), torch.zeros(0, len(package.labels))
        if "reviews" in recipe:
            more = passages(recipe["reviews"], data.parent / recipe["reviews"]["file"], recipe["seed"]).texts
            texts = texts.and_unlabelled(package.encode(more))
            opinions = torch.from_numpy(package.trajectories(more).logits[-1])
        learn_ngrams(package, lesson_of(texts, len(package.labels), opinions, recipe["seed"]), task.dev, place)
        package.folder = place
        calibrate(package, task.dev)
