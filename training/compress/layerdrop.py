"""LayerDrop (Fan et al., 2020), in fine-tuning: layers are left out at random, so that half of them
can be left out for good. Its authors' advice for that half: a rate of 0.5, and every other layer kept."""

import torch
from torch import Tensor

from ..data import Batch
from ..losses import teacher_loss
from ..model import EarlyExitModel
from ..train import Loss

RATE = 0.5


def layerdrop_loss(labels: Tensor) -> Loss:
    """labels: of all training texts [n]."""

    def loss(model: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        hidden, bias = model.embeddings(batch.ids), model.bias(batch.mask)
        for layer in model.layers:
            if torch.rand(()) >= RATE:
                hidden = layer(hidden, bias)
        return teacher_loss(model.teacher(hidden, bias).float()[None], labels[batch.rows].to(hidden.device))

    return loss
