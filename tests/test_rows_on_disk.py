from pathlib import Path

import numpy as np
import pytest

from index import rows_on_disk
from index.rows_on_disk import RowsOnDisk, save_rows


@pytest.mark.parametrize("in_memory", [10**6, 100], ids=["in memory", "on disk"])
def test_what_is_added_is_there_in_order_and_is_saved_as_numpy_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(rows_on_disk, "IN_MEMORY", in_memory)
    rows = np.random.default_rng(0).integers(-128, 128, (5000, 96)).astype(np.int8)
    growing = RowsOnDisk(96, np.int8)
    for first in range(0, 5000, 700):
        growing.add(rows[first : first + 700])
    made = growing.done()
    assert np.array_equal(made, rows)
    assert (rows_on_disk._mapping(made) is not None) == (in_memory == 100)
    monkeypatch.setattr(rows_on_disk, "_AT_ONCE", 1000)
    save_rows(tmp_path / "rows.npy", made)
    np.save(tmp_path / "numpy.npy", rows)
    assert (tmp_path / "rows.npy").read_bytes() == (tmp_path / "numpy.npy").read_bytes()
    assert np.array_equal(made, rows)


def test_no_rows_are_an_array_of_that_width() -> None:
    assert RowsOnDisk(4, np.float16).done().shape == (0, 4)


def test_numbers_are_kept_in_the_kind_that_was_asked_for() -> None:
    growing = RowsOnDisk(2, np.float16)
    growing.add(np.asarray([[0.5, 1.25]], np.float32))
    assert growing.done().tolist() == [[0.5, 1.25]]
