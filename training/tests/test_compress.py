"""Every compression on an untrained tiny model: what it cuts, what it leaves, what learns."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from training.compress.distil import WordHead, distil_loss, masked
from training.compress.heads import HEADS
from training.compress.layerdrop import layerdrop_loss
from training.compress.measure import text_macs
from training.compress.prune import importances, keep_heads, keep_neurons
from training.compress.static import static
from training.compress.theseus import coins, rate, theseus_loss
from training.data import Batch, Dataset
from training.model import Architecture, EarlyExitModel
from training.train import trained_parts

ARCH = Architecture(64, 32, 4, 4, 48, 32, 1e-12, 3, exit_size=16, exit_heads=2, head_dim=8, exits=(0, 1, 2, 3, 4))


@pytest.fixture
def model():
    torch.manual_seed(0)
    made = EarlyExitModel(ARCH, 0.0).eval()
    made.embeddings.words.normal_()
    return made


@pytest.fixture
def batch():
    ids = torch.randint(5, 64, (3, 9))
    mask = torch.arange(9) < torch.tensor([[9], [5], [3]])
    return Batch(ids * mask, mask, torch.arange(3))


LABELS = torch.tensor([0, 1, 2])


def test_all_layers_and_the_last_exit_are_the_model_itself(model, batch):
    whole = static(model, range(4), 0.0).eval()
    assert torch.allclose(whole(batch.ids, batch.mask)[0], model(batch.ids, batch.mask)[-1])
    half = static(model, [0, 2], 0.0)
    assert torch.equal(half.layers[1].up.weight, model.layers[2].up.weight)
    assert list(half.exits) == ["2"]


def test_what_is_pruned_first_is_what_does_nothing(model, batch):
    whole = static(model, range(4), 0.0).eval()
    with torch.no_grad():
        for layer in whole.layers:
            layer.out.weight[:, 8:16] = 0  # head 1
            layer.down.weight[:, ::2] = 0  # every other neuron
    expected = whole(batch.ids, batch.mask)
    texts = Dataset([[2, 7, 8, 3], [2, 9, 10, 11, 3]], LABELS[:2], 4)
    heads, neurons = importances(whole, texts)
    assert (heads[:, 1] == 0).all() and (neurons[:, ::2] == 0).all()
    fewer = keep_neurons(keep_heads(whole, heads, 3, 0.0), neurons, 24, 0.0).eval()
    assert fewer.layers[0].qkv.weight.shape == (3 * 24, 32) and fewer.layers[0].up.weight.shape == (24, 32)
    assert torch.allclose(fewer(batch.ids, batch.mask), expected, atol=1e-5)


def test_the_successor_alone_learns_and_some_of_it_at_every_step(model, batch):
    successor = static(model, [0, 1], 0.0)
    trained_parts(successor, "layers")
    for reading in ("bernoulli", "proportional"):
        loss = theseus_loss(model, LABELS, reading)(successor, batch, 0.0)
        loss.backward()
        learnt = [p.grad is not None and bool(p.grad.any()) for p in successor.layers.parameters()]
        assert any(learnt) and (reading == "bernoulli" or sum(learnt) > 20)
        assert all(p.grad is None for p in (*model.parameters(), *successor.teacher.parameters()))
        successor.zero_grad()


def test_fully_replaced_the_successor_is_what_runs(model, batch):
    successor = static(model, [0, 1], 0.0).eval()
    loss = theseus_loss(model, LABELS, "bernoulli")(successor, batch, 1.0)
    wanted = torch.nn.functional.cross_entropy(successor(batch.ids, batch.mask)[0], LABELS)
    assert torch.isclose(loss, wanted)


def test_the_replacement_rate_rises_to_one_and_no_throw_is_empty():
    assert rate(0) == 0.3 and rate(0.7) == rate(1.0) == 1.0 and 0.3 < rate(0.3) < 1
    assert all(coins(3, 0.05).any() for _ in range(20))


def test_masked_words_are_words_and_the_losses_are_what_is_asked(model, batch):
    torch.manual_seed(3)
    ids, chosen = masked(batch, 4, 2000)
    assert not chosen[:, 0].any() and not (chosen & ~batch.mask).any()
    assert torch.equal(ids[~chosen], batch.ids[~chosen])
    student = static(model, [0, 2], 0.0)
    student.word_head = WordHead(student)
    backbone, rest = trained_parts(student, "distil")
    assert backbone and any(p is student.word_head.bias for p in rest)
    # All that is left is the cosine between like layers: the first is the teacher's own, so it adds nothing.
    twin = static(model, [0, 1, 2, 3], 0.0).eval()
    twin.word_head = student.word_head
    without_words = distil_loss(model, [0, 1, 2, 3], student.word_head, 4, "masked")(twin, batch, 0.0)
    assert without_words < 1e-5


def test_layerdrop_leaves_layers_out(model, batch):
    whole = static(model, range(4), 0.0)
    torch.manual_seed(0)
    found = {round(layerdrop_loss(LABELS)(whole, batch, 0.0).item(), 6) for _ in range(12)}
    assert len(found) > 2


@pytest.mark.parametrize("head", HEADS.values())
def test_other_heads_do_not_see_padding(head, batch):
    torch.manual_seed(0)
    made, hidden = head(ARCH), torch.randn(3, 9, 32)
    bias = EarlyExitModel.bias(batch.mask)
    alone = made(hidden[1:2, :5], bias[1:2, :, :, :5])
    assert torch.allclose(made(hidden, bias)[1:2], alone, atol=1e-5)
    assert made.macs(9) > 0


def test_the_papers_count_is_the_papers():
    base = replace(ARCH, hidden_size=768, intermediate_size=3072, num_attention_heads=12, head_dim=64,
                   num_hidden_layers=12, num_labels=2, exit_size=128, exits=(12,))
    with torch.device("meta"):
        model = EarlyExitModel(base)
    _, paper = text_macs(model, np.array([20]), np.array([12]))
    # Its README's baseline, 21,785,247,744 FLOPs, two a multiply-add; one token's last two products
    # are counted there for all 128.
    assert 2 * paper == pytest.approx(21_785_247_744, rel=2e-4)
