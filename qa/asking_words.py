"""The words that ask: what kind of answer they want, and where in a question they stand."""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import strip_marks
from qa.types import Kind, Language

_VIETNAMESE: dict[Kind, str] = {
    "why": (
        r"vì sao|tại sao|(?:mà|thì) sao|do đâu|vì lẽ gì|vì lẽ nào|vì đâu|vì cái gì|vì lý do gì|lý do gì|"
        r"nguyên nhân nào|nguyên nhân gì|nhằm mục đích gì|để làm gì|nhờ đâu"
    ),
    "when": (
        "khi nào|bao giờ|lúc nào|hồi nào|(?:ngày|hôm|năm|tháng|tuần|thời điểm|thời gian|giờ|thế kỷ|"
        "giai đoạn) nào|mấy giờ|(?:ngày|tháng|năm) mấy|(?:ngày|tháng|năm) bao nhiêu|mùng mấy"
    ),
    "how_many": (
        r"bao nhiêu|mấy(?! (?:năm|tháng|tuần|ngày) (?:gần|liền|qua|nay|trước|tới))|bao lâu|bao xa|"
        r"mất bao|chừng nào"
    ),
    "where": r"ở đâu|nơi nào|chỗ nào|đâu|nơi đâu|những đâu|(?:ở|tại|vào|thuộc|tới|đến|quê ở) "
    r"(?:\w+ ){0,2}(?:thành phố|tỉnh|nước|quận|huyện|xã|bệnh viện|viện|quốc gia|địa phương) nào",
    "who": (
        r"(?:người|vị|ông|bà|nhân vật|cá nhân|liệt sĩ|lãnh đạo|quan chức|nhà ngoại giao|chuyên gia|bác sĩ|"
        r"tác giả) nào|ai|những ai|tên (?:là )?gì"
    ),
    "how": "như thế nào|thế nào|ra sao|bằng cách nào|cách nào|làm sao|làm thế nào|kiểu gì",
    "which": "nào",
    "what": "gì|cái chi",
}
_ENGLISH: dict[Kind, str] = {
    "why": "why|what reason|for what purpose|how come",
    "when": "when|what (?:year|date|day|month|time)|which (?:year|date|day|month)|since when",
    "how_many": r"how (?:many|much|long|old|far|large|big|high|tall|often|heavy)|what (?:is the |was the )?"
    r"(?:share|percentage|per ?cent|proportion|number|amount|price|area|value|age|cost)",
    "where": "where|(?:in|at) (?:which|what) (?:city|country|place|province)",
    "who": "who|whom|whose|which (?:person|leader|official)",
    "how": "how",
    "which": "which",
    "what": "what",
}
_CHINESE: dict[Kind, str] = {
    "why": "为什么|为何|何故|原因|為什麼|為何",
    "when": "什么时候|何时|哪一年|哪年|哪天|哪一天|几月|几号|几点|哪个月|什麼時候|何時|幾點",
    "how_many": "多少|几|多大|多长|多久|多高|多远|第几|幾|百分之",
    "where": "哪里|哪儿|何处|在哪|哪裡|什么地方",
    "who": "谁|哪位|何人|誰|哪些人|什么人",
    "how": "怎么|如何|怎样|怎麼|怎樣",
    "which": "哪",
    "what": "什么|何|什麼",
}
_KEYWORDS: dict[Kind, str] = {
    "how_many": (
        "kim ngạch|diện tích|số lượng|tổng số|tổng vốn|tổng mức|dân số|giá|tỷ lệ|tỉ lệ|doanh thu|"
        "kinh phí|chi phí|chiều dài|độ tuổi"
    )
}

