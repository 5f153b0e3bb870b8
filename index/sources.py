"""The files of a folder of articles, and which of them need not be read again.

An index keeps, for each file that gave an article, its sha256 and what the disk says of it. A file of which the disk
says the same is not opened; one of the same sha256 is not cleaned again. Another version of this package reads every
file anew, since it may read something else in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from time import time_ns
from typing import Any

from index.articles import Corpus, CorpusError, Skipped, read_article, text_files
from index.store import read_jsonl
from index.types import Article
from index.vietnamese import normalize

# A file that was written just before it was read can be written again without the disk saying so: clocks tick in
# hundredths of a second on Linux, in 2 s on FAT.
SETTLED = 2_000_000_000

SOURCES = "sources.jsonl"

Stat = tuple[int, int, int, int]  # size, mtime_ns, ctime_ns, inode


@dataclass(frozen=True, slots=True)
class Source:
    """The file that an article was read from: `path` below the folder, as the disk has it, what the disk said of it
    (none if that was too fresh to be trusted), and its sha256.
    """

    path: str
    article_id: str
    stat: Stat | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Known:
    """The articles of an index, by id, and the files they were read from, by path. Empty for a new index."""

    articles: Mapping[str, Article]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """The articles of a folder, the file of each, and which text of a skipped file is that of which other."""

    folder: Path
    corpus: Corpus
    sources: tuple[Source, ...]
    duplicates: Mapping[str, str]
    read: int

    def facts(self) -> dict[str, Any]:
        """Return what the manifest of an index of this folder says of it."""
        return {
            "corpus": str(self.folder),
            "skipped": [asdict(file) for file in self.corpus.skipped],
            "reader": reader(),
        }


def known_from(manifest: Mapping[str, Any], folder: Path, articles: Sequence[Article]) -> Known:
    """Return what the generation in `folder` knows of its files: none if another version read them."""
    by_id = {article.article_id: article for article in articles}
    noted = manifest.get("reader") == reader() and SOURCES in manifest["files"]
    rows = read_jsonl(folder / SOURCES) if noted else []
    sources = [Source(**{**row, "stat": tuple(row["stat"]) if row["stat"] else None}) for row in rows]
    return Known(by_id, {source.path: source for source in sources if source.article_id in by_id})


def read_folder(folder: Path, known: Known | None = None) -> ReadFolder:
    """Return the articles of `folder`, in order of their paths; those of unchanged files are taken from `known`.

    Two files with the same text are one article, the first by path. Raises CorpusError where no article is found.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder of articles")
    known = known or Known({}, {})
    found: dict[str, tuple[Article, Source]] = {}
    skipped: list[Skipped] = []
    duplicates: dict[str, str] = {}
    read = 0
    for path in text_files(folder):
        name = path.relative_to(folder).as_posix()
        source = _unchanged(path, known.sources.get(_as_noted(name)))
        article = known.articles[source.article_id] if source else None
        try:
            if source is None or article is None:
                read += 1
                article, source = _read(path, name)
        except (OSError, ValueError) as error:
            skipped.append(Skipped(normalize(name), _reason(error)))
            continue
        same, _ = found.setdefault(article.text, (article, source))
        if same is not article:
            skipped.append(Skipped(article.path, f"the same text as {same.path}"))
            duplicates[article.path] = same.path
    if not found:
        reasons = "".join(f"; {file.path}: {file.reason}" for file in skipped[:3])
        raise CorpusError(f"{folder}: no articles (*.txt) in this folder{reasons}")
    articles, sources = zip(*found.values(), strict=True)
    return ReadFolder(folder, Corpus(articles, tuple(skipped)), sources, duplicates, read)


@cache
def reader() -> str:
    """Return the sha256 of this package's code: what another code reads in a file may be something else."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _unchanged(path: Path, source: Source | None) -> Source | None:
    """Return the source of the file at `path` if it is the file that `source` was, else None."""
    if source is None:
        return None
    try:
        stat = _stat(path)
        if stat == source.stat:
            return source
        same = path.is_file() and not path.is_symlink() and _sha256(path) == source.sha256
    except OSError:
        return None
    return source if same else None


def _read(path: Path, name: str) -> tuple[Article, Source]:
    """Return the article of a file and its source. Raises OSError, ValueError."""
    before = _stat(path)
    settled = before[2] < time_ns() - SETTLED
    article = read_article(path, name)
    sha256 = _sha256(path)
    same = _stat(path) == before
    return article, Source(
        _as_noted(name), article.article_id, before if settled and same else None, sha256 if same else ""
    )


def _as_noted(name: str) -> str:
    """Return a file name that can be written as UTF-8: what is none in it, by its bytes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _stat(path: Path) -> Stat:
    found = path.lstat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
