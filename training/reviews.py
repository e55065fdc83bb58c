"""Sentences out of longer reviews: texts of the task's own domain that nobody labelled.

Students need no labels (FastBERT, Liu et al., 2020, section 3.2), and a tutor can say what it
thinks of any text. What the reviewer thought of the whole film is a hint on each sentence.
"""

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

END = re.compile(r"(?<=[.!?])\s+")


@dataclass
class Sentences:
    """n sentences, and the class that the whole review of each was given [n]."""

    texts: list[str]
    review_labels: Tensor


def read_sentences(path: Path, count: int, words: tuple[int, int], seed: int) -> Sentences:
    """A random `count` of the sentences with so many words, from a gzipped tab-separated file of
    reviews (columns `label` and `text`)."""
    sentences, labels = [], []
    csv.field_size_limit(1 << 24)
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for sentence in END.split(row["text"]):
                if words[0] <= len(sentence.split()) <= words[1]:
                    sentences.append(sentence)
                    labels.append(int(row["label"]))
    chosen = np.random.default_rng(seed).permutation(len(sentences))[:count]
    return Sentences([sentences[i] for i in chosen], torch.tensor(labels)[chosen])


def hinted(logits: Tensor, review_labels: Tensor, hint: float) -> Tensor:
    """Probabilities [n, N] of a tutor's logits after `hint` was added to the review's class."""
    rows = torch.arange(len(logits))
    logits = logits.clone()
    logits[rows, review_labels] += hint
    return logits.softmax(-1)
