"""A conversation as a Word file: each question a heading, below it its quotes with their receipts."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.escaping import plain
from qa.index_version import IndexVersion
from qa.receipt import receipt, web_address

if TYPE_CHECKING:
    from docx.document import Document

    from qa.export import Turn
    from qa.types import Citation

_NOT_XML = re.compile("[\ufffe\uffff]")


def as_word(turns: Sequence[Turn], version: IndexVersion | None = None, language: str = "vi") -> bytes:
    """Return the bytes of a .docx. Raises ImportError where python-docx, of the extra `files`, is not installed."""
    from docx import Document

    document = Document()
    document.core_properties.title = document.core_properties.author = "HỏiBáo"
    document.core_properties.comments = ""
    document.core_properties.language = "vi-VN" if language == "vi" else "en"
    document.add_heading("HỏiBáo", level=0)
    for turn in turns:
        document.add_heading(_safe(turn.question), level=1)
        if turn.read_as:
            document.add_paragraph(_safe(turn.reading(language)))
        for citation in turn.citations:
            _add(document, citation, version, language)
        for note in turn.notes(language):
            document.add_paragraph(f"{note}.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Document, citation: Citation, version: IndexVersion | None, language: str) -> None:
    """Add a quote and its receipt. Addresses stay text: a program that opens the file fetches nothing."""
    quote, headline, *source = (_safe(line) for line in receipt(citation, version, language).split("\n"))
    document.add_paragraph(quote, style="Intense Quote")
    about = document.add_paragraph()
    about.add_run(headline).bold = True
    address = web_address(citation.article)
    for line in source:
        about.add_run().add_break()
        about.add_run(line).italic = line == address


def _safe(text: str) -> str:
    return _NOT_XML.sub("", plain(text))
