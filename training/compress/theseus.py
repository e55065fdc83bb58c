"""BERT-of-Theseus (Xu et al., 2020): a successor's modules take the place of the predecessor's.

A module is two layers of the predecessor or one of the successor. Only the successor's layers learn,
from the task's labels alone, through the predecessor's exit, which is the successor's too.
"""

import torch
from torch import Tensor

from ..data import Batch
from ..losses import teacher_loss
from ..model import EarlyExitModel
from ..train import Loss

FIRST_RATE = 0.3
FULL_AT = 0.7
MIXED = 0.5


def rate(progress: float) -> float:
    """Replacement rate p: from 0.3 to 1 in a straight line, reached at 70 % of the stage (the
    paper's linear scheduler, section 3.3; where its line ends is ours)."""
    return min(1.0, FIRST_RATE + (1 - FIRST_RATE) * progress / FULL_AT)


def coins(modules: int, p: float) -> Tensor:
    """Which modules are replaced [modules]; thrown again where none would be, since none would learn."""
    while not (thrown := torch.rand(modules) < p).any():
        pass
    return thrown


def theseus_loss(predecessor: EarlyExitModel, labels: Tensor, reading: str) -> Loss:
    """labels: of all training texts [n]. reading: "bernoulli" replaces each module by a coin's word,
    of probability `rate`; "proportional" adds both modules' outputs, half and half, throughout."""
    predecessor.eval().requires_grad_(False)

    def loss(successor: EarlyExitModel, batch: Batch, progress: float) -> Tensor:
        predecessor.to(batch.ids.device)
        hidden, bias = successor.embeddings(batch.ids), successor.bias(batch.mask)
        each = len(predecessor.layers) // len(successor.layers)
        replaced = coins(len(successor.layers), rate(progress))
        for i, layer in enumerate(successor.layers):
            old = hidden
            if reading == "proportional" or not replaced[i]:
                for theirs in predecessor.layers[i * each : (i + 1) * each]:
                    old = theirs(old, bias)
            if reading == "proportional":
                hidden = (1 - MIXED) * old + MIXED * layer(hidden, bias)
            else:
                hidden = layer(hidden, bias) if replaced[i] else old
        return teacher_loss(predecessor.teacher(hidden, bias).float()[None], labels[batch.rows].to(hidden.device))

    return loss
