"""What a model cannot see of texts, told before it is trained on them."""

import json

from tokenizers import Tokenizer

SAMPLE = 10_000
"""Texts that are looked at, evenly spread over all."""


def unknown_token(tokenizer: Tokenizer) -> int | None:
    """The id that stands for all that the vocabulary lacks; None where, as with bytes, it lacks nothing."""
    model = json.loads(tokenizer.to_str())["model"]
    if model.get("unk_token") is not None:
        return tokenizer.token_to_id(model["unk_token"])
    return model.get("unk_id")


def unread(tokenizer: Tokenizer, texts: list[str], positions: int) -> list[str]:
    """A sentence on tokens that the tokenizer does not know, and one on texts longer than the
    `positions` that the model has, if there are any."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    some = texts[:: max(1, len(texts) // SAMPLE)]
    encodings, unknown, found = tokenizer.encode_batch(some, add_special_tokens=False), unknown_token(tokenizer), []
    holes = [(row, at) for row, encoding in enumerate(encodings) for at, token in enumerate(encoding.ids) if token == unknown]
    if holes:
        (row, at), tokens = holes[0], sum(len(encoding.ids) for encoding in encodings)
        start, end = encodings[row].offsets[at]
        found.append(
            f"{share(len(holes), tokens)} of the tokens are unknown to this tokenizer, in "
            f"{share(len({row for row, _ in holes}), len(some))} of the texts, and the model cannot see them: the first is "
            f"{some[row][start:end][:30]!r} in {some[row][:60]!r}. A backbone for such texts knows them (--backbone)"
        )
    room = positions - tokenizer.num_special_tokens_to_add(False)
    if cut := sum(len(encoding.ids) > room for encoding in encodings):
        found.append(f"{share(cut, len(some))} of the texts are longer than the {positions} tokens that the model reads; it does not see the rest")
    return found


def share(part: int, whole: int) -> str:
    percent = 100 * part / whole
    return f"{percent:.1f} %" if percent >= 0.1 else "less than 0.1 %"
