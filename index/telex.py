"""What was typed for the keyboard to turn into marks, but was not: "dduwowngf" and "d9uo7ng2" are "đường".

Telex writes a vowel's mark by a letter (aa aw ee oo ow uw, w alone for ư), đ as dd, the tone by f s r x j; VNI writes
all of them by digits. Both let the tone stand anywhere after the vowel.
"""

from __future__ import annotations

import re
import unicodedata

from index.vietnamese import has_marks, is_syllable, old_tone_placement, strip_marks

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TELEX_TONES = {"f": _GRAVE, "s": _ACUTE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_TONE_KEYS = {tone: key for key, tone in _TELEX_TONES.items()}
_CIRCUMFLEX, _WITH_W = "\u0302", frozenset("\u0306\u031b")
_VNI_TONES = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}

_TELEX = re.compile(r"[a-z]*(?:[fsrxjw]|aa|ee|oo|dd)[a-z]*$")
_VNI = re.compile(r"[a-z]+\d[a-z\d]*$")
_TELEX_MARKS = (
    (re.compile(r"uow|uwow|uwo"), "ươ"),
    (re.compile(r"([aeo])([a-z]?[a-z]?[a-z]?)\1"), None),  # "aa", and the second behind the consonants: "nhieue"
    (re.compile(r"aw"), "ă"),
    (re.compile(r"ow"), "ơ"),
    (re.compile(r"uw|w"), "ư"),
)
_ROOF = {"a": "â", "e": "ê", "o": "ô"}
_VNI_MARKS = {("6", "a"): "â", ("6", "e"): "ê", ("6", "o"): "ô", ("7", "o"): "ơ", ("7", "u"): "ư", ("8", "a"): "ă"}
_OWN_DOUBLE_O = frozenset(("xoong", "boong", "goong", "moong"))
_VOWELS = "aăâeêioôơuưy"
_CORE = re.compile(rf"(?P<initial>qu|gi(?=[{_VOWELS}])|[^{_VOWELS}]*)(?P<vowels>[{_VOWELS}]+)(?P<final>.*)$")
_MARKED = re.compile("[ăâêôơư]")
_FINALS = {  # what can follow each vowel in a syllable; the empty word for those that can end one
    "a": " c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": " c m n ng o p t",
    "ê": " c ch m n ng nh p t u",
    "i": " a c ch m n ng nh p t u",
    "iê": "c m n ng p t u",
    "o": " a c e i m n ng p t",
    "oa": "c ch i m n ng nh o p t y",
    "oă": "c m n ng p t",
    "oe": "m n ng o t",
    "oo": "c ng",
    "ô": " c i m n ng p t",
    "ơ": " i m n p t",
    "u": " a c i m n ng p t y",
    "uâ": "n ng t y",
    "ue": " o",
    "uê": " ch n nh",
    "uô": "c i m n ng t",
    "uơ": " n t",
    "uy": "a ch n nh p t u",
    "uyê": "n nh t",
    "ư": " a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": " ch nh t",
    "yê": "m n ng t u",
}
_RHYMES = frozenset(vowels + final for vowels, finals in _FINALS.items() for final in finals.split(" "))
_SPOKEN = _RHYMES | {strip_marks(rhyme) for rhyme in _RHYMES}  # marks of a vowel can be left out
_STOPPED = ("c", "ch", "p", "t")  # finals of syllables that have an acute or a dot alone


def as_meant(word: str) -> str | None:
    """Return the Vietnamese syllable that `word` was typed for, in the case it has, or None where it is none.

    A word with marks, or one that can stand as it is, is none.
    """
    lower = word.lower()
    if len(word) == 1 or lower in _OWN_DOUBLE_O or has_marks(word):
        return None
    meant = _from_telex(lower) if _TELEX.match(lower) else _from_vni(lower) if _VNI.match(lower) else None
    if meant is None or not has_marks(meant) or not is_syllable(meant):
        return None
    return meant.upper() if len(word) > 2 and word.isupper() else meant.capitalize() if word[0].isupper() else meant


def as_typed(word: str) -> str:
    """Return the keys of Telex that `word` is typed by, its tone at the end: "đường" -> "dduwowngf"."""
    keys, tone = "", ""
    for character in unicodedata.normalize("NFD", word):
        if character in _TONE_KEYS:
            tone = _TONE_KEYS[character]
        elif character == _CIRCUMFLEX:
            keys += keys[-1]
        elif character in _WITH_W:
            keys += "w"
        else:
            keys += {"đ": "dd", "Đ": "DD"}.get(character, character)
    return keys + tone


def _from_telex(word: str) -> str | None:
    initial = re.match(r"(?:[^aeiouyw]|(?<=q)u)*", word)
    begin = initial.end() if initial else 0
    head, rest = word[:begin], word[begin:]
    head = "đ" + head[2:] if head.startswith("dd") else head
    tones = [letter for letter in rest if letter in _TELEX_TONES]
    if len(tones) > 1:
        return None
    rest = "".join(letter for letter in rest if letter not in _TELEX_TONES)
    if head == "d" and rest.endswith("d"):
        head, rest = "đ", rest[:-1]
    for pattern, put in _TELEX_MARKS:
        rest = pattern.sub(put or _roofed, rest)
    return _with_tone(head + rest, _TELEX_TONES[tones[0]] if tones else "")


def _roofed(match: re.Match[str]) -> str:
    return _ROOF[match.group(1)] + match.group(2)


def _from_vni(word: str) -> str | None:
    letters, tone = "", ""
    for character in word:
        if character in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[character]
        elif character == "9" and "d" in letters:
            letters = letters.replace("d", "đ", 1)
        elif character in "678":
            marked = _marked_by_digit(letters, character)
            if marked is None:
                return None
            letters = marked
        elif character.isdigit():
            return None
        else:
            letters += character
    return _with_tone(letters, tone)


def _marked_by_digit(letters: str, digit: str) -> str | None:
    """Return the letters with the last vowel that the digit can mark marked; "uo" takes both its horns at once."""
    if digit == "7" and letters.endswith(("uo", "ưo")):
        return letters[:-2] + "ươ"
    for place in reversed(range(len(letters))):
        marked = _VNI_MARKS.get((digit, letters[place]))
        if marked:
            both = digit == "7" and letters[place] == "o" and letters[place - 1 : place] == "u"
            return letters[: place - both] + ("ươ" if both else marked) + letters[place + 1 :]
    return None


def _with_tone(letters: str, tone: str) -> str | None:
    """Return the syllable with the tone where it is written: on the marked vowel, else as the old placement has it."""
    core = _CORE.match(letters)
    if core is None or any(letter in "fjwz" for letter in strip_marks(letters)):
        return None
    if core["vowels"] + core["final"] not in _SPOKEN or (core["final"] in _STOPPED and tone in (_GRAVE, _HOOK, _TILDE)):
        return None
    if not tone:
        return letters
    vowels = core["vowels"]
    marked = [match.start() for match in _MARKED.finditer(vowels)]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1:
        place = 0
    else:
        place = 1 if core["final"] or len(vowels) > 2 else 0
    toned = f"{core['initial']}{vowels[: place + 1]}{tone}{vowels[place + 1 :]}{core['final']}"
    return old_tone_placement(unicodedata.normalize("NFC", toned))
