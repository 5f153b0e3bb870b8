"""Vietnamese sentence -> a question that it answers: what is asked for is taken out, a question word put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

_CAPITAL = r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_NAME = rf"{_CAPITAL}\w*(?: {_CAPITAL}\w*)"
_DATE = (
    r"(?:vào |từ |trong |đến |hồi )?(?:ngày \d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?"
    r"|ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?|tháng \d{1,2}(?:[/-]| năm )\d{4}|năm \d{3,4})"
)
_UNIT = (
    r"triệu|tỷ|tỉ|nghìn|ngàn|km²|km|m|ha|tấn|người|đồng|USD|đô la|phần trăm|tuổi|lần|trận|bàn|loài|tỉnh"
    r"|huyện|xã|học sinh|sinh viên|căn|chiếc|tàu|dân"
)
_NUMBER = (
    rf"(?:khoảng |hơn |gần |trên )?\d[\d.,]*(?:%| (?:{_UNIT})\b)"
    r"(?: (?:USD|đồng|người|km²|tấn|đô la))?"
)
# Words kept on each side of what was taken out: a person's question is about this long.
_WORDS_BEFORE, _WORDS_AFTER = 16, 12
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """What to take out of a sentence, and the forms of the question that asks for it; {} is what stays."""

    taken: re.Pattern[str]
    forms: tuple[str, ...]


RULES = {
    "when": Rule(
        re.compile(_DATE),
        ("khi nào {}?", "{} khi nào?", "{} vào năm nào?", "{} ngày nào?", "thời điểm {}?", "bao giờ {}?"),
    ),
    "how many": Rule(
        re.compile(_NUMBER),
        ("{} là bao nhiêu?", "bao nhiêu {}?", "có bao nhiêu {}?", "{} bao nhiêu?", "{} mấy?"),
    ),
    "where": Rule(
        re.compile(rf"(?:tại|ở) {_NAME}*"),
        ("{} ở đâu?", "{} tại đâu?", "nơi {} là ở đâu?", "{} ở nước nào?", "địa điểm nào {}?"),
    ),
    "who": Rule(
        re.compile(rf"(?<=\w ){_NAME}{{1,3}}"),
        ("ai {}?", "{} là ai?", "người nào {}?", "{} của ai?", "tên của {} là gì?", "{} tên gì?"),
    ),
    "why": Rule(
        re.compile(r"\b(?:bởi vì|bởi|vì|do|nhờ) [^,.;:]{8,}"),
        ("vì sao {}?", "tại sao {}?", "lý do {}?", "nguyên nhân {} là gì?", "điều gì khiến {}?", "tại sao lại {}?"),
    ),
    "what": Rule(
        re.compile(r"(?<=\w )(?:là|gồm|gọi là|bao gồm|như) [^,.;:]{8,}"),
        ("{} là gì?", "{} gồm những gì?", "thế nào là {}?", "{} được gọi là gì?", "cái gì {}?"),
    ),
    "which": Rule(
        re.compile(r"(?<=\w )(?:\w+ ){2,5}\w+(?=[.;,:]|$)"),
        ("{} gì?", "{} như thế nào?", "{} nào?", "{} những gì?", "điều gì {}?", "{} ra sao?", "{} là gì?"),
    ),
}


def question_from(sentence: str, random: Random) -> str | None:
    """Return a question answered by the sentence, or None where no rule finds anything to ask for."""
    for kind in random.sample(list(RULES), len(RULES)):
        question = ask(RULES[kind], sentence, random)
        if question is not None:
            return question
    return None


def ask(rule: Rule, sentence: str, random: Random) -> str | None:
    """Return a question by this rule, first letter large, ending in "?"; None where the rule does not fit."""
    found = list(rule.taken.finditer(sentence))
    if not found:
        return None
    taken = random.choice(found)
    words = sentence[: taken.start()].split()[-_WORDS_BEFORE:] + sentence[taken.end() :].split()[:_WORDS_AFTER]
    if len(words) < _FEWEST_WORDS:
        return None
    rest = " ".join(words).strip(' ,.;:()"“”-–')
    question = random.choice(rule.forms).format(rest)
    return question[0].upper() + question[1:]


def drop_words(query: str, share: float, random: Random) -> str:
    """Return the query without about that share of its words, in order; whole where fewer than three would stay."""
    words = query.split()
    kept = [word for word in words if random.random() >= share]
    return " ".join(kept) if len(kept) >= _FEWEST_WORDS else query
