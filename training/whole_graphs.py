"""The package's own layers, all in one graph, as ONNX Runtime would run them: the bench's rival "one session".

On WASM they take int8 products from its operators, which round activations on the spot: 8 bits,
one scale a tensor, so one text at a time. On WebGPU they are the layers of the package's template.
Their weights come from the shards, as `layer0`, `layer1`, …; on WASM the last exit's, as `exit`, too.

Shapes: hidden [B, T, H], logits [B, N].
"""

from onnx import TensorProto, helper

from .model import Architecture
from .shards import Shard, places_of
from .templates import MICROSOFT, Graph, layer_template, skip_norm


def int8_product(graph: Graph, x: str, weights: str) -> str:
    """x [.., in] quantised on the spot, times int8 weights, plus bias: [.., out] in float."""
    return graph.add(
        "DynamicQuantizeMatMul",
        [x, f"{weights}.weight", f"{weights}.scale", "", f"{weights}.bias"],
        domain=MICROSOFT,
    )


def wasm_layer(graph: Graph, hidden: str, arch: Architecture, at: str) -> str:
    """at: the file that the layer's weights come from."""
    smooth = graph.add("Mul", [hidden, f"{at}.qkv.smooth"])
    quantised, scale, zero = graph.add("DynamicQuantizeLinear", [smooth], outputs=3)
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
    smooth = graph.add("Mul", [hidden, "exit.narrow.smooth"])
    narrow = graph.add("Tanh", [int8_product(graph, smooth, "exit.narrow")])
    first = graph.add("Gather", [narrow, scalar_zero(graph)], axis=1)
    means = attend(graph, int8_product(graph, first, "exit.ask"), narrow, arch)
    dense = graph.add("Tanh", [int8_product(graph, means, "exit.answer")])
    return graph.add("Gemm", [dense, "exit.classify.weight", "exit.classify.bias"])


def scalar_zero(graph: Graph) -> str:
    name = f"const_{len(graph.initialisers)}"
    graph.initialisers.append(helper.make_tensor(name, TensorProto.INT64, [], [0]))
    return name


def one_session(arch: Architecture) -> dict[str, bytes]:
    """A graph a device."""
    places = {kind: Shard(b"", of) for kind, of in places_of(arch).items()}
    layers = {f"layer{i}": places["layer"] for i in range(arch.num_hidden_layers)}
    graph = Graph()
    hidden = graph.input("hidden", ["batch", "tokens", arch.hidden_size])
    for name, layer in layers.items():
        graph.weights(name, layer)
        hidden = wasm_layer(graph, hidden, arch, name)
    graph.weights("exit", places["exit"])
    graph.output(wasm_exit(graph, hidden, arch), "logits", ["batch", arch.num_labels])
    return {"wasm": graph.model("whole"), "webgpu": layer_template(arch, layers)}
