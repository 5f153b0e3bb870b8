"""The head of a raw page -> headline, date and by-line; its menu is dropped."""

from __future__ import annotations

from index import page_lines
from index.page_dates import date_of
from index.raw_page import PageLine, RawPage
from index.signatures import author_of

TITLE_WORDS = range(4, 41)
MENU_WORDS = 12  # a longer line of the head that is neither headline nor by-line is a lead without its full stop


def read_head(page: RawPage) -> None:
    """Take the headline, the date, the by-line and the menu off the lines above the first paragraph."""
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
            author = author_of(line.text) if page.title and line.number > title.number else None
            page.author = page.author or author
            line.reason = "by-line" if author else page_lines.label_reason(line.text) or "menu"


def _is_title(line: PageLine) -> bool:
    return (
        line.reason is None
        and page_lines.words(line.text) in TITLE_WORDS
        and page_lines.label_reason(line.text) is None
        and not page_lines.is_topic(line.text)
        and date_of(line.text) is None
        and not page_lines.is_photo_credit(line.text)
        and not page_lines.is_imprint(line.text)
        and ">" not in line.text
    )


def _read_date(page: RawPage, lines: list[PageLine]) -> PageLine | None:
    for line in lines:
        found = None if page_lines.is_prose(line.text) else date_of(line.text)
        if found:
            page.published, rest = found
            page.author = author_of(rest) if rest else None
            line.reason = "date"
            return line
    return None
