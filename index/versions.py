"""Earlier versions of articles, so that an old citation still opens what it quoted.

When a sync finds another title or text at the path of an article, the article as it was is kept beside the index: of
each path the last `KEPT` versions, the latest first. They are never searched. They go with their article: when no file
has its path any more, its versions are not written again. A build from scratch starts without any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.articles import id_of
from index.stored_articles import read_articles_file, write_articles_file
from index.types import Article

VERSIONS = "versions.jsonl"
KEPT = 10  # of one path: an article that is edited more often is a live page, whose every state nobody cites


def kept_versions(before: Sequence[Article], earlier: Sequence[Article], now: Sequence[Article]) -> tuple[Article, ...]:
    """Return the versions to keep beside the articles `now`, in order of their paths, of each the latest first.

    `before`: the articles that these replace; `earlier`: the versions that were kept beside those.
    """
    current = current_ids(now)
    by_path: dict[str, dict[str, Article]] = {}
    for article in (*before, *earlier):
        if article.path in current and article.article_id not in current[article.path]:
            versions = by_path.setdefault(article.path, {})
            if len(versions) < KEPT:
                versions.setdefault(article.article_id, article)
    return tuple(version for path in sorted(by_path) for version in by_path[path].values())


def current_ids(articles: Sequence[Article]) -> dict[str, set[str]]:
    """Return, by path, the ids under which what a file says now can be cited: as an article or as a copy of one."""
    ids: dict[str, set[str]] = {}
    for article in articles:
        ids.setdefault(article.path, set()).add(article.article_id)
        for copy in article.also_published:
            ids.setdefault(copy.path, set()).add(id_of(copy.path, copy.title, article.text))
    return ids


def formerly(articles: Mapping[str, Article], versions: Sequence[Article]) -> dict[str, Article]:
    """Return what stands today for an id that is no longer an article's: an earlier version, or the article whose
    copy had it. A version is no value of `articles`; such an article is.
    """
    found = {version.article_id: version for version in reversed(versions)}
    for article in articles.values():
        for copy in article.also_published:
            found[id_of(copy.path, copy.title, article.text)] = article
    return {article_id: article for article_id, article in found.items() if article_id not in articles}


def write_versions(folder: Path, versions: Sequence[Article]) -> None:
    """Write the versions, in order, to the generation in `folder`; no file where there are none."""
    if versions:
        write_articles_file(folder / VERSIONS, versions)


def stored_versions(folder: Path) -> list[Article]:
    """Return the versions of the generation in `folder`, in order."""
    path = folder / VERSIONS
    return read_articles_file(path) if path.is_file() else []
