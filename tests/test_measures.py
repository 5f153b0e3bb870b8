"""Measures have the values that follow from rankings and sentences by hand, and those of the ir_measures command."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from qa.measures import MeasureError, check_names, means, per_question, score_run, token_f1
from qa.trec import write_qrels, write_run

QRELS = {"a": {"x": 1, "y": 2}, "b": {"z": 1}, "c": {"x": 1}}
RUN = {"a": {"w": 3.0, "y": 2.0, "x": 1.0}, "b": {"z": 1.0}, "unknown": {"x": 1.0}}


def test_values_question_by_question() -> None:
    names = ["RR@10", "R@2", "P@5", "AP", "Success@1", "nDCG@1", "MRR@10"]
    values = per_question(QRELS, RUN, names)
    assert values["RR@10"] == {"a": 0.5, "b": 1.0, "c": 0.0}
    assert values["MRR@10"] == values["RR@10"]
    assert values["R@2"] == {"a": 0.5, "b": 1.0, "c": 0.0}
    assert values["P@5"] == {"a": 0.4, "b": 0.2, "c": 0.0}
    assert values["AP"] == {"a": pytest.approx((1 / 2 + 2 / 3) / 2), "b": 1.0, "c": 0.0}
    assert values["Success@1"] == values["nDCG@1"] == {"a": 0.0, "b": 1.0, "c": 0.0}


@pytest.mark.parametrize(
    ("found", "rank"),
    [
        ({"right": 1.0, "wrong": 1.0}, 2),  # of equals the later name stands first, as in trec_eval
        ({"wrong": 1.0, "right": 1.0}, 2),
        ({"right": 1.0, "a": 1.0}, 1),
        ({"right": 12.3, "wrong": 12.2999999}, 1),  # the same number where it is kept in 32 bits
        ({"wrong": 12.3, "right": 12.2999999}, 2),
    ],
)
def test_scores_that_are_equal_or_nearly_so_stand_alike_for_every_measure(found: dict[str, float], rank: int) -> None:
    names = ["RR@10", "RR", "MRR@5", "AP", "R@1", "P@1", "Success@1", "nDCG@1"]
    values = {name: each["q"] for name, each in per_question({"q": {"right": 1}}, {"q": found}, names).items()}
    first = {1: 1.0, 2: 0.0}[rank]
    assert values == {**dict.fromkeys(names[:4], 1 / rank), **dict.fromkeys(names[4:], first)}


def test_a_missing_question_counts_zero_and_a_missing_run_does_not_count() -> None:
    assert score_run(QRELS, RUN, ["RR@10"]) == {"RR@10": 0.5}
    assert score_run(QRELS, {}, ["RR@10"]) == {}
    assert means({"RR@10": {}}) == {}


@pytest.mark.parametrize("name", ["NDCG", "nDCG", "nDCG@0", "nDCG@x", "P", "RR@-1", "recall", ""])
def test_a_measure_that_does_not_exist_is_refused_with_those_that_do(name: str) -> None:
    with pytest.raises(MeasureError, match=r"nDCG@k, RR@k, R@k, P@k, AP, Success@k, right \(k a whole number"):
        check_names([name], ["right"])


def test_the_ir_measures_command_says_the_same_of_the_files_that_are_written(tmp_path: Path) -> None:
    generator = random.Random(7)
    documents = [f"d{number}" for number in range(50)]
    qrels = {f"q{n}": {d: generator.choice([0, 1, 2]) for d in generator.sample(documents, 6)} for n in range(30)}
    run = {q: {d: generator.random() for d in generator.sample(documents, 40)} for q in list(qrels)[:-3]}
    names = ["nDCG@10", "RR@10", "R@20", "P@5", "AP", "Success@3"]
    files = [write_qrels(tmp_path / "qrels.txt", qrels), write_run(tmp_path / "x.run", run, "x")]
    command = [sys.executable, "-m", "ir_measures", "--places", "9", *map(str, files), *names]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    theirs = {name: float(value) for name, value in (line.split("\t") for line in printed.splitlines())}
    assert theirs == pytest.approx(score_run(qrels, run, names), abs=1e-6)
    assert 0.05 < theirs["nDCG@10"] < 0.95


@pytest.mark.parametrize(
    ("sentence", "quotes", "value"),
    [
        ("Tuyến bay mở từ ngày 7.", ["tuyến bay"], 2 * 2 / (6 + 2)),
        ("Hoà bình!", ["hòa bình"], 1.0),
        ("bay bay bay", ["bay"], 2 * 1 / (3 + 1)),
        ("một hai", ["ba", "hai"], 2 / 3),
        ("ngày 7/1/2025", ["7/1/2025"], 2 * 3 / (4 + 3)),
        ("một hai", ["ba"], 0.0),
        ("một hai", [], 0.0),
        ("…", ["…"], 0.0),
    ],
)
def test_overlap_of_a_sentence_with_the_best_quote(sentence: str, quotes: list[str], value: float) -> None:
    assert token_f1(sentence, quotes) == pytest.approx(value)
