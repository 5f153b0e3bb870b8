"""The articles and passages of an index as lines of JSON: a passage is a span, its text that of its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from index.store import read_jsonl, write_jsonl
from index.types import Article, Passage

ARTICLES, PASSAGES = "articles.jsonl", "passages.jsonl"


def write_articles(folder: Path, articles: Iterable[Article]) -> None:
    """Write the articles, in order, to the generation in `folder`."""
    write_jsonl(folder / ARTICLES, (_article_row(article) for article in articles))


def stored_articles(folder: Path) -> list[Article]:
    """Return the articles of the generation in `folder`, in order."""
    return [_article(row) for row in read_jsonl(folder / ARTICLES)]


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the passages, in order, to the generation in `folder`."""
    write_jsonl(folder / PASSAGES, (_passage_row(passage) for passage in passages))


def stored_passages(folder: Path, articles: Sequence[Article]) -> tuple[Passage, ...]:
    """Return the passages of the generation in `folder`, in order; `articles` are those of the same generation."""
    text = {article.article_id: article.text for article in articles}
    return tuple(
        Passage(text=text[row["article_id"]][row["start"] : row["end"]], **row) for row in read_jsonl(folder / PASSAGES)
    )


def _article_row(article: Article) -> dict[str, Any]:
    row = asdict(article)
    row["published"] = article.published.isoformat() if article.published else None
    return row


def _article(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    return replace(Article(**row), published=published, captions=tuple(row["captions"]))


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {key: value for key, value in asdict(passage).items() if key != "text"}
