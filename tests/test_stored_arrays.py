"""Arrays come back as they were, and a disk that refuses them is heard of."""

from pathlib import Path

import numpy as np
import pytest

from index.stored_arrays import save_array

FULL = Path("/dev/full")  # a device of Linux that is always full


@pytest.mark.parametrize("shape", [(0, 4), (3, 2), (70_000, 5), ()])
@pytest.mark.parametrize("kind", [np.float32, np.float16, np.int8, np.int64])
def test_what_is_saved_is_loaded(tmp_path: Path, shape: tuple[int, ...], kind: type) -> None:
    array = (np.arange(np.prod(shape, dtype=int)) % 100).reshape(shape).astype(kind)
    save_array(tmp_path / "a.npy", array)
    loaded = np.load(tmp_path / "a.npy", allow_pickle=False)
    assert (loaded.dtype, loaded.shape) == (array.dtype, array.shape)
    assert np.array_equal(loaded, array)


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("count", [1, 5_000, 1_000_000])
def test_a_full_disk_is_told(count: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        save_array(FULL, np.arange(count))
