"""How well a sentence holds the number that a "how many" question asks for, and where such a number could stand."""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import strip_marks
from qa.amounts import AMOUNTS, ANY_NUMBER, NUMBER
from qa.quantities import quantity_of, unit_of
from qa.types import Query

_SAME_UNITS = {
    "nước": "quốc gia",
    "người": "đại biểu",
    "sinh mạng": "người",
    "ca": "trường hợp",
    "cháu": "bé",
    "em": "trẻ",
}


def shows_number(query: Query, sentence: str) -> float:
    """Return 1 for a number of what is counted or measured, .4 or .7 for one that may be, .1 or 0 for none."""
    unit = unit_of(query)
    lower = sentence.lower()
    if unit and _counts(unit, lower):
        return 1.0
    quantity = quantity_of(query)
    if quantity:
        return 1.0 if _rx(AMOUNTS[quantity]).search(sentence) else 0.1
    any_number = _rx(ANY_NUMBER).search(lower) is not None
    return (0.4 if unit else 0.7) if any_number else 0.0


def number_patterns(query: Query) -> list[tuple[str, float]]:
    """Return what the number can look like, and how sure it is then, the surest first."""
    unit, quantity = unit_of(query), quantity_of(query)
    counted = [(f"(?i:{_counting(form)})", 1.0) for form in _forms_of(unit)] if unit else []
    if quantity:
        return [*counted, (AMOUNTS[quantity], 1.0)]
    return [*counted, (f"(?i:{ANY_NUMBER})", 0.5)]


def _counts(unit: str, lower: str) -> bool:
    """A number stands before the unit, with at most one word between: "440 dự án", "39 quốc gia"."""
    for form in _forms_of(unit):
        text = lower if form != strip_marks(form) else strip_marks(lower)
        if _rx(_counting(form)).search(text):
            return True
    return False


def _forms_of(unit: str) -> list[str]:
    """Return the unit, its first word, and other words for the same."""
    first = unit.split(maxsplit=1)[0]
    others = [same for known, same in _SAME_UNITS.items() if unit in (known, strip_marks(known)) or first == known]
    return [unit, first, *others]


def _counting(unit: str) -> str:
    return (
        rf"(?:{NUMBER}|trăm|nghìn|triệu|tỷ|chục|vài|hai|ba|bốn|năm|sáu|bảy|tám|chín|"
        rf"mười)\s+(?:\w+\s+)?{re.escape(unit)}\b"
    )


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
