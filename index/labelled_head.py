"""The head of a text that a program or a person saved with labels: "Tiêu đề: …", "Ngày: …", "URL: …", "Nội dung:"."""

from __future__ import annotations

import re

from index.page_lines import URL, words
from index.raw_page import PageLine, RawPage
from index.readers.dates import published_of

_LABELS = {
    "headline": "tiêu đề|tít|tựa đề|tên bài|title|headline",
    "date": "ngày|ngày đăng|ngày xuất bản|thời gian|thời gian đăng|date|time|published|published at|pubdate",
    "by-line": "tác giả|author|authors|by",
    "source": "nguồn|nguồn tin|báo|tòa soạn|toà soạn|source|publisher|outlet|site",
    "address": "url|link|đường dẫn|địa chỉ|source url",
    "lead": "tóm tắt|sapo|mô tả|summary|description|lead",
    "text": "nội dung|nội dung bài viết|content|text|body|article",
    "tags and keywords": "chuyên mục|danh mục|từ khóa|từ khoá|category|section|tags|keywords|id|language",
}
_PARTS = {label: part for part, labels in _LABELS.items() for label in labels.split("|")}
_LINE = re.compile(r"^(?P<label>[^\W\d][\w ]{1,20}?)\s*:\s*(?P<value>.*)$")
AUTHOR_WORDS = 12
LEAST = 2  # labels, the headline's among them, are a head


def read_labelled_head(page: RawPage) -> bool:
    """Take the labelled lines off the top of `page`, with what they say noted; return whether there were any.

    They are a head if the headline's label is among the first two. A lead stays in the text without its label.
    """
    head: list[tuple[PageLine, str, str]] = []
    for line in page.lines:
        found = _LINE.match(line.text)
        part = _PARTS.get(" ".join(found["label"].lower().replace("_", " ").split())) if found else None
        if found is None or part is None:
            break
        head.append((line, part, found["value"].strip()))
        if part == "text":
            break
    if len(head) < LEAST or not any(part == "headline" and value for _, part, value in head[:LEAST]):
        return False
    for line, part, value in head:
        _read(page, line, part, value)
    return True


def _read(page: RawPage, line: PageLine, part: str, value: str) -> None:
    line.reason = part
    if part in ("lead", "text"):
        line.text, line.reason = value or line.text, None if value else "menu"
    elif part == "headline":
        page.title = page.title or value
    elif part == "date":
        page.published = page.published or published_of(value)
    elif part == "by-line" and value and words(value) <= AUTHOR_WORDS:
        page.author = page.author or value
    elif part == "source" and value and not URL.match(value):
        page.outlet = page.outlet or value
    elif URL.match(value):
        page.url = page.url or value
