"""Passages out of longer reviews: texts of the task's own domain that nobody labelled one by one.

Students need no labels (FastBERT, Liu et al., 2020, section 3.2), and a tutor can say what it
thinks of any text. What the reviewer thought of the whole film is a hint on each passage.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .data import Labelled, read_tsv, without_dev

END = re.compile(r"(?<=[.!?])\s+")


@dataclass
class Passages:
    """n passages, and the class that the whole review of each was given [n]."""

    texts: list[str]
    review_labels: Tensor


def read_reviews(path: Path, dev_rows: int) -> Labelled:
    """The reviews of a table but for the `dev_rows` that a task which has the table for its training rows keeps for dev:
    so its dev texts are new to every model that learnt passages first."""
    rows = read_tsv(path, ["negative", "positive"])
    return without_dev(rows, dev_rows)[0] if dev_rows else rows


def read_sentences(reviews: Labelled, count: int, words: tuple[int, int], seed: int) -> Passages:
    """A random `count` of the sentences with so many words."""
    found = [
        (sentence, label)
        for text, label in zip(reviews.texts, reviews.labels)
        for sentence in END.split(text)
        if words[0] <= len(sentence.split()) <= words[1]
    ]
    chosen = np.random.default_rng(seed).permutation(len(found))[:count]
    return Passages([found[i][0] for i in chosen], torch.tensor([found[i][1] for i in chosen]))


def read_ends(reviews: Labelled, words: int) -> Passages:
    """The first and the last so many words of each review, where opinions stand."""
    texts, labels = [], []
    for text, label in zip(reviews.texts, reviews.labels):
        split = text.split()
        texts += [" ".join(split[:words]), " ".join(split[-words:])]
        labels += [label, label]
    return Passages(texts, torch.tensor(labels))


def hinted(logits: Tensor, review_labels: Tensor, hint: float) -> Tensor:
    """Probabilities [n, N] of a tutor's logits after `hint` was added to the review's class."""
    rows = torch.arange(len(logits))
    logits = logits.clone()
    logits[rows, review_labels] += hint
    return logits.softmax(-1)
