"""Public test sets of retrieval -> articles, questions, and which answers which; rankings -> measures.

Read: BEIR folders (corpus.jsonl, queries.jsonl, qrels/test.tsv) and SQuAD JSON (ViQuAD, XQuAD, MLQA too), of which each
different paragraph is an article and a question marked impossible has none. A document of a title alone is that title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from index import Article
from index.vietnamese import normalize, squeeze
from qa.evaluation import GoldError
from qa.gold_fields import id_of, question_of, text_of
from qa.measures import Run, score_run

if TYPE_CHECKING:
    from qa.assistant import Assistant, Ranked

MEASURES = ("nDCG@10", "Recall@1", "Recall@5", "Recall@10", "MRR@10")
_GRADE = re.compile(r"-?\d{1,9}$")
T = TypeVar("T")
U = TypeVar("U")
DEPTH = 100  # articles of a ranking that are kept


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Articles, `path` their id; questions by id; the articles that answer each. A question of none is left out.

    `answers`: the words of the article that answer each question, where the set says them (SQuAD). `grades`: how well
    each of those articles answers, from 1 up, where the set says it (BEIR).
    """

    name: str
    articles: tuple[Article, ...]
    questions: Mapping[str, str]
    right: Mapping[str, frozenset[str]]
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    grades: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def read_test_set(path: str | Path) -> RetrievalSet:
    """Return the BEIR folder or SQuAD file at `path`. Raises GoldError with file, line and reason."""
    path = Path(path)
    made = _beir(path) if path.is_dir() else _squad(path)
    if not made.questions:
        raise GoldError(f"{path}: no question with an answer in it")
    return made


def rankings(assistant: Assistant, questions: Iterable[tuple[str, str]]) -> dict[str, Run]:
    """Return the articles found for each question, by channel: "found" as `search` gives them, then each part.

    An article counts by its best passage.
    """
    runs: dict[str, Run] = {}
    for name, text in questions:
        for channel, ranked in assistant.rank(text).items():
            runs.setdefault(channel, {})[name] = _by_article(ranked)
    return runs


def measures(test_set: RetrievalSet, run: Run, names: Sequence[str] = MEASURES) -> dict[str, float]:
    """Return the mean of each measure over all questions; one that is missing from the run counts 0.

    An empty run was not run and has no measures. Raises MeasureError for a name that is no measure of rankings.
    """
    return score_run(qrels(test_set), run, names)


def qrels(test_set: RetrievalSet) -> dict[str, dict[str, int]]:
    """Return the grade of each article that answers a question; 1 where the set says none."""
    grades = test_set.grades
    return {name: {**dict.fromkeys(sorted(right), 1), **grades.get(name, {})} for name, right in test_set.right.items()}


def _by_article(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Best first, equal scores in order of the articles' places in the ranking; scores made strictly descending."""
    best: dict[str, float] = {}
    for article, score in ranked:
        best[article.path] = max(score, best.get(article.path, -np.inf))
    order = sorted(best, key=lambda path: -best[path])[:DEPTH]
    return {path: best[path] - place * 1e-7 for place, path in enumerate(order)}


def _beir(folder: Path) -> RetrievalSet:
    texts = _by_id(folder / "corpus.jsonl", _document)
    asked = _by_id(folder / "queries.jsonl", lambda row: text_of(row["text"]))
    grades: dict[str, dict[str, int]] = {}
    path = folder / "qrels" / "test.tsv"
    for number, line in enumerate(_lines(path), start=1):
        parts = line.split("\t")
        if not line.strip() or (number == 1 and not parts[-1].strip().lstrip("-").isdigit()):
            continue
        graded = len(parts) == 3 and _GRADE.match(parts[2].strip()) is not None
        if not graded or parts[0] not in asked or parts[1] not in texts:
            raise GoldError(f"{path}, line {number}: not a known question, a known document and a grade")
        _put(grades.setdefault(parts[0], {}), parts[1], int(parts[2]), f"{path}, line {number}")
    right = {name: {document: grade for document, grade in grades.get(name, {}).items() if grade > 0} for name in asked}
    place = f"{folder / 'queries.jsonl'}, question"
    questions = {name: _at(f"{place} {name}", question_of, text) for name, text in asked.items() if right[name]}
    articles = tuple(_article(name, text, title) for name, (text, title) in texts.items())
    return RetrievalSet(
        folder.name,
        articles,
        questions,
        {name: frozenset(right[name]) for name in questions},
        grades={name: right[name] for name in questions},
    )


def _squad(path: Path) -> RetrievalSet:
    names: dict[str, str] = {}
    questions: dict[str, str] = {}
    right: dict[str, frozenset[str]] = {}
    answers: dict[str, frozenset[str]] = {}
    try:
        data: Any = json.loads("\n".join(_lines(path)))
        for paragraph in (paragraph for entry in data["data"] for paragraph in entry["paragraphs"]):
            text = _clean(text_of(paragraph["context"])).strip()
            where = frozenset((names.setdefault(text, f"p{len(names)}"),))
            for asked in paragraph["qas"]:
                found = [] if asked.get("is_impossible") else asked.get("answers", [])
                words = frozenset(_clean(text_of(each["text"])) for each in found)
                if words:
                    name = id_of(asked["id"])
                    place = f"{path}, question {name}"
                    _put(questions, name, _at(place, question_of, asked["question"]), place)
                    _put(right, name, where, place)
                    answers[name] = answers.get(name, frozenset()) | words
    except GoldError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise GoldError(f"{path}: not a SQuAD file ({type(error).__name__}: {error})") from None
    articles = tuple(_article(name, text, "") for text, name in names.items())
    return RetrievalSet(path.stem, articles, questions, right, answers)


def _by_id(path: Path, read: Callable[[dict[str, Any]], T]) -> dict[str, T]:
    """Return what `read` makes of each line, by its id. Raises GoldError with the line, also for an id with two."""
    found: dict[str, T] = {}
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            place = f"{path}, line {number}"
            row = _at(place, _object, line)
            _put(found, _at(place, id_of, row["_id"]), _at(place, read, row), place)
    return found


def _put(found: dict[str, T], name: str, value: T, place: str) -> None:
    """Put `value` under `name`, where nothing else may stand: one of the two would be lost without a word."""
    if found.setdefault(name, value) != value:
        raise GoldError(f"{place}: {name!r} stands there twice, and not the same")


def _at(place: str, read: Callable[[U], T], value: U) -> T:
    try:
        return read(value)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{place}: {error}") from None


def _object(line: str) -> dict[str, Any]:
    try:
        row: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON ({error})") from None
    missing = [key for key in ("_id", "text") if not isinstance(row, dict) or key not in row]
    if missing:
        raise ValueError(f"no {missing[0]!r} in it")
    return dict(row)


def _document(row: dict[str, Any]) -> tuple[str, str]:
    """Return text and title; of what has no text the title is the text."""
    text, title = text_of(row["text"]), text_of(row.get("title") or "")
    return (text, title) if text.strip() else (title, "")


def _article(name: str, text: str, title: str) -> Article:
    return Article(name, name, _clean(text), title=title or None)


def _clean(text: str) -> str:
    return squeeze(normalize(text))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from None
