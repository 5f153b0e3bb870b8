"""A Word file (.docx) -> the article in it: paragraphs and tables in their order.

A .docx is a zip archive: its size when unpacked is checked before a byte is, and its XML expands no entity.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from index.cleaning import CleanPage, clean_page
from index.page_lines import words
from index.readers.encodings import foreign_kind
from index.readers.properties import with_properties
from index.vietnamese import normalize

MAX_UNPACKED = 100_000_000  # pictures and all
MAX_TEXT = 20_000_000  # of the XML of the text itself
MAX_PARTS = 2_000
TEXT_PART = "word/document.xml"


def read_word_file(data: bytes) -> CleanPage:
    """Return the article in the bytes of a .docx. Raises ValueError with the reason for what is none."""
    kind = foreign_kind(data)
    if kind != "a zip archive":
        raise ValueError(f"no Word file (.docx): {kind or 'no zip archive'}; open it and save it as .docx")
    _check_archive(data)
    document = _document(data)
    lines = list(_lines(document))
    title = next((line for style, line in lines if style == "Title"), None)
    body = [line for style, line in lines if style != "Title"]
    page = clean_page("\n\n".join([title, *body] if title else body))
    if title and page.title is None and words(title):
        page = replace(page, title=title)
    about = document.core_properties
    return with_properties(page, about.title, about.author)


def _check_archive(data: bytes) -> None:
    """Raise ValueError for an archive that is broken, too large when unpacked, encrypted or no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValueError(f"broken Word file: {error}") from None
    sizes = {part.filename: part.file_size for part in parts}
    if TEXT_PART not in sizes:
        raise ValueError(f"a zip archive without {TEXT_PART}: no Word file")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or sizes[TEXT_PART] > MAX_TEXT:
        raise ValueError(
            f"{len(parts):,} parts of {sum(part.file_size for part in parts):,} bytes when unpacked, "
            f"{sizes[TEXT_PART]:,} of text; the limits are {MAX_PARTS:,}, {MAX_UNPACKED:,} and {MAX_TEXT:,}"
        )


def _document(data: bytes) -> Any:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return Document(io.BytesIO(data))
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError) as error:
        raise ValueError(f"broken Word file: {' '.join(str(error).split())[:120]}") from None


def _lines(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph, and each row of a table, in order; line breaks part lines."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = [" ".join(normalize(cell.text).split()) for cell in row.cells]
                yield "", " | ".join(dict.fromkeys(cell for cell in cells if cell))
            continue
        for line in normalize(block.text).split("\n"):
            if line.strip():
                yield str(block.style.name) if block.style is not None else "", " ".join(line.split())
