"""The engine's arithmetic: what is whole is exact, what is rounded errs by half a step."""

import numpy as np
import pytest
import torch

from test_package import ARCH, export, untrained
from training.engine import Product, integer_product, quantise


def test_whole_numbers_are_exact_at_their_largest():
    for inputs in (384, 1536, 3073):
        q, weight = torch.full((2, inputs), 127.0), torch.full((inputs, 3), -127.0)
        weight[::7, 1] = 126
        q[1, ::3] = 126
        expected = q.long() @ weight.long()
        assert expected.abs().max() > 2**22 and torch.equal(integer_product(q, weight).long(), expected)


@pytest.mark.parametrize("shift", [-3, 0, 3])
def test_a_row_errs_by_half_a_step_and_its_zero_is_exact(shift):
    torch.manual_seed(0)
    x = torch.randn(50, 40) + shift
    x[:, 5] = 0
    q, zero, scale = quantise(x)
    assert torch.equal(q, q.round()) and q.min() >= 0 and q.max() <= 127 and torch.equal(zero, zero.round())
    error = ((q - zero) * scale - x).abs()
    # Zero point and value are rounded each by itself: at the ends of the range both can fall on one side.
    assert (error <= scale * (1 + 1e-4)).all() and error.mean() < 0.27 * scale.mean()
    assert ((q - zero)[:, 5] == 0).all()


def test_rows_of_nothing_of_denormals_and_with_an_outlier():
    x = torch.zeros(3, 8)
    x[1] = 1e-40
    x[2, 3] = 1e30
    x[2, 4] = 1
    q, zero, scale = quantise(x)
    assert torch.equal(q[:2], torch.zeros(2, 8)) and torch.equal(zero, torch.zeros(3, 1))
    assert scale.flatten()[:2].tolist() == [1, 1]
    assert q[2].tolist() == [0, 0, 0, 127, 0, 0, 0, 0] and torch.isclose(scale[2, 0], torch.tensor(1e30 / 127))


def test_a_product_is_that_of_what_was_rounded():
    torch.manual_seed(1)
    x, smooth = torch.randn(4, 24), torch.rand(24) + 0.1
    weight, scale, bias = torch.randint(-127, 128, (24, 5)).float(), torch.rand(5), torch.randn(5)
    q, zero, step = quantise(x * smooth)
    rounded = ((q - zero) * step).double()
    expected = rounded @ (weight * scale).double() + bias
    assert torch.allclose(Product(weight, scale, bias, smooth)(x).double(), expected, rtol=1e-5, atol=1e-4)


def test_a_text_gets_the_same_in_any_company(tmp_path):
    package = export(untrained(ARCH, tmp_path))
    texts = ["good film", "the old film", "an old and good film", "bad", "the good film", "a film", "good old film"]
    together = package.trajectories(texts).logits
    alone = np.concatenate([package.trajectories([text]).logits for text in texts], 1)
    assert np.abs(together - alone).max() < 1e-4
