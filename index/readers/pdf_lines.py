"""The lines of a PDF, with their place and size on the page -> paragraphs; what stands on every page is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import Any

from index.cleaning import Dropped
from index.page_lines import LINE_END
from index.vietnamese import normalize

RUNNING_PAGES = 3  # what stands on as many pages is their head or foot; on two, if it is at the same height
SHORT_LINE = 0.8  # of the width of a column: a shorter line that ends no sentence stands for itself
FULL_LINE = 0.95  # of the lines are not wider than the column: what goes over several columns is
SAME_SIZE = 0.08  # by which letters of one size may differ
LARGE = 1.15  # of the size of most text: the letters of headlines
GAP = 1.3  # of the distance of lines: a wider one parts paragraphs
LEADING_SHARE = 0.15  # of all distances is that of lines, the least that is so common
CELL = " | "  # between the cells of a row
CELL_LENGTH = 40  # characters; lines at one height that are longer are of two columns
INDENT = 0.7  # of the size of letters
_PAGE_NUMBER = re.compile(r"^(?:trang\s*)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?$", re.IGNORECASE)
_PRINTED_FOOT = re.compile(r"^(?P<url>(?:https?|file)://\S+|about:\S+)\s+\d{1,3}\s*/\s*\d{1,3}$")
_PRINTED_HEAD = re.compile(r"^\d{1,4}[:/.-]\d{1,2}\b.{0,24}?\d")
_ITEM = re.compile(r"(?:\W|\w{1,2}[.)])$")  # stands before a line of its own
_HYPHENATED = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line, where it begins on its page (points, upwards), and the size of most of its letters in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class LineCollector:
    """What pypdf calls with each piece of a page's text; `lines` are those that are whole."""

    lines: list[PdfLine] = field(default_factory=list)
    _pieces: list[tuple[str, float, float, float]] = field(default_factory=list)

    def visit(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        """Take a piece: its place is that of `tm` in `cm`, both matrices of six numbers."""
        x, y = (cm[each] * tm[4] + cm[2 + each] * tm[5] + cm[4 + each] for each in (0, 1))
        scale = (abs(tm[0] * tm[3] - tm[1] * tm[2]) * abs(cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
        first, *others = text.split("\n")
        self._pieces.append((first, x, y, size * scale))
        for part in others:
            self.end_line()
            self._pieces.append((part, x, y, size * scale))

    def end_line(self) -> None:
        """Put the pieces since the last line end together."""
        text = " ".join(normalize("".join(piece[0] for piece in self._pieces)).split())
        if text:
            _, x, y, _ = next(piece for piece in self._pieces if piece[0].strip())
            size = max(self._pieces, key=lambda piece: len(piece[0].strip()))[3]
            self.lines.append(PdfLine(text, x, y, round(size, 1)))
        self._pieces.clear()


def without_running_lines(pages: list[list[PdfLine]]) -> tuple[list[list[PdfLine]], list[Dropped], str | None]:
    """Return the pages without their numbers and the heads and feet they share, what was left out, and the address
    that a browser printed below them.
    """
    texts = Counter(text for lines in pages for text in {_folded(line.text) for line in _edges(lines)})
    heights = Counter(place for lines in pages for place in {_place(line) for line in lines})
    kept, dropped, number, url = list[list[PdfLine]](), list[Dropped](), 0, None
    for lines in pages:
        edges = set(_edges(lines))
        outer = _outer(lines, lambda line: texts[_folded(line.text)] >= RUNNING_PAGES or heights[_place(line)] > 1)
        foot = next((found for line in edges if (found := _PRINTED_FOOT.match(line.text))), None)
        outer |= _printed(lines) if foot else set()
        url = url or (foot["url"] if foot else None)
        kept.append([])
        for line in lines:
            number += 1
            numbered = line in edges and _PAGE_NUMBER.match(line.text)
            if numbered or line in outer:
                dropped.append(Dropped(number, line.text, "page number" if numbered else "on every page"))
            else:
                kept[-1].append(line)
    return kept, dropped, url


def _edges(lines: list[PdfLine]) -> list[PdfLine]:
    """Return the lines that may be head or foot of a page: the outermost by place, and by order."""
    upwards = sorted(lines, key=lambda line: line.y)
    return [*lines[:1], *lines[-2:], *upwards[:2], *upwards[-2:]]


def _outer(lines: list[PdfLine], runs: Callable[[PdfLine], bool]) -> set[PdfLine]:
    """Return the lines that `runs` takes with none but such above them, or below them."""
    upwards = sorted(lines, key=lambda line: line.y)
    return {*takewhile(runs, upwards), *takewhile(runs, reversed(upwards))}


def _printed(lines: list[PdfLine]) -> set[PdfLine]:
    """Return the lines that a browser printed around a page: the address below it, day and headline above it."""
    head = max(lines, key=lambda each: each.y)
    foot = {line for line in lines if _PRINTED_FOOT.match(line.text)}
    return foot | {head} if _PRINTED_HEAD.match(head.text) else foot


def _folded(text: str) -> str:
    """Return `text` with its numbers as one sign, as they differ from page to page; bare numbers as they are."""
    return re.sub(r"\d+", "#", text) if sum(map(str.isalpha, text)) > 2 else text


def _place(line: PdfLine) -> tuple[str, int]:
    return _folded(line.text), round(line.y)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a document sets its text. By the size of letters: the width of columns in characters, the distance of lines.
    `spaced`: whether paragraphs have a gap between them.
    """

    body: float
    widths: dict[float, float]
    leadings: dict[float, float]
    spaced: bool = False

    def gap(self, line: PdfLine, below: PdfLine) -> float | None:
        """Return how far `below` stands below, in distances of lines; None where it does not: in the next column."""
        step = line.y - below.y
        return step / self.leadings.get(line.size, step) if step > 0 else None

    def has_room(self, line: PdfLine, below: PdfLine, share: float = 1) -> bool:
        """Return whether the first word of `below` had room in that share of a column of `line`."""
        return len(line.text) + 1 + len(below.text.split(" ", maxsplit=1)[0]) <= share * self.widths[line.size]


def paragraphs_of(pages: list[list[PdfLine]]) -> Iterator[str]:
    """Yield the paragraphs, also one that goes on over the end of a column or page.

    They are told by gaps and by the size of letters; where there are no gaps, by indents and by lines that end a
    sentence though the next word had room in them.
    """
    lines = [line for page in pages for line in _rows_whole(page)]
    layout = _layout_of(lines)
    parts: list[str] = []
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        parts.append(line.text)
        if below is None or not _goes_on(line, below, layout, first=len(parts) == 1):
            yield _joined(parts)
            parts = []


def _rows_whole(lines: list[PdfLine]) -> list[PdfLine]:
    """Return `lines` with the cells of each row of a table in one."""
    whole: list[PdfLine] = []
    right = 0.0  # where the last cell begins
    for line in lines:
        last = whole[-1] if whole else None
        beside = last is not None and abs(last.y - line.y) < line.size / 3 and line.x > right
        if last is not None and beside and max(len(last.text.split(CELL)[-1]), len(line.text)) <= CELL_LENGTH:
            space = " " if _ITEM.match(last.text) else CELL
            whole[-1] = replace(last, text=f"{last.text}{space}{line.text}")
        else:
            whole.append(line)
        right = line.x
    return whole


def _layout_of(lines: list[PdfLine]) -> _Layout:
    letters, steps = Counter[float](), dict[float, Counter[float]]()
    for line in lines:
        letters[line.size] += len(line.text)
    pairs = [(line, below) for line, below in pairwise(lines) if line.size == below.size]
    for line, below in pairs:
        if line.y - below.y > line.size / 2:  # a raised sign is no line of its own
            steps.setdefault(line.size, Counter())[round(line.y - below.y, 0)] += 1
    body = max(letters, key=letters.__getitem__, default=1.0)
    full = {size: _full([len(line.text) for line in lines if line.size == size]) for size in letters}
    widths = {size: max(full[size], full[body] * body / (size or body)) for size in letters}
    leadings = {size: _least_common(counts) for size, counts in steps.items()}
    layout = _Layout(body, widths, leadings)
    ends = [pair for pair in pairs if LINE_END.search(pair[0].text) and layout.has_room(*pair)]
    gaps = [gap for pair in ends if (gap := layout.gap(*pair)) is not None]
    return _Layout(body, widths, leadings, spaced=sum(gap > GAP for gap in gaps) * 2 > len(gaps))


def _full(lengths: list[int]) -> int:
    return sorted(lengths)[int(FULL_LINE * (len(lengths) - 1))]


def _least_common(counts: Counter[float]) -> float:
    """Return the least step that is as common as that between the lines of a paragraph."""
    common = (step for step, count in counts.items() if count >= LEADING_SHARE * counts.total())
    return min(common, default=counts.most_common(1)[0][0])


def _goes_on(line: PdfLine, below: PdfLine, layout: _Layout, first: bool) -> bool:
    """Return whether `below` belongs to the paragraph of `line`, of which that is the first line or not."""
    if abs(line.size - below.size) > SAME_SIZE * max(line.size, below.size) or CELL in line.text + below.text:
        return False
    gap = layout.gap(line, below)
    if gap is not None and gap > GAP:
        return False
    if line.size > LARGE * layout.body:
        return gap is not None
    ended = LINE_END.search(line.text) is not None
    if first and not ended and layout.has_room(line, below, SHORT_LINE):
        return False
    if layout.spaced and gap is not None:
        return True
    indented = gap is not None and below.x > line.x + INDENT * line.size
    return not (layout.has_room(line, below) and (ended or indented)) and not (indented and ended)


def _joined(parts: list[str]) -> str:
    """Return the lines of a paragraph in one; a word that was parted at its hyphen has no space in it."""
    text = parts[0]
    for part in parts[1:]:
        parted = _HYPHENATED.search(text) is not None and part[0].islower()
        text += part if parted else f" {part}"
    return text
