"""What the stages hand to one another. Read this first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an encyclopaedia article, or one article of a law; `title` is "" where there is none."""

    title: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """An English text and the same in Vietnamese ("vi") or Chinese ("zh")."""

    english: str
    text: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that a person wrote, and a passage that answers it, in one language."""

    question: str
    passage: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class TrainingText:
    """Everything the encoder learns from."""

    sections: tuple[Section, ...]
    translations: tuple[Translation, ...]
    words: tuple[Translation, ...]
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the passage that it should find among the passages of its batch."""

    query: str
    passage: str
