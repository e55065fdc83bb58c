"""Takes outliers out of what is quantised on the spot.

A few features of a layer's feed-forward inputs are ten times larger than the rest; with one scale
a token they leave the others a fraction of the 128 steps. Such a feature is divided by s and its
weights multiplied by s: the product stays the same (Xiao et al., SmoothQuant, 2023; there all
features are scaled, here only the outliers, which measured better). KL to the float weights on dev,
last exit, with and without: sst2 4.6e-4 and 5.0e-4, clinc150 2.2e-4 and 2.4e-4, ag_news 1.4e-4 both;
with 8 bits and one scale a tensor, as ONNX Runtime rounds, it was 0.0012 and 0.0072 on 250 sentences.
"""

import torch
from torch import Tensor

from .data import Dataset, evaluation_batches
from .model import EarlyExitModel

# What is not an outlier: the largest value that 97 % of the features stay under.
ORDINARY = 0.97


class Smoothing:
    """Per layer, the divisors s of its `up` and `down` inputs, 1 where there is no outlier."""

    def __init__(self, up: Tensor, down: Tensor):
        self.up, self.down = up, down


def smoothings(model: EarlyExitModel, texts: Dataset) -> list[Smoothing]:
    """From the largest values seen on `texts`."""
    largest: dict[torch.nn.Module, Tensor] = {}

    def watch(module: torch.nn.Module, inputs: tuple[Tensor]) -> None:
        seen = inputs[0].abs().flatten(0, -2).amax(0)
        largest[module] = torch.maximum(largest.get(module, seen), seen)

    watched = [m for layer in model.layers for m in (layer.up, layer.down)]
    hooks = [m.register_forward_pre_hook(watch) for m in watched]
    with torch.no_grad():
        for batch in evaluation_batches(texts):
            model.hidden_states(batch.ids, batch.mask)
    for hook in hooks:
        hook.remove()
    return [Smoothing(divisors(largest[layer.up]), divisors(largest[layer.down])) for layer in model.layers]


def divisors(largest: Tensor) -> Tensor:
    return (largest / torch.quantile(largest, ORDINARY)).clamp(min=1)
