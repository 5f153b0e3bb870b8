"""Days, weeks, months, quarters and years of the calendar, as the first and the last of their days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "week", "month", "quarter", "year"]
Range = tuple[date, date, Precision]


def day_of(day: date) -> Range:
    """Return one day."""
    return day, day, "day"


def month_of(year: int, month: int) -> Range:
    """Return a month, 1 to 12, of a year. Raises ValueError for another number."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month}: a year has 12")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def quarter_of(year: int, number: int) -> Range:
    """Return a quarter, 1 to 4, of a year."""
    return date(year, 3 * number - 2, 1), month_of(year, 3 * number)[1], "quarter"


def around(published: date, unit: str, shift: int) -> Range:
    """Return the day, week, month, quarter or year that is `shift` of them away from that of `published`."""
    if unit == "ngày":
        return day_of(published + timedelta(shift))
    if unit == "tuần":
        monday = published + timedelta(7 * shift - published.weekday())
        return monday, monday + timedelta(6), "week"
    if unit == "năm":
        return date(published.year + shift, 1, 1), date(published.year + shift, 12, 31), "year"
    months = published.year * 12 + published.month - 1 + (3 * shift if unit == "quý" else shift)
    year, month = months // 12, months % 12 + 1
    return quarter_of(year, (month + 2) // 3) if unit == "quý" else month_of(year, month)
