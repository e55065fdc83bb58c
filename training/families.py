"""BERT-like models as transformers saves them: a folder's settings, weights and tokenizer, by family.

What differs between families is names, the activation of the classification head, and where positions
begin; the encoder is BERT's in all of them.
"""

import pickle
import re
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from .model import Architecture, ClassificationHead, EarlyExitModel, Layer
from .normalise import normalised
from .runs import digest
from .unreadable import read_object, unreadable

BERT_LAYER = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm_1": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm_2": "output.LayerNorm",
}
DISTILBERT_LAYER = {
    "query": "attention.q_lin", "key": "attention.k_lin", "value": "attention.v_lin",
    "out": "attention.out_lin", "norm_1": "sa_layer_norm",
    "up": "ffn.lin1", "down": "ffn.lin2", "norm_2": "output_layer_norm",
}
DISTILBERT_CONFIG = {
    "hidden_size": "dim", "num_hidden_layers": "n_layers", "num_attention_heads": "n_heads",
    "intermediate_size": "hidden_dim", "hidden_act": "activation",
}


@dataclass(frozen=True)
class Family:
    """Names of a family's weights, without `prefix`, and of its classification head."""

    prefix: str
    dense: str
    classify: str
    head_act: str
    layers: str = "encoder.layer"
    layer: tuple[tuple[str, str], ...] = tuple(BERT_LAYER.items())
    begins_at_padding: bool = False
    """Whether the first position's row stands behind that of the padding token's id."""


ROBERTA = Family("roberta.", "classifier.dense", "classifier.out_proj", "tanh", begins_at_padding=True)
FAMILIES = {
    "bert": Family("bert.", "pooler.dense", "classifier", "tanh"),
    "distilbert": Family("distilbert.", "pre_classifier", "classifier", "relu",
                         "transformer.layer", tuple(DISTILBERT_LAYER.items())),
    "electra": Family("electra.", "classifier.dense", "classifier.out_proj", "gelu"),
    "roberta": ROBERTA,
    "xlm-roberta": ROBERTA,
    "camembert": ROBERTA,
}
"""By config.json's `model_type`."""

SIZES = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings", "type_vocab_size")
"""What config.json has to say, under BERT's names."""

SAME_ACTIVATIONS = {"gelu_pytorch_tanh": "gelu_new", "gelu_fast": "gelu_new", "gelu_python": "gelu"}
"""Other names of activations that we have."""


