"""A classifier as it is, made to leave early: its layers and its head stay, and students learn its
opinions of texts that nobody labelled (FastBERT's self-distillation, Liu et al., ACL 2020, section 3.2.2).

So the gold label of a text is what the model says of it, and accuracy means agreement with the model.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import torch
from accelerate import PartialState
from tokenizers import Tokenizer

from .data import Dataset, Labelled, LabelSets, mask_token, read_tsv
from .evaluate import evaluate_package
from .export import check_frozen, export
from .families import Source, load_weights
from .first_exit import lesson_of
from .fit import DEV_SHARE, MOST_DEV, length_of_training, students_stage
from .frozen import FrozenStates
from .model import EarlyExitModel
from .package import MULTI_LABEL, SINGLE_LABEL, Package, PackageError, Trajectories
from .place import check_place
from .recipe import NAMES, tokenizer_config
from .runs import begin, run_folder
from .texts import Text, are_pairs, encode, expect_pairs, read_texts, texts_digest
from .train import predict, run, stage_loss, targets_of
from .unread import notes_on_tokens

FEW_TEXTS, TOO_FEW_TEXTS = 2000, 100
STEPS = 3000
"""Steps that the students of few texts get, by repeating them forty times at most; of many, three epochs."""
WANTED = (
    "adopting needs texts to learn the model's opinions from: some thousands like those that it will read, "
    "one a line, without labels (--texts FILE)"
)


@dataclass
class Order:
    """What the command line asks for. model: a folder, or an id on the model hub; data: labelled texts or None."""

    model: str
    texts: Path | None
    out: Path
    data: Path | None
    runs: Path
    seed: int


def adopt(order: Order) -> Package:
    """Trains students and exports; ValueError for what cannot be adopted, before any training."""
    if not order.texts:
        raise ValueError(WANTED)
    machine = PartialState()
    if machine.num_processes > 1:
        raise ValueError("adopt is for one process: what students learn from is made once; leave accelerate launch out")
    check_place(order.out)
    texts = texts_of(order.texts)
    if len(texts) < TOO_FEW_TEXTS:
        raise ValueError(f"{order.texts}: {len(texts)} texts are too few; {WANTED}")
    if len(texts) < FEW_TEXTS:
        print(f"note: {len(texts)} texts are few; with some thousands the first exits learn more", file=sys.stderr)
    source = Source(folder_of(order.model))
    names, problem_type = classes_of(source)
    sets = LabelSets(len(names)) if problem_type == MULTI_LABEL else None
    labelled = read_tsv(order.data, names, sets) if order.data else None
    if labelled:
        expect_pairs(labelled.texts, are_pairs(texts), order.data, f"what is in {order.texts.name}")
    torch.manual_seed(order.seed)
    model = model_of(source, len(names), are_pairs(texts)).to(machine.device)
    longest = longest_input(source, model)
    tokenizer = source.normalised()
    for note in notes_on_tokens(tokenizer, texts, longest):
        print(f"note: {note}", file=sys.stderr)

    shuffled = np.random.default_rng(order.seed).permutation(len(texts))
    kept = min(MOST_DEV, round(DEV_SHARE * len(texts)))
    dev = opinions(model, source.tokenizer, [texts[i] for i in sorted(shuffled[:kept])], longest, sets)
    if labelled:
        print(f"{order.data}: the model itself is right on {100 * own_accuracy(model, source.tokenizer, labelled, longest):.2f} %")
    model.cpu()  # to be rounded
    model.embeddings.round()
    train = training_texts(tokenizer, [texts[i] for i in sorted(shuffled[kept:])], longest, sets)
    print(f"{len(train)} texts to learn from, {kept} for calibration, {len(names)} labels", flush=True)

    recipe = recipe_for(order, source, names, longest, len(train))
    config = source.config | {"problem_type": problem_type}
    try:
        check_frozen(model, tokenizer, recipe, config, tokenizer_config(source.folder), dev)
    except PackageError as error:
        raise ValueError(
            f"{source.folder}: rounded to int8 it does not compute what it did; nothing was trained. Try another "
            f"checkpoint of the model ({error})"
        ) from error
    inputs = {key: value for key, value in recipe.items() if key not in (*NAMES, "adopted")}
    inputs |= {"labels": names, "texts": texts_digest(order.texts), "model": source.digest}
    folder = run_folder(order.runs, order.out.name, inputs)
    print(begin(folder, inputs), flush=True)
    states = FrozenStates(model.to(machine.device), train) if states_fit(model, train) else None
    loss = stage_loss(recipe["stages"][0], train, targets_of(train, len(names)), states)
    run(recipe, model, train, dev.encoded(tokenizer, longest), folder, [loss])
    lesson = lesson_of(train, len(names), predict(model, train)[-1], order.seed)
    package = export(model, tokenizer, recipe, config, tokenizer_config(source.folder), dev, order.out, lesson)
    if order.data:
        for row in evaluate_package(order.out, order.data, [0.0, 0.3, 0.5])["results"]:
            print(f"{order.data}: the package at speed {row['speed']:g} on {100 * row['accuracy']:.2f} %, "
                  f"with {row['meanDepth']:.2f} layers")
    return package


def texts_of(path: Path) -> list[Text]:
    """Each text once: of one that stands there twice, one could be learnt from and the other measured on."""
    texts = read_texts(path)
    if all(isinstance(text, str) and text.count("\t") == 1 for text in texts):
        raise ValueError(
            f"{path}: every line holds a tab. If they are pairs of texts, or texts with labels, make it a .csv or .tsv "
            "whose first row names the columns: text, and text_pair for the second of a pair (docs/tables.md)"
        )
    once = list(dict.fromkeys(texts))
    if len(once) < len(texts):
        print(f"note: {len(texts) - len(once)} texts stand there more than once; each is taken once", file=sys.stderr)
    return once


def folder_of(model: str) -> Path:
    """The folder itself, or what the model hub has under an id."""
    if Path(model).is_dir():
        return Path(model)
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", model):
        raise ValueError(f"{model} is neither a folder nor an id on the model hub, as owner/name")
    from huggingface_hub import snapshot_download

    files = ["config.json", "tokenizer.json", "tokenizer_config.json", "README.md"]
    try:
        folder = Path(snapshot_download(model, allow_patterns=[*files, "model*.safetensors"]))
        if not list(folder.glob("model*.safetensors")):
            folder = Path(snapshot_download(model, allow_patterns=[*files, "pytorch_model*.bin"]))
    except Exception as error:  # of many kinds: no network, no such model, no leave to read it
        raise ValueError(
            f"{model} is no folder here, and could not be fetched from the model hub ({error}); "
            "give the folder of a model that was saved before"
        ) from error
    return folder


def classes_of(source: Source) -> tuple[list[str], str]:
    """The model's labels, and whether a text has one of them or any number, as transformers reads it."""
    named = source.config.get("id2label") or {"0": "LABEL_0", "1": "LABEL_1"}
    if not isinstance(named, dict) or not all(re.fullmatch(r"\d+", str(key)) for key in named):
        raise ValueError(f"{source.folder / 'config.json'}: id2label has to give each class number from 0 its name, as {{\"0\": \"negative\", …}}")
    names = [str(named[key]).strip() for key in sorted(named, key=int)]
    problem_type = source.config.get("problem_type") or SINGLE_LABEL
    if problem_type == "regression" or len(names) == 1:
        raise ValueError(f"{source.folder} is a regression model: it gives a number, and there is no label to be sure of")
    if problem_type not in (SINGLE_LABEL, MULTI_LABEL):
        raise ValueError(f"{source.folder}: its problem_type is {problem_type!r}, neither {SINGLE_LABEL} nor {MULTI_LABEL}")
    if not all(names):
        raise ValueError(f"{source.folder}: one of its labels has no name; give it one in config.json, under id2label")
    if len(set(names)) < len(names):
        raise ValueError(f"{source.folder}: two of its labels have the same name; name them apart in config.json, under id2label")
    return names, problem_type


