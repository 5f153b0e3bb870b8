from pathlib import Path

import numpy as np
import pytest

from index import rows_on_disk
from index.rows_on_disk import RowsOnDisk, ValuesOnDisk, left_on_disk, let_go, save_rows


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


@pytest.mark.parametrize("in_memory", [10**6, 100], ids=["in memory", "on disk"])
def test_values_are_there_in_order_and_are_read_anew_after_they_were_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(rows_on_disk, "IN_MEMORY", in_memory)
    growing = ValuesOnDisk(np.int32)
    for first in (0, 300):
        growing.add(np.arange(first, first + 300))
    made = growing.done()
    let_go(made)
    assert made.tolist() == list(range(600))
    save_rows(tmp_path / "values.npy", made)
    stored = left_on_disk(tmp_path / "values.npy")
    let_go(stored, np.zeros(3))
    assert np.array_equal(stored, np.load(tmp_path / "values.npy"))
    assert ValuesOnDisk(np.uint64).done().shape == (0,)


def test_rows_are_taken_from_rows_on_disk_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_on_disk, "IN_MEMORY", 100)
    monkeypatch.setattr(rows_on_disk, "_AT_ONCE", 64)
    rows = np.random.default_rng(1).integers(-128, 128, (500, 6)).astype(np.int8)
    first = RowsOnDisk(6, np.int8)
    first.add(rows)
    second = RowsOnDisk(6, np.int8)
    second.add(first.done()[7:450])
    assert np.array_equal(second.done(), rows[7:450])
