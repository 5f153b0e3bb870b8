"""One home for the language: Unicode form, marks, tone placement, syllables, sentences.

A Vietnamese word is written as separate syllables; marks carry the vowel (ă â ê ô ơ ư), the tone, and đ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What a reader cannot see but a comparison does: zero-width space to right-to-left mark, bidirectional
# overrides and isolates, word joiner to invisible plus, byte order mark, soft hyphen.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")

# Marks that stand one upon the other: 30 is Unicode's own limit for text that is read as it comes (UAX #15, Stream-Safe
# Text Format). No script stacks more than a few, and sorting them takes time that grows with their number's square.
MAX_PILED = 30
_MAYBE_PILED = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_PILED + 1},}}")

WORD = re.compile(r"[^\W_]+(?:[.,/](?=\d)[\d]+)*")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
HAN_OR_RUN = re.compile(f"{HAN.pattern}|[^{HAN.pattern[1:-1]}]+")
_LEADING_ZERO = re.compile(r"(?<!\d)0(?=\d)")  # 30/08/2024 and 30/8/2024 are one day
_DATE = re.compile(r"(?:\d{1,2}[/.])?(?P<month>\d{1,2}[/.](?P<year>\d{4}))$")
MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")


def normalize(text: str) -> str:
    """Return `text` in NFC, without control and invisible characters, every line end `\\n`.

    Lone surrogates, which JSON and file names can carry, go too, and of marks piled on one letter those above
    `MAX_PILED`. Applying it twice changes nothing.
    """
    text = INVISIBLE.sub("", CONTROL.sub("", LINE_ENDS.sub("\n", text)))
    return _unpiled(unicodedata.normalize("NFC", _unpiled(text)))


def piled_marks(text: str) -> int:
    """Return how many marks `normalize` takes off the letters of `text` on which too many stand."""
    return len(text) - len(_unpiled(text))


def _unpiled(text: str) -> str:
    return _MAYBE_PILED.sub(lambda run: "".join(_up_to_the_limit(run.group(0))), text)


def _up_to_the_limit(run: str) -> Iterator[str]:
    piled = 0
    for character in run:
        piled = piled + 1 if unicodedata.combining(character) else 0
        if piled <= MAX_PILED:
            yield character


_SYLLABLE = re.compile(r"(?:ngh|ng|nh|kh|gh|gi|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$")


def is_syllable(word: str) -> bool:
    """Return whether one lower-case `word` can be a Vietnamese syllable, marks or not: "duong", but not "open"."""
    return _SYLLABLE.match(strip_marks(word)) is not None


def squeeze(text: str) -> str:
    """Return `text` with each run of white space within a line as one space, none at line ends."""
    return "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n"))


def strip_marks(text: str) -> str:
    """Return `text` as it is typed without marks: "đường bay" -> "duong bay". Case stays.

    Only Vietnamese marks go: "Müller" keeps its umlaut. đ never decomposes, so it is folded by hand.
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(character for character in decomposed if character not in MARKS)
    return unicodedata.normalize("NFC", bare).replace("đ", "d").replace("Đ", "D")


def has_marks(word: str) -> bool:
    """Return whether `word` carries a Vietnamese mark, "đ" included."""
    return strip_marks(word) != word


# Old and new tone placement differ only in open syllables that end in oa, oe, uy: hòa/hoà, khỏe/khoẻ, thủy/thuỷ.
_NEW_PLACEMENT = re.compile("(?P<first>[ou])(?P<last>[aey])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?![^\\W\\d_])")


def old_tone_placement(text: str) -> str:
    """Return NFC `text` with the tone on the first vowel of a final oa, oe, uy: "hoà" -> "hòa".

    "quý" and "quỳ" stay as they are: there u belongs to the consonant. For comparison only, never for display.
    """
    decomposed = unicodedata.normalize("NFD", text)
    if not any(tone in decomposed for tone in "\u0300\u0301\u0303\u0309\u0323"):
        return text

    def move(match: re.Match[str]) -> str:
        first, last, tone = match.group("first", "last", "tone")
        before = decomposed[max(0, match.start() - 1) : match.start() + 1]
        if first + last not in ("oa", "oe", "uy") or before.lower() == "qu":
            return match.group(0)
        return first + tone + last

    return unicodedata.normalize("NFC", _NEW_PLACEMENT.sub(move, decomposed))


