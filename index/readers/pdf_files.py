"""A PDF -> the article in it: its lines put together to paragraphs, what stands on every page left out.

Read with pypdf, which runs nothing that is in the file. A scanned page holds no text, and is said to.
"""

from __future__ import annotations

import io
import logging
from dataclasses import replace

from index.cleaning import CleanPage, clean_page
from index.readers.addresses import web_address
from index.readers.pdf_lines import LineCollector, PdfLine, paragraphs_of, without_running_lines
from index.readers.properties import with_properties

MAX_PAGES = 500  # a newspaper has 40; a book is no article
MAX_CHARACTERS = 5_000_000


def read_pdf(data: bytes) -> CleanPage:
    """Return the article in the bytes of a PDF. Raises ValueError with the reason (encrypted, scanned, broken)."""
    if not data.startswith(b"%PDF-"):
        raise ValueError("no PDF: it does not begin with %PDF-")
    pages, pictured, about = _pages(data)
    if not any(pages):
        raise ValueError(f"no text on its {len(pages)} pages: scanned pictures? recognise the text (OCR) first")
    kept, dropped, url = without_running_lines(pages)
    page = clean_page("\n\n".join(paragraphs_of(kept)))
    page = replace(page, url=page.url or web_address(url))
    notes = ["some letters have no meaning in this PDF's fonts"] if "\ufffd" in page.text else []
    if pictured:
        notes.append(f"no text on page {', '.join(map(str, pictured))}, only pictures: scanned?")
    return replace(with_properties(page, *about), dropped=(*page.dropped, *dropped), notes=tuple(notes))


def _pages(data: bytes) -> tuple[list[list[PdfLine]], list[int], tuple[str | None, str | None]]:
    """Return the lines of each page in order of reading, the numbers of the pages that are only pictures, and the title
    and author of the properties.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("encrypted: save it without its password")
        if len(reader.pages) > MAX_PAGES:
            raise ValueError(f"{len(reader.pages):,} pages, more than the limit of {MAX_PAGES}")
        pages, pictured = list[list[PdfLine]](), list[int]()
        for number, page in enumerate(reader.pages, start=1):
            collector = LineCollector()
            page.extract_text(visitor_text=collector.visit)
            collector.end_line()
            pages.append(collector.lines)
            if not collector.lines and page.get("/Resources", {}).get("/XObject"):
                pictured.append(number)
            if sum(len(line.text) for lines in pages for line in lines) > MAX_CHARACTERS:
                raise ValueError(f"more text than the limit of {MAX_CHARACTERS:,} characters")
        about = reader.metadata
        return pages, pictured, (about.title, about.author) if about else (None, None)
    except ValueError:
        raise
    except (PyPdfError, ArithmeticError, LookupError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise ValueError(f"broken PDF: {' '.join(str(error).split())[:120] or type(error).__name__}") from None
    except ImportError as error:
        raise ValueError(f"encrypted in a way that cannot be read here: {error}") from None
