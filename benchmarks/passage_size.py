"""Compare passage sizes: `python -m benchmarks.passage_size ARTICLES GOLD.jsonl`.

Prints for each size and overlap (in the encoder's tokens) how many passages there are and the share of the answerable
questions of which a right passage is among the first 1, 3 and 5 of the fused ranking, before sentences are read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.arguments import given
from index import Encoder, PassageIndex
from index.sources import read_corpus
from qa.evaluation import Gold, read_gold
from qa.fusion import DENSE_WEIGHT, DENSE_WEIGHT_FOREIGN, fuse
from qa.lookup import look_up
from qa.question import content_words, parse_question

SIZES = ((96, 24), (160, 40), (224, 56), (320, 80))
FIRST = (1, 3, 5)


def main(articles: str, gold: str) -> None:
    """Print a line for each size."""
    encoder = Encoder.load()
    corpus = read_corpus(articles).articles
    questions = [question for question in read_gold(gold) if question.answers]
    for size, overlap in SIZES:
        made = PassageIndex.from_articles(corpus, encoder, passage_tokens=size, overlap_tokens=overlap)
        found = shares(made, questions)
        listed = ", ".join(f"{share:.3f} in the first {k}" for k, share in zip(FIRST, found, strict=True))
        sys.stdout.write(f"{size} tokens, {overlap} shared: {len(made.passages)} passages; {listed}\n")


def shares(made: PassageIndex, questions: Sequence[Gold]) -> list[float]:
    """Return the share of `questions` with a right passage among the first 1, 3 and 5 of the fused ranking."""
    ranks = [_rank(made, question) for question in questions]
    return [float(np.mean([rank <= k for rank in ranks])) for k in FIRST]


def _rank(made: PassageIndex, gold: Gold) -> int:
    query = parse_question(gold.text)
    terms = look_up(query, content_words(query), made.lexical)
    candidates = made.search(*made.encode_question(query.searched), terms)
    scores = fuse(candidates, DENSE_WEIGHT if query.language == "vi" else DENSE_WEIGHT_FOREIGN)
    for rank, place in enumerate(np.argsort(-scores, kind="stable"), start=1):
        passage = made.passages[candidates[place].row]
        if gold.holds(made.articles[passage.article_id], passage.text):
            return rank
    return len(made.passages) + 1


if __name__ == "__main__":
    main(*given(__doc__, "ARTICLES", "GOLD.jsonl"))
