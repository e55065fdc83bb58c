"""Reads a model package and runs it in ONNX Runtime: what the browser does, in Python.

Uses the package's own files alone (manifest, shards, WASM templates), so that its figures are
those of the package and not of the checkpoint it was made from.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from tokenizers import Tokenizer

from .data import LabelSets
from .quantise import levels

SINGLE_LABEL, MULTI_LABEL = "single_label_classification", "multi_label_classification"
"""A package's `problem_type`, as config.json calls it: a text has one class, or any number of labels."""


class PackageError(ValueError):
    """A package whose files do not say what they must."""


def read_part(folder: Path, part: dict) -> bytes:
    """A part's bytes, checked against the size and hash that the manifest gives."""
    path = folder / part["file"]
    if not path.exists():
        raise PackageError(f"{path} is missing; export the package again")
    data = path.read_bytes()
    if len(data) != part["bytes"] or hashlib.sha256(data).hexdigest() != part["sha256"]:
        raise PackageError(f"{path} is not the file that manifest.json names; export the package again")
    return data


def session(template: bytes, shards: dict[str, bytes]) -> ort.InferenceSession:
    """A session of a template with its shards, by the names that the template calls them."""
    model = onnx.load_model_from_string(template)
    for tensor in model.graph.initializer:
        if tensor.data_location != onnx.TensorProto.EXTERNAL:
            continue
        place = {e.key: e.value for e in tensor.external_data}
        start, length = int(place["offset"]), int(place["length"])
        tensor.raw_data = shards[place["location"]][start : start + length]
        tensor.data_location = onnx.TensorProto.DEFAULT
        del tensor.external_data[:]
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Otherwise ORT turns float products of dequantised weights into its own integer ones.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def exits_at(uncertainties: np.ndarray, speed: float) -> np.ndarray:
    """Which of E exits each text leaves at [n], of U [E, n]: the first with U < speed, strictly, or the last."""
    leaves = uncertainties < speed
    leaves[-1] = True
    return leaves.argmax(0)


UNCERTAINTY_CLASSES = 5
"""Of new packages: an even spread over so many classes counts as wholly uncertain. Over all 150 of
CLINC150, every useful speed would lie under 0.2."""


def normalised_entropy(probabilities: np.ndarray, classes: int | None = None) -> np.ndarray:
    """In [0, 1] (FastBERT, Liu et al., 2020, equation 6): [E, n, N] → [E, n].

    classes: the number of them whose even spread is 1, if not all N; what is beyond counts as 1 too.
    """
    p = probabilities.astype(np.float64)
    entropy = -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(-1)
    return np.clip(entropy / np.log(min(classes or p.shape[-1], p.shape[-1])), 0, 1)


def weight_bytes(manifest: dict) -> int:
    """Of embeddings, layers and exits: what a browser that needs them all downloads."""
    return sum(part["bytes"] for part in (manifest["embeddings"], *manifest["layers"], *manifest["exits"]) if part)


