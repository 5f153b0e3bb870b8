"""What a question is compared with, passage by passage: vectors, sentences, tokens and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.encoded import Encoded
from index.encoder import Vector
from index.late_interaction import Tokens, Vectors
from index.lexical import LexicalIndex, Rows, Terms, best_rows
from index.products import product
from index.types import Article, Passage

LATE_SHARE = 2 / 3  # of late interaction in how near the meanings are: benchmarks/README.md
# What the words of the whole article add to those of a passage: a long article says what it is about elsewhere.
ARTICLE_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a channel found, with its score in both; the rank of a channel that did not is None.

    `vector_score` is the mean of the passage's inner product and that of its best sentence, since a passage of several
    subjects is found by each of them; `late_score` is late interaction, None without tokens.
    """

    row: int
    vector_score: float
    late_score: float | None
    dense_rank: int | None
    lexical_score: float
    lexical_rank: int | None

    @property
    def dense_score(self) -> float:
        """How near the meanings are: the mean of the two by `LATE_SHARE`."""
        return self.vector_score if self.late_score is None else float(_meaning(self.vector_score, self.late_score))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, by its span, and the row of its vector."""

    row: int
    start: int
    end: int


class Channels:
    """The passages of a corpus as they are searched: by meaning and by words."""

    def __init__(
        self,
        articles: Sequence[Article],
        encoded: Encoded,
        lexical: LexicalIndex,
        article_words: LexicalIndex,
        dense: DenseIndex,
    ) -> None:
        """`lexical` has a row a passage, `article_words` one an article; `dense` is of the passages' vectors.

        Raises ValueError for parts that are not of one corpus.
        """
        passages = encoded.passages
        if lexical.count != len(passages) or {article_words.count, len(encoded.bounds) - 1} != {len(articles)}:
            raise ValueError(
                f"parts of different sizes: {len(passages)} passages, {lexical.count} lexical rows, "
                f"{len(articles)} articles, {len(encoded.bounds) - 1} encoded, {article_words.count} of words"
            )
        self.lexical, self.article_words, self.dense, self.tokens = lexical, article_words, dense, encoded.tokens
        self._passages, self._bounds = passages, encoded.bounds
        self._sentences, self._sentence_vectors = encoded.sentences, encoded.sentence_vectors
        self._numbers = {article.article_id: number for number, article in enumerate(articles)}
        self._article_numbers = np.asarray([self._numbers[each.article_id] for each in passages], np.int64)
        self._within = _sentences_within(self._sentences, articles, passages)

    def rows_of(self, articles: NDArray[np.bool_]) -> Rows:
        """Return which rows are passages of those `articles` `(articles,)`, `(n,)`."""
        return articles[self._article_numbers]

    def search(
        self, vector: Vector, tokens: Tokens, terms: Terms, k: int = 100, among: Rows | None = None
    ) -> list[Candidate]:
        """Return the passages among the `k` nearest to `vector` or the `k` best by `terms`, in order of rows.

        Only the rows of `among` `(n,)` are searched, by weights of words that are those of all; None for all rows.
        """
        dense_rows, _ = self.dense.search(vector, k, among)
        lexical_scores = self._scores_of_words(terms)
        if among is not None:
            lexical_scores = np.where(among, lexical_scores, np.float32(0))
        lexical_rows = best_rows(lexical_scores, k)
        rows = np.union1d(dense_rows, lexical_rows)
        vector_scores = (self.dense.scores(vector, rows) + self._best_sentences(vector, rows)) / 2
        late_scores = self.tokens.scores(tokens, self._token_ranges(rows)) if len(tokens.vectors) else None
        dense_scores = vector_scores
        if late_scores is not None:
            dense_scores = _meaning(vector_scores, late_scores)
        found = np.flatnonzero(np.isin(rows, dense_rows))
        by_score = found[np.argsort(-dense_scores[found], kind="stable")]
        dense_rank = {int(rows[place]): rank for rank, place in enumerate(by_score, start=1)}
        lexical_rank = {int(row): rank for rank, row in enumerate(lexical_rows, start=1)}
        return [
            Candidate(
                row,
                float(vector_scores[place]),
                None if late_scores is None else float(late_scores[place]),
                dense_rank.get(row),
                float(lexical_scores[row]),
                lexical_rank.get(row),
            )
            for place, row in enumerate(rows.tolist())
        ]

    def sentences(self, passage: Passage) -> list[Sentence]:
        """Return the sentences that lie wholly within `passage`, in order. Raises KeyError for a foreign passage."""
        first, last = self._within[self._row(passage)]
        return [
            Sentence(number, int(start), int(end))
            for number, (_, start, end) in enumerate(self._sentences[first:last].tolist(), start=int(first))
        ]

    def token_vectors(self, article: Article, start: int, end: int) -> Vectors:
        """Return the vectors `(n, size)` of the tokens that begin in `start` to `end` of the article's text."""
        return self.tokens.vectors(*self.tokens.range(self._numbers[article.article_id], start, end))

    def token_starts(self, article: Article, start: int, end: int) -> NDArray[np.int32]:
        """Return where in the article's text each of the same tokens begins, `(n,)`, rising."""
        first, last = self.tokens.range(self._numbers[article.article_id], start, end)
        return self.tokens.starts[first:last]

    def _row(self, passage: Passage) -> int:
        first, last = self._bounds[(number := self._numbers[passage.article_id]) : number + 2].tolist()
        for row in range(first, last):
            if (self._passages[row].start, self._passages[row].end) == (passage.start, passage.end):
                return row
        raise KeyError(passage.passage_id)

    def _scores_of_words(self, terms: Terms) -> NDArray[np.float32]:
        """Return the BM25 score of each passage and, weighed, of its article, `(n,)`."""
        of_articles = self.article_words.scores(terms)[self._article_numbers]
        return self.lexical.scores(terms) + np.float32(ARTICLE_WEIGHT) * of_articles

    def _token_ranges(self, rows: NDArray[np.int64]) -> list[list[tuple[int, int]]]:
        """Return where the tokens of each passage are: those of its article's headline, and its own."""
        found = zip(self._article_numbers[rows].tolist(), (self._passages[row] for row in rows.tolist()), strict=True)
        return [self.tokens.of_passage(number, passage.start, passage.end) for number, passage in found]

    def _best_sentences(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the best inner product among the sentences of each passage; one without whole ones gives its own."""
        best = self.dense.scores(vector, rows)
        ranges = self._within[rows]
        having = ranges[:, 1] > ranges[:, 0]
        if having.any():
            vectors = np.concatenate([self._sentence_vectors[first:last] for first, last in ranges[having].tolist()])
            counts = np.diff(ranges[having])[:, 0]
            best[having] = np.maximum.reduceat(product(vectors.astype(np.float32), vector), np.cumsum(counts) - counts)
        return best


def _meaning(vector_score: Any, late_score: Any) -> Any:
    """Numbers or arrays alike."""
    return LATE_SHARE * late_score + (1 - LATE_SHARE) * vector_score


def _sentences_within(
    sentences: NDArray[np.int32], articles: Sequence[Article], passages: Sequence[Passage]
) -> NDArray[np.int64]:
    """Return the half-open range of sentence rows that lie wholly within each passage, `(n, 2)`."""
    numbers = {article.article_id: number for number, article in enumerate(articles)}
    longest = max((len(article.text) for article in articles), default=0) + 1
    base = np.asarray([numbers[passage.article_id] * longest for passage in passages], np.int64)
    keys = sentences[:, 0].astype(np.int64) * longest
    first = np.searchsorted(keys + sentences[:, 1], base + [passage.start for passage in passages], side="left")
    last = np.searchsorted(keys + sentences[:, 2], base + [passage.end for passage in passages], side="right")
    return np.stack([first, np.maximum(first, last)], axis=1).astype(np.int64).reshape(-1, 2)
