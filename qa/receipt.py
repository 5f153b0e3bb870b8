"""The receipt of a citation: all that is needed to find the sentence again, as lines of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from index import Article
from index.types import Publication
from qa.escaping import plain
from qa.index_version import IndexVersion
from qa.types import Citation

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class _Words:
    untitled: str
    no_outlet: str
    no_author: str
    no_date: str
    file: str
    place: str
    also: str
    version: str


_WORDS = {
    "vi": _Words(
        "(bài không có tiêu đề)",
        "không rõ báo",
        "không rõ tác giả",
        "không rõ ngày",
        "Tệp: {path}",
        "Vị trí: ký tự {start}–{end}",
        "Cũng đăng: {places}",
        "Chỉ mục: {name}, tạo ngày {day}",
    ),
    "en": _Words(
        "(untitled article)",
        "outlet unknown",
        "author unknown",
        "date unknown",
        "File: {path}",
        "Place: characters {start}–{end}",
        "Also published: {places}",
        "Index: {name}, made on {day}",
    ),
}


def receipt(citation: Citation, version: IndexVersion | None = None, language: str = "vi") -> str:
    """Return quote, headline, outlet, author and date, address or file, place, and the version of the index.

    The place counts characters of the article's cleaned text, from 0, the last not included.
    """
    words, article = _WORDS[language], citation.article
    lines = [
        f"“{citation.quote}”",
        article.headline + ("" if article.title else f" {words.untitled}"),
        " · ".join((article.outlet or words.no_outlet, article.author or words.no_author, _time(article, words))),
        web_address(article) or words.file.format(path=article.path),
        words.place.format(start=citation.start, end=citation.end),
    ]
    if article.also_published:
        places = (
            " · ".join((copy.outlet or words.no_outlet, _time(copy, words), web_address(copy) or copy.path))
            for copy in article.also_published
        )
        lines.append(words.also.format(places="; ".join(places)))
    if version is not None:
        lines.append(words.version.format(name=version.name, day=f"{version.made:%d/%m/%Y}"))
    return "\n".join(" ".join(plain(line).split()) for line in lines)


def web_address(article: Article | Publication) -> str | None:
    """Return the address of the article if it is one of the web."""
    url = article.url or ""
    return url if url.startswith(("https://", "http://")) and not any(sign.isspace() for sign in url) else None


def _time(article: Article | Publication, words: _Words) -> str:
    published: datetime | None = article.published
    if published is None:
        return words.no_date
    known_hour = (published.hour, published.minute) != (0, 0)  # midnight stands for a day without an hour
    return f"{published:%d/%m/%Y %H:%M}" if known_hour else f"{published:%d/%m/%Y}"
