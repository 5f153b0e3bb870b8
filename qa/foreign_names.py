"""Names and words of English and Chinese questions -> what Vietnamese newspapers call them.

The table is `names/names.tsv`, which a person can edit; `names.py` tells its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.vietnamese import HAN, is_syllable, strip_marks
from qa.names import Names, in_foreign_name, table_rows

_HAN_OR_WORD = re.compile(rf"{HAN.pattern}|(?:(?!{HAN.pattern})\w)+")  # a character, or a word between them
_LETTER = re.compile(rf"(?!{HAN.pattern})\w")


@dataclass(frozen=True, slots=True)
class Translation:
    """A question as it is searched, and what was put for what."""

    text: str
    replaced: tuple[tuple[str, str], ...]


def translate_names(text: str, vietnamese: bool = False, names: Names | None = None) -> Translation:
    """Return `text` with every foreign name that `names.tsv` knows in its Vietnamese form, the longest first.

    "Nanning" and "南宁" become "Nam Ninh". Words that are no names, whose form in the table has no capital, are put
    too, but for English ones that stand alone and are not what is counted ("how many projects"): the encoder reads
    those better as they are, and `words_in_vietnamese` gives them for looking up. In a text that is itself Vietnamese
    no word is put, and what can be read as Vietnamese stays: "Lao" is a country in English and a disease in Vietnamese;
    and so does a part of a longer foreign name: "Vietnam Airlines". What `names` put for each other is left to them,
    and in any text what the corpus's own say.
    """
    replaced: list[tuple[str, str]] = []
    pieces, at = [], 0
    for start, end, name in foreign_in(text):
        found = text[start:end]
        counted = not vietnamese and text[:start].lower().endswith("how many ")
        if name.lower() == found.lower() or (not counted and _stays(found, name, vietnamese)):
            continue
        if vietnamese and (in_foreign_name(text, start, end) or (names is not None and names.knows(found))):
            continue
        if names is not None and names.has(found):
            continue
        replaced.append((found, name))
        pieces += [text[at:start], f" {name} " if HAN.search(text) else name]
        at = end
    return Translation(" ".join("".join((*pieces, text[at:])).split()), tuple(replaced))


def words_in_vietnamese(text: str) -> list[str]:
    """Return for each foreign word of `text`, names aside, that `names.tsv` knows what it is in Vietnamese, in order.

    "Which airport …" -> "sân bay".
    """
    return [name for _, _, name in foreign_in(text) if name.islower()]


def without_names(text: str) -> str:
    """Return `text` without the foreign names that `names.tsv` knows: what is left is of one language."""
    pieces, at = [], 0
    for start, end, _ in foreign_in(text):
        pieces.append(text[at:start])
        at = end
    return " ".join(" ".join((*pieces, text[at:])).split())


def foreign_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where foreign names and words of `text` stand, the longest at each place, each with its Vietnamese form."""
    table, end = _table(), 0
    typed = text.replace("’", "'")
    for word in _HAN_OR_WORD.finditer(text):
        if word.start() >= end:
            for form, name in table.get(word.group(0).lower(), ()):
                if _is_at(form, typed, word.start()):
                    end = word.start() + len(form)
                    yield word.start(), end, name
                    break


@cache
def _table() -> dict[str, list[tuple[str, str]]]:
    """Return the forms of `names.tsv`, each with its Vietnamese name, by their first word or Chinese character.

    Those of one first word stand with the longest first. "US" is a country, "us" is not: short capitals are kept.
    """
    forms: dict[str, str] = {}
    for vietnamese, others in table_rows("names.tsv"):
        for form in filter(_is_foreign, map(str.strip, others.split("|"))):
            forms.setdefault(form if _is_short_capitals(form) else form.lower(), vietnamese)
    table: dict[str, list[tuple[str, str]]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        table.setdefault(_HAN_OR_WORD.findall(form)[0].lower(), []).append((form, forms[form]))
    return table


def _is_at(form: str, text: str, start: int) -> bool:
    """Return whether `form` stands in `text` at `start`, and, unless it is Chinese, ends there with a word."""
    end = start + len(form)
    found = text[start:end]
    if form not in (found, found.lower()):
        return False
    return HAN.match(form[-1]) is not None or _LETTER.match(text, end) is None


def _stays(found: str, name: str, vietnamese: bool) -> bool:
    """Return whether `found` is left as it is: an English word alone, or in a Vietnamese text what it can read."""
    if name.islower():
        return HAN.search(found) is None and (vietnamese or " " not in found)
    return vietnamese and all(is_syllable(word) for word in found.lower().split())


def _is_foreign(form: str) -> bool:
    """Vietnamese other forms ("Mỹ" for "Hoa Kỳ") are not put for each other here: the articles use both."""
    return bool(form) and (HAN.search(form) is not None or strip_marks(form) == form)


def _is_short_capitals(form: str) -> bool:
    return form.isupper() and form.isascii() and len(form) <= 4
