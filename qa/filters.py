"""Filter: which articles are asked. By days of publication, outlet and article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index import Article
from index.passage_index import Only
from index.types import Publication
from index.vietnamese import normalize, squeeze
from qa.calendar_days import Range, day_of, month_of

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<month2>\d{1,2})/(?P<year2>\d{4})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Filter:
    """Articles published on `first` to `last`, both included, by `outlet`, among `article_ids`.

    What is None or empty asks for nothing. An article without a date passes no filter of days, one without an outlet
    none of outlets: what is not known is not guessed.
    """

    first: date | None = None
    last: date | None = None
    outlet: str | None = None
    article_ids: frozenset[str] = frozenset()

    def accepts(self, article: Article) -> bool:
        """Return whether `article` is asked: one of the places where its text stands has the outlet and the day."""
        if self.article_ids and article.article_id not in self.article_ids:
            return False
        return self._takes(article) or any(self._takes(copy) for copy in article.also_published)

    def _takes(self, where: Article | Publication) -> bool:
        if self.outlet is not None and (where.outlet is None or _same(where.outlet) != _same(self.outlet)):
            return False
        if self.first is None and self.last is None:
            return True
        day = where.published.date() if where.published else None
        return day is not None and (self.first or date.min) <= day <= (self.last or date.max)

    @property
    def only(self) -> Only | None:
        """What the engine takes: None where every article is asked."""
        return None if self == Filter() else self.accepts

    def within(self, first: date | None, last: date | None) -> Filter:
        """Return the filter that takes what this one takes from `first` to `last` too."""
        firsts = [day for day in (self.first, first) if day]
        lasts = [day for day in (self.last, last) if day]
        return Filter(max(firsts, default=None), min(lasts, default=None), self.outlet, self.article_ids)


EVERY_ARTICLE = Filter()


def days_label(first: date | None, last: date | None) -> tuple[str, str, str]:
    """Return the days as few signs as say them: ("", "08/2024", "") whole, or ("", "from", "to"), either one empty.

    The middle is a whole year, a whole month or a single day; else the ends stand at the sides.
    """
    if first and last:
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return "", f"{first:%Y}", ""
        if (first, last) == month_of(first.year, first.month)[:2]:
            return "", f"{first:%m/%Y}", ""
        if first == last:
            return "", f"{first:%d/%m/%Y}", ""
    return f"{first:%d/%m/%Y}" if first else "", "", f"{last:%d/%m/%Y}" if last else ""


def days_of(text: str) -> Range:
    """Return the days of "2024", "2024-08", "8/2024", "2024-08-30" or "30/8/2024". Raises ValueError for others."""
    said = text.strip()
    try:
        if match := _YEAR.fullmatch(said):
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "year"
        if match := _MONTH.fullmatch(said):
            return month_of(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]))
        if match := _DAY.fullmatch(said):
            year, month, day = (int(part) for part in (match.groups()[:3] if match[1] else match.groups()[:2:-1]))
            return day_of(date(year, month, day))
    except ValueError as error:
        raise ValueError(f"{said!r} is no date: {error}") from None
    raise ValueError(f"{said!r} is no date: write 2024, 2024-08, 2024-08-30 or 30/08/2024")


def chosen_filter(since: str | None, until: str | None, outlet: str | None, articles: Iterable[Article]) -> Filter:
    """Return the filter of the command line. Raises ValueError for no date, or an outlet that no article has."""
    known = {_same(outlet): outlet for outlet in outlets_of(articles)}
    if outlet is not None and _same(outlet) not in known:
        raise ValueError(f"no article is by {outlet!r}; known outlets: {', '.join(sorted(known.values())) or 'none'}")
    first = days_of(since)[0] if since else None
    last = days_of(until)[1] if until else None
    if first and last and first > last:
        raise ValueError(f"--from {first} lies after --to {last}")
    return Filter(first, last, outlet)


def outlets_of(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return the outlets that are named, each once, in order of the alphabet."""
    named: set[str | None] = set()
    for article in articles:
        named |= {article.outlet, *(copy.outlet for copy in article.also_published)}
    return tuple(sorted(outlet for outlet in named if outlet))


def _same(outlet: str) -> str:
    return squeeze(normalize(outlet)).casefold()
