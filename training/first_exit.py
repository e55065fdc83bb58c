"""Gives a package's exit 0 a table of n-grams (`ngrams.py`): learnt from texts and what to say of each, joined to what the
exit says by two numbers that are fitted on dev. All else of the package stays as it is.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .data import Labelled
from .ngrams import Shape, joined, learn, ngrams_shard
from .package import Package, put_shared, read_part
from .shards import pack, places_of, tensors
from .train import targets_of


@dataclass
class Lesson:
    """n texts by their tokens, and what to say of each [n, N]: a distribution or, of a multi-label task, how likely each label is."""

    ids: list[list[int]]
    targets: Tensor
    epochs: int
    seed: int


def with_ngrams(package: Package, lesson: Lesson, dev: Labelled) -> Package:
    """Writes the two shards into the folder beside the package's; gives the package with both, but for what is measured."""
    manifest, multi_label = package.manifest, package.sets is not None
    shape = Shape(package.arch.vocab_size, len(package.labels), multi_label)
    ngrams = learn(shape, lesson.ids, lesson.targets, lesson.epochs, lesson.seed)
    texts = dev.encoded(package.tokenizer, manifest["max_tokens"])
    own = torch.from_numpy(package.trajectories(dev.texts).logits[0])
    said = ngrams.asked([shape.rows_of(ids) for ids in texts.ids])
    own_share, said_share = joined(own, said, targets_of(texts, shape.labels), multi_label)
    shard = put_shared(ngrams_shard(ngrams, said_share).data, package.folder, "bin")
    first = put_shared(weighed(package, own_share), package.folder, "bin")
    width = {"width": shape.width} if shape.width else {}
    changed = manifest | {"exits": [first, *manifest["exits"][1:]], "ngrams": shard | {"bits": shape.bits} | width}
    return Package(package.folder, changed, package.sets)


def weighed(package: Package, share: float) -> bytes:
    """Exit 0's shard, its logits multiplied."""
    parts = tensors(read_part(package.folder, package.manifest["exits"][0]), places_of(package.arch)["exit"])
    last = {name: parts[name] * np.float32(share) for name in ("classify.weight", "classify.bias")}
    return pack(parts | last).data
