"""The properties of a document (title, author) -> facts of its article, where a person wrote them and no program."""

from __future__ import annotations

import re
from dataclasses import replace

from index.cleaning import CleanPage
from index.page_lines import words
from index.signatures import author_of

_NO_TITLE = re.compile(r"^(?:microsoft word|untitled|document\d*|tài liệu|không có tiêu đề|slide)|\.\w{3,4}$", re.I)
_NO_AUTHOR = re.compile(r"^(?:admin\w*|user|owner|pc|windows user|microsoft|python-docx|unknown)\b", re.IGNORECASE)
TITLE_WORDS = 3  # fewer are the name of a file or a template


def with_properties(page: CleanPage, title: str | None, author: str | None) -> CleanPage:
    """Return `page` with the title and author of its document's properties where its text gives none.

    The days in the properties say when the file was made, not when the article came out: they are not read.
    """
    title = " ".join((title or "").split())
    author = " ".join((author or "").split())
    good_title = words(title) >= TITLE_WORDS and not _NO_TITLE.search(title)
    good_author = bool(author) and not _NO_AUTHOR.search(author) and author_of(author) is not None
    return replace(
        page,
        title=page.title or (title if good_title else None),
        author=page.author or (author if good_author else None),
    )
