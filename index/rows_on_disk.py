"""Arrays larger than memory should hold: written row by row to a temporary file, read where they are asked for."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

IN_MEMORY = 128_000_000  # bytes of one array that a build holds before it puts them into a temporary file
_AT_ONCE = 16_000_000  # bytes copied at once

Array = NDArray[Any]


class RowsOnDisk:
    """Rows of one width, added one block after the other. The file is gone when nothing reads it any more."""

    def __init__(self, width: int, dtype: DTypeLike) -> None:
        self._width, self._dtype, self._count = width, np.dtype(dtype), 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (`done` closes it)

    def add(self, rows: Array) -> None:
        """Add rows `(n, width)`. Raises OSError if the disk is full."""
        self._file.write(np.ascontiguousarray(rows, self._dtype).tobytes())
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


def save_rows(path: Path, array: Array) -> None:
    """Write `array` as `numpy.save` does, and keep in memory nothing of one that lies on disk. Raises OSError."""
    array = np.asarray(array, order="C")
    mapped = _mapping(array)
    rows = max(1, _AT_ONCE // max(1, array[:1].nbytes))
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        for first in range(0, len(array), rows):
            file.write(np.ascontiguousarray(array[first : first + rows]).data)
            if mapped is not None:
                mapped.madvise(mmap.MADV_DONTNEED)


def _mapping(array: Array) -> mmap.mmap | None:
    base = array.base
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap.mmap) else None
