"""How well a sentence holds the date or time of day that a "when" question asks for, and where it could stand."""

from __future__ import annotations

import re
from functools import cache

from qa.amounts import NUMBER
from qa.types import Query

_DAY = (
    r"(?<![\d/.-])\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-]\s?\d{4})?(?![\d/])|"
    r"ngày \d{1,2}(?: tháng \d{1,2})?|mùng \d{1,2}"
)
_MONTH = r"tháng \d{1,2}(?:\s?/\s?\d{4}| năm \d{4})?|\d{1,2}/\d{4}"
_YEAR = r"(?:năm|từ|trước|sau|hè|tết|xuân) \d{3,4}|(?<!\d)\d{1,4} TCN|/\d{4}|\(\d{4}\)|(?<!\d)(?:19|20)\d{2}(?!\d)"
_CLOCK = rf"\d{{1,2}}(?:[hg](?:\d{{2}})?|:\d{{2}})(?!\w)|{NUMBER} giờ"
_RELATIVE = (
    r"hôm (?:nay|qua|kia)|(?:sáng|trưa|chiều|tối|đêm) (?:nay|qua|\d)|(?:ngày|tuần|tháng|quý|"
    r"năm) (?:tới|nay|này|sau|trước|qua|ngoái)|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?<!\d)\d{1,4} (?:ngày|tuần|tháng|năm) (?:trước|sau|qua|nay|tới)|"
    r"thế kỷ|thập niên|đầu năm|cuối năm|giữa năm|ban (?:ngày|đêm)|hôm sau|Công nguyên"
)


def shows_date(query: Query, sentence: str) -> float:
    """Return 1 for a full date, less for a year or a relative date alone, 0 to .2 for none that answers."""
    lower = query.text.lower()
    if _asks_clock(lower):
        return 1.0 if _rx(_CLOCK).search(sentence) else 0.2
    if _asks_year(lower):
        return 1.0 if _rx(_YEAR).search(sentence) else 0.1
    if _rx(_DAY).search(sentence) or _rx(_MONTH).search(sentence):
        return 1.0
    if _rx(_YEAR).search(sentence):
        return 0.8
    return 0.4 if _rx(_RELATIVE).search(sentence.lower()) else 0.0


def date_patterns(query: Query) -> list[tuple[str, float]]:
    """Return what the date can look like, and how sure it is then, the surest first."""
    lower = query.text.lower()
    if _asks_clock(lower):
        return [(_CLOCK, 1.0)]
    days = f"{_DAY}|{_MONTH}|{_YEAR}"
    return [(days, 1.0)] if _asks_year(lower) else [(days, 1.0), (f"(?i:{_RELATIVE})", 0.4)]


def _asks_year(lower: str) -> bool:
    return bool(_rx(r"năm (?:nào|bao nhiêu|mấy)|nam (?:nao|bao nhieu)|(?:which|what) year|哪一?年").search(lower))


def _asks_clock(lower: str) -> bool:
    return bool(_rx(r"mấy giờ|giờ nào|may gio|what time|几点").search(lower))


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
