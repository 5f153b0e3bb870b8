"""A PDF -> the article in it: its lines put together to paragraphs, what stands on every page left out.

Read with pypdf, which runs nothing that is in the file. A scanned page holds no text, and is said to.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from index.cleaning import CleanPage, Dropped, clean_page
from index.page_lines import LINE_END
from index.readers.properties import with_properties
from index.vietnamese import normalize

MAX_PAGES = 500  # a newspaper has 40; a book is no article
MAX_CHARACTERS = 5_000_000
SHORT_LINE = 0.8  # of the longest line: a shorter one that stands alone is a heading
RUNNING_PAGES = 3  # what stands on as many pages is their head or foot
_PAGE_NUMBER = re.compile(r"^(?:trang\s*)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?$", re.IGNORECASE)


def read_pdf(data: bytes) -> CleanPage:
    """Return the article in the bytes of a PDF. Raises ValueError with the reason (encrypted, scanned, broken)."""
    if not data.startswith(b"%PDF-"):
        raise ValueError("no PDF: it does not begin with %PDF-")
    pages, title, author = _pages(data)
    if not any(pages):
        raise ValueError(f"no text on its {len(pages)} pages: scanned pictures? recognise the text (OCR) first")
    kept, dropped = _without_running_lines(pages)
    page = clean_page("\n\n".join(_paragraphs(kept)))
    notes = ("some letters have no meaning in this PDF's fonts",) if "\ufffd" in page.text else ()
    return replace(with_properties(page, title, author), dropped=(*page.dropped, *dropped), notes=notes)


def _pages(data: bytes) -> tuple[list[list[str]], str | None, str | None]:
    """Return the lines of each page in order of reading, and the title and author of the properties."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("encrypted: save it without its password")
        if len(reader.pages) > MAX_PAGES:
            raise ValueError(f"{len(reader.pages):,} pages, more than the limit of {MAX_PAGES}")
        pages: list[list[str]] = []
        for page in reader.pages:
            pages.append(_lines(page.extract_text()))
            if sum(len(line) for lines in pages for line in lines) > MAX_CHARACTERS:
                raise ValueError(f"more text than the limit of {MAX_CHARACTERS:,} characters")
        about = reader.metadata
        return pages, about.title if about else None, about.author if about else None
    except ValueError:
        raise
    except (PyPdfError, ArithmeticError, LookupError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise ValueError(f"broken PDF: {' '.join(str(error).split())[:120] or type(error).__name__}") from None
    except ImportError as error:
        raise ValueError(f"encrypted in a way that cannot be read here: {error}") from None


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in normalize(text).split("\n")) if line]


def _without_running_lines(pages: list[list[str]]) -> tuple[list[list[str]], list[Dropped]]:
    """Return the pages without their numbers and the heads and feet they share, and what was left out."""
    edges = Counter(line for lines in pages for line in {*lines[:1], *lines[-1:], *lines[-2:-1]})
    running = {line for line, count in edges.items() if count >= RUNNING_PAGES}
    kept, dropped, number = list[list[str]](), list[Dropped](), 0
    for lines in pages:
        kept.append([])
        for place, line in enumerate(lines):
            number += 1
            edge = place in (0, len(lines) - 1, len(lines) - 2)
            if edge and (line in running or _PAGE_NUMBER.match(line)):
                dropped.append(Dropped(number, line, "page number" if _PAGE_NUMBER.match(line) else "on every page"))
            else:
                kept[-1].append(line)
    return kept, dropped


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Yield the paragraphs: lines are joined until one ends a sentence though the next word had room in it.

    A short line that stands alone is a heading. A paragraph that goes on over the end of a page is one.
    """
    lines = [line for page in pages for line in page]
    longest = max(map(len, lines), default=0)
    parts: list[str] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line)
        room = len(line) + 1 + len(below.split(" ", maxsplit=1)[0]) <= longest
        heading = len(parts) == 1 and len(line) < SHORT_LINE * longest
        if heading or (room and LINE_END.search(line)):
            yield " ".join(parts)
            parts = []
    if parts:
        yield " ".join(parts)
