"""Answer -> the JSON object that programs get from `hoibao ask --json` and from the web chat's endpoint."""

from __future__ import annotations

from typing import Any

from index import Article
from qa.relative_dates import RelativeDate, dates_of
from qa.types import Answer, Citation, Hit


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return `answer` as plain values. `title` is null where the article has none; `headline` is what is shown then."""
    return {
        "question": answer.question.text,
        "found": answer.found,
        "confidence": round(answer.confidence, 4),
        "answers": [citation_object(citation) for citation in answer.citations],
        "passages": [hit_object(hit) for hit in answer.hits],
        "searched": {
            "articles": answer.searched.articles,
            "from": answer.searched.first.isoformat() if answer.searched.first else None,
            "to": answer.searched.last.isoformat() if answer.searched.last else None,
        },
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return a citation; `start` and `end`, of its dates too, are code points of the article's cleaned text."""
    return {
        "quote": citation.quote,
        **_source(citation.article),
        "start": citation.start,
        "end": citation.end,
        "score": round(citation.score, 4),
        "dates": [date_object(found) for found in dates_of(citation)],
    }


def date_object(found: RelativeDate) -> dict[str, Any]:
    """Return what a relative date means: the days `from` and `to`, both included."""
    return {
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "precision": found.precision,
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a passage with its rank and score."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        **_source(hit.article),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "path": article.path,
        "title": article.title,
        "headline": article.headline,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.isoformat(" ", "minutes") if article.published else None,
    }
