"""Weight shards: what the tensors of a part are, and how they lie in its file.

All layers have the same tensors in the same places, and so have all exits; that is why the
browser needs no table of them, and one graph template serves all layers on WebGPU. Matrices are
int8, [in, out], one scale an output column.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import torch

from .model import Architecture, ClassificationHead, Embeddings, Exit, Layer
from .quantise import quantise, quantise_4_bits

ALIGNMENT = 64


@dataclass(frozen=True)
class Place:
    offset: int
    length: int
    shape: tuple[int, ...]
    dtype: np.dtype


@dataclass
class Shard:
    data: bytes
    places: dict[str, Place]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def pack(tensors: dict[str, np.ndarray]) -> Shard:
    """Tensors one after another, each at a multiple of 64 bytes."""
    data, places = bytearray(), {}
    for name, tensor in tensors.items():
        data += bytes(-len(data) % ALIGNMENT)
        raw = np.ascontiguousarray(tensor).tobytes()
        places[name] = Place(len(data), len(raw), tensor.shape, tensor.dtype)
        data += raw
    return Shard(bytes(data), places)


def matrix(name: str, weight: np.ndarray, bias: np.ndarray) -> dict[str, np.ndarray]:
    """weight [in, out] as int8 with its scales, and its bias [out]."""
    values, scale = quantise(weight, axis=1)
    return {f"{name}.weight": values, f"{name}.scale": scale, f"{name}.bias": bias.astype(np.float32)}


def numpy(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().float().numpy()


def linear(name: str, module: torch.nn.Linear) -> dict[str, np.ndarray]:
    return matrix(name, numpy(module.weight).T, numpy(module.bias))


def norm(name: str, module: torch.nn.LayerNorm) -> dict[str, np.ndarray]:
    return {f"{name}.weight": numpy(module.weight), f"{name}.bias": numpy(module.bias)}


def smoothed(name: str, module: torch.nn.Linear, divisors: torch.Tensor) -> dict[str, np.ndarray]:
    """A matrix whose rows are multiplied by what its inputs are to be divided by, and 1 / divisors."""
    s = numpy(divisors)
    return matrix(name, numpy(module.weight).T * s[:, None], numpy(module.bias)) | {f"{name}.smooth": 1 / s}


def layer_shard(layer: Layer, hidden: torch.Tensor, up: torch.Tensor, down: torch.Tensor) -> Shard:
    """hidden, up, down: what the inputs of `qkv`, `up` and `down` are divided by."""
    return pack(
        smoothed("qkv", layer.qkv, hidden) | linear("out", layer.out) | norm("norm_1", layer.norm_1)
        | smoothed("up", layer.up, up) | smoothed("down", layer.down, down)
        | norm("norm_2", layer.norm_2)
    )


def exit_shard(head: Exit, hidden: torch.Tensor) -> Shard:
    """The exit with what is linear multiplied out; hidden: what the input of `narrow` is divided by.

    `ask` gives, from token 0, each attention head's query already in the space of the narrowed
    tokens: Wkᵀ(Wq x + bq), [S] → [heads · S]. `answer` takes each head's mean of narrowed tokens
    through value, output and dense projections, between which there is no nonlinearity:
    [heads · S] → [S].
    """
    size, heads = head.query.in_features, head.heads
    width = size // heads
    wq, wk, wv, wo, wd = (
        numpy(m.weight).astype(np.float64) for m in (head.query, head.key, head.value, head.out, head.dense)
    )
    bq, bv, bo, bd = (
        numpy(m.bias).astype(np.float64) for m in (head.query, head.value, head.out, head.dense)
    )
    ask, ask_bias, answer = [], [], []
    for h in range(heads):
        part = slice(h * width, (h + 1) * width)
        ask.append(wq[part].T @ wk[part])  # [S, S]
        ask_bias.append(wk[part].T @ bq[part])
        answer.append((wd @ wo[:, part] @ wv[part]).T)  # [S, S]
    answer_bias = wd @ (wo @ bv + bo) + bd
    return pack(
        smoothed("narrow", head.narrow, hidden)
        | matrix("ask", np.concatenate(ask, 1).astype(np.float32), np.concatenate(ask_bias))
        | matrix("answer", np.concatenate(answer, 0).astype(np.float32), answer_bias)
        | classifier(head.classify)
    )


def head_shard(head: Exit | ClassificationHead, hidden: torch.Tensor) -> Shard:
    """An exit's shard, or that of a model's own classification head; hidden: what its inputs are divided by."""
    if isinstance(head, Exit):
        return exit_shard(head, hidden)
    return pack(smoothed("dense", head.dense, hidden) | classifier(head.classify))


def classifier(module: torch.nn.Linear) -> dict[str, np.ndarray]:
    """The last matrix, [in, labels], which stays in float."""
    return {"classify.weight": numpy(module.weight).T, "classify.bias": numpy(module.bias)}


def embeddings_shard(embeddings: Embeddings, common: int) -> Shard:
    """Rows of words with an id below `common` in 8 bits, those of the others in 4: two values a byte, the
    first in its lower half. Word pieces are numbered by how common they are in BERT's vocabularies, and
    most of a table's rows are hardly ever read."""
    table = numpy(embeddings.words)
    words, word_scales = quantise(table[:common], axis=0)
    rare, rare_scales = quantise_4_bits(table[common:])
    positions, position_scales = quantise(numpy(embeddings.positions), axis=0)
    return pack({
        "words": words, "rare_words": rare[:, ::2] | rare[:, 1::2] << 4,
        "word_scales": np.concatenate([word_scales, rare_scales]),
        "positions": positions, "position_scales": position_scales,
        "norm_weight": numpy(embeddings.norm_weight), "norm_bias": numpy(embeddings.norm_bias),
    } | ({
        "widen_weight": numpy(embeddings.widen_weight).T, "widen_bias": numpy(embeddings.widen_bias),
    } if embeddings.arch.embedding_size else {}) | ({} if embeddings.types is None else {"types": numpy(embeddings.types)}))


def places_of(arch: Architecture) -> dict[str, dict[str, Place]]:
    """Where the tensors of every layer's shard lie, of every exit's where there are any, and of a model's own head."""
    hidden, wide = torch.ones(arch.hidden_size), torch.ones(arch.intermediate_size)
    shards = {"layer": layer_shard(Layer(arch, 0.0), hidden, hidden, wide)}
    if arch.exits and not arch.exit_kind:
        shards["exit"] = exit_shard(Exit(arch), hidden)
    if arch.head_act:
        shards["head"] = head_shard(ClassificationHead(arch), hidden)
    return {kind: shard.places for kind, shard in shards.items()}


def tensors(data: bytes, places: dict[str, Place]) -> dict[str, np.ndarray]:
    """A shard's tensors by name; ValueError where it is not as long as they are."""
    end = max(place.offset + place.length for place in places.values())
    if len(data) != end:
        raise ValueError(f"{len(data)} bytes where the sizes and labels of its manifest ask for {end}; export the package again")
    return {name: np.frombuffer(data, p.dtype, int(np.prod(p.shape)), p.offset).reshape(p.shape) for name, p in places.items()}
