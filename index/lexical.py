"""Words -> best rows: BM25 over syllables and pairs, as written and folded for words typed without marks.

Syllable pairs stand in for a word segmenter: most Vietnamese words are two syllables long. A pair counts less than a
word, for its two words are counted already. All three numbers were chosen on development sets: benchmarks/README.md.
BM25 as in Lucene (Robertson & Zaragoza 2009), by bm25s.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.stored_arrays import save_array
from index.vietnamese import has_marks, strip_marks, syllables

K1, B = 1.2, 0.75
PAIR, PAIR_WEIGHT = "_", 0.5
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

    def __init__(self, exact: bm25s.BM25, folded: bm25s.BM25, count: int) -> None:
        self._exact, self._folded, self.count = exact, folded, count

    @classmethod
    def build(
        cls, texts: Sequence[str], k1: float = K1, b: float = B, pair_weight: float = PAIR_WEIGHT
    ) -> LexicalIndex:
        """Return the index of `texts`; a row is a place in it."""
        how = (k1, b, pair_weight)
        exact = _bm25((with_pairs(syllables(text)) for text in texts), *how)
        bare = _bm25((with_pairs(folded(syllables(text))) for text in texts), *how)
        return cls(exact, bare, len(texts))

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """Return the index that `save` wrote in `folder`."""
        return cls(bm25s.BM25.load(folder / "exact"), bm25s.BM25.load(folder / "folded"), count)

    def save(self, folder: Path) -> None:
        """Write both indexes below `folder`, as arrays and JSON."""
        _save(self._exact, folder / "exact")
        _save(self._folded, folder / "folded")

    def same_as(self, other: LexicalIndex) -> bool:
        """Return whether both have the same words with the same scores in the same rows."""
        pairs = ((self._exact, other._exact), (self._folded, other._folded))
        return self.count == other.count and all(_same(mine, theirs) for mine, theirs in pairs)

    def knows(self, word: str, among: Rows | None = None) -> bool:
        """Return whether the corpus, or those rows of it `(count,)`, has `word` exactly as written."""
        return _knows(self._exact, word, among)

    def knows_folded(self, word: str, among: Rows | None = None) -> bool:
        """Return whether the corpus, or those rows of it `(count,)`, has `word` under any marks."""
        return _knows(self._folded, word, among)

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
        scores = _scores(self._exact, terms.exact, self.count) + _scores(self._folded, terms.folded, self.count)
        for other in terms.others:
            scores = np.maximum(scores, self.scores(other))
        return scores

    def weights(self, terms: Terms) -> list[tuple[str, bool, float]]:
        """Return each term of `terms`, whether it is exact, and its inverse document frequency (0 to about 12).

        A term that the corpus has not weighs as one that a single row has.
        """
        return [
            *((term, True, self._idf(self._exact, term)) for term in terms.exact),
            *((term, False, self._idf(self._folded, term)) for term in terms.folded),
        ]

    def _idf(self, bm25: bm25s.BM25, term: str) -> float:
        """ln(1 + (N - n + .5) / (n + .5)): Robertson & Zaragoza 2009, as Lucene has it."""
        number = bm25.vocab_dict.get(term)
        rows = bm25.scores["indptr"][number : number + 2] if number is not None else (0, 1)
        having = max(1, int(rows[1]) - int(rows[0]))
        return math.log(1 + (self.count - having + 0.5) / (having + 0.5))

    def _own_spelling(self, word: str) -> bool:
        return self.knows(word) or word not in self._folded.vocab_dict


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


def _bm25(rows: Iterable[list[str]], k1: float, b: float, pair_weight: float) -> bm25s.BM25:
    """Words are numbered as they come, so that two builds of one corpus write the same bytes.

    Each row is read once and kept as numbers alone: the words of 100,000 passages take gigabytes.
    """
    numbers: dict[str, int] = {"": 0}
    numbered = [array("i", [numbers.setdefault(word, len(numbers)) for word in row] or [0]) for row in rows]
    bm25 = bm25s.BM25(k1=k1, b=b)
    bm25.index((numbered, numbers), show_progress=False)
    _weigh_pairs(bm25, pair_weight)
    return bm25


def _save(bm25: bm25s.BM25, folder: Path) -> None:
    """Write what `bm25s` reads; the arrays by ourselves, since it can lose an error of the disk."""
    arrays = {name: bm25.scores[name] for name in ("data", "indices", "indptr")}
    without = copy(bm25)
    without.scores = {**bm25.scores, **{name: part[:0] for name, part in arrays.items()}}
    without.save(folder, show_progress=False)
    for name, part in arrays.items():
        save_array(folder / f"{name}.csc.index.npy", part)


def _same(mine: bm25s.BM25, theirs: bm25s.BM25) -> bool:
    arrays = ("data", "indices", "indptr")
    return bool(mine.vocab_dict == theirs.vocab_dict) and all(
        np.array_equal(mine.scores[name], theirs.scores[name]) for name in arrays
    )


def _weigh_pairs(bm25: bm25s.BM25, weight: float) -> None:
    """Scores are computed when the index is made and kept term by term, so pairs are weighed there, once."""
    is_pair = np.zeros(len(bm25.scores["indptr"]) - 1, bool)
    is_pair[[number for term, number in bm25.vocab_dict.items() if PAIR in term]] = True
    of_pairs = np.repeat(is_pair, np.diff(bm25.scores["indptr"]))
    bm25.scores["data"][of_pairs] *= np.float32(weight)


def _knows(bm25: bm25s.BM25, word: str, among: Rows | None) -> bool:
    number = bm25.vocab_dict.get(word)
    if number is None or among is None:
        return number is not None
    first, last = bm25.scores["indptr"][number : number + 2]
    return bool(among[bm25.scores["indices"][first:last]].any())


def _scores(bm25: bm25s.BM25, terms: Sequence[str], count: int) -> Scores:
    known = [term for term in terms if term in bm25.vocab_dict]
    if not known:
        return np.zeros(count, np.float32)
    return np.asarray(bm25.get_scores(known), np.float32)
