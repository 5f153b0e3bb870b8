"""The body of a raw page: what stands between the paragraphs and is none is dropped, captions are kept apart."""

from __future__ import annotations

from collections import Counter

from index import page_lines
from index.raw_page import PageLine, RawPage
from index.vietnamese import syllables

LINKS_WORDS = 21  # a heading is shorter


def drop_from_body(page: RawPage) -> None:
    """Drop pictures, captions, labels and boxes of links from between the paragraphs."""
    lines = page.kept()
    prose = [line for line in lines if page_lines.is_prose(line.text)]
    spaced = sum(not line.glued for line in prose) > len(prose) / 2
    repeated = _repeated([line.text for line in lines if page_lines.is_open(line.text)])
    above: PageLine | None = None
    for line in lines:
        glued_to = above if line.glued else None
        line.reason = _reason(line, glued_to, above, page.title, spaced, repeated)
        if line.reason == "caption":
            page.captions.append(line.text)
        above = line


def _reason(
    line: PageLine,
    glued_to: PageLine | None,
    above: PageLine | None,
    title: str | None,
    spaced: bool,
    repeated: set[str],
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
