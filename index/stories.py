"""Near copies of one text, grouped as one story: a report that several papers print, each with small edits.

Two articles are near copies if their texts resemble each other: of all runs of `SHINGLE` words that either has, at
least `RESEMBLANCE` are in both (Broder 1997, "On the resemblance and containment of documents"). One word in twenty
changed leaves a resemblance of 0.63; a digest that holds a whole other article among more text resembles it too little.
Which pairs to look at is told by sketches, the `SKETCH` least of a text's hashed shingles, of which near copies share
about as many as they do of all; the resemblance of such a pair is then counted exactly. A story is what hangs together
by near copies.

Sketches are kept with the index, so that a sync reads only new texts and those that look like copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store import read_jsonl, write_jsonl
from index.stored_arrays import save_array
from index.terms import GOLDEN
from index.types import Article, Story

STORIES, SKETCHES = "stories.jsonl", "sketches.npy"
SHINGLE = 5  # words
RESEMBLANCE = 0.5
LEAST_SHINGLES = 15  # two texts shorter than a long sentence share little but set phrases
SKETCH = 64
LOOKED_AT = 16  # shared values of two sketches: near copies share 43 of 64, give or take 4
FEW, NEXT = 20, 8  # where more articles than the first share a value, each is compared with the next 8 only
_NOTHING = np.uint64(2**64 - 1)  # fills the sketch of a short text
_PUNCTUATION = ".,;:!?…\"'“”‘’«»()[]{}–—-/"

Hashes = NDArray[np.uint64]


def stories_of(articles: Sequence[Article], sketches: Hashes) -> tuple[Story, ...]:
    """Return the stories that two or more of `articles` tell, each with the earliest first, in order of the articles.

    An article whose day is not known comes after those whose day is. `sketches`: those of the articles' texts.
    """
    groups = near_copies([article.text for article in articles], sketches)
    return tuple(Story(tuple(sorted((articles[each] for each in group), key=_day))) for group in groups)


def near_copies(texts: Sequence[str], sketches: Hashes) -> list[list[int]]:
    """Return the groups of two or more near copies among `texts`, by their numbers, in order."""
    shingles = lru_cache(maxsize=None)(lambda number: shingles_of(texts[number]))
    pairs = [pair for pair in _looking_alike(sketches) if _resemble(*map(shingles, pair))]
    leaders = {number: number for pair in pairs for number in pair}

    def leader(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    for pair in pairs:
        low, high = sorted(map(leader, pair))
        leaders[high] = low
    groups: dict[int, list[int]] = {}
    for number in sorted(leaders):
        groups.setdefault(leader(number), []).append(number)
    return list(groups.values())


def sketches_of(texts: Sequence[str], known: Mapping[str, Hashes] | None = None) -> Hashes:
    """Return the sketch of each text, `(n, SKETCH)`, in order of size; those of `known` texts are taken from there."""
    known = known or {}
    sketches = np.full((len(texts), SKETCH), _NOTHING)
    for row, text in zip(sketches, texts, strict=True):
        least = known[text] if text in known else shingles_of(text)[:SKETCH]
        row[: len(least)] = least
    return sketches


def shingles_of(text: str) -> Hashes:
    """Return the hashes of the shingles of `text`, each once, in order of size. They are the same on every machine."""
    words = [_word_hash(word) for word in text.lower().split()]
    row = np.asarray([word for word in words if word], np.uint64)
    count = max(0, len(row) - SHINGLE + 1)
    shingles = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        shingles = (shingles ^ row[place : place + count]) * GOLDEN
        shingles ^= shingles >> np.uint64(32)
    return np.unique(shingles)


def write_stories(folder: Path, stories: Iterable[Story], sketches: Hashes) -> None:
    """Write the sketches, and the stories as ids of their articles, if there are any, to the generation in `folder`."""
    save_array(folder / SKETCHES, sketches)
    rows = [{"article_ids": [article.article_id for article in story.articles]} for story in stories]
    if rows:
        write_jsonl(folder / STORIES, iter(rows))


def stored_stories(folder: Path, articles: Mapping[str, Article]) -> tuple[Story, ...]:
    """Return the stories of the generation in `folder`; `articles` are those of the same generation."""
    path = folder / STORIES
    rows = read_jsonl(path) if path.is_file() else []
    return tuple(Story(tuple(articles[article_id] for article_id in row["article_ids"])) for row in rows)


def stored_sketches(folder: Path) -> Hashes | None:
    """Return the sketches of the generation in `folder`; None for one that was written without."""
    path = folder / SKETCHES
    return np.load(path, allow_pickle=False) if path.is_file() else None


def _day(article: Article) -> datetime:
    return article.published or datetime.max


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    """Return a hash of a word without the punctuation around it; 0 for nothing but that."""
    bare = word.strip(_PUNCTUATION)
    return int.from_bytes(hashlib.blake2b(bare.encode(), digest_size=8).digest(), "little") if bare else 0


def _resemble(one: Hashes, other: Hashes) -> bool:
    if min(len(one), len(other)) < LEAST_SHINGLES:
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= RESEMBLANCE * (len(one) + len(other) - shared)


def _shared_values(sketches: Hashes) -> tuple[NDArray[np.int64], Hashes]:
    """Return the values that several sketches have, in order of size, and before them whose they are, in order."""
    order = np.argsort(sketches, axis=None, kind="stable")
    values = sketches.reshape(-1)[order]
    same = values[1:] == values[:-1]
    shared = np.zeros(len(values), bool)
    shared[1:] |= same
    shared[:-1] |= same
    shared &= values != _NOTHING
    return order[shared] // SKETCH, values[shared]


def _looking_alike(sketches: Hashes) -> list[tuple[int, int]]:
    """Return the pairs of texts that share enough of their sketches to be looked at, the lower number first."""
    owners, values = _shared_values(sketches)
    starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(values)), bool), values[1:] != values[:-1]]))
    counts = np.diff(starts, append=len(values))
    having = np.repeat(counts, counts)
    keys = [np.zeros(0, np.int64)]
    for step in range(1, FEW):
        same = (values[step:] == values[:-step]) & ((having[step:] <= FEW) | (step <= NEXT))
        keys.append(owners[:-step][same] * len(sketches) + owners[step:][same])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    sizes = (sketches != _NOTHING).sum(axis=1)
    first, second = pairs // max(1, len(sketches)), pairs % max(1, len(sketches))
    enough = shared >= LOOKED_AT * np.minimum(sizes[first], sizes[second]) / SKETCH
    return list(zip(first[enough].tolist(), second[enough].tolist(), strict=True))
