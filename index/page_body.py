"""The body of a raw page: what stands between the paragraphs and is none is dropped, captions are kept apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from index import page_lines
from index.raw_page import PageLine, RawPage, listed
from index.vietnamese import syllables

LINKS_WORDS = 21  # a heading is shorter
PUNCTUATED = 0.8  # of the long lines end in a full stop where a line without one may be told from a paragraph


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a page sets its lines. `repeated`: the lines without a full stop that it has more than once."""

    spaced: bool  # most paragraphs have a blank line above
    punctuated: bool
    listed: tuple[bool, ...]  # which of its lines are items of a list
    repeated: frozenset[str]


def drop_from_body(page: RawPage) -> None:
    """Drop pictures, captions, labels and boxes of links from between the paragraphs."""
    lines = page.kept()
    manner = _manner_of(lines)
    for at, line in enumerate(lines):
        line.reason = _reason(lines, at, page.title, manner)
        if line.reason == "caption":
            page.captions.append(line.text)


def _manner_of(lines: list[PageLine]) -> _Manner:
    prose = [line for line in lines if page_lines.is_prose(line.text)]
    long = [line.text for line in lines if page_lines.words(line.text) >= page_lines.SCENE_WORDS.start]
    ended = [text for text in long if page_lines.is_prose(text)]
    unended = [text for text in long if page_lines.is_open(text) and not _may_be_no_paragraph(text)]
    return _Manner(
        spaced=sum(not line.glued for line in prose) > len(prose) / 2,
        punctuated=len(ended) > PUNCTUATED * (len(ended) + len(unended)),
        listed=tuple(listed(lines)),
        repeated=_repeated([line.text for line in lines if page_lines.is_open(line.text)]),
    )


def _may_be_no_paragraph(text: str) -> bool:
    scene = page_lines.is_scene(text) or page_lines.is_photo_credit(text)
    return scene or page_lines.is_link_box(text) or page_lines.label_reason(text) is not None


def _reason(lines: list[PageLine], at: int, title: str | None, manner: _Manner) -> str | None:
    """Return why a line of the body is dropped, or None. The lines above have their own reasons already."""
    text, open_line = lines[at].text, page_lines.is_open(lines[at].text)
    above = lines[at - 1] if at else None
    glued_to = above if lines[at].glued else None
    if page_lines.is_file_name(text):
        return "picture"
    if text == title:
        return "headline again"
    if _is_caption(lines, at, manner):
        return "caption"
    if page_lines.label_reason(text) or page_lines.is_link_box(text):
        return page_lines.label_reason(text) or "other articles"
    if open_line and above is not None and above.reason == "other articles":
        return "other articles"
    if open_line and manner.spaced and glued_to is not None and page_lines.words(text) >= LINKS_WORDS:
        return "other articles"
    return None


def _is_caption(lines: list[PageLine], at: int, manner: _Manner) -> bool:
    """Return whether the line tells what is seen: by its place beside a picture, its credit, or its manner."""
    text, above = lines[at].text, lines[at - 1] if at else None
    beside = above is not None and above.reason in ("picture", "headline again")
    if (beside and lines[at].glued) or page_lines.is_photo_credit(text):
        return True
    if text in manner.repeated and _is_between_paragraphs(lines, at):
        return True
    if not page_lines.is_scene(text):
        return False
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if beside or page_lines.is_file_name(below) or page_lines.is_bare_credit(below):
        return True
    return manner.punctuated and not page_lines.is_statement(text) and not manner.listed[at]


def _is_between_paragraphs(lines: list[PageLine], at: int) -> bool:
    """Return whether neither neighbour is another short line, as in a table or a list."""
    above, below = lines[max(at - 1, 0) : at], lines[at + 1 : at + 2]
    return all(line.reason or page_lines.is_prose(line.text) for line in above + below)


def _repeated(texts: list[str]) -> frozenset[str]:
    """Return those of `texts` that are there again, and are as long as captions; the prices of a table are shorter."""
    counts = Counter(tuple(syllables(text)) for text in texts)
    long = [text for text in texts if page_lines.words(text) in page_lines.SCENE_WORDS]
    return frozenset(text for text in long if counts[tuple(syllables(text))] > 1)
