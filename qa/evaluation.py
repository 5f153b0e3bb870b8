"""Gold questions -> measures, per question and in all.

A gold question points to article and quote, never to a passage: another splitter breaks no label.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import Article
from index.moves import paths_of
from index.types import Story
from index.vietnamese import normalize, sentence_spans, squeeze
from qa.abstention import Curve, abstention_curve
from qa.extraction import answering_first
from qa.gold_fields import id_of, question_of, text_of
from qa.measures import PerQuestion, Run, means, per_question, token_f1
from qa.request import Request
from qa.request import asked as put_as
from qa.types import Answer, Citation, Hit

if TYPE_CHECKING:
    from qa.assistant import Assistant, Reading

RETRIEVED = 100
MEASURES = ("Recall@1", "Recall@3", "Recall@5", "MRR@10", "nDCG@10")
SHARES = ("answer_holds_quote", "first_answer_holds_quote", "not_found_right", "not_found_wrong")
ANSWER_MEASURES = (*SHARES, "token_f1", "right")
LOWER_IS_BETTER = frozenset({"not_found_wrong"})
ANSWER = "answer"  # what stands in qrels and runs for the passage that answers


class GoldError(ValueError):
    """A gold file that cannot be read: the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """Words of an article that answer."""

    path: str
    quote: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with all its right answers; none for a question that the articles do not answer.

    `kind` is what it asks for, in words of the file's own; "" where the file does not say. `place` is file and line.
    """

    query_id: str
    text: str
    language: str
    answers: tuple[GoldAnswer, ...]
    kind: str = ""
    place: str = field(default="", compare=False)

    def holds(self, article: Article, text: str, story: Story | None = None) -> bool:
        """Return whether `text` of the article holds one of the answers.

        An answer may point to any file or row that has the article's text, or that of another of its `story`.
        """
        told = (article, *(story.articles if story else ()))
        return any(
            answer.quote in text and any(answer.path in paths_of(each) for each in told) for answer in self.answers
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one gold question. `best` is its best sentence, given or not; None where nothing was found.

    `passage_ranks` are those of the passages that hold an answer, `holds_quote` says whether a citation does.
    """

    gold: Gold
    answer: Answer
    passage_ranks: tuple[int, ...]
    holds_quote: bool
    best: Citation | None

    @property
    def right(self) -> bool:
        """Whether the reader was served rightly: a citation holds a gold quote, or "not found" is right."""
        return self.holds_quote if self.gold.answers else not self.answer.found

    @property
    def kind(self) -> str:
        """What is asked for: as the gold file says, else as the question was read."""
        return self.gold.kind or self.answer.question.kind

    @property
    def best_holds(self) -> bool:
        """Whether the best sentence holds a gold quote."""
        return self.best is not None and self.gold.holds(self.best.article, self.best.quote, self.best.story)


