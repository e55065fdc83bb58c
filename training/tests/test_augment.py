import torch

from training.augment import augmented, neighbours
from training.texts import Encoded

IDS = [[1, 10, 11, 12, 2], [1, 20, 21, 2]]
TEXTS = Encoded(IDS)


def test_neighbours_are_the_nearest_others():
    words = torch.zeros(30, 2)
    words[10], words[11], words[20] = torch.tensor([1.0, 0.0]), torch.tensor([0.9, 0.1]), torch.tensor([0.0, 1.0])
    near = neighbours([10, 11, 20], words)
    assert near[10].tolist() == [11, 20] and near[20].tolist() == [11, 10]


def test_new_texts_keep_their_ends_and_use_the_words_of_the_task():
    words = torch.randn(30, 4)
    made = augmented(TEXTS, words, 200, replaced=0.5, spliced=0.5, seed=1).ids
    assert len(made) == 200 and all(text[0] == 1 and text[-1] == 2 for text in made)
    inner = {token for text in made for token in text[1:-1]}
    assert inner == {10, 11, 12, 20, 21}
    assert [1, 10, 11, 21, 2] in augmented(TEXTS, words, 200, replaced=0.0, spliced=0.5, seed=1).ids


def test_without_changes_they_are_the_texts():
    assert all(text in IDS for text in augmented(TEXTS, torch.randn(30, 4), 20, replaced=0.0, spliced=0.0, seed=1).ids)


def test_of_pairs_the_first_text_of_one_goes_with_the_second_of_another():
    pairs = Encoded([[1, 10, 11, 12, 2, 20, 2], [1, 13, 2, 21, 22, 2]], [5, 3])
    made = augmented(pairs, torch.randn(30, 4), 200, replaced=0.5, spliced=0.5, seed=1)
    assert {tuple(i for i, token in enumerate(text) if token == 2) for text in made.ids} == {(4, 6), (4, 7), (2, 4), (2, 5)}
    assert all(text.index(2) + 1 == second for text, second in zip(made.ids, made.seconds))