# Two words at least, or one where it stands alone: elsewhere "ai", "may" and "dau" are other words, or English ones.
_ONLY_VIETNAMESE = (
    r"bao (?:nhiêu|giờ|lâu|xa)|\w+ nào|(?:ở|từ|tại|đi|vào|nơi) đâu|(?:là|do|với|của|những|có) ai|ai là|^ai(?= )|"
    r"ai(?=\W*$)|\w+ gì|(?:vì|tại|ra|làm) sao|(?:có|ngày|tháng|thứ|hạng) mấy|"
    r"mấy (?:giờ|phút|giây|ngày|tháng|năm|lần|người|nước|điểm|bàn)|không(?=\W*$)"
)
_YES_OR_NO = "did|does|is|are|was|were|has|have|will|would|should"  # at the head of an English question


def asks_in(text: str, language: Language) -> bool:
    """Return whether `text` has words that only a question in this language, Vietnamese or English, asks with.

    Vietnamese ones may lack their marks. "WHO" in capitals asks nothing, unless all the text is in capitals.
    """
    if language == "vi":
        return _compile_loosely(_ONLY_VIETNAMESE).search(_without_ai(text)) is not None
    if re.match(rf"(?:{_YES_OR_NO})\b", text, re.IGNORECASE):
        return True
    found = _compile("|".join(_ENGLISH.values()), folded=False, bounded=True).finditer(text)
    return any(text.isupper() or not match.group(0).isupper() for match in found)


def kind_of(text: str, language: Language, unmarked: bool) -> Kind:
    """Return what kind of answer `text` asks for; "what" where its words do not say.

    `unmarked` says that Vietnamese was typed without marks.
    """
    if language == "zh":
        return _first_kind(_CHINESE, text, bounded=False) or "what"
    lower = text.lower()
    if language == "en":
        return _first_kind(_ENGLISH, lower) or "what"
    lower = _without_ai(text).lower()
    if unmarked:
        return (
            _first_kind(_VIETNAMESE, strip_marks(lower), folded=True)
            or _first_kind(_KEYWORDS, lower, folded=True)
            or "what"
        )
    if lower.startswith("sao "):
        return "why"
    return (
        _first_kind(_VIETNAMESE, lower)
        or _first_kind(_VIETNAMESE, strip_marks(lower), folded=True)
        or _first_kind(_KEYWORDS, lower)
        or "what"
    )


def asking_spans(text: str, language: Language, unmarked: bool) -> list[tuple[int, int]]:
    """Return where in `text` words stand that only ask ("khi nào", "bao nhiêu", "what is the")."""
    patterns = {"vi": _VIETNAMESE, "en": _ENGLISH, "zh": _CHINESE}[language]
    folded = language == "vi" and unmarked
    text = strip_marks(text) if folded else text
    return [
        match.span()
        for pattern in patterns.values()
        for match in _compile(pattern, folded, language != "zh").finditer(text)
    ]


def _first_kind(patterns: dict[Kind, str], text: str, folded: bool = False, bounded: bool = True) -> Kind | None:
    """Return the kind whose words come; of several in an English question, the first in the text."""
    found = {
        kind: match.start()
        for kind, pattern in patterns.items()
        if (match := _compile(pattern, folded, bounded).search(text))
    }
    if patterns is _ENGLISH:
        return min(found, key=found.__getitem__, default=None)
    return next(iter(found), None)


@cache
def _compile(pattern: str, folded: bool, bounded: bool) -> re.Pattern[str]:
    pattern = strip_marks(pattern) if folded else pattern
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if bounded else f"(?:{pattern})", re.IGNORECASE)


@cache
def _compile_loosely(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words that takes each word of `pattern` with its marks or without any."""
    loose = re.sub(r"[^\W\d_]+", lambda word: _or_bare(word.group(0)), pattern)
    return re.compile(rf"(?<!\w)(?:{loose})(?!\w)", re.IGNORECASE)


def _or_bare(word: str) -> str:
    bare = strip_marks(word)
    return word if bare == word else f"(?:{word}|{bare})"


def _without_ai(text: str) -> str:
    """Return `text` without artificial intelligence, which is no "who"; of the same length."""
    return re.sub(r"\bAI\b", "  ", text)
