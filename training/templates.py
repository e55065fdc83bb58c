"""The graph templates: ONNX graphs of some 2 kB whose weights lie in a shard beside them.

A template names its weights as external data in files called `layer` and `exit`; the runtime
says which shard stands for each when it makes a session. One set serves WASM, with integer
arithmetic; one serves WebGPU, where int8 products would leave the GPU, so weights are
dequantised and the arithmetic is float.

WASM graphs take one text at a time: dynamic quantisation takes one scale a tensor, so that a
batch would couple its texts; and one text has no padding, so there is no mask.

Shapes: hidden [B, T, H]; attention_bias [B, 1, T, T]; exit_bias [B, 1, heads, T]; logits [B, N].
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from .model import Architecture
from .shards import Shard

OPSETS = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
MICROSOFT = "com.microsoft"
TYPES = {np.dtype(np.int8): TensorProto.INT8, np.dtype(np.float32): TensorProto.FLOAT}


class Graph:
    """A graph under construction: nodes get names and outputs of their own."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: list, type_: int = TensorProto.FLOAT) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, type_, shape))
        return name

    def output(self, value: str, name: str, shape: list) -> None:
        for node in self.nodes:
            node.output[:] = [name if o == value else o for o in node.output]
            node.input[:] = [name if i == value else i for i in node.input]
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def weights(self, file: str, shard: Shard) -> None:
        """Declares every tensor of a shard as external data; their names get the file's in front."""
        for name, place in shard.places.items():
            tensor = TensorProto(name=f"{file}.{name}", data_type=TYPES[place.dtype], dims=place.shape)
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", file), ("offset", place.offset), ("length", place.length)):
                tensor.external_data.add(key=key, value=str(value))
            self.initialisers.append(tensor)

    def constant(self, values: list[int]) -> str:
        name = f"const_{len(self.initialisers)}"
        self.initialisers.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def add(self, op: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes):
        names = [f"{op}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(
            helper.make_node(op, inputs, names, name=f"{op}_{len(self.nodes)}", domain=domain, **attributes)
        )
        return names[0] if outputs == 1 else names

    def model(self, name: str) -> bytes:
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self.initialisers)
        model = helper.make_model(graph, opset_imports=OPSETS, producer_name="fastbert-web", ir_version=10)
        return model.SerializeToString()


def int8_product(graph: Graph, x: str, weights: str) -> str:
    """x [.., in] quantised on the spot, times int8 weights, plus bias: [.., out] in float."""
    return graph.add(
        "DynamicQuantizeMatMul",
        [x, f"{weights}.weight", f"{weights}.scale", "", f"{weights}.bias"],
        domain=MICROSOFT,
    )


def wasm_layer(graph: Graph, hidden: str, arch: Architecture, at: str = "layer") -> str:
    """at: the file that the layer's weights come from."""
    quantised, scale, zero = graph.add("DynamicQuantizeLinear", [hidden], outputs=3)
    attended = graph.add(
        "QAttention",
        [quantised, f"{at}.qkv.weight", f"{at}.qkv.bias", scale, f"{at}.qkv.scale", "", zero],
        domain=MICROSOFT,
        num_heads=arch.num_attention_heads,
        unidirectional=0,
    )
    attended = int8_product(graph, attended, f"{at}.out")
    hidden = skip_norm(graph, hidden, attended, f"{at}.norm_1", arch)
    smooth = graph.add("Mul", [hidden, f"{at}.up.smooth"])
    wide = graph.add("Gelu", [int8_product(graph, smooth, f"{at}.up")], domain=MICROSOFT)
    smooth = graph.add("Mul", [wide, f"{at}.down.smooth"])
    return skip_norm(graph, hidden, int8_product(graph, smooth, f"{at}.down"), f"{at}.norm_2", arch)


def skip_norm(graph: Graph, hidden: str, added: str, norm: str, arch: Architecture, bias: str = "") -> str:
    inputs = [added, hidden, f"{norm}.weight", f"{norm}.bias", *([bias] if bias else [])]
    return graph.add("SkipLayerNormalization", inputs, domain=MICROSOFT, epsilon=arch.layer_norm_eps)


def attend(graph: Graph, asked: str, narrow: str, arch: Architecture) -> str:
    """Each head's query over the narrowed tokens. The heads are so many queries of one wide head,
    since all of them look at the same tokens: asked [B, heads · S], narrow [B, T, S] → [B, heads · S]."""
    size, heads = arch.exit_size, arch.exit_heads
    queries = graph.add("Reshape", [asked, graph.constant([-1, heads, size])])
    means = graph.add(
        "MultiHeadAttention",
        [queries, narrow, narrow],
        domain=MICROSOFT,
        num_heads=1,
        scale=float((size / heads) ** -0.5),
    )
    return graph.add("Reshape", [means, graph.constant([-1, heads * size])])


