"""Ways to read less of a long text, at equal work, on labelled texts that a package reads in windows.

    python -m training.study.reading_less --model public/models/imdb --data test.tsv --rows 1000

- all windows: all go through a layer together, their logits add up, and the text leaves as a whole (what ships);
- fewer windows: from layer 1 on only some, the last first, then the first, then from the end on; or, layer by layer, a
  share of those left over: of which the exit is most, or least, certain. What the others said so far still counts;
- one window after another, each through so many layers: exit 0 speaks for those that are not read yet;
- fewer tokens: behind each exit, of each window only the share of tokens goes on to which that exit pays most attention.

Work is layers times tokens, as a share of all layers on all tokens; each way's logits get one temperature an exit, and for
each amount of work the best accuracy that a threshold gives within it is told (of thresholds 0, 0.01, …: no curve is
favoured by its scale). Numbers say what may be won, not what ships: nothing is chosen here on other texts.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..package import Package, batches_of_one_length, normalised_entropy, softmax
from ..texts import Encoded, encode, parted

WORK = (0.05, 0.08, 0.12, 0.17, 0.25, 0.33, 0.5)


class Windows:
    """M windows of n texts: logits [E, M, N], owners [M], tokens [M], rank [M] in the order that they are read one by one."""

    def __init__(self, package: Package, texts: list[str], window: int):
        found = encode(package.tokenizer, texts, window, 10_000)
        self.owners = np.repeat(np.arange(len(texts)), [len(w) for w in found.windows])
        self.read = Encoded([w for ids, sizes in zip(found.ids, found.windows) for w in parted(ids, sizes)])
        self.tokens = np.array([len(ids) for ids in self.read.ids])
        counts = np.bincount(self.owners)
        place = np.concatenate([np.arange(count) for count in counts])
        from_end = counts[self.owners] - 1 - place
        self.rank = np.where(from_end == 0, 0, np.where(place == 0, 1, 1 + from_end))
        self.package = package
        self.depth = len(package.layers)

    @torch.inference_mode()
    def run(self, kept: float) -> tuple[np.ndarray, np.ndarray]:
        """Every exit's logits [L + 1, M, N], and tokens that went through each layer [L + 1, M], if behind each exit the
        share `kept` of a window's tokens goes on: [CLS], and those that the exit asks most."""
        package = self.package
        logits = np.zeros((self.depth + 1, len(self.tokens), len(package.labels)), np.float32)
        tokens = np.zeros((self.depth + 1, len(self.tokens)))
        for rows in batches_of_one_length(self.read.ids):
            texts = self.read.some(rows)
            hidden = package.embed(texts)
            for number in range(self.depth + 1):
                if number:
                    tokens[number, rows] = hidden.shape[1]
                    hidden = package.layers[number - 1](hidden)
                logits[number, rows] = package.exits[number](hidden).numpy()
                if number == 0 and package.ngrams:
                    logits[0, rows] += package.ngrams(texts.ids)
                hidden = some_tokens(package, number, hidden, kept)
        return logits, tokens


def some_tokens(package: Package, number: int, hidden: Tensor, kept: float) -> Tensor:
    """Of [n, T, H] the share of tokens that the exit pays most attention to, in their order; [CLS] always."""
    if kept == 1:
        return hidden
    count = max(2, round(kept * hidden.shape[1]))
    attention = package.exits[number].attention(hidden).sum(1)  # [n, T]
    attention[:, 0] = torch.inf
    places = attention.topk(min(count, hidden.shape[1]), dim=1).indices.sort(1).values
    return hidden.gather(1, places[..., None].expand(-1, -1, hidden.shape[2]))


class Curve:
    """Steps of one way: at each, what is believed of the n texts [n, N] and what was spent on each till then [n]."""

    def __init__(self, gold: np.ndarray, whole: float):
        self.gold, self.whole = gold, whole
        self.answers: list[np.ndarray] = []
        self.uncertainties: list[np.ndarray] = []
        self.spent: list[np.ndarray] = []

    def add(self, logits: np.ndarray, spent: np.ndarray) -> None:
        self.answers.append(logits.argmax(-1))
        self.uncertainties.append(normalised_entropy(softmax(logits / temperature(logits, self.gold))))
        self.spent.append(spent / self.whole)

    def at(self, work: tuple[float, ...]) -> list[float]:
        """The best accuracy within each amount of work."""
        answers, u, spent = map(np.stack, (self.answers, self.uncertainties, self.spent))
        texts, points = np.arange(len(self.gold)), []
        for threshold in np.arange(0, 1, 0.01):
            leaves = u < threshold
            leaves[-1] = True
            at = leaves.argmax(0)
            points.append((spent[at, texts].mean(), (answers[at, texts] == self.gold).mean()))
        return [max((right for spent, right in points if spent <= most), default=np.nan) for most in work]


