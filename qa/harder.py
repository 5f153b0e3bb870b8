"""Gold questions made harder as people make them: what an evaluation loses when they are typed in other ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.telex import as_typed
from index.vietnamese import WORD, has_marks, old_tone_placement, strip_marks
from qa.evaluation import MEASURES, Gold, Result, evaluate, measures

if TYPE_CHECKING:
    from qa.assistant import Assistant

AS_WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class Form:
    """Questions typed in one of WAYS: how many that changes, and the measures of all; none if it changes none.

    `example` is the first question that is changed, as it is typed; "" if none is.
    """

    name: str
    changed: int
    measures: Mapping[str, float]
    example: str = ""


# As newspapers and their readers shorten; each way round is one of the ways below.
_SHORT = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "ĐSQ": "Đại sứ quán",
    "KCN": "khu công nghiệp",
    "KKT": "khu kinh tế",
    "THPT": "trung học phổ thông",
    "ĐH": "đại học",
    "BV": "bệnh viện",
    "TP": "thành phố",
    "TW": "Trung ương",
    "TQ": "Trung Quốc",
    "VN": "Việt Nam",
    "ATTP": "an toàn thực phẩm",
    "GTVT": "giao thông vận tải",
    "XNK": "xuất nhập khẩu",
    "USD": "đô la Mỹ",
}
_SHORT_WORD = re.compile(rf"(?<!\w)(?:TP\.?\s?HCM(?!\w)|TP\.\s?(?=\w)|(?:{'|'.join(_SHORT)})(?!\w))")
_LONG = {long.lower(): short for short, long in _SHORT.items()}
_LONG_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_LONG).replace('ủy', '(?:ủy|uỷ)')})(?!\w)", re.IGNORECASE)


def _expanded(text: str) -> str:
    return _SHORT_WORD.sub(lambda match: _long_form(match.group(0)), text)


def _long_form(short: str) -> str:
    if short.endswith("HCM"):
        return "Thành phố Hồ Chí Minh"
    return _SHORT.get(short) or _SHORT["TP"] + " "  # "TP." with its full stop


def _abbreviated(text: str) -> str:
    return _LONG_WORD.sub(lambda match: _LONG[match.group(0).lower().replace("uỷ", "ủy")], text)


def _one_telex_slip(text: str) -> str:
    """Return `text` with its longest word with marks, the first of equals, left as it was typed."""
    marked = [match for match in WORD.finditer(text) if has_marks(match.group(0))]
    if not marked:
        return text
    slip = max(marked, key=lambda match: len(match.group(0)))
    return text[: slip.start()] + as_typed(slip.group(0)) + text[slip.end() :]


def _by_telex(text: str) -> str:
    return WORD.sub(lambda match: as_typed(match.group(0)), text)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


_OLD_PLACEMENT = re.compile(
    "(?<![Qq])(?P<vowel>[Oo](?=.[AEae])|[Uu](?=.[Yy]))(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?P<last>[AEYaey])(?![^\\W\\d_])"
)


def _new_tone_placement(text: str) -> str:
    """Return `text` with the tone on the last vowel of a final oa, oe, uy: "hòa" -> "hoà"; "qúy" stays."""
    moved = _OLD_PLACEMENT.sub(r"\g<vowel>\g<last>\g<tone>", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", moved)


WAYS: dict[str, Callable[[str], str]] = {
    AS_WRITTEN: str,
    "without marks": strip_marks,
    "lower case": str.lower,
    "decomposed (NFD)": _decomposed,
    "old tone placement": old_tone_placement,
    "new tone placement": _new_tone_placement,
    "Telex keys": _by_telex,
    "a Telex slip": _one_telex_slip,
    "abbreviations expanded": _expanded,
    "abbreviated": _abbreviated,
}


def harder(questions: Sequence[Gold], way: str) -> list[Gold]:
    """Return the same questions typed in one of `WAYS`; what answers them stays."""
    return [replace(gold, text=WAYS[way](gold.text)) for gold in questions]


def evaluate_form(assistant: Assistant, results: Sequence[Result], way: str, names: Sequence[str] = MEASURES) -> Form:
    """Return what becomes of `results` when their questions are typed in another way; only what changes is asked."""
    typed = harder([result.gold for result in results], way)
    others = [gold for gold, result in zip(typed, results, strict=True) if gold.text != result.gold.text]
    if not others and way != AS_WRITTEN:
        return Form(way, 0, {})
    asked = {result.gold.query_id: result for result in evaluate(assistant, others)}
    values = measures([asked.get(result.gold.query_id, result) for result in results], names)
    return Form(way, len(others), values, others[0].text if others else "")
