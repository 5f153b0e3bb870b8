"""Vectors -> nearest rows (FAISS, exact inner product)."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray


class DenseIndex:
    """Unit vectors that can be searched, never changed. FAISS is built from them in memory."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        if vectors.ndim != 2:
            raise ValueError(f"vectors of shape {vectors.shape}: expected (n, dimension)")
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        # One question is scanned by one thread all the same, and FAISS's waiting threads are in the encoder's way.
        faiss.omp_set_num_threads(1)
        self._faiss = faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(self.vectors)

    def search(
        self, vector: NDArray[np.float32], k: int, among: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows of the `k` nearest vectors (all, if there are fewer) and their inner products, best first.

        `among` `(n,)`: the rows that are searched; None for all. Equal scores stand in order of rows.
        Raises ValueError for a vector of another dimension or not finite.
        """
        count, dimension = self.vectors.shape
        if vector.shape != (dimension,):
            raise ValueError(f"a question vector of shape {vector.shape} for vectors of {dimension} numbers")
        if not np.all(np.isfinite(vector)):
            raise ValueError("a question vector with numbers that are not finite")
        wanted = min(k, count if among is None else int(among.sum()))
        if wanted < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        only = None if among is None else _only(np.packbits(among, bitorder="little"))
        scores, rows = self._faiss.search(vector[np.newaxis].astype(np.float32), wanted, params=only)
        order = np.lexsort((rows[0], -scores[0]))
        return rows[0][order], scores[0][order]

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of `vector` with each of `rows`."""
        return self.vectors[rows] @ vector


def _only(bits: NDArray[np.uint8]) -> Any:
    """FAISS's stubs do not know that its Python side takes an array and settings by name."""
    library: Any = faiss
    return library.SearchParameters(sel=library.IDSelectorBitmap(bits))
