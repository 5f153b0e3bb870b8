"""The articles and passages of an index as lines of JSON: a passage is a span, its text that of its article.

Where else the text of an article stands has a file of its own, which is there only if there is such an article: an
index without it is as readable as one with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from index.store import read_jsonl, write_jsonl
from index.types import Article, Passage, Publication

ARTICLES, PASSAGES, COPIES = "articles.jsonl", "passages.jsonl", "copies.jsonl"


def write_articles(folder: Path, articles: Iterable[Article]) -> None:
    """Write the articles, in order, to the generation in `folder`."""
    articles = list(articles)
    write_articles_file(folder / ARTICLES, articles)
    copies = [(article.article_id, copy) for article in articles for copy in article.also_published]
    if copies:
        rows = ({"article_id": article_id, **_dated(asdict(copy))} for article_id, copy in copies)
        write_jsonl(folder / COPIES, rows)


def stored_articles(folder: Path) -> list[Article]:
    """Return the articles of the generation in `folder`, in order."""
    articles = read_articles_file(folder / ARTICLES)
    path = folder / COPIES
    copies: dict[str, list[Publication]] = {}
    for row in read_jsonl(path) if path.is_file() else ():
        copies.setdefault(row.pop("article_id"), []).append(Publication(**{**row, "published": _moment(row)}))
    return [
        replace(article, also_published=tuple(copies[article.article_id])) if article.article_id in copies else article
        for article in articles
    ]


def write_articles_file(path: Path, articles: Iterable[Article]) -> None:
    """Write articles, without where else they stand, one a line."""
    write_jsonl(path, (_article_row(article) for article in articles))


def read_articles_file(path: Path) -> list[Article]:
    """Return the articles that `write_articles_file` wrote."""
    return [_article(row) for row in read_jsonl(path)]


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the passages, in order, to the generation in `folder`."""
    write_jsonl(folder / PASSAGES, (_passage_row(passage) for passage in passages))


def stored_passages(folder: Path, articles: Sequence[Article]) -> tuple[Passage, ...]:
    """Return the passages of the generation in `folder`, in order; `articles` are those of the same generation."""
    by_id = {article.article_id: article for article in articles}
    return tuple(Passage(by_id[row["article_id"]], row["start"], row["end"]) for row in read_jsonl(folder / PASSAGES))


def _article_row(article: Article) -> dict[str, Any]:
    row = _dated(asdict(article))
    del row["also_published"]
    return row


def _article(row: dict[str, Any]) -> Article:
    return replace(Article(**row), published=_moment(row), captions=tuple(row["captions"]))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "published": row["published"].isoformat() if row["published"] else None}


def _moment(row: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(row["published"]) if row["published"] else None


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {name: getattr(passage, name) for name in ("passage_id", "article_id", "start", "end")}
