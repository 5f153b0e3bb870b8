"""What goes in and out of a question. Offsets are half-open, in code points of `article.text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from index import Article, Passage
from index.types import Story

Kind = Literal["when", "who", "how_many", "where", "why", "which", "what", "how"]
Language = Literal["vi", "en", "zh"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question, cleaned: NFC, no control characters, no needless spaces; `kind` is what it asks for.

    `searched` is the text that is looked up: foreign names in their Vietnamese form, each listed in `replaced`; `same`
    gives names of `searched` with the other names of the same thing that are looked up too.
    """

    text: str
    language: Language
    kind: Kind
    searched: str
    replaced: tuple[tuple[str, str], ...] = ()
    same: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` in [0, 1], greater is better, 1 for the first.

    Law: scores descend, ties stand in passage order, ranks count from 1. `dense_rank` and `lexical_rank` are the ranks
    by meaning and by words; a channel that did not find the passage has no rank there. `story`: the near copies that
    this article is one of, of which no other has a hit; None where it is alone.
    """

    passage: Passage
    article: Article
    rank: int
    score: float
    dense_score: float = 0.0
    dense_rank: int | None = None
    lexical_score: float = 0.0
    lexical_rank: int | None = None
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of an article, word for word. Law: `article.text[start:end] == quote`."""

    article: Article
    start: int
    end: int
    quote: str
    score: float
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was searched: articles, and the days of the oldest and the newest dated one."""

    articles: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Citations, best first, and the passages they were found among.

    `found is False` is a normal result: no citation, but the nearest passages and what was searched.
    `confidence` in [0, 1] is the calibrated probability that the first citation answers the question.
    """

    question: Query
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    confidence: float
    found: bool
    searched: Searched
