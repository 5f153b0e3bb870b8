"""A question about another year, day or name than its text tells of: nothing there answers it any more.

Without such questions a small model reads "2022" in a question as if it were the "2023" of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from qa.person_looks import CAPITAL

_WORD = rf"{CAPITAL}(?:[\w&-]|\.(?=\w))*"
_NAME = re.compile(rf"(?<![.!?“\"] )(?<!^)\b{_WORD}(?: {_WORD})*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = re.compile(r"\b(\d{1,2})(/|-| tháng )(\d{1,2})\b")
_YEARS_AWAY = (-3, -2, -1, 1, 2)
_SHORTEST = 3  # characters of a name


def names_in(sentence: str) -> list[str]:
    """Return the runs of capitalised words in a sentence, but for the one that begins it."""
    return [match.group() for match in _NAME.finditer(sentence) if len(match.group()) >= _SHORTEST]


def swapped(question: str, near: str, names: Sequence[str], random: Random) -> tuple[str, str] | None:
    """Return the question with one year, day or name that it shares with `near` put in another's place, and that other.

    A name is drawn from `names`, one of as many words where there is one. None where nothing can be put in.
    """
    choices: list[tuple[re.Match[str], str]] = []
    for match in _YEAR.finditer(question):
        year = str(int(match.group()) + random.choice(_YEARS_AWAY))
        if match.group() in near and year not in near:
            choices.append((match, year))
    for match in _DAY.finditer(question):
        day = f"{random.randint(1, 28)}{match[2]}{random.randint(1, 12)}"
        if match.group() in near and day not in near:
            choices.append((match, day))
    lower = near.lower()
    for match in _NAME.finditer(question):
        name = match.group()
        if len(name) < _SHORTEST or name.lower() not in lower:
            continue
        others = [other for other in names if other.lower() not in lower and name not in other and other not in name]
        alike = [other for other in others if len(other.split()) == len(name.split())] or others
        if alike:
            choices.append((match, random.choice(alike)))
    if not choices:
        return None
    match, put_in = random.choice(choices)
    return question[: match.start()] + put_in + question[match.end() :], put_in
