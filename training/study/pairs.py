"""What may be had of a set of pairs without reading the two texts together.

    python -m training.study.pairs --train DATA/lcqmc/train.tsv --test DATA/lcqmc/test.tsv

Says how often two rules are right, each chosen on the training rows alone: whether the two texts share more than some
part of their characters and pairs of characters (Jaccard's index); and a linear model of the first text alone, its
pieces of one to three characters, on a tenth of the training rows that it did not see, and on the test rows. Where the
second is far from chance, labels go with how a text is written, and a dev set of the same rows promises too much.
"""

import argparse
from pathlib import Path
from zlib import crc32

import numpy as np
import torch

from ..data import Labelled, read_tsv

SPACE = 1 << 18
"""Numbers that pieces are hashed to."""
STEPS, RATE = 40, 0.3
DEV_SHARE = 0.1


def overlap(rows: Labelled) -> np.ndarray:
    """Jaccard's index of characters and pairs of them, by row."""
    def pieces(text: str) -> set[str]:
        return set(text) | {text[at : at + 2] for at in range(len(text) - 1)}

    both = [(pieces(one), pieces(other)) for one, other in rows.texts]
    return np.array([len(a & b) / len(a | b) for a, b in both])


def first_texts(rows: Labelled) -> tuple[torch.Tensor, torch.Tensor]:
    """Hashed pieces of the first texts, one after another, and where each text's begin."""
    found, starts = [], []
    for text, _ in rows.texts:
        starts.append(len(found))
        whole = f"^{text}$"
        found += [crc32(whole[at : at + size].encode()) % SPACE for size in (1, 2, 3) for at in range(len(whole) - size + 1)]
    return torch.tensor(found), torch.tensor(starts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--test", type=Path, required=True)
    given = parser.parse_args()
    train, test = (read_tsv(path, ["0", "1"]) for path in (given.train, given.test))

    shares = np.linspace(0, 1, 101)
    known, gold = overlap(train), np.array(train.labels) == 1
    right = [((known > share) == gold).mean() for share in shares]
    share = shares[int(np.argmax(right))]
    on_test = ((overlap(test) > share) == (np.array(test.labels) == 1)).mean()
    print(f"overlap above {share:.2f}: right on {100 * max(right):.1f} % of {len(train)} to learn from, {100 * on_test:.1f} % of {len(test)}")

    order = np.random.default_rng(0).permutation(len(train))
    kept = round(DEV_SHARE * len(train))
    learnt, dev = train.some(order[kept:].tolist()), train.some(order[:kept].tolist())
    torch.manual_seed(0)
    model = torch.nn.EmbeddingBag(SPACE, 1, mode="mean")
    torch.nn.init.zeros_(model.weight)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    pieces, wanted = first_texts(learnt), torch.tensor(learnt.labels, dtype=torch.float)
    for _ in range(STEPS):
        optimiser.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(model(*pieces)[:, 0], wanted).backward()
        optimiser.step()
    for name, rows in (("dev", dev), ("test", test)):
        alone = ((model(*first_texts(rows))[:, 0] > 0) == (torch.tensor(rows.labels) == 1)).float().mean().item()
        print(f"the first text alone: right on {100 * alone:.1f} % of {name}, n = {len(rows)}")


if __name__ == "__main__":
    main()
