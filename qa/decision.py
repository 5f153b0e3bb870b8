"""Answered or not: many signals, one probability. What is learned is kept in calibration.json and can be read.

A retrieval score alone does not tell an answerable question from one that only names the same things; together the
signals do better: are its names near the sentence, is the kind of answer there, does one sentence stand out.
Laws come first: a sentence without any date or number does not answer "khi nào" or "bao nhiêu", an article that never
names a thing does not answer about it, and words that no article has ask for nothing in them. Behind them, each small
tree looks at two signals at most; their values are added up (gradient boosting, Friedman 2001), and more evidence never
counts against an answer. What the cross-encoder says is added to them with one weight: many trees learned from few
questions of one sort would not know how far to trust it on those of another.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.extraction import FEATURES, KIND_MISSING, Candidate, as_features
from qa.slots import ELSEWHERE, SLOT_FEATURES, SlotEvidence
from qa.types import Language, Query

CALIBRATION = Path(__file__).with_name("calibration.json")
NAME_MISSING = 0.3  # below it a name of the question is not in the article
NAME_UNLIKE = 0.7  # below it no sentence read has anything like that name either; above, it may be spelled otherwise
TOPIC = 0.5  # how likely at least a passage tells something of the name in it
DECIMALS = 6
READ_TOGETHER = "read_together"  # log-odds that the likeliest sentence answers, read together with the question
LOOKED_AT = 5  # sentences whose best evidence of each sort counts
KINDS = ("when", "how_many", "who", "where", "why", "which")
SIGNALS = (
    *FEATURES,
    *(f"best_{name}" for name in FEATURES),
    "score",
    "margin",
    "margin_of_five",
    "known",
    "dense_rank",
    "lexical_rank",
    "words",
    "foreign",
    *KINDS,
    *SLOT_FEATURES,
    *(f"best_{name}" for name in SLOT_FEATURES),
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A question about one signal: up to and including `at` goes `low`, above it `high`; both are trees or values."""

    signal: str
    at: float
    low: Tree | float
    high: Tree | float


@dataclass(frozen=True, slots=True)
class Decision:
    """The trees, the value they start from, the weight of the cross-encoder's log-odds beside them, and the probability
    from which on an answer is given.
    """

    trees: tuple[Tree | float, ...]
    start: float
    threshold: float
    read: float = 0.0


@cache
def ranking(language: Language) -> Mapping[str, float]:
    """Return the weights that order sentences, for questions in Vietnamese or in the other languages."""
    weights: dict[str, float] = _stored()["ranking"]["vi" if language == "vi" else "foreign"]
    return weights


@cache
def decision() -> Decision:
    """Return what tells answered from not."""
    return read_decision(_stored()["decision"])


def read_decision(stored: Any) -> Decision:
    """Return the decision as it is stored: its trees, start and threshold."""
    trees = tuple(_tree(tree) for tree in stored["trees"])
    return Decision(trees, stored["start"], stored["threshold"], stored["read"])


def signals(
    query: Query, candidates: Sequence[Candidate], slots: Sequence[SlotEvidence], known: float
) -> dict[str, float]:
    """Return what the decision looks at, for sentences in order of score (at least one).

    `slots` are of the first LOOKED_AT candidates, or as many as there are.
    `known` in [0, 1] is how much of the question, by rarity, the corpus has at all. Values have six decimals: sums of
    the same numbers in another order differ behind them, and a tree must not part them there.
    """
    best = candidates[0]
    five = candidates[:LOOKED_AT]
    evidence = [as_features(candidate.evidence) for candidate in five]
    values = {
        **evidence[0],
        **{f"best_{name}": max(each[name] for each in evidence) for name in FEATURES},
        "score": best.score,
        "margin": best.score - five[min(1, len(five) - 1)].score,
        "margin_of_five": best.score - five[-1].score,
        "known": known,
        "dense_rank": 1 / best.hit.dense_rank if best.hit.dense_rank else 0.0,
        "lexical_rank": 1 / best.hit.lexical_rank if best.hit.lexical_rank else 0.0,
        "words": float(len(query.text.split())),
        "foreign": float(query.language != "vi"),
        **{kind: float(query.kind == kind) for kind in KINDS},
        **{name: getattr(slots[0], name) for name in SLOT_FEATURES},
        **{f"best_{name}": max(getattr(each, name) for each in slots) for name in SLOT_FEATURES},
    }
    return {name: round(value, DECIMALS) for name, value in values.items()}


def is_ruled_out(values: Mapping[str, float]) -> bool:
    """Return whether the best sentence cannot answer: the wanted kind, a name, or every word is missing."""
    if values["kind"] < KIND_MISSING:
        return True
    # A foreign name may stand in the articles under a spelling that the table of names does not know.
    spelled = values["best_name_soft"] >= NAME_UNLIKE and values["best_numeral"] >= ELSEWHERE  # 2022 is like 2023
    nameless = values["name_least"] < NAME_MISSING and not spelled
    return not values["foreign"] and (values["known"] == 0 or nameless)


def probability(values: Mapping[str, float], decided_by: Decision) -> float:
    """Return how likely the best sentence answers, in [0, 1]; 0 for one that is ruled out.

    Where nothing is asked but what is said of a name (`values["topic"]`), a passage with that name tells it.
    """
    if is_ruled_out(values):
        return 0.0
    least = TOPIC if values.get("topic") and values["names_near"] == 1 else 0.0
    total = decided_by.start + sum(_value(tree, values) for tree in decided_by.trees)
    total += decided_by.read * values.get(READ_TOGETHER, 0.0)
    return max(least, 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))))


def _value(tree: Tree | float, values: Mapping[str, float]) -> float:
    while isinstance(tree, Tree):
        tree = tree.low if values[tree.signal] <= tree.at else tree.high
    return tree


def _tree(stored: Any) -> Tree | float:
    """A tree is stored as [signal, at, low, high], a value as a number."""
    if isinstance(stored, (int, float)):
        return float(stored)
    signal, at, low, high = stored
    return Tree(signal, at, _tree(low), _tree(high))


@cache
def _stored() -> Any:
    return json.loads(CALIBRATION.read_text(encoding="utf-8"))
