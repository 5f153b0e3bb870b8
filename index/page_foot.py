"""The foot of a raw page: signature, tags, comments, other articles, imprint; all of it is dropped."""

from __future__ import annotations

from index import page_lines
from index.page_dates import publication_of, says_published
from index.raw_page import PageLine, RawPage, listed
from index.signatures import author_of, is_labelled, outlet_named, source_of

ENDINGS = ("tags and keywords", "comments")  # after these labels no article goes on
ALONE = ({"other articles"}, {"tags and keywords"})  # two such marks in a row may be a box, or lines of the article
BYLINES = 2  # more names, each on a line of its own, are a list of people
AGENCIES = 1
LAST_LINES = 4  # of a text, where the day of publication may stand with by-line and source


def drop_foot(page: RawPage) -> None:
    """Drop what stands below the article: tags, comments, other articles, the imprint.

    What may be a mark of the foot or a line of the article (an imprint, a topic) is one only with no paragraph below.
    """
    lines = page.kept()
    end = next((at for at in range(1, len(lines)) if _ends_article(lines, at)), len(lines))
    paragraph = max((at for at in range(end) if _is_paragraph(lines[at].text)), default=0)
    start = next((at for at in range(paragraph + 1, end) if _is_mark(lines[at].text)), end)
    for line in lines[start:]:
        line.reason = f"below the article: {_part(lines[start].text)}"


def _ends_article(lines: list[PageLine], at: int) -> bool:
    """Return whether the foot begins at this line whatever stands below it."""
    text = lines[at].text
    if page_lines.label_reason(text) in ENDINGS or page_lines.is_copyright(text):
        return True
    if not _is_mark(text):
        return False
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return _is_signature(lines[at - 1].text) or (_is_mark(below) and {_part(text), _part(below)} not in ALONE)


def _is_mark(text: str) -> bool:
    other = page_lines.label_reason(text) == "other articles"
    return other or page_lines.is_topic(text) or page_lines.is_imprint(text)


def _part(text: str) -> str:
    topic = "tags and keywords" if page_lines.is_topic(text) else None
    return page_lines.label_reason(text) or topic or "imprint"


def _is_paragraph(text: str) -> bool:
    return page_lines.is_prose(text) and not page_lines.is_contact(text) and not page_lines.is_topic(text)


def _is_signature(text: str) -> bool:
    return author_of(text) is not None or source_of(text) is not None


def read_signature(page: RawPage) -> None:
    """Take by-lines, sources and leftovers of menus off the end; names that are the items of a list stay."""
    _read_date(page)
    lines = page.kept()
    start = next((at for at in range(len(lines), 0, -1) if not _is_signed(lines[at - 1].text)), 0)
    names = _is_list(lines, start)
    signed = False
    for line in reversed(lines[start:]):
        outlet = source_of(line.text)
        author = None if outlet else author_of(line.text)
        known = author is not None and author == page.author
        if names and (author or outlet) and not known and not is_labelled(line.text):
            return
        if author:
            page.author = author if not signed or page.author is None else page.author
            line.reason, signed = "by-line", True
        elif outlet:
            page.outlet = page.outlet or outlet
            line.reason = "source"
        else:
            line.reason = page_lines.label_reason(line.text)


def _read_date(page: RawPage) -> None:
    """Take the day of publication from the last lines, where the head gave none: "Ngày đăng: …", "Báo X, …"."""
    for line in reversed(page.kept()[-LAST_LINES:] if page.published is None else []):
        found = publication_of(line.text)
        outlet = outlet_named(found[1]) if found else None
        if found and (outlet or (says_published(line.text) and not found[1])):
            page.published, page.outlet, line.reason = found[0], page.outlet or outlet, "date"
            return
        if _is_paragraph(line.text):
            return


def _is_signed(text: str) -> bool:
    return _is_signature(text) or page_lines.label_reason(text) is not None


def _is_list(lines: list[PageLine], start: int) -> bool:
    """Return whether the bare names from `start` on are more than sign an article, or stand below "… gồm:"."""
    bare = [line.text for line in lines[start:] if _is_signature(line.text) and not is_labelled(line.text)]
    agencies = sum(source_of(text) is not None for text in bare)
    return agencies > AGENCIES or len(bare) - agencies > BYLINES or any(listed(lines)[start : start + 1])
