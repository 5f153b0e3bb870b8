"""The days that words of time mean on a day: "quý I/2024", "tuần qua", "last month", "2024年8月"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from index.vietnamese import strip_marks
from qa.calendar_days import Range, around, day_of, month_of, quarter_of
from qa.time_phrases import MONTHS

_SHIFTS = {"nay": 0, "truoc": -1, "ngoai": -1, "qua": -1, "kia": -2, "this": 0, "last": -1}
_SHIFTS |= {"今": 0, "这": 0, "本": 0, "去": -1, "昨": -1, "上": -1, "前": -2}
_UNITS = {"nam": "năm", "thang": "tháng", "tuan": "tuần", "quy": "quý", "hom": "ngày"}
_UNITS |= {"year": "năm", "month": "tháng", "week": "tuần", "quarter": "quý"}
_UNITS |= {"年": "năm", "月": "tháng", "周": "tuần", "星期": "tuần", "天": "ngày", "日": "ngày"}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}

Reckoned = Callable[["re.Match[str]", date], Range]


def days_said(said: str, today: date, year: int | None = None) -> Range:
    """Return the days of one time; `year` is that of a day, month or quarter without one.

    "Tuần qua", "tháng qua", "7 ngày qua" are the last seven days, the last month of days and the last seven days, up
    to and with today. Raises ValueError for a day that there is not, or without a year, and for other words.
    """
    words = strip_marks(said).lower().strip()
    for pattern in _ABSOLUTE:
        if match := pattern.fullmatch(words):
            return _absolute(match, year)
    for pattern, reckoned in _RELATIVE:
        if match := pattern.fullmatch(words):
            return reckoned(match, today)
    raise ValueError(f"{said!r} is no time")


def last_time(said: str, until: date) -> Range:
    """Return the days of a day of the calendar that is named without a year: when it last was, up to `until`.

    Raises ValueError for a day that there is not then, and for other words.
    """
    day = days_said(said, until, until.year)
    return day if day[0] <= until else days_said(said, until, until.year - 1)


def year_said(said: str) -> int | None:
    """Return the year that is named in `said`; None for none or two."""
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", said)
    return int(years[0]) if len(years) == 1 else None


def _absolute(match: re.Match[str], year: int | None) -> Range:
    """Return the days that are named by numbers, or by the name of a month."""
    parts = {name: said for name, said in match.groupdict().items() if said}
    named = int(parts["y"]) if "y" in parts else year
    if named is None:
        raise ValueError(f"{match.group(0)!r}: of which year?")
    if "q" in parts:
        return quarter_of(named, _QUARTERS.get(parts["q"]) or int(parts["q"]))
    if "m" not in parts:
        last_year = int(parts.get("y2", named))
        if last_year < named:
            raise ValueError(f"{match.group(0)!r} ends before it begins")
        return date(named, 1, 1), date(last_year, 12, 31), "year"
    month = int(parts["m"]) if parts["m"].isdigit() else _month_named(parts["m"])
    if "d" in parts:
        return day_of(date(named, month, int(parts["d"])))
    last_month = int(parts.get("m2", month))
    if last_month < month:
        raise ValueError(f"{match.group(0)!r} ends before it begins")
    return month_of(named, month)[0], month_of(named, last_month)[1], "month"


def _month_named(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name))


def _relative(match: re.Match[str], today: date) -> Range:
    return around(today, _UNITS[match["unit"]], _SHIFTS[match["shift"]])


def _quarter_of_a_year(match: re.Match[str], today: date) -> Range:
    return quarter_of(today.year + _SHIFTS[match["shift"]], _QUARTERS.get(match["q"]) or int(match["q"]))


def _of_a_year(match: re.Match[str], today: date) -> Range:
    """Return the days of "tháng 5 năm ngoái", "ngày 3/5 năm nay"."""
    year, month = today.year + _SHIFTS[match["shift"]], int(match["m"])
    return day_of(date(year, month, int(match["d"]))) if match["d"] else month_of(year, month)


def _past(match: re.Match[str], today: date) -> Range:
    """Return the days up to today: "7 ngày qua", "24h qua", "tuần qua", "the past month"."""
    parts = match.groupdict()
    if parts.get("unit") in ("thang", "month"):
        before = around(today, "tháng", -1)
        return min(before[0] + timedelta(today.day - 1), before[1]), today, "month"
    number = int(parts.get("number") or 7)
    days = -(-number // 24) if (parts.get("unit") or "").startswith(("g", "h")) else number
    return today - timedelta(days), today, "day"


def _one_day(match: re.Match[str], today: date) -> Range:
    return around(today, "ngày", -1 if match.group(0) == "yesterday" else 0)


_Y, _M, _D = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_Q = r"quy (?P<q>iv|i{1,3}|[1-4])"
_NAME = rf"(?P<m>{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
_ABSOLUTE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:thang )?{_M} ?/ ?{_Y}",
        rf"thang {_M}(?: nam {_Y})?",
        rf"thang {_M} ?[-–] ?(?P<m2>\d{{1,2}})(?: ?/ ?| nam ){_Y}",
        rf"(?:ngay )?{_D}[/.-]{_M}(?:[/.-]{_Y})?",
        rf"ngay {_D} thang {_M}(?: nam {_Y})?",
        rf"{_Q}(?:(?: ?/ ?| nam ){_Y})?",
        rf"(?:nam )?{_Y}(?: ?[-–] ?(?P<y2>\d{{4}}))?",
        rf"(?:{_D} )?{_NAME}(?: {_Y})?",
        rf"{_NAME} {_D},? {_Y}",
        rf"q(?P<q>[1-4]) {_Y}",
        rf"(?:{_Y}年)?{_M}月(?:{_D}[日号])?",
        rf"{_Y}年(?:第?(?P<q>[一二三四1-4])季度)?",
    )
)
_RELATIVE: tuple[tuple[re.Pattern[str], Reckoned], ...] = tuple(
    (re.compile(pattern), reckoned)
    for pattern, reckoned in (
        (r"(?P<unit>tuan|thang) qua", _past),
        (r"(?P<number>\d{1,2}) ?(?P<unit>ngay|gio|h) qua", _past),
        (r"(?:the )?past (?P<unit>week|month)", _past),
        (rf"{_Q} nam (?P<shift>nay|truoc|ngoai)", _quarter_of_a_year),
        (rf"(?:ngay {_D}[/.-]|thang ){_M} nam (?P<shift>nay|truoc|ngoai)", _of_a_year),
        (r"(?P<unit>hom) (?P<shift>nay|qua|kia)", _relative),
        (r"(?P<unit>nam|thang|tuan|quy) (?P<shift>nay|truoc|ngoai)", _relative),
        (r"(?P<shift>this|last) (?P<unit>year|month|week|quarter)", _relative),
        (r"today|yesterday", _one_day),
        (r"(?P<shift>[今这本去昨上前])个?(?P<unit>年|月|周|星期|天|日)", _relative),
    )
)
