"""Two runs over the same questions: which is better, by how much, could it be chance, and at which questions.

Python's twin of `hoibao compare`: `compare_evaluations` of saved evaluations, `compare_runs` of TREC runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.evaluation import LOWER_IS_BETTER
from qa.measures import Qrels, Run, per_question
from qa.saved_evaluation import Evaluation
from qa.significance import EQUAL, bootstrap_interval, holm, randomisation_p

TREC_MEASURES = ("nDCG@10", "RR@10", "R@10", "P@10", "AP", "Success@1")

Scores = Mapping[str, Mapping[str, float]]  # measure -> question -> value


class ComparisonError(ValueError):
    """Two runs that cannot be compared; the message says how their questions differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The means of one measure in both runs; `difference` is second - first, with its interval from `low` to `high`.

    `p` is how often chance alone makes so great a difference, `p_holm` the same corrected for the number of measures
    compared. `better`, `worse` and `same` count questions by whether the second run serves them better.
    """

    measure: str
    questions: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    p_holm: float
    better: int
    worse: int
    same: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions of one kind or language: the means of both runs, and how many the second serves better or worse."""

    group: str
    questions: int
    first: float
    second: float
    better: int
    worse: int
    same: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs by name, and how the second differs from the first. `not_run`: measures that only the named run has.

    `kinds` and `languages` count by the `headline` measure, and so do `better` and `worse`, which name the questions.
    """

    names: tuple[str, str]
    differences: tuple[Difference, ...]
    not_run: tuple[tuple[str, str], ...]
    headline: str
    kinds: tuple[Tally, ...]
    languages: tuple[Tally, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]


def compare_evaluations(first: Evaluation, second: Evaluation, names: tuple[str, str]) -> Comparison:
    """Return how two saved evaluations of the same questions differ. Raises ComparisonError if they are others."""
    asked = [
        {q.query_id: (q.text, [(w.path, w.quote) for w in q.wanted]) for q in e.questions} for e in (first, second)
    ]
    check_same_questions(asked[0], asked[1], names)
    kinds = {question.query_id: question.kind for question in first.questions}
    languages = {question.query_id: question.language for question in first.questions}
    return _comparison(names, first.values(), second.values(), (kinds, languages))


def compare_runs(
    qrels: Qrels, first: Run, second: Run, names: tuple[str, str], measures: Sequence[str] = TREC_MEASURES
) -> Comparison:
    """Return how two runs differ over the questions of `qrels`; one that a run lacks counts 0 there.

    Raises ComparisonError for a run that has none of the questions, MeasureError.
    """
    for run, name in zip((first, second), names, strict=True):
        if not qrels.keys() & run.keys():
            raise ComparisonError(
                f"{name} was not run on these questions: it has none of the {len(qrels)} in the qrels"
            )
    return _comparison(names, per_question(qrels, first, measures), per_question(qrels, second, measures), ({}, {}))


def compare(first: Scores, second: Scores) -> list[Difference]:
    """Return a difference for each measure that both runs have, in order of the first.

    Raises ComparisonError if they have none in common, or a measure is of other questions in one than in the other.
    """
    made = [_difference(name, first[name], second[name]) for name in first if first[name] and second.get(name)]
    if not made:
        raise ComparisonError("the two runs have no measure in common")
    corrected = holm([each.p for each in made])
    return [replace(each, p_holm=p) for each, p in zip(made, corrected, strict=True)]


def tally(
    measure: str, first: Mapping[str, float], second: Mapping[str, float], groups: Mapping[str, str]
) -> list[Tally]:
    """Return one Tally a group of questions, in order of `groups` (question -> group)."""
    members: dict[str, list[str]] = {}
    for question, group in groups.items():
        if question in first:
            members.setdefault(group, []).append(question)
    return [_tally(group, measure, {q: (first[q], second[q]) for q in each}) for group, each in members.items()]


def changed(measure: str, first: Mapping[str, float], second: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """Return the questions that the second run serves better, and those that it serves worse, in order of the first."""
    gains = {question: _gain(measure, value, second[question]) for question, value in first.items()}
    return [q for q, gain in gains.items() if gain > EQUAL], [q for q, gain in gains.items() if gain < -EQUAL]


def check_same_questions(first: Mapping[str, object], second: Mapping[str, object], names: tuple[str, str]) -> None:
    """Raise ComparisonError if the keys or values of both differ: a question (key) and all that is asked by it."""
    for mine, other, name in ((first, second, names[1]), (second, first, names[0])):
        missing = [question for question in mine if question not in other]
        if missing:
            few = ", ".join(map(str, missing[:3])) + (" …" if len(missing) > 3 else "")
            raise ComparisonError(f"not the same questions: {name} lacks {len(missing)} of {len(mine)} ({few})")
    other_text = [question for question, asked in first.items() if asked != second[question]]
    if other_text:
        how = f"{other_text[0]} has another text or other answers in {names[1]} than in {names[0]}"
        raise ComparisonError(f"not the same questions: {how}")


def _comparison(
    names: tuple[str, str], first: Scores, second: Scores, groups: tuple[Mapping[str, str], Mapping[str, str]]
) -> Comparison:
    differences = compare(first, second)
    headline = "right" if "right" in first else differences[0].measure
    both = first[headline], second[headline]
    kinds, languages = (tuple(tally(headline, *both, group)) for group in groups)
    not_run = [(measure, names[0]) for measure in first if measure not in second]
    not_run += [(measure, names[1]) for measure in second if measure not in first]
    better, worse = changed(headline, *both)
    return Comparison(
        names, tuple(differences), tuple(not_run), headline, kinds, languages, tuple(better), tuple(worse)
    )


def _difference(measure: str, first: Mapping[str, float], second: Mapping[str, float]) -> Difference:
    check_same_questions(dict.fromkeys(first), dict.fromkeys(second), ("the first run", "the second run"))
    each = [second[question] - value for question, value in first.items()]
    counts = _tally("", measure, {question: (value, second[question]) for question, value in first.items()})
    low, high = bootstrap_interval(each)
    p = randomisation_p(each)
    return Difference(
        measure,
        counts.questions,
        counts.first,
        counts.second,
        counts.second - counts.first,
        low,
        high,
        p,
        p,
        counts.better,
        counts.worse,
        counts.same,
    )


def _tally(group: str, measure: str, pairs: Mapping[str, tuple[float, float]]) -> Tally:
    gains = [_gain(measure, first, second) for first, second in pairs.values()]
    better, worse = sum(gain > EQUAL for gain in gains), sum(gain < -EQUAL for gain in gains)
    means = [sum(values) / len(pairs) for values in zip(*pairs.values(), strict=True)]
    return Tally(group, len(pairs), means[0], means[1], better, worse, len(pairs) - better - worse)


def _gain(measure: str, first: float, second: float) -> float:
    return first - second if measure in LOWER_IS_BETTER else second - first
