"""`normalise`: what is read, by tokenizers of each kind, and that browsers are held to the ids which Python has now."""

import json

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from hard_texts import CONTROL, FIXTURE, HARD, SHIPPED, byte_level, ids_of, unigram
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


@pytest.mark.parametrize("made", [bert(), bert(lowercase=False), byte_level(), unigram()])
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


@pytest.mark.parametrize("made", [byte_level(), unigram()])
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


def test_browsers_are_held_to_these_ids():
    """Where this fails, `python training/tests/hard_texts.py` writes them anew."""
    fixture = json.loads(FIXTURE.read_text(encoding="utf-8"))
    made = {name: Tokenizer.from_str(json.dumps(spec)) for name, spec in fixture["tokenizers"].items()}
    made["sst2"] = Tokenizer.from_file(str(SHIPPED))
    assert fixture["hard"] == HARD
    for name, ids in fixture["ids"].items():
        assert ids_of(made[name], fixture["assigned"]) == ids
