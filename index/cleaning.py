"""A raw copy of a news page -> the article; what is not the article is dropped, and every drop is reported.

A page has a head (menu, headline, date, by-line), a body (paragraphs, and between them captions, headings and boxes
of links), a signature, and a foot (tags, comments, other news). A line that no rule knows stays in the text:
rather a stray line than a lost sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index import page_lines
from index.labelled_head import read_labelled_head
from index.page_body import drop_from_body
from index.page_foot import drop_foot, read_signature
from index.page_head import read_head
from index.raw_page import PageLine, RawPage, page_lines_of
from index.signatures import dateline_outlet
from index.vietnamese import normalize


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of the raw page that is not in the article's text. `line` counts from 1."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CleanPage:
    """What a page says of itself; None where it says nothing. `text`: one paragraph a line."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    captions: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()  # what a person should know of the reading: converted, cut off, a date that is none


def clean_page(raw: str) -> CleanPage:
    """Return the article in `raw`, any text at all; a page without prose gives an empty `text`."""
    page = RawPage(page_lines_of(raw))
    labelled = read_labelled_head(page)
    _read_addresses(page)
    if not labelled:
        read_head(page)
    drop_foot(page)
    read_signature(page)
    drop_from_body(page)
    return _result(page)


def clean_body(lines: list[str], title: str | None = None) -> CleanPage:
    """Return the article whose text is in `lines`, one paragraph each, with no head above it.

    By-lines, sources, captions and links among the lines are dropped as in a whole page; a second `title` too.
    """
    kept = [" ".join(normalize(line).split()) for line in lines]
    numbered = [PageLine(number, line, glued=False) for number, line in enumerate(kept, start=1) if line]
    page = RawPage(numbered, title=title)
    _read_addresses(page)
    drop_foot(page)
    read_signature(page)
    drop_from_body(page)
    return _result(page)


def _result(page: RawPage) -> CleanPage:
    kept = page.kept()
    if page.outlet is None and kept:
        page.outlet = dateline_outlet(kept[0].text)
    return CleanPage(
        text="\n".join(line.text for line in kept),
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        url=page.url,
        captions=tuple(dict.fromkeys(page.captions)),
        dropped=tuple(Dropped(line.number, line.text, line.reason) for line in page.lines if line.reason is not None),
    )


def _read_addresses(page: RawPage) -> None:
    for line in page.kept():
        url = page_lines.url_of(line.text)
        if url:
            page.url = page.url or url
            line.reason = "address"
        elif page_lines.is_imprint(line.text):
            page.outlet = page.outlet or page_lines.domain_of(line.text)
