"""Names under which a Vietnamese text knows what people ask for in English or Chinese.

`names.tsv` is a table that a person can edit: the Vietnamese form, then the other forms. `han_viet.tsv` gives the
Sino-Vietnamese reading of Chinese characters: most names and half of the learned words of Chinese are the same
words in Vietnamese under their readings (南宁 = Nam Ninh, 合作 = hợp tác).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.vietnamese import HAN, is_syllable, normalize, strip_marks

FOLDER = Path(__file__).parent / "names"


@dataclass(frozen=True, slots=True)
class Translation:
    """A question as it is searched, and what was put for what."""

    text: str
    replaced: tuple[tuple[str, str], ...]


def translate_names(text: str, vietnamese: bool = False) -> Translation:
    """Return `text` with every foreign name that `names.tsv` knows in its Vietnamese form, the longest first.

    "Nanning" and "南宁" become "Nam Ninh". In a text that is itself Vietnamese, what can be read as Vietnamese stays:
    "Lao" is a country in English and a disease in Vietnamese.
    """
    forms, pattern = _table()
    replaced: list[tuple[str, str]] = []

    def put(match: re.Match[str]) -> str:
        found = match.group(0)
        if vietnamese and all(is_syllable(word) for word in found.lower().split()):
            return found
        name = forms.get(found) or forms[found.lower()]
        replaced.append((found, name))
        return f" {name} " if HAN.search(found) else name

    return Translation(" ".join(pattern.sub(put, text).split()), tuple(replaced))


def han_viet(text: str) -> list[str]:
    """Return the Sino-Vietnamese readings of the Chinese characters of `text`, in order; unknown ones are left out."""
    readings = _readings()
    return [readings[character] for character in text if character in readings]


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    forms: dict[str, str] = {}
    for vietnamese, others in _rows("names.tsv"):
        for form in map(str.strip, others.split("|")):
            if _is_foreign(form):
                # "US" is a country, "us" is not: short capitals are looked up as written
                forms.setdefault(form if _is_short_capitals(form) else form.lower(), vietnamese)
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return forms, re.compile("|".join(_form_pattern(form) for form in longest_first) or r"(?!)")


def _form_pattern(form: str) -> str:
    if HAN.search(form):
        return re.escape(form)
    flags = "" if _is_short_capitals(form) else "i"
    return rf"(?{flags}:(?<!\w){re.escape(form)}(?!\w))" if flags else rf"(?<!\w){re.escape(form)}(?!\w)"


def _is_foreign(form: str) -> bool:
    """Vietnamese other forms ("Mỹ" for "Hoa Kỳ") are not put for each other here: the articles use both."""
    return bool(form) and (HAN.search(form) is not None or strip_marks(form) == form)


def _is_short_capitals(form: str) -> bool:
    return form.isupper() and form.isascii() and len(form) <= 4


@cache
def _readings() -> dict[str, str]:
    return {character: readings.split()[0] for character, readings in _rows("han_viet.tsv") if readings.strip()}


def _rows(name: str) -> list[tuple[str, str]]:
    lines = normalize((FOLDER / name).read_text(encoding="utf-8")).split("\n")
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(left.strip(), right) for left, _, right in rows]
