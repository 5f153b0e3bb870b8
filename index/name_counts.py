"""How often texts have what may be a name, and how often with its capitals.

What may be a name is a word that is no Vietnamese syllable, or two neighbours with one space between them: so they
stand in two pieces of a line, each piece need be looked at once, and neighbours are counted as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.vietnamese import WORD, is_syllable, old_tone_placement

Name = tuple[str, ...]  # one word, or two neighbours, in lower case

BLOCK = 1_000_000  # pieces counted at once
_KEPT = 200_000  # pieces that are looked at once
# The key of a name: number of its first word, from 1, that of its second or 0, and whether it has its capitals.
_FIRST, _SECOND = 32, 1

Array = NDArray[Any]


class NameCounts:
    """The counts of the texts that were added."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._pieces = _Pieces(self._numbers)
        self._lines: list[Array] = []
        self._waiting = 0
        self._keys, self._times = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def add(self, text: str) -> None:
        """Count the lines of `text`. Those all in capitals say nothing."""
        pieces: list[str] = []
        for line in text.split("\n"):
            if not line.isupper():
                pieces += line.split(" ")
                pieces.append("")  # no neighbour over the end of a line
        self._lines.append(np.fromiter(map(self._pieces.__getitem__, pieces), np.int32, len(pieces)))
        self._waiting += len(pieces)
        if self._waiting > BLOCK:
            self._count()

    def usual(self, share: float) -> Iterator[Name]:
        """Yield the names that have their capitals in at least this share of their occurrences."""
        self._count()
        names, places = np.unique(self._keys >> _SECOND, return_inverse=True)
        large = np.bincount(places, self._times * (self._keys & 1), len(names))
        often = (large > 0) & (large >= share * np.bincount(places, self._times, len(names)))
        words = list(self._numbers)
        for name in names[often].tolist():
            first, second = divmod(name, 1 << (_FIRST - _SECOND))
            yield (words[first - 1], words[second - 1]) if second else (words[first - 1],)

    def _count(self) -> None:
        keys = self._pieces.possible(np.concatenate([np.zeros(0, np.int32), *self._lines]))
        found, times = np.unique(keys, return_counts=True)
        self._keys, places = np.unique(np.concatenate([self._keys, found]), return_inverse=True)
        self._times = np.bincount(places, np.concatenate([self._times, times])).astype(np.int64)
        self._lines, self._waiting = [], 0
        if len(self._pieces) > _KEPT:
            self._pieces = _Pieces(self._numbers)


class _Pieces(dict[str, int]):
    """Pieces of lines by numbers, from 0 in order of coming, and which words of each may be names."""

    def __init__(self, numbers: dict[str, int]) -> None:
        """`numbers`: those of words, to which new ones are added."""
        super().__init__()
        self._numbers = numbers
        self._heads: list[int] = []  # the word with which a piece begins, as `_word` has it; 0 for none
        self._tails: list[int] = []  # the word with which it ends
        self._alone: list[tuple[int, int]] = []  # piece, and a word of it that may be a name alone

    def possible(self, pieces: Array) -> Array:
        """Return the keys of all that may be names in `pieces`, which stand beside each other."""
        left = np.asarray(self._tails, np.int64)[pieces[:-1]]
        right = np.asarray(self._heads, np.int64)[pieces[1:]]
        both = (left > 0) & (right > 0)
        pairs = (left >> 1 << _FIRST) | (right >> 1 << _SECOND) | (left & right & 1)
        times = np.bincount(pieces, minlength=len(self))
        owners, words = np.asarray(self._alone, np.int64).reshape(-1, 2).T
        alone = (words >> 1 << _FIRST) | (words & 1)
        return np.concatenate([pairs[both], np.repeat(alone, times[owners])])

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        head = tail = 0
        for match in WORD.finditer(piece):
            form = _lower(match.group(0))
            if form[0].isalpha():
                word = self._word(form, piece[match.start()].isupper())
                head = word if match.start() == 0 else head
                tail = word if match.end() == len(piece) else tail
                if not is_syllable(form):
                    self._alone.append((number, word))
        self._heads.append(head)
        self._tails.append(tail)
        return number

    def _word(self, form: str, large: bool) -> int:
        """Return twice the number of a word, from 1, and 1 more for one with a capital."""
        return 2 * (self._numbers.setdefault(form, len(self._numbers)) + 1) + large


@lru_cache(maxsize=50_000)
def _lower(word: str) -> str:
    return old_tone_placement(word.lower())
