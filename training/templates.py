"""The graph templates for WebGPU: ONNX graphs of some 2 kB whose weights lie in a shard beside them.

A template names its weights as external data in a file called `layer`; the runtime says which
shard stands for it when it makes a session. Int8 products would leave the GPU, so weights are
dequantised and the arithmetic is float.

Shapes: hidden [B, T, H]; attention_bias [B, 1, T, T].
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


def skip_norm(graph: Graph, hidden: str, added: str, norm: str, arch: Architecture, bias: str = "") -> str:
    inputs = [added, hidden, f"{norm}.weight", f"{norm}.bias", *([bias] if bias else [])]
    return graph.add("SkipLayerNormalization", inputs, domain=MICROSOFT, epsilon=arch.layer_norm_eps)


def float_weight(graph: Graph, weights: str) -> str:
    """int8 weights as floats. ORT does it once, at load: nothing of it is left to run."""
    return graph.add("DequantizeLinear", [f"{weights}.weight", f"{weights}.scale"], axis=1)


def float_weight_unsmoothed(graph: Graph, weights: str) -> str:
    smooth = graph.add("Reshape", [f"{weights}.smooth", graph.constant([-1, 1])])
    return graph.add("Mul", [float_weight(graph, weights), smooth])


def float_layer(graph: Graph, hidden: str, arch: Architecture, at: str) -> str:
    """at: the file that the layer's weights come from."""
    # Attention's own mask input would send it to the CPU on WebGPU; attention_bias stays.
    attended = graph.add(
        "Attention",
        [hidden, float_weight_unsmoothed(graph, f"{at}.qkv"), f"{at}.qkv.bias", "", "", "attention_bias"],
        domain=MICROSOFT,
        num_heads=arch.num_attention_heads,
        **({} if arch.attention_size == arch.hidden_size else {"qkv_hidden_sizes": [arch.attention_size] * 3}),
    )
    attended = graph.add("MatMul", [attended, float_weight(graph, f"{at}.out")])
    hidden = skip_norm(graph, hidden, attended, f"{at}.norm_1", arch, f"{at}.out.bias")
    wide = graph.add("MatMul", [hidden, float_weight_unsmoothed(graph, f"{at}.up")])
    wide = activated(graph, wide, f"{at}.up.bias", arch.hidden_act)
    wide = graph.add("MatMul", [wide, float_weight_unsmoothed(graph, f"{at}.down")])
    return skip_norm(graph, hidden, wide, f"{at}.norm_2", arch, f"{at}.down.bias")


def activated(graph: Graph, wide: str, bias: str, act: str) -> str:
    """act: of model.ACTIVATIONS."""
    match act:
        case "gelu":
            return graph.add("BiasGelu", [wide, bias], domain=MICROSOFT)
        case "gelu_new":
            return graph.add("FastGelu", [wide, bias], domain=MICROSOFT)
        case "relu":
            return graph.add("Relu", [graph.add("Add", [wide, bias])])


def layer_template(arch: Architecture, layers: dict[str, Shard]) -> bytes:
    """Layers one after another, each from the file that it is named by. hidden → hidden."""
    graph = Graph()
    hidden = graph.input("hidden", ["batch", "tokens", arch.hidden_size])
    graph.input("attention_bias", ["batch", 1, "tokens", "tokens"])
    for name, layer in layers.items():
        graph.weights(name, layer)
        hidden = float_layer(graph, hidden, arch, name)
    graph.output(hidden, "next_hidden", ["batch", "tokens", arch.hidden_size])
    return graph.model("layer")


def mask_template() -> bytes:
    """A batch's padding [B, 1, 1, T] (0, or -1e4 on padding) as attention's bias, made on the GPU."""
    graph = Graph()
    padding = graph.input("padding", ["batch", 1, 1, "tokens"])
    shape = graph.input("attention_shape", [4], TensorProto.INT64)
    graph.output(graph.add("Expand", [padding, shape]), "attention_bias", ["batch", 1, "tokens", "tokens"])
    return graph.model("mask")


def templates(arch: Architecture, layer: Shard) -> dict[str, bytes]:
    """Every template by name. Exits, and what drops rows, are kernels of the worker's own."""
    return {"layer": layer_template(arch, {"layer": layer}), "mask": mask_template()}