def read_gold(path: str | Path) -> list[Gold]:
    """Return the questions of a JSON Lines file. Raises GoldError with file, line and reason."""
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from None
    questions = [_gold(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    seen: set[str] = set()
    for gold in questions:
        if gold.query_id in seen:
            raise GoldError(f"{gold.place}: query_id {gold.query_id!r} stands there twice")
        seen.add(gold.query_id)
    if not questions:
        raise GoldError(f"{path}: no questions in it")
    return questions


def evaluate(
    assistant: Assistant,
    questions: Iterable[Gold],
    progress: Callable[[str, int, int], None] | None = None,
    today: date | None = None,
) -> list[Result]:
    """Return a result for each question, in order; `progress` is told what is done, how many are, and of how many.

    Each is put as `hoibao ask` puts it, to the articles of the days that its words choose; "năm ngoái" is reckoned from
    `today`, which is the day it is where None is given.

    Raises GoldError for an answer whose article is not in the index.
    """
    asked = list(questions)
    _texts(assistant, asked)
    day = today or date.today()
    results: list[Result] = []
    for gold in asked:
        results.append(_result(assistant, gold, day))
        if progress is not None:
            progress("asking", len(results), len(asked))
    return results


def check_gold(assistant: Assistant, questions: Iterable[Gold]) -> list[str]:
    """Return a line for each quote that cannot be found, or not be cited.

    The cleaned article can have lost it; and a citation is one sentence, so what goes over two stands in none.

    Raises GoldError for an answer whose article is not in the index.
    """
    asked = list(questions)
    texts, spans = _texts(assistant, asked), cache(sentence_spans)
    told: list[str] = []
    for gold in asked:
        for answer in gold.answers:
            text = texts[answer.path]
            if answer.quote not in text:
                why = f"{answer.path} does not hold the quote “{answer.quote}”: it cannot be found"
            elif not any(answer.quote in text[start:end] for start, end in spans(text)):
                why = f"no single sentence holds the quote “{answer.quote}”: it cannot be cited, quote less"
            else:
                continue
            told.append(f"{_place(gold)}: {why}")
    return told


def by_path(articles: Iterable[Article]) -> dict[str, Article]:
    """Return the article at the path of each file or row; at that of a copy, the article as it was published there."""
    found: dict[str, Article] = {}
    for article in articles:
        found[article.path] = article
        for copy in article.also_published:
            there = replace(article, path=copy.path, title=copy.title, outlet=copy.outlet)
            found[copy.path] = replace(there, author=copy.author, published=copy.published, url=copy.url)
    return found


def measures(results: Sequence[Result], names: Sequence[str] = MEASURES) -> dict[str, float]:
    """Return the means of `values_of` by name, and how many questions of each sort there were.

    A measure that no question is of ("not_found_right" without unanswerable questions) was not run, and is left out.
    """
    answerable = sum(bool(result.gold.answers) for result in results)
    counts = {"questions": len(results), "answerable": answerable, "unanswerable": len(results) - answerable}
    return {**means(values_of(results, names)), **{name: float(count) for name, count in counts.items()}}


def values_of(results: Sequence[Result], names: Sequence[str] = MEASURES) -> PerQuestion:
    """Return each measure's value for each question that it is of; `names` are measures of rankings.

    Retrieval, token_f1 and whether an answer, and the first, holds a gold quote are of the answerable questions;
    "not_found_wrong" says that one of them was refused. "not_found_right" is of the unanswerable ones, "right" of all.
    """
    values = per_question(gold_qrels(results), gold_run(results), names)
    values.update({name: {} for name in ANSWER_MEASURES})
    for result in results:
        for name, value in _answer_values(result).items():
            values[name][result.gold.query_id] = float(value)
    return values


def gold_qrels(results: Sequence[Result]) -> dict[str, dict[str, int]]:
    """Return one right thing for each answerable question: the passage that answers, whichever it is.

    One of several answers is enough, and overlapping passages are no burden; so Recall@k is the hit rate, and the
    qrels stay the same for an index with other passages.
    """
    return {result.gold.query_id: {ANSWER: 1} for result in results if result.gold.answers}


def gold_run(results: Sequence[Result]) -> Run:
    """Return the passages found for each answerable question, the first that holds a gold quote as ANSWER.

    Further ones that do are left out. Scores fall with the place.
    """
    run: Run = {}
    for result in results:
        right = set(result.passage_ranks)
        first = min(right, default=0)
        found = [
            ANSWER if h.rank == first else h.passage.passage_id
            for h in result.answer.hits
            if h.rank not in right - {first}
        ]
        if result.gold.answers:
            run[result.gold.query_id] = {name: 1 / place for place, name in enumerate(found, start=1)}
    return run


def abstention(results: Sequence[Result]) -> Curve | None:
    """Return how risk grows with coverage by the confidence of each answer; None of no questions."""
    return abstention_curve(
        [result.answer.confidence for result in results],
        [result.best_holds for result in results],
        [result.answer.found for result in results],
    )


def _texts(assistant: Assistant, questions: Iterable[Gold]) -> dict[str, str]:
    """Return the text at each path. Raises GoldError for an answer whose article is not in the index."""
    texts = {path: article.text for path, article in by_path(assistant.articles.values()).items()}
    for gold in questions:
        for answer in gold.answers:
            if answer.path not in texts:
                raise GoldError(f"{_place(gold)}: no article {answer.path} in this index")
    return texts


def _place(gold: Gold) -> str:
    return gold.place or f"question {gold.query_id}"


def _result(assistant: Assistant, gold: Gold, today: date) -> Result:
    put = put_as(Request(gold.text), today, assistant.searched.last)
    reading = assistant.read(put.question, put.kept.only)
    answer = assistant.answer(reading, RETRIEVED, put.kept.only)
    ranks = tuple(hit.rank for hit in answer.hits if _holds(gold, hit))
    holds = any(gold.holds(citation.article, citation.quote, citation.story) for citation in answer.citations)
    best = answer.citations[0] if answer.citations else _best(reading, answer.confidence)
    return Result(gold, answer, ranks, holds, best)


def _best(reading: Reading, confidence: float) -> Citation | None:
    """Return the sentence that would have been cited first, had the assistant answered."""
    if not reading.candidates:
        return None
    best = answering_first(reading.candidates)[0]
    return Citation(
        best.article, best.start, best.end, best.article.text[best.start : best.end], confidence, best.hit.story
    )


def _answer_values(result: Result) -> dict[str, float]:
    if not result.gold.answers:
        return {"not_found_right": not result.answer.found, "right": result.right}
    citations = result.answer.citations
    quotes = [answer.quote for answer in result.gold.answers]
    return {
        "answer_holds_quote": result.holds_quote,
        "first_answer_holds_quote": bool(citations) and result.best_holds,
        "not_found_wrong": not result.answer.found,
        "token_f1": token_f1(citations[0].quote, quotes) if citations else 0.0,
        "right": result.right,
    }


def _holds(gold: Gold, hit: Hit) -> bool:
    return gold.holds(hit.article, hit.passage.text, hit.story)


def _gold(path: Path, number: int, line: str) -> Gold:
    place = f"{path}, line {number}"
    try:
        row = _object(line)
        answers = _answers(row["answers"])
        query_id, text = id_of(row["query_id"]), question_of(row["text"])
    except ValueError as error:
        raise GoldError(f"{place}: {error}") from None
    kind, language = str(row.get("kind") or ""), str(row.get("language") or "vi")
    return Gold(query_id, text, language, answers, kind, place)


def _object(line: str) -> dict[str, Any]:
    try:
        row: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    text_of(json.dumps(row, ensure_ascii=False))
    missing = [key for key in ("query_id", "text", "answers") if key not in row]
    if missing:
        raise ValueError(f"no {missing[0]!r} in it")
    return row


def _answers(rows: Any) -> tuple[GoldAnswer, ...]:
    well_formed = isinstance(rows, list) and all(
        isinstance(row, dict) and isinstance(row.get("path"), str) and isinstance(row.get("quote"), str) for row in rows
    )
    if not well_formed:
        raise ValueError('\'answers\' is not a list of {"path", "quote"}')
    made = tuple(GoldAnswer(normalize(row["path"]), squeeze(normalize(row["quote"]))) for row in rows)
    if not all(answer.quote for answer in made):
        raise ValueError("a quote without a word, which every sentence holds")
    return made
