"""One article for the reading panel: its paragraphs, cut where the passage and the quote begin and end.

The panel's script sets each piece as text, never as HTML: the template language of the page component
evaluates `${…}` in what it inserts, so no word of an article may pass through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from index import Article
from qa.chat_reference import Span
from qa.chat_text import Wording, byline, source_line
from qa.escaping import plain

Piece = dict[str, str | bool]


def reading(articles: Mapping[str, Article], words: Wording, request: object) -> dict[str, object]:
    """What the panel shows for {article_id, quote: [start, end], passage: [start, end]}; spans may be None.

    The request comes from anybody: what does not name a place in an article gets {"error": one line}.
    """
    asked = request if isinstance(request, dict) else {}
    article_id = asked.get("article_id")
    article = articles.get(article_id) if isinstance(article_id, str) else None
    if article is None:
        return {"error": words.no_such_article}
    try:
        quote, passage = (_span(asked.get(name), article) for name in ("quote", "passage"))
    except ValueError:
        return {"error": words.no_such_article}
    quoted = article.text[slice(*quote)] if quote else ""
    return {
        "title": plain(article.headline),
        "untitled": "" if article.title is not None else words.untitled,
        "byline": [plain(part) for part in byline(article, words)],
        "url": _address(article.url),
        "paragraphs": _paragraphs(article.text, quote, passage),
        "copy": plain(source_line(quoted, article, words)) if quoted else "",
    }


def _span(value: object, article: Article) -> Span | None:
    """The span, or None where none is asked for. Raises ValueError for what is not a span of the article."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2 or any(type(number) is not int for number in value):
        raise ValueError("a span is two whole numbers")
    start, end = value
    if not 0 <= start < end <= len(article.text):
        raise ValueError("the span lies outside the article")
    return start, end


def _paragraphs(text: str, quote: Span | None, passage: Span | None) -> list[list[Piece]]:
    """The pieces of each paragraph, in order: together they are the text, letter by letter."""
    cuts = {edge for span in (quote, passage) if span for edge in span}
    paragraphs, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        edges = sorted({start, end} | {cut for cut in cuts if start < cut < end})
        paragraphs.append([_piece(text, piece, quote, passage) for piece in pairwise(edges)])
        start = end + 1
    return [pieces for pieces in paragraphs if pieces]


def _piece(text: str, piece: Span, quote: Span | None, passage: Span | None) -> Piece:
    return {
        "text": plain(text[slice(*piece)]),
        "quote": _inside(piece, quote),
        "passage": _inside(piece, passage),
    }


def _inside(piece: Span, span: Span | None) -> bool:
    return span is not None and span[0] <= piece[0] and piece[1] <= span[1]


def _address(url: str | None) -> str:
    """The address of the original page if it is one of the web; anything else (`javascript:`) is no link."""
    try:
        parts = urlsplit(plain(url or "").strip())
    except ValueError:  # "http://[": not an address at all
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return percent_encoded(parts.geturl(), safe=":/?#[]@!$&()*+,;=%~-._")
