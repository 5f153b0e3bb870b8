"""What an old citation opens: the words that it quoted, and whether the article has been changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index import Article
from index.moves import paths_of


class CitationError(ValueError):
    """A citation of an article that is not there, or of a place that it does not have."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in an article as it was when it was cited. Law: `article.text[start:end] == quote`.

    `changed`: the article says something else now; `quote_stands`: what is said there now still holds the quote.
    """

    article: Article
    start: int
    end: int
    quote: str
    changed: bool
    quote_stands: bool


def standing_now(articles: Mapping[str, Article], formerly: Mapping[str, Article], article_id: str) -> Article | None:
    """Return the article that stands today where the one with that id stood; None where there is none."""
    article = articles.get(article_id) or formerly.get(article_id)
    if article is None or article.article_id in articles:
        return article
    return next((each for each in articles.values() if article.path in paths_of(each)), None)


def cited(
    articles: Mapping[str, Article], formerly: Mapping[str, Article], article_id: str, start: int, end: int
) -> Cited:
    """Return what the citation of an article by its id, and of a place in it, opens.

    `formerly`: what stands for ids of earlier versions and of copies. Raises CitationError.
    """
    article = articles.get(article_id) or formerly.get(article_id)
    if article is None:
        raise CitationError(f"no article {article_id!r} in this index: it was deleted, or is one of another index")
    if not 0 <= start < end <= len(article.text):
        raise CitationError(f"{article.path}: no characters {start}–{end}, the text has {len(article.text):,}")
    quote = article.text[start:end]
    changed = article.article_id not in articles
    now = [each.text for each in articles.values() if article.path in paths_of(each)] if changed else [article.text]
    return Cited(article, start, end, quote, changed, any(quote in text for text in now))
