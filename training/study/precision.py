"""How long a training step takes on this CPU in bfloat16 and in float32: `python -m training.study.precision`.

Six layers of 384 and their exits at random, 64 texts of 16 tokens: seconds, the best of six.
"""

import time

import torch

from ..model import Architecture, EarlyExitModel

ARCH = Architecture(1000, 384, 6, 12, 1536, 128, 1e-12, 2, head_dim=32, exits=tuple(range(7)))


def seconds(model: EarlyExitModel, bfloat16: bool) -> float:
    ids, took = torch.randint(0, 1000, (64, 16)), []
    for _ in range(6):
        start = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            loss = model(ids, torch.ones(ids.shape, dtype=torch.bool)).float().logsumexp(-1).mean()
        loss.backward()
        model.zero_grad()
        took.append(time.perf_counter() - start)
    return min(took)


if __name__ == "__main__":
    model = EarlyExitModel(ARCH)
    for name in ("bfloat16", "float32", "bfloat16", "float32"):
        print(f"{name}: {seconds(model, name == 'bfloat16'):.2f} s a step")
