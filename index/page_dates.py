"""A line of a news page -> the day and hour that it gives, and what else stands in it."""

from __future__ import annotations

import re
from datetime import datetime

from index.page_lines import words
from index.signatures import author_of, outlet_named

_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_HALF = r"(?:\s*(?P<{0}_half>SA|CH|AM|PM)\b)?"
_BEFORE = r"(?P<before>\d{1,2}(?:[:g]\d{2}|h(?:\d{2})?))(?::\d\d)?" + _HALF.format("before")
_AFTER = r"(?P<after>\d{1,2}(?:[:g]\d{2}|h(?:\d{2})?))(?::\d\d)?" + _HALF.format("after")
_DATE = re.compile(
    rf"(?:\b{_BEFORE}[^\d]{{1,24}})?(?<!\d)(?P<day>{_DAY})(?!\d)(?:[^\d]{{1,12}}{_AFTER})?", re.IGNORECASE
)
_DAY_WORDS = (
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|\(?\bgmt\s*\+?\s*7\)?|"
    r"\b(?:ngày đăng|đăng ngày|đăng lúc|đăng bởi|cập nhật|xuất bản|ngày|lúc|vào)\b)\s*:?|"
    r"^(?:tác giả|bài|tin|pv)\s*:"
)
_AROUND_DATE_WORDS = re.compile(_DAY_WORDS, re.IGNORECASE)
_AROUND_DATE = re.compile(_DAY_WORDS + r"|[|,;:()–—•·-]", re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:\bngày\s+)?\b(\d{1,2})\s+tháng\s+(\d{1,2})\s*(?:,|năm)\s*(\d{4})\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})([/.-])(\d{2})\2(\d{2})(?![\d/.-])(?:T(?=\d))?")
_CLOCK = re.compile(r"\d{1,2}[:hg]\d{2}")
_SAYS_PUBLISHED = re.compile(r"\b(?:ngày đăng|đăng ngày|đăng lúc|đăng bởi|cập nhật|xuất bản)\b", re.IGNORECASE)
DATE_LINE_WORDS = 16  # a longer line with a date in it is a sentence
PLACE_WORDS = 4  # beside a date: the section, or how often the page was read; more words tell of something else


def date_of(line: str) -> tuple[datetime, str] | None:
    """Return the day (and hour) that a short `line` gives, and the rest of the line; None for no whole, real date.

    A day without its year is not a date. An hour is read on the clock of 12 hours where it says so (SA, CH, AM, PM).
    """
    line = in_figures(line)
    match = _DATE.search(line) if words(line) <= DATE_LINE_WORDS else None
    if match is None:
        return None
    day, month, year = (int(number) for number in re.split(r"[/.-]", match["day"]))
    try:
        published = datetime(year, month, day, *_hour_of(match))
    except ValueError:
        return None
    if not 1945 <= year <= 2100:
        return None
    rest = _AROUND_DATE.sub(" ", line[: match.start()] + " " + line[match.end() :])
    return published, " ".join(rest.split())


def in_figures(line: str) -> str:
    """Return `line` with "ngày 18 tháng 2 năm 2025" and "2025-02-18" as "18/2/2025" and "18/02/2025"."""
    return _YEAR_FIRST.sub(r"\4/\3/\1 ", _IN_WORDS.sub(r"\1/\2/\3", line))


def _hour_of(match: re.Match[str]) -> tuple[int, int]:
    clock = "before" if match["before"] else "after"
    hour, minute = (int(number or 0) for number in re.split("[:hg]", match[clock] or "0:0"))
    half = (match[f"{clock}_half"] or "").upper()
    if half in ("CH", "PM") and hour < 12:
        return hour + 12, minute
    return (0 if half in ("SA", "AM") and hour == 12 else hour), minute


def publication_of(line: str) -> tuple[datetime, str] | None:
    """Return what `date_of` does, for a line of which nothing says that the day is another than that of publication.

    Beside the day such a line holds a by-line or an outlet, or with the time in hours and minutes some words on the
    page's place.
    """
    line = in_figures(line)
    found = date_of(line)
    if found is None or _speaks_of_the_day(line):
        return None
    beside = found[1]
    placed = words(beside) <= PLACE_WORDS and ("|" in line or _CLOCK.search(line)) and not _CLOCK.fullmatch(beside)
    return found if not beside or author_of(beside) or outlet_named(beside) or placed else None


def is_bare_publication(line: str) -> bool:
    """Return whether `line` is nothing but a day, with its hour or a word that says it is the day of publication."""
    found = date_of(line)
    said = found is not None and (found[0].hour or found[0].minute or says_published(line))
    return bool(said and found and not found[1])


def says_published(line: str) -> bool:
    """Return whether `line` says of its day that it is the day of publication."""
    return _SAYS_PUBLISHED.search(line) is not None


def is_day(line: str) -> bool:
    """Return whether `line` is a date with a few words beside it at most: no headline."""
    found = date_of(line)
    return found is not None and words(found[1]) <= PLACE_WORDS


def _speaks_of_the_day(line: str) -> bool:
    """Return whether a label stands before the date, or what happens then behind it: "Khai mạc: …", "…: A - B"."""
    match = _DATE.search(line)
    if match is None:
        return False
    label, _, between = _AROUND_DATE_WORDS.sub(" ", line[: match.start()]).rpartition(":")
    labelled = bool(label.strip(" ,-–|")) and not between.strip(" ,-–|")
    return labelled or re.match(r"\s*:\s*[^\W\d]", line[match.end() :]) is not None
