"""Questions that an article asks itself: in an interview, as a heading, of its readers. They answer nothing.

What stands behind one answers it without saying its words again: "- Vì sao chị chọn tre? - Tre ngâm chịu được 15 năm."
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.person_looks import SAYS
from qa.types import Query

REACH = 400  # characters in which a question and the sentences behind it stand
LED = 2  # sentences behind a question that are read with it
BEGINS = 6  # characters of a sentence that tell that it begins
KEPT = 8192  # sentences of which it is remembered what they look like

Span = tuple[int, int]

_CLOSING = "”\"»'’)*_ \t"
_QUESTION_ENDS = re.compile(r"\?[”\"»'’)*_]{0,3}\s+(?=[^\w\n]{0,4}(?:[^\W\d_a-z]|\d))")
_INDIRECT = re.compile(  # "Một cử tri hỏi vì sao khu này năm nào cũng ngập.", but not "…, ông nói do cống hẹp."
    r"(?<!\w)(?<!học )(?<!câu )(?:hỏi|thắc mắc|băn khoăn|chất vấn)(?!\w)(?: [^\W\d_]+){0,4}? "
    r"(?:vì sao|tại sao|khi nào|bao giờ|bao nhiêu|ai|ở đâu|thế nào|ra sao)(?!\w)[^,;:.!?]*[.!]?$"
)
_LEADS_TO_LIST = re.compile(rf"(?!.*(?:{SAYS}|nhắn|viết))(?:[^\s\d:]+ ){{0,11}}[^\s\d:]+\s?:", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?…][”\"»'’)]{0,2}\s|\n")
# "Cử tri hỏi gì?" is answered by a question
_ASKED_ALOUD = re.compile(
    r"(?<!\w)(?:hỏi|thắc mắc|băn khoăn|chất vấn|hoi|thac mac|ask|asks|asked|questions?)(?!\w)|问", re.IGNORECASE
)


@lru_cache(maxsize=KEPT)
def is_question(sentence: str) -> bool:
    """Return whether `sentence` asks, or tells what somebody asked, and no more."""
    return sentence.rstrip(_CLOSING).endswith("?") or _INDIRECT.search(sentence) is not None


def may_answer(query: Query, sentence: str) -> bool:
    """Return whether `sentence` could answer at all.

    A question does only where it is asked what somebody asks; what only leads to a list ("Kết quả cụ thể:") never does.
    """
    if is_question(sentence):
        return _ASKED_ALOUD.search(query.text) is not None
    return not _leads_to_list(sentence)


@lru_cache(maxsize=KEPT)
def _leads_to_list(sentence: str) -> bool:
    return _LEADS_TO_LIST.fullmatch(sentence) is not None


def led_by(text: str, start: int) -> Span:
    """Return where in `text` the question stands that the sentence at `start` answers; an empty span for none.

    It stands before in the same paragraph, or ends the one before it, and at most LED sentences are led by it.
    """
    first = max(0, start - REACH)
    before = text[first:start]
    asked = max(_QUESTION_ENDS.finditer(text, first, start + BEGINS), key=re.Match.start, default=None)
    if asked is None or asked.start() >= start:
        return start, start
    between = text[asked.end() : start]
    if "\n" in between or len(_SENTENCE_ENDS.findall(between)) >= LED:
        return start, start
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(before, 0, asked.start() - first)]
    begin = first + (ends[-1] if ends else 0)
    return (start, start) if _is_quoted(text[begin : asked.end()]) else (begin, asked.start() + 1)


def _is_quoted(question: str) -> bool:
    """Return whether a quotation begins in `question` and goes on behind it: somebody tells what was asked."""
    return question.count("“") > question.count("”") or question.count('"') % 2 == 1
