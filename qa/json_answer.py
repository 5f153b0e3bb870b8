"""Answer -> the JSON object that programs get from `hoibao ask --json` and from the web chat's endpoint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from index import Article
from index.types import Publication, Story
from qa.filters import Filter
from qa.relative_dates import RelativeDate, dates_of
from qa.request import Asked
from qa.types import Answer, Citation, Hit

if TYPE_CHECKING:
    from qa.cited import Cited
    from qa.differences import Said
    from qa.explain import ExplainedHit, ExplainedSentence, Explanation, Matched


def answer_object(answer: Answer, asked: Asked | None = None) -> dict[str, Any]:
    """Return `answer` as plain values. `title` is null where the article has none; `headline` is what is shown then.

    `asked` says which articles were; without it all were.
    """
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
        "filter": None if asked is None or asked.kept == Filter() else _filter_object(asked),
    }


def _filter_object(asked: Asked) -> dict[str, Any]:
    """Return which articles were asked; `said` are the words of the question that chose them, null where none did."""
    kept = asked.kept
    return {
        "from": kept.first.isoformat() if kept.first else None,
        "to": kept.last.isoformat() if kept.last else None,
        "outlet": kept.outlet,
        "articles": sorted(kept.article_ids),
        "said": asked.said or None,
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return a citation; `start` and `end`, of its dates too, are code points of the article's cleaned text."""
    return {
        "quote": citation.quote,
        **_source(citation.article),
        "start": citation.start,
        "end": citation.end,
        "score": round(citation.score, 4),
        "story": story_object(citation.story, citation.article),
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
        "story": story_object(hit.story, hit.article),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
    }


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """Return what speaks for an answer; `cut` says why a sentence or passage is not cited, null for one that is."""
    answer = explanation.answer
    question = answer.question
    return {
        "question": question.text,
        "searched": question.searched,
        "language": question.language,
        "kind": question.kind,
        "replaced": [list(pair) for pair in question.replaced],
        "same_names": [{"name": name, "others": list(others)} for name, others in question.same],
        "found": answer.found,
        "probability": round(answer.confidence, 4),
        "threshold": round(explanation.threshold, 4),
        "least_share": explanation.least_share,
        "sentences": [_sentence_object(each) for each in explanation.sentences],
        "passages": [_explained_hit_object(each) for each in explanation.hits],
        "differences": [_said_object(each) for each in explanation.differences],
    }


def _sentence_object(each: ExplainedSentence) -> dict[str, Any]:
    return {
        "quote": each.quote,
        "article_id": each.article.article_id,
        "start": each.start,
        "end": each.end,
        "cited": each.cut is None,
        "cut": each.cut,
        "share": round(each.share, 4),
        "shows_kind": each.shows_kind,
        "channels": _channels_object(each),
        "words": _words_object(each.words),
    }


def _said_object(said: Said) -> dict[str, Any]:
    place = {"start": said.start, "end": said.end}
    return {"value": said.value or None, "quote": said.quote, **_source(said.article), **place}


def _explained_hit_object(each: ExplainedHit) -> dict[str, Any]:
    words = _words_object(each.words)
    return {**hit_object(each.hit), "cut": each.cut, "channels": _channels_object(each), "words": words}


def _channels_object(each: ExplainedHit | ExplainedSentence) -> dict[str, Any]:
    return {place.channel: {"rank": place.rank, "score": round(place.score, 4)} for place in each.places}


def _words_object(words: Matched) -> dict[str, Any]:
    return {
        "exact": list(words.exact),
        "without_marks": list(words.folded),
        "missing": list(words.missing),
        "by_meaning": list(words.by_meaning),
        "other_names": [list(pair) for pair in words.names],
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "path": article.path,
        "title": article.title,
        "headline": article.headline,
        "outlet": article.outlet,
        "author": article.author,
        "published": _minute(article.published),
        "also_published": [publication_object(copy) for copy in article.also_published],
    }


def publication_object(copy: Publication) -> dict[str, Any]:
    """Return another place where the very text of an article stands."""
    return {
        "path": copy.path,
        "title": copy.title,
        "outlet": copy.outlet,
        "author": copy.author,
        "published": _minute(copy.published),
        "url": copy.url,
    }


def story_object(story: Story | None, shown: Article) -> dict[str, Any] | None:
    """Return the near copies that an article is one of, the earliest first, itself left out; null where it is alone.

    `texts`: how many differ at all; `places`: how many files or rows tell it, with those of the very same text.
    """
    if story is None:
        return None
    others = [_source(article) for article in story.articles if article.article_id != shown.article_id]
    earliest = story.articles[0].article_id
    return {"texts": story.texts, "places": story.places, "earliest": earliest, "others": others}


def cited_object(found: Cited) -> dict[str, Any]:
    """Return what an old citation opens."""
    place = {"start": found.start, "end": found.end, "changed": found.changed, "quote_stands": found.quote_stands}
    return {"quote": found.quote, **_source(found.article), **place}


def _minute(moment: datetime | None) -> str | None:
    return moment.isoformat(" ", "minutes") if moment else None
