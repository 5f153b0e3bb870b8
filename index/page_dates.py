"""A line of a news page -> the day and hour that it gives, and what else stands in it."""

from __future__ import annotations

import re
from datetime import datetime

from index.page_lines import words

_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_HOUR = r"\d{1,2}[:hg]\d{2}"
_DATE = re.compile(
    rf"(?:(?P<before>{_HOUR})(?::\d\d)?[^\d]{{1,24}})?(?P<day>{_DAY})(?:[^\d]{{1,12}}(?P<after>{_HOUR}))?"
)
_AROUND_DATE = re.compile(
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|\(?\bgmt\s*\+?\s*7\)?|:\d\d\b|"
    r"\b(?:ngày đăng|đăng ngày|đăng lúc|cập nhật|xuất bản|ngày|lúc)\b)\s*:?|[|,;:()–—•·-]",
    re.IGNORECASE,
)
DATE_LINE_WORDS = 16  # a longer line with a date in it is a sentence


def date_of(line: str) -> tuple[datetime, str] | None:
    """Return the day (and hour) that a short `line` gives, and the rest of the line; None for no whole, real date.

    A day without its year is not a date.
    """
    match = _DATE.search(line) if words(line) <= DATE_LINE_WORDS else None
    if match is None:
        return None
    day, month, year = (int(number) for number in re.split(r"[/.-]", match["day"]))
    hour, minute = (int(n) for n in re.split("[:hg]", match["before"] or match["after"] or "0:0"))
    try:
        published = datetime(year, month, day, hour, minute)
    except ValueError:
        return None
    if not 1945 <= year <= 2100:
        return None
    rest = _AROUND_DATE.sub(" ", line[: match.start()] + " " + line[match.end() :])
    return published, " ".join(rest.split())
