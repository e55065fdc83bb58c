"""Texts made of others, for a tutor to give its opinion of (TinyBERT, Jiao et al., 2020, section 4.2).

On the texts that they learned from, tutors say little more than the label; on these, which are near
them, they say what else it might be.
"""

import numpy as np
import torch
from torch import Tensor

from .texts import Encoded

NEIGHBOURS = 8


def augmented(texts: Encoded, words: Tensor, count: int, replaced: float, spliced: float, seed: int) -> Encoded:
    """`count` new texts, or pairs.

    words: word vectors [V, H]. replaced: the share of tokens that give way to one of their nearest in
    `words`. spliced: the share of texts that are the beginning of one and the end of another; of pairs, the
    first text of one and the second of another.
    """
    ids, seconds = texts.ids, texts.seconds

    def halves(row: int) -> tuple[list[int], list[int]]:
        body = ids[row][1:-1]
        if seconds is None:
            return body[: -(-len(body) // 2)], body[len(body) // 2 :]
        return body[: seconds[row] - 1], body[seconds[row] - 1 :]

    rng = np.random.default_rng(seed)
    special = {ids[0][0], ids[0][-1]}
    near = neighbours(sorted({token for text in ids for token in text} - special), words)
    made = []
    picks = rng.integers(0, len(ids), count)
    for pick in picks:
        start, *body, end = ids[pick]
        if rng.random() < spliced:
            body = halves(pick)[0] + halves(rng.integers(0, len(ids)))[1]
        swap = rng.random(len(body)) < replaced
        body = [int(rng.choice(near[token])) if change and token in near else token for token, change in zip(body, swap)]
        made.append([start, *body, end])
    return Encoded(made, None if seconds is None else [seconds[pick] for pick in picks])


def neighbours(tokens: list[int], words: Tensor) -> dict[int, np.ndarray]:
    """The nearest other tokens of each one, by cosine, among `tokens` themselves: words of the task."""
    vectors = torch.nn.functional.normalize(words[tokens], dim=-1)
    closeness = vectors @ vectors.T
    closeness.fill_diagonal_(-1)
    nearest = closeness.topk(min(NEIGHBOURS, len(tokens) - 1)).indices
    return {token: np.array(tokens)[row] for token, row in zip(tokens, nearest.numpy())}
