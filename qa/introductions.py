"""Questions that ask who somebody or what something is, and how a sentence introduces them.

"Trần Văn Bình là ai?" asks for no person but for a post: "Trần Văn Bình, giám đốc sở, …" answers it, "Ông Trần Văn Bình
vui mừng …" does not. "Melatonin là gì?" wants the sentence that says what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.vietnamese import strip_marks
from qa.person_looks import CAPITAL, COURTESY, OFFICE, PROFESSION, SAYS
from qa.types import Query

_ROLE = rf"(?:(?:cựu|nguyên|quyền|tân|hiện là|là|một|nữ|vị) )*(?:{OFFICE}|{PROFESSION})(?!\w)"
_SEPARATE = r"(?!(?i:ông|bà|anh|chị|đồng chí|và|với|cùng|cho|được|bị|đã|đang|sẽ|chúc|tiếp|gặp|là|do|của)\b)"
_PART = rf"{CAPITAL}(?:[^\W\u3400-\u9fff]|['’.-]){{0,40}}+"  # no Chinese character, which may follow at once
NAMED = rf"{_PART}(?: {_PART}){{0,4}}"
_SUBJECT = rf"(?:(?i:{COURTESY}|{PROFESSION})\.? )*(?P<name>{NAMED})"
_POST_ASKED = (
    r"(?:giữ|đảm nhiệm|đảm nhận|nắm|làm|có) (?:chức vụ|chức danh|chức|vai trò|nghề|công việc) (?:gì|nào)|"
    r"(?:là|làm) (?:chức|nghề) gì|(?:chức vụ|chức danh|nghề nghiệp)(?: hiện nay| hiện tại)?(?: là)? gì"
)
_PERSON_ASKED = (  # the whole of a question
    rf"{_SUBJECT} (?i:là ai|la ai)(?: (?i:vậy|thế|vay|the))?",
    rf"(?i:ai là|ai la|who(?: is| was|'s)|谁是) ?{_SUBJECT}",
    rf"{_SUBJECT} ?(?:是谁|是誰|是什么人)",
    rf"{_SUBJECT} (?i:{_POST_ASKED}|{strip_marks(_POST_ASKED)}).{{0,40}}",
    rf"(?i:chức vụ|chức danh|chuc vu|chuc danh)(?: hiện nay| hiện tại)? (?i:của|cua) {_SUBJECT} (?i:là gì|la gi)",
)
_TERM = r"(?P<term>[^?,;:.]{2,60}?)"
_OF_THE_KIND = r"cái |con |chất |bệnh |loại (?:\w+ )?|thuốc |thứ "
_THING_ASKED = (
    rf"{_TERM} (?i:nghĩa |nghia )?(?i:là|la) (?i:(?:{_OF_THE_KIND})?(?:gì|gi))(?: (?i:vậy|thế|vay|the))?",
    rf"(?i:thế nào là|the nao la|what(?: is| are|'s)(?: an?| the)?|什么是) ?{_TERM}",
    rf"{_TERM} ?(?:是什么|是什麼)",
)
_MOST_WORDS = 5  # of a term: a longer one tells of something else that is asked for
_NO_TERM = re.compile(
    r"(?i)(?<!\w)(?:nguyên nhân|lý do|mục đích|kết quả|tên|nội dung|điều|việc|của|khi|nếu|để|nhất|đầu tiên|cách|"
    r"triệu chứng|dấu hiệu|vì|do|với|trong|tại|được|ăn|uống|làm|có|không|gọi|nguyen nhan|ly do|muc dich|ket qua|ten|"
    r"noi dung|dieu|viec|cua|cach|trieu chung|dau hieu|of|in|for|from|that|which|reason|name|purpose|cause)(?!\w)"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a question wants to be told of: a person's name, or a term."""

    name: str
    is_person: bool


@lru_cache(maxsize=64)
def introduced(query: Query) -> Introduced | None:
    """Return who or what a question asks to be introduced, None for any other question."""
    text = query.searched.strip().rstrip("?？.! ").strip()
    if query.kind in ("who", "what"):
        for pattern in _PERSON_ASKED:
            if match := _rx(pattern).fullmatch(text):
                return Introduced(match["name"], True)
    if query.kind in ("what", "how"):
        for pattern in _THING_ASKED:
            if (match := _rx(pattern).fullmatch(text)) and _is_term(match["term"]):
                return Introduced(match["term"], False)
    return None


def introduction(wanted: Introduced, sentence: str) -> tuple[list[Span], float]:
    """Return where `sentence` tells who or what that is, and how plainly, in [0, 1].

    Of a person 1 is a post behind the name, .8 one before it, .6 a profession before it, .4 none of these; of a thing
    1 is "… là …", .9 words in brackets, .5 none of these.
    """
    for pattern, sure in _looks(_as_written(wanted.name, sentence), wanted.is_person):
        found = [match.span() for match in _rx(pattern).finditer(sentence)]
        if found:
            return found, sure
    return [], 0.4 if wanted.is_person else 0.5


def _looks(name: str, is_person: bool) -> list[tuple[str, float]]:
    known = rf"(?<!\w){re.escape(name)}(?!\w)"
    if not is_person:
        known = f"(?i:{known})"
        kind = "một|loại|chất|thuốc|bệnh|hay|hormone|virus|nhóm"
        return [
            (rf"{known} (?:(?:chính|vốn|được gọi|còn gọi|hay còn gọi|nghĩa|có nghĩa) )?là (?!gì)", 1.0),
            (rf"(?i:gọi là|được gọi|tên là|mang tên|tức là|hay còn gọi là) {known}|^Là [^,]{{3,60}}, {known}", 1.0),
            (rf"{known} \([^)]{{4,}}\)|{known}(?:,| -| –) (?:{kind})(?!\w)", 0.9),
        ]
    return [
        (rf"{known}(?:,| -| –| \()(?: \d{{2}} tuổi,?)? ?(?i:{_ROLE})", 1.0),
        (rf"{known} (?={CAPITAL})(?i:{OFFICE})(?!\w)", 1.0),
        (rf"{known} (?:(?:hiện|vốn|từng|chính|nguyên) )?là (?!{SAYS}|gì|ai)", 1.0),
        (rf"(?i:(?<!\w)(?:{OFFICE})(?!\w))(?: {_SEPARATE}[\w-]+){{0,7}}? (?:(?i:{PROFESSION}) )?{known}", 0.8),
        (rf"(?i:(?<!\w)(?:{PROFESSION})) {known}", 0.6),
    ]


def _is_term(term: str) -> bool:
    words = term.split()
    return len(words) <= _MOST_WORDS and not _NO_TERM.search(term)


def _as_written(name: str, sentence: str) -> str:
    """Return the name as the sentence has it, where it was typed without marks."""
    bare = strip_marks(sentence)
    if name != strip_marks(name) or len(bare) != len(sentence):
        return name
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare, re.IGNORECASE)
    return sentence[slice(*found.span())] if found else name


@lru_cache(maxsize=256)
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
