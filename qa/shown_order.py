"""Hits as they were found -> the order in which they are shown: by their sentences, one of each story."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.extraction import HITS_READ, Candidate
from qa.types import Hit

# How much surer it makes a passage, in log-odds, to have all words of a question within a few of its own instead of
# none; chosen on development sets: benchmarks/README.md.
PROXIMITY_WEIGHT = 1.0


def one_of_each_story(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits without those whose article is a near copy of one that ranks better."""
    told: dict[str, str] = {}  # the article that stands for a story, by that story's earliest
    kept = [
        hit
        for hit in hits
        if hit.story is None
        or told.setdefault(hit.story.articles[0].article_id, hit.article.article_id) == hit.article.article_id
    ]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))


def by_their_sentences(
    hits: Sequence[Hit],
    candidates: Sequence[Candidate],
    proximity: Callable[[Hit], float],
    weight: float = PROXIMITY_WEIGHT,
) -> tuple[Hit, ...]:
    """Return the hits in order of how likely they hold the answer; those that were not read keep their order behind.

    Scores of sentences are learned as a softmax, so a passage is as likely as its sentences together, and more so
    where `proximity`, in [0, 1], is high; `weight` is what the whole of it adds to the log-odds. A sentence that two
    passages share counts for the better of them: the other one shows a reader nothing new. A hit's score is measured
    against the first; behind what was read the fused scores go on, below.
    """
    top = max((candidate.score for candidate in candidates), default=0.0)
    likely: dict[str, float] = {}
    for candidate in candidates:
        passage_id = candidate.hit.passage.passage_id
        likely[passage_id] = likely.get(passage_id, 0.0) + math.exp(candidate.score - top)
    read = [
        (hit, likely.get(hit.passage.passage_id, 0.0) * math.exp(weight * proximity(hit))) for hit in hits[:HITS_READ]
    ]
    read.sort(key=lambda scored: -scored[1])
    most = read[0][1] if read and read[0][1] else 1.0
    least = read[-1][1] / most if read else 1.0
    rest = [(hit, least * hit.score) for hit in hits[HITS_READ:]]
    ordered = [*((hit, score / most) for hit, score in read), *rest]
    return tuple(replace(hit, score=score, rank=rank) for rank, (hit, score) in enumerate(ordered, start=1))
