"""The gold set of the seeds: its quotes are in the articles, and the assistant is as good on it as the README says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.articles import Corpus
from qa.evaluation import Gold, read_gold

QUESTIONS = Path(__file__).parents[1] / "seeds" / "questions.jsonl"


@pytest.fixture(scope="module")
def questions() -> list[Gold]:
    return read_gold(QUESTIONS)


def test_every_quote_stands_in_its_cleaned_article(questions: list[Gold], corpus: Corpus) -> None:
    text = {article.path: article.text for article in corpus.articles}
    missing = [
        (gold.query_id, answer.quote)
        for gold in questions
        for answer in gold.answers
        if answer.quote not in text[answer.path]
    ]
    assert missing == []


def test_the_set_is_large_and_of_all_sorts(questions: list[Gold]) -> None:
    assert len(questions) >= 60
    assert sum(not gold.answers for gold in questions) >= 15
    assert {gold.language for gold in questions} == {"vi", "en", "zh"}


def test_the_assistant_is_no_worse_than_it_was(gold_measures: Callable[[str], dict[str, float]]) -> None:
    values = gold_measures(QUESTIONS.name)
    floors = {"Recall@3": 0.9, "MRR@10": 0.88, "answer_holds_quote": 0.88, "not_found_right": 0.42}
    assert {name: values[name] for name, floor in floors.items() if values[name] < floor} == {}
    assert values["not_found_wrong"] <= 0.05
