"""A model that always runs all of its layers: some layers of another, and one exit on the last."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import EarlyExitModel


def static(model: EarlyExitModel, layers: Sequence[int], dropout: float) -> EarlyExitModel:
    """A copy of the given layers (counted from 0) of `model`, in order, with its embeddings and
    its last exit: plain truncation, a DistilBERT student, a Theseus successor before they learn."""
    arch = replace(model.arch, num_hidden_layers=len(layers), exits=(len(layers),))
    small = EarlyExitModel(arch, dropout)
    small.embeddings.load_state_dict(model.embeddings.state_dict())
    for ours, theirs in zip(small.layers, layers):
        ours.load_state_dict(model.layers[theirs].state_dict())
    small.teacher.load_state_dict(model.teacher.state_dict())
    return small
