"""The hidden states of a model that is not trained any more, kept: students on a frozen backbone read
the same ones in every epoch and every variant, and running the layers is most of their time."""

import torch
from torch import Tensor

from .data import Batch, Dataset, evaluation_batches
from .model import EarlyExitModel
from .precision import autocast
from .progress import progress_bar


class FrozenStates:
    """Hidden states 0 to L of every token of every text, kept in bfloat16: 2 (L + 1) H bytes a token. They are
    computed where the model is, and kept in the machine's own memory."""

    def __init__(self, model: EarlyExitModel, texts: Dataset):
        lengths = torch.tensor([len(ids) for ids in texts.ids])
        self.starts = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)])
        size = (len(model.layers) + 1, int(self.starts[-1]), model.arch.hidden_size)
        self.states = torch.empty(size, dtype=torch.bfloat16)
        model.eval()
        device = next(model.parameters()).device
        with torch.no_grad(), autocast(device.type):
            bar = progress_bar("hidden states", len(texts))
            for batch in evaluation_batches(texts):
                there, places = batch.to(device), self.places(batch)[batch.mask]
                states, _ = model.hidden_states(there.ids, there.mask, there.seconds)
                for hidden, kept in zip(states, self.states):
                    kept[places] = hidden[there.mask].bfloat16().cpu()
                bar.update(len(batch.rows))
            bar.close()

    def places(self, batch: Batch) -> Tensor:
        """Where the batch's tokens lie [B, T]; padding lies at its text's first token."""
        offsets = torch.arange(batch.ids.shape[1]) * batch.mask
        return self.starts[batch.rows][:, None] + offsets

    def logits(self, model: EarlyExitModel, batch: Batch) -> Tensor:
        """What `model`, whose layers they are of, says of the batch [E, B, N]: exits alone are run."""
        device = batch.ids.device
        hidden = self.states[:, self.places(batch.to("cpu"))].to(device).float()  # [L + 1, B, T, H]
        bias = model.bias(batch.mask)
        return torch.stack([head(hidden[int(number)], bias) for number, head in model.exits.items()])