def wasm_exit(graph: Graph, hidden: str, arch: Architecture) -> str:
    narrow = graph.add("Tanh", [int8_product(graph, hidden, "exit.narrow")])
    first = graph.add("Gather", [narrow, scalar_zero(graph)], axis=1)
    means = attend(graph, int8_product(graph, first, "exit.ask"), narrow, arch)
    dense = graph.add("Tanh", [int8_product(graph, means, "exit.answer")])
    return graph.add("Gemm", [dense, "exit.classify.weight", "exit.classify.bias"])


def scalar_zero(graph: Graph) -> str:
    name = f"const_{len(graph.initialisers)}"
    graph.initialisers.append(helper.make_tensor(name, TensorProto.INT64, [], [0]))
    return name


def float_weight(graph: Graph, weights: str) -> str:
    """int8 weights as floats. ORT does it once, at load: nothing of it is left to run."""
    return graph.add("DequantizeLinear", [f"{weights}.weight", f"{weights}.scale"], axis=1)


def float_weight_unsmoothed(graph: Graph, weights: str) -> str:
    smooth = graph.add("Reshape", [f"{weights}.smooth", graph.constant([-1, 1])])
    return graph.add("Mul", [float_weight(graph, weights), smooth])


def webgpu_layer(graph: Graph, hidden: str, arch: Architecture, at: str = "layer") -> str:
    # Attention's own mask input would send it to the CPU on WebGPU; attention_bias stays.
    attended = graph.add(
        "Attention",
        [hidden, float_weight(graph, f"{at}.qkv"), f"{at}.qkv.bias", "", "", "attention_bias"],
        domain=MICROSOFT,
        num_heads=arch.num_attention_heads,
        **({} if arch.attention_size == arch.hidden_size else {"qkv_hidden_sizes": [arch.attention_size] * 3}),
    )
    attended = graph.add("MatMul", [attended, float_weight(graph, f"{at}.out")])
    hidden = skip_norm(graph, hidden, attended, f"{at}.norm_1", arch, f"{at}.out.bias")
    wide = graph.add("MatMul", [hidden, float_weight_unsmoothed(graph, f"{at}.up")])
    wide = graph.add("BiasGelu", [wide, f"{at}.up.bias"], domain=MICROSOFT)
    wide = graph.add("MatMul", [wide, float_weight_unsmoothed(graph, f"{at}.down")])
    return skip_norm(graph, hidden, wide, f"{at}.norm_2", arch, f"{at}.down.bias")


def wasm_template(arch: Architecture, layer: Shard | None, head: Shard | None) -> bytes:
    """A layer, an exit, or a layer with the exit behind it. hidden → hidden and/or logits."""
    graph = Graph()
    size = arch.hidden_size
    hidden = graph.input("hidden", ["batch", "tokens", size])
    if layer:
        graph.weights("layer", layer)
        hidden = wasm_layer(graph, hidden, arch)
    if head:
        graph.weights("exit", head)
        graph.output(wasm_exit(graph, hidden, arch), "logits", ["batch", arch.num_labels])
    if layer:
        graph.output(hidden, "next_hidden", ["batch", "tokens", size])
    return graph.model("_".join(n for n, part in (("layer", layer), ("exit", head)) if part))


def webgpu_template(arch: Architecture, layers: dict[str, Shard]) -> bytes:
    """Layers one after another, each from the file that it is named by. hidden → hidden."""
    graph = Graph()
    hidden = graph.input("hidden", ["batch", "tokens", arch.hidden_size])
    graph.input("attention_bias", ["batch", 1, "tokens", "tokens"])
    for name, layer in layers.items():
        graph.weights(name, layer)
        hidden = webgpu_layer(graph, hidden, arch, name)
    graph.output(hidden, "next_hidden", ["batch", "tokens", arch.hidden_size])
    return graph.model("layer")


def mask_template() -> bytes:
    """A batch's padding [B, 1, 1, T] (0, or -1e4 on padding) as attention's bias, made on the GPU."""
    graph = Graph()
    padding = graph.input("padding", ["batch", 1, 1, "tokens"])
    shape = graph.input("attention_shape", [4], TensorProto.INT64)
    graph.output(graph.add("Expand", [padding, shape]), "attention_bias", ["batch", 1, "tokens", "tokens"])
    return graph.model("mask")


def templates(arch: Architecture, layer: Shard, head: Shard) -> dict[str, dict[str, bytes]]:
    """Every template by device and name. On WebGPU exits, and what
    drops rows, are kernels of the worker's own."""
    return {
        "wasm": {
            "exit": wasm_template(arch, None, head),
            "layer": wasm_template(arch, layer, None),
            "layer_exit": wasm_template(arch, layer, head),
        },
        "webgpu": {
            "layer": webgpu_template(arch, {"layer": layer}),
            "mask": mask_template(),
        },
    }
