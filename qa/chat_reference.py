"""The address of a place in an article, as links of the page carry it."""

from __future__ import annotations

from urllib.parse import quote as percent_encoded

from index import Article

Span = tuple[int, int]


def reference(article: Article, quote: Span | None, passage: Span | None) -> str:
    """The address of a place in an article, for the page's script: `#bai/ID/START-END/START-END`."""
    spans = ("-".join(map(str, span)) if span else "" for span in (quote, passage))
    return "#bai/" + "/".join((percent_encoded(article.article_id, safe="", errors="replace"), *spans))
