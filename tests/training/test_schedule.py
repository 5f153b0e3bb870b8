"""The learning rate warms up and falls, once a cycle."""

import pytest

from training.schedule import Schedule


def test_a_short_run_is_one_cycle_and_two_hours_are_three():
    assert Schedule.for_minutes(20).cycles == 1
    assert Schedule.for_minutes(120).cycles == 3


def test_the_rate_rises_to_the_peak_and_falls_to_nearly_nothing():
    schedule = Schedule(minutes=100, cycles=1, peak=1.0)
    assert schedule.rate(1) < schedule.rate(3) > schedule.rate(50) > schedule.rate(99)
    assert schedule.rate(3) == pytest.approx(0.97)


def test_each_cycle_begins_anew_and_lower():
    schedule = Schedule(minutes=100, cycles=2, peak=1.0)
    assert schedule.rate(49.9) < 0.05
    assert 0.5 < schedule.rate(52) < schedule.rate(2)


def test_the_cycle_is_over_when_its_minutes_are():
    schedule = Schedule(minutes=100, cycles=2)
    assert [schedule.cycle(minute) for minute in (0, 49.9, 50, 99.9, 100, 120)] == [0, 0, 1, 1, 2, 2]
