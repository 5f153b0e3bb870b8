"""The curve of answers against wrong answers has the points and the area that follow by hand."""

import random

import pytest

from qa.abstention import Point, abstention_curve


def test_points_and_area_by_hand() -> None:
    curve = abstention_curve([0.9, 0.2, 0.6, 0.4], [True, False, False, True], [True, False, True, True])
    assert curve is not None
    assert curve.points == (
        Point(0.9, 0.25, 0.0),
        Point(0.6, 0.5, 0.5),
        Point(0.4, 0.75, pytest.approx(1 / 3)),
        Point(0.2, 1.0, 0.5),
    )
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    assert curve.area_of_chance == 0.5
    assert curve.area_at_best == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)
    assert curve.chosen == Point(0.4, 0.75, pytest.approx(1 / 3))


def test_the_order_of_equal_confidences_does_not_matter() -> None:
    first = abstention_curve([0.5, 0.5, 0.5, 0.1], [True, True, False, False], [True] * 4)
    second = abstention_curve([0.5, 0.5, 0.5, 0.1], [False, True, True, False], [True] * 4)
    assert first == second
    assert first is not None
    assert [point.coverage for point in first.points] == [0.75, 1.0]
    assert first.area == pytest.approx((3 * 1 / 3 + 2 / 4) / 4)


def test_a_confidence_that_says_nothing_has_the_area_of_chance() -> None:
    curve = abstention_curve([0.5] * 10, [True] * 7 + [False] * 3, [True] * 10)
    assert curve is not None
    assert curve.area == pytest.approx(curve.area_of_chance) == pytest.approx(0.3)


def test_no_area_lies_below_the_best_and_the_best_order_reaches_it() -> None:
    generator = random.Random(1)
    for _ in range(50):
        right = [generator.random() < 0.6 for _ in range(30)]
        confidences = [generator.random() for _ in right]
        curve = abstention_curve(confidences, right, [True] * 30)
        perfect = abstention_curve([float(each) for each in right], right, right)
        assert curve is not None
        assert perfect is not None
        assert curve.area >= curve.area_at_best - 1e-12
        assert perfect.area == pytest.approx(perfect.area_at_best)


def test_of_no_questions_there_is_no_curve_and_of_no_answers_no_risk() -> None:
    assert abstention_curve([], [], []) is None
    curve = abstention_curve([0.3], [False], [False])
    assert curve is not None
    assert curve.chosen == Point(1.0, 0.0, 0.0)
