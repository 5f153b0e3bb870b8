"""Compare weights of proximity in the order shown: `python -m benchmarks.proximity_weight TEST_SET [TEST_SET …]`.

Each is a BEIR folder or SQuAD file, whose articles are indexed in memory, or `INDEX=GOLD.jsonl`: gold questions.
Prints nDCG@10 of the passages as `search` shows them, for each reach of the window (in words) and each weight of
proximity (0: by the sentences alone); an article counts once, one right passage is enough. Of gold questions only the
Vietnamese ones are asked: proximity is not looked at for the others.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.arguments import given
from benchmarks.fusion_weight import FOREIGN, read_asked
from index import PassageIndex
from index.lexical import folded
from index.vietnamese import syllables
from qa import Assistant
from qa.assistant import Reading
from qa.proximity import REACH, proximity
from qa.shown_order import PROXIMITY_WEIGHT, by_their_sentences
from qa.types import Hit

REACHES = (12, REACH, 50)
WEIGHTS = (0.0, 0.5, PROXIMITY_WEIGHT, 1.5, 2.0, 3.0)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each set and reach."""
    for argument in arguments:
        made, asked = read_asked(argument)
        assistant = Assistant(made)
        gains = [_gains(assistant, made, text, rows) for text, group, rows in asked if group != FOREIGN]
        for reach, row in zip(REACHES, np.mean(gains, axis=0), strict=True):
            listed = ", ".join(f"{weight} {gain:.4f}" for weight, gain in zip(WEIGHTS, row, strict=True))
            sys.stdout.write(f"{argument} {reach} words: {listed}\n")
        sys.stdout.flush()


def _gains(assistant: Assistant, made: PassageIndex, text: str, right: frozenset[int]) -> list[list[float]]:
    """Return nDCG@10 for each reach and weight."""
    reading = assistant.read(text)
    answering = {made.passages[row].passage_id for row in right}
    return [[_gain(reading, _near(reading, made, reach), weight, answering) for weight in WEIGHTS] for reach in REACHES]


def _near(reading: Reading, made: PassageIndex, reach: int) -> dict[str, float]:
    weights = made.lexical.weights(reading.terms)
    return {hit.passage.passage_id: proximity(_words(hit), weights, reach) for hit in reading.fused}


def _words(hit: Hit) -> list[tuple[str, str]]:
    words = syllables(f"{hit.article.title or ''}. {hit.passage.text}")
    return list(zip(words, folded(words), strict=True))


def _gain(reading: Reading, near: dict[str, float], weight: float, answering: set[str]) -> float:
    wrong: set[str] = set()
    shown = by_their_sentences(reading.fused, reading.candidates, lambda hit: near[hit.passage.passage_id], weight)
    for hit in shown:
        if hit.passage.passage_id in answering:
            return 1 / float(np.log2(len(wrong) + 2))
        wrong.add(hit.article.article_id)
        if len(wrong) == 10:
            break
    return 0.0


if __name__ == "__main__":
    main(given(__doc__, several="TEST_SET"))
