"""The text of a web page's file -> its tree, and its lines of text that are seen.

The page is only ever read: no script runs, no entity is expanded, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.vietnamese import normalize

MAX_ELEMENTS = 50_000  # the largest news pages have 5,000
MAX_ATTRIBUTES = 300  # of one element; reading them takes time that grows with the square of their number
# A tag up to the end of its attributes; quoted values may hold anything.
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""\"[^"]*+\"|'[^']*+'""")
_ATTRIBUTE = re.compile(r"""[^\s="'/>]+""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")  # says which bytes the text was once, which lxml refuses in text
BLOCKS = frozenset(
    "address article aside blockquote body button center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody td textarea tfoot th "
    "thead time tr ul".split()
)
UNSEEN = frozenset("script style noscript template iframe object svg head".split())


def parse_page(text: str) -> HtmlElement:
    """Return the tree of a page. Raises ValueError for one that was made to be hard to read, or holds no element."""
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > MAX_ATTRIBUTES * 2:
            count = len(_ATTRIBUTE.findall(_QUOTED.sub("", tag.group(0)))) - 1
            if count > MAX_ATTRIBUTES:
                raise ValueError(f"an element with {count:,} attributes, more than the limit of {MAX_ATTRIBUTES}")
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = document_fromstring(_DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"no web page: {error}") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError("elements nested deeper than the limit of 256")
    count = sum(1 for _ in tree.iter(etree.Element))
    if count > MAX_ELEMENTS:
        raise ValueError(f"{count:,} elements, more than the limit of {MAX_ELEMENTS:,}")
    return tree


def lines_of(tree: HtmlElement) -> Iterator[tuple[int, str, HtmlElement]]:
    """Yield each line of text that is seen: its line in the file, the text, and the block it stands in, in order."""
    block, parts = tree, list[str]()
    for text, owner in _texts(tree):
        if owner is not block or text == "\n":
            yield from _line(parts, block)
            block, parts = owner, []
        if text != "\n":
            parts.append(text)
    yield from _line(parts, block)


def text_of(element: HtmlElement) -> str:
    """Return all the text in `element` on one line, with a space where a line break or a block parts two words."""
    parts: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        parts.append(" " if each.tag in BLOCKS or each.tag == "br" else "")
        parts.append((each.text if event == "start" else each.tail if each is not element else "") or "")
    return " ".join(normalize("".join(parts)).split())


def part_datelines(tree: HtmlElement) -> None:
    """Part the place that opens a lead from its first word by the dash that a style sheet would show, in place."""
    for stamp in tree.iter("span"):
        if "location-stamp" in stamp.get("class", "") and stamp.tail:
            stamp.tail = " - " + stamp.tail.lstrip(" -–")


def _line(parts: list[str], block: HtmlElement) -> Iterator[tuple[int, str, HtmlElement]]:
    text = " ".join(normalize("".join(parts)).split())
    if text:
        yield int(block.sourceline or 0), text, block


def _texts(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield each piece of text with the block that holds it; a line end for `<br>` and at the ends of blocks."""
    blocks = [tree]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag in BLOCKS:
                yield "\n", blocks[-1]
                blocks.append(element)
            if element.text and element.tag not in UNSEEN and not _is_hidden(element):
                yield element.text.replace("\n", " "), blocks[-1]
            continue
        if element.tag in BLOCKS and len(blocks) > 1:
            yield "\n", blocks.pop()
        if element.tag == "br":
            yield "\n", blocks[-1]
        if element.tail and element is not tree and not _is_hidden(element):
            yield element.tail.replace("\n", " "), blocks[-1]


def _is_hidden(element: HtmlElement) -> bool:
    return any(above.tag in UNSEEN for above in element.iterancestors())
