"""What lays out the text of a web page -> plain blocks: frames of tables, and paragraphs that are only line breaks."""

from __future__ import annotations

from lxml.html import HtmlElement

from index.page_lines import LONG_PROSE_WORDS, is_prose, words
from index.readers.web_tree import BLOCKS, lines_of, text_of

_HOLDERS = frozenset("article blockquote body div main section".split())  # that may hold text and blocks
_LINES = ("p", "div", "br")  # in a cell of a table of data


def as_blocks(tree: HtmlElement) -> None:
    """Turn tables that lay out the page into plain blocks, and text that stands bare into paragraphs, in place."""
    for table in list(tree.iter("table")):
        if _is_data(table):
            _flatten_cells(table)
        elif any(table.find(f".//{tag}") is not None for tag in ("p", "h1", "div", "table", "br")):
            for element in list(table.iter("tr", "td", "th", "tbody", "thead")):
                element.tag = "div"
            table.tag = "div"
    for center in list(tree.iter("center")):
        center.tag = "div"
    for line_break in list(tree.iter("br")):
        _lift(line_break)
    prose = [block for _, line, block in lines_of(tree) if is_prose(line)]
    for holder in dict.fromkeys(block for block in prose if block.tag in _HOLDERS):
        _wrap_bare_text(holder)


def _is_data(table: HtmlElement) -> bool:
    """Return whether `table` has rows of several short cells, as figures have and the frame of a page has not."""
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return False
    rows = [[text_of(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
    several = [row for row in rows if sum(map(bool, row)) > 1]
    return len(several) > 1 and all(words(cell) < LONG_PROSE_WORDS for row in rows for cell in row)


def _flatten_cells(table: HtmlElement) -> None:
    for element in [each for cell in table.iter("td", "th") for each in cell.iter(*_LINES)]:
        element.tail = " " + (element.tail or "")
        element.drop_tag()


def _lift(line_break: HtmlElement) -> None:
    """Take what marks letters (`<span>`, `<b>`) from around a line break, so that it stands in its block itself."""
    around = line_break.getparent()
    while around is not None and around.tag not in BLOCKS and around.tag not in ("a", "html"):
        above = around.getparent()
        around.drop_tag()
        around = above


def _wrap_bare_text(holder: HtmlElement) -> None:
    """Make a paragraph of each run of text that stands bare in `holder`, between its blocks and line breaks."""
    children = list(holder)
    if not any(child.tag in BLOCKS or child.tag == "br" for child in children):
        return
    run = _paragraph(holder, holder.text)
    holder.text = None
    runs = [run]
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS or child.tag == "br":
            run = _paragraph(holder, tail)
            runs += [child, run]
        else:
            run.append(child)
            child.tail = tail
    holder[:] = [each for each in runs if each.tag != "br" and (each.tag != "p" or len(each) or text_of(each))]


def _paragraph(holder: HtmlElement, text: str | None) -> HtmlElement:
    paragraph: HtmlElement = holder.makeelement("p")
    paragraph.text = text
    return paragraph
