"""The tree of a web page -> what it says of itself: title, outlet, authors, day, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from index.page_head import TITLE_WORDS
from index.page_lines import is_prose, words
from index.readers.addresses import web_address
from index.readers.dates import published_of
from index.readers.web_tree import lines_of, text_of
from index.signatures import author_of
from index.vietnamese import normalize

_DATE_NAMES = frozenset(
    "article:published_time og:published_time pubdate publishdate publish-date datepublished dc.date dc.date.issued "
    "dc.date.created date its_publication published_time".split()
)
_AUTHOR_NAMES = frozenset(["author", "article:author", "dc.creator"])
_TITLE_PLACE = re.compile(r"(?:^|[\s_-])(?:lbl)?(?:tieu-?de|(?:news|post|article)?-?title)", re.IGNORECASE)
_SITE = re.compile(r"^(?:(?:cổng|trang) (?:thông tin|tin|ttđt)|trang chủ|chi tiết (?:tin|bài))\b", re.IGNORECASE)
_OTHERS = frozenset(["comments", "other articles"])
_AUTHOR_LABEL = re.compile(r"^(?:tác giả|bài và ảnh|bài|theo|thực hiện)\b\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head and the headline of a page say; None where they say nothing. `unread`: dates that are none."""

    title: str | None
    outlet: str | None
    author: str | None
    published: datetime | None
    url: str | None
    unread: tuple[str, ...]


def facts_of(tree: HtmlElement, parts: Mapping[str, str]) -> Facts:
    """Return what the page says of itself in its metadata, and its headline. `parts`: of which part of the page the
    lines are that are not of the article: the day of a comment is none of publication.
    """
    metas = [(_name(meta), normalize(meta.get("content", "")).strip()) for meta in tree.iter("meta")]
    linked = list(_linked_data(tree))
    outlet = _first(metas, {"og:site_name"}) or _named(_values(linked, "publisher"))
    dates = [value for name, value in metas if name in _DATE_NAMES and value]
    dates += [str(value) for value in _values(linked, "datePublished")]
    times = [each for each in tree.iter("time") if each.get("datetime") and parts.get(text_of(each)) not in _OTHERS]
    dates += [each.get("datetime", "") for each in times[:1]]
    authors = [value for name, value in metas if name in _AUTHOR_NAMES] + _names(_values(linked, "author"))
    return Facts(
        title=_title(tree, metas, outlet),
        outlet=outlet,
        author=author_among(authors, outlet),
        published=finest([published_of(date) for date in dates]),
        url=_address(tree, metas),
        unread=tuple(date for date in dict.fromkeys(dates) if published_of(date) is None),
    )


def author_among(names: list[str], outlet: str | None) -> str | None:
    """Return the people among `names`, each once, joined by a comma; the outlet itself is no person."""
    people: dict[str, str] = {}
    for name in names:
        bare = " ".join(_AUTHOR_LABEL.sub("", name).split())
        if bare and bare.casefold() != (outlet or "").casefold() and author_of(bare):
            people.setdefault(bare.casefold(), bare)
    return ", ".join(people.values()) or None


def finest(dates: list[datetime | None]) -> datetime | None:
    """Return the first of `dates`, with the hour that a later one gives for the same day where it has none."""
    known = [date for date in dates if date]
    if not known:
        return None
    same = [date for date in known if date.date() == known[0].date() and (date.hour or date.minute)]
    return known[0] if known[0].hour or known[0].minute or not same else same[0]


def headline_of(tree: HtmlElement) -> HtmlElement | None:
    """Return the element of the headline: the only `h1`, or what is classed as the title; None without one."""
    found = [element for element in tree.iter("h1") if text_of(element)]
    if len(found) == 1:
        return found[0]
    named = [
        element for element in tree.iter("h1", "h2", "h3") if re.search("title|tieu-?de", element.get("class", ""))
    ]
    return (named or found or [None])[0]


def _title(tree: HtmlElement, metas: list[tuple[str, str]], outlet: str | None) -> str | None:
    headline = headline_of(tree)
    if headline is not None:
        return text_of(headline)
    title = _first(metas, {"og:title"}) or next((text_of(element) for element in tree.iter("title")), "")
    if not title or _SITE.search(title):
        title = _classed_title(tree) or title
    if outlet:
        title = re.sub(rf"\s*[-–|]\s*{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)
    return title or None


def _classed_title(tree: HtmlElement) -> str | None:
    """Return the last line above the first prose that is classed as the title, as old portals do without headings."""
    elements = tree.iter("div", "span", "p", "td", "b", "strong", "font")
    named = {text_of(each) for each in elements if _TITLE_PLACE.search(f"{each.get('class', '')} {each.get('id', '')}")}
    title = None
    for _, line, _ in lines_of(tree):
        if is_prose(line):
            return title
        title = line if line in named and words(line) in TITLE_WORDS else title
    return None


def _address(tree: HtmlElement, metas: list[tuple[str, str]]) -> str | None:
    canonical = [link.get("href") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    found = [web_address(each) for each in [*canonical, _first(metas, {"og:url"})]]
    return next((each for each in found if each), None)


def _name(meta: HtmlElement) -> str:
    return str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()


def _first(metas: list[tuple[str, str]], names: set[str]) -> str | None:
    return next((value for name, value in metas if name in names and value), None)


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe an article; broken ones are passed over."""
    for script in tree.iter("script"):
        if script.get("type", "").lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "", strict=False)  # a line end in a text is common
        except (ValueError, RecursionError):
            continue
        several = found.get("@graph", [found]) if isinstance(found, dict) else found
        for each in several if isinstance(several, list) else []:
            if isinstance(each, dict) and "Article" in str(each.get("@type", "")):
                yield each


def _values(objects: list[dict[str, Any]], key: str) -> list[Any]:
    values = [each[key] for each in objects if each.get(key)]
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _names(values: list[Any]) -> list[str]:
    names = [value.get("name") if isinstance(value, dict) else value for value in values]
    return [normalize(name).strip() for name in names if isinstance(name, str)]


def _named(values: list[Any]) -> str | None:
    return next(iter(_names(values)), None)
