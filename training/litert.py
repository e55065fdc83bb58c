"""The shipped model as LiteRT.js takes it: one .tflite, converted from Hugging Face's BERT.

The benchmark sets LiteRT.js beside the layer loop, with the same fine-tuned weights: int8 by row,
activations on the spot, as its own quantiser makes them. A .tflite has fixed shapes, so there is one
signature for each of a few lengths; all share the weights. As with `whole`, no second copy of the
weights is kept: what is written is what is left of the file without them, and a table of what each
is made of. `bench/fill-litert.ts` puts them back from the package's shards.

litert-torch wants an older PyTorch than training does, so it needs an environment of its own:
pip install -r training/litert.txt
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import litert_torch
import numpy as np
import torch
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from ai_edge_litert.tools.flatbuffer_utils import convert_object_to_bytearray, read_model_from_bytearray
from ai_edge_quantizer.quantizer import Quantizer
from ai_edge_quantizer.recipe import dynamic_wi8_afp32

from .model import Architecture
from .package import Package
from .whole import INLINE, WholeBert, sources, whole_bert

LENGTHS = (8, 16, 24, 32, 48, 64, 128, 256, 512)
"""Tokens, one signature each; a text is padded to the next. One costs 50 kB here, and in the browser
13 MB: the runtime packs the weights anew for each."""

NUMBERS = {schema.TensorType.FLOAT32: np.float32, schema.TensorType.INT8: np.int8}


def converted(model: WholeBert) -> bytearray:
    """A float32 .tflite; inputs (ids, mask, types) are int32 (1, tokens)."""
    converter = litert_torch
    for tokens in LENGTHS:
        # Three tensors: one that is passed twice becomes one input.
        inputs = tuple(torch.ones((1, tokens), dtype=torch.int32) for _ in range(3))
        converter = converter.signature(f"tokens_{tokens}", model, inputs)
    file = read_model_from_bytearray(converter.convert().model_content())
    # Tensors are named by the path of their module: four times as much as the rest of a signature.
    for i, graph in enumerate(file.subgraphs):
        for j, tensor in enumerate(graph.tensors):
            tensor.name = f"{i}/{j}".encode()
    return convert_object_to_bytearray(file)


def check(file: bytearray, model: WholeBert) -> None:
    """Raises ValueError where a signature says something else than PyTorch of a text with padding behind it."""
    interpreter, generator = Interpreter(model_content=bytes(file)), torch.Generator().manual_seed(1)
    for tokens in LENGTHS:
        ids = torch.randint(1000, 2000, (1, tokens), generator=generator, dtype=torch.int32)
        mask = torch.ones_like(ids)
        mask[:, tokens - 2 :] = 0
        inputs = (ids, mask, torch.zeros_like(ids))
        runner = interpreter.get_signature_runner(f"tokens_{tokens}")
        (logits,) = runner(**{f"args_{i}": value.numpy() for i, value in enumerate(inputs)}).values()
        with torch.no_grad():
            expected = model(*inputs).numpy()
        if not np.allclose(logits, expected, atol=1e-4):
            raise ValueError(f"of {tokens} tokens the converted model says {logits}, PyTorch {expected}")


def constants(file: bytes) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Every tensor of a .tflite that has values: the values, and where they are int8 the scales and
    zero points of its rows. Views of `file`."""
    model = schema.Model.GetRootAsModel(file, 0)
    for graph in map(model.Subgraphs, range(model.SubgraphsLength())):
        for tensor in map(graph.Tensors, range(graph.TensorsLength())):
            buffer, dtype = model.Buffers(tensor.Buffer()), NUMBERS.get(tensor.Type())
            if dtype is None or not (buffer.Size() or buffer.DataLength()):
                continue
            # Large ones lie behind the flatbuffer.
            raw = np.frombuffer(file, np.uint8, buffer.Size(), buffer.Offset()) if buffer.Size() else buffer.DataAsNumpy()
            values, empty = raw.view(dtype).reshape(tensor.ShapeAsNumpy()), np.empty(0)
            quantised = dtype == np.int8
            scales = tensor.Quantization().ScaleAsNumpy() if quantised else empty
            yield values, scales, tensor.Quantization().ZeroPointAsNumpy() if quantised else empty


