"""Answered or not: several signals, one probability. Learned weights, small enough to read, kept in calibration.json.

A retrieval score alone does not tell an answerable question from one that only names the same things; together the
signals do: are the question's rarer words known at all, are its names near the sentence, is the kind of answer there,
does one sentence stand out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.extraction import FEATURES, Candidate, as_features
from qa.types import Language

CALIBRATION = Path(__file__).with_name("calibration.json")
SIGNALS = (*FEATURES, "margin", "known", "agreement")

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights for one encoder: `ranking` orders sentences, `found` with its bias gives the probability of an answer."""

    ranking: Weights
    found: Weights
    bias: float
    threshold: float


@cache
def calibration(language: Language) -> Calibration:
    """Return the weights for questions in Vietnamese, or in the other languages."""
    stored: dict[str, Any] = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    part = stored["vi" if language == "vi" else "foreign"]
    return Calibration(part["ranking"], part["found"], part["bias"], stored["threshold"])


def calibrated_for() -> str:
    """Return the name of the encoder that the weights were learned with."""
    return str(json.loads(CALIBRATION.read_text(encoding="utf-8"))["encoder"])


def signals(candidates: Sequence[Candidate], known: float) -> dict[str, float]:
    """Return what the decision looks at, for sentences in order of score (at least one). `known` in [0, 1]."""
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    ranks = (best.hit.dense_rank, best.hit.lexical_rank)
    agreement = sum(1.0 / rank for rank in ranks if rank is not None) / 2
    return {
        **as_features(best.evidence),
        "margin": min(1.0, best.score - second),
        "known": known,
        "agreement": agreement,
    }


def probability(values: Mapping[str, float], weights: Calibration) -> float:
    """Return the logistic of the weighted signals: how likely the best sentence answers, in [0, 1]."""
    total = weights.bias + sum(weight * values[name] for name, weight in weights.found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
