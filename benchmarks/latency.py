"""Time warm questions: `python -m benchmarks.latency INDEX GOLD.jsonl` prints the median and the 95th percentile.

Every question is asked once to warm up, then timed; the first answers of fresh sentences are timed apart.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from qa import Assistant
from qa.evaluation import read_gold


def main(directory: str, gold: str) -> None:
    """Print milliseconds a question, first and second time."""
    assistant = Assistant.open(directory)
    questions = [question.text for question in read_gold(gold)]
    assistant.ask("Hải Phòng ở đâu?")
    for what in ("first time", "warm"):
        milliseconds = []
        for question in questions:
            start = time.perf_counter()
            assistant.ask(question)
            milliseconds.append((time.perf_counter() - start) * 1000)
        median, high = np.percentile(milliseconds, [50, 95])
        sys.stdout.write(f"{what}: median {median:.1f} ms, 95 % below {high:.1f} ms ({len(questions)} questions)\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
