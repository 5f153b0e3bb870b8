"""The head of a raw page -> headline, date and by-line; its menu is dropped."""

from __future__ import annotations

import re

from index import page_lines
from index.page_dates import date_of, is_bare_publication, is_day, publication_of
from index.raw_page import PageLine, RawPage
from index.signatures import author_of, is_province, outlet_named, source_of

TITLE_WORDS = range(4, 41)
MENU_WORDS = 12  # a longer line of the head that is neither headline nor by-line is a lead without its full stop
SECTION_WORDS = 4  # below the date: what is no longer is left of the menu ("Nghe đọc bài"), what is longer a sentence
ANNOUNCING_WORDS = 3  # and a colon: "Lịch đấu gồm:"
LINES_BELOW_LEAD = 2  # a by-line and the date, where a page has them below its lead
_UPDATED = re.compile(r"\bcập nhật\b", re.IGNORECASE)
_EXCLAIMED = re.compile(r"(?:!|…|\.\.\.)[\"'”’»)\]]*$")


def read_head(page: RawPage) -> None:
    """Take the headline, the date, the by-line and the menu off the lines above the first paragraph."""
    lines = page.kept()
    length = _length(lines)
    head = lines[:length]
    dated = _read_date(page, lines, length)
    title = _headline(head, dated)
    if title is not None:
        page.title, title.reason = title.text, "headline"
    for line in head[: _menu_length(head, title, dated)]:
        short = page_lines.words(line.text) <= MENU_WORDS and not page_lines.is_photo_credit(line.text)
        if line.reason is None and (short or line.text == page.title):
            line.reason = page_lines.label_reason(line.text) or "menu"
            if title is not None and line.number > title.number:
                _read_byline(page, line)


def _read_byline(page: RawPage, line: PageLine) -> None:
    """Note the outlet or the author whom a line below the headline names."""
    outlet = source_of(line.text)
    author = None if outlet else author_of(line.text)
    page.outlet, page.author = page.outlet or outlet, page.author or author
    line.reason = "source" if outlet else "by-line" if author else line.reason


def _length(lines: list[PageLine]) -> int:
    """Return how many lines stand above the first paragraph; a headline may end as one: "… vô địch!", "… rừng..."."""
    for at, line in enumerate(lines):
        if page_lines.is_prose(line.text) and not (
            _EXCLAIMED.search(line.text) and page_lines.words(line.text) in TITLE_WORDS and _is_above_date(lines, at)
        ):
            return at
    return len(lines)


def _is_above_date(lines: list[PageLine], at: int) -> bool:
    """Return whether the date, or a by-line and the date, come next."""
    below = [line.text for line in lines[at + 1 : at + 3]]
    while below and publication_of(below[0]) is None and author_of(below[0]):
        below.pop(0)
    return bool(below) and publication_of(below[0]) is not None


def _headline(head: list[PageLine], dated: PageLine | None) -> PageLine | None:
    """Return the headline: right above the date, else right below it, else the last line above the lead like one.

    Of an undated page it is the first. What may be a name is a headline only where nothing else is.
    """
    above, below = (head[: head.index(dated)], head[head.index(dated) + 1 :]) if dated in head else (head, [])
    titles = [line for line in above if _is_title(line)] or [line for line in head if _is_title(line)]
    titles = [line for line in titles if author_of(line.text) is None] or titles
    nearest = [line for line in above if not (author_of(line.text) or page_lines.label_reason(line.text))][-1:]
    if dated in head and nearest and _is_title(nearest[0], above_date=True):
        return nearest[0]
    if below and nearest and _is_title(below[0]) and author_of(below[0].text) is None:
        return below[0]
    if not titles:
        return next((line for line in head if line.reason is None and _is_title_with_day(line.text)), None)
    return titles[0] if dated is None else titles[-1]


def _menu_length(head: list[PageLine], title: PageLine | None, dated: PageLine | None) -> int:
    """Return how many lines of the head go before the first one that belongs to the text.

    Below the date or by-line a line as long as a sentence does, a question, or one that announces others; elsewhere
    only what announces others.
    """
    start = head.index(title) + 1 if title is not None else 0
    signed = [line for line in head[start : start + 2] if title is not None and author_of(line.text)]
    if dated in head:
        start = max(start, head.index(dated) + 1)
    anchored = dated in head or bool(signed)
    return next((at for at in range(start, len(head)) if _opens_text(head[at], anchored)), len(head))


