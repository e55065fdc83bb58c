"""What a tokenizer could not read of a text."""

import json

from tokenizers import Tokenizer

from .texts import Text, are_pairs

SAMPLE = 10_000
"""Texts that are looked at for notes, evenly spread over all."""
SPACE = "▁"
"""What Unigram tokenizers put before a word; alone it says nothing of it."""


def unknown_id(tokenizer: Tokenizer) -> int | None:
    """What stands for a word that has no pieces in the vocabulary; None where there is no such word."""
    model = json.loads(tokenizer.to_str())["model"]
    if "unk_id" in model:
        return model["unk_id"]
    return None if model["unk_token"] is None else tokenizer.token_to_id(model["unk_token"])


def unread(tokenizer: Tokenizer, ids: list[list[int]]) -> list[int]:
    """The rows of texts [n] that say nothing: control tokens and unknown words are all that they are."""
    silent = {*tokenizer.encode("").ids, unknown_id(tokenizer), tokenizer.token_to_id(SPACE)}
    return [row for row, tokens in enumerate(ids) if silent.issuperset(tokens)]


def notes_on_tokens(tokenizer: Tokenizer, texts: list[Text], positions: int, remedy: str = "") -> list[str]:
    """For a person, before an hour of training: a sentence on tokens that the tokenizer does not know, and one on
    texts longer than the `positions` that the model reads, if there are any. remedy: what to do about those."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    some = texts[:: max(1, len(texts) // SAMPLE)]
    encodings, unknown, found = tokenizer.encode_batch(some, add_special_tokens=False), unknown_id(tokenizer), []
    holes = [(row, at) for row, encoding in enumerate(encodings) for at, token in enumerate(encoding.ids) if token == unknown]
    if holes:
        (row, at), tokens = holes[0], sum(len(encoding.ids) for encoding in encodings)
        start, end = encodings[row].offsets[at]
        text = some[row] if isinstance(some[row], str) else some[row][encodings[row].sequence_ids[at]]
        found.append(
            f"{share(len(holes), tokens)} of the tokens are unknown to this tokenizer, in "
            f"{share(len({row for row, _ in holes}), len(some))} of the texts, and the model cannot see them: the first is "
            f"{text[start:end][:30]!r} in {text[:60]!r}. A model for such texts knows them"
        )
    room = positions - tokenizer.num_special_tokens_to_add(are_pairs(some))
    if cut := sum(len(encoding.ids) > room for encoding in encodings):
        found.append(f"{share(cut, len(some))} of the texts are longer than the {positions} tokens that the model reads; it does not see the rest{remedy}")
    return found


def share(part: int, whole: int) -> str:
    percent = 100 * part / whole
    return f"{percent:.1f} %" if percent >= 0.1 else "less than 0.1 %"
