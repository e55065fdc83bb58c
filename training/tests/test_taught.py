"""Exits that were taught in a page: what its worker wrote is read, and says what it says there (`taught.fixture.json`)."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.taught import TaughtExit, TaughtExits, Words, pool, token_weights

FIXTURE = json.loads((Path(__file__).parents[2] / "workers/taught/taught.fixture.json").read_text())
CLASSES, WIDTH, STRIDE = 3, 6, 8
TEXTS, TOKENS = [[101, 9, 4, 9, 102], [101, 5, 102]], [(0, 2), (2, 3)]


def exits():
    words = Words(base64.b64decode(FIXTURE["words"]), CLASSES)
    heads = [TaughtExit(base64.b64decode(shard), WIDTH, CLASSES, number + 2) for number, shard in enumerate(FIXTURE["exits"])]
    return TaughtExits(heads, words)


def hidden(number: int) -> torch.Tensor:
    """Three tokens' hidden state, by the worker test's own generator [3, H]."""
    state, values = number + 50, []
    for _ in range(3 * STRIDE):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(state / 2**31 - 1)
    return torch.tensor(values, dtype=torch.float32).view(3, STRIDE)[:, :WIDTH]


def test_it_says_what_the_worker_says():
    for text, (start, end) in enumerate(TOKENS):
        states = [hidden(number)[None, start:end] for number in range(2)]
        logits = exits().logits([TEXTS[text]], states)[:, 0]
        assert np.allclose(logits.numpy(), np.array(FIXTURE["logits"])[:, text], atol=1e-4)


def test_tokens_count_what_they_count_there():
    weights = token_weights([[101, 1996, 2003, 2054, 29_999, 102]], 1996)
    assert np.allclose(weights[0].numpy(), FIXTURE["weights"])
    assert np.allclose(pool(torch.tensor([[[3.0, 0.0], [0.0, 2.0]]]), torch.tensor([[0.2, 0.4]])).numpy(), [[0.6, 0.8]])


def test_shards_of_another_size_are_refused():
    with pytest.raises(ValueError):
        TaughtExit(base64.b64decode(FIXTURE["exits"][0]), WIDTH, CLASSES, 3)
    with pytest.raises(ValueError):
        Words(base64.b64decode(FIXTURE["words"])[:-2], CLASSES)
