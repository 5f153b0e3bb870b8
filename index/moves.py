"""Files that were given another name or folder, so that citations of articles under the earlier one still open.

An article's id comes from its path and its words, so a file that is moved to an archive becomes another article. When a
sync finds the words of a path that is gone at another one, it notes where from and where to: the notes say what the
earlier ids are now. They go with their article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.store import read_jsonl, write_jsonl
from index.types import Article

MOVES = "moves.jsonl"

Moves = Mapping[str, str]  # a path that is gone -> the one where its articles are now


def kept_moves(before: Sequence[Article], earlier: Moves, now: Sequence[Article]) -> Moves:
    """Return the moves to know beside the articles `now`; `before` are those that these replace, `earlier` the moves
    that were known beside those. A move is forgotten with a later file that was given the name anew.
    """
    homes: dict[tuple[str | None, str], str] = {}
    for article in now:
        for path, title in places(article):
            homes.setdefault((title, article.text), path)
    paths = {path for article in now for path in paths_of(article)}
    moved = {
        path: homes[title, article.text]
        for article in before
        for path, title in places(article)
        if path not in paths and (title, article.text) in homes
    }
    deleted = {path for article in before for path in paths_of(article)} - paths  # a later file of that name, if any
    followed = {path: moved.get(home, home) for path, home in earlier.items() if path not in deleted}
    return {path: home for path, home in {**followed, **moved}.items() if home in paths and home != path}


def places(article: Article) -> list[tuple[str, str | None]]:
    """Return path and title of all files and rows that have the text of `article`, its own first."""
    return [(article.path, article.title), *((copy.path, copy.title) for copy in article.also_published)]


def paths_of(article: Article) -> list[str]:
    """Return the paths of the same files and rows."""
    return [path for path, _ in places(article)]


def write_moves(folder: Path, moves: Moves) -> None:
    """Write the moves to the generation in `folder`; no file where there are none."""
    if moves:
        write_jsonl(folder / MOVES, ({"path": path, "now": home} for path, home in sorted(moves.items())))


def stored_moves(folder: Path) -> dict[str, str]:
    """Return the moves of the generation in `folder`."""
    path = folder / MOVES
    return {row["path"]: row["now"] for row in read_jsonl(path)} if path.is_file() else {}
