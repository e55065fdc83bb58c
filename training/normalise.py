"""How texts become words: written into tokenizer.json, which Python and browsers both read.

Training, `tokenizers` in Python and @huggingface/tokenizers in the browser must give the same ids, and their
ready-made parts do not: the browser's BertNormalizer lowers a final sigma otherwise and knows no Chinese
character beyond U+FFFF, the two BertPreTokenizers know the punctuation of other versions of Unicode, the
browser's Precompiled does not read its table (`charsmap`), and white space is not the same in both. So these
parts are written out in steps that both do alike, other parts are refused, and two things are mended on the way:

- A symbol that a BERT vocabulary lacks, an emoji mostly, turned the whole word that it is glued to into
  [UNK]. Now it is a word of its own.
- Control tokens that somebody types ([SEP], <mask>) were taken for control. Now they are text.

tests/test_normalise.py and workers/tokenize.test.ts hold both sides to the same ids.
"""

import json
import unicodedata
from collections.abc import Callable

from tokenizers import Tokenizer

from .charsmap import NFKC, escaped, replace, steps_of

# Sets of characters, as they stand between the brackets of a regular expression.
PUNCTUATION = r"\p{P}!-/:-@\[-`{-~"
"""BERT's: each is a word of its own. With all of ASCII's, of which some are symbols."""
HAN = r"\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{2A6DF}\x{2A700}-\x{2CEAF}\x{2F800}-\x{2FA1F}"
"""Chinese characters, which BERT reads one by one."""
SYMBOLS = r"\p{S}\p{Me}\p{Extended_Pictographic}\x{FE00}-\x{FE0F}"
"""With what turns a character into an emoji or changes its look, and with emoji that are still to come."""
INVISIBLE = r"\p{Cf}\p{Co}\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{7F}-\x{9F}\x{FFFD}"
"""What BERT drops. That joins emoji (U+200D) and draws flags is among it: what is left is symbols."""


