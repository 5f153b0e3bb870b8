"""Compare ways to rank by words: `python -m benchmarks.word_weights TEST_SET [TEST_SET …]`.

Prints nDCG@10 of words alone for BM25's k1 and b, for what a pair of syllables counts against a syllable, and for what
the words of the whole article add to those of a passage; each is changed alone, the others as they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.arguments import given
from index import Encoder, Passage
from index.channels import ARTICLE_WEIGHT
from index.encoded import with_headline
from index.lexical import K1, PAIR_WEIGHT, B, LexicalIndex, best_rows
from index.passages import split_article
from qa.lookup import look_up
from qa.question import content_words, parse_question
from qa.test_sets import RetrievalSet, measures, read_test_set

DEPTH = 100
Way = tuple[float, float, float, float]  # k1, b, pair weight, article weight

USED: Way = (K1, B, PAIR_WEIGHT, ARTICLE_WEIGHT)
BM25_WAYS = [(k1, b) for k1 in (0.9, 1.2, 1.5, 2.0) for b in (0.4, 0.75)]
WAYS: list[Way] = list(
    dict.fromkeys(
        [
            *((k1, b, PAIR_WEIGHT, ARTICLE_WEIGHT) for k1, b in BM25_WAYS),
            *((K1, B, pair, ARTICLE_WEIGHT) for pair in (0.0, 0.3, 0.5, 0.7, 1.0)),
            *((K1, B, PAIR_WEIGHT, article) for article in (0.0, 0.5, 1.0, 1.5, 3.0)),
        ]
    )
)


def main(paths: Sequence[str]) -> None:
    """Print a line for each way and set."""
    encoder = Encoder.load()
    for path in paths:
        test_set = read_test_set(path)
        passages = [each for article in test_set.articles for each in split_article(article, encoder.count_tokens)]
        for way in WAYS:
            k1, b, pair, article = way
            used = "  (used)" if way == USED else ""
            sys.stdout.write(
                f"{test_set.name}: k1 {k1}, b {b}, pairs {pair}, article {article}: "
                f"{_gain(test_set, passages, way):.4f}{used}\n"
            )
            sys.stdout.flush()


def _gain(test_set: RetrievalSet, passages: Sequence[Passage], way: Way) -> float:
    *how, article_weight = way
    numbers = {article.article_id: number for number, article in enumerate(test_set.articles)}
    own = np.asarray([numbers[passage.article_id] for passage in passages])
    titled = [with_headline(test_set.articles[number], each.text) for number, each in zip(own, passages, strict=True)]
    words = LexicalIndex.build(titled, *how)
    of_articles = LexicalIndex.build([with_headline(article, article.text) for article in test_set.articles], *how)
    run: dict[str, dict[str, float]] = {}
    for name, text in test_set.questions.items():
        query = parse_question(text)
        terms = look_up(query, content_words(query), words)
        scores = words.scores(terms) + np.float32(article_weight) * of_articles.scores(terms)[own]
        found: dict[str, float] = {}
        for row in best_rows(scores, DEPTH).tolist():
            found.setdefault(test_set.articles[own[row]].path, float(scores[row]) - 1e-6 * len(found))
        run[name] = found
    return measures(test_set, run)["nDCG@10"]


if __name__ == "__main__":
    main(given(__doc__, several="TEST_SET"))
