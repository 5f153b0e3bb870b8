"""Rank the documents of public test sets: `python -m benchmarks.test_sets FOLDER [FOLDER …]`.

Each folder is a BEIR set (corpus.jsonl, queries.jsonl, qrels/test.tsv). Its documents are split into passages and
searched as HỏiBáo searches articles; a document counts by its best passage. Prints nDCG@10 of each part alone and of
the fused ranking by the weight of meaning.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Article, Encoder, PassageIndex
from index.passage_index import Candidate
from qa.fusion import fuse
from qa.lookup import look_up
from qa.question import content_words, parse_question
from training.evaluation import ndcg_at_10, read_test_set

WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
PARTS = ("vector", "late", "meaning", "words", *(f"fused {weight}" for weight in WEIGHTS))


def main(folders: Sequence[str]) -> None:
    """Print a table for each set."""
    encoder = Encoder.load()
    made: tuple[tuple[str, ...], PassageIndex] | None = None
    for folder in folders:
        test_set = read_test_set(Path(folder))
        if made is None or made[0] != test_set.documents:
            articles = [Article(str(i), str(i), text) for i, text in enumerate(test_set.documents)]
            made = test_set.documents, PassageIndex.from_articles(articles, encoder)
        begun = time.perf_counter()
        scores = [_scores(made[1], query) for query in test_set.queries]
        took = (time.perf_counter() - begun) / len(test_set.queries) * 1000
        values = {
            part: ndcg_at_10(np.stack([each[k] for each in scores]), test_set.gold) for k, part in enumerate(PARTS)
        }
        listed = ", ".join(f"{part} {value:.4f}" for part, value in values.items())
        sys.stdout.write(f"{test_set.name}: {listed} ({took:.1f} ms a question)\n")
        sys.stdout.flush()


def _scores(made: PassageIndex, question: str) -> NDArray[np.float32]:
    """The scores of all documents for one question `(parts, documents)`."""
    query = parse_question(question)
    terms = look_up(query, content_words(query), made.lexical)
    found = made.search(*made.encode_question(query.searched), terms)
    ranked = [
        [c.vector_score for c in found],
        [c.late_score or 0.0 for c in found],
        [c.dense_score for c in found],
        [c.lexical_score for c in found],
        *(fuse(found, weight) for weight in WEIGHTS),
    ]
    return np.stack([_by_document(made, found, scores) for scores in ranked])


def _by_document(made: PassageIndex, found: Sequence[Candidate], scores: Sequence[float]) -> NDArray[np.float32]:
    best = np.full(len(made.articles), -np.inf, np.float32)
    documents = [int(made.passages[candidate.row].article_id) for candidate in found]
    np.maximum.at(best, documents, np.asarray(scores, np.float32))
    return best


if __name__ == "__main__":
    main(sys.argv[1:])
