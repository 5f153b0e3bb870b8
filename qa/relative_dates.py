"""Relative dates of a sentence -> days of the calendar, reckoned from the day its article was published.

A newspaper says "hôm qua", "tháng tới", "ngày 18/8"; who reads it years later has to reckon. What is reckoned stands
beside the quote, which never changes. The rules, for an article of Friday 30/08/2024:

    hôm nay, sáng nay, đêm qua, hôm kia, ngày mai  the day itself, or so many before or after it
    thứ hai tuần trước, ngày 15 tháng tới          19/08/2024, 15/09/2024
    tuần này, tuần trước, tuần sau, tuần tới       Monday to Sunday: 26/08–01/09/2024, the one before, the one after
    tháng này, trước, sau, tới; quý này, …         the calendar month or quarter
    năm nay, năm ngoái, năm trước, sau, tới        the calendar year; "cùng kỳ năm trước" too is the year before
    đầu, giữa, cuối năm nay (tháng tới, …)         the whole of it: no newspaper says where "cuối năm" begins
    6 tháng đầu năm nay; quý I năm ngoái           01–06/2024; quý I/2023
    hai tuần trước, cách đây 3 năm, 5 ngày nữa     the day, week, month or year so far away
    ngày 18/8, tháng 12 (no year)                  the nearest one, if it is 120 days or 4 months off at most
    ngày 18/8 năm ngoái, tháng 12 tới              of that year; the first from now on ("vừa qua": the last)

Where a second reading is likely, nothing is reckoned: a name (báo “Hôm nay”), a way to say nowadays ("thế hệ hôm
nay"), about so many ("hơn 3 năm trước", "40 năm trước"), a number or plural before ("những năm trước", "ba năm sau",
"mười hai năm trước"), another event or time behind ("năm trước đó", "trước khi", "tháng này năm ngoái"), an ordinal
("lần thứ hai tuần này"), a reaching ("từ đầu năm tới nay"), the calendar of the moon or of every year ("rằm tháng 7",
"mùa mưa từ tháng 6"), two numbers that may be a range, a share or an amount ("ngày 5-7 tháng 9", "ngày 8-10 lần",
"cứ ngày 8/10 người"), "trước", "sau", "này" and a day or month without its year where another year is named in the
sentence or shortly before it, "so với năm trước" in the first months of a year, when the news still is of the year
that ended, and every article without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from qa.calendar_days import Precision
from qa.date_doubts import is_shifted
from qa.date_rules import RULES, Rule
from qa.dated_sentence import Sentence, is_name, sentence_of
from qa.types import Citation

BEFORE = 400  # characters, some three sentences, in which a year that was named is still in mind


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """What is said at `start` to `end` of a text, and the days that it means, `first` and `last` included.

    `part` is "đầu", "giữa" or "cuối" where only so much of the days is meant, else empty.
    """

    text: str
    start: int
    end: int
    first: date
    last: date
    precision: Precision
    part: str = ""

    @property
    def label(self) -> str:
        """The days as a newspaper writes them: "09/2024", "cuối năm 2024", "26/08–01/09/2024"."""
        unit = {"year": "năm ", "month": "tháng ", "week": "tuần "}.get(self.precision, "")
        return f"{self.part} {unit}{_written(self)}" if self.part else _written(self)


def dates_of(citation: Citation) -> tuple[RelativeDate, ...]:
    """Return the relative dates of a quote in order, `start` and `end` in code points of the article's text."""
    published = citation.article.published
    if published is None:
        return ()
    before = citation.article.text[max(0, citation.start - BEFORE) : citation.start]
    found = relative_dates(citation.quote, published.date(), before)
    return tuple(replace(each, start=each.start + citation.start, end=each.end + citation.start) for each in found)


def reckoned(citation: Citation) -> tuple[str, ...]:
    """Return "tháng tới → 09/2024" for each relative date of a quote in order, what is said twice once."""
    return tuple(dict.fromkeys(f"{each.text} → {each.label}" for each in dates_of(citation)))


def relative_dates(text: str, published: date, before: str = "") -> tuple[RelativeDate, ...]:
    """Return what `text`, one sentence published on that day, says of dates relative to it, in order.

    `before` is what the article says before it: another year that is named there last may go on in the sentence.
    """
    sentence = sentence_of(text, published, before)
    found = [each for match, rule in _matches(text) if (each := _resolved(sentence, match, rule))]
    return tuple(sorted(found, key=lambda each: each.start))


def _matches(text: str) -> Iterator[tuple[re.Match[str], Rule]]:
    """Yield what each rule reads; what an earlier one has read, whatever it made of it, no later one reads again."""
    taken: list[tuple[int, int]] = []
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < until and begin < end for begin, until in taken):
                taken.append((start, end))
                yield match, rule


def _resolved(sentence: Sentence, match: re.Match[str], rule: Rule) -> RelativeDate | None:
    if is_name(sentence.text, match) or is_shifted(match):
        return None
    try:
        days = rule(sentence, match)
    except (ValueError, OverflowError):  # the 31st of April, the year 0
        return None
    part = (match.groupdict().get("part") or "").lower()
    start, end = match.span()
    return RelativeDate(match.group(0), start, end, *days, part) if days else None


def _written(when: RelativeDate) -> str:
    first, last = when.first, when.last
    if when.precision == "year":
        return f"{first:%Y}"
    if when.precision == "quarter":
        return f"quý {('I', 'II', 'III', 'IV')[first.month // 3]}/{first:%Y}"
    if when.precision == "month":
        return f"{first:%m/%Y}" if first.month == last.month else f"{first:%m}–{last:%m/%Y}"
    if when.precision == "week":
        return f"{first:%d/%m}–{last:%d/%m/%Y}" if first.year == last.year else f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"
    return f"{first:%d/%m/%Y}"
