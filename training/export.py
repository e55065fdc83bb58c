"""Writes a model package (shared/design.md, "The model package"; format `fastbert-web/2`).

    models/sst2/     manifest.json, calibration.json, config.json, tokenizer.json, … , README.md
    models/shards/   weights and templates, named by content, shared by all packages beside it
"""

import copy
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .calibrate import calibrate
from .check import check_package
from .data import Labelled, read_task, read_tsv
from .first_exit import Lesson, learn_ngrams
from .model import EarlyExitModel
from .normalise import normalised
from .package import FORMAT, MULTI_LABEL, SINGLE_LABEL, UNCERTAINTY_CLASSES, Package, put, put_shared
from .place import NEW, SHARDS, beside, check_place
from .quantise import quantise, round_rare
from .recipe import backbone_folder, named, tokenizer_config, trained
from .shards import Shard, embeddings_shard, head_shard, layer_shard
from .smooth import Smoothing, smoothing
from .templates import templates


def rounded(model: EarlyExitModel, smooth: Smoothing, common_words: int) -> EarlyExitModel:
    """The model with embeddings, the weights of layers and exits' first matrix rounded as the shards round them."""
    model = copy.deepcopy(model)
    model.embeddings.words.copy_(round_rare(model.embeddings.words, common_words))
    for layer, hidden, up, down in zip(model.layers, smooth.hidden, smooth.up, smooth.down):
        ones = torch.ones(layer.out.in_features)
        for matrix, divisors in ((layer.qkv, hidden), (layer.out, ones), (layer.up, up), (layer.down, down)):
            round_matrix(matrix, divisors)
    for number, head in model.exits.items():
        round_matrix(head.first, smooth.hidden[int(number)])
    return model


def round_matrix(matrix: torch.nn.Linear, divisors: torch.Tensor) -> None:
    values, scale = quantise((matrix.weight.detach() * divisors).numpy(), axis=0)
    matrix.weight.data = torch.from_numpy(values.astype(np.float32) * scale[:, None]) / divisors


def described(shard: Shard, part: dict) -> dict:
    return part | {
        "tensors": {
            name: {"offset": p.offset, "type": str(p.dtype), "shape": list(p.shape)}
            for name, p in shard.places.items()
        }
    }


def export(model: EarlyExitModel, tokenizer: Tokenizer, recipe: dict, config: dict, tokenizer_config: dict,
           dev: Labelled, folder: Path, lesson: Lesson | None = None, smooth_on: Labelled | None = None) -> Package:
    """Makes the package of a trained model, checks it, puts it into `folder`, and gives it back opened.

    dev: what the smoothing and the calibration are measured on; lesson: what exit 0's n-grams learn, if it gets any;
    smooth_on: the dev texts of another package whose layers are these, so that their shards are the same.

    Raises PackageError where a template or shard does not compute what the model does; what was in
    `folder` before is still there then.
    """
    with beside(folder) as place:
        package = write(model.eval(), normalised(tokenizer), recipe, config, tokenizer_config, dev, place, lesson, smooth_on)
    package.folder = folder
    return package


