"""Other exits than FastBERT's, for its students: what they cost, and what they are worth.

All take hidden [B, T, H] and bias [B, 1, 1, T] and give logits [B, N], as `model.Exit` does.
"""

import torch
from torch import Tensor, nn

from ..model import Architecture


class FirstToken(nn.Module):
    """BERT's pooler on [CLS], as DeeBERT has it (Xin et al., 2020)."""

    def __init__(self, arch: Architecture):
        super().__init__()
        self.dense = nn.Linear(arch.hidden_size, arch.hidden_size)
        self.classify = nn.Linear(arch.hidden_size, arch.num_labels)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        return self.classify(torch.tanh(self.dense(hidden[:, 0])))

    def macs(self, tokens):
        return self.dense.weight.numel() + self.classify.weight.numel() + 0 * tokens


class Mean(nn.Module):
    """The mean of all tokens, narrowed, tanh."""

    def __init__(self, arch: Architecture):
        super().__init__()
        self.narrow = nn.Linear(arch.hidden_size, arch.exit_size)
        self.classify = nn.Linear(arch.exit_size, arch.num_labels)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        weights = (bias[:, 0, 0] == 0).float()
        mean = (hidden * weights[..., None]).sum(1) / weights.sum(1, keepdim=True)
        return self.classify(torch.tanh(self.narrow(mean)))

    def macs(self, tokens):
        return tokens * self.narrow.in_features + self.narrow.weight.numel() + self.classify.weight.numel()


class LearnedQueries(nn.Module):
    """Four learned queries over the narrowed tokens, whatever the text's first token says."""

    QUERIES = 4

    def __init__(self, arch: Architecture):
        super().__init__()
        size = arch.exit_size
        self.narrow = nn.Linear(arch.hidden_size, size)
        self.queries = nn.Parameter(0.02 * torch.randn(self.QUERIES, size))
        self.dense = nn.Linear(self.QUERIES * size, size)
        self.classify = nn.Linear(size, arch.num_labels)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        x = torch.tanh(self.narrow(hidden)).float()
        with torch.autocast(x.device.type, enabled=False):
            weights = (torch.einsum("qs,bts->bqt", self.queries, x) + bias[:, 0]).softmax(-1)
            pooled = torch.einsum("bqt,bts->bqs", weights, x).flatten(1)
            return self.classify(torch.tanh(self.dense(pooled)))

    def macs(self, tokens):
        return (tokens * (self.narrow.weight.numel() + 2 * self.queries.numel())
                + self.dense.weight.numel() + self.classify.weight.numel())


HEADS = {"first token": FirstToken, "mean": Mean, "learned queries": LearnedQueries}
