from pathlib import Path

import numpy as np
import pytest
from faults.word_hash import WordHash

from index import PassageIndex
from index import dense as dense_module
from index.dense import PROBED, Cells, DenseIndex
from index.store import open_generation


def unit(rows):
    array = np.asarray(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def test_more_than_there_is_gives_all_and_never_row_minus_one() -> None:
    dense = DenseIndex(unit([[1, 0], [0, 1], [1, 1]]))
    rows, scores = dense.search(np.array([1, 0], np.float32), 10)
    assert rows.tolist() == [0, 2, 1]
    assert np.all(np.diff(scores) <= 0)


def test_equal_scores_stand_in_order_of_rows() -> None:
    dense = DenseIndex(unit([[1, 0]] * 5))
    assert dense.search(np.array([1, 0], np.float32), 5)[0].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_are_asked_for(k: int) -> None:
    assert DenseIndex(unit([[1, 0]])).search(np.array([1, 0], np.float32), k)[0].size == 0


def test_an_empty_index_finds_nothing() -> None:
    assert DenseIndex(np.empty((0, 2), np.float32)).search(np.array([1, 0], np.float32), 3)[0].size == 0


def test_a_vector_of_another_dimension_or_not_finite_is_refused_with_both_numbers() -> None:
    dense = DenseIndex(unit([[1, 0]]))
    with pytest.raises(ValueError, match=r"\(3,\) for vectors of 2 numbers"):
        dense.search(np.zeros(3, np.float32), 1)
    with pytest.raises(ValueError, match="not finite"):
        dense.search(np.array([np.nan, 0], np.float32), 1)


def test_only_the_rows_that_are_asked_for_are_searched() -> None:
    rng = np.random.default_rng(0)
    vectors, question = unit(rng.normal(size=(50, 8))), unit(rng.normal(size=(1, 8)))[0]
    among = rng.random(50) < 0.3
    rows, scores = DenseIndex(vectors).search(question, 10, among)
    alone, alone_scores = DenseIndex(vectors[among]).search(question, 10)
    assert rows.tolist() == np.flatnonzero(among)[alone].tolist()
    assert scores.tolist() == alone_scores.tolist()
    assert DenseIndex(vectors).search(question, 10, np.arange(50) == 7)[0].tolist() == [7]
    assert DenseIndex(vectors).search(question, 10, np.zeros(50, bool))[0].size == 0


@pytest.fixture(scope="module")
def many():
    """Vectors around 40 directions, as passages lie around their subjects."""
    rng = np.random.default_rng(0)
    return unit(rng.normal(size=(40, 32))[rng.integers(0, 40, 2000)] + rng.normal(scale=0.5, size=(2000, 32)))


def test_in_cells_nearly_all_of_the_nearest_are_found_with_their_exact_scores(many) -> None:
    exact, quick = DenseIndex(many), DenseIndex(many, exact=False)
    assert (exact.exact, quick.exact) == (True, False)
    found = 0
    for question in many[:100]:
        rows, scores = quick.search(question, 50)
        assert scores == pytest.approx(many[rows] @ question, abs=1e-5)
        assert np.all(np.diff(scores) <= 0)
        found += len(np.intersect1d(rows, exact.search(question, 50)[0]))
    assert found >= 0.95 * 50 * 100


def test_the_same_vectors_give_the_same_cells(many) -> None:
    one, two = Cells.of(many), Cells.of(many)
    assert one.centres.tobytes() == two.centres.tobytes()
    assert one.places.tobytes() == two.places.tobytes()


def test_in_cells_no_row_is_minus_one_and_none_is_there_twice(many) -> None:
    rows, _ = DenseIndex(many, exact=False).search(many[0], len(many))
    assert len(rows) == len(set(rows.tolist())) < len(many)
    assert rows.min() >= 0
    assert len(rows) > PROBED / 4 * len(many)
    assert DenseIndex(many[:1], exact=False).search(many[0], 3)[0].tolist() == [0]
    assert DenseIndex(many[:0], exact=False).search(many[0], 3)[0].size == 0


def test_in_cells_few_rows_that_are_asked_for_are_all_compared(many, monkeypatch: pytest.MonkeyPatch) -> None:
    among = np.arange(len(many)) % 50 == 7
    quick = DenseIndex(many, exact=False)
    rows, _ = quick.search(many[0], 100, among)
    assert rows.tolist() == DenseIndex(many).search(many[0], 100, among)[0].tolist()
    assert len(rows) == among.sum()
    monkeypatch.setattr(dense_module, "EXACT_UP_TO", 10)
    assert set(quick.search(many[0], 100, among)[0].tolist()) <= set(np.flatnonzero(among).tolist())


def test_above_the_border_an_index_keeps_its_cells_and_can_be_asked_exactly_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    for number in range(30):
        text = f"Tin số {number}\n\nXã {number} trồng {number + 2} cây bàng. Mỗi cây cao {number + 3} mét.\n"
        (tmp_path / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(dense_module, "EXACT_UP_TO", 20)
    PassageIndex.build(tmp_path / "articles", tmp_path / "index", WordHash())
    folder, manifest = open_generation(tmp_path / "index")
    assert {"cells/centres.npy", "cells/places.npy"} <= set(manifest["files"])
    stored = np.load(folder / "cells" / "places.npy")
    question, _ = WordHash().encode_query("Xã 7 trồng 9 cây bàng.")
    opened = PassageIndex.open(tmp_path / "index", WordHash())._channels.dense
    exact = PassageIndex.open(tmp_path / "index", WordHash(), exact=True)._channels.dense
    assert opened.cells is not None
    assert opened.cells.places.tolist() == stored.tolist()
    assert exact.exact
    assert opened.search(question, 1)[0].tolist() == exact.search(question, 1)[0].tolist()