def model_of(source: Source, classes: int, pairs: bool = False) -> EarlyExitModel:
    """The model in float, its own head as the last exit, its students from noise. It says what the model says.

    pairs: whether it reads two texts together.
    """
    model = EarlyExitModel(source.architecture(classes, own_head=True), dropout=0.0, has_types=pairs and source.has_types)
    load_weights(model, source)
    return model.eval()


def longest_input(source: Source, model: EarlyExitModel) -> int:
    """In tokens: what the tokenizer says, unless there are fewer positions."""
    said = tokenizer_config(source.folder).get("model_max_length") or model.arch.max_position_embeddings
    if type(said) not in (int, float) or said <= len(source.tokenizer.encode("").ids):
        raise ValueError(
            f"{source.folder / 'tokenizer_config.json'}: model_max_length is {said!r}, which leaves no room for a text; "
            "give the number of tokens that the model reads"
        )
    return int(min(said, model.arch.max_position_embeddings))


def opinions(model: EarlyExitModel, tokenizer: Tokenizer, texts: list[Text], longest: int, sets: LabelSets | None) -> Labelled:
    """Texts labelled by what the model says of them. ValueError where that is no number."""
    logits = predict(model, unlabelled(tokenizer, texts, longest, sets))
    if silent := (~logits[-1].isfinite().all(-1)).nonzero().flatten().tolist():
        raise ValueError(
            f"the model gives no number for {len(silent)} of {len(texts)} texts, the first of them {texts[silent[0]]!r:.60}: "
            "what it computes grows beyond what a float holds. Take another checkpoint of it"
        )
    seen = Trajectories(logits.numpy(), np.array(model.arch.exits), sets=sets)
    return Labelled(texts, seen.predictions[-1].tolist(), sets)