@dataclass
class Trajectories:
    """Every exit's logits for every text [E, n, N], and the numbers of the exits [E]. sets: of a
    multi-label task."""

    logits: np.ndarray
    numbers: np.ndarray
    uncertainty_classes: int = UNCERTAINTY_CLASSES
    sets: LabelSets | None = None

    def by_hidden_state(self, rows: list) -> list:
        """Rows [E] as [L + 1], None for a hidden state without an exit."""
        return [rows[list(self.numbers).index(n)] if n in self.numbers else None for n in range(self.numbers[-1] + 1)]

    @property
    def probabilities(self) -> np.ndarray:
        """Of classes, or of labels that are each right or not [E, n, N]."""
        if self.sets:
            return 1 / (1 + np.exp(-self.logits))
        powers = np.exp(self.logits - self.logits.max(-1, keepdims=True))
        return powers / powers.sum(-1, keepdims=True)

    @property
    def uncertainties(self) -> np.ndarray:
        """Normalised entropy [E, n]; of a multi-label task, that of the label which is least certain."""
        if self.sets:
            p = self.probabilities
            return normalised_entropy(np.stack([1 - p, p], -1)).max(-1)
        return normalised_entropy(self.probabilities, self.uncertainty_classes)

    @property
    def predictions(self) -> np.ndarray:
        """The class of highest logit [E, n], or the number of the set of all labels whose logit is above 0."""
        if self.sets:
            return self.sets.numbers_of(self.logits > 0)
        return self.logits.argmax(-1)

    def exits_at(self, speed: float) -> np.ndarray:
        return exits_at(self.uncertainties, speed)

    def answers(self, leaving: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(class, number of the exit) of each text [n], of which of the E exits each leaves at [n]."""
        return self.predictions[leaving, np.arange(len(leaving))], self.numbers[leaving]


def trajectories_of(seen: Trajectories, labels: list[int], split: str) -> dict:
    """What `calibration.json` holds: no texts, only what each exit said and how
    sure it was; null for a hidden state without an exit."""
    predictions = seen.predictions.tolist()
    return {
        "split": split,
        "n": len(labels),
        **({"label_sets": seen.sets.table} if seen.sets else {}),
        "labels": labels,
        "predictions": seen.by_hidden_state(predictions),
        "uncertainties": seen.by_hidden_state([[round(float(u), 5) for u in row] for row in seen.uncertainties]),
    }


class Package:
    """An opened package; `manifest`, and its task's `sets`, are given while it is being made and not yet written."""

    def __init__(self, folder: Path, manifest: dict | None = None, sets: LabelSets | None = None):
        self.folder = folder
        self.manifest = manifest or json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        parts = self.manifest
        self.sets = sets or (LabelSets(len(parts["labels"])) if parts["problem_type"] == MULTI_LABEL else None)
        self.tokenizer = Tokenizer.from_str(read_part(folder, parts["tokenizer"]).decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(parts["max_tokens"])
        self.table = self.read_embeddings()
        wasm = {name: read_part(folder, part) for name, part in parts["templates"]["wasm"].items()}
        exits = [part and read_part(folder, part) for part in parts["exits"]]
        self.exits = np.array([number for number, shard in enumerate(exits) if shard])
        layers = [read_part(folder, part) for part in parts["layers"]]
        self.stages = [session(wasm["exit"], {"exit": exits[0]})] if exits[0] else []
        self.stages += [
            session(wasm["layer_exit"], {"layer": layer, "exit": head}) if head else session(wasm["layer"], {"layer": layer})
            for layer, head in zip(layers, exits[1:])
        ]

    def read_embeddings(self) -> dict[str, np.ndarray]:
        """Rows of words [V, H] and positions [P, H] as floats, and the norm's weight and bias [H]."""
        part = self.manifest["embeddings"]
        data = read_part(self.folder, part)
        found = {
            name: np.frombuffer(data, place["type"], int(np.prod(place["shape"])), place["offset"])
            .reshape(place["shape"])
            for name, place in part["tensors"].items()
        }
        common, scales = len(found["words"]), found["word_scales"]
        halves = np.stack([found["rare_words"] & 15, found["rare_words"] >> 4], -1)
        rare = levels(halves.reshape(len(halves), 2 * halves.shape[1]), scales[common:])
        return {
            "words": np.concatenate([found["words"] * scales[:common, None], rare]),
            "positions": found["positions"] * found["position_scales"][:, None],
            "norm_weight": found["norm_weight"], "norm_bias": found["norm_bias"],
        }

    def embed(self, ids: list[int]) -> np.ndarray:
        """Token ids [T] → hidden state 0 [1, T, H]."""
        t = self.table
        summed = t["words"][np.array(ids)] + t["positions"][: len(ids)]
        centred = summed - summed.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + self.manifest["architecture"]["layer_norm_eps"])
        return (centred / spread * t["norm_weight"] + t["norm_bias"])[None].astype(np.float32)

    def logits(self, text: str) -> np.ndarray:
        """Every exit's logits for one text [E, N]."""
        hidden = self.embed(self.tokenizer.encode(text).ids)
        rows = []
        for stage in self.stages:
            names = [output.name for output in stage.get_outputs()]
            given = dict(zip(names, stage.run(names, {"hidden": hidden})))
            hidden = given.get("next_hidden", hidden)
            if "logits" in given:
                rows.append(given["logits"][0])
        return np.stack(rows)

    def trajectories(self, texts: list[str]) -> Trajectories:
        logits = np.stack([self.logits(text) for text in texts], 1)
        return Trajectories(logits, self.exits, self.manifest["uncertainty_classes"], self.sets)
