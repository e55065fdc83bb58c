"""`fit`, as a new user meets it: what is refused and why, and a tiny backbone all the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import training.fit as fitting
from test_package import tokenizer
from training.evaluate import evaluate_package
from training.describe import describe
from training.fit import Order, fit, read_task_file
from training.package import Package
from training.texts import read_texts


def order(folder: Path, **more) -> Order:
    plain = {"data": folder / "my.tsv", "out": folder / "models" / "mine", "dev": None, "backbone": None,
             "recipe": "joint", "unlabelled": None, "runs": folder / "runs", "seed": 1}
    return Order(**plain | more)


def write(path: Path, rows: list[tuple[str, str]], end: str = "\n") -> None:
    path.write_bytes(end.join(["label\ttext", *("\t".join(row) for row in rows), ""]).encode())


GOOD = [("good", f"a good film {i}") for i in range(30)] + [("bad", f"the old film {i}") for i in range(30)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("good", "a film")] * 20, "1 class"),
        ([("good", "a film"), ("bad", "no film")], "2 rows for 2 classes are too few"),
        ([*GOOD, ("bad", " ")], r"my\.tsv:62: a row without a text"),
        ([*GOOD, (" ", "a film")], r"my\.tsv:62: a row without a label"),
        ([(f"{i / 5}", f"film {i}") for i in range(26)] * 12, "26 different labels .* regression is not offered"),
        ([], "no rows under the header"),
        ([*GOOD, ("bad", "a\tb")], r"my\.tsv:62: 3 columns"),
        ([*GOOD, ("bad", "a\0b")], r"my\.tsv:62: a NUL byte"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_with_its_place(tmp_path, rows, message):
    write(tmp_path / "my.tsv", rows)
    with pytest.raises(ValueError, match=message):
        read_task_file(order(tmp_path))


def test_windows_line_ends_are_read_and_oddities_are_noted(tmp_path):
    write(tmp_path / "my.tsv", [*GOOD * 8, ("bad", "a good film 1"), *[("odd", f"film {i}") for i in range(12)]], "\r\n")
    task, notes = read_task_file(order(tmp_path))
    assert task.names == ["bad", "good", "odd"] and not any("\r" in text for text in task.train.texts)
    assert any("uneven" in note for note in notes) and any("more than one label" in note for note in notes)


def notes(folder: Path, rows: list[tuple[str, str]], **more) -> str:
    write(folder / "my.tsv", rows)
    return "\n".join(read_task_file(order(folder, **more))[1])


def test_labels_are_trimmed_and_twins_are_noted(tmp_path):
    said = notes(tmp_path, [*GOOD, *[("good ", f"one film {i}") for i in range(12)], *[("Good", f"a day {i}") for i in range(12)]])
    assert "'Good' and 'good' differ by case, spaces or what is not seen only, and are 2 classes" in said and "'good '" not in said


@pytest.mark.parametrize("labels", [range(1, 6), (101, 205, 307), (-1, 0, 1)])
def test_numbers_are_names_like_any_others(tmp_path, labels):
    said = notes(tmp_path, [(str(label), f"film {i} of {label}") for label in labels for i in range(20)])
    assert "the labels are numbers" in said
    assert read_task_file(order(tmp_path))[0].names == [str(label) for label in labels]


def test_what_stands_in_several_labels_empty_is_none(tmp_path):
    write(tmp_path / "my.tsv", [("a|b|", f"film {i}") for i in range(30)] + [("", f"day {i}") for i in range(30)])
    assert read_task_file(order(tmp_path, multi_label=True))[0].names == ["a", "b"]


def test_a_class_of_one_row_is_learnt_from_and_named(tmp_path):
    rows = [("aaa", "the only one"), *[("bbb", f"film {i}") for i in range(100)], *[("ccc", f"day {i}") for i in range(99)]]
    assert "dev has no row of 'aaa' (1 to learn from)" in notes(tmp_path, rows)
    task = read_task_file(order(tmp_path))[0]
    assert "the only one" in task.train.texts
    assert "dev has no row" not in notes(tmp_path, [*rows, ("aaa", "another")])
    task = read_task_file(order(tmp_path))[0]
    assert 0 in task.train.labels and 0 in task.dev.labels


def test_dev_texts_that_are_learnt_from_are_told(tmp_path):
    said = notes(tmp_path, GOOD, dev=tmp_path / "my.tsv")
    assert "60 of 60 dev texts are training texts too" in said
    write(tmp_path / "dev.tsv", [("good", "a film"), ("bad", "GOOD")])
    assert "dev texts are" not in (said := notes(tmp_path, GOOD, dev=tmp_path / "dev.tsv"))
    assert "dev has 2 rows, each of them 50.0 points" in said
    write(tmp_path / "dev.tsv", [])
    with pytest.raises(ValueError, match=r"dev\.tsv: no rows under the header"):
        read_task_file(order(tmp_path, dev=tmp_path / "dev.tsv"))


def test_columns_that_are_not_used_and_lost_letters_are_told(tmp_path):
    rows = "".join(f"{i},{label},{text} caf\N{REPLACEMENT CHARACTER},x\n" for i, (label, text) in enumerate(GOOD))
    (tmp_path / "my.tsv").write_text("id,Label,text,note\n" + rows, encoding="utf-8")
    said = "\n".join(read_task_file(order(tmp_path))[1])
    assert "columns that are not used: id, note" in said
    assert "60 texts hold \N{REPLACEMENT CHARACTER}" in said and "my.tsv:2" in said


def test_a_column_that_stands_there_twice_is_told(tmp_path):
    rows = "".join(f"{label},{text},{i}\n" for i, (label, text) in enumerate(GOOD))
    (tmp_path / "my.tsv").write_text("label,text,Text\n" + rows, encoding="utf-8")
    task, notes = read_task_file(order(tmp_path))
    assert "there is more than one column text; the first is read" in notes
    assert not any(text.isdigit() for text in task.train.texts)


def test_more_texts_are_lines_or_a_column(tmp_path):
    (tmp_path / "more.txt").write_text("one, two\n\nthree\n", encoding="utf-8")
    assert read_texts(tmp_path / "more.txt") == ["one, two", "three"]
    (tmp_path / "more.csv").write_text('id,text\n1,"one, two"\n3,three\n', encoding="utf-8")
    assert read_texts(tmp_path / "more.csv") == ["one, two", "three"]
    (tmp_path / "none.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"none\.txt: there is no text in it"):
        read_texts(tmp_path / "none.txt")
    (tmp_path / "one.csv").write_text('text\n"one, ""two"""\n"thr\nee"\n', encoding="utf-8")
    assert read_texts(tmp_path / "one.csv") == ['one, "two"', "thr\nee"]


