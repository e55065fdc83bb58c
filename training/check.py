"""The exporter's checks: a package whose shards or templates do not compute what the model does
is not built. Real sentences through every layer and exit, in the engine's arithmetic and, of the
WebGPU templates, in ONNX Runtime, against PyTorch."""

import numpy as np
import onnx
import onnxruntime as ort
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .model import EarlyExitModel
from .package import Package, PackageError, read_part
from .texts import Encoded, encode

SENTENCES = [
    "A gripping, funny film that earns every one of its tears.",
    "Two hours of my life, gone, and the popcorn was cold as well.",
    "The plot is thin, the jokes are old, and somehow I left the cinema smiling.",
    "Not the disaster that everyone had promised, but hardly a reason to leave the house either.",
    "Oh great, yet another sequel nobody asked for.",
]

# The reference has the layers' weights as the shards round them, so float graphs differ by float
# rounding alone; the engine also rounds activations, and an exit's multiplied-out matrices are
# rounded anew. All relative to the spread of what is compared. Of the project's packages a layer's
# hidden states are 0.002 to 0.024 off and logits up to 0.036 from rounded activations alone; the
# shard of another layer is 0.3 to 1.3 off. (On WebGPU exits are no graphs: e2e/gpu-exit.spec.ts holds
# them against WASM's.)
TOLERANCES = {"webgpu hidden": 1e-4, "wasm hidden": 0.05, "wasm logits": 0.15}


@torch.inference_mode()
def check_package(package: Package, model: EarlyExitModel, tokenizer: Tokenizer, students: bool = True) -> str:
    """Compares every layer on both devices, and WASM's exits; says how far they are off at most.

    `model` must hold the weights as the package rounds them (`rounded`). students: whether the exits before
    the last are compared too. Raises PackageError at the first that differs.
    """
    manifest, folder = package.manifest, package.folder
    texts = list(zip(SENTENCES, reversed(SENTENCES))) if package.pairs else SENTENCES
    found = encode(tokenizer, texts, manifest["max_tokens"])
    rows = [found.some([row]) for row in range(len(texts))]
    seen = [states_of(model, row) for row in rows]
    if not all(torch.allclose(package.embed(row), states[0], atol=1e-4) for row, (states, _) in zip(rows, seen)):
        raise PackageError("the embeddings shard does not give the model's embeddings; the package was not built")
    worst = dict.fromkeys(TOLERANCES, 0.0)

    def compare(what: str, number: int, differences: list[float]) -> None:
        # The mean: rounding may carry a single sentence far, a wrong shard carries all of them.
        value = float(np.mean(differences))
        worst[what] = max(worst[what], value)
        if not value <= TOLERANCES[what]:
            raise PackageError(
                f"{what} with the shard of layer or exit {number}: off by {value:.4g} "
                f"(at most {TOLERANCES[what]} of its spread); the package was not built"
            )

    template = read_part(folder, manifest["templates"]["layer"])
    for number, part in enumerate(manifest["layers"], 1):
        run = session(template, read_part(folder, part))
        pairs = [(states[number - 1], states[number]) for states, _ in seen]
        compare("webgpu hidden", number, [hidden_off(layer_on_webgpu(run, given), wanted) for given, wanted in pairs])
        compare("wasm hidden", number, [hidden_off(package.layers[number - 1](given), wanted) for given, wanted in pairs])
    for number, head in package.exits.items():
        if students or number == len(manifest["layers"]):
            compare("wasm logits", number, [
                logits_off(head(states[number]), model.exits[str(number)](states[number], bias)) for states, bias in seen
            ])
    return ", ".join(f"{what} within {value:.1e}" for what, value in worst.items())


def states_of(model: EarlyExitModel, text: Encoded) -> tuple[list[Tensor], Tensor]:
    """Hidden states 0 to L of one text, and the attention bias."""
    ids = torch.tensor(text.ids)
    seconds = None if text.seconds is None else torch.tensor(text.seconds)
    return model.hidden_states(ids, torch.ones_like(ids, dtype=torch.bool), seconds)


def session(template: bytes, shard: bytes) -> ort.InferenceSession:
    """A session of the layer's template with a layer's shard."""
    model = onnx.load_model_from_string(template)
    for tensor in model.graph.initializer:
        if tensor.data_location != onnx.TensorProto.EXTERNAL:
            continue
        place = {e.key: e.value for e in tensor.external_data}
        start, length = int(place["offset"]), int(place["length"])
        tensor.raw_data = shard[start : start + length]
        tensor.data_location = onnx.TensorProto.DEFAULT
        del tensor.external_data[:]
    options = ort.SessionOptions()
    options.log_severity_level = 3
    # Otherwise ORT turns float products of dequantised weights into its own integer ones.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def layer_on_webgpu(run: ort.InferenceSession, hidden: Tensor) -> Tensor:
    tokens = hidden.shape[1]
    bias = np.zeros((1, 1, tokens, tokens), np.float32)
    return torch.from_numpy(run.run(["next_hidden"], {"hidden": hidden.numpy(), "attention_bias": bias})[0])


def hidden_off(got: Tensor, wanted: Tensor) -> float:
    """Mean difference, relative to the standard deviation of what it should be."""
    return float((got - wanted).abs().mean() / wanted.std())


def logits_off(got: Tensor, wanted: Tensor) -> float:
    """Largest difference, relative to the largest of what it should be or 1."""
    return float((got - wanted).abs().max() / wanted.abs().max().clamp(min=1))
