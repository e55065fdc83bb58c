"""What a backbone's folder must hold, checked before an hour of training."""

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from .runs import digest

FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")


def check_files(folder: Path) -> None:
    """Raises ValueError, as all that is here, where a folder is no backbone."""
    for name in FILES:
        if not (folder / name).exists():
            raise ValueError(
                f"{folder} has no {name}; a backbone is a folder that transformers' save_pretrained() wrote, "
                "of the model (safetensors) and of its fast tokenizer"
            )


def check_config(folder: Path, config: dict, tokenizer: Tokenizer) -> None:
    """config: what config.json says. What it asks for must be what is computed here."""
    path = folder / "config.json"
    positions = config.get("position_embedding_type", "absolute")
    if positions != "absolute":
        raise ValueError(f"{path}: position_embedding_type {positions!r}; only absolute positions can be trained here")
    activation = config.get("hidden_act", "gelu")
    if activation != "gelu":
        raise ValueError(f"{path}: hidden_act {activation!r}; only gelu can be trained here")
    if config.get("is_decoder"):
        raise ValueError(f"{path}: a decoder, whose tokens see only those before them; take an encoder")
    tokens = tokenizer.get_vocab_size()
    if tokens > config["vocab_size"]:
        raise ValueError(
            f"{folder}: the tokenizer has {tokens} tokens, config.json a vocab_size of {config['vocab_size']}; "
            "save model and tokenizer of the same checkpoint"
        )


def check_weights(folder: Path, config: dict) -> None:
    """That all layers are there, as wide as config.json says, and all weights are numbers."""
    path = folder / "model.safetensors"
    try:
        weights = safe_open(path, framework="pt")
    except SafetensorError as error:
        raise ValueError(f"{path} cannot be read ({error}); copy or download it again") from None
    names = [name for name in weights.keys() if "pooler" not in name and name.removeprefix("bert.").startswith(("embeddings.", "encoder."))]
    layers = {int(name.partition("encoder.layer.")[2].split(".")[0]) for name in names if "encoder.layer." in name}
    missing = [number for number in range(config["num_hidden_layers"]) if number not in layers]
    if missing:
        raise ValueError(
            f"{path} has no weights of layer {missing[0]}, config.json has {config['num_hidden_layers']} layers; take a "
            "whole checkpoint, or set num_hidden_layers to what there is"
        )
    for name in names:
        values = weights.get_tensor(name)
        if values.is_floating_point() and not torch.isfinite(values).all():
            raise ValueError(f"{path}: {name} holds NaN or infinity; its training went wrong, take another checkpoint")
        if name.endswith("word_embeddings.weight") and list(values.shape) != [config["vocab_size"], config["hidden_size"]]:
            raise ValueError(
                f"{path}: {name} is of shape {list(values.shape)}, by config.json it is "
                f"{[config['vocab_size'], config['hidden_size']]}; take both files of the same checkpoint"
            )


def digest_of(folder: Path) -> str:
    return digest(*(folder / name for name in FILES))