def backbone(folder: Path, layers: int, width: int = 32) -> Path:
    """A randomly initialised BERT, as transformers would save it."""
    folder.mkdir()
    config = {"model_type": "bert", "hidden_act": "gelu", "vocab_size": 64, "hidden_size": width,
              "num_hidden_layers": layers, "num_attention_heads": 2, "intermediate_size": 2 * width,
              "max_position_embeddings": 32, "layer_norm_eps": 1e-12, "type_vocab_size": 2}
    torch.manual_seed(0)
    state = {f"bert.embeddings.{n}_embeddings.weight": torch.randn(rows, width)
             for n, rows in (("word", 64), ("position", 32), ("token_type", 2))}
    norms = ["bert.embeddings.LayerNorm"]
    for i in range(layers):
        at = f"bert.encoder.layer.{i}"
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
        shapes = {f"attention.self.{n}": (width, width) for n in ("query", "key", "value")} | {
            "attention.output.dense": (width, width), "intermediate.dense": (2 * width, width),
            "output.dense": (width, 2 * width)}
        for name, shape in shapes.items():
            state |= {f"{at}.{name}.weight": 0.1 * torch.randn(shape), f"{at}.{name}.bias": torch.zeros(shape[0])}
    for name in norms:
        state |= {f"{name}.weight": torch.ones(width), f"{name}.bias": torch.zeros(width)}
    save_file(state, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(tokenizer().to_str())
    (folder / "tokenizer_config.json").write_text("{}")
    return folder


@pytest.mark.parametrize(("layers", "recipe"), [(12, "joint"), (2, "fastbert")])
def test_any_bert_folder_becomes_a_package_that_learnt(tmp_path, layers, recipe):
    write(tmp_path / "my.tsv", GOOD * 4)
    (tmp_path / "more.txt").write_text("an old good film\n\nthe film\n")
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", layers), recipe=recipe,
                   unlabelled=tmp_path / "more.txt")
    package = fit(wanted)
    assert len(package.exits) == layers + 1 and package.manifest["labels"] == ["bad", "good"]
    result = evaluate_package(wanted.out, wanted.data, [0.0, 0.5])
    assert result["results"][0]["accuracy"] > 0.9
    card = (wanted.out / "README.md").read_text()
    assert "Made by `python -m training fit --recipe" in card and "language:" not in card


