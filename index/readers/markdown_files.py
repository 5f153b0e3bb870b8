"""A markdown file -> the article: front matter read, marks taken out, headings and items kept as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning import CleanPage
from index.readers.addresses import web_address
from index.readers.columns import NAMES, column_name, filled
from index.readers.dates import published_of
from index.vietnamese import normalize

_FRONT = re.compile(r"---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?P<name>[A-Za-z_][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
_FENCE = re.compile(r"^(?:```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-{2,})$")
_RULE = re.compile(r"^(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$")
_OPENER = re.compile(r"^(?:>\s?)+")
_ITEM = re.compile(r"^(?:[*+-]|\d{1,3}[.)])\s+")
_INLINE = (
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"!\[(?P<text>[^\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), ""),
    (re.compile(r"\[(?P<text>[^\]]+)\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\g<text>"),
    (re.compile(r"\[(?P<text>[^\]]+)\]\[[^\]]*\]"), r"\g<text>"),
    (re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)"), r"\g<text>"),
    (re.compile(r"(?<![\w*])\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*(?![\w*])"), r"\g<text>"),
    (re.compile(r"(?<!\w)_(?=\S)(?P<text>[^_]+?)(?<=\S)_(?!\w)"), r"\g<text>"),
    (re.compile(r"`(?P<text>[^`]+)`"), r"\g<text>"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"\\(?P<text>[\\`*_{}\[\]()#+.!>-])"), r"\g<text>"),
)


def read_markdown(raw: str) -> CleanPage:
    """Return the article in a markdown text; the first heading is the title where the front matter gives none."""
    text = normalize(raw)
    front = _FRONT.match(text)
    given = _fields(front["fields"]) if front else {}
    paragraphs = list(_paragraphs(text[front.end() :] if front else text))
    title = given.get("title")
    if title is None and paragraphs and paragraphs[0][0]:
        title = paragraphs[0][1]
    lines = [line for _, line in paragraphs]
    date, url = given.get("published"), given.get("url")
    return CleanPage(
        text="\n".join(lines[1:] if lines and lines[0] == title else lines),
        title=title,
        outlet=given.get("outlet"),
        author=given.get("author"),
        published=published_of(date) if date else None,
        url=web_address(url),
        notes=tuple(_notes(date, url)),
    )


def _notes(date: str | None, url: str | None) -> Iterator[str]:
    if date and published_of(date) is None:
        yield f"no date: {date[:40]}"
    if url and web_address(url) is None:
        yield f"no address on the web: {url[:80]}"


def _fields(front: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for line in front.split("\n"):
        field = _FIELD.match(line)
        if field:
            value = field["value"].strip().strip("[]").strip("\"'").strip()
            given.setdefault(column_name(field["name"]), " ".join(value.split()))
    found = {what: filled(given, what) for what in NAMES}
    return {what: value for what, value in found.items() if value}


def _paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """Yield each paragraph, heading and item as one line without its marks, and whether it is a heading."""
    lines: list[str] = []
    fenced = False
    for raw in [*text.split("\n"), ""]:
        line = raw.strip()
        if _FENCE.match(line):
            fenced = not fenced
            line = ""
        heading = None if fenced else _HEADING.match(line)
        underlined = bool(lines) and not fenced and _UNDERLINE.match(line) is not None
        starts = heading is not None or not line or fenced or _ITEM.match(line) is not None or _RULE.match(line)
        if starts or underlined:
            yield from _plain(underlined and len(lines) == 1, lines)
            lines = []
        if heading:
            yield from _plain(True, [heading["text"]])
        elif line and not underlined and not _RULE.match(line):
            lines.append(line if fenced else _ITEM.sub("", _OPENER.sub("", line)))


def _plain(heading: bool, lines: list[str]) -> Iterator[tuple[bool, str]]:
    text = " ".join(lines)
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    text = " ".join(text.split())
    if text:
        yield heading, text
