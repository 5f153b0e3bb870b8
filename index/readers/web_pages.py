"""A saved web page -> the article in it: trafilatura finds the text, the page's own words say whose and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from index.cleaning import CleanPage, Dropped, clean_body
from index.page_lines import is_prose, label_reason
from index.readers.addresses import web_address
from index.readers.dates import published_of
from index.readers.encodings import read_text
from index.readers.web_blocks import as_blocks
from index.readers.web_facts import Facts, author_among, facts_of, finest, headline_of
from index.readers.web_gaps import with_lost_lines
from index.readers.web_parts import of_other_articles, take_off_parts
from index.readers.web_tree import lines_of, parse_page, part_datelines, text_of
from index.vietnamese import normalize

MAX_BYTES = 5_000_000  # of one page; the largest news pages have 1 MB
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|page saved with singlefile\s+url:\s*)(?P<url>https?://\S+)", re.IGNORECASE
)
_AUTHOR_PLACE = re.compile(r"(?:^|[\s_-])(?:author|authors|tac-?gia|byline)(?:$|[\s_-])", re.IGNORECASE)
_LEAD_PLACE = re.compile(r"sapo|summary|lead|description|desc|chapo|tomtat", re.IGNORECASE)


def read_web_page(data: bytes) -> CleanPage:
    """Return the article in the bytes of a page. Raises ValueError with the reason for what is no page of text."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"{len(data):,} bytes, more than the limit of {MAX_BYTES:,} for a web page")
    whole, cut = _without_cut_letter(data)
    text, notes = read_text(whole, _declared(data))
    tree = parse_page(text)
    part_datelines(tree)
    body = deepcopy(tree)
    captions, reasons = take_off_parts(body)
    facts = facts_of(tree, reasons)
    as_blocks(body)
    seen = [(line, block) for _, line, block in lines_of(body)]
    main = _main_lines(body)
    while main and (main[0] == facts.title or _is_date(main[0])):
        main.pop(0)
    main = with_lost_lines(main, seen, of_other_articles(body))
    start = next((number for number, (line, _) in enumerate(seen) if main and line == main[0]), len(seen))
    head = seen[:start]
    page = clean_body(_with_lead(main, head, facts.title), facts.title)
    of_today = _above_menu(tree, reasons, facts.title)
    page = _with_facts(page, facts, [each for each in head if each[0] not in of_today], body)
    page = page if page.url else replace(page, url=_saved_from(text))
    if cut or b"</html" not in data.lower():
        notes = (*notes, "no end of the page (</html>): it may be cut off")
    notes += tuple(f"no date: {date[:40]}" for date in facts.unread)
    reasons.update({dropped.text: dropped.reason for dropped in page.dropped})
    return replace(
        page,
        captions=tuple(dict.fromkeys([*captions, *page.captions])),
        dropped=tuple(_dropped(tree, page, reasons)),
        notes=notes,
    )


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _saved_from(text: str) -> str | None:
    """Return the address that a browser notes at the top of a page that it saves."""
    found = _SAVED.search(text[:4096])
    return web_address(found["url"]) if found else None


def _above_menu(tree: HtmlElement, parts: Mapping[str, str], title: str | None) -> frozenset[str]:
    """Return the lines above a menu that is above the headline: a day there is that of the visit."""
    lines = [line for _, line, _ in lines_of(tree)]
    head = lines[: lines.index(title)] if title in lines else []
    menu = max((at for at, line in enumerate(head) if parts.get(line) == "menu"), default=0)
    return frozenset(head[:menu])


