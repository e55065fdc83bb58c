"""Reads a model package and runs it: what the browser does, in Python.

Uses the package's own files alone (manifest, shards) and the engine's arithmetic, so that its
figures are those of the package and not of the checkpoint it was made from.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .data import Labelled, LabelSets, read_tsv
from .engine import EngineExit, EngineHead, EngineLayer
from .model import Architecture
from .ngrams import EngineNgrams, Shape
from .place import SHARDS
from .quantise import levels
from .shards import Place, places_of, tensors
from .taught import TaughtExit, TaughtExits, Words
from .texts import Encoded, Text, encode, expect_pairs, parted
from .unread import unread
from .unreadable import read_object

FORMAT = "fastbert-web/2"
SINGLE_LABEL, MULTI_LABEL = "single_label_classification", "multi_label_classification"
"""A package's `problem_type`, as config.json calls it: a text has one class, or any number of labels."""
BACKBONE = "backbone"
"""A package's `kind`, of an encoder without labels, exits and calibration."""
BATCH_TOKENS = 4096
"""Of the texts that are run together, at most."""


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


def put(data: bytes, folder: Path, name: str) -> dict:
    """Writes a file of the package's own; gives its manifest entry."""
    (folder / name).write_bytes(data)
    return {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def put_shared(data: bytes, folder: Path, kind: str) -> dict:
    """Writes a file under its content's name, where packages that have it too share it."""
    digest = hashlib.sha256(data).hexdigest()
    (folder.parent / SHARDS / f"{digest[:16]}.{kind}").write_bytes(data)
    return {"file": f"../{SHARDS}/{digest[:16]}.{kind}", "bytes": len(data), "sha256": digest}


def exits_at(uncertainties: np.ndarray, speed: float) -> np.ndarray:
    """Which of E exits each text leaves at [n], of U [E, n]: the first with U < speed, strictly, or the last."""
    leaves = uncertainties < speed
    leaves[-1] = True
    return leaves.argmax(0)


UNCERTAINTY_CLASSES = 5
"""Of new packages: an even spread over so many classes counts as wholly uncertain. Over all 150 of
CLINC150, every useful speed would lie under 0.2."""


def softmax(logits: np.ndarray) -> np.ndarray:
    """[.., N] → [.., N]."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def normalised_entropy(probabilities: np.ndarray, classes: int | None = None) -> np.ndarray:
    """In [0, 1] (FastBERT, Liu et al., 2020, equation 6): [E, n, N] → [E, n].

    classes: the number of them whose even spread is 1, if not all N; what is beyond counts as 1 too.
    """
    p = probabilities.astype(np.float64)
    entropy = -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(-1)
    return np.clip(entropy / np.log(min(classes or p.shape[-1], p.shape[-1])), 0, 1)


def weight_bytes(manifest: dict) -> int:
    """Of embeddings, layers, exits and what goes with them: what a browser that needs them all downloads."""
    parts = (manifest["embeddings"], *manifest["layers"], *manifest.get("exits", []), manifest.get("words"), manifest.get("ngrams"))
    return sum(part["bytes"] for part in parts if part)


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
        return softmax(self.logits)

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


def manifest_in(folder: Path) -> dict:
    path = folder / "manifest.json"
    try:
        return read_object(path)
    except ValueError as error:
        raise PackageError(str(error)) from None


class Package:
    """An opened package; `manifest`, and its task's `sets`, are given while it is being made and not yet written.

    exits: by the number of the hidden state that each sits on.
    """

    @classmethod
    def open(cls, folder: Path) -> "Package":
        """The package in a folder, its shards read, each against its hash. Raises PackageError, which names the file, for one
        that is not whole."""
        try:
            return cls(folder)
        except (KeyError, TypeError, AttributeError) as error:
            raise PackageError(f"{folder / 'manifest.json'} is not as the exporter writes it ({error}); export the package again") from None

    def __init__(self, folder: Path, manifest: dict | None = None, sets: LabelSets | None = None):
        self.folder = folder
        self.manifest = manifest or manifest_in(folder)
        parts = self.manifest
        if parts.get("format") != FORMAT:
            raise PackageError(f"{folder} is of format {parts.get('format')}, read is {FORMAT}; export the package again")
        self.is_backbone = parts.get("kind") == BACKBONE
        self.labels: list[str] = parts.get("labels", [])
        self.sets = sets or (LabelSets(len(self.labels)) if parts.get("problem_type") == MULTI_LABEL else None)
        self.tokenizer = Tokenizer.from_str(read_part(folder, parts["tokenizer"]).decode())
        self.table = self.read_embeddings()
        exits = {number: part for number, part in enumerate(parts.get("exits", [])) if part}
        self.arch = Architecture(**parts["architecture"], num_labels=len(self.labels), exits=tuple(exits))
        places, depth = places_of(self.arch), self.arch.num_hidden_layers
        self.layers = [
            EngineLayer(self.tensors(part, places["layer"]), self.arch) for part in parts["layers"]
        ]
        self.exits: dict[int, EngineExit | EngineHead | TaughtExit]
        self.ngrams = self.read_ngrams(parts["ngrams"]) if parts.get("ngrams") else None
        self.taught = self.read_taught(exits) if self.arch.exit_kind else None
        if self.taught:
            self.exits = dict(enumerate(self.taught.exits))
            return
        self.exits = {
            number: EngineExit(self.tensors(part, places["exit"]), self.arch)
            for number, part in exits.items() if number < depth or not self.arch.head_act
        }
        if self.arch.head_act:
            self.exits[depth] = EngineHead(self.tensors(exits[depth], places["head"]), self.arch)

    def read_taught(self, parts: dict[int, dict]) -> TaughtExits:
        """Of the exits' parts by number; PackageError where a shard is not what the manifest says."""
        classes, words = len(self.labels), self.manifest.get("words")
        try:
            return TaughtExits(
                [TaughtExit(read_part(self.folder, part), self.arch.hidden_size, classes, number + (2 if words else 1))
                 for number, part in parts.items()],
                Words(read_part(self.folder, words), classes) if words else None,
                self.arch.first_word,
            )
        except (ValueError, IndexError) as error:
            raise PackageError(f"{self.folder}: a shard of its taught exits is not what the manifest says ({error})") from None

    def read_ngrams(self, part: dict) -> EngineNgrams:
        shape = Shape(self.arch.vocab_size, len(self.labels), self.sets is not None, part["bits"])
        try:
            return EngineNgrams(read_part(self.folder, part), shape)
        except ValueError as error:
            raise PackageError(f"{self.folder / part['file']}: {error}") from None

    def tensors(self, part: dict, places: dict[str, Place]) -> dict[str, np.ndarray]:
        """Of a layer's or an exit's shard; PackageError where it is not what the manifest says."""
        data = read_part(self.folder, part)
        try:
            return tensors(data, places)
        except ValueError as error:
            raise PackageError(f"{self.folder / part['file']}: {error}") from None

    def read_embeddings(self) -> dict[str, np.ndarray]:
        """Rows of words [V, E] and positions [P, E] as floats, the norm's weight and bias [E]; where E is not the
        width of the layers the matrix [E, H] to them and its bias [H], and where the second text of a pair has a
        type of its own, `types` [E]."""
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
            **{name: found[name] for name in ("norm_weight", "norm_bias", "widen_weight", "widen_bias", "types") if name in found},
        }

    @property
    def pairs(self) -> bool:
        """Whether it reads pairs of texts."""
        return self.manifest.get("text_pair", False)

    def rows(self, path: Path) -> Labelled:
        """Labelled texts of a file; ValueError where its labels or its kind of texts are not the package's."""
        if self.is_backbone:
            raise ValueError(f"{self.folder} has no labels of its own: it is an encoder to be taught, in a page by teach()")
        rows = read_tsv(path, self.labels, self.sets)
        self.expect(rows.texts, path)
        return rows

    def expect(self, texts: list[Text], path: Path) -> None:
        """Raises ValueError where a file's texts are pairs and the package's are not, or the other way round."""
        expect_pairs(texts, self.pairs, path, f"the model {self.manifest['name']}")

    def embed(self, texts: Encoded) -> Tensor:
        """n texts of one length T → hidden state 0 [n, T, H]."""
        table, tokens = self.table, len(texts.ids[0])
        summed = table["words"][np.array(texts.ids)] + table["positions"][:tokens]
        if "types" in table:
            summed += (np.arange(tokens) >= np.array(texts.seconds)[:, None])[..., None] * table["types"]
        summed = torch.from_numpy(summed)
        weight, bias = torch.tensor(table["norm_weight"]), torch.tensor(table["norm_bias"])
        normed = F.layer_norm(summed, summed.shape[-1:], weight, bias, self.arch.layer_norm_eps)
        if "widen_weight" not in table:
            return normed
        return normed @ torch.tensor(table["widen_weight"]) + torch.tensor(table["widen_bias"])

    @torch.inference_mode()
    def hidden_states(self, texts: Encoded) -> Iterator[Tensor]:
        """Hidden states 0 to L [n, T, H] of n texts of one length, one after another."""
        hidden = self.embed(texts)
        yield hidden
        for layer in self.layers:
            hidden = layer(hidden)
            yield hidden

    @torch.inference_mode()
    def logits(self, texts: Encoded) -> np.ndarray:
        """Every exit's logits [E, n, N] for n texts of one length, each in one window."""
        states = self.hidden_states(texts)
        if self.taught:
            return self.taught.logits(texts.ids, states).numpy()
        logits = torch.stack([self.exits[number](hidden) for number, hidden in enumerate(states) if number in self.exits]).numpy()
        if self.ngrams:
            logits[0] += self.ngrams(texts.ids)
        return logits

    def trajectories(self, texts: list[Text]) -> Trajectories:
        """A text, or a window of one, of which nothing could be read is wholly uncertain at every exit: its logits are
        0, not what exits say of unknown words. Those of a text's windows are added up."""
        found = self.encode(texts)
        owners = np.arange(len(texts))
        if found.windows:
            owners = np.repeat(owners, [len(windows) for windows in found.windows])
            found = Encoded([window for ids, windows in zip(found.ids, found.windows) for window in parted(ids, windows)])
        said = np.zeros((len(self.exits), len(owners), len(self.labels)), np.float32)
        for rows in batches_of_one_length(found.ids):
            said[:, rows] = self.logits(found.some(rows))
        said[:, unread(self.tokenizer, found.ids)] = 0
        logits = np.zeros((len(self.exits), len(texts), len(self.labels)), np.float32)
        np.add.at(logits, (slice(None), owners), said)
        return Trajectories(logits, np.array(list(self.exits)), self.manifest["uncertainty_classes"], self.sets)

    def encode(self, texts: list[Text]) -> Encoded:
        """As it reads them: cut to its longest input, or in windows of that."""
        return encode(self.tokenizer, texts, self.manifest["max_tokens"], self.manifest.get("windows", 1))


def batches_of_one_length(ids: list[list[int]]) -> Iterator[list[int]]:
    """The rows of texts that are equally long, shortest first, BATCH_TOKENS at most in each batch."""
    by_length = defaultdict(list)
    for row, tokens in enumerate(ids):
        by_length[len(tokens)].append(row)
    for length, rows in sorted(by_length.items()):
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]
