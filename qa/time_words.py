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
Of several times ("năm 2023, 2024", "tháng 7 và 8/2024") all days are chosen where they adjoin, else none. A day, month
or quarter without a year has that of the time behind it ("từ 1/1 đến 30/6/2024"); a day alone ("trước ngày 3/5") is
the last one up to the newest article. A question in English or Chinese is
read alike: "articles from 2024", "2024年8月的文章". The patterns stand in time_phrases.py, the days in said_days.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from index.vietnamese import normalize, squeeze, strip_marks, syllables
from qa.calendar_days import Range
from qa.question import is_unmarked
from qa.said_days import days_said, last_time, year_said
from qa.time_phrases import MORE, PATTERNS, TO, compiled, times_in

NEWEST = 30  # days; news of one event goes on for some weeks

_FROM, _BEFORE, _AFTER = {"tu", "ke tu", "since"}, {"truoc", "before"}, {"sau", "after"}
_UNTIL = {"den", "toi", "cho den", "until"}
_SIDES = {"之前": "before", "以前": "before", "之后": "after", "以后": "after"}

_IDLE = re.compile(
    r"^(?:[\s,，;:：.–-]|(?:viết |đưa tin |nói )?(?:về|on|about) )+|[\s,;:(–-]+(?=[?.!]*$)", re.IGNORECASE
)
_A_DAY = re.compile(r"ng[àa]y \d{1,2}(?:[/.-]| th[áa]ng )\d{1,2}", re.IGNORECASE)
_NOTHING_ASKED = frozenset("la gi noi co ve nao viet dua khong nhung cac bao tin bai what is are the do say s".split())
_NOTHING_ASKED |= frozenset("说讲写提了些什么有哪关于的是呢吗")
_A_LIST_ENDS = re.compile(
    r"[\s?.!]*$|[;:,]| (?:về|ve|nói|noi|viết|viet|đưa|dua|đề cập|de cap|có|co|cho biết|nhắc|on|about|say)(?!\w)",
    re.IGNORECASE,
)


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
    for pattern in PATTERNS:
        match = compiled(pattern, folded).search(strip_marks(text) if folded else text)
        days = _days(match, folded, today, newest) if match else None
        if match is None or days is None:
            continue
        rest = _IDLE.sub("", squeeze(f"{text[: match.start()]} {text[match.end() :]}")).strip()
        if set(syllables(strip_marks(rest))) - _NOTHING_ASKED:
            return TimeWords(text[slice(*match.span())].strip().removeprefix("的"), *days, rest)
    return None


Span = tuple[date | None, date | None]


def _days(match: re.Match[str], folded: bool, today: date, newest: date | None) -> Span | None:
    parts = match.groupdict()
    if MORE.match(strip_marks(match.string[match.end() :]).lower()):
        return None
    if parts.get("newest") or parts.get("newest2"):
        return None if newest is None else (newest - timedelta(NEWEST), newest)
    by = (parts.get("by") or parts.get("by2") or "").strip().lower()
    if "speaks" in parts and parts["speaks"] is None:
        a_storm = folded and parts["press"].lower() == "bao" and by != "theo"  # "trong bao nam ngoai": bão
        if not by or a_storm:
            return None
    try:
        if parts.get("beginning"):
            return days_said(_whole(parts["beginning"]), today)[0], None
        if _A_DAY.fullmatch(parts["times"] or ""):
            first, last, _ = last_time(parts["times"] or "", min(today, newest or today))
            return _open_span(_way(parts), first, last, bool(parts["on"]))
        return _span(parts, today, _A_LIST_ENDS.match(match.string, match.end()) is not None)
    except (ValueError, OverflowError):  # the 31st of April
        return None


def _whole(beginning: str) -> str:
    """Return the time whose beginning is said: "năm nay" for "đầu năm", "tháng trước" for "đầu tháng trước"."""
    words = strip_marks(beginning).split()[1:]
    return " ".join(words if len(words) > 1 else [*words, "nay"])


def _span(parts: dict[str, str | None], today: date, list_ends: bool) -> Span | None:
    """Return the days of one time, from one to another, or of several that adjoin; None for others."""
    said, joints = times_in(parts["times"] or "")
    ranges = _ranges(said, today)
    way = _way(parts)
    to, between = any(TO.fullmatch(joint) for joint in joints), way == "between"
    first, last = ranges[0][0], ranges[-1][1]
    if between or to:
        whole = len(ranges) == 2 and first <= ranges[1][0] and not (to and between) and way not in _BEFORE | _AFTER
        return (first, last) if whole and not parts["on"] and way not in _UNTIL else None
    if joints:
        comma = any("," in joint for joint in joints)
        adjoin = _adjoin(ranges) and not parts["on"] and way not in _FROM | _BEFORE | _AFTER | _UNTIL
        if not adjoin or (comma and not list_ends):
            return None
        return min(each[0] for each in ranges), max(each[1] for each in ranges)
    return _open_span(way, first, last, bool(parts["on"]))


def _way(parts: dict[str, str | None]) -> str:
    return _SIDES.get(parts.get("side") or "", strip_marks(parts["way"] or "").lower().removesuffix(" het"))


def _open_span(way: str, first: date, last: date, onwards: bool) -> Span:
    if way in _BEFORE:
        return None, first - timedelta(1)
    if way in _AFTER:
        return last + timedelta(1), None
    if way in _UNTIL:
        return None, last
    return (first, None) if onwards or way in _FROM else (first, last)


def _ranges(said: list[str], today: date) -> list[Range]:
    """Return the days of each time; one without a year has that of the next that has one (in Chinese: the last)."""
    years = [year_said(each) for each in said]
    chinese = any("年" in each for each in said)
    ranges = []
    for number, each in enumerate(said):
        behind, ahead = years[:number][::-1], years[number + 1 :]
        year = next((year for year in (behind if chinese else ahead) if year), None)
        ranges.append(days_said(each, today, year))
    return ranges


def _adjoin(ranges: list[Range]) -> bool:
    ordered = sorted(ranges, key=lambda each: each[0])
    return all(later[0] <= earlier[1] + timedelta(1) for earlier, later in pairwise(ordered))
