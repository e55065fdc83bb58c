"""The table of n-grams: what it learns, and that the browser's says the same (`workers/ngrams.fixture.json`)."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.ngrams import EngineNgrams, Ngrams, Shape, buckets, joined, learn, ngrams_shard
from training.texts import Encoded

FIXTURE = json.loads((Path(__file__).parents[2] / "workers/ngrams.fixture.json").read_text())


@pytest.mark.parametrize("case", FIXTURE, ids=lambda case: case["what"])
def test_it_says_what_the_browsers_says(case):
    shape = Shape(case["pieces"], case["labels"], case["multiLabel"], case["bits"])
    engine = EngineNgrams(base64.b64decode(case["shard"]), shape)
    assert np.allclose(engine(case["ids"]), case["logits"], atol=1e-5)


def test_rows_are_of_pieces_and_pairs_each_once():
    ids = [101, 7, 8, 7, 8, 102]
    rows = Shape(200, 2, False, 8).rows_of(ids)
    assert len(rows) == len(set(rows.tolist())) and set(rows.tolist()) >= {7, 8}
    assert len(rows) == 2 + 4  # [CLS] 7, 7 8, 8 7, 8 [SEP]
    assert ((rows[rows >= 200] - 200) < 256).all()
    assert buckets(np.array([7]), np.array([8]), 8) != buckets(np.array([8]), np.array([7]), 8)


@pytest.mark.parametrize(("labels", "multi_label"), [(2, False), (3, False), (3, True), (30, False)])
def test_it_learns_what_order_says(labels, multi_label):
    """The label is told by a pair's order alone, so no bag of pieces could tell it."""
    rng = np.random.default_rng(0)
    pieces = 100
    gold = rng.integers(0, labels, 40 * labels)
    ids = []
    for label in gold:
        filler = rng.integers(90, 100, 2).tolist()
        pair = [10 + label, 10 + (label + 1) % labels]
        ids.append([1, *filler, *(pair if labels > 2 or label == 0 else [10, 11][::-1]), 2])
    targets = torch.eye(labels)[torch.from_numpy(gold)]
    shape = Shape(pieces, labels, multi_label, bits=9)
    ngrams = learn(shape, Encoded(ids), targets, epochs=max(20, 300 // labels), seed=1)
    said = EngineNgrams(ngrams_shard(ngrams, 1.0).data, shape)(ids)
    assert (said.argmax(1) == gold).mean() > 0.95
    rows = [shape.rows_of(tokens) for tokens in ids]
    assert np.abs(said - ngrams.asked(rows).numpy()).max() < 0.05 * np.abs(said).max()


def test_shares_are_those_by_which_the_sum_says_it_best():
    torch.manual_seed(0)
    gold = torch.randint(0, 3, (400,))
    targets = torch.eye(3)[gold]
    knows, noise = 2 * targets + torch.randn(400, 3), torch.randn(400, 3)
    (own, said), loss = joined([knows, noise], targets, multi_label=False)
    assert own > 0.5 and said < 0.2
    assert loss <= joined([knows], targets, multi_label=False)[1] + 1e-6


def test_a_shard_of_another_size_is_refused():
    shape = Shape(50, 2, False, bits=4)
    data = ngrams_shard(Ngrams(shape), 1.0).data
    with pytest.raises(ValueError):
        EngineNgrams(data, Shape(50, 3, False, bits=4))
    with pytest.raises(ValueError):
        EngineNgrams(data[:-2], shape)
