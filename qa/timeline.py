"""Timeline: what the articles say to one question, in the order they were published.

Each article gives its best sentence, so that what was wished for, planned and done stand one below the other; what the
sentences give as the asked-for date or number is named beside them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Article
from qa.answer_kinds import QUANTITIES, quantity_of
from qa.decision import KIND_MISSING
from qa.extraction import Candidate
from qa.types import Query

# An article is told of if its best sentence is at least this likely to answer, measured against the best of all. Looked
# at on the seeds: the wish for the flight has .52, the next article, which only names both towns, .0002.
LEAST_SHARE = 0.002
# From here on the date or number of a sentence is taken for one that was asked for, and to have none says something.
VALUE_SHARE = 0.05

_DATE = re.compile(
    r"(?<![\d/.-])\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-]\s?\d{4})?(?![\d/-])|(?<![\d/.-])\d{1,2}/\d{4}(?!\d)|"
    r"(?:ngày \d{1,2} )?tháng \d{1,2}(?:/\d{4}| năm \d{4})?(?!\d)|năm \d{4}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The best sentence of one article. Law: `article.text[start:end] == quote`.

    `value` is the date or number in it that was asked for, empty where it gives none or none was asked for; `near`
    says that it is likely enough to answer for that to mean something.
    """

    article: Article
    start: int
    end: int
    quote: str
    value: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moments from the first published to the latest, those of one time best first; undated articles apart."""

    dated: tuple[Moment, ...]
    undated: tuple[Moment, ...]

    @property
    def values(self) -> tuple[Moment, ...]:
        """The moments near enough, where one gives the asked-for date or number and another a different one or none."""
        near = tuple(moment for moment in (*self.dated, *self.undated) if moment.near)
        given = {_bare(moment.value) for moment in near}
        return near if len(given) > 1 and given != {""} else ()


NO_TIME = Timeline((), ())


def timeline(query: Query, candidates: Sequence[Candidate]) -> Timeline:
    """Return the timeline of a question from the sentences that were weighed for it, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.article.article_id, candidate)
    shares = {name: math.exp(each.score - candidates[0].score) for name, each in best.items()}
    moments = [_moment(query, each, shares[name]) for name, each in best.items() if shares[name] >= LEAST_SHARE]
    dated = sorted((each for each in moments if each.article.published), key=_time)
    return Timeline(tuple(dated), tuple(each for each in moments if not each.article.published))


def value_in(query: Query, sentence: str) -> str:
    """Return the date or number of `sentence` that `query` asks for; of several numbers the first; empty for none."""
    if query.kind == "when":
        return max((match.group(0) for match in _DATE.finditer(sentence)), key=len, default="")
    quantity = quantity_of(query)
    if quantity is None:
        return ""
    match = re.search(QUANTITIES[quantity][1], sentence)
    return match.group(0) if match else ""


def _moment(query: Query, candidate: Candidate, share: float) -> Moment:
    quote = candidate.article.text[candidate.start : candidate.end]
    near = share >= VALUE_SHARE
    value = value_in(query, quote) if near and candidate.evidence.kind >= KIND_MISSING else ""
    return Moment(candidate.article, candidate.start, candidate.end, quote, value, near)


def _time(moment: Moment) -> str:
    return moment.article.published.isoformat() if moment.article.published else ""


def _bare(value: str) -> str:
    return "".join(re.findall(r"[\w.,/]", value.lower()))
