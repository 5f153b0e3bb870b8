"""Texts -> how often each row has each word and pair of neighbours, in memory that does not grow with the texts.

Texts are counted block by block. What a block has goes to temporary files, in order of its terms, so that the blocks
can be merged from their beginnings to their ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.rows_on_disk import ValuesOnDisk
from index.terms import Hashes, pair_hashes, word_hashes
from index.vietnamese import pieces, strip_marks, syllables_of

BLOCK = 500_000  # pieces of text counted at once, to which a text is added whole
MOST = 2**16 - 1  # times that a row has a term; more than that is told as so often
_ROWS = 2**16  # of a block, at most
_KEPT = 30_000_000  # characters, about, of the pieces of texts whose words are kept
_EACH = 60  # characters, about, that a piece takes beside its own
# The key of a word or a pair in a block: number of the first word + 1, of the second + 1 or 0, and of the row.
_FIRST, _SECOND = np.uint64(40), np.uint64(16)
_OF_ONE_WORD, _OF_ROW = np.uint64(2**24 - 1), np.uint64(2**16 - 1)

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each row has each term, in blocks that follow one another; each has its terms in order.

    `terms` `(n,)`; `ends` `(n,)`: where the postings of each term end, which begin where those of the one before it
    end; `rows` and `times` `(m,)`: the postings; `blocks`: where each block begins in `terms`, and the last ends;
    `lengths` `(rows,)`: how many words and pairs each row has, 1 where there are none; `moved` `(rows,)`: the number of
    each row in an index that has others too, -1 where that has not this one.
    """

    terms: Hashes
    ends: NDArray[np.int64]
    rows: NDArray[np.int32]
    times: NDArray[np.uint16]
    blocks: tuple[int, ...]
    lengths: NDArray[Any]
    moved: NDArray[np.int64]


def count_words(texts: Iterable[str]) -> tuple[Counts, Counts]:
    """Return the counts of the words and pairs of `texts`, one text a row, and of the same without marks.

    Raises OSError where the disk has no room for temporary files.
    """
    exact, folded, numbering = _Counting(), _Counting(), _Numbering()
    rows: list[Array] = []
    waiting = 0
    for text in texts:
        rows.append(numbering.pieces(text))
        waiting += len(rows[-1])
        if waiting >= BLOCK or len(rows) >= _ROWS:
            _count(rows, numbering, exact, folded)
            rows, waiting = [], 0
            numbering = _Numbering() if numbering.is_large else numbering
    _count(rows, numbering, exact, folded)
    return exact.done(), folded.done()


class _Numbering(dict[str, int]):
    """The pieces and the words of texts by numbers, from 0 in order of coming. Each piece is looked at once."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}
        self._bare: list[int] = []  # by number of a word, that of the same without marks
        self._within: list[int] = []  # the words of the pieces, one piece after the other
        self._ends: list[int] = [0]  # where those of each piece end, behind a 0
        self._characters = 0

    @property
    def is_large(self) -> bool:
        """Whether so many pieces are kept that it should be begun anew."""
        return self._characters > _KEPT

    def pieces(self, text: str) -> NDArray[np.int32]:
        """Return the pieces of `text` by numbers, from 0 in order of coming, and keep them."""
        found = pieces(text)
        return np.fromiter(map(self.__getitem__, found), np.int32, len(found))

    def words(self, rows: Sequence[Array]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of rows of `pieces` by numbers, one row after the other, and how many each row has."""
        all_pieces, ends = np.concatenate(rows), np.asarray(self._ends, np.int64)
        having = np.diff(ends)[all_pieces]
        words = np.asarray(self._within, np.int32)[ranges(ends[all_pieces], having)]
        before = np.concatenate([[0], np.cumsum(having)])
        bounds = np.cumsum([0, *map(len, rows)])
        return words, np.diff(before[bounds])

    def hashes(self) -> Hashes:
        """Return the hash of each word, by number."""
        return word_hashes(self._numbers)

    def bare(self) -> NDArray[np.int32]:
        """Return the number of each word without its marks, by number."""
        return np.asarray(self._bare, np.int32)

    def __missing__(self, piece: str) -> int:
        self._within += map(self._number, syllables_of(piece))
        self._ends.append(len(self._within))
        self._characters += len(piece) + _EACH
        number = self[piece] = len(self)
        return number

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._numbers)
            self._bare.append(number)
            bare = strip_marks(word)
            if bare != word:
                self._bare[number] = self._number(bare)
        return number


