"""Reading labelled texts: what fits, what is refused with its line, and how a dev set is carved."""

import numpy as np
import pytest
import torch

from training.data import Labelled, LabelSets, read_names, read_task, read_tsv, without_dev
from training.split import on_both_sides


def test_rows_that_do_not_fit_are_named(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text('label\ttext\n1\t"quoted\n0\ta\tb\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:3: 3 columns"):
        read_tsv(path, ["no", "yes"])
    path.write_text("label\ttext\nmaybe\ta\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:2: label 'maybe' is neither a class number nor one of no, yes"):
        read_tsv(path, ["no", "yes"])


def test_labels_are_names_or_numbers(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("source\ttext\tlabel\na\tone\tyes\nb\ttwo\t0\n", encoding="utf-8")
    assert read_tsv(path, ["no", "yes"]) == Labelled(["one", "two"], [1, 0])


def test_rows_are_left_out_by_what_stands_in_a_column(tmp_path):
    path = tmp_path / "train.tsv"
    path.write_text("label\tshop\ttext\n1\tfruit\tone\n0\thotel\ttwo\n1\tbook\tthree\n", encoding="utf-8")
    recipe = {"labels": ["no", "yes"], "leave_out": {"shop": ["hotel", "book"]}, "dev_rows": 0}
    assert read_task(recipe, tmp_path).train.texts == ["one"]
    with pytest.raises(ValueError, match="there is no column colour by which to leave rows out, got label, shop, text"):
        read_tsv(path, ["no", "yes"], leave_out={"colour": ["red"]})


def test_classes_are_those_of_the_training_rows_where_none_are_named(tmp_path):
    (tmp_path / "train.tsv").write_text("label\ttext\nplay\ta\npause\tb\nplay\tc\n", encoding="utf-8")
    (tmp_path / "dev.tsv").write_text("label\ttext\npause\td\n", encoding="utf-8")
    task = read_task({}, tmp_path)
    assert task.names == ["pause", "play"] and task.train.labels == [1, 0, 1] and task.dev.labels == [0]


def test_dev_rows_may_stand_in_a_file_that_is_named(tmp_path):
    (tmp_path / "train.tsv").write_text("label\ttext\na\tone\nb\ttwo\n", encoding="utf-8")
    (tmp_path / "other.tsv").write_text("label\ttext\nb\tthree\n", encoding="utf-8")
    assert read_task({"dev_file": "other.tsv"}, tmp_path).dev.texts == ["three"]


def test_a_carved_dev_set_has_every_class_and_no_training_row():
    rows = Labelled([f"text {i}" for i in range(1000)], [0 if i % 10 else 1 for i in range(1000)])
    train, dev = without_dev(rows, 100)
    assert len(train) == 900 and len(dev) == 100 and not set(train.texts) & set(dev.texts)
    assert 9 <= sum(dev.labels) <= 11
    assert dev == without_dev(rows, 100)[1]


def test_each_class_has_rows_on_both_sides_where_it_has_two():
    rows = Labelled([f"text {i}" for i in range(103)], [0] * 50 + [1] * 50 + [2, 3, 3])
    train, dev = without_dev(rows, 4)
    assert {0, 1, 3} <= set(dev.labels) and set(train.labels) == {0, 1, 2, 3}
    assert 2 not in dev.labels and len(train) + len(dev) == 103
    # Also where the choice took all of a class.
    assert on_both_sides([(0,), (0,), (1,), (1,)], {0, 1}) == {1, 2}
    assert on_both_sides([(0,), (1,), (1,)], {0, 1}) == {1}


def test_of_several_labels_none_loses_its_last_row_to_dev():
    # A row of label 2 would take the only one of label 1 or 3 along.
    assert on_both_sides([(0,), (0,), (1, 2), (2, 3)], {0}) == {0}
    assert on_both_sides([(0,), (0,), (1, 2), (1,), (2,)], {0}) == {0, 2}


def test_a_row_of_a_multi_label_file_has_any_number_of_labels(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("label\ttext\nb|a\tboth\n\tnone\n1\tone\n0|1\tboth again\n", encoding="utf-8")
    sets = LabelSets(2)
    rows = read_tsv(path, ["a", "b"], sets)
    assert [sets.table[number] for number in rows.labels] == [(0, 1), (), (1,), (0, 1)]
    assert sets.chosen(torch.tensor(rows.labels)).tolist() == [[1, 1], [0, 0], [0, 1], [1, 1]]
    assert sets.numbers_of(np.array([[[True, True], [False, True]]])).tolist() == [[rows.labels[0], rows.labels[2]]]
    path.write_text("label\ttext\nb|a\tboth\n\tnone\nc|a\ttwo\n", encoding="utf-8")
    assert read_names(path, multi_label=True) == ["a", "b", "c"]
    with pytest.raises(ValueError, match=r"x\.tsv:4: label 'c' is neither"):
        read_tsv(path, ["a", "b"], sets)