def test_long_texts_are_read_in_windows(tmp_path):
    """What tells the label stands beyond what the backbone's 32 positions reach."""
    write(tmp_path / "my.tsv", [(label, "the old film. " * 12 + f"a {word} film") for label, word in (("good", "good"), ("bad", "old")) for _ in range(120)])
    bert = backbone(tmp_path / "bert", 2)
    wanted = order(tmp_path, backbone=bert, windows=4)
    package = fit(wanted)
    assert package.manifest["windows"] == 4 and package.manifest["max_tokens"] <= 32
    assert evaluate_package(wanted.out, wanted.data, [0.0])["results"][0]["accuracy"] > 0.9
    assert "reads 4 windows of" in describe(wanted.out)
    with pytest.raises(ValueError, match="--windows is for single texts"):
        fit(order(tmp_path, backbone=bert, windows=2, recipe="closed"))
    assert fitting.reach(order(tmp_path, windows=2), 32) == (62, ". A higher --windows, now 2, reads more")


@pytest.mark.parametrize("recipe", ["joint", "fastbert"])
def test_texts_with_any_number_of_labels(tmp_path, recipe):
    several = [("good|film", "a good film"), ("good", "good"), ("film", "the film"), ("", "the old")]
    write(tmp_path / "my.tsv", several * 60)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2), recipe=recipe, multi_label=True)
    package = fit(wanted)
    assert package.manifest["labels"] == ["film", "good"]
    assert package.manifest["problem_type"] == "multi_label_classification"
    result = evaluate_package(wanted.out, wanted.data, [0.0])
    assert result["results"][0]["accuracy"] > 0.9
    card = (wanted.out / "README.md").read_text()
    assert "2 labels: film, good" in card and "names all labels and no other" in card


def test_several_labels_without_asking_for_them_are_noted(tmp_path):
    write(tmp_path / "my.tsv", [*GOOD, *[("good|bad", f"a film {i}") for i in range(30)]])
    _, notes = read_task_file(order(tmp_path))
    assert any("--multi-label" in note for note in notes)


def test_a_folder_that_is_no_backbone_says_what_it_lacks(tmp_path):
    write(tmp_path / "my.tsv", GOOD * 4)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="has no config.json"):
        fit(order(tmp_path, backbone=tmp_path / "empty"))


@pytest.fixture
def quick(monkeypatch):
    """Three epochs are enough where nothing is to be learnt."""
    monkeypatch.setattr(fitting, "STEPS", 1)


