"""What the wanted kind of answer looks like in a Vietnamese sentence: a date, a number with its unit, a person …"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from index.vietnamese import strip_marks
from qa.date_looks import date_patterns, shows_date
from qa.number_looks import number_spans, shows_number
from qa.quantities import counted_in
from qa.question import is_unmarked
from qa.types import Kind, Query

STRICT_KINDS: frozenset[Kind] = frozenset({"when", "how_many"})  # a sentence without a date or number cannot answer

_TITLE = (
    r"(?:ông|bà|anh|chị|cô|chú|em|bé|cụ|đồng chí|ngài|bác sĩ|bs|gs|pgs|ts|ths|giáo sư|tiến sĩ|thạc sĩ|"
    r"bí thư|chủ tịch|thủ tướng|"
    r"bộ trưởng|thứ trưởng|đại sứ|giám đốc|tổng giám đốc|tổng thống|tổng bí thư|trưởng|phó|chuyên gia|"
    r"nhà khoa học|luật sư|"
    r"liệt sĩ|ca sĩ|diễn viên|cầu thủ|bệnh nhân|dược sĩ|điều dưỡng|nữ hoàng|vua|ủy viên|uỷ viên)"
)
CAPITAL = r"[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]"
_NAME_PART = rf"{CAPITAL}[\w'’.-]{{0,40}}+"  # bounded, for a line of capitals without an end
_NAME = rf"{_NAME_PART}(?: {_NAME_PART}){{1,4}}"
_PERSON = (
    rf"(?i:{_TITLE})[^.;]{{0,60}}?{_NAME}|{_NAME}[^.;]{{0,20}}(?i:cho biết|nói|khẳng định|nhấn mạnh|"
    rf"phát biểu|cho hay|chia sẻ|khuyên)"
)
_PLACE = rf"(?i:tại|ở|tới|đến|sang|từ|thuộc|gần|trên|qua|giữa|nằm) (?:[\w.]+ ){{0,3}}?{CAPITAL}\w+"
_CAUSE = (
    r"\b(?:vì|do|bởi|nhờ|nhằm|để|nên|khiến|dẫn đến|gây ra|nguyên nhân|lý do|xuất phát từ|mục đích|"
    r"cho nên|giúp|góp phần|tạo)\b"
)


_WHICH = r"(\w+)\s+(\w+)\s+(?:nào|nao)\b"

Span = tuple[int, int]


def shows_kind(query: Query, sentence: str) -> float:
    """Return how well `sentence` holds the kind of answer that is asked for, from 0 (not at all) to 1.

    1 is a full date for "when", the very unit for "how many", a person with title for "who"; kinds that any
    sentence can answer ("what", "how") give .5.
    """
    check = _CHECKS.get(query.kind)
    return check(query, sentence) if check else 0.5


def slot_spans(query: Query, sentence: str) -> tuple[list[Span], float] | None:
    """Return the places of `sentence` that could hold the answer, and how sure they are, in [0, 1].

    None for kinds that any words can answer ("what", "how").
    """
    if query.kind == "how_many":
        return number_spans(query, sentence)
    tried = _slot_patterns(query)
    if tried is None:
        return None
    for pattern, sure in tried:
        found = [match.span() for match in _rx(pattern).finditer(sentence)]
        if found:
            return found, sure
    return [], 0.0


def ask_noun(query: Query) -> Span | None:
    """Return where in `query.searched` the noun stands that is asked for ("cửa khẩu" nào, mấy "dự án"), or None."""
    lower = query.searched.lower()
    if len(lower) != len(query.searched) or query.language != "vi":
        return None
    counted = counted_in(query, lower)
    asking = r"nao|gi|may|bao nhieu" if is_unmarked(query.text) else r"nào|nao|gì|mấy|bao nhi[êe]u"
    match = _rx(rf"(\w+(?:\s+\w+)?)\s+(?:{asking})(?!\w)").search(lower)
    return counted or (match.span(1) if match else None)


def _slot_patterns(query: Query) -> list[tuple[str, float]] | None:
    if query.kind == "when":
        return date_patterns(query)
    if query.kind == "which":
        match = _rx(_WHICH).search(query.text.lower())
        if not match:
            return []
        first, last = map(re.escape, match.groups())
        return [(rf"(?i:\b{first} {last}\b)", 1.0), (rf"(?i:\b{last}\b)", 0.6)]
    of_kind = {
        "who": [(_PERSON, 1.0), (_NAME, 0.4)],
        "where": [(_PLACE, 1.0), (_NAME, 0.3)],
        "why": [(f"(?i:{_CAUSE})", 1.0)],
    }
    return of_kind.get(query.kind)


def _which(query: Query, sentence: str) -> float:
    """The thing that is to be chosen ("cửa khẩu nào") is named in the sentence."""
    match = _rx(_WHICH).search(query.text.lower())
    if not match:
        return 0.5
    first, last = match.groups()
    text = sentence.lower() if f"{first}{last}" != strip_marks(f"{first}{last}") else strip_marks(sentence.lower())
    if re.search(rf"\b{re.escape(first)} {re.escape(last)}\b", text):
        return 1.0
    return 0.7 if re.search(rf"\b{re.escape(last)}\b", text) else 0.3


def _person(query: Query, sentence: str) -> float:  # noqa: ARG001 (all checks are called alike)
    return 1.0 if _rx(_PERSON).search(sentence) else 0.4 if _rx(_NAME).search(sentence) else 0.0


def _place(query: Query, sentence: str) -> float:  # noqa: ARG001
    return 1.0 if _rx(_PLACE).search(sentence) else 0.3 if _rx(_NAME).search(sentence) else 0.0


def _cause(query: Query, sentence: str) -> float:  # noqa: ARG001
    return 1.0 if _rx(_CAUSE).search(sentence.lower()) else 0.2


_CHECKS: dict[Kind, Callable[[Query, str], float]] = {
    "when": shows_date,
    "how_many": shows_number,
    "who": _person,
    "where": _place,
    "why": _cause,
    "which": _which,
}


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
