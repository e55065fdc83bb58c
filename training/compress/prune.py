"""Structured pruning: attention heads and feed-forward neurons that matter least are cut out.

What matters is |Σ a · ∂loss/∂a| of a head's or neuron's output a, summed over each text (Michel et
al., 2019, equation 2, for heads; the same for neurons). Matrices really shrink. Every layer keeps as
many as every other, so that all layers still share one graph.
"""

from dataclasses import replace

import torch
from torch import Tensor

from ..data import Dataset, evaluation_batches
from ..losses import teacher_loss
from ..model import EarlyExitModel


def importances(model: EarlyExitModel, texts: Dataset) -> tuple[Tensor, Tensor]:
    """Of heads [L, heads] and of neurons [L, intermediate_size], from labelled texts."""
    model.eval().requires_grad_(True)
    seen: dict[torch.nn.Module, Tensor] = {}

    def watch(module: torch.nn.Module, inputs: tuple[Tensor]) -> None:
        inputs[0].retain_grad()
        seen[module] = inputs[0]

    outs, downs = [layer.out for layer in model.layers], [layer.down for layer in model.layers]
    hooks = [module.register_forward_pre_hook(watch) for module in (*outs, *downs)]
    heads = torch.zeros(len(outs), model.arch.num_attention_heads)
    neurons = torch.zeros(len(downs), model.arch.intermediate_size)
    for batch in evaluation_batches(texts):
        teacher_loss(model(batch.ids, batch.mask), texts.labels[batch.rows]).backward()
        for i, (out, down) in enumerate(zip(outs, downs)):
            by_head = (seen[out] * seen[out].grad).unflatten(-1, (model.arch.num_attention_heads, -1))
            heads[i] += by_head.sum((1, 3)).abs().sum(0).detach()
            neurons[i] += (seen[down] * seen[down].grad).sum(1).abs().sum(0).detach()
        model.zero_grad()
    for hook in hooks:
        hook.remove()
    return heads, neurons


def keep_heads(model: EarlyExitModel, importance: Tensor, kept: int, dropout: float) -> EarlyExitModel:
    """The model with the `kept` most important heads of every layer."""
    small = EarlyExitModel(replace(model.arch, num_attention_heads=kept), dropout)
    state = model.state_dict()
    for i, row in enumerate(importance):
        chosen = row.topk(kept).indices.sort().values
        at, shape = f"layers.{i}.", (3, model.arch.num_attention_heads, model.arch.head_dim)
        for part in ("weight", "bias"):
            state[f"{at}qkv.{part}"] = state[f"{at}qkv.{part}"].unflatten(0, shape)[:, chosen].flatten(0, 2)
        state[f"{at}out.weight"] = state[f"{at}out.weight"].unflatten(1, shape[1:])[:, chosen].flatten(1, 2)
    small.load_state_dict(state)
    return small


def keep_neurons(model: EarlyExitModel, importance: Tensor, kept: int, dropout: float) -> EarlyExitModel:
    """The model with the `kept` most important feed-forward neurons of every layer."""
    small = EarlyExitModel(replace(model.arch, intermediate_size=kept), dropout)
    state = model.state_dict()
    for i, row in enumerate(importance):
        chosen = row.topk(kept).indices.sort().values
        for name in (f"layers.{i}.up.weight", f"layers.{i}.up.bias"):
            state[name] = state[name][chosen]
        state[f"layers.{i}.down.weight"] = state[f"layers.{i}.down.weight"][:, chosen]
    small.load_state_dict(state)
    return small
