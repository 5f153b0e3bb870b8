"""An evaluation as it is saved, compared and reported: plain values, one record a question, and what was measured."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from index import Article
from qa.abstention import Curve, Point
from qa.evaluation import Gold, Result, abstention, by_path, measures, values_of
from qa.harder import Form
from qa.measures import PerQuestion
from qa.types import Citation

FORMAT = "hoibao evaluation 1"


class SavedError(ValueError):
    """A file that is no saved evaluation: the message names file and reason."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of an article and where they stand; `start` and `end` are None where the article does not hold them."""

    quote: str
    path: str
    headline: str
    outlet: str | None
    author: str | None
    published: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what was wanted, and what was returned. `best` was the first sentence even if it was not given."""

    query_id: str
    text: str
    language: str
    kind: str
    wanted: tuple[Sentence, ...]
    returned: tuple[Sentence, ...]
    best: Sentence | None
    confidence: float
    rank: int | None
    values: Mapping[str, float]

    @property
    def right(self) -> bool:
        """Whether the reader was served rightly."""
        return self.values["right"] == 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`facts` say what was asked of what, when and by which command; `curve` is None of no questions."""

    facts: Mapping[str, Any]
    measures: Mapping[str, float]
    curve: Curve | None
    forms: tuple[Form, ...]
    questions: tuple[Question, ...]

    def values(self) -> PerQuestion:
        """Return each measure's value for each question that it is of."""
        values: PerQuestion = {}
        for question in self.questions:
            for name, value in question.values.items():
                values.setdefault(name, {})[question.query_id] = value
        return values


def facts_of(manifest: Mapping[str, Any], questions: Path, command: str) -> dict[str, Any]:
    """Return what was asked of what: the questions' file with its hash, the index, the model, the day, the command.

    Questions that came through a pipe can be read but once, and have no hash.
    """
    stored = {key: manifest[key] for key in ("corpus", "articles", "passages", "from", "to", "passage_tokens")}
    return {
        "questions": str(questions),
        "questions_sha256": hashlib.sha256(questions.read_bytes()).hexdigest() if questions.is_file() else None,
        **stored,
        "model": manifest["model"]["name"],
        "model_weights_sha256": manifest["model"]["weights"],
        "hoibao": version("hoibao"),
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "command": command,
    }


def as_evaluation(
    results: Sequence[Result],
    articles: Mapping[str, Article],
    facts: Mapping[str, Any],
    names: Sequence[str],
    forms: Sequence[Form] = (),
) -> Evaluation:
    """Return what the results hold; `articles` by article_id, `names` the measures of rankings that are wanted."""
    values = values_of(results, names)
    there = by_path(articles.values())
    questions = tuple(_question(result, there, values) for result in results)
    return Evaluation(facts, measures(results, names), abstention(results), tuple(forms), questions)


def save(path: Path, evaluation: Evaluation) -> None:
    """Write the evaluation as JSON."""
    text = json.dumps({"format": FORMAT, **asdict(evaluation)}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def load(path: str | Path) -> Evaluation:
    """Return the evaluation that `save` wrote. Raises SavedError."""
    path = Path(path)
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SavedError(f"{path}: cannot be read ({error})") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise SavedError(f"{path}: not JSON ({error})") from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise SavedError(f"{path}: not a saved evaluation ({FORMAT!r}); make one with: hoibao evaluate … --save FILE")
    try:
        return _evaluation(stored)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SavedError(f"{path}: damaged ({type(error).__name__}: {error})") from None


def _question(result: Result, articles: Mapping[str, Article], values: PerQuestion) -> Question:
    gold = result.gold
    return Question(
        query_id=gold.query_id,
        text=gold.text,
        language=gold.language,
        kind=result.kind,
        wanted=_wanted(gold, articles),
        returned=tuple(_cited(citation) for citation in result.answer.citations),
        best=_cited(result.best) if result.best else None,
        confidence=result.answer.confidence,
        rank=min(result.passage_ranks, default=None),
        values={name: each[gold.query_id] for name, each in values.items() if gold.query_id in each},
    )


def _wanted(gold: Gold, articles: Mapping[str, Article]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for answer in gold.answers:
        article = articles[answer.path]
        start = article.text.find(answer.quote)
        place = None if start < 0 else (start, start + len(answer.quote))
        sentences.append(_sentence(answer.quote, article, place))
    return tuple(sentences)


def _cited(citation: Citation) -> Sentence:
    return _sentence(citation.quote, citation.article, (citation.start, citation.end))


def _sentence(quote: str, article: Article, place: tuple[int, int] | None) -> Sentence:
    day = article.published.date().isoformat() if article.published else None
    start, end = place or (None, None)
    return Sentence(quote, article.path, article.headline, article.outlet, article.author, day, start, end)


def _evaluation(stored: Mapping[str, Any]) -> Evaluation:
    curve = stored["curve"]
    counted = Counter(question["query_id"] for question in stored["questions"])
    if twice := [name for name, count in counted.items() if count > 1]:
        raise ValueError(f"question {twice[0]} stands there twice")
    return Evaluation(
        dict(stored["facts"]),
        _numbers(stored["measures"]),
        _curve(curve) if curve else None,
        tuple(Form(**{**form, "measures": _numbers(form["measures"])}) for form in stored["forms"]),
        tuple(_stored_question(question) for question in stored["questions"]),
    )


def _curve(stored: Mapping[str, Any]) -> Curve:
    points = tuple(Point(**point) for point in stored["points"])
    return Curve(**{**stored, "points": points, "chosen": Point(**stored["chosen"])})


def _stored_question(stored: Mapping[str, Any]) -> Question:
    values = _numbers(stored["values"])
    if "right" not in values:
        raise ValueError(f"question {stored['query_id']}: its values do not say whether it was answered right")
    return Question(
        **{
            **stored,
            "wanted": tuple(Sentence(**sentence) for sentence in stored["wanted"]),
            "returned": tuple(Sentence(**sentence) for sentence in stored["returned"]),
            "best": Sentence(**stored["best"]) if stored["best"] else None,
            "values": values,
        }
    )


def _numbers(stored: Mapping[str, Any]) -> dict[str, float]:
    numbers = {name: float(value) for name, value in stored.items()}
    for name, number in numbers.items():
        if not math.isfinite(number):
            raise ValueError(f"{name} is {number}: not a finite number")
    return numbers
