"""Does the chosen sentence answer? `python -m benchmarks.sentence_selection SET [SET …]`.

A set is a SQuAD file (ViQuAD, XQuAD; each paragraph is an article) or `INDEX=GOLD.jsonl`. Each answerable question is
asked of its own article alone, so that finding the article is not measured. Prints how often the sentence that is put
first holds the answer, how often one of the first three does, and the same of the sentence most like the question by
its vector.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from benchmarks.arguments import given
from index import Article, Encoder, PassageIndex
from qa import Assistant
from qa.evaluation import read_gold
from qa.extraction import Candidate
from qa.test_sets import read_test_set

FIRST = 3

Asked = tuple[str, Callable[[Article, str], bool]]  # a question, and whether a sentence of an article answers it


def main(arguments: Sequence[str]) -> None:
    """Print a line for each set."""
    for argument in arguments:
        assistant, asked = _gold(*argument.split("=")) if "=" in argument else _squad(argument)
        found = [_places(assistant, *each) for each in asked]
        shares = [sum(places[by] < first for places in found) / len(found) for by in (0, 1) for first in (1, FIRST)]
        sys.stdout.write(
            f"{argument}: {len(found)} questions; chosen sentence {shares[0]:.1%}, first {FIRST} {shares[1]:.1%}; "
            f"most similar sentence {shares[2]:.1%}, first {FIRST} {shares[3]:.1%}\n"
        )


def _squad(path: str) -> tuple[Assistant, Iterator[tuple[Asked, frozenset[str]]]]:
    test_set = read_test_set(path)
    if not test_set.answers:
        raise SystemExit(f"{path}: no words that answer in it; give a SQuAD file or INDEX=GOLD.jsonl")
    assistant = Assistant(PassageIndex.from_articles(test_set.articles, Encoder.load()))

    def asked() -> Iterator[tuple[Asked, frozenset[str]]]:
        for name, text in test_set.questions.items():
            answers = test_set.answers[name]
            yield (
                (text, lambda _, sentence, answers=answers: any(each in sentence for each in answers)),
                test_set.right[name],
            )

    return assistant, asked()


def _gold(directory: str, path: str) -> tuple[Assistant, Iterator[tuple[Asked, frozenset[str]]]]:
    answerable = [gold for gold in read_gold(path) if gold.answers]
    paths = ((gold, frozenset(answer.path for answer in gold.answers)) for gold in answerable)
    return Assistant.open(directory), (((gold.text, gold.holds), where) for gold, where in paths)


def _places(assistant: Assistant, asked: Asked, articles: frozenset[str]) -> tuple[int, int]:
    """Return the place of the first sentence that answers, as they are ranked and by likeness; their number if none."""
    text, answers = asked
    candidates = assistant.read(text, only=lambda article: article.path in articles).candidates
    alike = sorted(candidates, key=attrgetter("evidence.dense"), reverse=True)
    return _place(candidates, answers), _place(alike, answers)


def _place(candidates: Sequence[Candidate], answers: Callable[[Article, str], bool]) -> int:
    for place, each in enumerate(candidates):
        if answers(each.article, each.article.text[each.start : each.end]):
            return place
    return max(FIRST, len(candidates))


if __name__ == "__main__":
    main(given(__doc__, several="SET"))
