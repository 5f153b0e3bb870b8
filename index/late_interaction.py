"""Late interaction: each token of a question against each token of a passage.

One vector says what a passage is about; its tokens say whether each word of the question is met there, in the same or
other words. The score of a pair is the mean, over the question's tokens, of the largest cosine that the token has in
the passage (MaxSim: Khattab and Zaharia 2020, "ColBERT"), rare tokens counting more. Vectors are projected to fewer
numbers and kept as bytes, a sixteenth of what the encoder gives; they are read from disk for the candidates alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile

import numpy as np
from numpy.typing import NDArray

from index.products import product
from index.rows_on_disk import IN_MEMORY, RowsOnDisk, ValuesOnDisk, left_on_disk, let_go, save_rows

SIZE = 96  # numbers of a token's vector
FITTED_ON = 20_000  # tokens that a projection is learned from, where the model brings none
_LEVELS = 127
_AT_ONCE = 100_000  # tokens made into bytes at once
_PARTS = ("axes", "levels", "step", "starts", "bounds")
_LARGE = ("levels", "starts")  # left on disk until they are asked for

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text in order: unit vectors `(n, size)`, their spans `(n, 2)` in code points, and how much each
    counts in a question, `(n,)`, positive.
    """

    vectors: Vectors
    spans: NDArray[np.int64]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """The tokens of all articles, each after its headline's. Never changed once made.

    Each sentence is read alone: tokens that know their neighbours tell the sentences of a passage apart less well.
    `axes` `(dimension, size)`: what vectors are projected on; `levels` `(tokens, size)`: int8, which times `step`
    `(size,)` are the projected vectors; `starts` `(tokens,)`: where each begins in its article, -1 in the headline;
    `bounds` `(articles + 1,)`: where each article begins in the two.
    """

    axes: Vectors
    levels: NDArray[np.int8]
    step: Vectors
    starts: NDArray[np.int32]
    bounds: NDArray[np.int64]

    def project(self, tokens: Tokens) -> Tokens:
        """Return the tokens of a question, as the encoder gives them, with vectors like those that are kept."""
        return replace(tokens, vectors=projected(tokens.vectors, self.axes))

    def range(self, article: int, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the tokens that begin in `start` to `end` of the article of that number."""
        first, last = self.bounds[article : article + 2].tolist()
        found = self.starts[first:last].searchsorted((start, end)).tolist()
        return first + found[0], first + found[1]

    def of_passage(self, article: int, start: int, end: int) -> list[tuple[int, int]]:
        """Return the ranges of a passage's tokens: those of its article's headline, and its own."""
        first, last = self.bounds[article : article + 2].tolist()
        headline, *own = self.starts[first:last].searchsorted((0, start, end)).tolist()
        return [(first, first + headline), (first + own[0], first + own[1])]

    def vectors(self, first: int, last: int) -> Vectors:
        """Return the vectors `(last - first, size)` of a range of tokens."""
        return np.asarray(self.levels[first:last], np.float32) * self.step

    def with_step(self, step: Vectors) -> TokenIndex:
        """Return the same tokens in levels of `step` `(size,)`, nowhere smaller than their own.

        Where it is the same, levels stay as they are; elsewhere they are rounded once more.
        """
        if np.array_equal(step, self.step):
            return self
        levels = RowsOnDisk(self.levels.shape[1], np.int8)
        for first in range(0, len(self.levels), _AT_ONCE):
            levels.add(np.rint(self.levels[first : first + _AT_ONCE] * (self.step / step)))
            let_go(self.levels)
        return replace(self, levels=levels.done(), step=step)

    def scores(self, asked: Tokens, ranges: Sequence[Sequence[tuple[int, int]]]) -> Vectors:
        """Return the score of each text, given by the ranges of its tokens, in [-1, 1]; 0 where it has none."""
        counts = np.asarray([sum(last - first for first, last in each) for each in ranges], np.int64)
        scores = np.zeros(len(ranges), np.float32)
        having = counts > 0
        if not having.any() or not len(asked.vectors):
            return scores
        levels = np.concatenate([self.levels[first:last] for each in ranges for first, last in each])
        cosines = product(asked.vectors * self.step, levels.astype(np.float32).T)
        begins = np.cumsum(counts[having]) - counts[having]
        scores[having] = asked.weights @ np.maximum.reduceat(cosines, begins, axis=1) / asked.weights.sum()
        return scores

    def save(self, folder: Path) -> None:
        """Write the parts to `folder`, which must not exist."""
        folder.mkdir()
        for name in _PARTS:
            save_rows(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Return what `save` wrote; what is large stays on disk until it is asked for."""
        parts = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _PARTS if name not in _LARGE}
        return cls(**parts, **{name: left_on_disk(folder / f"{name}.npy") for name in _LARGE})


class TokenGathering:
    """The tokens of articles on their way into a `TokenIndex`, in order of the articles.

    A step depends on the largest number of all, so bytes can be made of them only at the end; until then those of many
    articles lie in a temporary file, and so do the bytes.
    """

    def __init__(self, axes: Vectors, articles: int) -> None:
        """`articles`: how many there are, with tokens or without."""
        self._axes = axes
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (`done` closes it)
        self._largest = np.zeros(axes.shape[1], np.float16)
        self._starts = ValuesOnDisk(np.int32)
        self._counts = np.zeros(articles, np.int64)

    def add(self, article: int, vectors: NDArray[np.float16], starts: NDArray[np.int32]) -> None:
        """Add tokens of the article of that number: projected vectors `(n, size)`, and where each begins.

        Raises ValueError for an article before the last one: its tokens would lie among those of another.
        """
        if self._counts[article + 1 :].any():
            raise ValueError(f"tokens of article {article} after those of a later one: add them in order")
        self._file.write(vectors.tobytes())
        self._largest = np.maximum(self._largest, np.abs(vectors).max(axis=0, initial=0.0))
        self._starts.add(starts)
        self._counts[article] += len(vectors)

    def done(self, least: Vectors | None = None) -> TokenIndex:
        """Return the index of all that was added; nothing can be added any more. `least`: the smallest step."""
        size = len(self._largest)
        step = np.maximum(self._largest, 1e-6).astype(np.float32) / np.float32(_LEVELS)
        if least is not None:
            step = np.maximum(step, least)
        levels = RowsOnDisk(size, np.int8)
        with self._file as file:
            file.seek(0)
            while len(read := np.frombuffer(file.read(_AT_ONCE * size * 2), np.float16)):
                levels.add(np.rint(read.reshape(-1, size) / step))
        bounds = np.cumsum([0, *self._counts]).astype(np.int64)
        return TokenIndex(self._axes, levels.done(), step, self._starts.done(), bounds)


def principal_axes(vectors: Vectors, size: int) -> Vectors:
    """Return the `size` axes `(dimension, size)` along which `vectors` `(n, dimension)` lie most, largest first."""
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.ascontiguousarray(axes[:, ::-1][:, :size], dtype=np.float32)


def projected(vectors: Vectors, axes: Vectors) -> Vectors:
    """Return unit vectors `(n, size)` of `vectors` `(n, dimension)` along `axes` `(dimension, size)`."""
    shorter = product(vectors, axes)
    return np.asarray(shorter / np.maximum(np.linalg.norm(shorter, axis=1, keepdims=True), 1e-12), np.float32)
