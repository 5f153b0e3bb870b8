"""Time warm questions: `python -m benchmarks.latency INDEX GOLD.jsonl` prints the median and the 95th percentile.

Every question is asked once to warm up, then timed; the first answers of fresh sentences are timed apart.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

import numpy as np

from benchmarks.arguments import given
from qa import Assistant
from qa.evaluation import read_gold


def main(directory: str, gold: str) -> None:
    """Print milliseconds a question, first and second time."""
    assistant = Assistant.open(directory)
    questions = [question.text for question in read_gold(gold)]
    for what, (median, high) in twice(assistant, questions).items():
        sys.stdout.write(f"{what}: median {median:.1f} ms, 95 % below {high:.1f} ms ({len(questions)} questions)\n")


def twice(assistant: Assistant, questions: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return the median and the 95th percentile in milliseconds, for questions asked the first time and warm."""
    asked = list(questions)
    assistant.ask("Hải Phòng ở đâu?")
    found: dict[str, tuple[float, float]] = {}
    for what in ("first time", "warm"):
        median, high = np.percentile([_milliseconds(assistant, question) for question in asked], [50, 95])
        found[what] = float(median), float(high)
    return found


def _milliseconds(assistant: Assistant, question: str) -> float:
    start = time.perf_counter()
    assistant.ask(question)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*given(__doc__, "INDEX", "GOLD.jsonl"))
