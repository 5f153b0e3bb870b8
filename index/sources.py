"""The files of a folder of articles, and which of them need not be read again.

An index keeps, for each file that gave an article, its sha256 and what the disk says of it. A file of which the disk
says the same is not opened; one of the same sha256 is not cleaned again. Another version of this package reads every
file anew, since it may read something else in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from time import time_ns
from typing import Any

from index.articles import Corpus, CorpusError, Skipped, files_below, path_of, read_articles
from index.store import read_jsonl
from index.types import Article, Publication

# A file that was written just before it was read can be written again without the disk saying so: clocks tick in
# hundredths of a second on Linux, in 2 s on FAT.
SETTLED = 2_000_000_000

SOURCES = "sources.jsonl"

Stat = tuple[int, int, int, int]  # size, mtime_ns, ctime_ns, inode


@dataclass(frozen=True, slots=True)
class Source:
    """The file that an article was read from: `path` below the folder, as the disk has it, what the disk said of it
    (none if that was too fresh to be trusted), and its sha256, "" for a file that must be read anew.

    Rows of a table are articles of one file. A file of which something was left out or noted is read anew each time.
    """

    path: str
    article_id: str
    stat: Stat | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Known:
    """The articles of an index, by id, and where they were read from, by path of the file. Empty for a new index."""

    articles: Mapping[str, Article]
    sources: Mapping[str, Sequence[Source]]


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
            "notes": [asdict(note) for note in self.corpus.notes],
            "reader": reader(),
        }


def known_from(manifest: Mapping[str, Any], folder: Path, articles: Sequence[Article]) -> Known:
    """Return what the generation in `folder` knows of its files: none if another version read them."""
    by_id = {article.article_id: article for article in articles}
    noted = manifest.get("reader") == reader() and SOURCES in manifest["files"]
    rows = read_jsonl(folder / SOURCES) if noted else []
    sources = [Source(**{**row, "stat": tuple(row["stat"]) if row["stat"] else None}) for row in rows]
    by_path: dict[str, list[Source]] = {}
    for source in sources:
        by_path.setdefault(source.path, []).append(source)
    return Known(by_id, by_path)


def read_corpus(folder: str | Path) -> Corpus:
    """Return the articles in every file below `folder` of a kind that is read; other kinds that may hold some are told.

    A row of a table is an article of its own, with the path "file.jsonl#id". Files or rows with the same text are one
    article, the earliest published or else the first by path; the others are listed as its `also_published`.
    Raises CorpusError where no article is found.
    """
    return read_folder(Path(folder)).corpus


def read_folder(folder: Path, known: Known | None = None) -> ReadFolder:
    """Return what `read_corpus` does, and the file of each article; unchanged files are taken from `known`."""
    if not folder.is_dir():
        file = f"a file, not a folder of articles; give the folder that holds it: {folder.parent}"
        raise CorpusError(f"{folder}: {file if folder.exists() else 'no such folder of articles'}")
    known = known or Known({}, {})
    gathered = _Gathered()
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        sources = known.sources.get(_as_noted(name), ())
        if _is_unchanged(path, sources, known):
            for source in sources:
                gathered.take(known.articles[source.article_id], source)
        else:
            _read(path, name, gathered)
    return gathered.as_folder(folder)


class _Gathered:
    """What is found in a folder, file by file."""

    def __init__(self) -> None:
        self.read = 0
        self.skipped: list[Skipped] = []
        self.notes: list[Skipped] = []
        self._found: dict[str, list[tuple[Article, Source]]] = {}  # by text
        self._order: dict[str, int] = {}  # of the paths, as they were found
        self._duplicates: dict[str, str] = {}
        self._anew: set[str] = set()  # files that must be read anew, since not all of them is among the articles

    def take(self, article: Article, source: Source) -> None:
        if article.path in self._order:  # files may be told apart by what paths are normalised of
            self.skipped.append(Skipped(article.path, "another file has this name, in other code points; rename one"))
            self._anew.add(source.path)
            return
        self._order[article.path] = len(self._order)
        self._found.setdefault(article.text, []).append((replace(article, also_published=()), source))

    def as_folder(self, folder: Path) -> ReadFolder:
        if not self._found:
            reasons = "".join(f"; {file.path}: {file.reason}" for file in self.skipped[:3])
            raise CorpusError(f"{folder}: no articles (*.txt, …) in this folder{reasons}")
        chosen = [self._one_of(same) for same in self._found.values()]
        chosen.sort(key=lambda found: self._order[found[0].path])
        articles, sources = zip(*chosen, strict=True)
        kept = tuple(replace(each, stat=None, sha256="") if each.path in self._anew else each for each in sources)
        corpus = Corpus(articles, tuple(self.skipped), tuple(self.notes))
        return ReadFolder(folder, corpus, kept, self._duplicates, self.read)

    def _one_of(self, same: list[tuple[Article, Source]]) -> tuple[Article, Source]:
        """Return the article that stands for all with its text: the earliest, of several the first by path.

        One whose day is not known comes after those whose day is. The others are listed with it, in the same order.
        """
        first, *others = sorted(
            same, key=lambda found: (found[0].published or datetime.max, self._order[found[0].path])
        )
        if not others:
            return first
        for copy, source in others:
            self.skipped.append(Skipped(copy.path, f"the same text as {first[0].path}"))
            self._duplicates[copy.path] = first[0].path
            self._anew.add(source.path)
        publications = (
            Publication(copy.path, copy.title, copy.outlet, copy.author, copy.published, copy.url) for copy, _ in others
        )
        return replace(first[0], also_published=tuple(publications)), first[1]


@cache
def reader() -> str:
    """Return the sha256 of this package's code: what another code reads in a file may be something else."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_unchanged(path: Path, sources: Sequence[Source], known: Known) -> bool:
    """Return whether the file at `path` is the one that `sources` came from, and all of them are known."""
    if not sources or any(source.article_id not in known.articles for source in sources):
        return False
    try:
        if _stat(path) == sources[0].stat:
            return True
        return path.is_file() and not path.is_symlink() and _sha256(path) == sources[0].sha256
    except OSError:
        return False


def _read(path: Path, name: str, gathered: _Gathered) -> None:
    """Add what the file holds. What cannot be read of it is told, and the file is then read anew each time."""
    gathered.read += 1
    try:
        before = _stat(path)
        settled = before[2] < time_ns() - SETTLED
        found = list(read_articles(path, name))
        whole = all(not isinstance(each, Skipped) and not each[1].notes for each in found)
        sha256 = _sha256(path) if whole and found else ""
        same = _stat(path) == before
    except (OSError, ValueError) as error:
        gathered.skipped.append(Skipped(path_of(name), _reason(error)))
        return
    stat, sha256 = (before if settled else None, sha256) if same and sha256 else (None, "")
    for each in found:
        if isinstance(each, Skipped):
            gathered.skipped.append(each)
        else:
            article, page = each
            gathered.notes.extend(Skipped(article.path, note) for note in page.notes)
            gathered.take(article, Source(_as_noted(name), article.article_id, stat, sha256))


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
