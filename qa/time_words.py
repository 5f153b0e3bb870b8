"""Words of time in a question that choose articles: "bài từ 2024", "tin mới nhất", "báo năm ngoái nói gì về …".

A time mostly is part of what is asked ("năm 2024 Hải Phòng thu hút bao nhiêu dự án?") and chooses nothing. It is about
the reporting only where all of this holds; wherever it is in doubt, every article is asked:

    it stands behind a word for reports            bài, bài báo, bài viết, tin, tin tức; báo, báo chí (articles, news)
    which begins the question, a part of it or     "Bài từ 2024 …", "…, tin tháng 8/2024", "… theo bài năm ngoái";
    stands behind theo, trong, trên                not "giải báo chí năm 2024", "thông tin năm 2024", "họp báo hôm qua"
    báo, báo chí: and theo stands before, or a     "báo năm ngoái nói gì về …"; not "Báo chí năm 2024 có bao nhiêu
    word for speech behind                         cơ quan?", which asks about newspapers
    something is left to ask                       not "Tin mới nhất?"

or where "mới nhất", "năm ngoái" or "từ …" stands alone at the very end, behind a comma: "Ai dẫn đầu, từ 2024?".

"Mới nhất" are the last `NEWEST` days up to the newest article; "năm ngoái", "tháng này" are reckoned from today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.vietnamese import normalize, squeeze, strip_marks, syllables
from qa.calendar_days import Range, around, day_of, month_of
from qa.question import is_unmarked

NEWEST = 30  # days; news of one event goes on for some weeks

_SHIFTS = {"nay": 0, "này": 0, "qua": -1, "trước": -1, "ngoái": -1, "this": 0, "last": -1}
_UNITS = {"year": "năm", "month": "tháng", "week": "tuần", "today": "ngày", "yesterday": "ngày"}
_MONTHS = "january february march april may june july august september october november december".split()

_YEAR = r"(?:năm )?(?:19|20)\d{2}(?![\d.,/-]*\d)"
_TIME = (
    r"(?:(?:ngày )?\d{1,2}[/-]\d{1,2}[/-]\d{4}|tháng \d{1,2}(?: ?/ ?| năm )\d{4}|\d{1,2}/\d{4}|"
    rf"{_YEAR}|năm (?:nay|ngoái|trước)|tháng (?:này|trước)|tuần (?:này|trước)|hôm (?:nay|qua))"
)
_WAY = r"(?:vào|hồi|trong|của|kể từ|từ|trước|sau|đến|tới|cho đến)"
_WHEN = (
    rf"(?:(?:được )?(?:đăng|viết|xuất bản) )?(?:(?P<way>{_WAY}) )?(?P<time>{_TIME})"
    rf"(?: (?:đến|tới|-|–) (?P<until>{_TIME})|(?P<on> trở đi| trở lại đây| đến nay| tới nay| về sau))?(?!\w)"
)
_STARTS = r"(?:(?:^|(?<=[,;:(] ))(?P<by>theo |trong |trên )?|(?<= )(?P<by2>theo |trong |trên ))(?:các |những |mấy )?"
_REPORTS = r"(?:bài báo|bài viết|bài|tin tức|tin)"
_PRESS = r"(?:báo chí|báo)"
_SPEAKS = r" (?:đã |có |từng )*(?:nói|viết|đưa|cho biết|đề cập|nhắc|kể|cho hay|phản ánh)(?!\w)"
_NEWEST = r"(?:mới nhất|gần đây nhất)(?!\w)"

_ENGLISH_TIME = (
    rf"(?:(?:{'|'.join(_MONTHS)}) (?:19|20)\d{{2}}|(?:19|20)\d{{2}}(?![\d.,/-]*\d)|(?:this|last) (?:year|month|week)|"
    r"today|yesterday)"
)
_ENGLISH_STARTS = r"(?:(?:^|(?<=[,;:(] ))(?P<by>according to |in )?|(?<= )(?P<by2>according to |in ))(?:the )?"
_ENGLISH_WHEN = (
    rf"(?:published )?(?:(?P<way>from|since|before|after|until|of|in) )?(?P<time>{_ENGLISH_TIME})"
    rf"(?: (?:to|until) (?P<until>{_ENGLISH_TIME})|(?P<on> on))?(?!\w)"
)

_PATTERNS = (
    rf"{_STARTS}(?:{_REPORTS}|thông tin|báo) (?P<newest>{_NEWEST})",
    rf"{_STARTS}{_REPORTS} {_WHEN}",
    rf"{_STARTS}{_PRESS} {_WHEN}(?P<speaks>(?={_SPEAKS}))?",
    rf"(?<=, )(?:(?P<newest>{_NEWEST})|(?=(?:kể )?từ |(?:năm|tháng|tuần|hôm) [^\W\d]){_WHEN})(?=[ ?.!]*$)",
    rf"{_ENGLISH_STARTS}(?P<newest>(?:latest|newest) (?:news|articles|reports))(?!\w)",
    rf"{_ENGLISH_STARTS}(?:articles|reports|news) {_ENGLISH_WHEN}",
)
_FROM, _BEFORE, _AFTER, _UNTIL = {"từ", "kể từ", "since"}, {"trước", "before"}, {"sau", "after"}, {"until"}
_UNTIL |= {"đến", "tới", "cho đến"}

_IDLE = re.compile(r"^(?:[\s,;:.–-]|(?:viết |đưa tin |nói )?(?:về|on|about) )+|[\s,;:(–-]+(?=[?.!]*$)", re.IGNORECASE)
_NOTHING_ASKED = frozenset("la gi noi co ve nao viet dua khong nhung cac bao tin bai what is are the do say s".split())


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What was `said` of the reports, the days that it chooses (None: open), and the `rest` of the question."""

    said: str
    first: date | None
    last: date | None
    rest: str


