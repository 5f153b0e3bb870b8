"""Vectors -> nearest rows (FAISS, inner product): exact, or in a large corpus among those in the nearest cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.products import product
from index.rows_on_disk import let_go
from index.stored_arrays import save_array

# Up to here a question is compared with every vector (384 numbers) in 27 ms of one core, 15 ms for 100,000, beside some
# 50 ms for all else. In cells 200,000 take 8 ms and 99.5 % of the nearest 50 are found: benchmarks/approximate.py.
EXACT_UP_TO = 200_000
PROBED = 0.25  # of the cells, the nearest to the question, are searched
_CELLS = 2.0  # times the square root of the number of vectors
_ROUNDS, _LEARNED_FROM = 8, 32  # of k-means, on so many vectors for each cell
_SEED = 1

_FOLDER, _CENTRES, _PLACES = "cells", "centres.npy", "places.npy"

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cells:
    """Which vectors lie together: `centres` `(cells, dimension)`; `places` `(n,)`: the cell of each vector."""

    centres: NDArray[np.float32]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Cells:
        """Return cells of `vectors` `(n, dimension)`; the same vectors give the same cells."""
        faiss.omp_set_num_threads(1)  # the sums of several threads come in any order
        library: Any = faiss
        count = max(1, min(len(vectors), int(_CELLS * math.sqrt(len(vectors)))))
        means = library.Kmeans(
            vectors.shape[1],
            count,
            niter=_ROUNDS,
            seed=_SEED,
            spherical=True,
            min_points_per_centroid=1,
            max_points_per_centroid=_LEARNED_FROM,
        )
        means.train(vectors)
        return cls(means.centroids, means.index.search(vectors, 1)[1][:, 0].astype(np.int32))

    @classmethod
    def load(cls, folder: Path) -> Cells | None:
        """Return what `save` wrote to the generation in `folder`; None if nothing."""
        if not (folder / _FOLDER).is_dir():
            return None
        return cls(*(np.load(folder / _FOLDER / name, allow_pickle=False) for name in (_CENTRES, _PLACES)))

    def save(self, folder: Path) -> None:
        """Write the cells to the generation in `folder`."""
        (folder / _FOLDER).mkdir()
        save_array(folder / _FOLDER / _CENTRES, self.centres)
        save_array(folder / _FOLDER / _PLACES, self.places)


class DenseIndex:
    """Unit vectors that can be searched, never changed. FAISS is built from them in memory.

    Up to `EXACT_UP_TO` vectors each one is compared with a question; above that those in the nearest `PROBED` of the
    cells, which misses a few.
    """

    def __init__(self, vectors: NDArray[np.float32], exact: bool | None = None, cells: Cells | None = None) -> None:
        """`exact`: whether every vector is compared; None for as many as are quick. `cells`: made if not given.

        Raises ValueError if `cells` are not those of as many vectors.
        """
        if vectors.ndim != 2:
            raise ValueError(f"vectors of shape {vectors.shape}: expected (n, dimension)")
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        # One question is scanned by one thread all the same, and FAISS's waiting threads are in the encoder's way.
        faiss.omp_set_num_threads(1)
        many = len(vectors) > EXACT_UP_TO if exact is None else not exact and len(vectors) > 0
        if cells is not None and not _fit(cells, self.vectors):
            raise ValueError(f"cells of {len(cells.places)} vectors {cells.centres.shape} for {vectors.shape}")
        self.cells = (cells or Cells.of(self.vectors)) if many else None

    def make_ready(self) -> None:
        """Make what the first search would make: a second copy of the vectors, which writing needs not."""
        _ = self._faiss

    @cached_property
    def _faiss(self) -> Any:
        made = _flat(self.vectors) if self.cells is None else _in_cells(self.vectors, self.cells)
        let_go(self.vectors)
        return made

    @property
    def exact(self) -> bool:
        """Whether every vector is compared with a question."""
        return self.cells is None

    @classmethod
    def load(cls, folder: Path, vectors: NDArray[np.float32], exact: bool | None = None) -> DenseIndex:
        """Return the index of `vectors`, in the cells that `save` wrote to the generation in `folder`, if it did."""
        return cls(vectors, exact, Cells.load(folder))

    def save(self, folder: Path) -> None:
        """Write the cells, if there are any, to the generation in `folder`; the vectors are kept by themselves."""
        if self.cells is not None:
            self.cells.save(folder)

    def search(
        self, vector: NDArray[np.float32], k: int, among: NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """Return the rows of the `k` nearest vectors (all, if there are fewer) and their inner products, best first.

        `among` `(n,)`: the rows that are searched; None for all. Equal scores stand in order of rows. Not `exact`, it
        can miss some of them, and give fewer. Raises ValueError for a vector of another dimension or not finite.
        """
        count, dimension = self.vectors.shape
        if vector.shape != (dimension,):
            raise ValueError(f"a question vector of shape {vector.shape} for vectors of {dimension} numbers")
        if not np.all(np.isfinite(vector)):
            raise ValueError("a question vector with numbers that are not finite")
        wanted = min(k, count if among is None else int(among.sum()))
        if wanted < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if among is not None and self.cells is not None and among.sum() <= EXACT_UP_TO:
            rows = np.flatnonzero(among)
            scores = self.scores(vector, rows)
        else:
            scores, rows = self._nearest(vector.astype(np.float32), wanted, among)
        order = np.lexsort((rows, -scores))[:wanted]
        return rows[order], scores[order]

    def scores(self, vector: NDArray[np.float32], rows: Rows) -> Scores:
        """Return the inner product of `vector` with each of `rows`."""
        return product(self.vectors[rows], vector)

    def _nearest(self, vector: NDArray[np.float32], k: int, among: NDArray[np.bool_] | None) -> tuple[Scores, Rows]:
        scores, rows = self._faiss.search(vector[np.newaxis], k, params=self._parameters(among))
        found = rows[0] >= 0  # FAISS says -1 where the cells hold fewer
        return scores[0][found], rows[0][found]

    def _parameters(self, among: NDArray[np.bool_] | None) -> Any:
        """FAISS's stubs do not know that its Python side takes an array and settings by name."""
        library: Any = faiss
        only = {} if among is None else {"sel": library.IDSelectorBitmap(np.packbits(among, bitorder="little"))}
        if self.cells is None:
            return library.SearchParameters(**only) if only else None
        return library.SearchParametersIVF(nprobe=math.ceil(PROBED * len(self.cells.centres)), **only)


def _fit(cells: Cells, vectors: NDArray[np.float32]) -> bool:
    """FAISS would read past the end of what is too short."""
    count, dimension = cells.centres.shape
    inside = bool(((cells.places >= 0) & (cells.places < count)).all())
    return inside and len(cells.places) == len(vectors) and dimension == vectors.shape[1]


def _flat(vectors: NDArray[np.float32]) -> Any:
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return flat


def _in_cells(vectors: NDArray[np.float32], cells: Cells) -> Any:
    """Return FAISS's IVF of `vectors`, each put where `cells` says, so that it is not searched for once more."""
    library: Any = faiss
    made = library.IndexIVFFlat(
        _flat(cells.centres), vectors.shape[1], len(cells.centres), library.METRIC_INNER_PRODUCT
    )
    made.is_trained = True
    places = cells.places.astype(np.int64)
    made.add_core(len(vectors), library.swig_ptr(vectors), None, library.swig_ptr(places))
    return made