def own_accuracy(model: EarlyExitModel, tokenizer: Tokenizer, labelled: Labelled, longest: int) -> float:
    said = opinions(model, tokenizer, labelled.texts, longest, labelled.sets)
    return float(np.mean(np.array(said.labels) == np.array(labelled.labels)))


def training_texts(tokenizer: Tokenizer, texts: list[Text], longest: int, sets: LabelSets | None) -> Dataset:
    """Texts to learn from; the longest of a hundred are cut, for time."""
    lengths = [len(ids) for ids in encode(tokenizer, texts, longest).ids]
    return unlabelled(tokenizer, texts, int(max(8, np.quantile(lengths, 0.99))), sets)


def unlabelled(tokenizer: Tokenizer, texts: list[Text], longest: int, sets: LabelSets | None) -> Dataset:
    """Texts whose label nobody reads; they say class 0, or none of several."""
    found = encode(tokenizer, texts, longest)
    labels = torch.full((len(texts),), sets.number([]) if sets else 0)
    return Dataset(found.ids, labels, mask_token(tokenizer), sets, found.seconds)


def recipe_for(order: Order, source: Source, names: list[str], longest: int, texts: int) -> dict:
    size, epochs = length_of_training(texts, STEPS)
    stage = students_stage({"exit_lr": 1e-3, "weight_decay": 0.01, "warmup": 0.1, "epochs": epochs})
    return {
        "recipe": "adopt", "package": order.out.name, "task": order.texts.name, "license": license_of(source.folder),
        "labels": names, "reads": longest, "batch_size": size, "seed": order.seed, "dropout": 0.0, "average": 0.99,
        "adopted": Path(order.model).name if Path(order.model).is_dir() else order.model, "stages": [stage],
    }


def license_of(folder: Path) -> str:
    """What the head of a model's card says, or "other"."""
    card = folder / "README.md"
    head = re.match(r"---\n(.*?)\n---\n", card.read_text(encoding="utf-8"), re.DOTALL) if card.exists() else None
    found = re.search(r"^license: *[\"']?([\w.-]+)", head[1], re.MULTILINE) if head else None
    return found[1] if found else "other"


def states_fit(model: EarlyExitModel, texts: Dataset) -> bool:
    """Whether hidden states of all texts take at most half of the memory that is to be had."""
    tokens, arch = sum(map(len, texts.ids)), model.arch
    return 2 * tokens * (arch.num_hidden_layers + 1) * arch.hidden_size < psutil.virtual_memory().available / 2
