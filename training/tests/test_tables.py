"""docs/tables.md, as training keeps it; `docs/tables.test.ts` reads the same files."""

import json
from pathlib import Path

import pytest

from training.data import read_rows
from training.labels import class_numbers, in_order, labels_in, notes_of, refuse_values
from training.tables import read_lines
from training.texts import read_texts

FOLDER = Path(__file__).parent / "tables"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def read(name: str) -> list:
    """[line, label, text] of each row, pairs as lists; of a file of lines, which have no labels, [text]."""
    path = FOLDER / name
    found = [[text] for text in read_texts(path, EXPECTED[name]["pairs"])] if path.suffix == ".txt" else read_rows(path)
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_the_page_reads_it(name):
    wanted = EXPECTED[name]
    if "line" in wanted:
        with pytest.raises(ValueError, match=rf"{name}:{wanted['line']}: "):
            read(name)
    else:
        assert read(name) == [row[-1:] if name.endswith(".txt") else row for row in wanted["rows"]]


def test_every_file_is_expected():
    assert {path.name for path in FOLDER.iterdir()} - {"expected.json"} == set(EXPECTED)


def test_a_cell_may_be_longer_than_python_reads_by_itself(tmp_path):
    path, text = tmp_path / "x.csv", "long " * 40_000
    path.write_text(f'label,text\ngood,"{text}"\n', encoding="utf-8")
    assert read_rows(path) == [(2, "good", text)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"label\ttext\ngood\tcaf\xe9\n", r"x\.tsv:2: not UTF-8 \(byte 0xe9\)"),
        (b"\xef\xbb\xbflabel\ttext\n\ngood\tcaf\xe9\n", r"x\.tsv:3: not UTF-8 \(byte 0xe9\)"),
        (b"\xff\xfel\0a\0b", "begins as UTF-16"),
        (b"label\ttext\ngood\ta\0b\n", r"x\.tsv:2: a NUL byte"),
        (b"label\ttext\n\n\t\n", "no rows under the header"),
        (b"", "must name the column text, got ''"),
        (b"text\nfine\n", "must name the columns label and text, got text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, message):
    (tmp_path / "x.tsv").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_rows(tmp_path / "x.tsv")


def test_lines_are_texts(tmp_path):
    (tmp_path / "x.txt").write_bytes("one\r\n \r\ntwo\u2028still two".encode("utf-16"))
    assert read_lines(tmp_path / "x.txt") == [(1, "one"), (3, "two\u2028still two")]


def test_a_label_is_a_name_in_any_case_or_a_number():
    assert list(map(class_numbers(["bad", "Good"]), ["bad", "GOOD", "1", "2", "01", ""])) == [0, 1, 1, None, None, None]
    # Where case tells two names apart, another case may be either.
    assert list(map(class_numbers(["US", "us"]), ["US", "us", "Us"])) == [0, 1, None]
    # Where a name is a number, numbers are names.
    assert list(map(class_numbers(["1", "2", "5"]), ["1", "5", "0"])) == [0, 2, None]


def test_several_labels_leave_out_what_is_empty():
    assert labels_in(" a | b||c |") == ["a", "b", "c"] and labels_in(" ") == []


def test_whole_numbers_are_ordered_by_value():
    assert in_order({"10", "9", "-1"}) == ["-1", "9", "10"] and in_order({"b", "10", "9"}) == ["10", "9", "b"]


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (["1", "2", "3", "4", "5"], "the labels are numbers"),
        (["101", "205", "307"], "the labels are numbers"),
        (["-1", "0", "1"], "the labels are numbers"),
        (["0.5", "1.0", "1.5"], "the labels are numbers"),
        (["Good", "bad", "good"], "'Good' and 'good' differ by case, spaces or what is not seen only, and are 2 classes"),
        (["bad", "bad\u200b"], "differ by case, spaces or what is not seen"),
        (["caf\u00e9", "cafe\u0301"], "differ by case, spaces or what is not seen"),
        (["New  York", "New York"], "differ by case, spaces"),
        (["a", "a|b"], "--multi-label"),
    ],
)
def test_labels_that_may_not_be_meant_are_noted(names, note):
    assert note in "\n".join(notes_of(names, False))


def test_several_labels_of_a_text_that_stand_there_as_one_are_noted():
    assert "'good, film' is one label; where it is several of a text, write '|' between them" in notes_of(["bad", "good, film"], True)
    assert notes_of(["bad", "good, film"], False) == notes_of(["bad", "good"], True) == []


@pytest.mark.parametrize("names", [["0", "1", "2"], ["bad", "good"], ["1st", "2nd"]])
def test_plain_labels_are_not_noted(names):
    assert notes_of(names, False) == []


def test_values_on_a_scale_are_no_classes():
    with pytest.raises(ValueError, match="26 different labels .*: these look like numbers; regression is not offered"):
        refuse_values([f"{value / 5}" for value in range(26)], "x.tsv")
    with pytest.raises(ValueError, match="regression"):
        refuse_values([f"{value},5" for value in range(11)], "x.tsv")
    with pytest.raises(ValueError, match="regression"):
        refuse_values([f"{10 * value}%" for value in range(11)], "x.tsv")
    refuse_values([f"{value / 2}" for value in range(1, 11)], "x.tsv")  # stars
    refuse_values([str(value) for value in range(150)], "x.tsv")
