"""What the articles of a corpus do not say, counted."""

from __future__ import annotations

from collections.abc import Sequence

from index.readers.rows import content_id
from index.types import Article

FIELDS = ("title", "published", "url", "outlet", "author")


def unknown(articles: Sequence[Article]) -> dict[str, int]:
    """Return how many of `articles` have no title, day, address, outlet or author, and how many rows brought no id.

    What is not known stays so: an article without a day passes no filter of days, a row without an id has one from
    its content.
    """
    counts = {"id": sum(article.path.endswith(f"#{content_id(article.title, article.text)}") for article in articles)}
    return counts | {field: sum(getattr(article, field) is None for article in articles) for field in FIELDS}
