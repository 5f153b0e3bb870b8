"""Counts of words -> BM25 scores, term by term: what a lexical index is.

BM25 as in Lucene (Robertson & Zaragoza 2009). Blocks of counts are merged slice by slice of the terms, whose numbers of
64 bits are spread evenly, so that a slice is small however many rows there are. What is kept is such a block too: an
index that comes after it counts the words of new rows alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.rows_on_disk import ValuesOnDisk, left_on_disk, let_go, save_rows
from index.terms import Hashes, are_pairs
from index.word_counts import Counts

SLICE = 2**19  # postings merged at once, about; a slice has at most twice as many terms
_HASHES = 2**64
# The key of a posting in a slice: number of the term, row, and how often that has it.
_TERM, _ROW = np.uint64(44), np.uint64(16)
_OF_ROW, _OF_TIMES = np.uint64(2**28 - 1), np.uint64(2**16 - 1)
_PARTS = ("terms", "indptr", "indices", "times", "data", "lengths")
_ROUNDING = 1e-5  # by which two machines, or two versions, may compute a score

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Postings:
    """How often each row has each term, and what that scores. Never changed once made.

    `terms` `(n,)`: the terms, in order; `indptr` `(n + 1,)`: where the postings of each begin, and the last ends;
    `indices` `(m,)`: rows, in order within a term; `times` `(m,)`: how often each has the term; `data` `(m,)`: scores;
    `lengths` `(rows,)`: as `Counts` has them. An index of format 3 does not tell `times` and `lengths`.
    """

    terms: Hashes
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    times: NDArray[np.uint16]
    data: NDArray[np.float32]
    lengths: NDArray[np.int32]

    @property
    def counted(self) -> bool:
        """Whether it tells how often each row has each term."""
        return len(self.lengths) > 0

    def save(self, folder: Path) -> None:
        """Write the parts to `folder`, which must not exist. Raises OSError."""
        folder.mkdir(parents=True)
        for name in _PARTS:
            save_rows(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Return what `save` wrote, left on disk until it is asked for."""
        return cls(*(left_on_disk(folder / f"{name}.npy") for name in _PARTS))

    def same_as(self, other: Postings) -> bool:
        """Return whether both tell the same of the same terms; scores may differ by rounding."""
        told = [name for name in _PARTS if name != "data" and (self.counted or name not in ("times", "lengths"))]
        return (
            all(np.array_equal(getattr(self, name), getattr(other, name)) for name in told)
            and len(self.data) == len(other.data)
            and np.allclose(self.data, other.data, rtol=_ROUNDING, atol=0)
        )

    def counts(self, moved: NDArray[np.int64]) -> Counts:
        """Return what was counted, for an index in which each row is the one that `moved` `(rows,)` says; -1: none."""
        return Counts(self.terms, self.indptr[1:], self.indices, self.times, (0, len(self.terms)), self.lengths, moved)


def scored(parts: Sequence[Counts], count: int, how: tuple[float, float, float]) -> Postings:
    """Return the scores of `count` rows, each of which is in one of `parts`, by BM25.

    `how`: k1, b, and what a pair scores against a word. Raises OSError where the disk has no room for temporary files.
    """
    k1, b, pair_weight = how
    lengths = np.ones(count, np.int64)
    for part in parts:
        lengths[part.moved[part.moved >= 0]] = part.lengths[part.moved >= 0]
    saturations = k1 * (1 - b + b * lengths / (lengths.mean() if count else 1))
    terms, ends, indices = ValuesOnDisk(np.uint64), ValuesOnDisk(np.int64), ValuesOnDisk(np.int32)
    all_times, data = ValuesOnDisk(np.uint16), ValuesOnDisk(np.float32)
    ends.add(np.zeros(1, np.int64))
    postings, slices = 0, 1 + sum(len(part.rows) for part in parts) // SLICE
    for number in range(slices):
        own, places, rows, times = _slice(parts, _HASHES * number // slices, _HASHES * (number + 1) // slices)
        having = np.bincount(places, minlength=len(own))
        scores = (_weights(having, count)[places] * (times / (times + saturations[rows]))).astype(np.float32)
        scores[are_pairs(own)[places]] *= np.float32(pair_weight)
        terms.add(own)
        ends.add(postings + np.cumsum(having))
        indices.add(rows)
        all_times.add(times)
        data.add(scores)
        postings += len(rows)
    return Postings(terms.done(), ends.done(), indices.done(), all_times.done(), data.done(), lengths.astype(np.int32))


def _slice(parts: Sequence[Counts], first: int, last: int) -> tuple[Hashes, Array, Array, Array]:
    """Return the terms from `first` up to `last` that any row has, and their postings in order: the place of the term
    among these, the row, and how often that has it.
    """
    found = [block for part in parts for block in _blocks(part, first, last)]
    terms, having, rows, times = (np.concatenate(each) for each in zip(_NO_BLOCK, *found, strict=True))
    own, places = np.unique(terms, return_inverse=True)
    places = np.repeat(places, having)
    if (rows < 0).any():
        places, rows, times = places[rows >= 0], rows[rows >= 0], times[rows >= 0]
        left = np.bincount(places, minlength=len(own)) > 0
        own, places = own[left], (np.cumsum(left) - 1)[places]
    keys = (places.astype(np.uint64) << _TERM) | (rows.astype(np.uint64) << _ROW) | times
    keys.sort()
    places, rows = (keys >> _TERM).astype(np.int64), ((keys >> _ROW) & _OF_ROW).astype(np.int64)
    return own, places, rows, (keys & _OF_TIMES).astype(np.int64)


_Block = tuple[Hashes, Array, Array, Array]  # terms, how many postings each has, their rows, how often those have it
_NO_BLOCK: _Block = (np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint16))


def _blocks(part: Counts, first: int, last: int) -> list[_Block]:
    """Return what each block has of the terms from `first` up to `last`."""
    found = []
    for begin, end in pairwise(part.blocks):
        own = part.terms[begin:end]
        low = begin + int(own.searchsorted(np.uint64(first)))
        high = begin + int(own.searchsorted(np.uint64(last))) if last < _HASHES else end
        start, ends = int(part.ends[low - 1]) if low else 0, part.ends[low:high]
        stop = int(ends[-1]) if len(ends) else start
        having = np.diff(ends, prepend=start)
        rows = part.moved[part.rows[start:stop]]
        found.append((part.terms[low:high].copy(), having, rows, part.times[start:stop].copy()))
    let_go(part.terms, part.ends, part.rows, part.times)
    return found


def _weights(having: Array, count: int) -> Array:
    """ln(1 + (N - n + .5) / (n + .5)), in the single precision in which bm25s keeps it."""
    return np.log(1 + (count - having + 0.5) / (having + 0.5)).astype(np.float32).astype(np.float64)
