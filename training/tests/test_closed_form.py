"""Heads in closed form: leave-one-out is what leaving out one gives, and `fit` makes packages of them."""

import json

import numpy as np
import pytest

import training.closed_form as closed_form
import training.fit as fitting
from test_fit import GOOD, backbone, order, write
from training.calibrate import calibrate_package
from training.describe import describe
from training.evaluate import evaluate_package
from training.fit import fit

CLASSES = 3


@pytest.fixture
def texts():
    """Pooled states of n texts [n, H], and their labels [n]."""
    random = np.random.default_rng(0)
    labels = np.arange(24) % CLASSES
    states = random.normal(size=(24, 10)) + 2 * random.normal(size=(CLASSES, 10))[labels]
    return states / np.linalg.norm(states, axis=1, keepdims=True), labels


@pytest.mark.parametrize("share", [0.05, 0.7])
def test_what_is_said_of_a_text_is_what_the_others_say(texts, monkeypatch, share):
    x, labels = texts
    monkeypatch.setattr(closed_form, "SHRINKAGES", (share,))
    rows = np.arange(len(labels))
    _, _, said = closed_form.discriminant(x, labels, CLASSES, rows)
    freedom, identity = len(labels) - CLASSES, np.eye(x.shape[1])

    def scatter(kept):
        means = np.stack([x[kept & (labels == label)].mean(0) for label in range(CLASSES)])
        residuals = (x - means[labels])[kept]
        return means, residuals.T @ residuals / freedom

    variance = np.trace(scatter(rows >= 0)[1]) / x.shape[1]
    wanted = np.zeros_like(said)
    for row in rows:
        means, within = scatter(rows != row)
        solved = np.linalg.solve((1 - share) * within + share * variance * identity, (means - x.mean(0)).T)
        wanted[row] = (x[row] - x.mean(0)) @ solved - 0.5 * ((means - x.mean(0)) * solved.T).sum(1)
    factor, _ = closed_form.sharpen(wanted, labels)
    assert np.allclose(said, closed_form.log_softmax(wanted * factor), atol=1e-3)


def test_words_are_counted_off(monkeypatch):
    monkeypatch.setattr(closed_form, "PRIORS", (0.3,))
    texts, labels = [{1, 2}, {2, 3}, {1, 4}, {3, 5}, {5}, {2, 5}], np.array([0, 1, 0, 1, 2, 2])
    rows = np.arange(len(labels))
    counted, said = closed_form.count_words(texts, labels, CLASSES, rows)
    wanted = np.zeros_like(said)
    for row, text in enumerate(texts):
        counts = np.zeros((5, CLASSES))
        for other, label in enumerate(labels):
            for piece in texts[other] if other != row else ():
                counts[counted.rows[piece], label] += 1
        chances = np.log(counts + 0.3) - np.log(counts.sum(0) + 0.3 * len(counts))
        wanted[row] = chances[[counted.rows[piece] for piece in text]].sum(0) / len(text) ** 0.5
    assert np.allclose(said, closed_form.log_softmax(wanted * counted.factor), atol=1e-6)


def test_an_opinion_that_is_noise_gets_no_weight():
    labels = np.arange(90) % CLASSES
    sure = closed_form.log_softmax(3.0 * np.eye(CLASSES)[labels])
    noise = closed_form.log_softmax(3.0 * np.eye(CLASSES)[np.random.default_rng(0).permutation(labels)])
    weights = closed_form.mix([noise, sure], labels, np.arange(90))
    assert (weights >= 0).all() and weights[1] > 3 * weights[0]


@pytest.mark.parametrize("times", [1, 4])  # with 100 texts a label their words are counted in
def test_fit_makes_a_package_without_training(tmp_path, capsys, monkeypatch, times):
    monkeypatch.setattr(fitting, "run", lambda *_: pytest.fail("trained"))
    write(tmp_path / "my.tsv", GOOD * times)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2), recipe="closed")
    package = fit(wanted)
    assert "in closed form" in capsys.readouterr().out
    assert evaluate_package(wanted.out, wanted.data, [0.0, 0.5])["results"][0]["accuracy"] > 0.9
    card = (wanted.out / "README.md").read_text()
    assert "training fit --recipe closed` from" in card and ("of every word piece" in card) == (times > 1)
    assert "taught exits 0, 1, 2" + (", and words" if times > 1 else "") in describe(wanted.out)
    before = (wanted.out / "calibration.json").read_text()
    calibrate_package(wanted.out, wanted.data)  # all rows, other than before
    assert json.loads(before)["n"] < json.loads((wanted.out / "calibration.json").read_text())["n"]
    assert package.manifest["problem_type"] == "single_label_classification"


def test_of_few_rows_fit_tries_the_closed_form_first_and_says_which_was_better(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(fitting, "STEPS", 1)
    write(tmp_path / "my.tsv", GOOD)
    wanted = order(tmp_path, backbone=backbone(tmp_path / "bert", 2))
    fit(wanted)
    said = capsys.readouterr().out
    assert said.index("heads in closed form") < said.index('"epoch": 1')
    assert "the closed form: " in said and "\ntraining: " in said and "better on dev with all layers: " in said
    monkeypatch.setattr(fitting, "FEW", 10)
    fit(wanted)
    assert "closed form" not in capsys.readouterr().out


@pytest.mark.parametrize(("more", "message"), [
    ({"multi_label": True}, "one label there"),
    ({"unlabelled": "more.txt"}, "leave out --unlabelled"),
])
def test_what_it_cannot_do_is_refused(tmp_path, more, message):
    write(tmp_path / "my.tsv", GOOD)
    (tmp_path / "more.txt").write_text("a film\n", encoding="utf-8")
    more = {key: tmp_path / value if isinstance(value, str) else value for key, value in more.items()}
    with pytest.raises(ValueError, match=f"--recipe closed: .*{message}"):
        fit(order(tmp_path, backbone=backbone(tmp_path / "bert", 2), recipe="closed", **more))


def test_a_label_of_one_row_each_is_too_little(tmp_path):
    write(tmp_path / "my.tsv", [("good", "a good film"), ("bad", "the old film")])
    write(tmp_path / "dev.tsv", GOOD)
    with pytest.raises(ValueError, match="two labels with two training rows each"):
        fit(order(tmp_path, dev=tmp_path / "dev.tsv", backbone=backbone(tmp_path / "bert", 2), recipe="closed"))
