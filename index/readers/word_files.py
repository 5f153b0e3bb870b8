"""A Word file (.docx) -> the article in it: paragraphs and tables in their order, with what hangs on them.

A .docx is a zip archive: its size when unpacked is checked before a byte is, and its XML expands no entity.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from index.cleaning import CleanPage, clean_page
from index.page_lines import words
from index.readers.encodings import foreign_kind
from index.readers.properties import with_properties
from index.readers.word_text import Line, WordText, note_key

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
    lines = _lines(document)
    title = next((line for style, line in lines if style == "Title"), None)
    captions = [line for style, line in lines if style == "Caption"]
    body = [line for style, line in lines if style not in ("Title", "Caption")]
    page = clean_page("\n\n".join([title, *body] if title else body))
    if title and page.title is None and words(title):
        page = replace(page, title=title)
    about = document.core_properties
    page = replace(page, captions=tuple(dict.fromkeys([*captions, *page.captions])))
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


def _lines(document: Any) -> list[Line]:
    """Return the style and the text of each line: paragraphs, rows of tables, text boxes and notes, in order."""
    styles = {str(style.style_id): str(style.name) for style in document.styles}
    return list(WordText(styles, _notes(document)).lines(document.element.body))


def _notes(document: Any) -> dict[str, Any]:
    """Return the footnotes and endnotes of a document by `note_key`."""
    from docx.oxml import parse_xml
    from lxml.etree import LxmlError

    found: dict[str, Any] = {}
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            try:
                notes = parse_xml(relation.target_part.blob)
            except LxmlError as error:
                raise ValueError(f"broken Word file: {' '.join(str(error).split())[:120]}") from None
            found.update((note_key(note), note) for note in notes)
    return found
