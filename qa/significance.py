"""Could a difference between two runs be chance? Paired differences, one a question -> p, interval, corrected p.

Whether it could be is asked by paired randomisation: if the two were alike, each question's difference might as well
have the other sign (Fisher 1935; for retrieval Smucker, Allan and Carterette 2007). Intervals come from the paired
percentile bootstrap (Efron 1979); the p values of several measures are corrected after Holm (1979).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = RESAMPLES = 10_000
CONFIDENCE = 0.95  # of the intervals
SEED = 20260101  # any: it is fixed so that a comparison comes out the same each time
EQUAL = 1e-9  # values that differ by less are the same
_AT_ONCE = 2_000_000  # numbers drawn at a time, to bound memory


def randomisation_p(differences: Sequence[float], seed: int = SEED) -> float:
    """Return the two-sided p of paired differences under PERMUTATIONS draws of their signs; 1 if none differs.

    The observed order counts as one draw, so that p is never 0 (Phipson and Smyth 2010).
    """
    each = np.asarray(differences, np.float64)
    each = each[np.abs(each) > EQUAL]  # a question without difference has none with the other sign either
    observed = abs(each.sum()) - EQUAL
    generator = np.random.default_rng(seed)
    as_great = 0
    for rows in _rows(PERMUTATIONS, len(each)):
        signs = generator.integers(0, 2, (rows, len(each)), np.int8) * 2.0 - 1.0
        as_great += int((np.abs(signs @ each) >= observed).sum())
    return (1 + as_great) / (1 + PERMUTATIONS)


def bootstrap_interval(differences: Sequence[float], seed: int = SEED) -> tuple[float, float]:
    """Return the interval of CONFIDENCE of the mean of paired differences, from RESAMPLES draws of questions."""
    each = np.asarray(differences, np.float64)
    generator = np.random.default_rng(seed)
    drawn: list[NDArray[np.float64]] = [
        each[generator.integers(0, len(each), (rows, len(each)))].mean(axis=1) for rows in _rows(RESAMPLES, len(each))
    ]
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(np.concatenate(drawn), [outside, 1 - outside])
    return float(low), float(high)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return each p corrected for all of them (Holm 1979, step-down), in the order given."""
    corrected = [0.0] * len(p_values)
    least = 0.0
    for place, row in enumerate(sorted(range(len(p_values)), key=lambda row: p_values[row])):
        least = max(least, min(1.0, (len(p_values) - place) * p_values[row]))
        corrected[row] = least
    return corrected


def _rows(total: int, width: int) -> Iterator[int]:
    """Cut `total` rows into pieces of at most _AT_ONCE numbers."""
    most = max(1, _AT_ONCE // max(1, width))
    for start in range(0, total, most):
        yield min(most, total - start)
