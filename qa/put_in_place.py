"""A question of which only the new part is said: "Còn cầu Vũ Yên?", "Thế năm 2022?", behind one that was whole.

Its name or time is put in the place of the one in the question before; every other word stays as it was asked there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.vietnamese import WORD, strip_marks
from qa.asking_words import asking_spans
from qa.linking_words import between_links
from qa.question import is_unmarked, language_of

_LONGEST = 6  # words of a name with what kind of thing it is
_SO_WHAT = re.compile(r"\s*,?\s*(?:thì sao|thi sao|ra sao|thế nào|the nao)$", re.IGNORECASE)
_TIME = {  # folded
    "nam": r"nam (?:(?:19|20)\d{2}|nay|ngoai|truoc)",
    "thang": r"thang \d{1,2}(?:/\d{4}| nam \d{4})?",
    "quy": r"quy (?:i{1,3}v?|iv|[1-4])(?:/\d{4}| nam \d{4})?",
}
_NUMBER = r"(?: (?:\d{1,2}|[IVX]{1,4})(?!\w))?"
_KINDS = frozenset(  # of things with a name; others must stand in the question before
    (
        "ong ba anh chi tinh thanh pho huyen xa quan phuong nuoc cau cho song duong san bay cang du an cong ty tap "
        "doan truong benh vien doi the city province bridge market company"
    ).split()
)
_OF_A_PLACE = re.compile(r"(?:GDP|GRDP|FDI|CPI|ODA|PCI|PMI|IIP) ")  # what is asked, before the name: "GDP ĐBSCL"
_ENDS = " \t?？!.…。,"


def put_in_place(text: str, before: str, own: Sequence[str], names: Sequence[str]) -> str:
    """Return the question before with what `text` names in place of what it named; empty where that is not all it says.

    `own` are the names in `text`, `names` those in `before`, which is to have one.
    """
    begin, end = between_links(text)
    said = _SO_WHAT.sub("", text[begin:end].strip(_ENDS))
    if (begin == 0 and end == len(text)) or not said or len(WORD.findall(said)) > _LONGEST:
        return ""
    if asking_spans(said, language_of(said), is_unmarked(said)):
        return ""
    whole = before[slice(*between_links(before))].strip(_ENDS)
    return _time_in_place(said, whole) or (_name_in_place(said, whole, own[0], names[0]) if _single(own, names) else "")


def _single(own: Sequence[str], names: Sequence[str]) -> bool:
    return len(own) == 1 and len(names) == 1


def _time_in_place(said: str, before: str) -> str:
    pattern = _TIME.get(strip_marks(said).lower().split(maxsplit=1)[0])
    if pattern is None or not re.fullmatch(pattern, strip_marks(said), re.IGNORECASE):
        return ""
    places = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", strip_marks(before), re.IGNORECASE))
    if len(places) > 1:
        return ""
    start, end = places[0].span() if places else (len(before), len(before))
    return f"{before[:start]}{said}{before[end:]}" if places else f"{before} {said}"


def _name_in_place(said: str, before: str, own: str, name: str) -> str:
    new, old = _place(said, own), _place(before, name)
    if new is None or old is None or new[1] != len(said):
        return ""
    kind, known = said[: new[0]].split(), strip_marks(before).lower().split()
    if any(strip_marks(word).lower() not in _KINDS.union(known) for word in kind):
        return ""
    start, end = old
    measure = _OF_A_PLACE.match(before, start)
    start = measure.end() if measure else start
    ahead = before[:start].rstrip()
    same = " ".join(kind)
    if kind and strip_marks(ahead).lower().endswith(strip_marks(same).lower()):
        start = len(ahead) - len(same)
    return f"{before[:start]}{said}{before[end:]}"


def _place(text: str, name: str) -> tuple[int, int] | None:
    """Return where a name stands, with the number behind it; None where it does not stand as it is, or twice."""
    found = list(
        re.finditer(rf"(?<!\w){re.escape(strip_marks(name))}(?!\w){_NUMBER}", strip_marks(text), re.IGNORECASE)
    )
    return found[0].span() if len(found) == 1 else None