def test_other_labels_are_learnt_anew(tmp_path, capsys):
    write(tmp_path / "my.tsv", GOOD * 4)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2))
    fit(wanted)
    other = {"good": "bad", "bad": "good"}
    write(tmp_path / "my.tsv", [(other[label], text) for label, text in GOOD * 4])
    capsys.readouterr()
    fit(wanted)
    assert "starts anew, as mine-" in (said := capsys.readouterr().out) and "made from other inputs (data)" in said
    assert evaluate_package(wanted.out, wanted.data, [0.0])["results"][0]["accuracy"] > 0.9


def test_a_run_goes_on_only_with_what_it_was_made_from(tmp_path, quick, capsys):
    write(tmp_path / "my.tsv", GOOD * 4)
    write(tmp_path / "dev.tsv", GOOD[::7])
    (tmp_path / "more.txt").write_text("an old good film\n", encoding="utf-8")
    plain = {"backbone": backbone(tmp_path / "bert", 2)}

    def epochs(**more) -> int:
        capsys.readouterr()
        fit(order(tmp_path, **plain | more))
        return capsys.readouterr().out.count('"epoch":')

    assert epochs() == 3 and epochs() == 0
    assert epochs(seed=2) == 3 and epochs(dev=tmp_path / "dev.tsv") == 3
    assert "9 of the texts that they were chosen on are training texts too" in (tmp_path / "models" / "mine" / "README.md").read_text()
    assert epochs(recipe="fastbert") == 6
    assert epochs(unlabelled=tmp_path / "more.txt") == 3, "the first stage is the same"
    (tmp_path / "more.txt").write_text("another good film\n", encoding="utf-8")
    assert epochs(unlabelled=tmp_path / "more.txt") == 3
    torch.manual_seed(1)
    weights = plain["backbone"] / "model.safetensors"
    save_file({name: values + 0.01 for name, values in load_file(weights).items()}, weights)
    assert epochs() == 3
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere" / "my.tsv", GOOD * 5)
    assert epochs(data=tmp_path / "elsewhere" / "my.tsv", out=tmp_path / "elsewhere" / "mine") == 3
    assert epochs() == 0, "the other project of that name has a run of its own"


def test_what_cannot_end_well_is_refused_before_training(tmp_path, monkeypatch):
    write(tmp_path / "my.tsv", GOOD)
    monkeypatch.setattr(fitting, "run", lambda *_: pytest.fail("trained"))
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "manifest.json").write_text('{"name": "My app"}', encoding="utf-8")
    bert = backbone(tmp_path / "bert", 2)
    for out in (tmp_path / "app", bert, tmp_path / "my.tsv"):
        with pytest.raises(ValueError, match="folder of its own"):
            fit(order(tmp_path, out=out, backbone=bert))
    (bert / "config.json").write_text((bert / "config.json").read_text().replace('"gelu"', '"gelu", "position_embedding_type": "relative_key"'))
    with pytest.raises(ValueError, match="positions are 'relative_key'"):
        fit(order(tmp_path, backbone=bert))


def test_words_that_the_tokenizer_lacks_are_told(tmp_path, quick, capsys):
    write(tmp_path / "my.tsv", [(label, text + " \N{POUTING FACE}") for label, text in GOOD])
    fit(order(tmp_path, backbone=backbone(tmp_path / "bert", 2)))
    assert "% of the tokens are unknown to this tokenizer, in 100.0 % of the texts" in capsys.readouterr().err


def test_two_processes_make_one_package(tmp_path):
    write(tmp_path / "my.tsv", GOOD * 4)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2))
    command = ["accelerate.commands.launch", "--cpu", "--num_processes", "2", "--num_machines", "1",
               "--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "0", "-m", "training", "fit",
               "--data", wanted.data, "--out", wanted.out, "--backbone", wanted.backbone, "--runs", wanted.runs]
    done = subprocess.run([sys.executable, "-m", *map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("training rows") == 1
    assert Package(wanted.out).manifest["labels"] == ["bad", "good"]
