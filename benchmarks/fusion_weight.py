"""Compare weights of meaning in the fused ranking: `python -m benchmarks.fusion_weight TEST_SET [TEST_SET …]`.

Each is a BEIR folder or SQuAD file, whose articles are indexed in memory, or `INDEX=GOLD.jsonl`: gold questions.
Prints nDCG@10 of the fused ranking, before sentences are read, for each weight of meaning (0 is words alone, 1 meaning
alone) and each share of late interaction in meaning.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.arguments import given
from index import Encoder, PassageIndex
from index.channels import LATE_SHARE, Candidate
from qa.evaluation import read_gold
from qa.fusion import fuse
from qa.lookup import look_up
from qa.question import content_words, parse_question
from qa.test_sets import read_test_set

WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
SHARES = (0.0, 0.5, LATE_SHARE, 0.8, 1.0)

FOREIGN = "foreign"  # the group of English and Chinese gold questions

# A question, its group, and which passages (rows) answer it.
Asked = tuple[str, str, frozenset[int]]


def main(arguments: Sequence[str]) -> None:
    """Print a line for each set, or for each language of gold questions."""
    for argument in arguments:
        made, asked = read_asked(argument)
        for group in dict.fromkeys(name for _, name, _ in asked):
            gains = np.mean([_gains(made, text, rows) for text, name, rows in asked if name == group], axis=0)
            for share, row in zip(SHARES, gains, strict=True):
                listed = ", ".join(f"{weight} {gain:.4f}" for weight, gain in zip(WEIGHTS, row, strict=True))
                sys.stdout.write(f"{argument} {group} late interaction {share:.2f}: {listed}\n")
            sys.stdout.flush()


def read_asked(named: str) -> tuple[PassageIndex, list[Asked]]:
    """Return the index and the questions of a test set, or of `INDEX=GOLD.jsonl`."""
    return _gold(*named.split("=")) if "=" in named else _test_set(named)


def _test_set(path: str) -> tuple[PassageIndex, list[Asked]]:
    test_set = read_test_set(path)
    made = PassageIndex.from_articles(test_set.articles, Encoder.load())
    rows: dict[str, set[int]] = {}
    for row, passage in enumerate(made.passages):
        rows.setdefault(passage.article_id, set()).add(row)
    return made, [
        (text, "", frozenset(row for article in test_set.right[name] for row in rows.get(article, ())))
        for name, text in test_set.questions.items()
    ]


def _gold(directory: str, gold: str) -> tuple[PassageIndex, list[Asked]]:
    made = PassageIndex.open(directory)
    asked = [
        (
            question.text,
            "Vietnamese" if question.language == "vi" else FOREIGN,
            frozenset(
                row
                for row, passage in enumerate(made.passages)
                if question.holds(made.articles[passage.article_id], passage.text)
            ),
        )
        for question in read_gold(gold)
        if question.answers
    ]
    return made, asked


def _gains(made: PassageIndex, text: str, right: frozenset[int]) -> list[list[float]]:
    """Return nDCG@10 for each share and weight; an article counts once, one right passage is enough."""
    query = parse_question(text)
    terms = look_up(query, content_words(query), made.lexical)
    found = made.search(*made.encode_question(query.searched), terms)
    by_share = [[_with_share(candidate, share) for candidate in found] for share in SHARES]
    return [[_gain(made, shared, fuse(shared, weight), right) for weight in WEIGHTS] for shared in by_share]


def _with_share(candidate: Candidate, share: float) -> Candidate:
    late = candidate.late_score if candidate.late_score is not None else candidate.vector_score
    return replace(candidate, vector_score=share * late + (1 - share) * candidate.vector_score, late_score=None)


def _gain(made: PassageIndex, found: Sequence[Candidate], scores: Sequence[float], right: frozenset[int]) -> float:
    wrong: set[str] = set()
    for place in np.argsort(-np.asarray(scores), kind="stable"):
        row = found[place].row
        if row in right:
            return 1 / float(np.log2(len(wrong) + 2))
        wrong.add(made.passages[row].article_id)
        if len(wrong) == 10:
            break
    return 0.0


if __name__ == "__main__":
    main(given(__doc__, several="TEST_SET"))
