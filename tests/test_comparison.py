"""A difference is found where one was planted and not where there is none; other questions are not compared."""

import random

import numpy as np
import pytest

from qa.comparison import ComparisonError, changed, check_same_questions, compare, compare_runs, tally
from qa.measures import per_question
from qa.significance import bootstrap_interval, holm, randomisation_p

NAMES = ["nDCG@10", "RR@10", "Success@1"]
DOCUMENTS = [f"d{number}" for number in range(20)]
QRELS = {f"q{number}": {"d0": 1, "d1": 1} for number in range(120)}


def run(generator: random.Random, help_of: float) -> dict[str, dict[str, float]]:
    """Each question's documents in random order, the right ones lifted by `help_of`."""
    return {
        question: {name: generator.random() + help_of * (name in ("d0", "d1")) for name in DOCUMENTS}
        for question in QRELS
    }


def least_p(first: dict[str, dict[str, float]], second: dict[str, dict[str, float]]) -> float:
    """The least corrected p of the measures, as `compare` finds it, without the intervals that take most of its time."""
    mine, other = per_question(QRELS, first, NAMES), per_question(QRELS, second, NAMES)
    return min(holm([randomisation_p([other[name][q] - mine[name][q] for q in QRELS]) for name in NAMES]))


@pytest.mark.parametrize("kind", ["noise", "shuffled"])
def test_a_run_and_its_noisy_or_shuffled_copy_do_not_differ_in_94_of_100_trials(kind: str) -> None:
    found = 0
    for trial in range(100):
        generator = random.Random(trial)
        first = run(generator, 0.4)
        if kind == "noise":  # both are the same system with another noise
            second = run(generator, 0.4)
        else:  # which of the two a question's ranking comes from is drawn
            other = run(generator, 0.2)
            swapped = [question for question in QRELS if generator.random() < 0.5]
            first, second = ({**first, **{q: other[q] for q in swapped}}, {**other, **{q: first[q] for q in swapped}})
        found += least_p(first, second) <= 0.05
    assert found <= 6


def test_a_planted_difference_is_found() -> None:
    generator = random.Random(0)
    first, second = run(generator, 0.3), run(generator, 0.6)
    (ndcg, *_) = compare(per_question(QRELS, first, NAMES), per_question(QRELS, second, NAMES))
    assert ndcg.p_holm < 0.001
    assert 0 < ndcg.low < ndcg.difference < ndcg.high
    assert ndcg.better > ndcg.worse
    assert ndcg.better + ndcg.worse + ndcg.same == ndcg.questions == len(QRELS)
    assert least_p(first, first) == 1.0


def test_p_of_few_questions_is_that_of_all_their_signs() -> None:
    # of the 8 ways to sign 1, 2, 3 two reach the sum 6, four the sum 4
    assert randomisation_p([1, 2, 3]) == pytest.approx(2 / 8, abs=0.02)
    assert randomisation_p([-1, 2, 3]) == pytest.approx(4 / 8, abs=0.02)
    assert randomisation_p([0, 0]) == 1.0
    assert randomisation_p([1, 2, 3]) == randomisation_p([0, 1, 2, 3])


def test_the_interval_is_that_of_theory_for_many_questions() -> None:
    values = np.random.default_rng(3).normal(0.1, 0.5, 400)
    low, high = bootstrap_interval(list(values))
    spread = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - spread, values.mean() + spread), abs=0.005)
    assert bootstrap_interval([0.25] * 7) == (0.25, 0.25)


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_wins_and_losses_by_kind_and_question() -> None:
    first, second = {"a": 0.0, "b": 1.0, "c": 0.5}, {"a": 1.0, "b": 0.5, "c": 0.5}
    when, who = tally("RR", first, second, {"a": "when", "b": "who", "c": "who", "elsewhere": "who"})
    assert (when.group, when.questions, when.better, when.worse, when.same) == ("when", 1, 1, 0, 0)
    assert (who.first, who.second, who.better, who.worse, who.same) == (0.75, 0.5, 0, 1, 1)
    assert changed("RR", first, second) == (["a"], ["b"])
    assert changed("not_found_wrong", first, second) == (["b"], ["a"])


def test_a_measure_that_one_run_lacks_is_not_compared() -> None:
    assert [each.measure for each in compare({"AP": {"a": 1}, "RR": {"a": 1}}, {"AP": {}, "RR": {"a": 1}})] == ["RR"]
    with pytest.raises(ComparisonError, match="no measure in common"):
        compare({"AP": {"a": 1}}, {"RR": {"a": 1}})


def test_other_questions_are_refused() -> None:
    with pytest.raises(ComparisonError, match=r"the second run lacks 1 of 2 \(b\)"):
        compare({"RR": {"a": 1, "b": 1}}, {"RR": {"a": 1}})
    with pytest.raises(ComparisonError, match=r"x lacks 1 of 2 \(c\)"):
        check_same_questions({"a": 1}, {"a": 1, "c": 1}, ("x", "y"))
    with pytest.raises(ComparisonError, match="a has another text or other answers in y than in x"):
        check_same_questions({"a": "Ai?"}, {"a": "Khi nào?"}, ("x", "y"))


def test_runs_are_compared_over_all_judged_questions_or_not_at_all() -> None:
    qrels = {"a": {"x": 1}, "b": {"x": 1}}
    made = compare_runs(qrels, {"a": {"x": 1.0}}, {"a": {"x": 1.0}, "b": {"x": 1.0}}, ("old", "new"), ["RR"])
    (reciprocal,) = made.differences
    assert (reciprocal.first, reciprocal.second, made.better, made.headline) == (0.5, 1.0, ("b",), "RR")
    with pytest.raises(ComparisonError, match="new was not run on these questions: it has none of the 2"):
        compare_runs(qrels, {"a": {"x": 1.0}}, {"z": {"x": 1.0}}, ("old", "new"))
