"""Gold questions -> measures, per question and in all.

A gold question points to article and quote, never to a passage: another splitter breaks no label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ir_measures
from ir_measures import RR, R, ScoredDoc, nDCG

from index.vietnamese import normalize, squeeze
from qa.types import Answer, Hit

if TYPE_CHECKING:
    from qa.assistant import Assistant

RETRIEVED = 10
MEASURES = ("Recall@1", "Recall@3", "Recall@5", "MRR@10", "nDCG@10")
SHARES = ("answer_holds_quote", "first_answer_holds_quote", "not_found_right", "not_found_wrong")

Run = dict[str, dict[str, float]]  # question -> what was found -> score


class GoldError(ValueError):
    """A gold file that cannot be read: the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """Words of an article that answer."""

    path: str
    quote: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with all its right answers; none for a question that the articles do not answer."""

    query_id: str
    text: str
    language: str
    answers: tuple[GoldAnswer, ...]

    def holds(self, path: str, text: str) -> bool:
        """Return whether `text` of the article at `path` holds one of the answers."""
        return any(answer.path == path and answer.quote in text for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one gold question. `right`: an answer holds a gold quote, or "not found" is right."""

    gold: Gold
    answer: Answer
    passage_ranks: tuple[int, ...]
    holds_quote: bool

    @property
    def right(self) -> bool:
        """Whether the reader was served rightly."""
        return self.holds_quote if self.gold.answers else not self.answer.found


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
            raise GoldError(f"{path}: query_id {gold.query_id!r} stands there twice")
        seen.add(gold.query_id)
    if not questions:
        raise GoldError(f"{path}: no questions in it")
    return questions


def evaluate(assistant: Assistant, questions: Iterable[Gold]) -> list[Result]:
    """Return a result for each question, in order. Raises GoldError for an answer whose article is not in the index."""
    paths = {article.path for article in assistant.articles.values()}
    results: list[Result] = []
    for gold in questions:
        for answer in gold.answers:
            if answer.path not in paths:
                raise GoldError(f"question {gold.query_id}: no article {answer.path} in this index")
        results.append(_result(gold, assistant.ask(gold.text, k=RETRIEVED)))
    return results


def measures(results: Sequence[Result]) -> dict[str, float]:
    """Return every measure by name. Shares are of all questions of their kind; of none, the share is 0.

    Retrieval is measured on the answerable questions, with passages that hold a gold quote as relevant; a question
    with several of them counts as found with the first (success@k), so Recall@k is the hit rate.
    """
    answerable = [result for result in results if result.gold.answers]
    unanswerable = [result for result in results if not result.gold.answers]
    values = _retrieval(answerable)
    values["answer_holds_quote"] = _share(result.holds_quote for result in answerable)
    values["first_answer_holds_quote"] = _share(_first_holds(result) for result in answerable)
    values["not_found_right"] = _share(not result.answer.found for result in unanswerable)
    values["not_found_wrong"] = _share(not result.answer.found for result in answerable)
    values["questions"] = float(len(results))
    values["answerable"] = float(len(answerable))
    values["unanswerable"] = float(len(unanswerable))
    return values


def _retrieval(results: Sequence[Result]) -> dict[str, float]:
    """One relevant document a question, the best-ranked right passage, so that overlapping passages are no burden."""
    run: Run = {}
    for result in results:
        first = min(result.passage_ranks, default=RETRIEVED + 1)
        run[result.gold.query_id] = {f"wrong-{rank}": 1.0 / rank for rank in range(1, min(first, RETRIEVED + 1))}
        if result.passage_ranks:
            run[result.gold.query_id]["right"] = 1.0 / first
    return score_run({result.gold.query_id: frozenset(("right",)) for result in results}, run, MEASURES)


def score_run(right: Mapping[str, frozenset[str]], run: Run, names: Sequence[str]) -> dict[str, float]:
    """Return the mean of the measures over the questions of `right`; one that is missing from the run counts 0.

    Names are "nDCG@10", "Recall@3", "MRR@10" and the like. Of no questions, each is 0.
    """
    if not right:
        return dict.fromkeys(names, 0.0)
    known = {"nDCG": nDCG, "Recall": R, "MRR": RR}
    wanted = {name: known[kind] @ int(k) for name in names for kind, k in (name.split("@"),)}
    qrels = [ir_measures.Qrel(question, found, 1) for question, all_right in right.items() for found in all_right]
    scored = [ScoredDoc(question, found, score) for question, each in run.items() for found, score in each.items()]
    computed = ir_measures.calc_aggregate(list(wanted.values()), qrels, scored)
    return {name: float(computed[measure]) for name, measure in wanted.items()}


def _result(gold: Gold, answer: Answer) -> Result:
    ranks = tuple(hit.rank for hit in answer.hits if _holds(gold, hit))
    holds = any(gold.holds(citation.article.path, citation.quote) for citation in answer.citations)
    return Result(gold, answer, ranks, holds)


def _holds(gold: Gold, hit: Hit) -> bool:
    return gold.holds(hit.article.path, hit.passage.text)


def _first_holds(result: Result) -> bool:
    citations = result.answer.citations
    return bool(citations) and result.gold.holds(citations[0].article.path, citations[0].quote)


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _gold(path: Path, number: int, line: str) -> Gold:
    def refuse(reason: str) -> GoldError:
        return GoldError(f"{path}, line {number}: {reason}")

    try:
        row: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise refuse(f"not JSON ({error})") from None
    if not isinstance(row, dict):
        raise refuse("not a JSON object")
    missing = [key for key in ("query_id", "text", "answers") if key not in row]
    if missing:
        raise refuse(f"no {missing[0]!r} in it")
    answers = row["answers"]
    well_formed = isinstance(answers, list) and all(
        isinstance(a, dict) and isinstance(a.get("path"), str) and isinstance(a.get("quote"), str) for a in answers
    )
    if not well_formed:
        raise refuse('\'answers\' is not a list of {"path", "quote"}')
    made = tuple(GoldAnswer(normalize(a["path"]), squeeze(normalize(a["quote"]))) for a in answers)
    return Gold(str(row["query_id"]), str(row["text"]), str(row.get("language", "vi")), made)
