"""Timeline: what the articles say to one question, in the order they were published.

Each article gives its best sentence, so that what was wished for, planned and done stand one below the other; what the
sentences give as the asked-for date or number is named beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index import Article
from qa.extraction import KIND_MISSING, Candidate
from qa.types import Query
from qa.values import value_in

# An article is told of if its best sentence is at least this likely to answer, measured against the best of all. Looked
# at on the seeds: the wish for the flight has .52, the next article, which only names both towns, .0002.
LEAST_SHARE = 0.002
# From here on the date or number of a sentence is taken for one that was asked for.
VALUE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Moment:
    """The best sentence of one article. Law: `article.text[start:end] == quote`.

    `value` is the date or number in it that was asked for; empty where it gives none, or is not likely to answer.
    """

    article: Article
    start: int
    end: int
    quote: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moments from the first published to the latest, those of one time best first; undated articles apart."""

    dated: tuple[Moment, ...]
    undated: tuple[Moment, ...]


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


def _moment(query: Query, candidate: Candidate, share: float) -> Moment:
    quote = candidate.article.text[candidate.start : candidate.end]
    told = share >= VALUE_SHARE and candidate.evidence.kind >= KIND_MISSING
    return Moment(candidate.article, candidate.start, candidate.end, quote, value_in(query, quote) if told else "")


def _time(moment: Moment) -> str:
    return moment.article.published.isoformat() if moment.article.published else ""
