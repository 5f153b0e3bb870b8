"""The likeliest sentences read again, together with the question: `cross_encoder.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import Passage
from index.channels import Sentence
from qa.extraction import Candidate, answering_first
from qa.reading_rows import MOST, Window
from qa.types import Query

# What is read costs time by its words, and the right sentence is rarely behind these. The end of the sentence before
# says who "he" is, and what "this project".
SENTENCES_READ, WORDS_READ, WORDS_BEFORE = 3, 100, 16
UNLIKELY = -2.0  # log-odds below which a sentence that was read does not seem to answer


class Judge(Protocol):
    """What tells how likely sentences answer a question: `qa.cross_encoder.CrossEncoder`."""

    def log_odds(self, question: str, windows: Sequence[Window]) -> list[NDArray[np.float64]]:
        """Return for each window, for each of its sentences, the log-odds that it answers."""


def read_again(
    judge: Judge,
    query: Query,
    candidates: Sequence[Candidate],
    sentences: Callable[[Passage], Sequence[Sentence]],
    weights: Mapping[str, float],
) -> list[Candidate]:
    """Return the candidates, which come best first, in the order that the judge's word on the first of them gives.

    Equal ones stay in theirs. `sentences` are those of a passage, in order.
    """
    taken: list[Candidate] = []
    windows: list[Window] = []
    left = WORDS_READ
    for candidate in answering_first(candidates)[:SENTENCES_READ]:
        window = _window(candidate, sentences(candidate.hit.passage))
        words = sum(len(text.split()) for text in window.sentences)
        if words <= left or not taken:
            taken.append(candidate)
            windows.append(window)
            left -= words
    log_odds = judge.log_odds(query.searched, windows)
    read = {id(each): _read(each, float(odds[-1]), weights) for each, odds in zip(taken, log_odds, strict=True)}
    return sorted((read.get(id(each), each) for each in candidates), key=lambda candidate: -candidate.score)


def best_log_odds(candidates: Sequence[Candidate]) -> float:
    """Return the most that the judge gave one of the candidates; -MOST where it read none."""
    return max(map(_log_odds, candidates), default=-MOST)


def seems_to_answer(candidate: Candidate) -> bool:
    """Return whether the judge read the sentence and did not find it unlikely."""
    return _log_odds(candidate) >= UNLIKELY


def _log_odds(candidate: Candidate) -> float:
    return 2 * MOST * candidate.evidence.read - MOST


def _window(candidate: Candidate, sentences: Sequence[Sentence]) -> Window:
    text = candidate.article.text
    before = [each for each in sentences if each.end <= candidate.start][-1:]
    ends = [" ".join(text[each.start : each.end].split()[-WORDS_BEFORE:]) for each in before]
    return Window(candidate.article.title or "", (*ends, text[candidate.start : candidate.end]))


def _read(candidate: Candidate, log_odds: float, weights: Mapping[str, float]) -> Candidate:
    return candidate.with_evidence(replace(candidate.evidence, read=(log_odds + MOST) / (2 * MOST)), weights)
