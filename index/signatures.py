"""A line of a news page -> who signs it: the author of a by-line, the outlet of a source line or of a lead."""

from __future__ import annotations

import re

from index.page_lines import words

_BYLINE = re.compile(
    r"^(?:(?P<label>tác giả|bài viết|bài|bài và ảnh|bài, ảnh|tin, ảnh|tin|thực hiện|người viết|biên tập|pv)\s*:\s*)?"
    r"(?P<name>.+?)(?:\s*[.,–-]?\s*\(?(?:ảnh|nguồn ảnh|video)\s*:.{1,60})?$",
    re.IGNORECASE,
)
_PRESS_INITIALS = re.compile(r"^(?:P\.?V\.?|(?:[A-ZĐ]\.){1,3}[A-ZĐ]?|[A-ZĐ]{2}|Nhóm (?:PV|phóng viên))$")
_AND = re.compile(r"\s*(?:[-–,/&]|\bvà\b)\s*")
_SOURCE = re.compile(
    r"^(?:(?:theo|nguồn)\s*:?\s+)(?P<outlet>\S.{1,40})$|^\(?(?P<agency>[A-ZĐ]{3,8}(?:/[\w+]+)?)\)?$", re.IGNORECASE
)
_DATELINE = re.compile(
    r"^(?:\((?P<inside>[^()\n]{2,30})\)|(?P<bare>[A-ZĐ]{2,8}|[A-ZĐ][\w.]*\.(?:vn|VN|com)))\s*[-–—]\s*(?=[^\W\d_\s])"
)
_PLACES = frozenset(["TP", "TPHCM", "HN", "HCM", "VN"])


def author_of(line: str) -> str | None:
    """Return the author whom a by-line names ("Hồng Thanh", "Tác giả: P.V", "A - B. Ảnh: C"), or None."""
    match = _BYLINE.search(line)
    if match is None or words(line) > 14:
        return None
    name = match["name"].strip(" .,;–-()") if not _PRESS_INITIALS.search(match["name"]) else match["name"]
    if match["label"] and words(name) <= 6 and name[:1].isupper():
        return name
    return name if all(_is_name(part) for part in _AND.split(name)) else None


def _is_name(text: str) -> bool:
    if _PRESS_INITIALS.search(text):
        return True
    parts = text.split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() and not part[1:2].isupper() for part in parts)


def source_of(line: str) -> str | None:
    """Return the outlet that a signature names: "Theo VnExpress", "Nguồn: Báo X", "TTXVN"; or None."""
    match = _SOURCE.search(line)
    if match is None or _PRESS_INITIALS.search(line):
        return None
    if match["agency"] and not match["agency"].split("/")[0].isupper():
        return None
    return match["outlet"] or match["agency"]


def dateline_outlet(line: str) -> str | None:
    """Return the outlet whose name opens a lead: "TTTĐ - …", "(Dân trí) - …"; or None. A city is no outlet."""
    match = _DATELINE.search(line)
    name = (match["inside"] or match["bare"]) if match else None
    return None if name is None or name in _PLACES else name