class _Counting:
    """Blocks of counts on their way to disk."""

    def __init__(self) -> None:
        self._terms, self._ends = ValuesOnDisk(np.uint64), ValuesOnDisk(np.int64)
        self._rows, self._times = ValuesOnDisk(np.int32), ValuesOnDisk(np.uint16)
        self._blocks, self._lengths = [0], [np.zeros(0, np.int64)]
        self._postings = self._row = 0

    def add(self, numbers: Array, words: Array, hashes: Hashes) -> None:
        """Add a block: the numbers of its words, how many `words` each row has, and the hash of each number."""
        keys, times = _counted(numbers, words)
        begins = _begins(keys >> _SECOND)
        found = _hashes(keys[begins], hashes)
        having = np.diff(begins, append=len(keys))
        order = np.argsort(found, kind="stable")
        places = ranges(begins[order], having[order])
        self._terms.add(found[order])
        self._ends.add(self._postings + np.cumsum(having[order]))
        self._rows.add((keys[places] & _OF_ROW).astype(np.int64) + self._row)
        self._times.add(np.minimum(times[places], MOST))
        self._blocks.append(self._blocks[-1] + len(found))
        self._lengths.append(np.maximum(2 * words - 1, 1))
        self._postings += len(keys)
        self._row += len(words)

    def done(self) -> Counts:
        terms, ends, rows, times = (each.done() for each in (self._terms, self._ends, self._rows, self._times))
        lengths = np.concatenate(self._lengths)
        return Counts(terms, ends, rows, times, tuple(self._blocks), lengths, np.arange(len(lengths)))


def _count(rows: list[Array], numbering: _Numbering, exact: _Counting, folded: _Counting) -> None:
    if rows:
        numbers, words = numbering.words(rows)
        hashes = numbering.hashes()
        exact.add(numbers, words, hashes)
        folded.add(numbering.bare()[numbers], words, hashes)


def _counted(numbers: Array, words: Array) -> tuple[Hashes, Array]:
    """Return the key of each word and pair of each row, in order, and how often the row has it.

    Keys are sorted as they are, which is ten times as quick as to sort anything by them.
    """
    rows = np.repeat(np.arange(len(words), dtype=np.uint64), words)
    follows = rows[1:] == rows[:-1]
    keys = (numbers + 1).astype(np.uint64)
    pairs = (keys[:-1] << _FIRST) | (keys[1:] << _SECOND) | rows[1:]
    keys = np.concatenate([(keys << _FIRST) | rows, pairs[follows]])
    keys.sort()
    begins = _begins(keys)
    return keys[begins], np.diff(begins, append=len(keys))


def _hashes(keys: Hashes, hashes: Hashes) -> Hashes:
    """Return the hashes of the terms of `keys`."""
    first = (keys >> _FIRST).astype(np.int64) - 1
    second = ((keys >> _SECOND) & _OF_ONE_WORD).astype(np.int64) - 1
    found = hashes[first]
    paired = second >= 0
    found[paired] = pair_hashes(found[paired], hashes[second[paired]])
    return found


def _begins(values: Array) -> NDArray[np.int64]:
    """Return where each run of equal ones begins."""
    return np.flatnonzero(np.concatenate([np.ones(min(1, len(values)), bool), values[1:] != values[:-1]]))


def ranges(begins: Array, counts: Array) -> NDArray[np.int64]:
    """Return `counts` numbers from each of `begins` on, one range after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(begins - before, counts) + np.arange(int(counts.sum()))