def _without_cut_letter(data: bytes) -> tuple[bytes, bool]:
    """Return `data` without the bytes of a last letter that was cut through, and whether there were any."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data[: error.start], True
    return data, False


def _main_lines(body: HtmlElement) -> list[str]:
    """Return the lines of the article's text as trafilatura finds them: paragraphs, headings, items and rows."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(deepcopy(body), include_comments=False, with_metadata=False)
    if found is None or found.body is None:
        return []
    if len(found.body) == 1 and "\n" in "".join(found.body.itertext()).strip():  # of a short page, all in one piece
        piece = _flat(found.body)
        return [line for _, line, _ in lines_of(body) if line in normalize(piece)]
    lines: list[str] = []
    for element in found.body.iter("p", "head", "item", "row", "quote", "code"):
        if element.tag == "row":
            lines.append(" | ".join(_flat(cell) for cell in element.iter("cell")))
        elif not any(above.tag in ("row", "p", "item") for above in element.iterancestors()):
            lines.extend(_broken(element))
    return [line for line in (" ".join(normalize(line).split()) for line in lines) if line]


def _flat(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _broken(element: Any) -> Iterator[str]:
    """Yield the lines of a paragraph, which line breaks in it part; a quotation of paragraphs gives none itself."""
    if element.tag == "quote" and element.find(".//p") is not None:
        return
    parts: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and each.tag == "lb":
            yield "".join(parts)
            parts.clear()
        if event == "start":
            parts.append(each.text or "")
        elif each is not element:
            parts.append(each.tail or "")
    yield "".join(parts)


def _with_lead(main: list[str], head: list[tuple[str, HtmlElement]], title: str | None) -> list[str]:
    """Return `main` without the headline, and with the lead that stands between the headline and it."""
    lines = [line for line in main if line != title]
    below = max((number for number, (line, _) in enumerate(head) if line == title), default=len(head))
    lead = [
        line
        for line, block in head[below + 1 :]
        if line not in lines and not _is_date(line) and (is_prose(line) or _is_within(block, _LEAD_PLACE))
    ]
    return lead + lines


def _with_facts(page: CleanPage, facts: Facts, head: list[tuple[str, HtmlElement]], body: HtmlElement) -> CleanPage:
    """Return `page` with what its head says first, and what its lines say where the head says nothing."""
    headline = headline_of(body)
    title = text_of(headline) if headline is not None else None
    below = max((number for number, (line, _) in enumerate(head) if line == title), default=0)
    dates = [published_of(line) for line, _ in [*head[below:], *reversed(head[:below])]]
    outlet = facts.outlet or page.outlet
    named = [text for element in body.iter() if isinstance(element.tag, str) for text in _author_texts(element)]
    return replace(
        page,
        title=facts.title,
        outlet=outlet,
        author=facts.author or author_among(named[:1], outlet) or page.author,
        published=finest([facts.published, *dates]) or page.published,
        url=facts.url,
    )


def _author_texts(element: HtmlElement) -> Iterable[str]:
    """Return the name in an element that is classed as the author's, where it holds a name alone."""
    if not _AUTHOR_PLACE.search(element.get("class", "")):
        return ()
    linked = element.find(".//a")
    text = text_of(linked) if linked is not None else text_of(element)
    return (text,) if author_among([text], None) else ()


def _is_date(line: str) -> bool:
    return published_of(line) is not None and not is_prose(line)


def _is_within(block: HtmlElement, place: re.Pattern[str]) -> bool:
    return any(place.search(each.get("class", "")) for each in [block, *block.iterancestors()][:2])


def _dropped(tree: HtmlElement, page: CleanPage, reasons: dict[str, str]) -> Iterator[Dropped]:
    """Yield each line of the page that is not in the text, with the part of the page it is."""
    kept = {" ".join(line.replace(" | ", " ").split()) for line in page.text.split("\n")}
    for number, line, _ in lines_of(tree):
        if line in kept or any(line in row and " | " in row for row in page.text.split("\n")):
            continue
        yield Dropped(number, line, reasons.get(line) or _reason(line, page))


def _reason(line: str, page: CleanPage) -> str:
    if line == page.title:
        return "headline"
    if page.author and line.casefold() in page.author.casefold():
        return "by-line"
    return "date" if _is_date(line) else label_reason(line) or "not the article"
