"""One file of any kind that is read -> the pages in it. The ending tells the kind; the content must agree."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from index.cleaning import CleanPage, clean_page
from index.readers.encodings import read_text
from index.readers.markdown_files import read_markdown
from index.readers.old_fonts import check_letters
from index.readers.rows import read_rows
from index.vietnamese import normalize

MAX_BYTES = 20_000_000  # of a file of one article: a novel is 1 MB; what is larger is not one article
TEXTS = frozenset([".txt", ".md", ".markdown"])
TABLES = frozenset([".jsonl", ".csv", ".tsv"])
PAGES = frozenset([".html", ".htm", ".xhtml"])
ENDINGS = TEXTS | TABLES | PAGES | {".pdf", ".docx"}
NEEDS = {".pdf": "pypdf", ".docx": "docx", **dict.fromkeys(PAGES, "trafilatura")}  # of the extra "files"
_DOCUMENT = "open it and save it as .docx, .pdf or .txt"
_ARCHIVE = "an archive; unpack it into the folder"
_TABLE = "a table in a kind that is not read; save it as .csv, in UTF-8"
_SAVED = "a web page in an archive; open it in a browser and save it as HTML only"
# Kinds that may hold articles and are not read: they are told, with what to do. Others (pictures, scripts) are no text.
NOT_READ = {
    **dict.fromkeys(
        (".doc", ".rtf", ".odt", ".pages", ".wps", ".epub"), f"a document in a kind that is not read; {_DOCUMENT}"
    ),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), _TABLE),
    **dict.fromkeys((".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar"), _ARCHIVE),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive"), _SAVED),
    ".json": "JSON in one piece is not read; give each article a line of its own, in a file that ends in .jsonl",
    ".xml": "XML is not read; save its articles as .html, .jsonl or .csv",
}
INSTALL = "pip install 'hoibao[files]'"
EXTRA = f"needs: {INSTALL}"
LEFT_BY_PROGRAMS = ("._", "~$")  # by macOS beside each file on other disks, by Word beside one that is open
_PAGE_START = ("<!doctype html", "<html", "<?xml")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file, or one row of it, gave: a page, or the reason why none.

    `place` is "" for a file that is one article, "#id" for a row of a table.
    """

    place: str = ""
    page: CleanPage | None = None
    reason: str = ""


def is_read(path: Path) -> bool:
    """Return whether files with the ending of `path` are read at all."""
    return path.suffix.lower() in ENDINGS


def may_hold_articles(path: Path) -> bool:
    """Return whether the file at `path` is read, or told to be of a kind that is not; programs' own are neither."""
    return not path.name.startswith(LEFT_BY_PROGRAMS) and (is_read(path) or path.suffix.lower() in NOT_READ)


def read_file(path: Path) -> Iterator[Reading]:
    """Yield what is in the file at `path`: one page, or one a row. What cannot be read is a reason, never an error."""
    try:
        check_regular(path)
        if path.suffix.lower() not in TABLES:
            yield Reading(page=read_one(path))
            return
        for row in read_rows(path):
            if row.page is None:
                yield Reading(reason=f"line {row.line}: {row.reason}")
            else:
                yield Reading(f"#{row.row_id}", row.page)
    except OSError as error:
        yield Reading(reason=error.strerror or str(error))
    except ValueError as error:
        yield Reading(reason=str(error))


def read_one(path: Path) -> CleanPage:
    """Return the page in a file of one article. Raises ValueError with the reason for what is none, OSError."""
    check_regular(path)
    ending = path.suffix.lower()
    if ending in NOT_READ:
        raise ValueError(NOT_READ[ending])
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{size:,} bytes, more than the limit of {MAX_BYTES:,}")
    if ending in NEEDS and find_spec(NEEDS[ending]) is None:
        raise ValueError(EXTRA)
    data = path.read_bytes()
    if not data.strip():
        raise ValueError("empty")
    page = _reader(ending)(data)
    check_letters(f"{page.title}\n{page.text}")
    return page


def check_regular(path: Path) -> None:
    """Raise ValueError for what is no file of its own: a link, a pipe, a socket, a device, a folder.

    Raises OSError for a file that is not there, and for a folder that may not be looked into.
    """
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode):
        with os.scandir(path):
            raise ValueError("a folder, not a file; the files in it are read")
    if not stat.S_ISREG(mode):
        raise ValueError("not a regular file")


def _reader(ending: str) -> Callable[[bytes], CleanPage]:
    """Return what reads files with `ending`. What needs a library is imported only here."""
    if ending in PAGES:
        from index.readers.web_pages import read_web_page

        return read_web_page
    if ending == ".pdf":
        from index.readers.pdf_files import read_pdf

        return read_pdf
    if ending == ".docx":
        from index.readers.word_files import read_word_file

        return read_word_file
    return _read_markdown if ending in (".md", ".markdown") else _read_plain


def _read_plain(data: bytes) -> CleanPage:
    text, notes = read_text(data)
    if normalize(text[:200]).lstrip().lower().startswith(_PAGE_START):
        raise ValueError("a web page (HTML), not plain text; give the file the ending .html")
    return _noted(clean_page(text), notes)


def _read_markdown(data: bytes) -> CleanPage:
    text, notes = read_text(data)
    return _noted(read_markdown(text), notes)


def _noted(page: CleanPage, notes: tuple[str, ...]) -> CleanPage:
    return replace(page, notes=notes + page.notes)