def check_frozen(model: EarlyExitModel, tokenizer: Tokenizer, recipe: dict, config: dict, tokenizer_config: dict,
                 dev: Labelled) -> None:
    """Before students are trained on a model: PackageError where what training leaves as it is, all but the students,
    would not be exported. As `export` takes them, from the same `dev`: so rounded, it is what `export` will round."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / NEW
        folder.mkdir()
        (Path(place) / SHARDS).mkdir()
        package, reference = make(model.eval(), tokenizer, recipe, config, tokenizer_config, dev, folder)
        check_package(package, reference, tokenizer, students=False)


def write(model: EarlyExitModel, tokenizer: Tokenizer, recipe: dict, config: dict, tokenizer_config: dict,
          dev: Labelled, folder: Path, lesson: Lesson | None = None, smooth_on: Labelled | None = None) -> Package:
    """Into an empty folder, and shards into the one beside it; checked, and measured."""
    package, reference = make(model, tokenizer, recipe, config, tokenizer_config, dev, folder, smooth_on)
    print(check_package(package, reference, tokenizer))
    if lesson:
        learn_ngrams(package, lesson, dev, folder)
    calibrate(package, dev)
    return package


def make(model: EarlyExitModel, tokenizer: Tokenizer, recipe: dict, config: dict, tokenizer_config: dict,
         dev: Labelled, folder: Path, smooth_on: Labelled | None = None) -> tuple[Package, EarlyExitModel]:
    """What `write` writes but for what is measured, opened; and the model that it must compute."""
    windows, reads = recipe.get("windows", 1), recipe.get("reads", model.arch.max_position_embeddings)
    longest = recipe["max_tokens"] if windows > 1 else reads
    smooth = smoothing(model, smooth_on.encoded(tokenizer, reads) if smooth_on else dev.encoded(tokenizer, longest, windows))
    common_words = recipe.get("common_words", model.arch.vocab_size)
    parts = encoder_parts(model, tokenizer, tokenizer_config, smooth, common_words, folder)
    exits = [
        head_shard(model.exits[str(number)], hidden) if str(number) in model.exits else None
        for number, hidden in enumerate(smooth.hidden)
    ]
    id2label = dict(enumerate(recipe["labels"]))
    problem_type = MULTI_LABEL if dev.sets else SINGLE_LABEL
    config = {k: v for k, v in config.items() if k not in ("_name_or_path", "architectures")} | {
        **({} if "adopted" in recipe else {"architectures": ["BertForSequenceClassification"]}),
        "id2label": {str(i): label for i, label in id2label.items()},
        "label2id": {label: i for i, label in id2label.items()},
        "problem_type": problem_type,
    }
    put(json.dumps(config, indent=1).encode(), folder, "config.json")
    manifest = {
        "format": FORMAT,
        "name": recipe["package"],
        "architecture": architecture_of(model),
        "problem_type": problem_type,
        "labels": recipe["labels"],
        "uncertainty_classes": 2 if dev.sets else min(UNCERTAINTY_CLASSES, len(recipe["labels"])),
        "max_tokens": longest,
        **({"windows": windows} if windows > 1 else {}),
        **({"text_pair": True} if dev.pairs else {}),
        "license": recipe["license"],
        **({"gold": "model"} if "adopted" in recipe else {}),
        "training": {k: v for k, v in recipe.items() if k not in ("labels", "package", "license")},
        **parts,
        "exits": [shard and put_shared(shard.data, folder, "bin") for shard in exits],
    }
    return Package(folder, manifest, dev.sets), rounded(model, smooth, common_words)


def architecture_of(model: EarlyExitModel) -> dict:
    """As the manifest has it."""
    arch = {name: value for name, value in asdict(model.arch).items() if value is not None}
    del arch["num_labels"], arch["exits"]
    return arch


def encoder_parts(model: EarlyExitModel, tokenizer: Tokenizer, tokenizer_config: dict, smooth: Smoothing, common_words: int,
                  folder: Path) -> dict:
    """Writes what a package has below its exits; gives what the manifest says of it."""
    layers = [layer_shard(*parts) for parts in zip(model.layers, smooth.hidden, smooth.up, smooth.down)]
    embeddings = embeddings_shard(model.embeddings, common_words)
    return {
        "embeddings": described(embeddings, put_shared(embeddings.data, folder, "bin")),
        "layers": [put_shared(shard.data, folder, "bin") for shard in layers],
        "templates": {
            name: put_shared(graph, folder, "onnx") for name, graph in templates(model.arch, layers[0]).items()
        },
        "tokenizer": put(tokenizer.to_str().encode(), folder, "tokenizer.json"),
        "tokenizer_config": put(json.dumps(tokenizer_config, indent=1).encode(), folder, "tokenizer_config.json"),
    }


def export_recipe(name: str, data: Path, runs: Path, folder: Path) -> None:
    check_place(folder)
    recipe = named(name)
    task = read_task(recipe, data)
    model, tokenizer, config = trained(name, data, runs)
    smooth_on = read_tsv(data / recipe["smooth_on"], task.names) if "smooth_on" in recipe else None
    export(model, tokenizer, recipe | {"labels": task.names}, config, tokenizer_config(backbone_folder(recipe)), task.dev, folder,
           smooth_on=smooth_on)
