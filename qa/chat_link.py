"""A question as an address: what `?q=…` of the page asks when it is opened, and what "copy link" puts together.

The page's script reads it and sends it as any question; nothing in it is trusted more than what is typed.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from qa.escaping import plain
from qa.follow_up import FollowUp
from qa.request import Request


def link_of(request: Request, followed: FollowUp | None = None) -> str:
    """Return the query of the address that asks the same of the same articles: "?q=…&from=2025-01-01".

    A question that went on from another is asked with what it took from there, as it stands alone in the address.
    """
    asked = replace(request, question=followed.question) if followed else request
    kept = asked.kept
    parts = [
        ("q", plain(asked.question)),
        ("from", kept.first.isoformat() if kept.first else ""),
        ("to", kept.last.isoformat() if kept.last else ""),
        ("outlet", plain(kept.outlet or "")),
        *(("article", plain(name)) for name in sorted(kept.article_ids)),
        ("as_typed", "1" if asked.as_typed else ""),
        ("every_time", "1" if asked.every_time else ""),
    ]
    return "?" + urlencode([(name, value) for name, value in parts if value], quote_via=quote)
