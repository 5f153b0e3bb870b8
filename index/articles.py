"""A folder of raw pages -> Articles. What cannot be read is reported with its reason, never skipped in silence."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.cleaning import CleanPage, clean_page
from index.types import Article
from index.vietnamese import normalize

MAX_BYTES = 20_000_000  # a novel is 1 MB; what is larger is not one article
ID_DIGITS = 16


class CorpusError(ValueError):
    """The folder holds nothing that can be read as an article."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that became no article, and why, in words a person can act on."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a folder in order of their paths, and the files that became none."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]


def read_corpus(folder: str | Path) -> Corpus:
    """Return every `*.txt` below `folder` as an article.

    Two files with the same text are one article, the first by path. Raises CorpusError where no article is found.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CorpusError(f"{root}: no such folder of articles")
    articles: dict[str, Article] = {}
    skipped: list[Skipped] = []
    for path in text_files(root):
        name = path.relative_to(root).as_posix()
        try:
            article = read_article(path, name)
        except (OSError, ValueError) as error:
            skipped.append(Skipped(normalize(name), str(error)))
            continue
        same = articles.setdefault(article.text, article)
        if same is not article:
            skipped.append(Skipped(article.path, f"the same text as {same.path}"))
    if not articles:
        raise CorpusError(f"{root}: no articles (*.txt) in this folder" + _first_reasons(skipped))
    return Corpus(tuple(articles.values()), tuple(skipped))


def read_page(path: Path) -> CleanPage:
    """Return the cleaned page in the file at `path`. Raises ValueError with the reason if it is no text."""
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise ValueError("not a regular file")
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path.stat().st_size:,} bytes, more than the limit of {MAX_BYTES:,}")
    return clean_page(decode(path.read_bytes()))


def read_article(path: Path, name: str) -> Article:
    """Return the article in the file at `path`, known as `name`. Raises ValueError with the reason if it is none."""
    page = read_page(path)
    if not page.text:
        raise ValueError("no article text in it")
    name = normalize(name)
    return Article(
        article_id=id_of(name, page.title, page.text),
        path=name,
        text=page.text,
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        url=page.url,
        captions=page.captions,
    )


def id_of(path: str, title: str | None, text: str) -> str:
    """Return the id of an article: it comes from content and place."""
    return hashlib.sha256(f"{path}\n{title or ''}\n{text}".encode()).hexdigest()[:ID_DIGITS]


def decode(data: bytes) -> str:
    """Return `data` as text: UTF-8, or UTF-16 told by its byte order mark. Raises ValueError for anything else."""
    if not data.strip():
        raise ValueError("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ValueError(f"broken UTF-16 at byte {error.start}") from None
    if b"\x00" in data:
        raise ValueError(f"not text: a NUL at byte {data.index(0)}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at {error.start}; save the file as UTF-8"
        ) from None


def text_files(root: Path) -> Iterator[Path]:
    """Yield the files below `root` in order of their paths; links are not followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(files) if name.lower().endswith(".txt"))


def _first_reasons(skipped: list[Skipped]) -> str:
    return "".join(f"; {file.path}: {file.reason}" for file in skipped[:3])