def _opens_text(line: PageLine, anchored: bool) -> bool:
    text, count = line.text, page_lines.words(line.text)
    furniture = page_lines.label_reason(text) or page_lines.is_topic(text) or page_lines.is_contact(text)
    if line.reason or furniture or author_of(text) or is_day(text):
        return False
    if page_lines.is_link_box(text) or page_lines.is_imprint(text) or page_lines.is_photo_credit(text):
        return False
    if text.endswith(":"):
        return count >= (ANNOUNCING_WORDS if anchored else TITLE_WORDS.start)
    return anchored and (count > SECTION_WORDS or text.endswith("?"))


def _is_title_with_day(text: str) -> bool:
    """Return whether `text` may be a headline such as "Giá vàng hôm nay 18/2/2025", which nothing else is."""
    found = date_of(text)
    titled = found is not None and page_lines.words(found[1]) >= TITLE_WORDS.start - 1
    return titled and not (found and (found[0].hour or found[0].minute)) and publication_of(text) is None


def _is_title(line: PageLine, above_date: bool = False) -> bool:
    return (
        line.reason is None
        and page_lines.words(line.text) in TITLE_WORDS
        and page_lines.label_reason(line.text) is None
        and not page_lines.is_topic(line.text)
        and not is_day(line.text)
        and (above_date or not page_lines.is_photo_credit(line.text))
        and not line.text.endswith(":")
        and not page_lines.is_imprint(line.text)
        and outlet_named(line.text) is None
        and ">" not in line.text
    )


def _read_date(page: RawPage, lines: list[PageLine], length: int) -> PageLine | None:
    """Return the line of the date, with what it says noted: above the first paragraph, or right below it."""
    dated = _dated(lines[:length])
    if dated is None:
        return _read_date_below_lead(page, lines[length + 1 : length + 1 + LINES_BELOW_LEAD])
    if _is_of_today(dated, lines[:length]):
        dated.reason = "menu"
        return None
    found = publication_of(dated.text)
    if found:
        page.published, rest = found
        page.outlet = page.outlet or outlet_named(rest)
        page.author = None if is_province(rest) else author_of(rest)
    dated.reason = "date"
    return dated


def _dated(head: list[PageLine]) -> PageLine | None:
    """Return the first line that gives a day of publication, or the first below the headline where one stands below
    that: above it sites have the day of today.
    """
    dated: list[PageLine] = []
    titled: list[bool] = []  # whether a headline may stand above each
    announced = False  # the days below "Lịch thi đấu như sau:" are none of publication
    for at, line in enumerate(head):
        if publication_of(line.text) and not (announced and is_day(line.text)):
            dated.append(line)
            titled.append(any(_is_title(above) and author_of(above.text) is None for above in head[:at]))
        elif not is_day(line.text):
            announced = line.text.endswith(":") and page_lines.words(line.text) >= TITLE_WORDS.start
    below = next((at for at, line in enumerate(dated) if titled[at] and not _UPDATED.search(line.text)), None)
    return dated[below] if below is not None else dated[0] if dated else None


def _is_of_today(dated: PageLine, head: list[PageLine]) -> bool:
    """Return whether the day stands above a menu, and that above the headline: sites show that of the visit there."""
    above, below = head[: head.index(dated)], head[head.index(dated) + 1 :]
    title = 0 if any(map(_is_title, above)) else next((at for at, line in enumerate(below) if _is_title(line)), 0)
    return any(page_lines.label_reason(line.text) == "page furniture" for line in below[:title])


def _read_date_below_lead(page: RawPage, lines: list[PageLine]) -> PageLine | None:
    """Return the line of a bare date among `lines`, with nothing but a by-line or a label above it."""
    for at, line in enumerate(lines):
        found = date_of(line.text) if is_bare_publication(line.text) else None
        if found:
            page.published, line.reason = found[0], "date"
            for above in lines[:at]:
                page.author = page.author or author_of(above.text)
                above.reason = "by-line" if author_of(above.text) else page_lines.label_reason(above.text)
            return line
        if author_of(line.text) is None and page_lines.label_reason(line.text) is None:
            return None
    return None
