"""The XML of a Word file -> its lines as a reader of the printed page sees them, each with the style of its paragraph.

What was typed with changes tracked is read as if they were accepted: inserted and moved text is there, deleted text is
not. Hidden text is left out. A footnote and a text box stand below the paragraph that they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.page_lines import is_prose
from index.vietnamese import normalize

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
_UNSEEN = frozenset([_FALLBACK, *(_W + name for name in ("del", "moveFrom", "instrText", "rt", "pPr", "sectPr"))])
_BOX = _W + "txbxContent"
_TEXTS = frozenset([_W + "t", _MATH + "t"])
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_OFF = ("0", "false", "off")

Line = tuple[str, str]  # the name of the style, and the text


@dataclass(frozen=True, slots=True)
class WordText:
    """What is needed to read a body: the names of its styles, by id, and its notes, by `note_key`."""

    styles: Mapping[str, str]
    notes: Mapping[str, Any]

    def lines(self, holder: Any) -> Iterator[Line]:
        """Yield the lines of the paragraphs and tables in `holder`, in order; a line break parts two."""
        for block in holder:
            if block.tag == _W + "p":
                yield from self._paragraph(block)
            elif block.tag == _W + "tbl":
                yield from self._table(block)
            elif block.tag not in _UNSEEN:  # what wraps blocks: a content control, a part of another schema
                yield from self.lines(block)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = self.styles.get(style.get(_W + "val", ""), "") if style is not None else ""
        for line in normalize("".join(_texts(paragraph))).split("\n"):
            if line.strip():
                yield name, " ".join(line.split())
        for element in _hung_on(paragraph):
            note = element if element.tag == _BOX else self.notes.get(note_key(element))
            if note is not None:
                yield from self.lines(note)

    def _table(self, table: Any) -> Iterator[Line]:
        """Yield a line for each row; the lines in the cells of a row that has but one, and of a table of paragraphs."""
        rows = list(self._rows(table))
        layout = any(sum(is_prose(line) for _, line in cell) > 1 for cells in rows for cell in cells)
        for cells in rows:
            if layout or sum(map(bool, cells)) == 1:
                yield from (line for cell in cells for line in cell)
            elif any(cells):
                yield "", " | ".join(" ".join(line for _, line in cell) for cell in cells if cell)

    def _rows(self, table: Any) -> Iterator[list[list[Line]]]:
        """Yield the lines in each cell of each row; a cell that goes on from the row above has that one's."""
        above: dict[int, list[Line]] = {}
        for row in table.iter(_W + "tr"):
            if _owner(row, "tbl") is not table or row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells, column = [], 0
            for cell in row.iter(_W + "tc"):
                if _owner(cell, "tr") is not row:
                    continue
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and merged.get(_W + "val", "continue") == "continue"
                above[column] = above.get(column, []) if goes_on else list(self.lines(cell))
                cells.append(above[column])
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                column += int(span.get(_W + "val", "1")) if span is not None else 1
            yield cells


def note_key(element: Any) -> str:
    """Return by what a note is found from the mark that stands for it in the text: whether foot- or endnote, and id."""
    return f"{element.tag.removesuffix('Reference')} {element.get(_W + 'id')}"


def _texts(element: Any) -> Iterator[str]:
    """Yield the pieces of text in a paragraph that are seen in its own lines."""
    for child in element:
        if child.tag in _UNSEEN or child.tag == _BOX or (child.tag == _W + "r" and _is_hidden(child)):
            continue
        if child.tag in _TEXTS:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _texts(child)


def _hung_on(element: Any) -> Iterator[Any]:
    """Yield the marks of the footnotes, and the text boxes, that hang on a paragraph."""
    for child in element:
        if child.tag in (_W + "footnoteReference", _W + "endnoteReference", _BOX):
            yield child
        elif child.tag not in _UNSEEN:
            yield from _hung_on(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val", "1") not in _OFF


def _owner(element: Any, name: str) -> Any:
    return next(element.iterancestors(_W + name), None)
