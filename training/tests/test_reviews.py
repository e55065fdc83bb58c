"""Passages of reviews: which there are, and that none is of a review that is kept for dev."""

import gzip

import pytest

from training.data import read_task
from training.reviews import read_ends, read_reviews, read_sentences

NAMES = ["negative", "positive"]


def written(folder):
    rows = [f"{i % 2}\t{i}\tReview {i} opens so. In the middle it goes on. It ends with number {i}." for i in range(40)]
    path = folder / "train.tsv.gz"
    path.write_bytes(gzip.compress("\n".join(["label\tid\ttext", *rows, ""]).encode()))
    return path


def test_passages_keep_their_review_s_label(tmp_path):
    reviews = read_reviews(written(tmp_path), 0)
    ends = read_ends(reviews, 3)
    assert ends.texts[:3] == ["Review 0 opens", "with number 0.", "Review 1 opens"] and ends.review_labels[:4].tolist() == [0, 0, 1, 1]
    sentences = read_sentences(reviews, 30, (4, 4), seed=1)
    assert len(sentences.texts) == 30 and {len(text.split()) for text in sentences.texts} == {4}
    assert all(int(text.split()[1]) % 2 == label for text, label in zip(sentences.texts, sentences.review_labels))


def test_the_reviews_that_a_task_keeps_for_dev_are_no_passages(tmp_path):
    path = written(tmp_path)
    task = read_task({"labels": NAMES, "train_file": path.name, "dev_rows": 10}, tmp_path)
    assert len(task.dev) == 10 and read_reviews(path, 10).texts == task.train.texts


def test_a_gzipped_table_that_is_cut_off_is_named(tmp_path):
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ValueError, match=r"train\.tsv\.gz: begins as a gzipped file and cannot be unpacked"):
        read_reviews(path, 0)
