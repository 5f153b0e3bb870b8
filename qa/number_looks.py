"""How well a sentence holds the number that a "how many" question asks for, and where such a number could stand."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain

from index.vietnamese import strip_marks
from qa.amounts import AMOUNTS, ANY_NUMBER, CHANGE, NUMBER, RANK, SCALE, amount_span
from qa.quantities import NO_UNITS, asks_change, asks_rank, quantity_of, unit_of
from qa.types import Query

_SAME_UNITS = {  # what is asked for -> the same as newspapers count it
    "nước": ("quốc gia",),
    "người": tuple(
        "đại biểu|nạn nhân|công nhân|lao động|sinh mạng|bệnh nhân|trường hợp|ca|thành viên|tình nguyện viên|học sinh|"
        "sinh viên|giáo viên|hành khách|du khách|trẻ|cháu|em".split("|")
    ),
    "bệnh nhân": ("người", "ca", "trường hợp"),
    "cô trò": ("người", "học sinh"),
    "thầy trò": ("người", "học sinh"),
    "học sinh": ("em", "trẻ", "cháu"),
    "khách": ("hành khách", "du khách", "người"),
    "công nhân": ("lao động", "người lao động"),
    "sinh mạng": ("người", "nạn nhân"),
    "ca": ("trường hợp", "bệnh nhân", "người"),
    "trường hợp": ("ca", "bệnh nhân", "người"),
    "nơi": ("cơ sở", "điểm", "địa điểm", "địa phương"),
    "con": ("cá thể",),
    "hộ": ("gia đình",),
    "tàu": ("phương tiện",),
    "thuyền": ("tàu", "phương tiện"),
    "cháu": ("bé",),
    "em": ("trẻ", "học sinh"),
    "decibel": ("db",),
}
_ORDINAL = r"thứ (?:nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|[ivx]+|\d+)(?!\w)|lần đầu(?!\w)"


_COUNTING = re.compile(  # "năm" is also "year", "một" also an article: they count only what stands right behind them
    rf"{NUMBER}(?: {SCALE}(?!\w)){{0,2}}|(?<!\w)(?:{SCALE}|chục)(?!\w)|(?P<one>(?<!\w)một(?!\w))|"
    r"(?P<five>(?<!trong )(?<!mỗi )(?<!hàng )(?<!hằng )(?<!cả )(?<!\w)năm(?!\w))",
    re.IGNORECASE,
)

Span = tuple[int, int]


def shows_number(query: Query, sentence: str) -> float:
    """Return 1 for a number of what is counted or measured, .4 to .7 for one that may be, .1 or 0 for none."""
    unit, quantity = unit_of(query), quantity_of(query)
    if unit and counted_spans(unit, sentence):
        return 1.0
    measured = amount_pattern(query)
    if measured and _rx(measured).search(sentence):
        return 1.0
    if quantity:
        return 0.1
    if unit and counted_spans(unit, sentence, one=True):
        return 0.5
    lower = sentence.lower()
    if unit and unit.split()[0] not in ("lần", "lan"):  # "vụ cháy chết người thứ tư" says not how many people
        lower = _rx(_ORDINAL).sub(" ", lower)
    any_number = _rx(ANY_NUMBER).search(lower) is not None
    return (0.4 if unit else 0.7) if any_number else 0.0


def number_spans(query: Query, sentence: str) -> tuple[list[Span], float]:
    """Return where the number could stand, and how sure it is, from 1 for the very unit to 0 for none."""
    unit, quantity = unit_of(query), quantity_of(query)
    counted = counted_spans(unit, sentence) if unit else []
    if counted:
        return counted, 1.0
    measured = amount_pattern(query)
    found = [amount_span(match) for match in _rx(measured).finditer(sentence)] if measured else []
    if found or quantity:
        return found, 1.0 if found else 0.0
    found = counted_spans(unit, sentence, one=True) if unit else []
    found = found or [match.span() for match in _rx(f"(?i:{ANY_NUMBER})").finditer(sentence)]
    return found, 0.5 if found else 0.0


@lru_cache(maxsize=64)
def amount_pattern(query: Query) -> str | None:
    """Return what the quantity that is asked for looks like, or how much it changed; None where no such is asked."""
    quantity = quantity_of(query)
    looks = [look for look, asks in ((CHANGE, asks_change), (RANK, asks_rank)) if asks(query)]
    if quantity:
        looks.append(AMOUNTS[quantity])
    return "|".join(looks) or None


def counted_spans(unit: str, sentence: str, one: bool = False) -> list[Span]:
    """Return where a number stands before the unit, with at most one word between: "440 dự án", "39 quốc gia".

    With `one` where "một" stands right before it, which may be no more than an article. A unit that was typed without
    marks is met by every word that looks so without them.
    """
    lower = sentence.lower()
    bare = strip_marks(lower)
    if len(lower) != len(sentence) or len(bare) != len(lower):
        return []
    units = [
        (_behind(form, False), _behind(form, True), lower if form != strip_marks(form) else bare)
        for form in _forms_of(unit)
    ]
    spans = []
    for number in _COUNTING.finditer(sentence):
        if one is not (number["one"] is not None):
            continue
        right_behind = bool(number["one"] or number["five"])
        tried = ((near if right_behind else far).match(text, number.end()) for near, far, text in units)
        ends = [found.end() for found in tried if found]
        if ends:
            spans.append((number.start(), max(ends)))
    return spans


@lru_cache(maxsize=256)
def _behind(unit: str, a_word_between: bool) -> re.Pattern[str]:
    """Return the pattern of a unit that is not the beginning of another word: "đồng", but not "đồng chí"."""
    others = "|".join(sorted(word[len(unit) + 1 :] for word in NO_UNITS if word.startswith(f"{unit} ")))
    between = r"(?:\w{1,40}\s{1,9})?" if a_word_between else ""
    return re.compile(rf"\s{{1,9}}{between}{re.escape(unit)}(?!\w)" + (rf"(?! (?:{others})(?!\w))" if others else ""))


@lru_cache(maxsize=64)
def _forms_of(unit: str) -> tuple[str, ...]:
    """Return the unit, its first word, and other words for the same."""
    first = unit.split(maxsplit=1)[0]
    others = [same for known, same in _SAME_UNITS.items() if {unit, first} & {known, strip_marks(known)}]
    return tuple(dict.fromkeys((unit, first, *chain.from_iterable(others))))


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
