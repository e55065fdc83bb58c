"""Labelled texts and the batches made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer


@dataclass
class Dataset:
    """n texts: their token ids (ragged, [CLS] … [SEP]) and their labels [n]."""

    ids: list[list[int]]
    labels: torch.Tensor
    mask_token: int

    def __len__(self) -> int:
        return len(self.ids)

    def some(self, rows: Sequence[int]) -> "Dataset":
        return Dataset([self.ids[r] for r in rows], self.labels[list(rows)], self.mask_token)


@dataclass
class Batch:
    """ids [B, T] padded with 0, mask [B, T] (True where there is a token), rows [B] in the data set."""

    ids: torch.Tensor
    mask: torch.Tensor
    rows: torch.Tensor


def read_tsv(path: Path) -> tuple[list[str], list[int]]:
    """Texts and integer labels of a tab-separated file with columns `label` and `text`.

    Split on tabs alone, no CSV quoting: texts hold bare quotes. Raises ValueError with
    the file and line of the first row that does not fit.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    if "label" not in header or "text" not in header:
        raise ValueError(f"{path}: the header must name the columns label and text, got {header}")
    label_at, text_at = header.index("label"), header.index("text")
    texts, labels = [], []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{path}:{number}: {len(cells)} columns, the header has {len(header)}")
        if not cells[label_at].isdecimal():
            raise ValueError(f"{path}:{number}: label {cells[label_at]!r} is not a class number")
        texts.append(cells[text_at])
        labels.append(int(cells[label_at]))
    return texts, labels


def encode(tokenizer: Tokenizer, texts: list[str], max_tokens: int) -> list[list[int]]:
    """Token ids of each text, cut to `max_tokens` with [CLS] and [SEP] kept."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def load(path: Path, tokenizer: Tokenizer, max_tokens: int) -> Dataset:
    texts, labels = read_tsv(path)
    ids = encode(tokenizer, texts, max_tokens)
    return Dataset(ids, torch.tensor(labels), tokenizer.token_to_id("[MASK]"))


def pad(data: Dataset, rows: np.ndarray) -> Batch:
    longest = max(len(data.ids[r]) for r in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for i, r in enumerate(rows):
        tokens = data.ids[r]
        ids[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = True
    return Batch(ids, mask, torch.from_numpy(rows))


def training_batches(data: Dataset, size: int, rng: np.random.Generator) -> Iterator[Batch]:
    """One epoch in random order; texts of like length share a batch, so that little is padding."""
    order = rng.permutation(len(data))
    pool = size * 50
    batches = []
    for start in range(0, len(order), pool):
        part = order[start : start + pool]
        part = part[np.argsort([len(data.ids[r]) for r in part], kind="stable")]
        batches += [part[i : i + size] for i in range(0, len(part), size)]
    for i in rng.permutation(len(batches)):
        yield pad(data, batches[i])


def evaluation_batches(data: Dataset, size: int = 128) -> Iterator[Batch]:
    """Every row once, shortest first."""
    order = np.argsort([len(ids) for ids in data.ids], kind="stable")
    for start in range(0, len(order), size):
        yield pad(data, order[start : start + size])
