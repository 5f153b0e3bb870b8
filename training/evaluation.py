"""How well an encoder finds the passages of a BEIR folder: alone, and added to BM25.

Documents are whole, cut after 256 pieces; the hybrid is `weight` x dense + (1 - weight) x BM25 over syllables and their
pairs, each scaled to [0, 1] over its best 100 documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.vietnamese import syllables
from qa import test_sets

if TYPE_CHECKING:
    from training.encoder import Encoder

Scores = NDArray[np.float32]

_DOCUMENT_PIECES, _QUERY_PIECES = 256, 64
_SCALED_OVER = 100


@dataclass(frozen=True, slots=True)
class TestSet:
    """Documents, queries, and the rows of the documents that answer each query."""

    name: str
    documents: tuple[str, ...]
    queries: tuple[str, ...]
    gold: tuple[frozenset[int], ...]


def read_test_set(folder: Path) -> TestSet:
    """Return the BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv) but for queries without a gold document."""
    read = test_sets.read_test_set(folder)
    row = {article.path: i for i, article in enumerate(read.articles)}
    return TestSet(
        read.name,
        tuple(article.text for article in read.articles),
        tuple(read.questions.values()),
        tuple(frozenset(row[path] for path in read.right[name]) for name in read.questions),
    )


def dense_scores(test_set: TestSet, encoder: Encoder) -> Scores:
    """Return cosines `(queries, documents)`."""
    documents = encoder.encode(test_set.documents, _DOCUMENT_PIECES)
    return np.asarray(encoder.encode(test_set.queries, _QUERY_PIECES) @ documents.T, np.float32)


def lexical_scores(test_set: TestSet) -> Scores:
    """Return BM25 scores `(queries, documents)`, as the product computes them."""
    lexical = LexicalIndex.build(test_set.documents)
    return np.stack([lexical.scores(lexical.terms(syllables(query))) for query in test_set.queries])


def hybrid_scores(dense: Scores, lexical: Scores, weight: float) -> Scores:
    """Return `weight` x dense + (1 - weight) x lexical, both scaled."""
    return np.asarray(weight * scaled(dense) + (1 - weight) * scaled(lexical), np.float32)


def scaled(scores: Scores) -> Scores:
    """Return each query's scores in [0, 1]: its best is 1, its 100th and all below are 0."""
    least = np.sort(scores, axis=1)[:, -min(_SCALED_OVER, scores.shape[1])][:, None]
    best = scores.max(axis=1, keepdims=True)
    return np.asarray(np.clip((scores - least) / np.maximum(best - least, 1e-9), 0, 1), np.float32)


def ndcg_at_10(scores: Scores, gold: tuple[frozenset[int], ...]) -> float:
    """Return the mean nDCG@10 with binary gains (Järvelin and Kekäläinen 2002); ties in order of documents."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    discounts = 1 / np.log2(np.arange(2, 12))
    gains = [
        sum(discounts[rank] for rank, row in enumerate(rows) if int(row) in right) / discounts[: len(right)].sum()
        for rows, right in zip(best, gold, strict=True)
    ]
    return float(np.mean(gains))
