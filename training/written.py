"""Questions written for this project, half of them not answered, made into a corpus and gold questions.

    python -m training.written DATA OUT [--held-out]
    hoibao build OUT/articles --index OUT/index
    hoibao evaluate OUT/questions.jsonl --index OUT/index

A language model read stretches of the news and sections of the encyclopaedia in DATA (README.md) and asked as people
ask a newspaper: in other words than the text's, with and without marks, in Vietnamese, English and Chinese; what a text
does not answer names what it names. These 17,254 questions are kept in `written_questions.jsonl.gz`, each with the
spans that answer; the text is not, and is found again by hashes. The encoder was taught with that text (not with these
questions), so ranking figures flatter it; they are for sentences chosen, and for answers that are not there.

`invented_articles.jsonl.gz` holds articles of our own beside them, written by a language model in the manner of
Vietnamese newspapers, with questions of the same sorts, and `invented_archives.jsonl.gz` archives of five each, which
tell of one subject at different times, with questions that the right article of them answers, or none: nothing in them
happened, and their persons and firms do not exist.

Texts that are held out taught nothing: they are for measuring, and for learning the decision on top of what was
taught. With --held-out only they are written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.question import parse_question
from training.data import read_rows, read_training_text
from training.types import TrainingText

QUESTIONS = Path(__file__).with_name("written_questions.jsonl.gz")
INVENTED = Path(__file__).with_name("invented_articles.jsonl.gz")
ARCHIVES = Path(__file__).with_name("invented_archives.jsonl.gz")
HELD_OUT = "--held-out"
WHOLE = 1_000_000  # characters of a row of parallel text that is still read: all are

Span = tuple[int, int, int]  # which text, from where, to where


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question, and the spans that answer it, each alone; none where no text does."""

    question: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A stretch of news (title ""), a section of the encyclopaedia or an invented article; `published` as YYYY-MM-DD,
    "" where that is not told.
    """

    title: str
    text: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Texts, one or an archive of several on one subject, and questions that all of them together answer or not."""

    name: str
    texts: tuple[WrittenText, ...]
    questions: tuple[WrittenQuestion, ...]
    held_out: bool


def main(arguments: Sequence[str]) -> None:
    """Write OUT/articles/articles.jsonl and OUT/questions.jsonl."""
    folders = [each for each in arguments if each != HELD_OUT]
    if len(folders) != 2:
        sys.exit("python -m training.written DATA OUT [--held-out]")
    data, out = map(Path, folders)
    asked = [*asked_texts(read_training_text(data, WHOLE)), *invented_texts(), *invented_archives()]
    if HELD_OUT in arguments:
        asked = [each for each in asked if each.held_out]
    (out / "articles").mkdir(parents=True, exist_ok=True)
    _write(out / "articles" / "articles.jsonl", (article for each in asked for article in _articles(each)))
    _write(out / "questions.jsonl", (line for each in asked for line in gold_of(each)))
    questions = [question for each in asked for question in each.questions]
    unanswered, texts = sum(not question.spans for question in questions), sum(len(each.texts) for each in asked)
    sys.stdout.write(f"{len(questions)} questions on {texts} texts, {unanswered} of them not answered\n")


def key_of(text: str) -> str:
    """Return what a text is found again by."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def asked_texts(text: TrainingText, path: Path = QUESTIONS) -> Iterator[Asked]:
    """Yield the texts that have questions; one that is not whole in `text` is left out with its questions."""
    sections = {key_of(" ".join(section.paragraphs)): section for section in text.sections}
    sentences = {key_of(row.text): row.text.strip() for row in text.translations if row.source == "alt"}
    for number, row in enumerate(read_rows(path)):
        name = f"{number:04d}"
        if row.get("section") in sections:
            section = sections[row["section"]]
            yield _asked_of_one(name, row, section.title, " ".join(section.paragraphs))
        elif "sentences" in row and all(key in sentences for key in row["sentences"]):
            yield _asked_of_one(name, row, "", " ".join(sentences[key] for key in row["sentences"]))


def invented_texts(path: Path = INVENTED) -> Iterator[Asked]:
    """Yield the articles of our own, each alone."""
    for number, row in enumerate(read_rows(path)):
        yield _asked_of_one(f"i{number:04d}", row, row["title"], row["text"])


def invented_archives(path: Path = ARCHIVES) -> Iterator[Asked]:
    """Yield the archives of our own: articles on one subject, with what was asked of all of them."""
    for number, row in enumerate(read_rows(path)):
        texts = tuple(WrittenText(each["title"], each["text"], each["published"]) for each in row["articles"])
        yield _asked(f"a{number:04d}", texts, row, row["questions"])


def gold_of(asked: Asked) -> Iterator[dict[str, object]]:
    """Yield the lines of the gold file for one text or archive."""
    for number, question in enumerate(asked.questions):
        answers = [(path_of(asked, text), asked.texts[text].text[start:end]) for text, start, end in question.spans]
        yield {
            "query_id": f"{asked.name}-{number}",
            "text": question.question,
            "language": parse_question(question.question).language,
            "answers": [{"path": path, "quote": quote} for path, quote in answers],
        }


def path_of(asked: Asked, text: int) -> str:
    """Return under which path the reader of JSON Lines keeps the article of a text."""
    return f"articles.jsonl#{asked.name}.{text}"


def _asked_of_one(name: str, row: dict[str, Any], title: str, text: str) -> Asked:
    questions = [[question, [[0, start, end] for start, end in spans]] for question, spans in row["questions"]]
    return _asked(name, (WrittenText(title, text),), row, questions)


def _asked(name: str, texts: tuple[WrittenText, ...], row: dict[str, Any], questions: Sequence[Any]) -> Asked:
    asked = tuple(WrittenQuestion(each, tuple((n, a, b) for n, a, b in spans)) for each, spans in questions)
    return Asked(name, texts, asked, row.get("held_out", False))


def _articles(asked: Asked) -> Iterator[dict[str, object]]:
    for number, each in enumerate(asked.texts):
        article = {"id": f"{asked.name}.{number}", "title": each.title, "text": each.text}
        yield {**article, "published": each.published} if each.published else article


def _write(path: Path, rows: Iterator[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main(sys.argv[1:])
