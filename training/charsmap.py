"""The table by which sentencepiece normalises texts, as `Precompiled` in a tokenizer.json holds it, written out in
steps that Python's tokenizers and the browser's both do alike.

The browser's `Precompiled` does not read the table: it does NFKC and some replacements of its own. Those of XLM-RoBERTa
and CamemBERT are NFKC too ("nmt_nfkc"), but for some characters, which the table tells.
"""

import struct
import unicodedata
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator

LEAF = 1 << 31
OTHER = 64
"""Characters that a table maps otherwise than NFKC: with more of them it is not NFKC that it stands for."""
SHELTER = 0xF0000
"""From here on, for private use, are characters that stand for others while NFKC is done."""
LATE = [
    tuple(int(end, 16) for end in (span.split("-") * 2)[:2])
    for span in (
        "7FD 897-89F 8CA-8D3 9FE C3C D3B-D3C EBA 1715 1ABF-1ADD 1AE0-1AEB 1DF6-1DFA 32FF A7F1-A7F4 A82C AB69 105D2 105DA "
        "10781-10785 10787-107B0 107B2-107BA 10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFA-10EFB 10EFD-10EFF 10F46-10F50 "
        "10F82-10F85 11070 1133B 11382 11384 1138B 11390 113C2 113CE-113D0 1145E 11839-1183A 11935 1193D-1193E 11943 "
        "119E0 11A34 11A47 11A99 11D42 11D44-11D45 11D97 11F41-11F42 1611E 16129 1612F 16D63 16D67 16FF0-16FF1 "
        "1CCD6-1CCF9 1E030-1E06D 1E08F 1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF "
        "1E6F5 1F16C 1FBF0-1FBF9"
    ).split()
]
"""First and last of characters that NFKC changes, joins or puts into order since Unicode 10 (up to 17): that of
Python's `tokenizers` is older, that of browsers is not."""


def table_of(charsmap: str) -> dict[str, str]:
    """What becomes of which characters, one or several, of the base64 of a charsmap: the bytes of a double array
    (a trie of UTF-8, as darts-clone lays it out) behind their count, then the texts that its values point into."""
    data = b64decode(charsmap)
    (size,) = struct.unpack_from("<I", data)
    units, texts = struct.unpack_from(f"<{size // 4}I", data, 4), data[4 + size :]

    def walk(at: int, key: bytes) -> Iterator[tuple[bytes, int]]:
        for byte in range(1, 256):
            child = at ^ byte
            if child < len(units) and units[child] & (LEAF | 0xFF) == byte:
                below = child ^ offset(units[child])
                if units[child] >> 8 & 1:
                    yield key + bytes([byte]), units[below] & ~LEAF
                yield from walk(below, key + bytes([byte]))

    return {key.decode(): texts[at : texts.index(0, at)].decode() for key, at in walk(offset(units[0]), b"")}


def offset(unit: int) -> int:
    return unit >> 10 << ((unit & 1 << 9) >> 6)


def steps_of(charsmap: str) -> list[dict]:
    """Normalizers that do to every character what the table does. ValueError where that is not NFKC in the main.

    Of several characters together it is what NFKC makes of them. Of those in LATE it is nothing that can be read.
    """
    table = table_of(charsmap)
    sources: dict[str, list[str]] = defaultdict(list)
    for code in (code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000):
        character = chr(code)
        content, plain = table.get(character, character), unicodedata.normalize("NFKC", character)
        # What this Python's Unicode does not have yet, the table may.
        if content != plain and unicodedata.category(character) != "Cn" and not any(first <= code <= last for first, last in LATE):
            sources[content].append(character)
    blank = {content: sources.pop(content, []) for content in ("", " ")}
    others = [(character, content) for content, characters in sources.items() for character in characters]
    if len(others) > OTHER:
        raise ValueError(
            "its tokenizer.json normalises texts by a table that is not sentencepiece's nmt_nfkc, which browsers cannot do "
            f"({others[0][0]!r} becomes {others[0][1]!r}, and {len(others) - 1} more are unlike NFKC); take a model with another tokenizer"
        )
    shelters = [(character, chr(SHELTER + number), content) for number, (character, content) in enumerate(others, 1)]
    return [
        *(replace(f"[{''.join(map(escaped, characters))}]", content) for content, characters in blank.items() if characters),
        *(replace(escaped(character), shelter) for character, shelter, _ in shelters),
        *NFKC,
        *(replace(escaped(shelter), content) for _, shelter, content in shelters),
    ]


def escaped(character: str) -> str:
    return f"\\x{{{ord(character):X}}}"


def replace(pattern: str, content: str) -> dict:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


NFKC = [
    replace("[" + "".join(f"{escaped(chr(first))}-{escaped(chr(last))}" for first, last in LATE) + "]", chr(SHELTER)),
    {"type": "NFKC"},
]
"""What both do alike of it."""
