"""The lines of a large table, one at a time, decoded; a broken or overlong line is named and the next ones are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.readers.encodings import decode, encoding_of, foreign_kind

MAX_LINE = 20_000_000  # bytes of one row; a novel is 1 MB
SAMPLE = 1_000_000  # bytes by which the encoding of a whole file is told
MAX_WHOLE = 100_000_000  # bytes of a file in UTF-16, which is read whole
BROKEN = "\udcff"  # stands for a byte that is not in the encoding
_BROKEN = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no text, and why."""

    reason: str


def row_lines(path: Path) -> Iterator[tuple[int, str | Unreadable]]:
    """Yield the number, from 1, and the text of each line; bytes that are no text stand as lone surrogates.

    Raises ValueError for a file that is no text at all.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        if not sample.strip():
            raise ValueError("empty")
        encoding = _encoding(sample)
        file.seek(0)
        if encoding.startswith("utf-16"):
            data = file.read(MAX_WHOLE + 1)
            if len(data) > MAX_WHOLE:
                raise ValueError(f"more than the limit of {MAX_WHOLE:,} bytes for UTF-16; save the file as UTF-8")
            yield from enumerate(decode(data).split("\n"), start=1)
            return
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                while (rest := file.readline(SAMPLE)) and not rest.endswith(b"\n"):
                    pass
                yield number, Unreadable(f"longer than the limit of {MAX_LINE:,} bytes")
            else:
                yield number, line.decode(encoding if number == 1 else _plain(encoding), errors="surrogateescape")


def has_broken_bytes(text: str) -> bool:
    """Return whether a byte of `text` was not in the encoding of its file."""
    return _BROKEN.search(text) is not None


def _encoding(sample: bytes) -> str:
    """Return the encoding of the whole file; UTF-8 where single lines are broken, which are then named."""
    kind = foreign_kind(sample)
    if kind:
        raise ValueError(f"{kind}, not text")
    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) == SAMPLE and b"\n" in sample else sample
    try:
        return encoding_of(whole)
    except ValueError:
        return "utf-8-sig"


def _plain(encoding: str) -> str:
    return "utf-8" if encoding == "utf-8-sig" else encoding
