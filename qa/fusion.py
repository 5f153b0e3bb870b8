"""Two rankings -> one: weighted sum of scores, each scaled to 0..1 over its own candidates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.channels import Candidate

# What meaning counts in the fused score; chosen on development sets: benchmarks/README.md
DENSE_WEIGHT = 0.55
DENSE_WEIGHT_FOREIGN = 0.7  # an English or Chinese question shares only names and numbers with a Vietnamese text

Scores = NDArray[np.float64]


def fuse(candidates: Sequence[Candidate], dense_weight: float) -> Scores:
    """Return the fused score of each candidate, in [0, 1]: min-max scaling, then a weighted mean.

    Scaling runs from the worst candidate that its channel itself found to the best; what a channel did not find
    keeps the score it has there, at least 0 (Bruch, Gai & Ingber 2023, convex combination).
    """
    dense = _scaled([c.dense_score for c in candidates], [c.dense_rank is not None for c in candidates])
    lexical = _scaled([c.lexical_score for c in candidates], [c.lexical_rank is not None for c in candidates])
    return dense_weight * dense + (1 - dense_weight) * lexical


def _scaled(scores: Sequence[float], found: Sequence[bool]) -> Scores:
    values = np.asarray(scores, np.float64)
    own = values[np.asarray(found, bool)]
    if len(own) == 0:
        return np.zeros(len(values))
    low, high = own.min(), own.max()
    if high <= low:
        return np.asarray(found, np.float64)
    scaled: Scores = np.clip((values - low) / (high - low), 0.0, 1.0)
    return scaled
