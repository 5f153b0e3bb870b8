"""The lines of a raw page, and what has been read off them so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from index.page_dates import is_day
from index.page_lines import LINE_END, is_prose
from index.signatures import author_of
from index.vietnamese import normalize, squeeze

WIDTHS = range(40, 131)  # characters of lines that a program cut; paragraphs are longer
FULL_LINE = 0.9  # of the lines are not longer than the width
SHORT_LINE = 0.7  # of the width: a shorter line ends its paragraph
LEAST_CUT, CUT_SHARE = 2, 0.25  # lines that go on below a cut one, and of all that stand right below another
_HYPHENATED = re.compile(r"[^\W\d_]-$")
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
    return _unwrapped(lines)


def _unwrapped(lines: list[PageLine]) -> list[PageLine]:
    """Return `lines` with those joined that were cut at a width, as e-mails and other programs cut paragraphs.

    They were where lines go on in lower case or with a figure, right below others without a mark at their end.
    """
    glued = [(above, line) for above, line in pairwise(lines) if line.glued]
    width = sorted(len(line.text) for line in lines)[int(FULL_LINE * (len(lines) - 1))] if lines else 0
    full = [pair for pair in glued if len(pair[0].text) >= SHORT_LINE * width]
    cut = sum(_is_cut(above.text) and (line.text[0].islower() or line.text[0].isdigit()) for above, line in full)
    if width not in WIDTHS or cut < LEAST_CUT or cut < CUT_SHARE * len(glued):
        return lines
    whole = lines[:1]
    spaced = any(not line.glued and LINE_END.search(above.text) for above, line in pairwise(lines))
    room = 0 if spaced else max(len(line.text) for line in lines)
    within = {id(line) for above, line in full if _goes_on(above, line) and not _ends(above, line, room)}
    for line, below in zip(lines[1:], [*lines[2:], None], strict=True):
        if id(line) in within and (whole[-1] is not lines[0] or _is_rest_of_headline(line, below)):
            space = "" if _HYPHENATED.search(whole[-1].text) else " "
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text}{space}{line.text}")
        else:
            whole.append(line)
    return whole


def _is_rest_of_headline(line: PageLine, below: PageLine | None) -> bool:
    """Return whether the second line of a page goes on from the first, and is no paragraph itself."""
    apart = below is None or not below.glued or is_day(below.text)
    return line.text[0].islower() or (apart and not is_prose(line.text))


def _is_cut(text: str) -> bool:
    return text[-1].isalnum() or text[-1] in ',–-)”"'


def _ends(above: PageLine, line: PageLine, room: int) -> bool:
    """Return whether a sentence ends above `line` though its first word had room there, in lines of `room` letters."""
    length = len(above.text) + 1 + len(line.text.split(" ", maxsplit=1)[0])
    return LINE_END.search(above.text) is not None and length <= room


def _goes_on(above: PageLine, line: PageLine) -> bool:
    """Return whether `line`, right below a full one, belongs to its paragraph: no item, by-line or day does."""
    text = line.text.removeprefix("- ").removeprefix("– ") if _is_cut(above.text) else line.text
    if text[0].islower():
        return True
    item = line.text.startswith(("-", "–", "+", "•", "*")) or is_day(text) or is_day(above.text)
    return not item and author_of(text) is None


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
