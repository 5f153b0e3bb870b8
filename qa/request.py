"""Request: a question as it is put, with the articles that its asker chose; and as it is asked of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qa.filters import EVERY_ARTICLE, Filter
from qa.outlet_words import OutletWords, outlet_words
from qa.question import MAX_CHARACTERS
from qa.time_words import TimeWords, time_words

ARTICLES = 100  # that a request may name; nobody clicks more


@dataclass(frozen=True, slots=True)
class Request:
    """A question and the articles it is put to.

    `as_typed` reads no word as another; `every_time` puts it to articles of every time, whatever its words say.
    `before` is the text of the last answered question, which it may go on from unless it is put `alone`.
    """

    question: str
    kept: Filter = EVERY_ARTICLE
    as_typed: bool = False
    every_time: bool = False
    before: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine is asked: the question without what chose articles in it (`time`, `outlet`), and all that did."""

    question: str
    kept: Filter
    time: TimeWords | None = None
    outlet: OutletWords | None = None

    @property
    def said(self) -> str:
        """The words of the question that chose articles; empty where none did."""
        return ", ".join(each.said for each in (self.outlet, self.time) if each)


def asked(request: Request, today: date, newest: date | None, outlets: Sequence[str] = ()) -> Asked:
    """Return what the engine is to be asked; `newest` is the day of the newest article, `outlets` are who has any.

    An outlet or days that the asker chose beside the question hold, too; of two outlets that one does.
    """
    if request.as_typed:
        return Asked(request.question, request.kept)
    named = outlet_words(request.question, outlets)
    question, kept = (named.rest, request.kept) if named else (request.question, request.kept)
    if named and kept.outlet is None:
        kept = replace(kept, outlet=named.outlet)
    said = time_words(question, today, newest)
    if said is None:
        return Asked(question, kept, outlet=named)
    if request.every_time:  # "bài từ 2024" is no part of the question, whether it is obeyed or not
        return Asked(said.rest, kept, outlet=named)
    return Asked(said.rest, kept.within(said.first, said.last), said, named)


def without_days(request: Request) -> Request:
    """Return the request put to articles of every day."""
    return replace(request, every_time=True, kept=replace(request.kept, first=None, last=None))


def request_object(request: Request) -> dict[str, Any]:
    """Return the request as plain values, which the page keeps and sends back."""
    kept = request.kept
    return {
        "question": request.question,
        "as_typed": request.as_typed,
        "every_time": request.every_time,
        "before": request.before,
        "alone": request.alone,
        "from": kept.first.isoformat() if kept.first else None,
        "to": kept.last.isoformat() if kept.last else None,
        "outlet": kept.outlet,
        "articles": sorted(kept.article_ids),
    }


def request_of(value: object) -> Request:
    """Return the request that a page sent. It may come from anybody: what makes no sense chooses nothing."""
    sent: Mapping[str, object] = value if isinstance(value, dict) else {}
    question, outlet, articles = sent.get("question"), sent.get("outlet"), sent.get("articles")
    before = sent.get("before")
    named = articles[:ARTICLES] if isinstance(articles, list) else []
    return Request(
        question if isinstance(question, str) else "",
        Filter(
            _day(sent.get("from")),
            _day(sent.get("to")),
            outlet if isinstance(outlet, str) and outlet else None,
            frozenset(each for each in named if isinstance(each, str)),
        ),
        sent.get("as_typed") is True,
        sent.get("every_time") is True,
        before if isinstance(before, str) and len(before) <= MAX_CHARACTERS else "",
        sent.get("alone") is True,
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
