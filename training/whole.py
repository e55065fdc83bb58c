"""The shipped model as other runtimes take it: one ONNX graph, traced from Hugging Face's BERT.

The benchmark sets transformers.js beside the layer loop, with the same fine-tuned weights. What is
written here are graphs without weights, and a table of what each weight is made of; `bench/whole`
fills them from the package's shards, so that no second copy of the weights is kept. Also the
package's own layers in one graph (`whole_graphs`), for what ONNX Runtime would make of them.

Needs `transformers` (pip install './training[whole]').
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from .model import Architecture
from .package import Package, PackageError, read_part
from .shards import places_of, tensors
from .whole_graphs import one_session

INLINE = 256
"""Bytes up to which an initialiser stays in the graph: shapes, zero points, single numbers."""


class WholeBert(nn.Module):
    """Hugging Face's BERT and the last exit, as `BertForSequenceClassification` is called."""

    def __init__(self, config: dict, arch: Architecture):
        super().__init__()
        self.bert = BertModel(BertConfig(**config, attn_implementation="eager"), add_pooling_layer=False)
        size, heads = arch.exit_size, arch.exit_heads
        self.arch = arch
        self.narrow = nn.Linear(arch.hidden_size, size)
        self.ask = nn.Linear(size, heads * size)
        self.answer = nn.Linear(heads * size, size)
        self.classify = nn.Linear(size, arch.num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        hidden = self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state
        narrow = torch.tanh(self.narrow(hidden))
        size, heads = self.arch.exit_size, self.arch.exit_heads
        asked = self.ask(narrow[:, 0]).view(-1, heads, size)
        scores = asked @ narrow.transpose(1, 2) * (size / heads) ** -0.5
        scores = scores + (1 - attention_mask[:, None, :].float()) * -1e4
        means = F.softmax(scores, -1) @ narrow
        return self.classify(torch.tanh(self.answer(means.flatten(1))))


def sources(package: Package, arch: Architecture) -> dict[str, np.ndarray]:
    """Every weight of the whole model as floats, by an expression that `bench/whole` reads:
    `embeddings words`, `layer 3 up.weight`, `layer 3 qkv.weight 0:384` (columns), `exit narrow.bias`."""
    folder, manifest, places = package.folder, package.manifest, places_of(arch)
    if package.pairs:
        raise PackageError(f"{folder} reads pairs of texts; a whole graph is made of a model of single texts")
    if package.arch.head_act or package.arch.embedding_size:
        raise PackageError(f"{folder} was adopted; for a whole graph export the model that it was made from")
    table, h = package.table, arch.hidden_size
    found = {
        "embeddings words": table["words"], "embeddings positions": table["positions"],
        "embeddings norm_weight": table["norm_weight"], "embeddings norm_bias": table["norm_bias"],
    }
    parts = [(f"layer {i}", "layer", part) for i, part in enumerate(manifest["layers"])]
    for prefix, kind, part in [*parts, ("exit", "exit", manifest["exits"][-1])]:
        shard = tensors(read_part(folder, part), places[kind])
        for name, values in shard.items():
            if name.endswith((".scale", ".smooth")):
                continue
            base = name.removesuffix(".weight")
            if values.dtype == np.int8:
                values = values * shard[f"{base}.scale"]
                if f"{base}.smooth" in shard:
                    values = values * shard[f"{base}.smooth"][:, None]
            if base.startswith("qkv"):
                for start in range(0, 3 * h, h):
                    found[f"{prefix} {name} {start}:{start + h}"] = values[..., start : start + h]
            else:
                found[f"{prefix} {name}"] = values
    return {name: np.ascontiguousarray(values, np.float32) for name, values in found.items()}


def whole_bert(package: Package, arch: Architecture, weights: dict[str, np.ndarray]) -> WholeBert:
    config = json.loads((package.folder / "config.json").read_text(encoding="utf-8"))
    model = WholeBert(config, arch).eval()
    state = {
        "bert.embeddings.word_embeddings.weight": weights["embeddings words"],
        "bert.embeddings.position_embeddings.weight": weights["embeddings positions"],
        # Type 0's row is part of every position.
        "bert.embeddings.token_type_embeddings.weight": np.zeros((config["type_vocab_size"], arch.hidden_size), np.float32),
        "bert.embeddings.LayerNorm.weight": weights["embeddings norm_weight"],
        "bert.embeddings.LayerNorm.bias": weights["embeddings norm_bias"],
    }
    h = arch.hidden_size
    for i in range(arch.num_hidden_layers):
        at, ours = f"bert.encoder.layer.{i}.", f"layer {i} "
        for j, name in enumerate(("query", "key", "value")):
            columns = f" {j * h}:{(j + 1) * h}"
            state[f"{at}attention.self.{name}.weight"] = weights[f"{ours}qkv.weight{columns}"].T
            state[f"{at}attention.self.{name}.bias"] = weights[f"{ours}qkv.bias{columns}"]
        for theirs, name in (("attention.output.dense", "out"), ("intermediate.dense", "up"), ("output.dense", "down")):
            state[f"{at}{theirs}.weight"] = weights[f"{ours}{name}.weight"].T
            state[f"{at}{theirs}.bias"] = weights[f"{ours}{name}.bias"]
        for theirs, name in (("attention.output", "norm_1"), ("output", "norm_2")):
            for part in ("weight", "bias"):
                state[f"{at}{theirs}.LayerNorm.{part}"] = weights[f"{ours}{name}.{part}"]
    for name in ("narrow", "ask", "answer", "classify"):
        state[f"{name}.weight"] = weights[f"exit {name}.weight"].T
        state[f"{name}.bias"] = weights[f"exit {name}.bias"]
    model.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in state.items()})
    return model


