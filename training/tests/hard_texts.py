"""Texts that tokenizers read differently, and random ones of every script, the same from the same seed here
and in workers/tokenize.test.ts.

`python training/tests/hard_texts.py`, from the repository's root, writes workers/tokenize.fixture.json: what
Python's ids of them are. Browsers must say the same.
"""

import hashlib
import itertools
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

from training.check import SENTENCES
from training.normalise import normalised
from training.texts import encode

FIXTURE = Path("workers/tokenize.fixture.json")
MAX_TOKENS = 512

HARD = [
    "", " ", "\t\n\r\u2028\u3000", "\u200b\u00ad\ufeff", "\x00\ufffd",
    "Awful", "Awful 😡", "Awful😡", "It was awful😂😂😂", "😍😍😍", "good😊 film😊 indeed😊",
    "so👍🏽good", "the👨‍👩‍👧family", "I❤️it", "I ❤︎ it", "top1️⃣0", "🇩🇪film", "flag🏴󠁧󠁢󠁥󠁮󠁧󠁿end", "new🫩emoji🪉", "♥you♥", "a™b®c©", "5€", "x≠y≤z", "→here←",
    "[SEP]", "a [MASK] b", "[PAD][PAD] dull [PAD]", "[CLS]x[UNK]y", "[sep] [mask]", "<s>a</s> <mask><pad> <unk>", "x<s>y",
    "ΤΕΛΟΣ", "Σ", "ΟΔΥΣΣΕΥΣ ΣΑΣ.", "τέλος", "İstanbul", "STRASSE straße ẞ", "naïve cafe\u0301", "Ａｗｆｕｌ", "Ωmega",
    "great𠮷野家", "𠮷", "中文电影", "好film坏", "映画は最高", "한국 영화", "หนังแย่มาก", "फ़िल्म", "فيلم رائع", "שָׁלוֹם", "𝔤𝔬𝔬𝔡", "𞤀𞤣𞤤𞤢𞤥",
    "a\u0085b", "a\ufeffb", "a\u00a0b", "a\u200db", "a\x0bb\x0cc", "it's—really…\u201cfine\u201d", "snake_case a+b=c `d` ~e^f|g", "x" * 100, "x" * 101,
    "https://example.org/a?b=c#d", "$9.99", "100%", "'s 't 're", "\ue000\uf8ff",
]
LONG = [(" ", 102_401, "awful"), ("a", 110_000, " awful"), ("good film ", 10_000, ""), ("😂", 5_000, " awful"), ("[SEP]", 2_000, "")]
"""(repeated, how often, what follows)."""

WORDS = ["awful", "Great", "UNBELIEVABLY", "film", "don't", "ΤΕΛΟΣ", "Ärger", "𠮷野家", "[SEP]", "<mask>", "1990", "3.5"]
MARKS = ["😡", "👍🏽", "👨‍👩‍👧", "❤️", "1️⃣", "🇩🇪", "♥", "™", "!", "…", "—", "$", "\u0301", "\u200b", "\u00ad", "\ufeff", "\x85", "\t"]
BATCHES, BATCH = 100, 100


def numbers(seed: int) -> Iterator[int]:
    """Pseudo-random numbers below 2^32 (mulberry32)."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = (state ^ state >> 15) * (state | 1) & 0xFFFFFFFF
        t ^= (t + ((t ^ t >> 7) * (t | 61) & 0xFFFFFFFF)) & 0xFFFFFFFF
        yield t ^ t >> 14


def random_texts(seed: int, assigned: list[int]) -> list[str]:
    """A batch. assigned: first and last code points of ranges, in turn."""
    stream = numbers(seed)
    return ["".join(random_part(lambda n: next(stream) % n, assigned) for _ in range(1 + next(stream) % 12)) for _ in range(BATCH)]


def random_part(below: Callable[[int], int], assigned: list[int]) -> str:
    """Some characters of one script, a word, a mark, or a space. below: a number under another."""
    kind = below(10)
    if kind < 4:
        at = 2 * below(len(assigned) // 2)
        first, last = assigned[at], assigned[at + 1]
        return "".join(chr(first + below(last - first + 1)) for _ in range(1 + below(5)))
    if kind < 8:
        chosen = WORDS if kind < 6 else MARKS
        return chosen[below(len(chosen))]
    return " "


def assigned_ranges() -> list[int]:
    """Of all characters that this Python's Unicode knows, of every script, and for private use."""
    kept = [code for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    bounds = [code for code, before in zip(kept, [-2, *kept]) if code != before + 1]
    ends = [code for code, after in zip(kept, [*kept[1:], -2]) if code != after - 1]
    return list(itertools.chain.from_iterable(zip(bounds, ends)))


def digest(ids: list[list[int]]) -> str:
    return hashlib.sha256(json.dumps(ids, separators=(",", ":")).encode()).hexdigest()[:16]


def ids_of(tokenizer: Tokenizer, assigned: list[int]) -> dict:
    """What a tokenizer makes of all of them."""
    long = [repeated * times + rest for repeated, times, rest in LONG]
    return {
        "hard": encode(tokenizer, HARD, MAX_TOKENS).ids,
        "long": encode(tokenizer, long, MAX_TOKENS).ids,
        "random": [digest(encode(tokenizer, random_texts(seed, assigned), MAX_TOKENS).ids) for seed in range(BATCHES)],
    }


CONTROL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def byte_level() -> Tokenizer:
    """As RoBERTa's, small."""
    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=CONTROL, initial_alphabet=alphabet, show_progress=False)
    made.train_from_iterator(SENTENCES, trainer)
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return made


def unigram() -> Tokenizer:
    """As XLM-RoBERTa's, small, without the table that sentencepiece compiles."""
    made = Tokenizer(models.Unigram())
    made.decoder = decoders.Metaspace()
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    trainer = trainers.UnigramTrainer(vocab_size=120, special_tokens=CONTROL, unk_token="<unk>", show_progress=False)
    made.train_from_iterator(SENTENCES, trainer)
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


SHIPPED = Path("public/models/sst2/tokenizer.json")

if __name__ == "__main__":
    assigned = assigned_ranges()
    small = {"byte-level": normalised(byte_level()), "unigram": normalised(unigram())}
    shipped = normalised(Tokenizer.from_file(str(SHIPPED)))
    fixture = {
        "words": WORDS, "marks": MARKS, "assigned": assigned, "hard": HARD, "long": LONG,
        "tokenizers": {name: json.loads(made.to_str()) for name, made in small.items()},
        "ids": {name: ids_of(made, assigned) for name, made in {"sst2": shipped, **small}.items()},
    }
    FIXTURE.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")