def rounded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 and the scale of each row, as the quantiser rounds."""
    scales = np.abs(values).max(1) / np.float32(127)
    return np.rint(values / scales[:, None]).astype(np.int8), scales


def norms_before(layers: int, hidden: int) -> dict[str, str]:
    """The layer norm whose output a linear layer reads. The converter multiplies its weight into the
    layer's matrix, and adds its bias, taken through that matrix, to the layer's bias."""
    norms = {"exit narrow.weight": f"layer {layers - 1} norm_2.weight"}
    for i in range(layers):
        norms[f"layer {i} up.weight"] = f"layer {i} norm_1.weight"
        for start in range(0, 3 * hidden, hidden):
            before = f"layer {i - 1} norm_2.weight" if i else "embeddings norm_weight"
            norms[f"layer {i} qkv.weight {start}:{start + hidden}"] = before
    return norms


def made_of(file: bytes, weights: dict[str, np.ndarray], arch: Architecture) -> Iterator[tuple[np.ndarray, dict]]:
    """The parts of a .tflite that are made of the package's weights, and how. Raises ValueError where
    one is made of none. Left out are the biases that a norm's was added to: sums, which come out in
    the last bit as they are ordered, of some 65 kB."""
    floats = {values.tobytes(): {"of": name} for name, values in weights.items()}
    # The table of positions is cut to the length of the signature.
    floats |= {weights["embeddings positions"][:tokens].tobytes(): {"of": "embeddings positions"} for tokens in LENGTHS}
    ints, sums = {}, []
    norms = norms_before(arch.num_hidden_layers, arch.hidden_size)
    for name, values in weights.items():
        if values.ndim != 2:
            continue
        row = {"of": name, "rows": True}
        if name in norms:
            row["times"] = norms[name]
            shift = weights[norms[name].replace("weight", "bias")]
            sums.append(weights[name.replace("weight", "bias")] + shift @ values)
            values = values * weights[norms[name]][:, None]
        if not name.startswith("embeddings"):
            row["transposed"] = True  # a row for each output
            values = values.T
        data, scales = rounded(values)
        ints[data.tobytes(), scales.tobytes()] = row
    for values, scales, zeros in constants(file):
        integer = values.dtype == np.int8
        if values.nbytes <= INLINE or any(s.shape == values.shape and np.allclose(s, values, atol=1e-6) for s in sums):
            continue
        if not values.any():  # of token types, which the positions have
            yield values, {"as": "zeros"}
            continue
        row = ints.get((values.tobytes(), scales.tobytes())) if integer else floats.get(values.tobytes())
        if row is None:
            raise ValueError(f"a tensor of {values.dtype} {values.shape} is made of no weight of the package")
        yield values, {"as": str(values.dtype)} | row
        if integer:
            yield scales, {"as": "scale"} | row
            yield zeros, {"as": "zeros"}


def stripped(file: bytes, weights: dict[str, np.ndarray], arch: Architecture) -> tuple[bytes, list[dict]]:
    """What is left of a .tflite without its weights, and what those are made of: `offsets` are the
    places, of `bytes` each, that a weight has in the file."""
    start = np.frombuffer(file, np.uint8).ctypes.data
    offsets: dict[str, set[int]] = {}
    for part, row in made_of(file, weights, arch):
        if part.nbytes > INLINE:
            offsets.setdefault(json.dumps(row | {"bytes": part.nbytes}), set()).add(part.ctypes.data - start)
    table = [json.loads(row) | {"offsets": sorted(at)} for row, at in offsets.items()]
    rest, end = bytearray(), 0
    for offset, size in sorted((offset, row["bytes"]) for row in table for offset in row["offsets"]):
        rest += file[end:offset]
        end = offset + size
    return bytes(rest + file[end:]), table


def write_litert(model: Path, out: Path) -> None:
    """`litert.bin`, a .tflite without its weights, and `litert.json`, the table of them, into `out`."""
    package = Package.open(model)
    arch = package.arch
    weights = sources(package, arch)
    bert = whole_bert(package, arch, weights)
    floats = converted(bert)
    check(floats, bert)
    file = bytes(Quantizer(floats, dynamic_wi8_afp32()).quantize().quantized_model)
    rest, table = stripped(file, weights, arch)
    out.mkdir(parents=True, exist_ok=True)
    (out / "litert.bin").write_bytes(rest)
    rows = ",\n".join(f"  {json.dumps(row)}" for row in table)
    about = {"lengths": LENGTHS, "bytes": len(file), "sha256": hashlib.sha256(file).hexdigest()}
    (out / "litert.json").write_text(json.dumps(about)[:-1] + f', "weights": [\n{rows}\n]}}\n', encoding="utf-8")
