"""The lines of a raw page, and what has been read off them so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from index.page_lines import is_prose
from index.vietnamese import normalize, squeeze

OPENING_MARKS = ("“", '"', "‘")  # a paragraph that is a quotation need not end in a full stop


@dataclass(slots=True)
class PageLine:
    """A line that is not empty. `number` counts from 1, the empty ones too."""

    number: int
    text: str
    glued: bool  # no blank line between it and the line before
    reason: str | None = None  # why it is dropped; None while it stays


@dataclass(slots=True)
class RawPage:
    """A page while its parts are read: each part takes its lines, and notes what they say."""

    lines: list[PageLine]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    captions: list[str] = field(default_factory=list)

    def kept(self) -> list[PageLine]:
        """Return the lines that no part has taken yet, in order."""
        return [line for line in self.lines if line.reason is None]


def page_lines_of(raw: str) -> list[PageLine]:
    """Return the lines of `raw` that are not empty, normalised and squeezed."""
    lines: list[PageLine] = []
    blank = True
    for number, text in enumerate(squeeze(normalize(raw)).split("\n"), start=1):
        if text:
            lines.append(PageLine(number, text, glued=not blank))
        blank = not text
    return lines


def listed(lines: list[PageLine]) -> list[bool]:
    """Return for each of `lines` whether it is an item of a list: above it, or above items like it, one ends in ":"."""
    items: list[bool] = []
    in_list = False
    for line in lines:
        items.append(in_list)
        if line.text.endswith((":", ";")):
            in_list = True
        elif is_prose(line.text) or line.text.startswith(OPENING_MARKS):
            in_list = False
    return items
