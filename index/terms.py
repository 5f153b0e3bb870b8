"""Words and pairs of neighbours as numbers of 64 bits: what a lexical index knows them by, instead of their letters.

A word's number is a hash of its letters, a pair's is mixed of those of its two words; the last bit tells them apart.
Of n words, or n pairs, two have the same number with a probability of about n^2 / 2^64: less than one in a million for
the three million of 100,000 passages. Such two would count as one word; nothing else would be wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PAIR = "_"  # between the two words of a pair; no word holds it

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without pattern: 2**64 over the golden ratio
_HALF, _LAST = np.uint64(32), np.uint64(1)

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


def hashes_of(terms: Sequence[str]) -> Hashes:
    """Return the number of each word or pair ("a" or "a_b"), `(n,)`. They are the same on every machine."""
    left, right = word_hashes(term.partition(PAIR)[0] for term in terms), word_hashes(map(_second, terms))
    paired = np.asarray([PAIR in term for term in terms], bool)
    return np.where(paired, pair_hashes(left, right), left)


def word_hashes(words: Iterable[str]) -> Hashes:
    """Return the number of each word, `(n,)`, all even."""
    return np.fromiter(map(_word_hash, words), np.uint64)


def pair_hashes(left: Hashes, right: Hashes) -> Hashes:
    """Return the number of each pair of words that have the numbers `left` and `right`, `(n,)`, all odd."""
    mixed = (left ^ (left >> _HALF)) * GOLDEN ^ right
    mixed = (mixed ^ (mixed >> _HALF)) * GOLDEN
    return (mixed ^ (mixed >> _HALF)) | _LAST


def are_pairs(hashes: Hashes) -> NDArray[np.bool_]:
    """Return which of the numbers are those of pairs, `(n,)`."""
    return (hashes & _LAST).astype(bool)


def places_of(hashes: Hashes, terms: Hashes) -> Numbers:
    """Return where each of `hashes` stands in `terms`, which are in order, `(n,)`; -1 where it does not."""
    places = np.searchsorted(terms, hashes)
    there = np.zeros(len(hashes), bool)
    inside = places < len(terms)
    there[inside] = terms[places[inside]] == hashes[inside]
    return np.where(there, places, -1)


def _second(term: str) -> str:
    return term.partition(PAIR)[2]


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") & ~1
