"""What a column, a key or a field of front matter is called -> what it is of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.vietnamese import normalize

# Of several that are filled, the first in this order counts.
NAMES = {
    "text": ("text", "content", "body", "nội_dung", "noi_dung", "article_text", "full_text", "maintext"),
    "title": ("title", "headline", "tiêu_đề", "tieu_de", "tựa_đề", "tua_de"),
    "published": (
        "published", "date", "published_at", "publish_date", "date_published", "datepublished", "publication_date",
        "pubdate", "published_date", "published_time", "ngày", "ngay", "ngày_đăng", "ngay_dang", "ngày_xuất_bản",
    ),
    "author": ("author", "authors", "byline", "tác_giả", "tac_gia"),
    "url": ("url", "link", "source_url", "canonical", "canonical_url", "đường_dẫn"),
    "outlet": ("outlet", "source", "publisher", "site_name", "site", "báo", "bao", "nguồn", "nguon"),
}  # fmt: skip


def column_name(name: str) -> str:
    """Return `name` as it stands in `NAMES`: in lower case, with one sign between its words."""
    return "_".join(normalize(name).lower().replace("-", " ").replace("_", " ").split())


def is_text(names: Iterable[str]) -> bool:
    """Return whether one of the columns holds the text."""
    return not frozenset(NAMES["text"]).isdisjoint(map(column_name, names))


def filled(given: Mapping[str, str], what: str) -> str | None:
    """Return what `given` says under the first name of `what` that says something; keys as `column_name` has them."""
    return next((given[name] for name in NAMES[what] if given.get(name, "").strip()), None)
