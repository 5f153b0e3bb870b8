"""The foot of a raw page: signature, tags, comments, other articles, imprint; all of it is dropped."""

from __future__ import annotations

from index import page_lines
from index.raw_page import PageLine, RawPage
from index.signatures import author_of, source_of

ENDINGS = ("tags and keywords", "comments")  # after these labels no article goes on


def drop_foot(page: RawPage) -> None:
    """Drop what stands below the article: tags, comments, other articles, the imprint."""
    lines = page.kept()
    for position, line in enumerate(lines):
        if position == 0 or not _starts_foot(lines, position):
            continue
        reason = page_lines.label_reason(line.text) or "imprint"
        for below in lines[position:]:
            below.reason = f"below the article: {reason}"
        return


def _starts_foot(lines: list[PageLine], position: int) -> bool:
    text = lines[position].text
    reason = page_lines.label_reason(text)
    if reason in ENDINGS or page_lines.is_imprint(text):
        return True
    if reason != "other articles":
        return False
    below = [line for line in lines[position + 1 :] if page_lines.is_prose(line.text)]
    return not below or _is_signature(lines[position - 1].text)


def _is_signature(text: str) -> bool:
    return author_of(text) is not None or source_of(text) is not None


def read_signature(page: RawPage) -> None:
    """Take by-lines, sources and leftovers of menus off the end, as many as there are."""
    signed = False
    for line in reversed(page.kept()):
        outlet = source_of(line.text)
        author = None if outlet else author_of(line.text)
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
