"""An evaluation comes back from its file as it was; what is no evaluation is refused, and other questions not compared."""

import json
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

from qa import Assistant
from qa.cli_evaluate import _figures
from qa.comparison import ComparisonError, compare_evaluations
from qa.evaluation import MEASURES, Gold, GoldAnswer, evaluate, measures
from qa.harder import AS_WRITTEN, Form
from qa.saved_evaluation import Evaluation, SavedError, as_evaluation, facts_of, load, save

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
FILE, QUOTE = "002_46d24d47c91e1033.txt", "chính thức được khai thông từ ngày 7/1/2025"
GOLD = [
    Gold("right", FLIGHT, "vi", (GoldAnswer(FILE, QUOTE),)),
    Gold("lost", FLIGHT, "vi", (GoldAnswer(FILE, "Vũ Ba không viết câu này"),), "when or never"),
    Gold("silent", "Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?", "vi", ()),
]


@pytest.fixture(scope="module")
def made(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    questions = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    questions.write_text("{}", encoding="utf-8")
    results = evaluate(assistant, GOLD)
    facts = facts_of(assistant.manifest, questions, "hoibao evaluate gold.jsonl")
    return as_evaluation(results, assistant.articles, facts, MEASURES, [Form("as written", 0, measures(results))])


def test_the_record_says_what_was_wanted_and_returned_with_sources(made: Evaluation) -> None:
    right, lost, silent = made.questions
    assert (right.right, lost.right, silent.right) == (True, False, True)
    assert (right.kind, lost.kind) == ("when", "when or never")
    (wanted,) = right.wanted
    assert (wanted.quote, wanted.path, wanted.published) == (QUOTE, FILE, "2025-02-18")
    assert wanted.start is not None
    assert right.returned[0].start is not None
    assert right.returned[0].start <= wanted.start
    assert (lost.wanted[0].start, lost.wanted[0].end) == (None, None)
    assert silent.returned == ()
    assert silent.best is not None
    assert made.facts["articles"] == 5
    assert made.values()["right"] == {"right": 1.0, "lost": 0.0, "silent": 1.0}


def test_questions_from_a_pipe_have_no_hash_of_nothing(assistant: Assistant) -> None:
    reader, writer = os.pipe()
    os.close(writer)
    facts = facts_of(assistant.manifest, Path(f"/dev/fd/{reader}"), "hoibao evaluate <(…)")
    os.close(reader)
    assert facts["questions_sha256"] is None


def test_what_was_saved_is_loaded(made: Evaluation, tmp_path: Path) -> None:
    save(tmp_path / "a.json", made)
    assert load(tmp_path / "a.json") == made


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "a.json: not JSON"),
        (
            "[1]",
            r"a.json: not a saved evaluation \('hoibao evaluation 1'\); make one with: hoibao evaluate … --save FILE",
        ),
        ('{"nDCG@10": 0.9}', "a.json: not a saved evaluation"),
        ('{"format": "hoibao evaluation 1"}', r"a.json: damaged \(KeyError: 'curve'\)"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(SavedError, match=reason):
        load(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"right": "yes"}, "could not convert string to float: 'yes'"),
        ({"right": math.nan}, "right is nan: not a finite number"),
        ({"AP": 1}, "question right: its values do not say whether it was answered right"),
    ],
)
def test_a_damaged_question_is_refused(made: Evaluation, tmp_path: Path, value: dict[str, object], reason: str) -> None:
    save(tmp_path / "a.json", made)
    stored = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    stored["questions"][0]["values"] = value
    (tmp_path / "a.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(SavedError, match=f"damaged .ValueError: {reason}"):
        load(tmp_path / "a.json")


def test_a_question_that_stands_there_twice_is_refused(made: Evaluation, tmp_path: Path) -> None:
    save(tmp_path / "a.json", replace(made, questions=(*made.questions, made.questions[0])))
    with pytest.raises(SavedError, match=f"question {made.questions[0].query_id} stands there twice"):
        load(tmp_path / "a.json")


def test_the_area_is_given_as_json_with_and_without_other_forms(made: Evaluation) -> None:
    plain = _figures(replace(made, forms=()), ["right", "AP"])
    assert made.curve is not None
    assert (plain["right"], plain["AP"], plain["abstention_area"]) == (made.measures["right"], None, made.curve.area)
    forms = (Form(AS_WRITTEN, 0, made.measures), Form("lower case", 1, {"right": 0.5}))
    typed = _figures(replace(made, forms=forms), ["right", "AP"])
    assert typed == {AS_WRITTEN: plain, "lower case": {"right": 0.5, "AP": None}}


def test_evaluations_of_the_same_questions_are_compared(made: Evaluation) -> None:
    lost = replace(made.questions[0], values={**made.questions[0].values, "right": 0.0})
    worse = replace(made, questions=(lost, *made.questions[1:]))
    found = compare_evaluations(made, worse, ("old", "new"))
    assert (found.headline, found.better, found.worse) == ("right", (), ("right",))
    right = next(each for each in found.differences if each.measure == "right")
    assert (right.better, right.worse, right.same) == (0, 1, 2)
    assert [(tally.group, tally.worse) for tally in found.kinds] == [("when", 1), ("when or never", 0)]


def test_evaluations_of_other_questions_are_refused(made: Evaluation) -> None:
    fewer = replace(made, questions=made.questions[:2])
    with pytest.raises(ComparisonError, match=r"not the same questions: new lacks 1 of 3 \(silent\)"):
        compare_evaluations(made, fewer, ("old", "new"))
    other = replace(made, questions=(replace(made.questions[0], text="Ai?"), *made.questions[1:]))
    with pytest.raises(ComparisonError, match="right has another text or other answers in new than in old"):
        compare_evaluations(made, other, ("old", "new"))
    answers = replace(made, questions=(replace(made.questions[0], wanted=()), *made.questions[1:]))
    with pytest.raises(ComparisonError, match="not the same questions"):
        compare_evaluations(made, answers, ("old", "new"))


def test_a_measure_that_only_one_has_is_not_run_in_the_other(made: Evaluation) -> None:
    more = replace(made, questions=tuple(replace(each, values={**each.values, "AP": 1.0}) for each in made.questions))
    assert compare_evaluations(made, more, ("old", "new")).not_run == (("AP", "new"),)