class Source:
    """A folder that transformers' save_pretrained() wrote. ValueError, which says what is missing or what
    cannot be read, for one that is not of a family here.

    config: config.json, with BERT's names for sizes.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            if not (folder / name).exists():
                raise ValueError(
                    f"{folder} has no {name}; a model is a folder that transformers' save_pretrained() wrote, "
                    "of the model and of its fast tokenizer (AutoTokenizer.from_pretrained(…).save_pretrained(…))"
                )
        self.config = self.checked(read_object(folder / "config.json"))
        self.family = FAMILIES[self.config["model_type"]]
        try:
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the library has no narrower kind
            raise unreadable(folder / "tokenizer.json", error) from None
        self.tokenizer.no_padding()
        if len(self.tokenizer.encode("").ids) != 2:
            raise ValueError(f"{folder}: its tokenizer.json does not put a token before and one behind a text, as [CLS] and [SEP]")
        tokens = self.tokenizer.get_vocab_size()
        if tokens > self.config["vocab_size"]:
            raise ValueError(
                f"{folder}: its tokenizer has {tokens} tokens, its config.json a vocab_size of {self.config['vocab_size']}; "
                "save model and tokenizer of one checkpoint"
            )
        padding = self.config.get("pad_token_id")
        self.begin = (1 if padding is None else padding) + 1 if self.family.begins_at_padding else 0

    def checked(self, config: dict) -> dict:
        """config.json under BERT's names."""
        family = config.get("model_type")
        if family not in FAMILIES:
            raise ValueError(f"{self.folder} is a model of the family {family!r}; those that work are {', '.join(FAMILIES)}")
        config = {"layer_norm_eps": 1e-12, "max_position_embeddings": 512, "type_vocab_size": 2} | config
        if family == "distilbert":
            config = config | {ours: config.get(theirs) for ours, theirs in DISTILBERT_CONFIG.items()} | {"layer_norm_eps": 1e-12, "type_vocab_size": 1}
        act = config.get("hidden_act", "gelu")
        act = SAME_ACTIVATIONS.get(act, act)
        if act not in ("gelu", "gelu_new", "relu"):
            raise ValueError(f"{self.folder}: the activation {act!r} is none of gelu, gelu_new and relu")
        if (kind := config.get("position_embedding_type", "absolute")) != "absolute":
            raise ValueError(f"{self.folder}: positions are {kind!r}, only absolute ones can be read")
        if config.get("is_decoder"):
            raise ValueError(f"{self.folder} is a decoder, whose tokens see only those before them; take an encoder")
        for name in SIZES:
            if type(size := config.get(name)) is not int or size < 1:
                raise ValueError(f"{self.folder / 'config.json'}: {name} is {size!r}; it has to be a whole number from 1 up")
        if type(least := config["layer_norm_eps"]) not in (int, float) or not 0 < least < 1:
            raise ValueError(f"{self.folder / 'config.json'}: layer_norm_eps is {least!r}; it has to be a small number above 0")
        if config["hidden_size"] % config["num_attention_heads"]:
            raise ValueError(
                f"{self.folder}: hidden_size {config['hidden_size']} is no multiple of "
                f"num_attention_heads {config['num_attention_heads']}"
            )
        for name in ("hidden_size", "embedding_size"):
            if config.get(name, 0) % 2:
                raise ValueError(f"{self.folder}: {name} {config[name]} is odd; embeddings are packed two numbers a byte")
        return config | {"hidden_act": act}

    def normalised(self) -> Tokenizer:
        """Its tokenizer as training and browsers read by it. ValueError where browsers cannot."""
        try:
            return normalised(self.tokenizer)
        except ValueError as error:
            raise ValueError(f"{self.folder}: {error}") from None

    @property
    def has_types(self) -> bool:
        """Whether tokens of a pair's second text have a type of their own."""
        return self.config["type_vocab_size"] > 1

    def architecture(self, num_labels: int, own_head: bool = False, **exit_sizes: int) -> Architecture:
        """With an exit on every hidden state, the last of them the model's own classification head if asked for."""
        config = self.config
        width, heads = config["hidden_size"], config["num_attention_heads"]
        exit_sizes = {"exit_size": min(128, width)} | exit_sizes
        narrow = config.get("embedding_size", width)
        return Architecture(
            vocab_size=config["vocab_size"], hidden_size=width, num_hidden_layers=config["num_hidden_layers"],
            num_attention_heads=heads, intermediate_size=config["intermediate_size"],
            max_position_embeddings=config["max_position_embeddings"] - self.begin,
            layer_norm_eps=config["layer_norm_eps"], num_labels=num_labels, **exit_sizes,
            head_dim=width // heads, exits=tuple(range(config["num_hidden_layers"] + 1)),
            hidden_act=config["hidden_act"], embedding_size=narrow if narrow != width else None,
            head_act=self.family.head_act if own_head else None,
        )

    @property
    def digest(self) -> str:
        """Of all that is read of the folder."""
        patterns = ("config.json", "tokenizer.json", "tokenizer_config.json", "model*.safetensors", "pytorch_model*.bin")
        return digest(*(path for pattern in patterns for path in sorted(self.folder.glob(pattern))))

    def weights(self) -> dict[str, Tensor]:
        """All weights as floats, under their names without the family's prefix."""
        found: dict[str, Tensor] = {}
        for path in sorted(self.folder.glob("model*.safetensors")):
            try:
                found |= load_file(path)
            except SafetensorError as error:
                raise unreadable(path, error) from None
        if not found:
            for path in sorted(self.folder.glob("pytorch_model*.bin")):
                try:
                    found |= torch.load(path, map_location="cpu", weights_only=True)
                except (pickle.UnpicklingError, RuntimeError, EOFError, TypeError):
                    # torch's own message advises to run what is in the file.
                    raise unreadable(path, "it holds no weights, or code beside them, which is not run") from None
        if not found:
            raise ValueError(f"{self.folder} has neither model.safetensors nor pytorch_model.bin")

        def plain(name: str) -> str:
            name = name.removeprefix(self.family.prefix)
            # What TensorFlow called LayerNorm's, and old files still do.
            return name.removesuffix(".gamma") + ".weight" if name.endswith(".gamma") else (
                name.removesuffix(".beta") + ".bias" if name.endswith(".beta") else name)

        return {plain(name): tensor.float() for name, tensor in found.items() if tensor.is_floating_point()}


