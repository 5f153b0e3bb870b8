"""Earlier versions of articles, so that an old citation still opens what it quoted.

When a sync finds another title or text at the path of an article, the article as it was is kept beside the index: of
each path the last `KEPT` versions, the latest first. They are never searched. They go with their article: when no file
has its path any more, nor one to which it was moved, they are not written again. A build from scratch starts without
any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.articles import id_of
from index.moves import Moves, kept_moves, paths_of, places, stored_moves, write_moves
from index.stored_articles import read_articles_file, write_articles_file
from index.types import Article

VERSIONS = "versions.jsonl"
KEPT = 10  # of one path: an article that is edited more often is a live page, whose every state nobody cites


@dataclass(frozen=True, slots=True)
class Past:
    """What stood in a corpus before: earlier versions of its articles, of each path the latest first, and moves."""

    versions: tuple[Article, ...] = ()
    moves: Moves = field(default_factory=dict)


def kept_past(before: Sequence[Article], past: Past, now: Sequence[Article]) -> Past:
    """Return what to know beside the articles `now` of those `before` that they replace, and of the `past` of those."""
    moves = kept_moves(before, past.moves, now)
    current = current_ids(now, moves)
    by_path: dict[str, dict[str, Article]] = {}
    for article in (*before, *past.versions):
        if article.path in current and article.article_id not in current[article.path]:
            versions = by_path.setdefault(article.path, {})
            if len(versions) < KEPT:
                versions.setdefault(article.article_id, article)
    return Past(tuple(version for path in sorted(by_path) for version in by_path[path].values()), moves)


def current_ids(articles: Sequence[Article], moves: Moves) -> dict[str, set[str]]:
    """Return, by path, the ids under which what a file says now can be cited: as an article or as a copy of one, where
    it is or was.
    """
    ids: dict[str, set[str]] = {}
    for path, title, article in _everywhere(articles, moves):
        ids.setdefault(path, set()).add(id_of(path, title, article.text))
    return ids


def formerly(articles: Mapping[str, Article], past: Past) -> dict[str, Article]:
    """Return what stands today for an id that is no longer an article's: an earlier version, or the article that has
    the text now. A version is no value of `articles`, and its path is the present one; such an article is.
    """
    live = {path for article in articles.values() for path in paths_of(article)}
    homes = {path: home for path, home in past.moves.items() if path not in live}
    versions = [replace(version, path=homes.get(version.path, version.path)) for version in past.versions]
    found = {id_of(path, title, each.text): each for path, title, each in _everywhere(versions[::-1], past.moves)}
    found |= {version.article_id: version for version in reversed(versions)}
    found |= {id_of(path, title, each.text): each for path, title, each in _everywhere(articles.values(), past.moves)}
    return {article_id: article for article_id, article in found.items() if article_id not in articles}


def _everywhere(articles: Iterable[Article], moves: Moves) -> Iterator[tuple[str, str | None, Article]]:
    """Yield path and title of each place where the text of an article stands, or stood before it was moved."""
    before: dict[str, list[str]] = {}
    for path, home in moves.items():
        before.setdefault(home, []).append(path)
    for article in articles:
        for home, title in places(article):
            for path in (home, *before.get(home, ())):
                yield path, title, article


def write_past(folder: Path, past: Past) -> None:
    """Write the past, in order, to the generation in `folder`; no file for what there is none of."""
    if past.versions:
        write_articles_file(folder / VERSIONS, past.versions)
    write_moves(folder, past.moves)


def stored_past(folder: Path) -> Past:
    """Return the past that stands in the generation in `folder`, in order."""
    path = folder / VERSIONS
    return Past(tuple(read_articles_file(path)) if path.is_file() else (), stored_moves(folder))
