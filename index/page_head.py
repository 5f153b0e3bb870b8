"""The head of a raw page -> headline, date and by-line; its menu is dropped."""

from __future__ import annotations

from index import page_lines
from index.page_dates import date_of, is_bare_publication, is_day, publication_of
from index.raw_page import PageLine, RawPage
from index.signatures import author_of

TITLE_WORDS = range(4, 41)
MENU_WORDS = 12  # a longer line of the head that is neither headline nor by-line is a lead without its full stop
LINES_BELOW_LEAD = 2  # a by-line and the date, where a page has them below its lead


def read_head(page: RawPage) -> None:
    """Take the headline, the date, the by-line and the menu off the lines above the first paragraph."""
    lines = page.kept()
    length = next((i for i, line in enumerate(lines) if page_lines.is_prose(line.text)), len(lines))
    head = lines[:length]
    dated = _read_date(page, lines, length)
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
        and not is_day(line.text)
        and not page_lines.is_photo_credit(line.text)
        and not page_lines.is_imprint(line.text)
        and ">" not in line.text
    )


def _read_date(page: RawPage, lines: list[PageLine], length: int) -> PageLine | None:
    """Return the line of the date, with what it says noted: above the first paragraph, or right below it."""
    for at, line in enumerate(lines[:length]):
        found = None if _is_item(lines, at) else publication_of(line.text)
        if found:
            page.published, rest = found
            page.author = author_of(rest) if rest else None
            line.reason = "date"
            return line
    for line in lines[length + 1 : length + 1 + LINES_BELOW_LEAD]:
        found = date_of(line.text) if is_bare_publication(line.text) else None
        if found:
            page.published, line.reason = found[0], "date"
            return line
        if author_of(line.text) is None and page_lines.label_reason(line.text) is None:
            return None
    return None


def _is_item(lines: list[PageLine], at: int) -> bool:
    """Return whether the line is one of the days below a line that announces them: "Lịch thi đấu như sau:"."""
    above = next((line.text for line in reversed(lines[:at]) if not is_day(line.text)), "")
    return above.endswith(":") and page_lines.words(above) >= TITLE_WORDS.start
