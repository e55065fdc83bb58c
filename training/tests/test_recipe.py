"""What a recipe does to a model after training."""

import torch

from training.model import Architecture, EarlyExitModel
from training.recipe import cool

ARCH = Architecture(64, 32, 2, 2, 64, 32, 1e-12, 2, exit_size=16, exit_heads=2, head_dim=16, exits=(0, 1, 2))


def test_a_temperature_divides_one_exits_logits():
    torch.manual_seed(0)
    model = EarlyExitModel(ARCH).eval()
    ids, mask = torch.randint(0, 64, (2, 5)), torch.ones(2, 5, dtype=torch.bool)
    with torch.no_grad():
        before = model(ids, mask)
        cool(model, {"1": 2.0})
        after = model(ids, mask)
    assert torch.allclose(after[1], before[1] / 2) and torch.equal(after[[0, 2]], before[[0, 2]])
