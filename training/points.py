"""Texts that should lie where the English teacher puts their translation."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np

from index.vietnamese import strip_marks
from training.encoder import Encoder
from training.pairs import parallel_runs
from training.types import OpenQuestion, TrainingText, Translation

# How often a row is drawn: news and courses teach most; short sentences and single words are many and say little.
_SHARES = {"alt": 2.0, "tatoeba": 0.5, "talpco": 0.5, "dictionary": 0.25, "english": 0.3, "run": 2.0}
_OTHER_SHARE = 1.5
_TEACHER_PIECES = 128

log = logging.getLogger("training.points")


@dataclass(frozen=True, slots=True)
class Point:
    """A text, and the English that the teacher reads in its place."""

    english: str
    text: str
    language: str
    share: float


class TeacherPoints:
    """Points with the teacher's vectors, drawn by share."""

    def __init__(self, points: Sequence[Point], vectors: np.ndarray) -> None:
        if len(points) != len(vectors):
            raise ValueError(f"{len(points)} points, {len(vectors)} teacher vectors: delete the vectors and run again")
        self._points = points
        self._vectors = vectors
        self._cumulative = list(accumulate(point.share for point in points))

    @classmethod
    def from_text(cls, text: TrainingText, teacher: Encoder, path: Path) -> TeacherPoints:
        """Return every point; the teacher's vectors are read from `path`, or made (some minutes) and kept there."""
        points = points_of(text)
        if not path.exists():
            log.info("the teacher reads %d texts", len(points))
            np.save(path, teacher.encode([p.english for p in points], _TEACHER_PIECES).astype(np.float16))
        return cls(points, np.load(path))

    def batch(self, size: int, random: Random) -> tuple[list[str], np.ndarray]:
        """Return texts and where they should lie `(size, 384)` float32. Some without marks, some in English."""
        chosen = random.choices(range(len(self._points)), cum_weights=self._cumulative, k=size)
        texts = [_as_written(self._points[i], random) for i in chosen]
        vectors = self._vectors[chosen].astype(np.float32)
        return texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def points_of(text: TrainingText) -> list[Point]:
    """Return parallel rows, runs of them, dictionary entries, and English questions with their passages."""
    rows = [*text.translations, *text.words]
    points = [_point(row) for row in rows]
    for run in parallel_runs(text.translations, length=3):
        english, foreign = " ".join(t.english for t in run), " ".join(t.text for t in run)
        points.append(Point(english, foreign, run[0].language, _SHARES["run"]))
    return points + [point for question in text.questions for point in _english(question)]


def _point(row: Translation) -> Point:
    return Point(row.english, row.text, row.language, _SHARES.get(row.source, _OTHER_SHARE))


def _english(question: OpenQuestion) -> list[Point]:
    if question.source != "tydiqa":
        return []
    passage = " ".join(question.passage.split()[:80])
    return [Point(x, x, "en", _SHARES["english"]) for x in (question.question, passage)]


def _as_written(point: Point, random: Random) -> str:
    draw = random.random()
    if draw < 0.1:
        return point.english
    return strip_marks(point.text) if draw < 0.37 and point.language == "vi" else point.text
