"""A tiny encoder for tests: really trained, some 300 kB, with the shapes of the real one.

Its vocabulary is the most frequent word pieces of the training texts, its embeddings are the
backbone's own, projected on their principal directions; its layers start from noise.
"""

import collections
import json

import torch
from tokenizers import Tokenizer

from .model import EarlyExitModel
from .quantise import round_rows


def tiny_tokenizer(tokenizer: Tokenizer, texts: list[str], size: int) -> Tokenizer:
    """The tokenizer with its vocabulary cut to special tokens, single characters, and the most
    frequent pieces of `texts`, `size` in all."""
    spec = json.loads(tokenizer.to_str())
    vocabulary = spec["model"]["vocab"]
    counts = collections.Counter(t for e in tokenizer.encode_batch(texts) for t in e.tokens)
    special = [token["content"] for token in spec["added_tokens"]]
    letters = [t for t in vocabulary if len(t.removeprefix("##")) == 1 and t.removeprefix("##").isascii()]
    kept = dict.fromkeys(special + letters + [t for t, _ in counts.most_common()])
    kept = {token: i for i, token in enumerate(list(kept)[:size])}
    spec["model"]["vocab"] = kept
    for token in spec["added_tokens"]:
        token["id"] = kept[token["content"]]
    for name, token in spec["post_processor"]["special_tokens"].items():
        token["ids"] = [kept[name]]
    if spec.get("padding"):
        spec["padding"]["pad_id"] = kept["[PAD]"]
    return Tokenizer.from_str(json.dumps(spec))


def tiny_embeddings(model: EarlyExitModel, words: torch.Tensor, tokenizer: Tokenizer, full: Tokenizer) -> None:
    """Fills the embeddings with the backbone's word vectors [V, H] projected on the tiny width."""
    width = model.arch.hidden_size
    centred = words - words.mean(0)
    _, _, directions = torch.linalg.svd(centred, full_matrices=False)
    projected = centred @ directions[:width].T
    rows = [full.token_to_id(tokenizer.id_to_token(i)) for i in range(model.arch.vocab_size)]
    table = projected[rows] / projected.std()
    model.embeddings.words.copy_(round_rows(table))
    model.embeddings.positions.copy_(round_rows(0.1 * torch.randn(model.arch.max_position_embeddings, width)))
    if model.embeddings.types is not None:
        model.embeddings.types.copy_(0.5 * torch.randn(width))