def time_words(question: str, today: date, newest: date | None = None) -> TimeWords | None:
    """Return what `question` says of the days of the articles to ask; None where it says nothing for certain.

    `newest` is the day of the newest article; without it "mới nhất" says nothing.
    """
    text = squeeze(normalize(question).replace("\n", " "))
    folded = is_unmarked(text)
    for pattern in _PATTERNS:
        match = _compiled(pattern, folded).search(strip_marks(text) if folded else text)
        days = _days(match, today, newest) if match else None
        if match is None or days is None:
            continue
        rest = _IDLE.sub("", squeeze(f"{text[: match.start()]} {text[match.end() :]}")).strip()
        if set(syllables(strip_marks(rest))) - _NOTHING_ASKED:
            return TimeWords(text[slice(*match.span())], *days, rest)
    return None


def _days(match: re.Match[str], today: date, newest: date | None) -> tuple[date | None, date | None] | None:
    parts = match.groupdict()
    if parts.get("newest"):
        return None if newest is None else (newest - timedelta(NEWEST), newest)
    if "speaks" in parts and not (parts["speaks"] is not None or parts["by"] or parts["by2"]):
        return None
    try:
        first, last, _ = _meant(parts["time"], today)
        until = _meant(parts["until"], today)[1] if parts["until"] else None
    except (ValueError, OverflowError):  # the 31st of April
        return None
    return _span((parts["way"] or "").lower(), first, last, until, bool(parts["on"]))


def _span(
    way: str, first: date, last: date, until: date | None, onwards: bool
) -> tuple[date | None, date | None] | None:
    way = _marked(way)
    if way in _BEFORE:
        return None, first - timedelta(1)
    if way in _AFTER:
        return last + timedelta(1), None
    if way in _UNTIL:
        return None, last
    if until:
        return (first, until) if first <= until else None
    return (first, None) if onwards or way in _FROM else (first, last)


def _marked(way: str) -> str:
    """Return the word with its marks, typed without them or not."""
    every = (*_FROM, *_BEFORE, *_AFTER, *_UNTIL)
    return next((known for known in every if way in (known, strip_marks(known))), way)


def _meant(said: str, today: date) -> Range:
    words = said.lower().replace(" năm ", "/").replace(" nam ", "/")
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if len(numbers) == 3:
        return day_of(date(numbers[2], numbers[1], numbers[0]))
    if len(numbers) == 2:
        return month_of(numbers[1], numbers[0])
    parts = words.split()
    if numbers:
        if parts[0] in _MONTHS:
            return month_of(numbers[0], _MONTHS.index(parts[0]) + 1)
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31), "year"
    return _relative(parts, today)


def _relative(parts: list[str], today: date) -> Range:
    """Return the days of "năm ngoái", "nam ngoai", "last year", "yesterday"."""
    shifts = {**_SHIFTS, **{strip_marks(word): shift for word, shift in _SHIFTS.items()}}
    if len(parts) == 1:
        return around(today, "ngày", -1 if parts[0] == "yesterday" else 0)
    if parts[0] in shifts:
        return around(today, _UNITS[parts[1]], shifts[parts[0]])
    units = {"nam": "năm", "thang": "tháng", "tuan": "tuần", "hom": "ngày"}
    return around(today, units[strip_marks(parts[0])], shifts[parts[1]])


@cache
def _compiled(pattern: str, folded: bool) -> re.Pattern[str]:
    return re.compile(strip_marks(pattern) if folded else pattern, re.IGNORECASE)
