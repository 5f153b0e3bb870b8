"""The words that link a question to the one before: "Còn …", "… đó", "what about", "他", "…呢"."""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import HAN, normalize, squeeze, syllables
from qa.question import content_words, is_unmarked, language_of, parse_question

_TIMES = "ngày|tuần|tháng|quý|năm|mùa|dịp|kỳ|kỷ|kỉ|đợt|lần|lúc|giờ"
_ASKING = "có|là|đã|sẽ|được|do|bị|gồm|ở|vì|ra sao|như thế|thế nào|bao nhiêu|bao giờ|khi nào|mấy"  # behind a subject
_OF_CON = "so|duong|tau|nguoi|em|gai|trai|ca|ga|vat|bo|dau|song|cai|chau|nuoi|cho|meo|lon|voi|trau|chim|khi|ngua"
# Bare words and English or Chinese ones are other words elsewhere, so each row holds only for its own way to write.
_LINKS = {
    "marked": (
        r"(?:(?:thế|vậy) )?còn|thế(?: thì)?(?! (?:nào|giới|hệ|kỷ|vận|kỉ|mạnh|chấp|lực|cờ|trận|gian|hiệp|chiến)(?!\w))|"
        r"vậy(?: thì)?|và|rồi|nhưng"
    ),
    "bare": (
        rf"(?:the |vay )?con(?! (?:{_OF_CON}|bao(?! nhieu))(?!\w))|"
        r"(?:the|vay) thi|vay(?= (?:ai|la|bao nhieu|khi nao|vi sao)(?!\w))"
    ),
    "en": "and|what about|how about|but|so",
    "zh": "那么?(?![位名个些座条场次家])|还有|另外",
}
_POINTS = {
    "marked": (
        rf"(?:(?!(?:ai|gì|đâu|rằng|(?<=\w )(?:trước|sau))(?!\w))\w+ (?:ấy|đó|nói trên|nêu trên|kể trên)|"
        rf"\w+ trên(?=\W*$|[,;:]| (?:{_ASKING})(?!\w))|"
        rf"(?<!thời )(?!(?:{_TIMES})(?!\w))\w+ này)(?!\w)|"
        r"(?:họ|nó)(?= (?:đã|có|sẽ|là|đến|ở|được|làm|muốn|đề))|(?:ông|bà|anh|chị) ta(?!\w)"
    ),
    "bare": (
        r"(?:ong|ba|anh|co|noi|cho|doan|du an|nam|khi|luc|ngay|hom) ay(?!\w)|"
        r"(?:(?:noi|cho|doan|du an|nam|khi|luc|ngay|hom) do(?=\W*$| (?:co|la|da|se|duoc|bao nhieu|may)(?!\w))|"
        r"(?:^|(?<= ))o do(?= (?:co|da|se)(?!\w)))"
    ),
    "en": (
        r"(?:he|him|his|she|her|they|them|their|its)(?!\w)|"
        r"(?:(?<!is )(?<!was )it|it(?! \w{1,20} (?:to|that)(?!\w)))(?! (?:true|takes?|took|possible|likely|legal|safe)"
        r"(?!\w))(?!\w)|(?:^|(?:about|of|in|at|on|for|to|from|by|with|did|does|is|was) )that(?= \w)|"
        r"(?:those|these)(?= \w)|this(?! (?:year|month|week))(?= \w)"
    ),
    "zh": (
        "(?<![其犹吉])[他她它]|(?<!土耳)(?<![尤极])其(?![中他它她余次实])|"
        "(?<![应活])该|[這这](?!个?月|[一几两]?年|个?星期|个?周)|"
        "那[位名个些座条场次家](?!.*的)"
    ),
}
# From so many words before it on, what a word points to stands in the question itself: "… patients … their medicine".
_OWN_POINT = {"marked": 9, "bare": 9, "en": 4, "zh": 8}
_OF_CHINESE = re.compile(r"呢[？?。]?$")


def goes_on(question: str) -> bool:
    """Return whether the words of a question say that it goes on from another."""
    text = squeeze(normalize(question).replace("\n", " "))
    written = _written(text)
    points = any(
        _words_in(text[: match.start()], way) < _OWN_POINT[way]
        for way in written
        for match in _pattern(_POINTS[way]).finditer(text)
    )
    return points or _linked(text) > 0 or ("zh" in written and _OF_CHINESE.search(text) is not None)


def between_links(text: str) -> tuple[int, int]:
    """Return where `text` begins and ends without the words that link it to another: "Còn …", "…呢"."""
    end = _OF_CHINESE.search(text)
    return _linked(text), end.start() if end else len(text)


def _words_in(text: str, way: str) -> int:
    """Return how many words stand in the beginning of a question, of English those that say what it is about."""
    if way != "en" or not any(character.isalpha() for character in text):
        return len(syllables(text))
    return len(content_words(parse_question(text, as_typed=True)))


def _linked(text: str) -> int:
    ends = [_pattern(_LINKS[way], r"[\s,]*").match(text) for way in _written(text)]
    return max((match.end() for match in ends if match), default=0)


def _written(text: str) -> tuple[str, ...]:
    """Return the ways to write whose words can link `text`: its language; Vietnamese without marks may have some."""
    language = language_of(text)
    if language != "vi":
        return (language,)
    return ("marked", "bare") if is_unmarked(text) else ("marked",)


@cache
def _pattern(words: str, behind: str = "") -> re.Pattern[str]:
    bounds = ("", "") if HAN.search(words) else (r"(?<!\w)", r"(?!\w)" if behind else "")
    return re.compile(rf"{bounds[0]}(?:{words}){bounds[1]}{behind}", re.IGNORECASE)
