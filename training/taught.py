"""Exits that were taught in a page (`workers/taught/`), read from a package's shards and run.

Of each text the mean of every hidden state, scaled to length 1, goes through a linear discriminant; exit i's logits are
the sum, with weights of its own, of the log-probabilities that the discriminants of hidden states 0 to i give, and before
them of those that naive Bayes on the text's word pieces gives, where it was learnt.

Shapes: n texts, N labels, H the width of hidden states, V word pieces with E counts in all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .shards import pack, tensors


def read(data: bytes, **wanted: np.ndarray) -> dict[str, np.ndarray]:
    """A shard's tensors, which are of the type and shape of `wanted`; ValueError where it is not as long as they are."""
    return tensors(data, pack(wanted).places)


COMMON = 11
"""As in `workers/taught/pool.ts`, which says why."""


def token_weights(ids: list[list[int]], first_word: int) -> Tensor:
    """What tokens of n texts of one length count in the mean of hidden state 0 [n, T]."""
    rank = (torch.tensor(ids) - first_word).clamp(min=0) + 3
    return rank / (rank + COMMON)


def pool(hidden: Tensor, weights: Tensor | None = None) -> Tensor:
    """hidden [n, T, H], weights [n, T] where tokens do not count alike → their mean, of length 1 [n, H]."""
    summed = hidden.sum(1) if weights is None else torch.einsum("nth,nt->nh", hidden, weights)
    return F.normalize(summed, dim=-1)


def pooled_states(ids: list[list[int]], states: Iterable[Tensor], first_word: int | None) -> Iterator[Tensor]:
    """Of n texts of one length, by their ids and hidden states 0 to L, each state pooled [n, H]. first_word: None where
    tokens count alike."""
    for number, hidden in enumerate(states):
        yield pool(hidden, token_weights(ids, first_word) if number == 0 and first_word is not None else None)


class TaughtExit:
    """One hidden state's discriminant, and how the exit on it mixes opinions.

    opinions: how many."""

    def __init__(self, data: bytes, width: int, classes: int, opinions: int):
        floats = np.zeros(classes, np.float32)
        found = read(data, weight=np.zeros((width, classes), np.int8), scale=floats, bias=floats, mix=np.zeros(opinions, np.float32))
        self.weight, self.scale, self.bias, self.mix = (torch.tensor(found[name]).float() for name in ("weight", "scale", "bias", "mix"))

    def opinion(self, state: Tensor) -> Tensor:
        """state: pooled [n, H] → log-probabilities [n, N]."""
        return (state @ self.weight * self.scale + self.bias).log_softmax(-1)

    def __call__(self, opinions: list[Tensor]) -> Tensor:
        """Opinions of n texts, the words' first → logits [n, N]."""
        return torch.einsum("m,mnc->nc", self.mix, torch.stack(opinions))


class Words:
    """Naive Bayes on which word pieces stand in a text (`workers/taught/words.ts`)."""

    def __init__(self, data: bytes, classes: int):
        known, entries = (int(size) for size in np.frombuffer(data, np.uint32, 2))
        sizes, ids, counts = np.zeros(2, np.uint32), np.zeros(known, np.uint32), np.zeros(entries, np.uint16)
        found = read(data, sizes=sizes, settings=np.zeros(2, np.float32), ids=ids, ends=ids, labels=counts, counts=counts)
        self.prior, self.factor = (float(value) for value in found["settings"])
        rows = np.repeat(np.arange(known), np.diff(found["ends"], prepend=0).astype(int))
        self.counts = np.zeros((known, classes))
        self.counts[rows, found["labels"]] = found["counts"]
        self.rows = {int(piece): row for row, piece in enumerate(found["ids"])}

    def __call__(self, ids: list[list[int]]) -> Tensor:
        """Token ids of n texts → log-probabilities [n, N]."""
        odds = np.zeros((len(ids), self.counts.shape[1]))
        chances = np.log(self.counts + self.prior) - np.log(self.counts.sum(0) + self.prior * len(self.counts))
        for text, tokens in enumerate(ids):
            known = [self.rows[piece] for piece in set(tokens[1:-1]) if piece in self.rows]
            if known:
                odds[text] = chances[known].sum(0) / np.sqrt(len(known)) * self.factor
        return torch.from_numpy(odds).log_softmax(-1).float()


@dataclass
class TaughtExits:
    """All exits of a package. words: None where they are not counted in; first_word: None where tokens count alike."""

    exits: list[TaughtExit]
    words: Words | None
    first_word: int | None = None

    def logits(self, ids: list[list[int]], states: Iterable[Tensor]) -> Tensor:
        """Of n texts of one length, by their ids and hidden states 0 to L: every exit's logits [E, n, N]."""
        opinions = [self.words(ids)] if self.words else []
        rows = []
        for head, state in zip(self.exits, pooled_states(ids, states, self.first_word)):
            opinions.append(head.opinion(state))
            rows.append(head(opinions))
        return torch.stack(rows)
