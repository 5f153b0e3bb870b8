"""`--fail-under "nDCG@10=0.9"`: the least value that a measure must reach."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from qa.measures import check_names


class FloorError(ValueError):
    """A floor that is not written as NAME=VALUE."""


def read_floors(texts: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """Return the floors by measure, each a measure of rankings or one of `others`. Raises FloorError, MeasureError."""
    floors: dict[str, float] = {}
    for text in texts:
        name, _, value = (part.strip() for part in text.partition("="))
        check_names([name], others)
        floors[name] = _number(text, value)
    return floors


def below(values: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return a line for each floor that is not reached; a measure that was not run does not reach any."""
    lines: list[str] = []
    for name, floor in floors.items():
        if name not in values:
            lines.append(f"{name} was not run: no question is of it")
        elif values[name] < floor:
            lines.append(f"{name} is {values[name]:.4f}, below {floor:g}")
    return lines


def _number(text: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise FloorError(f"--fail-under {text!r}: not NAME=VALUE, as in nDCG@10=0.9")
    return number
