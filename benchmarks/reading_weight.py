"""Compare what the cross-encoder's word counts: `python -m benchmarks.reading_weight INDEX=GOLD.jsonl …`.

Prints how often the sentence that is put first holds a gold quote, for each weight of its log-odds in the order of
sentences (0: without them), of Vietnamese questions and of those in other languages.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from benchmarks.arguments import given
from qa import Assistant
from qa.decision import ranking
from qa.evaluation import Gold, read_gold
from qa.extraction import answering_first
from qa.reading_rows import MOST

WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 4.0)  # of one unit of log-odds


def main(arguments: Sequence[str]) -> None:
    """Print a line for each pair and group of languages."""
    for argument in arguments:
        directory, _, path = argument.partition("=")
        assistant = Assistant.open(directory)
        groups: dict[str, list[list[bool]]] = defaultdict(list)
        for gold in read_gold(path):
            if gold.answers:
                groups["vi" if gold.language == "vi" else "foreign"].append(_right(assistant, gold))
        for group, right in sorted(groups.items()):
            shares = np.mean(right, axis=0)
            listed = ", ".join(f"{weight} {share:.3f}" for weight, share in zip(WEIGHTS, shares, strict=True))
            sys.stdout.write(f"{argument} {group}, {len(right)} questions: {listed}\n")
        sys.stdout.flush()


def _right(assistant: Assistant, gold: Gold) -> list[bool]:
    """Return for each weight whether the sentence that is put first holds a gold quote."""
    reading = assistant.read(gold.text)
    found: list[bool] = []
    for weight in WEIGHTS:
        weights = {**ranking(reading.query.language), "read": 2 * MOST * weight}
        scored = [each.with_evidence(each.evidence, weights) for each in reading.candidates]
        first = answering_first(sorted(scored, key=lambda each: -each.score))[:1]
        found.append(any(gold.holds(each.article, each.article.text[each.start : each.end]) for each in first))
    return found


if __name__ == "__main__":
    main(given(__doc__, several="INDEX=GOLD.jsonl"))
