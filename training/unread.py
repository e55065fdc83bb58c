"""What a tokenizer could not read of a text."""

import json

from tokenizers import Tokenizer


def unknown_id(tokenizer: Tokenizer) -> int | None:
    """What stands for a word that has no pieces in the vocabulary; None where there is no such word."""
    model = json.loads(tokenizer.to_str())["model"]
    if "unk_id" in model:
        return model["unk_id"]
    return None if model["unk_token"] is None else tokenizer.token_to_id(model["unk_token"])


def unread(tokenizer: Tokenizer, ids: list[list[int]]) -> list[int]:
    """The rows of texts [n] that say nothing: control tokens and unknown words are all that they are."""
    silent = {*tokenizer.encode("").ids, unknown_id(tokenizer)}
    return [row for row, tokens in enumerate(ids) if silent.issuperset(tokens)]
