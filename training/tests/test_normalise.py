"""`normalise`: what is read, by tokenizers of each kind, and that browsers are held to the ids which Python has now."""

import json
import unicodedata

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from hard_texts import CONTROL, FIXTURE, HARD, SHIPPED, assigned_ranges, byte_level, compiled, ids_of, nmt_nfkc, unigram, with_characters, wordpiece
from training.charsmap import LATE, SHELTER, steps_of, table_of
from training.check import SENTENCES
from training.normalise import normalised
from training.recipe import backbone_folder

VOCABULARY = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefgilmnopqrstuvwy", *("##" + c for c in "abcdefgilmnopqrstuvwy"),
    "awful", "good", "film", "☆", "♥", "##♥", "[", "]", "sep", "mask", "中", "σ", "##σ", "e\u0301",
]


def bert(**settings) -> Tokenizer:
    made = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(**settings)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    made.add_special_tokens(VOCABULARY[:5])
    return made


def words(tokenizer: Tokenizer, text: str) -> str:
    return " ".join(tokenizer.encode(text).tokens[1:-1])


@pytest.mark.parametrize(("text", "read"), [
    ("Awful😡", "awful [UNK]"),
    ("😡awful😡good", "[UNK] awful [UNK] good"),
    ("awful👍🏽👨‍👩‍👧", "awful [UNK]"),
    ("good❤️film", "good [UNK] film"),
    ("good🫩🪉", "good [UNK]"),  # of Unicode 16
    ("film\U0001faff", "film [UNK]"),  # still to come
    ("♥ good♥", "♥ good ##♥"),
    ("good☆☆film", "good ☆ ☆ film"),
    ("good中film𠮷", "good 中 film [UNK]"),
    ("ΣΣ", "σ ##σ"),
    ("[SEP] [MASK]good", "[ sep ] [ mask ] good"),
    ("go\u00ad\u200bod\x00", "good"),
    ("fi\u0301lm", "film"),
])
def test_what_a_bert_reads(text, read):
    assert words(normalised(bert()), text) == read


def test_the_vocabulary_decides_and_not_the_case():
    cased = normalised(bert(lowercase=False))
    assert words(cased, "e\u0301 Awful👍🏽 film❤️") == "e\u0301 [UNK] [UNK] film [UNK]"


def test_chinese_characters_stand_alone_only_where_they_did():
    assert words(normalised(bert(handle_chinese_chars=False)), "good中") == "[UNK]"


@pytest.mark.parametrize("made", [bert(), bert(lowercase=False), byte_level(), unigram(), unigram(nmt_nfkc()), wordpiece(lowercase=True)])
def test_normalised_once_more_it_stays_as_it_is(made):
    once = normalised(made)
    assert json.loads(normalised(once).to_str()) == json.loads(once.to_str())


def test_sentences_are_read_as_before():
    raw = Tokenizer.from_file(str(backbone_folder({}) / "tokenizer.json"))
    raw.no_padding()
    now = normalised(raw)
    for text in [*SENTENCES, "Ärger, naïve café — $9.99 (100%) 中文电影 Don't_stop…", "ΤΕΛΟΣ", "\ttabs\nand lines\r\n"]:
        assert now.encode(text).ids == raw.encode(text).ids
    assert now.token_to_id("[MASK]") == raw.token_to_id("[MASK]") == 103


@pytest.mark.parametrize("made", [byte_level(), unigram(), unigram(nmt_nfkc())])
def test_typed_control_tokens_are_text_to_others_too(made):
    ordinary = [i for i, token in enumerate(CONTROL) if token != "<unk>"]
    assert set(made.encode("x<s>y</s> <mask><pad>").ids[1:-1]) & set(ordinary)
    now = normalised(made)
    ids = now.encode("x<s>y</s> <mask><pad>").ids
    assert (ids[0], ids[-1]) == (0, 2) and not set(ids[1:-1]) & set(ordinary)


def test_markers_of_a_users_own_stay():
    made = bert()
    made.add_tokens(["[product]"])
    assert words(normalised(made), "good [product][SEP]") == "good [product] [ sep ]"


def normalizer(steps: list[dict]) -> normalizers.Normalizer:
    spec = json.loads(unigram().to_str())
    return Tokenizer.from_str(json.dumps(spec | {"normalizer": {"type": "Sequence", "normalizers": steps}})).normalizer


def test_a_table_of_sentencepiece_is_read_as_it_was_written():
    table = {"a": "b", "ab": "", "ａ": "a", "😀": "☺", "e\u0301": "é"}
    assert table_of(compiled(table)) == table


def test_what_the_table_makes_of_a_character_its_steps_make_too():
    table = nmt_nfkc()
    theirs, ours = unigram(table).normalizer[0], normalizer(steps_of(compiled(table)))
    bounds = assigned_ranges()
    characters = [chr(code) for first, last in zip(bounds[::2], bounds[1::2]) for code in range(max(first, 1), last + 1)]
    late = {chr(code) for first, last in LATE for code in range(first, last + 1)} | {chr(SHELTER + 1)}
    assert {one for one in characters if theirs.normalize_str(one) != ours.normalize_str(one)} <= late and len(characters) > 200_000


def test_of_several_characters_it_is_nfkc():
    """sentencepiece's reading stops at the first characters that it finds, and puts no accents in order."""
    table = nmt_nfkc()
    theirs, ours = unigram(table).normalizer[0], normalizer(steps_of(compiled(table)))
    differ = {text: ours.normalize_str(text) for text in HARD if theirs.normalize_str(text) != ours.normalize_str(text)}
    assert differ == {text: unicodedata.normalize("NFKC", text) for text in ("ｶﾞ ﾊﾟ ｡", "나\u1112\u1161\u11ab글", "d\u0307\u0323")}


@pytest.mark.parametrize(("changed", "message"), [
    ({"normalizer": normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase()])}, "a normalizer 'Lowercase', which browsers do otherwise"),
    ({"normalizer": normalizers.Nmt()}, "a normalizer 'Nmt'"),
    ({"pre_tokenizer": pre_tokenizers.Whitespace()}, "a pre_tokenizer 'Whitespace'"),
    ({"pre_tokenizer": pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Digits()])}, "a pre_tokenizer 'Digits'"),
])
def test_parts_that_browsers_do_otherwise_are_refused(changed, message):
    made = byte_level()
    for name, part in changed.items():
        setattr(made, name, part)
    with pytest.raises(ValueError, match=message):
        normalised(made)


def test_a_table_that_is_not_nfkc_is_refused():
    folded = nmt_nfkc() | {chr(code): chr(code).lower() for code in range(65, 0x500) if chr(code).lower() != chr(code) and len(chr(code).lower()) == 1}
    with pytest.raises(ValueError, match="by a table that is not sentencepiece's nmt_nfkc"):
        normalised(unigram(folded))


def test_browsers_are_held_to_these_ids():
    """Where this fails, `python training/tests/hard_texts.py` writes them anew."""
    fixture = json.loads(FIXTURE.read_text(encoding="utf-8"))
    made = {name: Tokenizer.from_str(json.dumps(spec)) for name, spec in fixture["tokenizers"].items()}
    made["characters"] = with_characters(fixture["tokenizers"]["characters"], fixture["assigned"])
    made["sst2"] = Tokenizer.from_file(str(SHIPPED))
    assert fixture["hard"] == HARD
    for name, ids in fixture["ids"].items():
        assert ids_of(made[name], fixture["assigned"]) == ids
