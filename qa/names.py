"""Names under which a Vietnamese text knows what people ask for: foreign ones, and other Vietnamese ones.

Four tables, each a text file that a person can edit. `names.tsv`: a Vietnamese name or word, a tab, what it is called
in English or Chinese, separated by " | "; `foreign_names.py` puts these into Vietnamese. `same.tsv`, of the same form:
names that Vietnamese newspapers use for one thing (UBND, Ủy ban nhân dân); a question with one finds articles that say
another. `han_viet.tsv` gives the Sino-Vietnamese reading of Chinese characters: most names and half of the learned
words of Chinese are the same words in Vietnamese under their readings (南宁 = Nam Ninh, 合作 = hợp tác). `pinyin.tsv`
gives those of each Mandarin syllable as English writes it ("Liu Ning" = Lưu Ninh).

A corpus can bring names of its own: a file of the form of `same.tsv`, in any languages, called `names.tsv`, in the
folder of articles, which `hoibao build` reads and keeps in the index; with `--names FILE` any other file, for
building or for one question. UTF-8; a line that begins with "#" says nothing; own names go before the built-in ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.vietnamese import HAN, WORD, is_syllable, normalize, old_tone_placement, strip_marks, syllables

FOLDER = Path(__file__).parent / "names"
OWN_NAMES = "names.tsv"  # in a folder of articles
_GAP = r"[\s.,&–-]{0,3}"  # between the words of a name: "TP.HCM", "TP. HCM", "TPHCM"
_SHORT = 3  # letters up to which a word that can be spoken is a name only as it is written: "WHO", "AI"

Group = tuple[str, ...]  # names of one thing, the usual one first


class NamesError(ValueError):
    """A file of names that cannot be used. The message gives the file and, for each bad line, its number and why."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at `start` to `end` of a text, and all the names of the same thing."""

    start: int
    end: int
    group: Group


class Names:
    """Names that are the same: a corpus's own, then the built-in ones."""

    def __init__(self, own: Sequence[Group] = ()) -> None:
        self.own = tuple(own)
        self._groups: dict[str, Group] = {}
        for group in (*own, *_built_in()):
            for form in group:
                self._groups.setdefault(_key(form), group)
        forms = [form for group in (*own, *_built_in()) for form in group]
        self._pattern = re.compile(_any_of(forms))
        # Typed without marks only names of several words are told from other words.
        bare = {strip_marks(form): form for form in forms if strip_marks(form) != form and len(syllables(form)) > 1}
        self._bare = re.compile(_any_of(list(bare)))
        self._marked = {_key(typed): _key(form) for typed, form in bare.items()}

    def find(self, text: str, unmarked: bool = False) -> list[Named]:
        """Return the names of `text` in order, none within another; also those typed without marks if it is so."""
        compared = _comparable(text)
        bare = strip_marks(compared)
        found = {match.span(): _key(match.group(0)) for match in self._pattern.finditer(compared)}
        if unmarked and len(bare) == len(text):
            for match in self._bare.finditer(bare):
                if not any(start < match.end() and match.start() < end for start, end in found):
                    found[match.span()] = self._marked.get(_key(match.group(0)), "")
        return [
            Named(*span, self._groups[key])
            for span, key in sorted(found.items())
            if key in self._groups and _stands_alone(text, *span)
        ]

    def knows(self, form: str) -> bool:
        """Return whether `form` is one of the names that are put for each other."""
        return _key(form) in self._groups

    def has(self, form: str) -> bool:
        """Return whether the corpus's own names say what `form` is."""
        return any(_key(form) == _key(own) for group in self.own for own in group)


def respelled(text: str, group: Sequence[str], name: str) -> str:
    """Return `text` with each name of `group` written as `name`."""
    compared = _comparable(text)
    pieces, at = [], 0
    for match in _pattern_of(tuple(group)).finditer(compared):
        if _stands_alone(text, *match.span()):
            pieces += [text[at : match.start()], name]
            at = match.end()
    return "".join((*pieces, text[at:]))


def written(text: str, group: Sequence[str]) -> tuple[str, ...]:
    """Return the names of `group` that `text` has, each way in which it writes them once."""
    matches = _pattern_of(tuple(group)).finditer(_comparable(text))
    return tuple(dict.fromkeys(text[slice(*match.span())] for match in matches if _stands_alone(text, *match.span())))


