"""Arrays larger than memory should hold: written row by row to a temporary file, read where they are asked for."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

IN_MEMORY = 8_000_000  # bytes of one array that a build holds before it puts them into a temporary file
_AT_ONCE = 16_000_000  # bytes copied at once

Array = NDArray[Any]


class RowsOnDisk:
    """Rows of one width, added one block after the other. The file is gone when nothing reads it any more."""

    def __init__(self, width: int, dtype: DTypeLike) -> None:
        self._width, self._dtype, self._count = width, np.dtype(dtype), 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (`done` closes it)

    def add(self, rows: Array) -> None:
        """Add rows `(n, width)`, of which nothing is kept in memory. Raises OSError if the disk is full."""
        at_once = max(1, _AT_ONCE // max(1, self._width * self._dtype.itemsize))
        for first in range(0, len(rows), at_once):
            self._file.write(np.ascontiguousarray(rows[first : first + at_once], self._dtype).tobytes())
            let_go(rows)
        self._count += len(rows)

    def done(self) -> Array:
        """Return all rows `(n, width)`, not to be changed; nothing can be added any more."""
        shape = self._count, self._width
        with self._file as file:
            if self._count * self._width * self._dtype.itemsize <= IN_MEMORY:
                file.seek(0)
                return np.frombuffer(file.read(), self._dtype).reshape(shape)
            file.flush()
            with os.fdopen(os.dup(file.fileno()), "rb") as same:
                return np.memmap(same, self._dtype, "r", shape=shape).view(np.ndarray)


class ValuesOnDisk:
    """Values of one array, added in order as `RowsOnDisk` takes rows."""

    def __init__(self, dtype: DTypeLike) -> None:
        self._rows = RowsOnDisk(1, dtype)

    def add(self, values: Array) -> None:
        """Add values `(n,)`. Raises OSError if the disk is full."""
        self._rows.add(values.reshape(-1, 1))

    def done(self) -> Array:
        """Return all values `(n,)`, not to be changed; nothing can be added any more."""
        return self._rows.done()[:, 0]


def left_on_disk(path: Path) -> Array:
    """Return the array that `numpy.save` wrote, read where it is asked for. (Parts of a `memmap` are slow to take.)"""
    stored: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    return stored.view(np.ndarray)


def let_go(*arrays: Array) -> None:
    """Keep in memory nothing of those arrays that lie on disk; they are read anew where they are asked for."""
    for array in arrays:
        mapped = _mapping(array)
        if mapped is not None:
            mapped.madvise(mmap.MADV_DONTNEED)


def save_rows(path: Path, array: Array) -> None:
    """Write `array` as `numpy.save` does, and keep in memory nothing of one that lies on disk. Raises OSError."""
    array = np.asarray(array, order="C")
    rows = max(1, _AT_ONCE // max(1, array[:1].nbytes))
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        for first in range(0, len(array), rows):
            file.write(np.ascontiguousarray(array[first : first + rows]).data)
            let_go(array)


def _mapping(array: Array) -> mmap.mmap | None:
    base = array.base
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap.mmap) else None