class Names:
    """Weights by name; ValueError that names the one which is missing, of another size or no number."""

    def __init__(self, weights: dict[str, Tensor], folder: Path):
        self.weights, self.folder = weights, folder

    def take(self, name: str, shape: tuple[int, ...]) -> Tensor:
        if name not in self.weights:
            raise ValueError(f"{self.folder} has no weights {name!r}; are they of the model that its config.json describes?")
        found = self.weights[name]
        if found.shape != shape:
            raise ValueError(f"{self.folder}: {name!r} is of size {list(found.shape)}, config.json says {list(shape)}")
        if not found.isfinite().all():
            raise ValueError(f"{self.folder}: {name!r} holds what is no number; the model was not saved whole, or its training failed")
        return found

    def linear(self, name: str, module: nn.Linear | nn.LayerNorm) -> None:
        module.weight.data = self.take(f"{name}.weight", module.weight.shape).clone()
        module.bias.data = self.take(f"{name}.bias", module.bias.shape).clone()


def load_weights(model: EarlyExitModel, source: Source) -> None:
    """Fills embeddings and layers, in float, and the last exit where it is the model's own classification head."""
    arch, family = model.arch, source.family
    names = Names(source.weights(), source.folder)
    held = 1 + max((int(found[1]) for name in names.weights if (found := re.match(rf"{re.escape(family.layers)}\.(\d+)\.", name))), default=-1)
    if held > arch.num_hidden_layers:
        raise ValueError(
            f"{source.folder}: config.json says {arch.num_hidden_layers} layers, but there are weights of {held}; "
            "give the number that is meant, and where it is the lower, save the model again by transformers"
        )
    fill_embeddings(model, names, source)
    for i, layer in enumerate(model.layers):
        fill_layer(layer, names, f"{family.layers}.{i}.", dict(family.layer), arch)
    if arch.head_act:
        fill_head(model.teacher, names, source)


def fill_embeddings(model: EarlyExitModel, names: Names, source: Source) -> None:
    arch, at = model.arch, "embeddings."
    width = arch.embedding_size or arch.hidden_size
    ours = model.embeddings
    ours.words.copy_(names.take(at + "word_embeddings.weight", (arch.vocab_size, width)))
    rows = names.take(at + "position_embeddings.weight", (arch.max_position_embeddings + source.begin, width))[source.begin :]
    if source.config["model_type"] != "distilbert":  # which has no types
        types = names.take(at + "token_type_embeddings.weight", (source.config["type_vocab_size"], width))
        rows = rows + types[0]  # single texts are all of type 0, so its row is part of every position
        if ours.types is not None:
            ours.types.copy_(types[1] - types[0])
    ours.positions.copy_(rows)
    ours.norm_weight.copy_(names.take(at + "LayerNorm.weight", (width,)))
    ours.norm_bias.copy_(names.take(at + "LayerNorm.bias", (width,)))
    if arch.embedding_size:
        ours.widen_weight.copy_(names.take("embeddings_project.weight", (arch.hidden_size, width)))
        ours.widen_bias.copy_(names.take("embeddings_project.bias", (arch.hidden_size,)))


def fill_layer(layer: Layer, names: Names, at: str, theirs: dict[str, str], arch: Architecture) -> None:
    size = arch.hidden_size
    asks = [at + theirs[part] for part in ("query", "key", "value")]
    layer.qkv.weight.data = torch.cat([names.take(f"{name}.weight", (size, size)) for name in asks])
    layer.qkv.bias.data = torch.cat([names.take(f"{name}.bias", (size,)) for name in asks])
    for part in ("out", "norm_1", "up", "down", "norm_2"):
        names.linear(at + theirs[part], getattr(layer, part))


def fill_head(head: ClassificationHead, names: Names, source: Source) -> None:
    family = source.family
    if f"{family.classify}.weight" not in names.weights:
        raise ValueError(
            f"{source.folder} has no classification head ({family.classify}.weight): it is an encoder that was not "
            "trained to classify. To train one on your own labelled texts: python -m training fit --backbone"
        )
    names.linear(family.dense, head.dense)
    names.linear(family.classify, head.classify)
