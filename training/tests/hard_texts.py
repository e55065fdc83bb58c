"""Texts that tokenizers read differently, and random ones of every script, the same from the same seed here
and in workers/tokenize.test.ts.

`python training/tests/hard_texts.py`, from the repository's root, writes workers/tokenize.fixture.json: what
Python's ids of them are. Browsers must say the same.
"""

import hashlib
import itertools
import json
import struct
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from training.check import SENTENCES
from training.normalise import normalised
from training.texts import Text, encode

FIXTURE = Path("workers/tokenize.fixture.json")
MAX_TOKENS = 512
PAIR_TOKENS = 48
"""Of pairs: few, so that many are cut."""

HARD = [
    "", " ", "\t\n\r\u2028\u3000", "\u200b\u00ad\ufeff", "\x00\ufffd",
    "Awful", "Awful 😡", "Awful😡", "It was awful😂😂😂", "😍😍😍", "good😊 film😊 indeed😊",
    "so👍🏽good", "the👨‍👩‍👧family", "I❤️it", "I ❤︎ it", "top1️⃣0", "🇩🇪film", "flag🏴󠁧󠁢󠁥󠁮󠁧󠁿end", "new🫩emoji🪉", "♥you♥", "a™b®c©", "5€", "x≠y≤z", "→here←",
    "[SEP]", "a [MASK] b", "[PAD][PAD] dull [PAD]", "[CLS]x[UNK]y", "[sep] [mask]", "<s>a</s> <mask><pad> <unk>", "x<s>y",
    "ΤΕΛΟΣ", "Σ", "ΟΔΥΣΣΕΥΣ ΣΑΣ.", "τέλος", "İstanbul", "STRASSE straße ẞ", "naïve cafe\u0301", "Ａｗｆｕｌ", "Ωmega",
    "great𠮷野家", "𠮷", "中文电影", "好film坏", "映画は最高", "한국 영화", "หนังแย่มาก", "फ़िल्म", "فيلم رائع", "שָׁלוֹם", "𝔤𝔬𝔬𝔡", "𞤀𞤣𞤤𞤢𞤥",
    "a\u0085b", "a\ufeffb", "a\u00a0b", "a\u200db", "a\x0bb\x0cc", "it's—really…\u201cfine\u201d", "snake_case a+b=c `d` ~e^f|g", "x" * 100, "x" * 101,
    "https://example.org/a?b=c#d", "$9.99", "100%", "'s 't 're", "\ue000\uf8ff",
    # What sentencepiece's table makes one of several, several of one, spaces, or nothing.
    "ﬁlm ½ ㎏ ① ﷺ", "ｶﾞ ﾊﾟ ｡", "나\u1112\u1161\u11ab글", "10～20〜30", "می\u200cروم", "क\u094d\u200dष", "a\u2581b", "\u1680a\u2003b\u205fc", "d\u0307\u0323",
    "这部电影真好看，", "我 爱BERT模型！", "電影  很好\u3000看",
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


def pairs_of(hard: list[str], long: list[str]) -> list[Text]:
    """Each hard text with the next one, the last with the first; a long one before a hard one, and behind one."""
    return [*zip(hard, [*hard[1:], hard[0]]), *zip(long, hard[5:]), *zip(hard[5:], long)]


def ids_of(tokenizer: Tokenizer, assigned: list[int]) -> dict:
    """What a tokenizer makes of all of them. pairs: each one's ids, and where its second text begins."""
    long = [repeated * times + rest for repeated, times, rest in LONG]
    pairs = encode(tokenizer, pairs_of(HARD, long), PAIR_TOKENS)
    return {
        "pairs": [[ids, second] for ids, second in zip(pairs.ids, pairs.seconds)],
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


def unigram(table: dict[str, str] | None = None) -> Tokenizer:
    """As XLM-RoBERTa's, small. table: what sentencepiece normalises by; with it, it is as transformers saved them before
    version 5, without as since then."""
    made = Tokenizer(models.Unigram())
    made.decoder = decoders.Metaspace()
    if table:
        made.normalizer = normalizers.Sequence([
            normalizers.Precompiled(b64decode(compiled(table))), normalizers.Strip(left=False, right=True), normalizers.Replace(Regex(" {2,}"), "▁"),
        ])
        made.pre_tokenizer = pre_tokenizers.Metaspace()
    else:
        made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    trainer = trainers.UnigramTrainer(vocab_size=160, special_tokens=CONTROL, unk_token="<unk>", show_progress=False)
    made.train_from_iterator([*SENTENCES, *CHINESE], trainer)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def with_characters(spec: dict, assigned: list[int]) -> Tokenizer:
    """A Unigram tokenizer whose pieces are the characters, so that whatever is made of one shows in the ids. All but
    for private use are behind the pieces that it has."""
    known = {piece for piece, _ in spec["model"]["vocab"]}
    codes = (code for first, last in zip(assigned[::2], assigned[1::2]) for code in range(first, last + 1))
    characters = [chr(code) for code in codes if code < 0xE000 or 0xF8FF < code < 0xE0000]
    pieces = [[one, -2 - at / 100_000] for at, one in enumerate(characters) if one not in known]
    return Tokenizer.from_str(json.dumps(spec | {"model": spec["model"] | {"vocab": spec["model"]["vocab"] + pieces}}))


def sentencepiece() -> Tokenizer:
    """As XLM-RoBERTa's, without pieces but for control."""
    spec = json.loads(unigram(nmt_nfkc()).to_str())
    vocabulary = [[token, 0.0] for token in CONTROL] + [["▁", -1.0]]
    return Tokenizer.from_str(json.dumps(spec | {"model": spec["model"] | {"vocab": vocabulary, "unk_id": 3}}))


CHINESE = ["这部电影真好看，我看了两遍。", "太无聊了，看了一半就走了。", "演员很好，故事不行。", "这本书值得一读！", "不好，也不坏。"]


def wordpiece(lowercase: bool) -> Tokenizer:
    """As BERT's, small: cased, or the Chinese one, which is not."""
    control = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.decoder = normalizers.BertNormalizer(lowercase=lowercase), decoders.WordPiece()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=control, show_progress=False)
    made.train_from_iterator([*CHINESE, *SENTENCES] if lowercase else [*SENTENCES, "Élan, Übel, naïve, déjà vu"], trainer)
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


def nmt_nfkc() -> dict[str, str]:
    """A table like sentencepiece's: NFKC, but for spaces, control characters and a wave."""
    nothing = [*range(1, 9), 0xB, *range(0xE, 0x20), 0x7F, 0x8F, 0x9F]
    spaces = [9, 0xA, 0xC, 0xD, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD]
    table = {}
    for one in (chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000):
        if (plain := unicodedata.normalize("NFKC", one)) != one:
            table[one] = plain
        elif len(parts := unicodedata.normalize("NFD", one)) == 2:
            table[parts] = one
    table |= {chr(code): "" for code in nothing} | {chr(code): " " for code in spaces}
    del table["\uff5e"]
    return table


def compiled(table: dict[str, str]) -> str:
    """A table as it lies in tokenizer.json: what `charsmap.table_of` reads."""
    texts = sorted(set(table.values()))
    places = dict(zip(texts, itertools.accumulate((len(text.encode()) + 1 for text in texts), initial=0)))
    trie: dict = {}
    for key, text in table.items():
        node = trie
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[None] = places[text]
    waiting = [(0, trie)]
    units, block, hole = {0: 0}, 0, 1
    while waiting:
        at, node = waiting.pop()
        # Children lie at a begin of their own, xor their byte; a value where a byte 0 would, so that it fits into a hole.
        if set(node) == {None}:
            hole = next(place for place in itertools.count(hole) if place not in units and place % 256)
            begin = hole
        else:
            begin = block = block + 256
        units[at] |= (begin ^ at) << 10 | (256 if None in node else 0)
        for byte, below in node.items():
            units[begin ^ (byte or 0)] = below | 1 << 31 if byte is None else byte
            waiting += [] if byte is None else [(begin ^ byte, below)]
    array = [units.get(at, 0) for at in range(block + 256)]
    data = b"".join(text.encode() + b"\0" for text in texts)
    return b64encode(struct.pack(f"<I{len(array)}I", 4 * len(array), *array) + data).decode()


SHIPPED = Path("public/models/sst2/tokenizer.json")

if __name__ == "__main__":
    assigned = assigned_ranges()
    raw = {"byte-level": byte_level(), "unigram": unigram(), "characters": sentencepiece(),
           "cased": wordpiece(lowercase=False), "chinese": wordpiece(lowercase=True)}
    small = {name: normalised(made) for name, made in raw.items()}
    all_characters = with_characters(json.loads(small["characters"].to_str()), assigned)
    shipped = normalised(Tokenizer.from_file(str(SHIPPED)))
    fixture = {
        "words": WORDS, "marks": MARKS, "assigned": assigned, "hard": HARD, "long": LONG,
        "tokenizers": {name: json.loads(made.to_str()) for name, made in small.items()},
        "ids": {name: ids_of(made, assigned) for name, made in {"sst2": shipped, **small, "characters": all_characters}.items()},
    }
    FIXTURE.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")
