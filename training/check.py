"""The exporter's checks: a package whose graphs or shards do not compute what the model does
is not built. Real sentences through every template, in ONNX Runtime, against PyTorch."""

import numpy as np
import torch
from tokenizers import Tokenizer

from .data import encode
from .model import EarlyExitModel
from .package import Package, PackageError, read_part, session

SENTENCES = [
    "A gripping, funny film that earns every one of its tears.",
    "Two hours of my life, gone, and the popcorn was cold as well.",
    "The plot is thin, the jokes are old, and somehow I left the cinema smiling.",
    "Not the disaster that everyone had promised, but hardly a reason to leave the house either.",
    "Oh great, yet another sequel nobody asked for.",
]

# The reference has the layers' weights as the shards round them, so float graphs differ by float
# rounding alone; integer arithmetic also rounds activations, and an exit's multiplied-out matrices
# are rounded anew. All relative to the spread of what is compared. (On WebGPU exits are no graphs:
# e2e/gpu-exit.spec.ts holds them against WASM's.)
TOLERANCES = {
    "webgpu": {"hidden": 1e-4},
    "wasm": {"hidden": 0.03, "logits": 0.15},
}


def check_package(package: Package, model: EarlyExitModel, tokenizer: Tokenizer) -> list[str]:
    """Compares every layer on both devices, and WASM's exits; raises PackageError at the first that differs.

    `model` must hold the weights as the package rounds them (`rounded`).
    """
    report = []
    manifest, folder = package.manifest, package.folder
    depth = manifest["architecture"]["num_hidden_layers"]
    parts = {
        "layer": [read_part(folder, p) for p in manifest["layers"]],
        "exit": [p and read_part(folder, p) for p in manifest["exits"]],
    }
    ids = encode(tokenizer, SENTENCES, manifest["max_tokens"])
    for device in ("webgpu", "wasm"):
        worst = dict.fromkeys(TOLERANCES[device], 0.0)
        graphs = {n: read_part(folder, p) for n, p in manifest["templates"][device].items()}
        for number in range(depth + 1):
            shards = {}
            if number:
                shards["layer"] = parts["layer"][number - 1]
            if parts["exit"][number]:
                shards["exit"] = parts["exit"][number]
            for name in graphs.keys() & names_of(shards):
                run = session(graphs[name], shards)
                differ = [compare(run, model, number, row, package) for row in ids]
                for what in differ[0]:
                    # The mean: rounding may carry a single sentence far, a wrong graph carries all of them.
                    value = float(np.mean([one[what] for one in differ]))
                    worst[what] = max(worst[what], value)
                    limit = TOLERANCES[device][what]
                    if not value <= limit:
                        raise PackageError(
                            f"{device} template {name} with the shard of layer or exit {number}: {what} is "
                            f"off by {value:.4g} (at most {limit} of its spread); the package was not built"
                        )
        report.append(f"{device}: " + ", ".join(f"{what} within {value:.1e}" for what, value in worst.items()))
    return report


def names_of(shards: dict[str, bytes]) -> list[str]:
    """The templates that a hidden state's shards are for."""
    if "layer" not in shards:
        return ["exit"] if shards else []
    return ["layer", "layer_exit"] if "exit" in shards else ["layer"]


@torch.no_grad()
def compare(run, model: EarlyExitModel, number: int, ids: list[int], package: Package) -> dict:
    """Largest difference of each output, relative to the standard deviation of what it should be."""
    tokens = len(ids)
    states, bias = model.hidden_states(torch.tensor([ids]), torch.ones(1, tokens, dtype=torch.bool))
    if number == 0 and not np.allclose(package.embed(ids), states[0].numpy(), atol=1e-4):
        raise PackageError("the embeddings shard does not give the model's embeddings; not built")
    feeds = {
        "hidden": states[max(number - 1, 0)].numpy(),
        "attention_bias": np.zeros((1, 1, tokens, tokens), np.float32),
    }
    wanted = {i.name for i in run.get_inputs()}
    outputs = [o.name for o in run.get_outputs()]
    got = dict(zip(outputs, run.run(outputs, {n: v for n, v in feeds.items() if n in wanted})))
    differ = {}
    if "next_hidden" in got:
        expected = states[number].numpy()
        differ["hidden"] = float(np.abs(got["next_hidden"] - expected).mean() / expected.std())
    if "logits" in got:
        expected = model.exits[str(number)](states[number], bias).numpy()
        differ["logits"] = float(np.abs(got["logits"] - expected).max() / max(1.0, np.abs(expected).max()))
    return differ
