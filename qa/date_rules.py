"""The rules of relative dates, the longer expressions before the shorter; relative_dates.py says what they are for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from qa import date_doubts as doubt
from qa.calendar_days import Range, around, day_of, month_of, quarter_of
from qa.date_doubts import NUMBERS
from qa.dated_sentence import Sentence
from qa.day_and_month import may_be_no_date

NEAR_DAYS = 120  # further away, the same day of another year is not much further
NEAR_MONTHS = 4
STILL_LAST_YEAR = 3  # up to this month the news may still compare the year that ended with the one before

_SHIFTS = {"nay": 0, "này": 0, "trước": -1, "ngoái": -1, "sau": 1, "tới": 1}
_NEAR_DAYS = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "đầu": 1, "cuối": 4}


Rule = Callable[[Sentence, "re.Match[str]"], Range | None]


def _near_day(sentence: Sentence, match: re.Match[str]) -> Range | None:
    said = match.group(0).lower()
    if "hôm" in said or said == "ngày mai":
        if doubt.is_nowadays(match):
            return None
    elif said.endswith("qua") and doubt.is_through(match):
        return None  # "buổi tối qua điện thoại"
    elif said == "ngày kia" and doubt.is_one_of_many(match):
        return None  # "một ngày kia"
    away = 2 if said == "ngày kia" else _NEAR_DAYS[said.split()[-1]]
    return around(sentence.published, "ngày", away)


def _weekday(sentence: Sentence, match: re.Match[str]) -> Range | None:
    if doubt.is_ordinal(match):
        return None
    word = match["weekday"].lower()
    day = _WEEKDAYS[word] if word in _WEEKDAYS else int(word) - 2
    monday = around(sentence.published, "tuần", _SHIFTS[match["shift"].lower()])[0]
    return day_of(monday + timedelta(day))


def _months_of_year(sentence: Sentence, match: re.Match[str]) -> Range | None:
    """Return the first or the last months of a year."""
    months, year = _number(match["number"]) if match["number"] else 6, _year_of(sentence, match)
    if year is None or not 1 <= months <= 12 or doubt.ends_a_number(match):
        return None
    first = 1 if match["which"].lower() == "đầu" else 13 - months
    return date(year, first, 1), month_of(year, first + months - 1)[1], "month"


def _quarter_of_year(sentence: Sentence, match: re.Match[str]) -> Range | None:
    word, year = match["quarter"].lower(), _year_of(sentence, match)
    return None if year is None else quarter_of(year, _QUARTERS[word] if word in _QUARTERS else int(word))


def _day_of_month(sentence: Sentence, match: re.Match[str]) -> Range | None:
    day, month, published = int(match["day"]), int(match["month"]), sentence.published
    if match["shift"]:
        recurs = sentence.lunar or doubt.is_recurring(match)
        year = None if recurs else _year_of(sentence, match)
        return None if year is None else day_of(date(year, month, day))
    if not _is_told(match) and may_be_no_date(match):
        return None
    days = [found for year in _years_around(published) if (found := _real_day(year, month, day))]
    chosen = _chosen(days, published, match)
    if chosen is None or not _stands_for(sentence, match, chosen.year):
        return None
    return day_of(chosen) if _is_told(match) or abs((chosen - published).days) <= NEAR_DAYS else None


def _month_by_number(sentence: Sentence, match: re.Match[str]) -> Range | None:
    month, this = int(match["month"]), sentence.published.replace(day=1)
    if doubt.is_count_of_months(match):  # "3 tháng 12 ngày"
        return None
    if match["shift"]:
        year = None if sentence.lunar else _year_of(sentence, match)
        return None if year is None else month_of(year, month)
    if doubt.is_over_new_year(match) and not _is_told(match):
        return None
    chosen = _chosen([date(year, month, 1) for year in _years_around(this)], this, match)
    if chosen is None or not _stands_for(sentence, match, chosen.year):
        return None
    away = abs((chosen.year - this.year) * 12 + chosen.month - this.month)
    return month_of(chosen.year, month) if _is_told(match) or away <= NEAR_MONTHS else None


def _day_of_this_month(sentence: Sentence, match: re.Match[str]) -> Range | None:
    month = around(sentence.published, "tháng", _SHIFTS[match["shift"].lower()])[0]
    return day_of(month.replace(day=int(match["day"])))


def _far_away(sentence: Sentence, match: re.Match[str]) -> Range | None:
    """Return what lies so many days, weeks, months or years before or ahead; behind an event nothing does."""
    way, number = (match["way"] or "").lower(), _number(match["number"])
    if doubt.is_no_distance(match) or (number > 10 and number % 10 == 0):
        return None  # "hơn 3 năm trước", "40 năm trước": about so many
    if way == "nữa":
        return around(sentence.published, match["unit"].lower(), number) if doubt.is_ahead(match) else None
    told = match["ago"] or way == "trước đây" or (way == "trước" and doubt.is_ago(match))
    return around(sentence.published, match["unit"].lower(), -number) if told else None


def _unit(sentence: Sentence, match: re.Match[str]) -> Range | None:
    """Return this week, month, quarter or year, the one before or the next."""
    unit, shift = match["unit"].lower(), match["shift"].lower()
    if shift not in _SAID[unit == "năm"] or doubt.is_one_of_many(match):
        return None
    if shift in ("trước", "sau") and (doubt.is_before_an_event(match) or _is_any(sentence.text, unit)):
        return None
    if shift == "sau" and doubt.is_told_in_order(match):
        return None
    if (shift == "tới" and doubt.is_going(match)) or (shift == "nay" and doubt.is_so_long(match)):
        return None
    if unit == "năm":
        year = _year_of(sentence, match)
        return None if year is None else (date(year, 1, 1), date(year, 12, 31), "year")
    elsewhere = sentence.names_months or sentence.years - {sentence.published.year}
    if shift != "tới" and elsewhere:
        return None
    return around(sentence.published, unit, _SHIFTS[shift])


def _coming(sentence: Sentence, match: re.Match[str]) -> Range:
    """Return the next week, month or year: "Sang năm, chúng tôi …"."""
    return around(sentence.published, match["unit"].lower(), 1)


_SAID = (("này", "trước", "sau", "tới"), ("nay", "ngoái", "trước", "sau", "tới"))  # of other units, of years

_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})"
_OF_YEAR = r"năm (?P<shift>nay|ngoái|trước|sau|tới)"
_YEAR = rf"(?: (?:của )?{_OF_YEAR})"  # no comma: "sinh ngày 2/9, năm nay 60 tuổi"
_NEXT_OR_LAST = r"(?: (?P<next>sắp tới|tới)| (?P<last>vừa qua|vừa rồi))?"
_NO_YEAR = (
    r"(?!\w)(?!\s?[/.-]\s?\d)(?!,? ?\(?[12]\d{3}(?!\d))"
    r"(?! (?:của )?(?:cùng )?năm(?!\w))(?!, (?:cùng )?năm (?:\d|đó|ấy|này))(?! ngày| tuần| tuổi| âm lịch)"
)
_UNIT = r"(?P<unit>ngày|tuần|tháng|năm)"
_TIME = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm)"

RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(rf"(?<!\w)(?<!\d[.,–-])(?:{pattern})(?!\w)", re.IGNORECASE), rule)
    for pattern, rule in (
        (rf"(?:{_NUMBER} tháng|nửa) (?P<which>đầu|cuối){_YEAR}", _months_of_year),
        (
            rf"quý (?P<quarter>I{{1,3}}|IV|[1-4]|một|hai|ba|bốn|đầu|cuối)(?: ?/ ?|,? (?:của )?){_OF_YEAR}",
            _quarter_of_year,
        ),
        (
            rf"(?:thứ (?!nhật)|chủ (?=nhật))(?P<weekday>{'|'.join(_WEEKDAYS)}|[2-7]),? "
            r"tuần (?P<shift>này|trước|sau|tới)",
            _weekday,
        ),
        (
            rf"(?:{_TIME}|ngày|hôm|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?: ngày|,)? "
            rf"(?P<day>\d{{1,2}})(?P<sep> ?[/.-] ?| tháng )(?P<month>\d{{1,2}})"
            rf"(?:{_YEAR}|{_NEXT_OR_LAST}{_NO_YEAR})",
            _day_of_month,
        ),
        (
            r"(?<!bước )(?<!chuyển )(?<!dài )sang (?P<unit>tuần|tháng|năm)"
            r"(?=[,.;:]| (?:sẽ|tôi|ông|bà|anh|chị|em|con|là) )",
            _coming,
        ),
        (r"ngày (?P<day>\d{1,2}) tháng (?P<shift>này|trước|sau|tới)", _day_of_this_month),
        (
            rf"(?:(?P<part>đầu|giữa|cuối) )?tháng (?P<month>\d{{1,2}})(?:{_YEAR}|{_NEXT_OR_LAST}{_NO_YEAR})",
            _month_by_number,
        ),
        (rf"(?P<ago>cách đây ){_NUMBER} {_UNIT}(?P<way>)", _far_away),
        (rf"(?P<ago>)(?:{_NUMBER}) {_UNIT} (?P<way>trước đây|trước|nữa|sau|tới|qua|nay)", _far_away),
        (
            r"(?:(?P<part>đầu|giữa|cuối) )?(?P<unit>tuần|tháng|quý|năm) (?P<shift>này|nay|ngoái|trước|sau|tới)",
            _unit,
        ),
        (rf"(?:{_TIME} |ngày )?hôm (?:nay|qua|kia)|ngày (?:mai|kia)|{_TIME} (?:nay|qua|mai)", _near_day),
    )
)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS[said.lower()]


def _is_any(text: str, unit: str) -> bool:
    """Return whether any such unit is meant: "năm sau cao hơn năm trước"."""
    return all(re.search(rf"(?<!\w){unit} {shift}(?!\w)", text, re.IGNORECASE) for shift in ("trước", "sau"))


def _year_of(sentence: Sentence, match: re.Match[str]) -> int | None:
    """Return the year that is meant by "năm nay", "năm trước" …; None where another is counted from."""
    shift, published = match["shift"].lower(), sentence.published
    past_or_next = shift in ("trước", "sau")
    compared = doubt.before(match).endswith("cùng kỳ ") or (past_or_next and doubt.is_compared(match))
    if compared and published.month <= STILL_LAST_YEAR:
        return None
    if past_or_next and doubt.is_end_of_span(match):
        return None
    if past_or_next and (sentence.years - {published.year} or _is_any(sentence.text, "năm")):
        return None
    return published.year + _SHIFTS[shift]


def _years_around(published: date) -> range:
    return range(max(1, published.year - 1), min(9999, published.year + 1) + 1)


def _chosen(days: list[date], published: date, match: re.Match[str]) -> date | None:
    """Return the next or the last of `days` where the text says so, else the nearest."""
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    if match["next"]:
        ahead = min((day for day in days if day >= published), default=None)
        return ahead if ahead == nearest or doubt.is_next(match) else None
    if match["last"]:
        return max((day for day in days if day <= published), default=None)
    return nearest


def _is_told(match: re.Match[str]) -> bool:
    return bool(match["next"] or match["last"])


def _stands_for(sentence: Sentence, match: re.Match[str], year: int) -> bool:
    """Return whether a day or month without a year can be of `year`: nothing in the sentence says another."""
    if sentence.lunar or sentence.yearly or sentence.shifts_years or doubt.is_recurring(match):
        return False
    return sentence.years <= {year}


def _real_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None
