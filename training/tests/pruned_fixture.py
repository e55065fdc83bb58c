"""Writes e2e/models/pruned: `python training/tests/pruned_fixture.py`, from the repository's root.

An untrained tiny model with one exit, a head of two and 40 neurons of 64 left in each layer. What
Python says of its texts stands in its calibration.json; browsers must say the same.
"""

from dataclasses import replace
from pathlib import Path

from test_package import ARCH, export, tokenizer, untrained
from training.data import Labelled
from training.train import predict

TEXTS = ["good film", "the old film", "an old and good film", "bad"]

if __name__ == "__main__":
    pruned = replace(ARCH, exits=(2,), num_attention_heads=1, intermediate_size=40)
    model, recipe, _, _ = untrained(pruned, Path())
    texts = Labelled(TEXTS, [1, 0, 1, 0])
    # Noise says much the same of every text: what it says is spread out around even.
    classify = model.teacher.classify
    logits = predict(model, texts.encoded(tokenizer(), 32))[0]
    classify.weight.data *= 2 / (logits - logits.mean(0)).abs().max()
    logits = predict(model, texts.encoded(tokenizer(), 32))[0]
    classify.bias.data -= logits.mean(0)
    folder = Path("e2e/models/pruned")
    export((model, recipe | {"package": "pruned"}, texts, folder))
    (folder / "README.md").unlink()  # the card of a model that learned something
