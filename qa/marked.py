"""A quote with the date or number in it marked."""

from __future__ import annotations

import re

from qa.escaping import escape


def marked(quote: str, value: str) -> str:
    """The quote for HTML with the value in it marked where it is no part of another: "5 người" not in "15 người"."""
    own = re.search(rf"(?<![\w.,/]){re.escape(value)}(?!\w)", quote) if value else None
    if own is None:
        return escape(quote)
    start, end = own.span()
    return f"{escape(quote[:start])}<mark>{escape(value)}</mark>{escape(quote[end:])}"