def syllables(text: str) -> list[str]:
    """Return the words of `text` for matching: lower case, NFC, old tone placement, in order.

    Numbers keep their inner separators ("33,8"); a date loses leading zeros and is followed by its month and its
    year, so that "07/01/2025" is found by "7/1/2025" and by "2025"; each Chinese character is a word of its own.
    """
    return [word for piece in pieces(text) for word in syllables_of(piece)]


def pieces(text: str) -> list[str]:
    """Return what stands between the white space of `text`, normalised: no word goes over it."""
    return normalize(text).split()


def syllables_of(piece: str) -> tuple[str, ...]:
    """Return the words of one of `pieces`. The same few thousand make up every text, so they are kept."""
    return _kept_syllables(piece) if len(piece) <= _KEPT_LENGTH else _syllables_of(piece)


def _syllables_of(piece: str) -> tuple[str, ...]:
    words: list[str] = []
    piece = old_tone_placement(piece.lower())
    chinese = HAN.search(piece) is not None
    for match in WORD.finditer(piece):
        word = match.group(0)
        if chinese and HAN.search(word):
            words.extend(HAN_OR_RUN.findall(word))
            continue
        word = _LEADING_ZERO.sub("", word) if "/" in word else word
        words.append(word)
        date = _DATE.match(word) if word[0].isdigit() else None
        if date:
            words.extend(part for part in (date["month"], date["year"]) if part != word)
    return tuple(words)


_KEPT_LENGTH = 24  # characters; a longer piece is a line of Chinese, or seldom met again
_kept_syllables = lru_cache(maxsize=50_000)(_syllables_of)


# A full stop after these belongs to the word: titles and places. "v.v." can end a sentence, so it is not here.
_ABBREVIATIONS = frozenset(
    (
        "TP T.P Tp tp TX Tx tx TT Tt P Q H X GS Gs PGS TS Ts ThS Ths Th.S KS KTS "
        "BS CKI CKII LS CN LM NCS NSND NSƯT ĐC đ/c Đ/c St Mr Mrs Ms Dr No vs Tr tr NXB "
    ).split()
)
_LAST_WORD = re.compile(r"(?:^|(\S+)\s+)(\S+)\.$")
_IN_A_WORD = re.compile(r"[^\w/]")
_INITIAL = re.compile(r"\s*[^\W\d_]\.(?:\s|$)")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+$")
_LIST_NUMBER = re.compile(r"(?:\d{1,2}|[a-zđ]|[ivx]{1,4})$", re.IGNORECASE)
# After a Chinese stop, or a stop and its closing quotation mark, no space is needed; "?”." and "!”," go on.
_GOES_ON = r"\s.,;:!?…)\]\"'”’»，、；：。！？」』"
_SENTENCE_END = re.compile(rf"(?:[.!?…]+[\"'”’»)\]]*|[。！？]+[”’」』]*)(?=\s|$|(?<=[。！？”’」』])[^{_GOES_ON}])|\n")
_OPENERS = "\"'“‘«([-–—•*"
_CLOSERS = "\"'”’»)]"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of `text`, in order, without the space around them.

    A line end always ends a sentence. A full stop does not after an abbreviation or initial ("TP. Hải Phòng",
    "T. S. Eliot"), a list number, or before a lower-case letter; nothing that is not white space is left out.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group(0) == "\n" or _ends_sentence(text, start, match.end()):
            _append_stripped(spans, text, start, match.end())
            start = match.end()
    _append_stripped(spans, text, start, len(text))
    return spans


def _ends_sentence(text: str, start: int, end: int) -> bool:
    following = text[end : end + 40].lstrip().lstrip(_OPENERS).lstrip()
    if following and following[0].islower():
        return False
    bare = text[max(start, end - 80) : end].rstrip(_CLOSERS).lstrip()
    last = _LAST_WORD.search(bare)
    if last is None:
        return True
    before, word = last[1], last[2].lstrip(_OPENERS)
    if word in _ABBREVIATIONS:
        return False
    if _INITIALS.match(word):  # "em L.V.T. (12 tuổi)" goes on
        return not text[end : end + 8].lstrip().startswith("(")
    if _IN_A_WORD.split(word)[-1] in _ABBREVIATIONS:
        return False
    if before is None and _LIST_NUMBER.match(word):
        return False
    opened = last[2] != word  # "(U. N.)"
    return not _is_initial(word, None if opened else before, text[end : end + 8])


def _is_initial(word: str, before: str | None, following: str) -> bool:
    """An initial stands first, after a capitalised word, or before another: "T. S. Eliot", not "vitamin C."."""
    if len(word) != 1 or not word.isupper():
        return False
    return before is None or before[0].isupper() or _INITIAL.match(following) is not None


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append((start + left, start + right))