ALIKE = {
    "normalizer": {"Sequence", "Replace", "Strip", "Lowercase", "NFC", "NFD", "NFKC"},
    "pre_tokenizer": {"Sequence", "Split", "ByteLevel", "Metaspace", "WhitespaceSplit"},
    "model": {"WordPiece", "BPE", "Unigram"},
    "post_processor": {"Sequence", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel"},
}
"""What the two libraries do alike, once it is written out."""
WHITE = [replace(r"\x{85}", " "), replace(r"\x{FEFF}", "")]
"""White space to one of the two libraries only: NEL to Python's, the byte order mark to the browser's."""
LOWERED = [replace("Σ", "σ"), {"type": "Lowercase"}]
"""Lowered as a whole, as JavaScript does it, a text has ς at the end of a word."""


def normalised(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with all of this. Normalised once more it stays as it is. ValueError for one with parts that
    browsers do otherwise than Python."""
    spec = json.loads(tokenizer.to_str())
    control = forget_control_tokens(spec)
    model = spec["model"]
    if NFKC[0] not in leaves(spec["normalizer"]):
        spec["normalizer"] = written_out(spec["normalizer"], "NFKC", lambda _: NFKC)
    if model["type"] == "WordPiece":
        chinese = all(part["handle_chinese_chars"] for part in leaves(spec["normalizer"]) if part["type"] == "BertNormalizer")
        words = bert_words(model["vocab"], model["continuing_subword_prefix"], HAN if chinese else "")
        spec["normalizer"] = written_out(spec["normalizer"], "BertNormalizer", bert_steps)
        spec["pre_tokenizer"] = written_out(spec["pre_tokenizer"], "BertPreTokenizer", lambda _: words)
    elif model["type"] == "BPE":
        around(spec, WHITE, [])
    elif model["type"] == "Unigram":
        # Control tokens are in the vocabulary, and found wherever they stand in a word.
        broken = [{"type": "Replace", "pattern": {"String": token}, "content": f"{token[0]} {token[1:]}"} for token in control]
        spec["normalizer"] = written_out(spec["normalizer"], "Precompiled", lambda part: steps_of(part["precompiled_charsmap"]) + WHITE)
        around(spec, WHITE, broken)
    expect_alike(spec)
    return Tokenizer.from_str(json.dumps(spec))


def expect_alike(spec: dict) -> None:
    """Raises ValueError, which names it, where a part is none of ALIKE."""
    for name, alike in ALIKE.items():
        kinds = [part["type"] for part in leaves(spec[name])]
        other = next((kind for kind in kinds if kind not in alike), None)
        if name == "normalizer" and kinds.count("Lowercase") > sum(part == LOWERED[0] for part in leaves(spec[name])):
            other = "Lowercase"
        if other:
            raise ValueError(
                f"its tokenizer.json has a {name} {other!r}, which browsers do otherwise than Python: there the model would "
                "read other words than it learned from. Take a model with the tokenizer that its family usually has"
            )


def leaves(part: dict | None) -> list[dict]:
    """A part of a tokenizer, or the parts of its sequences."""
    if part is None:
        return []
    if part.get("type") != "Sequence":
        return [part]
    inner = next(value for key, value in part.items() if key != "type")
    return [leaf for one in inner for leaf in leaves(one)]


def forget_control_tokens(spec: dict) -> list[str]:
    """Takes special tokens out of what is looked for in texts, and gives them back. Those of the template,
    and ids by name, come from the vocabulary; a token that is not in it has no other place and stays."""
    vocabulary = spec["model"]["vocab"]
    known = set(vocabulary if isinstance(vocabulary, dict) else (piece for piece, _ in vocabulary))
    gone = [token for token in spec["added_tokens"] if token["special"] and token["content"] in known]
    spec["added_tokens"] = [token for token in spec["added_tokens"] if token not in gone]
    return [token["content"] for token in gone]


def bert_steps(bert: dict) -> list[dict]:
    """What a BertNormalizer does but for what `bert_words` does."""
    steps = [replace(f"[{INVISIBLE}]", "")] if bert["clean_text"] else []
    if bert["lowercase"] if bert["strip_accents"] is None else bert["strip_accents"]:
        steps += [{"type": "NFD"}, replace(r"\p{Mn}", "")]
    return steps + (LOWERED if bert["lowercase"] else [])


def bert_words(vocabulary: dict[str, int], prefix: str, han: str) -> list[dict]:
    """What a BertPreTokenizer does, and more: Chinese characters stand alone, and so does a symbol that the
    vocabulary has as a word only. Those that it lacks are words as they stand together, as with spaces around
    them; those that it has in words too are left there.

    prefix: of word pieces that go on a word. han: HAN, or nothing where they do not stand alone.
    """
    symbols = {piece for word in vocabulary if len(piece := word.removeprefix(prefix)) == 1 and is_symbol(piece)}
    begin = {symbol for symbol in symbols if symbol in vocabulary}
    both = {symbol for symbol in begin if prefix + symbol in vocabulary}
    alone = PUNCTUATION + han + listed(begin - both)
    lacking = f"(?![{alone}{listed(both)}])[{SYMBOLS}]"
    # Not any number of them together: a browser's regular expressions have no room for a match of millions.
    return [split(r"\s", "Removed"), split(f"[{alone}]|(?:{lacking}){{1,100}}", "Isolated")]


def is_symbol(character: str) -> bool:
    kind = unicodedata.category(character)
    return not character.isascii() and (kind[0] == "S" or kind == "Me" or "\ufe00" <= character <= "\ufe0f")


def listed(characters: set[str]) -> str:
    return "".join(map(escaped, sorted(characters)))


def split(pattern: str, behavior: str) -> dict:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": False}


def written_out(part: dict | None, kind: str, steps: Callable[[dict], list[dict]]) -> dict | None:
    """A normalizer or pre-tokenizer, where it is of a kind, as the steps of it; or those in its sequence that are."""
    if part is None:
        return None
    name = "pretokenizers" if kind.endswith("PreTokenizer") else "normalizers"
    if part["type"] == kind:
        return {"type": "Sequence", name: steps(part)}
    if part["type"] == "Sequence":
        return part | {name: [written_out(one, kind, steps) for one in part[name]]}
    return part


def around(spec: dict, first: list[dict], last: list[dict]) -> None:
    """Puts steps around the normalizer, `first` only where it does not have them."""
    parts = leaves(spec["normalizer"])
    spec["normalizer"] = {"type": "Sequence", "normalizers": ([] if first[0] in parts else first) + parts + last}
