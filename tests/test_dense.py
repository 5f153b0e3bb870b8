import numpy as np
import pytest

from index.dense import DenseIndex


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
