"""A raw copy of a news page -> the article; what is not the article is dropped, and every drop is reported.

A page has a head (menu, headline, date, by-line), a body (paragraphs, and between them captions, headings and boxes
of links), a signature, and a foot (tags, comments, other news). A line that no rule knows stays in the text:
rather a stray line than a lost sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from index import page_lines
from index.vietnamese import normalize, squeeze, syllables

TITLE_WORDS = range(4, 41)
MENU_WORDS = 12  # a longer line of the head that is neither headline nor by-line is a lead without its full stop
LINKS_WORDS = 21  # a heading is shorter
ENDINGS = ("tags and keywords", "comments")  # after these labels no article goes on


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


@dataclass(slots=True)
class _Line:
    number: int
    text: str
    glued: bool  # no blank line between it and the line before
    reason: str | None = None  # why it is dropped; None while it stays


@dataclass(slots=True)
class _Page:
    lines: list[_Line]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    captions: list[str] = field(default_factory=list)

    def kept(self) -> list[_Line]:
        return [line for line in self.lines if line.reason is None]


def clean_page(raw: str) -> CleanPage:
    """Return the article in `raw`, any text at all; a page without prose gives an empty `text`."""
    page = _Page(_lines(raw))
    _read_addresses(page)
    _read_head(page)
    _drop_foot(page)
    _read_signature(page)
    _drop_from_body(page)
    return _result(page)


def clean_body(lines: list[str], title: str | None = None) -> CleanPage:
    """Return the article whose text is in `lines`, one paragraph each, with no head above it.

    By-lines, sources, captions and links among the lines are dropped as in a whole page; a second `title` too.
    """
    kept = [" ".join(normalize(line).split()) for line in lines]
    page = _Page([_Line(number, line, glued=False) for number, line in enumerate(kept, start=1) if line], title=title)
    _read_addresses(page)
    _drop_foot(page)
    _read_signature(page)
    _drop_from_body(page)
    return _result(page)


def _result(page: _Page) -> CleanPage:
    kept = page.kept()
    if page.outlet is None and kept:
        page.outlet = page_lines.dateline_outlet(kept[0].text)
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


def _lines(raw: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    for number, text in enumerate(squeeze(normalize(raw)).split("\n"), start=1):
        if text:
            lines.append(_Line(number, text, glued=not blank))
        blank = not text
    return lines


def _read_addresses(page: _Page) -> None:
    for line in page.lines:
        url = page_lines.url_of(line.text)
        if url:
            page.url = page.url or url
            line.reason = "address"
        elif page_lines.is_imprint(line.text):
            page.outlet = page.outlet or page_lines.domain_of(line.text)


def _read_head(page: _Page) -> None:
    lines = page.kept()
    length = next((i for i, line in enumerate(lines) if page_lines.is_prose(line.text)), len(lines))
    head = lines[:length]
    dated = _read_date(page, lines[: length + 3])
    above = head[: head.index(dated)] if dated in head else head
    titles = [line for line in above if _is_title(line)] or [line for line in head if _is_title(line)]
    if titles:
        title = titles[-1] if dated in head else titles[0]
        page.title, title.reason = title.text, "headline"
    for line in head:
        if line.reason is None and (page_lines.words(line.text) <= MENU_WORDS or line.text == page.title):
            author = page_lines.author_of(line.text) if page.title and line.number > title.number else None
            page.author = page.author or author
            line.reason = "by-line" if author else page_lines.label_reason(line.text) or "menu"


def _is_title(line: _Line) -> bool:
    return (
        line.reason is None
        and page_lines.words(line.text) in TITLE_WORDS
        and page_lines.label_reason(line.text) is None
        and page_lines.date_of(line.text) is None
        and not page_lines.is_photo_credit(line.text)
        and not page_lines.is_imprint(line.text)
        and ">" not in line.text
    )


def _read_date(page: _Page, lines: list[_Line]) -> _Line | None:
    for line in lines:
        found = None if page_lines.is_prose(line.text) else page_lines.date_of(line.text)
        if found:
            page.published, rest = found
            page.author = page_lines.author_of(rest) if rest else None
            line.reason = "date"
            return line
    return None


def _drop_foot(page: _Page) -> None:
    lines = page.kept()
    for position, line in enumerate(lines):
        if position == 0 or not _starts_foot(lines, position):
            continue
        reason = page_lines.label_reason(line.text) or "imprint"
        for below in lines[position:]:
            below.reason = f"below the article: {reason}"
        return


def _starts_foot(lines: list[_Line], position: int) -> bool:
    text = lines[position].text
    reason = page_lines.label_reason(text)
    if reason in ENDINGS or page_lines.is_imprint(text):
        return True
    if reason != "other articles":
        return False
    below = [line for line in lines[position + 1 :] if page_lines.is_prose(line.text)]
    return not below or _is_signature(lines[position - 1].text)


def _is_signature(text: str) -> bool:
    return page_lines.author_of(text) is not None or page_lines.source_of(text) is not None


def _read_signature(page: _Page) -> None:
    """Take by-lines, sources and leftovers of menus off the end, as many as there are."""
    signed = False
    for line in reversed(page.kept()):
        outlet = page_lines.source_of(line.text)
        author = None if outlet else page_lines.author_of(line.text)
        if author:
            page.author = author if not signed or page.author is None else page.author
            line.reason, signed = "by-line", True
        elif outlet:
            page.outlet = page.outlet or outlet
            line.reason = "source"
        elif page_lines.label_reason(line.text):
            line.reason = page_lines.label_reason(line.text)
        else:
            return


def _drop_from_body(page: _Page) -> None:
    lines = page.kept()
    prose = [line for line in lines if page_lines.is_prose(line.text)]
    spaced = sum(not line.glued for line in prose) > len(prose) / 2
    repeated = _repeated([line.text for line in lines if page_lines.is_open(line.text)])
    above: _Line | None = None
    for line in lines:
        glued_to = above if line.glued else None
        line.reason = _reason(line, glued_to, above, page.title, spaced, repeated)
        if line.reason == "caption":
            page.captions.append(line.text)
        above = line


def _reason(
    line: _Line, glued_to: _Line | None, above: _Line | None, title: str | None, spaced: bool, repeated: set[str]
) -> str | None:
    """Return why a line of the body is dropped, or None. `above` has its own reason already."""
    text, open_line = line.text, page_lines.is_open(line.text)
    if page_lines.is_file_name(text):
        return "picture"
    if text == title:
        return "headline again"
    if glued_to is not None and glued_to.reason in ("picture", "headline again"):
        return "caption"
    if page_lines.is_photo_credit(text) or page_lines.is_scene(text) or text in repeated:
        return "caption"
    if page_lines.label_reason(text) or page_lines.is_link_box(text):
        return page_lines.label_reason(text) or "other articles"
    if open_line and above is not None and above.reason == "other articles":
        return "other articles"
    if open_line and spaced and glued_to is not None and page_lines.words(text) >= LINKS_WORDS:
        return "other articles"
    return None


def _repeated(texts: list[str]) -> set[str]:
    counts = Counter(tuple(syllables(text)) for text in texts)
    return {text for text in texts if counts[tuple(syllables(text))] > 1}
