"""Heads in closed form on an encoder that stays as it is, for few rows: what pages do by `teach()`.

The same method as in `workers/taught/`, where each part says why: a shrunken linear discriminant on every pooled hidden
state, naive Bayes on word pieces, and exits that add up opinions, all chosen by leave-one-out.

Shapes: n texts of N labels, hidden states 0 to L of width H.
"""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .calibrate import calibrate
from .data import Task
from .general import TEXTS, encoder_package
from .package import SINGLE_LABEL, UNCERTAINTY_CLASSES, Package, batches_of_one_length, put_shared
from .place import beside
from .shards import Shard, matrix, pack
from .taught import pooled_states
from .texts import Encoded, encode

SHRINKAGES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95)
PRIORS = (0.03, 0.1, 0.3, 1.0)
ENOUGH_FOR_WORDS, ENOUGH_A_LABEL = 100, 5
"""Texts, in all and a label, from which on their words are counted in."""
PULL = 10
MOST_TO_SMOOTH = 500
"""Rows by which it is seen which features of the hidden states are outliers."""


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def sharpen(logits: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The factor of least log loss of logits [n, N], as if one text of n + 2 had another label; and that loss."""
    n, classes = logits.shape
    own = logits[np.arange(n), labels]
    doubt = 1 / (n + 2)
    wanted = (1 - doubt) * own + doubt * (logits.sum(1) - own) / (classes - 1)

    def loss(power: float) -> float:
        scaled = logits * np.exp(power)
        most = scaled.max(1)
        return float((np.log(np.exp(scaled - most[:, None]).sum(1)) + most - wanted * np.exp(power)).mean())

    low, high, golden = -4.0, 8.0, (5**0.5 - 1) / 2
    while high - low > 0.02:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    power = (low + high) / 2
    return float(np.exp(power)), loss(power)


def discriminant(x: np.ndarray, labels: np.ndarray, classes: int, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of pooled states [n, H]: weights [N, H] and bias [N] of the logits, and log-probabilities of each text by the others
    [n, N]. rows: texts that their label has others of."""
    n, width = x.shape
    centre = x.mean(0)
    x = x - centre
    counts = np.bincount(labels, minlength=classes).astype(float)
    means = np.stack([x[labels == label].mean(0) for label in range(classes)])
    residuals = x - means[labels]
    freedom = max(1, n - classes)
    spread, axes = np.linalg.eigh(residuals.T @ residuals / freedom)
    spread = spread.clip(0)
    variance = spread.sum() / width or 1.0
    z, mu, r = x @ axes, means @ axes, residuals @ axes
    count, at = counts[labels], np.arange(n)
    others = np.maximum(count - 1, 1)
    best = None
    for share in SHRINKAGES:
        inverse = 1 / ((1 - share) * spread + share * variance)
        solved = mu * inverse
        xm, rm, mm = z @ solved.T, r @ solved.T, (mu * solved).sum(1)
        xr, rr = (z * inverse * r).sum(1), (r * inverse * r).sum(1)
        downdate = np.where(count > 1, (1 - share) / freedom * count / others, 0)
        q = downdate / np.maximum(1 - downdate * rr, 1e-9)
        said = xm + (q * xr)[:, None] * rm - 0.5 * (mm + q[:, None] * rm**2)
        s = np.where(count > 1, 1 / others, 0)
        own_rm = rm[at, labels] - s * rr
        own_mm = mm[labels] + s * (s * rr - 2 * rm[at, labels])
        said[at, labels] = xm[at, labels] - s * xr + q * xr * own_rm - 0.5 * (own_mm + q * own_rm**2)
        factor, loss = sharpen(said[rows], labels[rows])
        if best is None or loss < best[0]:
            best = loss, factor, said, solved, mm
    _, factor, said, solved, mm = best
    weights = solved @ axes.T * factor
    return weights, -0.5 * mm * factor - weights @ centre, log_softmax(said * factor)


@dataclass
class WordCounts:
    """How many texts of each label a word piece stands in [V, N], by its row."""

    rows: dict[int, int]
    counts: np.ndarray
    prior: float
    factor: float


def count_words(texts: list[set[int]], labels: np.ndarray, classes: int, rows: np.ndarray) -> tuple[WordCounts, np.ndarray]:
    """Counts, and log-probabilities of each text by the others [n, N]. texts: the pieces of each."""
    places = {piece: row for row, piece in enumerate(sorted(set().union(*texts)))}
    counts = np.zeros((len(places), classes))
    at = [np.array([places[piece] for piece in text], int) for text in texts]
    for text, label in zip(at, labels):
        counts[text, label] += 1
    totals, best = counts.sum(0), None
    for prior in PRIORS:
        said = np.zeros((len(texts), classes))
        for number, (text, label) in enumerate(zip(at, labels)):
            own = np.eye(classes)[label]
            chances = np.log(counts[text] - own + prior) - np.log(totals - len(text) * own + prior * len(places))
            said[number] = chances.sum(0) / max(1, len(text)) ** 0.5
        factor, loss = sharpen(said[rows], labels[rows])
        if best is None or loss < best[0]:
            best = loss, prior, factor, said
    _, prior, factor, said = best
    return WordCounts(places, counts, prior, factor), log_softmax(said * factor)


def mix(opinions: list[np.ndarray], labels: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Weights [m] of opinions [m][n, N] by which their sum has the least log loss; none is negative, and all are drawn to
    equal ones. By Newton's steps."""
    said, right = np.stack([opinion[rows] for opinion in opinions]), labels[rows]
    size, n = said.shape[:2]
    own, equal, pull = said[:, np.arange(n), right], np.full(size, 1 / size), PULL / n

    def loss(weights: np.ndarray) -> float:
        return -log_softmax(np.tensordot(weights, said, 1))[np.arange(n), right].mean() + pull * ((weights - equal) ** 2).sum()

    weights, at = equal, loss(equal)
    for _ in range(50):
        chances = np.exp(log_softmax(np.tensordot(weights, said, 1)))
        means = (said * chances).sum(2)
        gradient = (means - own).mean(1) + 2 * pull * (weights - equal)
        curvature = (np.einsum("ank,bnk,nk->ab", said, said, chances) - means @ means.T) / n + 2 * pull * np.eye(size)
        free = (weights > 0) | (gradient < 0)
        step = np.zeros(size)
        step[free] = np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
        length, tried, further = 1.0, weights, np.inf
        while length > 1e-4 and further > at:
            tried = np.maximum(0, weights - length * step)
            further, length = loss(tried), length / 2
        if not at - further > 1e-7:
            break
        weights, at = tried, further
    return weights


@dataclass
class Heads:
    """exits: weights [N, H], bias [N] and mix of each. seconds: what it took."""

    exits: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
    words: WordCounts | None
    seconds: float


def fit_heads(states: np.ndarray, ids: list[list[int]], labels: np.ndarray, classes: int) -> Heads:
    """states: pooled, of length 1 [L + 1, n, H]; ids: the texts' tokens; every label has texts."""
    start = time.monotonic()
    rows = np.flatnonzero(np.bincount(labels, minlength=classes)[labels] > 1)
    opinions, words = [], None
    if len(labels) >= max(ENOUGH_FOR_WORDS, ENOUGH_A_LABEL * classes):
        words, said = count_words([set(tokens[1:-1]) for tokens in ids], labels, classes, rows)
        opinions.append(said)
    exits = []
    for state in states:
        weights, bias, said = discriminant(state, labels, classes, rows)
        opinions.append(said)
        exits.append((weights, bias, mix(opinions, labels, rows)))
    return Heads(exits, words, time.monotonic() - start)


def exit_shard(weights: np.ndarray, bias: np.ndarray, mixed: np.ndarray) -> Shard:
    """What is the same for all labels is taken out: it says nothing."""
    parts = matrix("head", (weights - weights.mean(0)).T.astype(np.float32), bias - bias.mean())
    return pack(parts | {"mix": mixed.astype(np.float32)})


def words_shard(words: WordCounts) -> Shard:
    pieces = sorted(words.rows)
    counts = words.counts[[words.rows[piece] for piece in pieces]]
    at, label = np.nonzero(counts)
    return pack({
        "sizes": np.array([len(pieces), len(label)], np.uint32), "settings": np.array([words.prior, words.factor], np.float32),
        "ids": np.array(pieces, np.uint32), "ends": np.cumsum(np.bincount(at, minlength=len(pieces))).astype(np.uint32),
        "labels": label.astype(np.uint16), "counts": counts[at, label].astype(np.uint16),
    })


def pooled(package: Package, found: Encoded) -> np.ndarray:
    """Of n texts every hidden state, pooled [L + 1, n, H]."""
    states = np.zeros((len(package.layers) + 1, len(found.ids), package.arch.hidden_size))
    for rows in batches_of_one_length(found.ids):
        texts = found.some(rows)
        for number, state in enumerate(pooled_states(texts.ids, package.hidden_states(texts), package.arch.first_word)):
            states[number, rows] = state
    return states


def make(backbone: Path | None, task: Task, source: str, name: str, folder: Path) -> tuple[Package, float]:
    """A package of the encoder with heads learnt from the task's training rows, into an empty folder and the one for shards
    beside it, but for what `calibrate` writes; and the seconds that heads took.

    backbone: a folder as transformers saves it, or None for all-MiniLM-L6-v2, whose layers are then those of `general`;
    source: what the rows are called."""
    encoder = encoder_package(backbone, task.train.texts[:MOST_TO_SMOOTH] if backbone else TEXTS, name, folder)
    found = encode(encoder.tokenizer, task.train.texts, encoder.manifest["max_tokens"])
    heads = fit_heads(pooled(encoder, found), found.ids, np.array(task.train.labels), len(task.names))
    manifest = {key: value for key, value in encoder.manifest.items() if key != "kind"} | {
        "architecture": encoder.manifest["architecture"] | {"exit_kind": "discriminant"},
        "problem_type": SINGLE_LABEL,
        "labels": task.names,
        "uncertainty_classes": min(UNCERTAINTY_CLASSES, len(task.names)),
        "license": "other",
        "training": encoder.manifest["training"] | {"recipe": "fit --recipe closed", "task": source, "rows": len(task.train)},
        "exits": [put_shared(exit_shard(*head).data, folder, "bin") for head in heads.exits],
    }
    if heads.words:
        manifest["words"] = put_shared(words_shard(heads.words).data, folder, "bin")
    return Package(folder, manifest), heads.seconds


def fit_closed(backbone: Path | None, task: Task, source: str, folder: Path) -> tuple[Package, float]:
    """As `make`, whole: measured on the task's dev rows, and put into `folder`."""
    with beside(folder) as place:
        package, seconds = make(backbone, task, source, folder.name, place)
        calibrate(package, task.dev)
    package.folder = folder
    return package, seconds


def refusal(task: Task) -> str:
    """Why there can be no heads in closed form, or nothing."""
    if task.train.sets:
        return "a text has one label there, not any number"
    if task.train.pairs:
        return "it reads single texts, not pairs"
    if sum(count > 1 for count in Counter(task.train.labels).values()) < 2:
        return "it takes two labels with two training rows each"
    return ""
