"""nDCG@10 and the hybrid on figures worked out by hand."""

import json

import numpy as np
import pytest

from training.evaluation import hybrid_scores, lexical_scores, ndcg_at_10, read_test_set, scaled


def test_ndcg_of_first_second_and_eleventh_place():
    scores = -np.arange(12, dtype=np.float32)[None]
    assert ndcg_at_10(scores, (frozenset({0}),)) == 1.0
    assert ndcg_at_10(scores, (frozenset({1}),)) == pytest.approx(1 / np.log2(3))
    assert ndcg_at_10(scores, (frozenset({10}),)) == 0.0


def test_equal_scores_rank_in_order_of_documents():
    assert ndcg_at_10(np.zeros((1, 3), np.float32), (frozenset({0}),)) == 1.0


def test_scaling_puts_the_best_at_one_and_the_least_at_zero():
    assert scaled(np.array([[4.0, 2.0, 3.0]], np.float32)).tolist() == [[1.0, 0.0, 0.5]]


def test_the_hybrid_weighs_both_rankings():
    dense, lexical = np.array([[1.0, 0.0]], np.float32), np.array([[0.0, 7.0]], np.float32)
    assert hybrid_scores(dense, lexical, 0.4)[0] == pytest.approx([0.4, 0.6])


def test_a_set_is_read_and_bm25_finds_its_document(tmp_path):
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    documents = [{"_id": "a", "text": "Giá vàng tăng mạnh."}, {"_id": "b", "text": "Đội bóng thắng trận chung kết."}]
    queries = [{"_id": "q", "text": "đội nào thắng chung kết"}, {"_id": "r", "text": "không có đáp án"}]
    for name, rows in (("corpus", documents), ("queries", queries)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n", encoding="utf-8")
    test_set = read_test_set(folder)
    assert test_set.queries == ("đội nào thắng chung kết",)
    assert test_set.gold == (frozenset({1}),)
    assert lexical_scores(test_set).argmax() == 1
