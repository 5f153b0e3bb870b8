"""Arrays as files, written so that a disk which refuses is heard of."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write `array` as `numpy.save` does. Raises OSError if the disk refuses any byte of it.

    Given a file, numpy writes past Python and loses the error of the last 4,096 bytes: a disk that is full then gives a
    file cut short and no word of it. Given nothing but a `write`, it uses that.
    """
    with path.open("wb") as file:
        np.save(SimpleNamespace(write=file.write), array, allow_pickle=False)