def temperature(logits: np.ndarray, gold: np.ndarray) -> float:
    def loss(value: float) -> float:
        return -np.log(softmax(logits / value)[np.arange(len(gold)), gold] + 1e-12).mean()

    return min(np.geomspace(0.2, 20, 60), key=loss)


def layer_by_layer(windows: Windows, logits: np.ndarray, tokens: np.ndarray, curve: Curve,
                   goes_on: Callable[[int, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """goes_on: of a layer, the logits so far [M, N] and the windows that go on till now [M] which go on through the layer [M]."""
    texts, said, on = len(curve.gold), logits[0].copy(), np.ones(len(windows.owners), bool)
    spent = np.zeros(texts)
    for number in range(windows.depth + 1):
        if number:
            on = on & goes_on(number, said, on)
            said = np.where(on[:, None], logits[number], said)
            spent = spent + np.bincount(windows.owners, on * tokens[number], texts)
        curve.add(summed(said, windows.owners, texts), spent)


def one_by_one(windows: Windows, logits: np.ndarray, tokens: np.ndarray, curve: Curve, depth: int) -> None:
    texts, said, spent = len(curve.gold), logits[0].copy(), np.zeros(len(curve.gold))
    curve.add(summed(said, windows.owners, texts), spent)
    for rank in range(windows.rank.max() + 1):
        now = windows.rank == rank
        for number in range(1, depth + 1):
            said[now] = logits[number, now]
            spent = spent + np.bincount(windows.owners, now * tokens[number], texts)
            curve.add(summed(said, windows.owners, texts), spent)


def summed(logits: np.ndarray, owners: np.ndarray, texts: int) -> np.ndarray:
    total = np.zeros((texts, logits.shape[1]))
    np.add.at(total, owners, logits)
    return total


def shares(windows: Windows, share: float, sign: int) -> Callable[[int, np.ndarray, np.ndarray], np.ndarray]:
    """Of the windows that are left, the share of which the exit before is most certain (sign 1), or least (-1)."""

    def goes_on(_: int, said: np.ndarray, on: np.ndarray) -> np.ndarray:
        certain = -sign * normalised_entropy(softmax(said))
        return certain >= np.quantile(certain[on], 1 - share)

    return goes_on


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="labelled texts; not those of a test that is still to be read")
    parser.add_argument("--rows", type=int, default=1000, help="a seeded choice of so many")
    parser.add_argument("--window", type=int, default=64, help="tokens")
    given = parser.parse_args()

    package = Package.open(given.model)
    rows = package.rows(given.data)
    rows = rows.some(sorted(np.random.default_rng(0).permutation(len(rows))[: given.rows].tolist()))
    windows, gold = Windows(package, rows.texts, given.window), np.array(rows.labels)
    whole = windows.depth * windows.tokens.sum() / len(gold)
    print(f"{len(gold)} texts, {len(windows.owners)} windows of {windows.tokens.mean():.1f} tokens on average")
    print("| way | " + " | ".join(f"{100 * share:g} %" for share in WORK) + " | everything |")
    print("|" + "---|" * (len(WORK) + 2))

    def tell(way: str, run: Callable[[Curve], None]) -> None:
        curve = Curve(gold, whole)
        run(curve)
        last = (curve.answers[-1] == gold).mean()
        print(f"| {way} | " + " | ".join(f"{100 * right:.1f}" for right in [*curve.at(WORK), last]) + " |", flush=True)

    logits, tokens = windows.run(1)
    always = lambda number, said, on: on  # noqa: E731
    tell("all windows", lambda curve: layer_by_layer(windows, logits, tokens, curve, always))
    for count in (1, 2, 3):
        tell(f"{count} of the windows", lambda curve: layer_by_layer(windows, logits, tokens, curve, lambda *_: windows.rank < count))
    for share in (0.9, 0.8):
        for name, sign in (("most", 1), ("least", -1)):
            tell(f"the {share:.0%} of windows that are {name} certain", lambda curve: layer_by_layer(windows, logits, tokens, curve, shares(windows, share, sign)))
    for depth in sorted({windows.depth // 2, windows.depth}):
        tell(f"one window after another, {depth} layers each", lambda curve: one_by_one(windows, logits, tokens, curve, depth))
    for share in (0.9, 0.8, 0.6):
        fewer, left = windows.run(share)
        tell(f"{share:.0%} of the tokens behind each exit", lambda curve: layer_by_layer(windows, fewer, left, curve, always))


if __name__ == "__main__":
    main()
