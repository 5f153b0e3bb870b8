"""When to answer: what share of the answers is wrong if only the surest questions are answered.

Selective answering as El-Yaniv and Wiener (2010, "On the Foundations of Noise-free Selective Classification") define
it: with a threshold t, the questions of confidence >= t are answered. Coverage is the share of all questions that are
answered; risk is the share of the answered that are wrong. An answer is wrong if the question's best sentence holds no
gold quote, so every answer to an unanswerable question is. Not answering is never wrong here: it only costs coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Where a threshold leads: `coverage` and `risk` in [0, 1]; of no answers the risk is 0."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The way from the surest question alone to all questions, one point a different confidence, coverage rising.

    `area` is the area under risk over coverage (AURC, Geifman and El-Yaniv 2017): the mean, over i = 1 … n, of the risk
    when the i surest questions are answered; smaller is better. Among questions of one confidence the wrong ones are
    spread evenly, so their order does not matter. `area_of_chance` is the expected area of a confidence that says
    nothing (the risk of answering everything), `area_at_best` that of one that puts every right answer first.
    `chosen` is where the assistant stands: the questions that it did answer.
    """

    points: tuple[Point, ...]
    area: float
    area_of_chance: float
    area_at_best: float
    chosen: Point


def abstention_curve(confidences: Sequence[float], right: Sequence[bool], found: Sequence[bool]) -> Curve | None:
    """Return the curve of questions given by confidence, whether the best sentence is right, and whether it was given.

    Of no questions there is none. The threshold of `chosen` is the least confidence that was answered, 1 if none was.
    """
    total = len(confidences)
    if not total:
        return None
    blocks = _blocks(confidences, right)
    points = [Point(confidence, answered / total, wrong / answered) for confidence, answered, wrong in blocks]
    wrong = right.count(False)
    best = sum((max(0, i - (total - wrong)) / i for i in range(1, total + 1)), 0.0) / total
    return Curve(tuple(points), _area(blocks, total), wrong / total, best, _chosen(confidences, right, found))


def _blocks(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, int, int]]:
    """Return each confidence, falling, with how many questions are answered from it on, and how many of them wrong."""
    blocks: list[tuple[float, int, int]] = []
    wrong = 0
    order = sorted(range(len(confidences)), key=lambda place: -confidences[place])
    for answered, place in enumerate(order, start=1):
        wrong += not right[place]
        if blocks and blocks[-1][0] == confidences[place]:
            blocks.pop()
        blocks.append((confidences[place], answered, wrong))
    return blocks


def _area(blocks: Sequence[tuple[float, int, int]], total: int) -> float:
    area, before, wrong_before = 0.0, 0, 0
    for _, answered, wrong in blocks:
        each = (wrong - wrong_before) / (answered - before)
        area += sum((wrong_before + each * (i - before)) / i for i in range(before + 1, answered + 1))
        before, wrong_before = answered, wrong
    return area / total


def _chosen(confidences: Sequence[float], right: Sequence[bool], found: Sequence[bool]) -> Point:
    answered = [place for place, given in enumerate(found) if given]
    wrong = sum(not right[place] for place in answered)
    threshold = min((confidences[place] for place in answered), default=1.0)
    return Point(threshold, len(answered) / len(found), wrong / len(answered) if answered else 0.0)
