"""The data folder -> TrainingText. Five files of gzipped JSON lines; README.md says where each comes from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.types import OpenQuestion, Section, TrainingText, Translation

_WIKIPEDIA, _LAW = "vi_wikipedia_sections.jsonl.gz", "vi_law_articles.jsonl.gz"
_PARALLEL, _DICTIONARY, _QUESTIONS = "parallel.jsonl.gz", "dictionary.jsonl.gz", "questions.jsonl.gz"
DATA_FILES = (_WIKIPEDIA, _LAW, _PARALLEL, _DICTIONARY, _QUESTIONS)

# A line of the parallel text longer than this is a table or a listing, not a sentence or two.
LONGEST_TRANSLATION = 500


def read_training_text(folder: Path, longest_translation: int = LONGEST_TRANSLATION) -> TrainingText:
    """Return everything in the data folder, in the order of its files, but for English text over the longest.

    Raises FileNotFoundError naming the file that is missing.
    """
    wikipedia = [_section(row) for row in read_rows(folder / _WIKIPEDIA)]
    law = [_section(row) for row in read_rows(folder / _LAW)]
    translations = [_translation(row) for row in read_rows(folder / _PARALLEL)]
    words = [_translation(row) for row in read_rows(folder / _DICTIONARY)]
    questions = [_question(row) for row in read_rows(folder / _QUESTIONS)]
    return TrainingText(
        sections=tuple(wikipedia + law),
        translations=tuple(t for t in translations if len(t.english) < longest_translation),
        words=tuple(words),
        questions=tuple(questions),
    )


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of one gzipped JSON Lines file."""
    if not path.exists():
        raise FileNotFoundError(f"no {path.name} in {path.parent}: give the data folder with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _section(row: dict[str, Any]) -> Section:
    title = row.get("title", "")
    return Section("" if title.isdigit() else title, row["head"], tuple(row["body"]))


def _translation(row: dict[str, Any]) -> Translation:
    return Translation(row["en"], row["text"], row["lang"], row.get("source", "dictionary"))


def _question(row: dict[str, Any]) -> OpenQuestion:
    return OpenQuestion(row["question"], row["passage"], row["lang"], row["source"])
