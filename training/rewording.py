"""A Vietnamese query said with other words: phrases of a dictionary become synonyms, English or Chinese.

A query that keeps its passage's own words teaches the encoder what BM25 does already; a reworded one teaches meaning,
and lays English and Chinese beside Vietnamese.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from training.types import Translation

_LONGEST_PHRASE = 4
# A syllable alone is mostly part of a word that the dictionary does not have: "quân" in "hải quân" is no "army".
_SYLLABLE_SHARE = 0.25
_GLOSS_BEGINS = re.compile(r"\b(?:a|an|the|to|of|in|at|any|that|which|who|one|for|having|being|person|member|type)\b")


class Rewording:
    """Vietnamese phrases and what else they can be called."""

    def __init__(self, alternatives: dict[str, tuple[str, ...]]) -> None:
        self._alternatives = alternatives

    @classmethod
    def from_dictionary(cls, words: Sequence[Translation]) -> Rewording:
        """Return the rewording by a dictionary; two entries with one English gloss mean the same."""
        by_gloss: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"vi": [], "zh": []})
        for word in words:
            by_gloss[word.english][word.language] += [x.strip() for x in word.text.split(",") if x.strip()]
        alternatives: dict[str, set[str]] = defaultdict(set)
        for gloss, entry in by_gloss.items():
            for phrase in entry["vi"]:
                others = [x for x in entry["vi"] if x != phrase]
                alternatives[phrase.lower()].update([*others, *entry["zh"], headword(gloss)])
        return cls({phrase: tuple(sorted(others)) for phrase, others in alternatives.items() if others})

    def reword(self, query: str, share: float, random: Random) -> str:
        """Return the query with about that share of its known phrases replaced, longest phrase first."""
        words, said, at = query.split(), [], 0
        while at < len(words):
            length = self._known_phrase(words, at)
            phrase = " ".join(words[at : at + max(1, length)])
            likely = share if length > 1 else share * _SYLLABLE_SHARE
            if length and random.random() < likely:
                phrase = random.choice(self._alternatives[phrase.lower()])
            said.append(phrase)
            at += max(1, length)
        return " ".join(said)

    def _known_phrase(self, words: list[str], at: int) -> int:
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            if " ".join(words[at : at + length]).lower() in self._alternatives:
                return length
        return 0


def headword(gloss: str) -> str:
    """Return the word that a gloss explains: "pecan the nut of this tree" -> "pecan"."""
    begins = _GLOSS_BEGINS.search(gloss, 1)
    word = gloss[: begins.start()].strip() if begins else ""
    return word if word and len(word.split()) <= 2 else gloss.split(maxsplit=1)[0]
