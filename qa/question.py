"""str -> Query: cleaned, its language, the kind of answer that it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.telex import as_meant
from index.vietnamese import HAN, WORD, has_marks, is_syllable, normalize, squeeze, strip_marks, syllables
from qa.names import Names, Translation, translate_names, without_names
from qa.types import Kind, Language, Query

MAX_CHARACTERS = 2_000
FOCUS = 4  # two words of two syllables
UNMARKED_SHARE = 0.3  # below this share of words with marks the question was typed without them

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
_ENGLISH_WORDS = frozenset(
    (
        "a an the of is are was were what when who how did does do in and for to which "
        "where why with from by that has have it its as be been on at after since not "
    ).split()
)
_CHINESE_WORDS = frozenset("的了是在至和与對对从從到中有被把将將及其之于於为為也都就")
_OF_REPORTS = frozenset(  # words that ask what reports say of a thing, without marks
    "noi viet dua ve bai bao tin tuc thong nhac neu de cap ke say said says about news article articles".split()
)
_VIETNAMESE_SHARE = 0.72  # of the words of an unmarked Vietnamese question are Vietnamese syllables at the least
_TYPED_SHARE = 0.9  # … of a question with words that may have been typed for the keyboard to turn into marks


class QuestionError(ValueError):
    """A question that cannot be asked. `code` is "empty" or "too_long"; the message is Vietnamese, for the asker."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_question(
    text: str, names: Names | None = None, as_typed: bool = False, knows: Callable[[str], bool] | None = None
) -> Query:
    """Return `text` as a Query: words typed by Telex or VNI rules and foreign names are read as meant.

    `names` are those of the corpus, `knows` says whether it has a word; `as_typed` leaves every word as it is. Raises
    QuestionError if `text` holds no word, or more than 2,000 characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionError("too_long", f"Câu hỏi quá dài: {len(text):,} ký tự, giới hạn là {MAX_CHARACTERS:,}.")
    clean = squeeze(normalize(text).replace("\n", " "))
    if not any(character.isalpha() for character in clean):
        raise QuestionError("empty", "Xin gõ một câu hỏi, ví dụ: Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    meant, retyped = (clean, ()) if as_typed else _as_meant(clean, knows)
    language = language_of(meant)
    translation = Translation(meant, ()) if as_typed else translate_names(meant, language == "vi", names)
    return Query(clean, language, kind_of(meant, language), translation.text, (*retyped, *translation.replaced))


def _as_meant(text: str, knows: Callable[[str], bool] | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return `text` with words typed by Telex or VNI rules read as meant, and each such word with its reading.

    English words can look so too ("was" -> "ứa"), so nothing changes where the rest, foreign names aside, is no
    Vietnamese. Who types marks otherwise slips seldom, and means "Lisa" where the articles have it: then a word is read
    only where they know the reading and not what was typed.
    """
    retyped: list[tuple[str, str]] = []
    slips_seldom = not is_unmarked(text)

    def read(match: re.Match[str]) -> str:
        word = match.group(0)
        short = word.isupper() and not text.isupper()  # "US", "FED"
        foreign = short or word.lower() in _ENGLISH_WORDS or not without_names(word)
        meant = None if foreign else as_meant(word)
        if meant and knows and slips_seldom and (knows(word.lower()) or not knows(meant.lower())):
            meant = None
        if meant is not None:
            retyped.append((word, meant))
        return meant or word

    changed = WORD.sub(read, text)
    if HAN.search(text) or not retyped:
        return text, ()
    words = [word for word in syllables(without_names(changed)) if word.isalpha()]
    own = sum(is_syllable(word) and word not in _ENGLISH_WORDS for word in words)
    if own < _TYPED_SHARE * len(words):
        return text, ()
    return changed, tuple(dict.fromkeys(retyped))


def language_of(text: str) -> Language:
    """Return the language that `text` is written in: Vietnamese, with marks or without, English or Chinese."""
    han = len(HAN.findall(text))
    words = syllables(text)
    if han > len(words) / 3:
        return "zh"
    latin = [word for word in words if word.isalpha() and not HAN.search(word)]
    if not latin or any(has_marks(word) for word in latin):
        return "vi"
    vietnamese = sum(is_syllable(word) and word not in _ENGLISH_WORDS for word in latin)
    return "vi" if vietnamese >= _VIETNAMESE_SHARE * len(latin) else "en"


def kind_of(text: str, language: Language) -> Kind:
    """Return what kind of answer `text` asks for; "what" where its words do not say."""
    if language == "zh":
        return _first_kind(_CHINESE, text, bounded=False) or "what"
    lower = text.lower()
    if language == "en":
        return _first_kind(_ENGLISH, lower) or "what"
    lower = re.sub(r"\bAI\b", "", text).lower()  # artificial intelligence, not "who"
    if is_unmarked(lower):
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


def is_unmarked(text: str) -> bool:
    """Return whether Vietnamese `text` was typed without marks."""
    words = syllables(text)
    return sum(has_marks(word) for word in words) < UNMARKED_SHARE * len(words)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question that says what it is about: as it is looked up, and where it stands in the text."""

    form: str
    start: int
    end: int


def content_words(query: Query) -> list[Word]:
    """Return the words of a question in order, without those that only ask ("khi nào", "bao nhiêu", "what is the").

    A question of nothing else gives all of its words.
    """
    asking = _asking_spans(query)
    every = _words(query.searched)
    words = [word for word in every if not any(start < word.end and word.start < end for start, end in asking)]
    if query.language != "vi":
        words = [word for word in words if word.form not in _ENGLISH_WORDS and word.form not in _CHINESE_WORDS]
    return words or every


def focus_words(query: Query, words: Sequence[Word]) -> list[Word]:
    """Return the words that stand nearest to what asks ("khởi công" in "Khi nào khởi công …"), at most FOCUS.

    They say what is asked of the names. Where nothing asks, the first words do.
    """
    asking = _asking_spans(query)
    if not asking:
        return list(words[:FOCUS])

    def distance(word: Word) -> int:
        return min(max(start - word.end, word.start - end) for start, end in asking)

    return sorted(sorted(words, key=distance)[:FOCUS], key=lambda word: word.start)


def asks_about(words: Iterable[Word]) -> bool:
    """Return whether `words`, those of a question that are no names, ask only what is said: "nói gì về Hải Phòng?"."""
    return all(strip_marks(word.form) in _OF_REPORTS for word in words)


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        forms = syllables(match.group(0))
        if HAN.search(match.group(0)) and len(forms) == end - start:  # each Chinese character is a word
            words.extend(Word(form, start + i, start + i + 1) for i, form in enumerate(forms))
        else:
            words.extend(Word(form, start, end) for form in forms)
    return words


def _asking_spans(query: Query) -> list[tuple[int, int]]:
    patterns = {"vi": _VIETNAMESE, "en": _ENGLISH, "zh": _CHINESE}[query.language]
    folded = query.language == "vi" and is_unmarked(query.text)
    text = strip_marks(query.searched) if folded else query.searched
    return [
        match.span()
        for pattern in patterns.values()
        for match in _compile(pattern, folded, query.language != "zh").finditer(text)
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