def traced(model: WholeBert, path: Path) -> None:
    """The graph that Hugging Face's exporter (optimum) makes: traced, float32."""
    ids = torch.randint(1000, 2000, (2, 9))
    ones, zeros = torch.ones_like(ids), torch.zeros_like(ids)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}}
    torch.onnx.export(model, (ids, ones, zeros), path, input_names=names, output_names=["logits"], dynamic_axes=axes,
                      opset_version=18, dynamo=False)


def origins(model: onnx.ModelProto, weights: dict[str, np.ndarray]) -> dict[str, str]:
    """Which weight each initialiser of the traced graph is, by its values."""
    known = {(values.shape, values.tobytes()): name for name, values in weights.items()}
    # Some products take their matrix the other way round.
    known |= {(v.T.shape, v.T.tobytes()): name for name, v in weights.items() if v.ndim == 2 and v.shape[0] != v.shape[1]}
    found = {}
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        name = known.get((values.shape, values.tobytes()))
        if name:
            found[tensor.name] = name
    return found


def made_of(name: str, values: np.ndarray, parameters: dict[str, np.ndarray], origin: dict[str, str],
            weights: dict[str, np.ndarray]) -> dict:
    """How `bench/whole` makes an initialiser. Raises ValueError where it is made of no weight of the package."""
    if name in origin:
        row = {"as": "float32", "of": origin[name]}
        return row if values.shape == weights[origin[name]].shape else row | {"transposed": True}
    base, _, kind = name.rpartition("_")
    base = base.removesuffix("_zero")  # of "zero_point"
    if not values.any():
        return {"as": "zeros"}
    if base not in origin or kind not in ("quantized", "scale"):
        raise ValueError(f"{name} {values.dtype} {values.shape} is made of no weight of the package")
    source = weights[origin[base]]
    scale, zero = parameters[f"{base}_scale"], int(np.max(parameters[f"{base}_zero_point"]))
    expected = np.abs(source).max(0) / np.float32(127) if scale.ndim else scale
    if not np.allclose(expected, scale, rtol=1e-5):
        raise ValueError(f"{name} is not rounded by column")
    if kind == "scale":
        return {"as": "scale", "of": origin[base]}
    if scale.ndim:
        return {"as": "int8", "of": origin[base]}
    return {"as": "uint8", "of": origin[base], "scale": float(scale), "zero": zero}


def stripped(model: onnx.ModelProto, origin: dict[str, str], weights: dict[str, np.ndarray], location: str) -> list[dict]:
    """Takes the weights out of a graph, in place; what each is made of, in the order of the file
    `location` that they are to come from."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    layout, offset = [], 0
    for tensor in model.graph.initializer:
        values = arrays[tensor.name]
        if values.nbytes <= INLINE:
            continue
        layout.append(made_of(tensor.name, values, arrays, origin, weights) | {"offset": offset, "bytes": values.nbytes})
        for field in ("raw_data", "float_data", "int32_data", "int64_data"):
            tensor.ClearField(field)
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", location), ("offset", offset), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        offset += values.nbytes + -values.nbytes % 64
    return layout


def write_whole(model: Path, out: Path) -> None:
    """Graphs and the table of weights of a package's whole model, into `out`."""
    package = Package.open(model)
    manifest = package.manifest
    arch = package.arch
    weights = sources(package, arch)
    out.mkdir(parents=True, exist_ok=True)
    tables = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        traced(whole_bert(package, arch, weights), path)
        origin = origins(onnx.load(path), weights)
        # The published recipe for transformers.js: weights of linear layers by column, activations on the spot.
        quantize_dynamic(path, Path(folder) / "model_quantized.onnx", per_channel=True, weight_type=QuantType.QInt8)
        for name in ("model", "model_quantized"):
            graph = onnx.load(Path(folder) / f"{name}.onnx")
            tables[name] = stripped(graph, origin, weights, f"{name}.onnx_data")
            (out / f"{name}.onnx").write_bytes(graph.SerializeToString())
    for device, graph in one_session(arch).items():
        (out / f"loop_{device}.onnx").write_bytes(graph)
    places = {
        kind: {name: {"offset": p.offset, "type": str(p.dtype), "shape": list(p.shape)} for name, p in of.items()}
        for kind, of in places_of(arch).items()
    }
    (out / "weights.json").write_text(json.dumps({"places": places, "files": tables}, indent=1) + "\n", encoding="utf-8")
