"""Counts of words -> BM25 scores, term by term: what a lexical index is.

BM25 as in Lucene (Robertson & Zaragoza 2009). Blocks of counts are merged slice by slice of the terms, all of which
take part of the numbers of 64 bits alike, so that a slice is small however many rows there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.rows_on_disk import ValuesOnDisk, left_on_disk, let_go, save_rows
from index.terms import Hashes, are_pairs
from index.word_counts import Counts

SLICE = 2**19  # postings merged at once, about; a slice has at most twice as many terms
_HASHES = 2**64
_ROUNDING = 1e-5  # by which two machines, or two versions, may compute a score
# The key of a posting in a slice: number of the term, row, and how often that has it.
_TERM, _ROW = np.uint64(44), np.uint64(16)
_OF_ROW, _OF_TIMES = np.uint64(2**28 - 1), np.uint64(2**16 - 1)
_PARTS = ("terms", "indptr", "indices", "data")

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Postings:
    """The score of each term in each row that has it. Never changed once made.

    `terms` `(n,)`: the terms, in order; `indptr` `(n + 1,)`: where the postings of each begin, and the last ends;
    `indices` `(m,)`: rows, in order within a term; `data` `(m,)`: scores.
    """

    terms: Hashes
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.float32]

    def save(self, folder: Path) -> None:
        """Write the parts to `folder`, which must not exist. Raises OSError."""
        folder.mkdir(parents=True)
        for name in _PARTS:
            save_rows(folder / f"{name}.npy", getattr(self, name))

    def same_as(self, other: Postings) -> bool:
        """Return whether both have the same terms in the same rows with the same scores, but for rounding."""
        shapes = len(self.terms) == len(other.terms) and len(self.data) == len(other.data)
        return shapes and bool(
            all(np.array_equal(getattr(self, name), getattr(other, name)) for name in _PARTS[:-1])
            and np.allclose(self.data, other.data, rtol=_ROUNDING, atol=0)
        )

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Return what `save` wrote, left on disk until it is asked for."""
        return cls(*(left_on_disk(folder / f"{name}.npy") for name in _PARTS))


def scored(counts: Counts, k1: float, b: float, pair_weight: float) -> Postings:
    """Return the scores of `counts` by BM25 with `k1` and `b`; a pair scores `pair_weight` of what a word would.

    Raises OSError where the disk has no room for temporary files.
    """
    terms, ends = ValuesOnDisk(np.uint64), ValuesOnDisk(np.int64)
    indices, data = ValuesOnDisk(np.int32), ValuesOnDisk(np.float32)
    lengths = k1 * (1 - b + b * counts.lengths / (counts.lengths.mean() if len(counts.lengths) else 1))
    slices = 1 + len(counts.rows) // SLICE
    postings = 0
    ends.add(np.zeros(1, np.int64))
    for number in range(slices):
        own, places, rows, times = _slice(counts, _HASHES * number // slices, _HASHES * (number + 1) // slices)
        having = np.bincount(places, minlength=len(own))
        scores = _weights(having, len(counts.lengths))[places] * (times / (times + lengths[rows]))
        scores = scores.astype(np.float32)
        scores[are_pairs(own)[places]] *= np.float32(pair_weight)
        terms.add(own)
        ends.add(postings + np.cumsum(having))
        indices.add(rows)
        data.add(scores)
        postings += len(rows)
        let_go(counts.terms, counts.ends, counts.rows, counts.times)
    return Postings(terms.done(), ends.done(), indices.done(), data.done())


def _slice(counts: Counts, first: int, last: int) -> tuple[Hashes, Array, Array, Array]:
    """Return the terms from `first` up to `last` that any block has, and their postings in order: the place of the
    term among these, the row, and how often that has it.
    """
    terms, having, rows, times = [], [], [], []
    for begin, end in zip(counts.blocks, counts.blocks[1:], strict=False):
        own = counts.terms[begin:end]
        low = begin + int(np.searchsorted(own, np.uint64(first)))
        high = begin + int(np.searchsorted(own, np.uint64(last))) if last < _HASHES else end
        start = int(counts.ends[low - 1]) if low else 0
        ends = counts.ends[low:high]
        terms.append(counts.terms[low:high])
        having.append(np.diff(ends, prepend=start))
        stop = int(ends[-1]) if len(ends) else start
        rows.append(counts.rows[start:stop])
        times.append(counts.times[start:stop])
    if not terms:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    own, places = np.unique(np.concatenate(terms), return_inverse=True)
    keys = np.repeat(places.astype(np.uint64), np.concatenate(having)) << _TERM
    keys |= (np.concatenate(rows).astype(np.uint64) << _ROW) | np.concatenate(times)
    keys.sort()
    places, found = (keys >> _TERM).astype(np.int64), ((keys >> _ROW) & _OF_ROW).astype(np.int64)
    return own, places, found, (keys & _OF_TIMES).astype(np.int64)


def _weights(having: Array, count: int) -> Array:
    """ln(1 + (N - n + .5) / (n + .5)), in the single precision in which bm25s keeps it."""
    return np.log(1 + (count - having + 0.5) / (having + 0.5)).astype(np.float32).astype(np.float64)
