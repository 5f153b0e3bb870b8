"""A file -> Articles. What cannot be read is reported with its reason, never skipped in silence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.cleaning import CleanPage
from index.readers.files import Reading, is_read, may_hold_articles, read_file, read_one
from index.store import is_index
from index.types import Article
from index.vietnamese import normalize

ID_DIGITS = 16
OWN_FILES = frozenset(["names.tsv"])  # beside the articles, for those who ask; no table of articles


class CorpusError(ValueError):
    """The folder holds nothing that can be read as an article."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a row of it, that became no article, and why, in words a person can act on."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a folder in order of their paths, and the files that became none.

    `notes` are on articles that were read: converted from an old encoding, a date that is none.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Skipped, ...] = ()


def read_page(path: Path) -> CleanPage:
    """Return the cleaned page in the file of one article at `path`. Raises ValueError with the reason if it is none."""
    return read_one(path)


def read_articles(path: Path, name: str) -> Iterator[tuple[Article, CleanPage] | Skipped]:
    """Yield each article in the file at `path`, known as `name`, with its page, or why there is none."""
    for reading in read_file(path):
        yield _article(reading, name)


def files_below(root: Path) -> Iterator[Path]:
    """Yield the files below `root` that may hold articles, in order of their paths, also of kinds that are not read.

    Links are not followed: one to a folder is yielded itself, as what cannot be read. So is a folder with the name of
    a file, before the files in it, and at the end those that may not be looked into. An index holds no articles of its
    own: what stands in one is passed over. Raises OSError if `root` may not be looked into.
    """
    closed: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=closed.append):
        if is_index(folders, files):
            folders.clear()
            continue
        folders.sort()
        told = [name for name in folders if is_read(Path(name)) or Path(folder, name).is_symlink()]
        own = OWN_FILES if Path(folder) == root else frozenset[str]()
        named = [name for name in files if may_hold_articles(Path(name)) and name not in own]
        yield from (Path(folder) / name for name in sorted([*named, *told]))
    for error in closed:
        if Path(error.filename) == root:
            raise error
        if not is_read(Path(error.filename)):  # else it is told already
            yield Path(error.filename)


def path_of(name: str) -> str:
    """Return the name of a file as it is stored and shown: NFC, on one line, nothing in it that cannot be seen."""
    return normalize(name).replace("\n", " ")


def _article(reading: Reading, name: str) -> tuple[Article, CleanPage] | Skipped:
    page = reading.page
    if page is None or not page.text:
        return Skipped(path_of(name), reading.reason or "no article text in it")
    path = path_of(name + reading.place)
    article = Article(
        article_id=id_of(path, page.title, page.text),
        path=path,
        text=page.text,
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        url=page.url,
        captions=page.captions,
    )
    return article, page


def id_of(path: str, title: str | None, text: str) -> str:
    """Return the id of an article: it comes from content and place."""
    return hashlib.sha256(f"{path}\n{title or ''}\n{text}".encode()).hexdigest()[:ID_DIGITS]
