"""The rows of `training/results/TASK.json`: every system as an int8 package, on the test set."""

import json
from pathlib import Path

import numpy as np

from ..data import encode, read_tsv
from ..evaluate import wilson
from ..export import export
from ..model import Architecture, EarlyExitModel
from ..package import Package, Trajectories
from ..recipe import tokenizer_config
from .lab import Lab
from .systems import System

SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
PADDED = 128
"""Tokens of a text as the FastBERT paper counts: all are padded to this."""


def layer_macs(arch: Architecture, tokens: np.ndarray, attention: bool) -> np.ndarray:
    """Multiply-adds of one layer; attention: with its two products, which the paper leaves out."""
    a, h, f = arch.attention_size, arch.hidden_size, arch.intermediate_size
    return tokens * (4 * h * a + 2 * h * f) + (2 * tokens**2 * a if attention else 0)


def exit_macs(arch: Architecture, tokens: np.ndarray) -> np.ndarray:
    """Multiply-adds of one exit as it is shipped (`src/core/cost.ts` counts the same)."""
    h, s, heads = arch.hidden_size, arch.exit_size, arch.exit_heads
    return tokens * h * s + 2 * heads * tokens * s + 2 * heads * s * s + s * arch.num_labels


def paper_exit_macs(arch: Architecture) -> int:
    """Multiply-adds of FastBERT's exit as its paper counts them: every token asks (Table 1)."""
    h, s = arch.hidden_size, arch.exit_size
    return PADDED * (h * s + 4 * s * s) + s * s + s * arch.num_labels


def text_macs(arch: Architecture, tokens: np.ndarray, depth: np.ndarray) -> tuple[float, float]:
    """Mean over texts, of `tokens` [n] and leaving at hidden state `depth` [n]: ours and the paper's."""
    gates = np.array([sum(number <= d for number in arch.exits) for d in depth])
    ours = depth * layer_macs(arch, tokens, attention=True) + gates * exit_macs(arch, tokens)
    paper = depth * layer_macs(arch, np.array(PADDED), attention=False) + gates * paper_exit_macs(arch)
    return float(ours.mean()), float(paper.mean())


def package_of(system: System, lab: Lab, model: EarlyExitModel) -> Package:
    """The system's package, beside those of the others; made again only where it is missing."""
    folder = lab.folder / "packages" / system.name
    if (folder / "manifest.json").exists():
        return Package(folder)
    _, tokenizer, config = lab.untrained
    recipe = lab.settings | {"recipe": f"compare/{lab.settings['task']}", "seed": lab.seed, "package": system.name,
                             "labels": lab.task.names, "stages": [lab.settings["stage"]]}
    return export(model, tokenizer, recipe, config, tokenizer_config(), lab.task.dev, folder)


def rows_of(system: System, lab: Lab, test: Path) -> list[dict]:
    """One row, or one a speed where texts may leave early. The test texts are read here, once."""
    model = system.make(lab)
    package = package_of(system, lab, model)
    rows = read_tsv(test, lab.task.names)
    texts, labels = rows.texts, rows.labels
    seen = package.trajectories(texts)
    tokens = np.array([len(ids) for ids in encode(package.tokenizer, texts, package.manifest["max_tokens"])])
    keep_trajectories(system, lab, seen, labels)
    speeds = SPEEDS if len(package.exits) > 1 else [0]
    parts = [package.manifest["embeddings"], *package.manifest["layers"], *filter(None, package.manifest["exits"])]
    common = {
        "system": system.system, "variant": system.variant, "seed": lab.seed, "trainRows": len(lab.train),
        "parameters": sum(p.numel() for p in model.parameters()) + model.embeddings.words.numel()
        + model.embeddings.positions.numel() + 2 * model.arch.hidden_size,
        "megabytes": round(sum(part["bytes"] for part in parts) / 1e6, 2),
    }
    result = []
    for speed in speeds:
        leaving = seen.exits_at(speed)
        depth = seen.numbers[leaving]
        right = int((seen.predictions[leaving, np.arange(len(texts))] == np.array(labels)).sum())
        ours, paper = text_macs(model.arch, tokens, depth)
        result.append(common | {
            "speed": speed if len(speeds) > 1 else None,
            "accuracy": round(right / len(texts), 5),
            "interval": [round(end, 5) for end in wilson(right, len(texts))],
            "meanDepth": round(float(depth.mean()), 4),
            "macs": round(ours), "macsPaper": round(paper), "msWasm": None,
        })
    return result


def keep_trajectories(system: System, lab: Lab, seen: Trajectories, labels: list[int]) -> None:
    """The test set's logits, outside git, for the study of gates and of uncertainty."""
    np.savez_compressed(lab.folder / f"{system.name}-test.npz", logits=seen.logits.astype(np.float32),
                        numbers=seen.numbers, labels=np.array(labels))


def add_rows(path: Path, rows: list[dict]) -> None:
    """Puts rows into the table; those of the same system, variant, seed and number of training rows go."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    key = lambda row: tuple(row[k] for k in ("system", "variant", "seed", "trainRows"))  # noqa: E731
    new = {key(row) for row in rows}
    table = [row for row in old if key(row) not in new] + rows
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(row) for row in table)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
