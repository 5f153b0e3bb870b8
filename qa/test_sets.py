"""Public test sets of retrieval -> articles, questions, and which answers which; rankings -> measures.

Read: BEIR folders (corpus.jsonl, queries.jsonl, qrels/test.tsv) and SQuAD JSON (ViQuAD, XQuAD, MLQA too), of which each
different paragraph is an article and a question marked impossible has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import Article
from index.vietnamese import normalize, squeeze
from qa.evaluation import GoldError
from qa.measures import Run, score_run

if TYPE_CHECKING:
    from qa.assistant import Assistant, Ranked

MEASURES = ("nDCG@10", "Recall@1", "Recall@5", "Recall@10", "MRR@10")
_GRADE = re.compile(r"-?\d{1,9}$")
DEPTH = 100  # articles of a ranking that are kept


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Articles, `path` their id; questions by id; the articles that answer each. A question of none is left out.

    `answers`: the words of the article that answer each question, where the set says them (SQuAD).
    """

    name: str
    articles: tuple[Article, ...]
    questions: Mapping[str, str]
    right: Mapping[str, frozenset[str]]
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
    """Return grade 1 for each article that answers a question."""
    return {question: dict.fromkeys(sorted(right), 1) for question, right in test_set.right.items()}


def _by_article(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Best first, equal scores in order of the articles' places in the ranking; scores made strictly descending."""
    best: dict[str, float] = {}
    for article, score in ranked:
        best[article.path] = max(score, best.get(article.path, -np.inf))
    order = sorted(best, key=lambda path: -best[path])[:DEPTH]
    return {path: best[path] - place * 1e-7 for place, path in enumerate(order)}


def _beir(folder: Path) -> RetrievalSet:
    articles = tuple(
        _article(str(row["_id"]), str(row["text"]), str(row.get("title") or ""))
        for row in _rows(folder / "corpus.jsonl", ("_id", "text"))
    )
    documents = {article.path for article in articles}
    asked = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl", ("_id", "text"))}
    right: dict[str, set[str]] = {}
    path = folder / "qrels" / "test.tsv"
    for number, line in enumerate(_lines(path), start=1):
        parts = line.split("\t")
        if not line.strip() or (number == 1 and not parts[-1].strip().lstrip("-").isdigit()):
            continue
        graded = len(parts) == 3 and _GRADE.match(parts[2].strip()) is not None
        if not graded or parts[0] not in asked or parts[1] not in documents:
            raise GoldError(f"{path}, line {number}: not a known question, a known document and a grade")
        if int(parts[2]) > 0:
            right.setdefault(parts[0], set()).add(parts[1])
    questions = {name: text for name, text in asked.items() if name in right}
    return RetrievalSet(folder.name, articles, questions, {name: frozenset(right[name]) for name in questions})


def _squad(path: Path) -> RetrievalSet:
    try:
        data: Any = json.loads("\n".join(_lines(path)))
        paragraphs = [paragraph for entry in data["data"] for paragraph in entry["paragraphs"]]
        texts = list(dict.fromkeys(str(paragraph["context"]) for paragraph in paragraphs))
        names = {text: f"p{number}" for number, text in enumerate(texts)}
        questions: dict[str, str] = {}
        right: dict[str, frozenset[str]] = {}
        answers: dict[str, frozenset[str]] = {}
        for paragraph in paragraphs:
            for asked in paragraph["qas"]:
                if asked["answers"] and not asked.get("is_impossible"):
                    questions[str(asked["id"])] = str(asked["question"])
                    right[str(asked["id"])] = frozenset((names[paragraph["context"]],))
                    answers[str(asked["id"])] = frozenset(_clean(str(each["text"])) for each in asked["answers"])
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise GoldError(f"{path}: not a SQuAD file ({type(error).__name__}: {error})") from None
    articles = tuple(_article(name, text, "") for text, name in names.items())
    return RetrievalSet(path.stem, articles, questions, right, answers)


def _rows(path: Path, keys: Sequence[str]) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}, line {number}: not JSON ({error})") from None
        missing = [key for key in keys if not isinstance(row, dict) or key not in row]
        if missing:
            raise GoldError(f"{path}, line {number}: no {missing[0]!r} in it")
        yield row


def _article(name: str, text: str, title: str) -> Article:
    return Article(name, name, _clean(text), title=title or None)


def _clean(text: str) -> str:
    return squeeze(normalize(text))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from None
