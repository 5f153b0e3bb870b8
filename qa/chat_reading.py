"""One article for the reading panel: its paragraphs, cut where the passage and the marked sentences begin and end.

The panel's script sets each piece as text, never as HTML: the template language of the page component
evaluates `${…}` in what it inserts, so no word of an article may pass through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from index import Article
from qa.chat_reference import Span
from qa.chat_text import Wording, also_published, byline, source_line
from qa.escaping import plain

FRAGMENT_WORDS = 5  # from either end of a quote
MARKS = 20  # sentences of one answer in one article; there never are so many

Piece = dict[str, str | bool | int]


def reading(
    articles: Mapping[str, Article], words: Wording, request: object, formerly: Mapping[str, Article] | None = None
) -> dict[str, object]:
    """What the panel shows for {article_id, quote: [start, end], passage: [start, end], marks: [[start, end], …]}.

    The spans may be None, `marks` left out: the quote is always one. `formerly`: what stands for ids that are no
    article's any more; an article that was changed since it was cited opens as it was, and says so. The request comes
    from anybody: what does not name places in an article gets {"error": one line}.
    """
    asked = request if isinstance(request, dict) else {}
    article_id = asked.get("article_id")
    article = (articles.get(article_id) or (formerly or {}).get(article_id)) if isinstance(article_id, str) else None
    if article is None:
        return {"error": words.no_such_article}
    try:
        quote, passage = (_span(asked.get(name), article) for name in ("quote", "passage"))
        marks = _marks(asked.get("marks"), quote, article)
    except ValueError:
        return {"error": words.no_such_article}
    quoted = article.text[slice(*quote)] if quote else ""
    address, host = _address(article.url)
    return {
        "title": plain(article.headline),
        "untitled": "" if article.title is not None else words.untitled,
        "byline": [plain(part) for part in _about(article, words, changed=article.article_id not in articles)],
        "url": address and address + text_fragment(quoted, address),
        "original": words.original.format(host=host) if host else "",
        "file": "" if host else words.file.format(path=plain(article.path)),
        "paragraphs": _paragraphs(article.text, marks, quote, passage),
        "mark": marks.index(quote) + 1 if quote else 0,
        "copy": plain(source_line(quoted, article, words)) if quoted else "",
    }


def text_fragment(quote: str, address: str = "") -> str:
    """Return what makes a browser open an address at the quote: "#:~:text=…"; empty for no quote.

    A long quote is named by its first and last words, as the page may break it elsewhere (WICG, Text Fragments).
    """
    words = plain(quote).split()
    if not words:
        return ""
    parts = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    # "-" and "," mean something of their own there.
    text = ",".join(percent_encoded(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return f"{'' if '#' in address else '#'}:~:text={text}"


def _about(article: Article, words: Wording, changed: bool) -> list[str]:
    also = also_published(article, words)
    return [
        *([words.changed] if changed else []),
        *byline(article, words),
        *([f"{words.also} {'; '.join(also)}"] if also else []),
    ]


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


def _marks(value: object, quote: Span | None, article: Article) -> list[Span]:
    """The spans that are marked, the quote among them, in order of text. Raises ValueError for what is none."""
    if value is not None and not isinstance(value, list):
        raise ValueError("marks are a list of spans")
    spans = {span for each in (value or [])[:MARKS] if (span := _span(each, article)) is not None}
    return sorted(spans | ({quote} if quote else set()))


def _paragraphs(text: str, marks: Sequence[Span], quote: Span | None, passage: Span | None) -> list[list[Piece]]:
    """The pieces of each paragraph, in order: together they are the text, letter by letter."""
    cuts = {edge for span in (*marks, passage) if span for edge in span}
    paragraphs, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        edges = sorted({start, end} | {cut for cut in cuts if start < cut < end})
        pieces = [(text[slice(*piece)], piece) for piece in pairwise(edges)]
        paragraphs.append([_piece(said, piece, marks, quote, passage) for said, piece in pieces])
        start = end + 1
    return [pieces for pieces in paragraphs if pieces]


def _piece(text: str, piece: Span, marks: Sequence[Span], quote: Span | None, passage: Span | None) -> Piece:
    """`mark` counts the marked sentences from 1, in order of text; 0 for what is not marked."""
    marked = [number for number, mark in enumerate(marks, start=1) if _inside(piece, mark)]
    in_quote = _inside(piece, quote)
    number = marks.index(quote) + 1 if quote and in_quote else next(iter(marked), 0)
    return {"text": plain(text), "quote": in_quote, "passage": _inside(piece, passage), "mark": number}


def _inside(piece: Span, span: Span | None) -> bool:
    return span is not None and span[0] <= piece[0] and piece[1] <= span[1]


def _address(url: str | None) -> tuple[str, str]:
    """The address of the original page and its host; empty for what is not of the web (`javascript:`)."""
    try:
        parts = urlsplit(plain(url or "").strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # "http://[": not an address at all
        return "", ""
    if parts.scheme not in ("http", "https") or not host:
        return "", ""
    return percent_encoded(parts.geturl(), safe=":/?#[]@!$&()*+,;=%~-._"), host
