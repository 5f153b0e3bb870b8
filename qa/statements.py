"""Questions for what somebody said, and whether a sentence lets that very speaker speak.

"Trần Văn Bình đề nghị điều gì?" is not answered by what another one proposed, however like it the words are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.vietnamese import strip_marks
from qa.introductions import NAMED
from qa.person_looks import CAPITAL, COURTESY, PROFESSION, SAYS
from qa.types import Query

SAID = (
    f"{SAYS}|đề nghị|đề xuất|mong muốn|mong|kêu gọi|yêu cầu|cam kết|hứa|tuyên bố|phản bác|bác bỏ|phủ nhận|ủng hộ|"
    "phản đối|lưu ý|nêu|chỉ ra|thông báo|dặn|kiến nghị|chúc mừng|cảm ơn|đồng tình|hy vọng|tin tưởng|quyết định"
)
_WHAT = r"(?:những |các )?(?:điều |việc |vấn đề |lời |cái )?(?:gì|chi|ra sao|thế nào|như thế nào)"
_ASKED = rf"(?P<speaker>[^?,;:]{{2,70}}?) (?:(?:đã|có|vừa|từng|sẽ) )?(?:{SAID}) {_WHAT}(?!\w)"
_ENGLISH = (
    r"(?i:what (?:did|does|do|has|have) )(?P<speaker>[^?,;:]{2,70}?) "
    r"(?i:say|said|suggest|propose|stress|claim|explain|think|warn|advise|promise|announce|call for|ask for)(?!\w)"
)
_CHINESE = r"(?P<speaker>[^？?，,]{2,40}?)(?:说|表示|强调|建议|提出|认为)了?什么"
_FAR = 120  # characters from a speaker to what says that they speak
_PRONOUN = rf"(?:[ÔO]ng|Bà|Anh|Chị|Cô|Em|Họ|Đồng chí|Người|Vị|Theo)(?!\w)(?! {CAPITAL})"
_OTHERS = re.compile(rf"(?!{_PRONOUN}){NAMED}[^.;:]{{0,40}}?(?<!\w)(?:{SAID})(?!\w)")

ANOTHER, NONE, THEIRS = 0.2, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a question asks for: the name or post as it is written, and whether it is a person's name."""

    name: str
    is_name: bool


@lru_cache(maxsize=64)
def speaker_of(query: Query) -> Speaker | None:
    """Return whose words a question asks for; None for any other question, and for "người dân", who are many."""
    text = query.searched.strip()
    for pattern in (_ASKED, strip_marks(_ASKED), _ENGLISH, _CHINESE):
        match = _rx(pattern).match(text)
        if match:
            speaker = match["speaker"].strip()
            person = _rx(rf"(?:(?i:{COURTESY}|{PROFESSION}) )*(?P<name>{NAMED})").fullmatch(speaker)
            if person and person["name"].lower() != "ai":
                return Speaker(person["name"], True)
            return Speaker(speaker, False) if any(map(str.isupper, speaker[1:])) else None
    return None


def speaks(speaker: Speaker, sentence: str) -> float:
    """Return THEIRS for a sentence in which `speaker` says something, ANOTHER where somebody else does, else NONE."""
    bare = strip_marks(sentence)
    if len(bare) == len(sentence):
        form = re.escape(strip_marks(speaker.name).lower())
        if _says(form, strip_marks(SAID)).search(bare.lower()):
            return THEIRS
    parts = speaker.name.split() if speaker.is_name else []
    if any(_says(re.escape(part), SAID).search(sentence) for part in dict.fromkeys(parts[:1] + parts[-1:])):
        return THEIRS
    named = any(part in sentence for part in parts) or strip_marks(speaker.name).lower() in bare.lower()
    return ANOTHER if not named and _OTHERS.search(sentence) else NONE


@lru_cache(maxsize=128)
def _says(form: str, said: str) -> re.Pattern[str]:
    """Return the pattern of a speaker before a word of speech, or behind "theo"."""
    theirs = rf"(?<!\w){form}(?!\w)[^.;:]{{0,{_FAR}}}?(?<!\w)(?:{said})(?!\w)"
    return re.compile(rf"{theirs}|(?<!\w)[Tt]heo(?!\w)[^.,;:]{{0,40}}? {form}(?!\w)")


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
