"""What a text's word pieces, and pairs of neighbours, say of its labels, straight to the logits of exit 0.

Exit 0 sees pieces through a narrow matrix, and no order but what positions give; this is a table of weights, with a row a
piece and one a bucket that pairs are hashed into (features as fastText's: Joulin et al., 2017, section 2). It learns what
exits learn in FastBERT's second stage, the last exit's opinions (Liu et al., 2020, section 3.2.2), or labels, and two
numbers, fitted on dev, join it to what exit 0 says. `workers/ngrams.ts` runs it.

Shapes: n texts of T tokens, N labels, V word pieces, K columns of the table.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .losses import log_loss
from .quantise import quantise
from .shards import Shard, pack, tensors
from .texts import Encoded, parted

FEW_LABELS = 20
"""Up to so many, rows of the table are logits; of more labels that would be megabytes, and too much to learn from few texts."""
WIDTH = 16
"""Of rows that a matrix makes logits of."""
BITS, WIDE_BITS = 16, 15
"""Of a pair's bucket, where rows are logits, and where they are of that width: half a megabyte more would gain nothing on dev."""
BATCH = 128
DROPPED = 0.5
"""Of a text's features, while the table learns."""
RATE = 1e-2


def buckets(left: np.ndarray, right: np.ndarray, bits: int) -> np.ndarray:
    """Of pairs of neighbours by their ids (`workers/ngrams.ts`: the same)."""
    low = np.uint64(0xFFFFFFFF)
    mixed = (left.astype(np.uint64) * np.uint64(0x9E3779B1) & low) ^ right.astype(np.uint64)
    return (mixed * np.uint64(0x85EBCA6B) & low) >> np.uint64(32 - bits)


@dataclass(frozen=True)
class Shape:
    """pieces: V; multi_label: each label is right or not, so each has a logit of its own."""

    pieces: int
    labels: int
    multi_label: bool
    bits: int | None = None

    def __post_init__(self) -> None:
        if self.bits is None:
            object.__setattr__(self, "bits", WIDE_BITS if self.width else BITS)

    @property
    def width(self) -> int | None:
        return WIDTH if self.labels > FEW_LABELS else None

    @property
    def columns(self) -> int:
        return self.width or (self.labels if self.multi_label else self.labels - 1)

    @property
    def rows(self) -> int:
        return self.pieces + 2**self.bits

    def rows_of(self, ids: list[int], windows: list[int] | None = None) -> np.ndarray:
        """Rows that a text's tokens, [CLS] and [SEP] among them, ask for, each once; in each of its windows, where it has
        any (how many tokens each has)."""
        if windows:
            return np.concatenate([self.rows_of(window) for window in parted(ids, windows)])
        tokens = np.array(ids)
        pairs = self.pieces + buckets(tokens[:-1], tokens[1:], self.bits).astype(tokens.dtype)
        return np.unique(np.concatenate([tokens[1:-1], pairs]))

    def rows_of_all(self, texts: Encoded) -> list[np.ndarray]:
        """Of n texts."""
        return [self.rows_of(*text) for text in zip(texts.ids, texts.windows or [None] * len(texts.ids))]


class Ngrams(nn.Module):
    """rows [B, R], padded with the number of the table's rows, how many of them there are [B] → logits [B, N]."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.table = nn.Parameter(torch.zeros(shape.rows + 1, shape.columns))
        if shape.width:
            nn.init.normal_(self.table, std=0.1)
            self.classify = nn.Linear(shape.width, shape.labels, bias=False)

    def forward(self, rows: Tensor, counts: Tensor) -> Tensor:
        said = F.embedding_bag(rows, self.table, mode="sum", padding_idx=self.shape.rows)
        if self.shape.width:
            return self.classify(said / counts.clamp(min=1)[:, None] ** 0.5)
        return F.pad(said, (0, self.shape.labels - self.shape.columns))

    def asked(self, rows: list[np.ndarray]) -> Tensor:
        """Of n texts [n, N]."""
        with torch.no_grad():
            return torch.cat([self(*padded(rows[start : start + 1024], self.shape.rows)) for start in range(0, len(rows), 1024)])


def padded(rows: list[np.ndarray], padding: int) -> tuple[Tensor, Tensor]:
    counts = torch.tensor([len(row) for row in rows])
    table = torch.full((len(rows), max(1, int(counts.max()))), padding)
    for place, row in zip(table, rows):
        place[: len(row)] = torch.from_numpy(row)
    return table, counts


def learn(shape: Shape, texts: Encoded, targets: Tensor, epochs: int, seed: int) -> Ngrams:
    """The table alone, from n texts and what to say of each [n, N]."""
    torch.manual_seed(seed)
    rng, ngrams = np.random.default_rng(seed), Ngrams(shape)
    rows = shape.rows_of_all(texts)
    optimiser = torch.optim.AdamW(ngrams.parameters(), lr=RATE, weight_decay=0.0)
    steps, step = epochs * -(-len(rows) // BATCH), 0
    for _ in range(epochs):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            kept = [row[rng.random(len(row)) >= DROPPED] for row in (rows[one] for one in chosen)]
            loss = log_loss(ngrams(*padded(kept, shape.rows)), targets[torch.from_numpy(chosen)], shape.multi_label)
            optimiser.zero_grad()
            loss.backward()
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            optimiser.step()
            step += 1
    return ngrams.eval()


def joined(opinions: list[Tensor], targets: Tensor, multi_label: bool) -> tuple[list[float], float]:
    """What each one's logits [n, N] are multiplied by, none negative, so that their sum says the targets best; and its loss."""
    weights = torch.full((len(opinions),), 0.7, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        optimiser.zero_grad()
        loss = log_loss(sum(weight.abs() * said for weight, said in zip(weights, opinions)), targets, multi_label)
        loss.backward()
        return loss

    optimiser.step(step)
    return weights.detach().abs().tolist(), step().item()


def ngrams_shard(ngrams: Ngrams, share: float) -> Shard:
    """Rows as int8 with a scale a column, and the matrix where there is one; share: what all is multiplied by."""
    table = ngrams.table.detach()[:-1].numpy()
    values, scale = quantise(table, axis=1)
    if not ngrams.shape.width:
        return pack({"table": values, "scale": scale * np.float32(share)})
    matrix = ngrams.classify.weight.detach().T.numpy() * np.float32(share)
    return pack({"table": values, "scale": scale, "classify": matrix.astype(np.float32)})


class EngineNgrams:
    """As the browser has it, from a package's shard. ValueError where that is not as long as its shape."""

    def __init__(self, data: bytes, shape: Shape):
        self.shape = shape
        wanted = {"table": np.zeros((shape.rows, shape.columns), np.int8), "scale": np.zeros(shape.columns, np.float32)}
        if shape.width:
            wanted["classify"] = np.zeros((shape.width, shape.labels), np.float32)
        self.parts = tensors(data, pack(wanted).places)

    def __call__(self, ids: list[list[int]]) -> np.ndarray:
        """Of n texts [n, N]."""
        rows = [self.shape.rows_of(tokens) for tokens in ids]
        said = np.stack([self.parts["table"][row].astype(np.int32).sum(0) for row in rows]).astype(np.float32) * self.parts["scale"]
        if self.shape.width:
            counts = np.array([max(1, len(row)) for row in rows], np.float32)
            return (said / np.sqrt(counts)[:, None]) @ self.parts["classify"]
        return np.pad(said, ((0, 0), (0, self.shape.labels - self.shape.columns)))
