"""What the wanted kind of answer looks like in a Vietnamese sentence: a date, a number with its unit, a person …"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from index.vietnamese import strip_marks
from qa.article_questions import KEPT
from qa.date_looks import date_patterns, shows_date
from qa.introductions import introduced, introduction
from qa.number_looks import number_spans, shows_number
from qa.person_looks import ADDRESSED, CAPITAL, NAME, PERSON
from qa.quantities import counted_in
from qa.question import is_unmarked
from qa.statements import speaker_of, speaks
from qa.types import Kind, Query

Looks = tuple[tuple[str, float], ...]  # patterns, and how sure what they find is

STRICT_KINDS: frozenset[Kind] = frozenset({"when", "how_many"})  # a sentence without a date or number cannot answer

_PLACE = rf"(?i:tại|ở|tới|đến|sang|từ|thuộc|gần|trên|qua|giữa|nằm) (?:[\w.]+ ){{0,3}}?{CAPITAL}\w+"
_CAUSE = (
    r"\b(?:vì(?! sao\b)|do|bởi|nhờ|nhằm|để|nên|khiến|dẫn đến|gây ra|nguyên nhân|lý do|xuất phát từ|mục đích|"
    r"cho nên|giúp|góp phần|tạo)\b"
)
_PAPER = (
    r"(?:đăng(?: tải)?|công bố|xuất bản|in) (?:trên|ở|tại) |(?:^|(?<=[.!?”\"] ))Trên [A-Z]|"
    r"(?:Journal|Reports|Lancet)\b"
)
_FIRM = r"\b(?:[Cc]ông ty|[Tt]ập đoàn|[Hh]ãng|[Dd]oanh nghiệp|TNHH|Corp|Inc|Group|Holdings)\b"
_OFFICE = (
    r"\b(?:Bộ|Sở|Cục|Tổng cục|Vụ|Ủy ban|Uỷ ban|UBND|HĐND|Viện|Trung tâm|Hội|Hiệp hội|Tổ chức|Ban|Phòng|Chi cục|"
    r"Công an|Cơ quan|WHO|FDA|UNESCO|UNICEF)\b"
)
_SHOWN_BY = {  # what is to be chosen -> what shows it where its own word does not stand
    **dict.fromkeys(("tạp chí", "tờ báo", "chuyên san"), _PAPER),
    **dict.fromkeys(("công ty", "hãng", "tập đoàn", "doanh nghiệp"), _FIRM),
    **dict.fromkeys(("cơ quan", "đơn vị", "tổ chức"), _OFFICE),
    **dict.fromkeys(("bệnh viện", "viện"), r"\b(?:[Bb]ệnh viện|BV|Viện)\b"),
    **dict.fromkeys(("trường", "đại học"), r"\b(?:[Tt]rường|ĐH|Đại học|Học viện)\b"),
}
_PERSONS: Looks = ((PERSON, 1.0), (ADDRESSED, 0.5), (NAME, 0.4))
_PLACES: Looks = ((_PLACE, 1.0), (NAME, 0.3))
_CAUSES: Looks = ((f"(?i:{_CAUSE})", 1.0),)
_BEFORE_A_NOUN = frozenset(
    (
        "ở tại vào từ do của với là cho các những bởi trong đến tới qua sang có và theo về mà thuộc giữa được bị mấy "
        "tai vao tu cua voi la cac nhung trong den toi co va ve thuoc giua duoc"
    ).split()
)
_SORT = frozenset("loại loai thứ kiểu kieu món mon giống giong".split())  # "loại vắcxin nào" asks for a vaccine

Span = tuple[int, int]


def is_strict(query: Query) -> bool:
    """Return whether a sentence without what is asked for hardly answers: a date, a number, who somebody is."""
    wanted = introduced(query)
    return query.kind in STRICT_KINDS or (wanted is not None and wanted.is_person)


def shows_kind(query: Query, sentence: str) -> float:
    """Return how well `sentence` holds the kind of answer that is asked for, from 0 (not at all) to 1.

    1 is a full date for "when", the very unit for "how many", a person with title for "who"; kinds that any
    sentence can answer ("what", "how") give .5.
    """
    wanted = introduced(query)
    if wanted:
        return introduction(wanted, sentence)[1]
    speaker = speaker_of(query)
    if speaker:
        return speaks(speaker, sentence)
    check = _CHECKS.get(query.kind)
    return check(query, sentence) if check else 0.5


def slot_spans(query: Query, sentence: str) -> tuple[list[Span], float] | None:
    """Return the places of `sentence` that could hold the answer, and how sure they are, in [0, 1].

    None for kinds that any words can answer ("what", "how").
    """
    wanted = introduced(query)
    if wanted and wanted.is_person:
        return introduction(wanted, sentence)
    if query.kind == "how_many":
        return number_spans(query, sentence)
    if query.kind == "which":
        return _chosen_spans(_chosen(query), sentence)
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


def _slot_patterns(query: Query) -> Sequence[tuple[str, float]] | None:
    if query.kind == "when":
        return date_patterns(query)
    of_kind = {
        "who": _PERSONS,
        "where": _PLACES,
        "why": _CAUSES,
    }
    return of_kind.get(query.kind)


def _which(query: Query, sentence: str) -> float:
    """The thing that is to be chosen ("cửa khẩu nào", "hãng nào") is named in the sentence."""
    chosen = _chosen(query)
    sure = _chosen_spans(chosen, sentence)[1]
    return 0.5 if not chosen else 1.0 if sure == 1.0 else 0.7 if sure else 0.3


def _chosen_spans(chosen: Sequence[str], sentence: str) -> tuple[list[Span], float]:
    """Return where the thing stands, or its last syllable; a thing without marks may stand there with them."""
    lower = sentence.lower()
    lower = lower if len(lower) == len(sentence) else sentence  # "İ" becomes two letters
    bare = strip_marks(lower)
    for form, sure in [(" ".join(chosen), 1.0), *((last, 0.6) for last in chosen[1:])]:
        text = bare if form == strip_marks(form) and len(bare) == len(sentence) else lower
        found = [match.span() for match in _rx(rf"\b{re.escape(form)}\b").finditer(text)] if form else []
        if found:
            return found, sure
    shown = _SHOWN_BY.get(" ".join(chosen)) or (_SHOWN_BY.get(chosen[-1]) if chosen else None)
    found = [match.span() for match in _rx(shown).finditer(sentence)] if shown else []
    return found, 1.0 if found else 0.0


def _chosen(query: Query) -> list[str]:
    """Return the one or two last syllables of what is to be chosen, without a name: "cửa khẩu" Việt Nam nào."""
    match = _rx(r"(?i:(?<!\w)(?:nào|nao)(?!\w))").search(query.text)
    words = re.findall(r"\w+", query.text[: match.start()]) if match else []
    while len(words) > 1 and words[-1][0].isupper():
        words.pop()
    lower = [word.lower() for word in words]
    if lower[-2:] == ["viet", "nam"]:
        lower = lower[:-2]
    if len(lower) > 1 and (lower[-2] in _BEFORE_A_NOUN or lower[-2] in _SORT):
        return lower[-1:]
    return lower[-2:]


def _person(query: Query, sentence: str) -> float:  # noqa: ARG001 (all checks are called alike)
    return _surest(_PERSONS, sentence)


def _place(query: Query, sentence: str) -> float:  # noqa: ARG001
    return _surest(_PLACES, sentence)


def _cause(query: Query, sentence: str) -> float:  # noqa: ARG001
    return _surest(_CAUSES, sentence) or 0.2


@lru_cache(maxsize=KEPT)
def _surest(looks: Looks, sentence: str) -> float:
    return next((sure for look, sure in looks if _rx(look).search(sentence)), 0.0)


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
