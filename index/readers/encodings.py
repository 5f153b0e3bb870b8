"""Bytes -> text: UTF-8, UTF-16 with or without its mark, Windows-1258; other old encodings are refused by name.

Nothing is guessed that cannot be checked: Windows-1258 is taken only where its words are Vietnamese syllables, and
text that was encoded twice is put right only where the way back is exact.
"""

from __future__ import annotations

import re

from index.vietnamese import CONTROL, MARKS, is_syllable, normalize, piled_marks

MAX_NUL_SHARE = 0.01  # of the bytes; text with more of them is no text
UTF16_NUL_SHARE = 0.15  # of the bytes; half of those of ASCII in UTF-16, a third of Vietnamese
SURE_SHARE = (
    0.8  # of the words with marks that are syllables: 0.97 and more in Windows-1258, below 0.4 in TCVN3 and VNI
)
_ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
}
_WORD = re.compile(r"[^\W\d_]+")
# The letters that the first bytes of Vietnamese UTF-8 become when they are read as Windows-1252, and one after them.
TWICE = re.compile("(?:[ÃÄÅÆ][\x80-ÿŒœŠšŸŽžƒˆ˜–-…†-•‰‹›€™]|á[º»][\x80-ÿŒœŠšŸŽžƒˆ˜–-…†-•‰‹›€™])")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return `data` as text, all of it: UTF-8, UTF-16 or Windows-1258. Raises ValueError for anything else.

    `declared` is what the file says of itself; it is believed only of what is not UTF-8.
    """
    if not data.strip():
        raise ValueError("empty")
    return _exactly(data, encoding_of(data, declared))


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """Return the name of the encoding of `data`. Raises ValueError for what is no text, or in an unknown encoding."""
    kind = foreign_kind(data)
    if kind:
        raise ValueError(f"{kind}, not text; give the file its own ending, or unpack it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    nuls = data.count(0)
    if nuls > UTF16_NUL_SHARE * len(data):
        little = data[1::2].count(0) >= data[::2].count(0)
        return "utf-16-le" if little else "utf-16-be"
    if nuls > MAX_NUL_SHARE * len(data):
        raise ValueError(f"not text: a NUL at byte {data.index(0)}, {nuls:,} in all")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error, declared)
    return "utf-8-sig"


def foreign_kind(data: bytes) -> str | None:
    """Return what `data` is by its first bytes where it is no text ("a zip archive", "a PDF"); else None."""
    return next((name for first, name in _ARCHIVES.items() if data.startswith(first)), None)


def repair_twice_encoded(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with each line that was encoded twice put right where that is exact, and notes on what was found.

    "Thá»§ tÆ°á»›ng" is "Thủ tướng". A line that does not go back exactly stays as it is, and is named.
    """
    if not TWICE.search(text):
        return text, ()
    lines, repaired, left = text.split("\n"), 0, []
    for number, line in enumerate(lines, start=1):
        if not TWICE.search(line):
            continue
        once = _once_encoded(line)
        if once is not None:
            lines[number - 1] = once
            repaired += 1
        elif len(TWICE.findall(line)) > 1:
            left.append(number)
    notes = [f"{repaired} lines were encoded twice and are put right"] if repaired else []
    if left:
        notes.append(f"line {left[0]} looks encoded twice and cannot be put right exactly ({len(left)} such lines)")
    return "\n".join(lines), tuple(notes)


def notes_on(text: str, encoding: str) -> tuple[str, ...]:
    """Return what a person should know of how `text` was read: converted, control characters taken out."""
    notes = [] if encoding in ("utf-8-sig", "utf-16") else [f"converted from {encoding}"]
    controls = len(CONTROL.findall(text))
    if controls:
        notes.append(f"{controls} control characters taken out")
    if piled := piled_marks(text):
        notes.append(f"{piled:,} marks taken off letters on which too many stand")
    return tuple(notes)


def read_text(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return `data` as text, put right where it was encoded twice, and notes on it. Raises ValueError as `decode`.

    Text of which nothing can be seen is as empty as none.
    """
    text = decode(data, declared)
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("empty")
    repaired, notes = repair_twice_encoded(text)
    return repaired, notes_on(repaired, encoding_of(data, declared)) + notes


def _exactly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"broken {encoding.upper()} at byte {error.start}") from None
    if encoding.startswith("utf-16-") and "\x00" in text:
        raise ValueError(f"not text: a NUL at byte {data.index(0)}")
    return text


def _legacy(data: bytes, error: UnicodeDecodeError, declared: str | None) -> str:
    """Return the older encoding of `data`, which is not UTF-8. Raises ValueError with the place of the first byte."""
    reason = f"not UTF-8: byte 0x{data[error.start]:02x} at {error.start}"
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    valid = sum(character > "\x7f" for character in replaced) - broken
    if valid <= broken:
        text = data.decode("cp1258", errors="replace")
        if _share_of_syllables(text) >= SURE_SHARE:
            return "cp1258"
        if declared and declared.lower() in ("windows-1252", "iso-8859-1") and not _looks_vietnamese(text):
            return "cp1252"
        if broken > 1:
            reason += ", nor Windows-1258; perhaps an older encoding (TCVN3, VNI)"
    raise ValueError(f"{reason}; save the file as UTF-8")


def _looks_vietnamese(text: str) -> bool:
    """Return whether most words without marks are Vietnamese syllables."""
    words = [word.lower() for word in _WORD.findall(text) if word.isascii()]
    return sum(is_syllable(word) for word in words) > len(words) / 2


def _share_of_syllables(text: str) -> float:
    """Return which share of the words of `text` that are not ASCII are Vietnamese syllables; 0 where there are none."""
    words = [word.lower() for word in _WORD.findall(normalize(text)) if not word.isascii()]
    return sum(_is_marked_syllable(word) for word in words) / len(words) if words else 0.0


def _is_marked_syllable(word: str) -> bool:
    return is_syllable(word) and not any(mark in word for mark in MARKS)


def _once_encoded(line: str) -> str | None:
    """Return `line` before it was encoded again, or None where the way back is not exact."""
    try:
        data = b"".join(_byte(character) for character in line)
        return data.decode("utf-8")
    except UnicodeError:
        return None


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252")
