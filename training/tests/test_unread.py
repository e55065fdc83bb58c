"""What a tokenizer cannot read is told, with its share and an example."""

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from test_families import unigram
from test_package import tokenizer
from training.texts import encode
from training.unread import notes_on_tokens, unknown_id, unread


def test_unknown_words_are_told_with_an_example():
    (said,) = notes_on_tokens(tokenizer(), ["a good film", "the old \N{POUTING FACE}", "good"], 32)
    assert said.startswith("14.3 % of the tokens are unknown to this tokenizer, in 33.3 % of the texts")
    assert "'\N{POUTING FACE}' in 'the old \N{POUTING FACE}'" in said


def test_the_example_of_a_pair_is_of_the_text_that_it_stands_in():
    (said,) = notes_on_tokens(tokenizer(), [("a good film", "the old \N{POUTING FACE}")], 32)
    assert "'\N{POUTING FACE}' in 'the old \N{POUTING FACE}'" in said


def test_texts_that_are_cut_are_told():
    (said,) = notes_on_tokens(tokenizer(), ["a good film"] * 3 + ["film " * 31], 32)
    assert said.startswith("25.0 % of the texts are longer than the 32 tokens")


def test_nothing_is_said_of_what_is_read_whole():
    assert notes_on_tokens(tokenizer(), ["a good film", "film " * 30], 32) == []


@pytest.mark.parametrize(
    ("model", "unknown"),
    [
        (models.Unigram([("<unk>", 0.0), ("a", -1.0)], unk_id=0), 0),
        (models.WordLevel({"a": 0, "<unk>": 1}, unk_token="<unk>"), 1),
        (models.BPE({"a": 0}, []), None),
    ],
)
def test_each_kind_of_tokenizer_says_what_is_unknown(model, unknown):
    made = Tokenizer(model)
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    assert unknown_id(made) == unknown
    assert bool(notes_on_tokens(made, ["b"], 32)) == (unknown is not None)


@pytest.mark.parametrize("made", [tokenizer, unigram])
def test_a_text_of_nothing_but_unknown_words_is_unread(made):
    own = made()
    assert unread(own, encode(own, ["\N{POUTING FACE}", "film", ""], 32).ids) == [0, 2]