def read_names(path: Path) -> tuple[Group, ...]:
    """Return the names of a file, a group for each line. Raises NamesError with every bad line, OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NamesError(f"{path}: not UTF-8 text (byte {error.start})") from None
    groups: list[Group] = []
    bad: list[str] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(normalize(text).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        group = _group(line)
        reason = _fault(line, group, lines)
        if reason:
            bad.append(f"line {number}: {reason}")
            continue
        lines.update({_key(form): number for form in group})
        groups.append(group)
    if bad:
        raise NamesError(f"{path}, {'; '.join(bad)}")
    return tuple(groups)


def han_viet(text: str) -> list[str]:
    """Return the Sino-Vietnamese readings of the Chinese characters of `text`, in order; unknown ones are left out."""
    readings = _readings()
    return [readings[character] for character in text if character in readings]


def sino_vietnamese_readings() -> dict[str, tuple[str, ...]]:
    """Return how each Chinese character is read in Vietnamese, and each Mandarin syllable without its tone.

    "周" -> "chu", "châu"; "liu" -> "lưu", "lục", "liễu" …, which are the readings of all characters that it may be.
    """
    rows = (*table_rows("han_viet.tsv"), *table_rows("pinyin.tsv"))
    return {read: tuple(readings.split()) for read, readings in rows}


def _group(line: str) -> Group:
    usual, _, others = line.partition("\t")
    return tuple(dict.fromkeys(form.strip() for form in (usual, *others.split("|")) if form.strip()))


def _fault(line: str, group: Group, lines: dict[str, int]) -> str | None:
    """Return what is wrong with a line, or None; `lines` says on which lines the names so far stand."""
    tabs = line.count("\t")
    if tabs != 1:
        return f"{tabs} tabs, expected 1, between a name and its other names"
    if line.startswith("\t") or len(group) < 2:
        return "only one name: give the usual one, a tab and at least one other"
    for form in group:
        if not _key(form) or form.isdigit():
            return f"{form!r} is no name: it has no letter"
        if _key(form) in lines:
            return f"{form!r} stands already on line {lines[_key(form)]}"
    return None


def _key(form: str) -> str:
    """Return what all ways to space, dot and capitalise a name have in common."""
    return "".join(character for character in old_tone_placement(normalize(form).lower()) if character.isalnum())


def _comparable(text: str) -> str:
    """Return `text` with the older tone placement, letter for letter; as it is where the letters would move."""
    older = old_tone_placement(text.lower())
    if len(older) != len(text):
        return text
    return "".join(new.upper() if old.isupper() else new for old, new in zip(text, older, strict=True))


def _any_of(forms: Sequence[str]) -> str:
    return "|".join(map(_loosely, sorted(forms, key=lambda form: (-len(form), form)))) or r"(?!)"


@cache
def _pattern_of(forms: Group) -> re.Pattern[str]:
    return re.compile(_any_of(forms))


def _loosely(form: str) -> str:
    """Return the pattern of a name however it is spaced, dotted and, unless it is short, capitalised."""
    if HAN.search(form):
        return re.escape(form)
    words = [re.escape(word) for word in WORD.findall(_comparable(form))]
    spoken = re.search("[aeiouy]", strip_marks(form.lower())) is not None
    as_written = len(words) == 1 and spoken and (len(form) <= _SHORT or is_syllable(form.lower()))
    return rf"(?<!\w){'' if as_written else '(?i:'}{_GAP.join(words)}{'' if as_written else ')'}(?!\w)"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a name of one syllable is no part of a longer name: "Mỹ", but not "Phú Mỹ", "Mỹ Tho"."""
    if not is_syllable(text[start:end].lower()):
        return True
    around = (re.search(r"([^\W\d_]+) $", text[:start]), re.match(r" ([^\W\d_]+)", text[end:]))
    return not any(word is not None and word.group(1)[0].isupper() for word in around)


def in_foreign_name(text: str, start: int, end: int) -> bool:
    """Return whether a foreign word there has a capitalised one that is no Vietnamese right beside it.

    So "Vietnam Airlines" and "New England" are names of their own.
    """
    if all(is_syllable(word) for word in syllables(text[start:end])):
        return False
    around = (re.search(r"([^\W\d_]+) $", text[:start]), re.match(r" ([^\W\d_]+)", text[end:]))
    beside = [word.group(1) for word in around if word]
    return text[start].isupper() and any(word[0].isupper() and not is_syllable(word.lower()) for word in beside)


@cache
def _built_in() -> tuple[Group, ...]:
    return read_names(FOLDER / "same.tsv")


@cache
def _readings() -> dict[str, str]:
    return {character: readings.split()[0] for character, readings in table_rows("han_viet.tsv") if readings.strip()}


def table_rows(name: str) -> list[tuple[str, str]]:
    """Return the rows of one of the four tables: a name or character, and the text after the tab."""
    lines = normalize((FOLDER / name).read_text(encoding="utf-8")).split("\n")
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(left.strip(), right) for left, _, right in rows]
