"""Compare weights of the vector in the fused score: `python -m benchmarks.fusion_weight INDEX GOLD.jsonl`.

Prints for each weight, first of the Vietnamese and then of the English and Chinese answerable questions, the share with
a right passage among the first 1, 3 and 5 of the fused ranking, before sentences are read.
"""

from __future__ import annotations

import sys

from benchmarks.passage_size import FIRST, shares
from index import PassageIndex
from qa.evaluation import read_gold

WEIGHTS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 1.0)


def main(directory: str, gold: str) -> None:
    """Print a line for each weight and group of questions."""
    made = PassageIndex.open(directory)
    questions = [question for question in read_gold(gold) if question.answers]
    for vietnamese in (True, False):
        group = [question for question in questions if (question.language == "vi") is vietnamese]
        for weight in WEIGHTS:
            found = shares(made, group, weight, weight)
            listed = ", ".join(f"{share:.3f} in the first {k}" for k, share in zip(FIRST, found, strict=True))
            sys.stdout.write(f"{'Vietnamese' if vietnamese else 'foreign'}, weight {weight}: {listed}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
