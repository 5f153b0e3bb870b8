"""Words -> best rows: BM25 over syllables and pairs, as written and folded for words typed without marks.

Syllable pairs stand in for a word segmenter: most Vietnamese words are two syllables long. A pair counts less than a
word, for its two words are counted already. All three numbers were chosen on development sets: benchmarks/README.md.
BM25 as in Lucene (Robertson & Zaragoza 2009); bm25s adds up the scores of a question's words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.old_lexical import FORMAT_3, postings_of_format_3
from index.postings import Postings, scored
from index.terms import PAIR, hashes_of, places_of
from index.vietnamese import has_marks, strip_marks
from index.word_counts import count_words

K1, B = 1.2, 0.75
PAIR_WEIGHT = 0.5
USED = (K1, B, PAIR_WEIGHT)
# A question of which fewer words carry marks was typed without them; in running text about 3 of 4 words do.
MARKED_SHARE = 0.3

_strip_word = lru_cache(maxsize=50_000)(strip_marks)  # the same few thousand syllables make up every text

Scores = NDArray[np.float32]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question as they are looked up: `exact` as typed, `folded` without marks.

    `others` are the same question with things under other names; a row counts by the names that it fits best.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    others: tuple[Terms, ...] = ()


class LexicalIndex:
    """Two BM25 indexes over the same rows, exact and folded."""

    def __init__(self, exact: Postings, folded: Postings, count: int) -> None:
        self._exact, self._folded, self.count = _Words(exact, count), _Words(folded, count), count

    @classmethod
    def build(
        cls, texts: Iterable[str], k1: float = K1, b: float = B, pair_weight: float = PAIR_WEIGHT
    ) -> LexicalIndex:
        """Return the index of `texts`, each of which is asked for once; a row is a place among them.

        Raises OSError where the disk has no room for temporary files.
        """
        exact, bare = count_words(texts)
        how, count = (k1, b, pair_weight), len(exact.lengths)
        return cls(scored([exact], count, how), scored([bare], count, how), count)

    def renewed(self, taken: NDArray[np.int64], texts: Iterable[str]) -> LexicalIndex:
        """Return the index of rows each of which is the row of this one that `taken` `(n,)` says, none of them twice,
        or, where that is -1, the next of `texts`. It is the one that `build` returns of all texts.

        Raises ValueError if this one is not `counted`, OSError where the disk has no room for temporary files.
        """
        if not self.counted:
            raise ValueError("an index of format 3 tells no counts of words: build it of all texts")
        moved, kept = np.full(self.count, -1), np.flatnonzero(taken >= 0)
        moved[taken[kept]] = kept
        exact, bare = (
            scored([words.postings.counts(moved), replace(new, moved=np.flatnonzero(taken < 0))], len(taken), USED)
            for words, new in zip((self._exact, self._folded), count_words(texts), strict=True)
        )
        return LexicalIndex(exact, bare, len(taken))

    @property
    def counted(self) -> bool:
        """Whether it can be `renewed`: an index of format 3 cannot."""
        return self._exact.postings.counted

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """Return the index that `save` wrote in `folder`, or that an earlier version did."""
        exact, bare = (
            postings_of_format_3(part) if (part / FORMAT_3).is_file() else Postings.load(part)
            for part in (folder / "exact", folder / "folded")
        )
        return cls(exact, bare, count)

    def save(self, folder: Path) -> None:
        """Write both indexes below `folder`, as arrays."""
        self._exact.postings.save(folder / "exact")
        self._folded.postings.save(folder / "folded")

    def same_as(self, other: LexicalIndex) -> bool:
        """Return whether both have the same words with the same scores, but for rounding, in the same rows."""
        pairs = ((self._exact.postings, other._exact.postings), (self._folded.postings, other._folded.postings))
        return self.count == other.count and all(mine.same_as(theirs) for mine, theirs in pairs)

    def knows(self, word: str, among: Rows | None = None) -> bool:
        """Return whether the corpus, or those rows of it `(count,)`, has `word` exactly as written."""
        return self._exact.has(word, among)

    def knows_folded(self, word: str, among: Rows | None = None) -> bool:
        """Return whether the corpus, or those rows of it `(count,)`, has `word` under any marks."""
        return self._folded.has(word, among)

    def terms(self, words: Sequence[str]) -> Terms:
        """Return how `words`, syllables in their order, are looked up: each exactly or folded, and so each pair.

        A word with marks is meant as typed. A word without them is meant so too in a question that has marks
        elsewhere, if the corpus usually spells it so; in a question without marks every word is folded.
        """
        marked = sum(has_marks(word) for word in words) > MARKED_SHARE * len(words)
        as_typed = [has_marks(word) or (marked and self._own_spelling(word)) for word in words]
        exact = [word for word, typed in zip(words, as_typed, strict=True) if typed]
        without = [strip_marks(word) for word, typed in zip(words, as_typed, strict=True) if not typed]
        for left, right in pairwise(range(len(words))):
            pair = words[left] + PAIR + words[right]
            if as_typed[left] and as_typed[right]:
                exact.append(pair)
            else:
                without.append(strip_marks(pair))
        return Terms(tuple(exact), tuple(without))

    def scores(self, terms: Terms) -> Scores:
        """Return the BM25 score of every row, `(count,)`; 0 where no word is found."""
        scores = self._exact.scores(terms.exact) + self._folded.scores(terms.folded)
        for other in terms.others:
            scores = np.maximum(scores, self.scores(other))
        return scores

    def weights(self, terms: Terms) -> list[tuple[str, bool, float]]:
        """Return each term of `terms`, whether it is exact, and its inverse document frequency (0 to about 12).

        A term that the corpus has not weighs as one that a single row has.
        """
        return [
            *((term, True, self._exact.weight(term)) for term in terms.exact),
            *((term, False, self._folded.weight(term)) for term in terms.folded),
        ]

    def _own_spelling(self, word: str) -> bool:
        return self.knows(word) or not self.knows_folded(word)


class _Words:
    """The words of one spelling, which a question asks for by their letters."""

    def __init__(self, postings: Postings, count: int) -> None:
        self.postings, self._count = postings, count
        self._bm25 = bm25s.BM25()
        self._bm25.scores = {
            "data": postings.data,
            "indices": postings.indices,
            "indptr": postings.indptr,
            "num_docs": count,
        }
        self._bm25.nonoccurrence_array = None

    def has(self, term: str, among: Rows | None) -> bool:
        """Return whether any row, or any of those rows, has `term`."""
        rows = self._rows(term)
        return len(rows) > 0 if among is None else bool(among[rows].any())

    def weight(self, term: str) -> float:
        """ln(1 + (N - n + .5) / (n + .5)): Robertson & Zaragoza 2009, as Lucene has it."""
        having = max(1, len(self._rows(term)))
        return math.log(1 + (self._count - having + 0.5) / (having + 0.5))

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return the score of every row, `(count,)`."""
        places = places_of(hashes_of(terms), self.postings.terms)
        known = places[places >= 0]
        if not len(known):
            return np.zeros(self._count, np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(known), np.float32)

    def _rows(self, term: str) -> NDArray[np.int32]:
        (place,) = places_of(hashes_of([term]), self.postings.terms).tolist()
        first, last = self.postings.indptr[place : place + 2].tolist() if place >= 0 else (0, 0)
        return self.postings.indices[first:last]


def with_pairs(words: Sequence[str]) -> list[str]:
    """Return `words` and every two neighbours joined by `PAIR`, which no word holds."""
    return [*words, *(left + PAIR + right for left, right in pairwise(words))]


def folded(words: Sequence[str]) -> list[str]:
    """Return `words` without marks."""
    return [_strip_word(word) for word in words]


def best_rows(scores: Scores, k: int) -> NDArray[np.int64]:
    """Return the rows of the `k` best scores above 0, best first, equal ones in order of rows."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > k:
        least = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= least]
    return rows[np.lexsort((rows, -scores[rows]))][:k].astype(np.int64)
