"""The rows of `training/results/TASK.json`: every system as an int8 package, on the test set."""

import json
from pathlib import Path

import numpy as np

from ..card import SPEEDS, curve
from ..data import read_tsv
from ..evaluate import wilson
from ..export import export
from ..model import Architecture, EarlyExitModel
from ..package import Package, Trajectories, trajectories_of, weight_bytes
from ..recipe import backbone_folder, tokenizer_config
from ..train import predict
from .lab import Lab
from .results import RESULTS
from .systems import System

PADDED = 128
"""Tokens of a text as the FastBERT paper counts: all are padded to this."""


def layer_macs(arch: Architecture, tokens: np.ndarray, attention: bool) -> np.ndarray:
    """Multiply-adds of one layer; attention: with its two products, which the paper leaves out."""
    a, h, f = arch.attention_size, arch.hidden_size, arch.intermediate_size
    return tokens * (4 * h * a + 2 * h * f) + (2 * tokens**2 * a if attention else 0)


def paper_exit_macs(arch: Architecture) -> int:
    """Multiply-adds of FastBERT's exit as its paper counts them: every token asks (Table 1)."""
    h, s = arch.hidden_size, arch.exit_size
    return PADDED * (h * s + 4 * s * s) + s * s + s * arch.num_labels


def text_macs(model: EarlyExitModel, tokens: np.ndarray, depth: np.ndarray) -> tuple[float, float]:
    """Mean over texts, of `tokens` [n] and leaving at hidden state `depth` [n]: ours and the paper's."""
    arch, gates = model.arch, np.zeros(len(depth))
    ours = depth * layer_macs(arch, tokens, attention=True)
    for number, head in model.exits.items():
        passed = depth >= int(number)
        ours = ours + passed * head.macs(tokens)
        gates += passed
    paper = depth * layer_macs(arch, np.array(PADDED), attention=False) + gates * paper_exit_macs(arch)
    return float(ours.mean()), float(paper.mean())


def package_of(system: System, lab: Lab, model: EarlyExitModel) -> Package:
    """The system's package, beside those of the others; made again only where it is missing."""
    folder = lab.folder / "packages" / system.name
    if (folder / "manifest.json").exists():
        return Package(folder)
    _, tokenizer, config = lab.untrained
    recipe = lab.settings | {"recipe": f"compare/{lab.settings['name']}", "seed": lab.seed, "package": system.name,
                             "labels": lab.task.names, "stages": [lab.settings["stage"]]}
    return export(model, tokenizer, recipe, config, tokenizer_config(backbone_folder(lab.settings)), lab.task.dev, folder)


def rows_of(system: System, lab: Lab, test: Path) -> list[dict]:
    """One row, or one a speed where texts may leave early. The test texts are read here, once."""
    model = system.make(lab)
    rows = read_tsv(test, lab.task.names)
    _, tokenizer, _ = lab.untrained
    texts = rows.encoded(tokenizer, lab.settings["max_tokens"])
    tokens, gold = np.array([len(ids) for ids in texts.ids]), np.array(rows.labels)
    if system.packaged:
        package = package_of(system, lab, model)
        seen = package.trajectories(rows.texts)
        dev = json.loads((package.folder / "calibration.json").read_text(encoding="utf-8"))
        megabytes = round(weight_bytes(package.manifest) / 1e6, 2)
    else:
        exits = np.array(model.arch.exits)
        seen = Trajectories(predict(model, texts).numpy(), exits)
        dev = trajectories_of(Trajectories(predict(model, lab.dev).numpy(), exits), lab.task.dev.labels, "dev")
        megabytes = round(4 * parameters(model) / 1e6, 2)
    if system.studied and lab.is_whole:
        keep_trajectories(system, lab, dev, trajectories_of(seen, rows.labels, test.name))
    early = len(seen.numbers) > 1
    result = []
    speeds = SPEEDS if early else [0]
    for speed, (_, dev_accuracy, _, dev_depth) in zip(speeds, curve(dev, speeds)):
        said, depth = seen.answers(seen.exits_at(speed))
        right = int((said == gold).sum())
        ours, paper = text_macs(model, tokens, depth)
        result.append({
            "system": system.system, "variant": system.variant, "package": system.name,
            "seed": lab.seed, "trainRows": len(lab.train),
            "speed": speed if early else None,
            "accuracy": round(right / len(gold), 5),
            "interval": [round(end, 5) for end in wilson(right, len(gold))],
            "meanDepth": round(float(depth.mean()), 4),
            "devAccuracy": round(dev_accuracy, 5), "devMeanDepth": round(dev_depth, 4),
            "parameters": parameters(model), "megabytes": megabytes,
            "macs": round(ours), "macsPaper": round(paper), "msWasm": None,
        })
    return result


def parameters(model: EarlyExitModel) -> int:
    """Of layers, exits and the frozen embeddings, which are buffers here."""
    return sum(p.numel() for p in (*model.parameters(), *model.embeddings.buffers()))


def keep_trajectories(system: System, lab: Lab, dev: dict, test: dict) -> None:
    """What every exit said of dev and test texts, for the study of exits and thresholds."""
    path = RESULTS / f"{lab.settings['name']}-{system.system}-trajectories.json"
    path.write_text(json.dumps({"dev": dev, "test": test}, separators=(",", ":")), encoding="utf-8")


def is_measured(table: list[dict], system: System, lab: Lab) -> bool:
    wanted = (system.system, system.variant, lab.seed, len(lab.train))
    return any((row["system"], row["variant"], row["seed"], row["trainRows"]) == wanted for row in table)
