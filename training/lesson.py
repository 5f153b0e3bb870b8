"""A question's rows for the cross-encoder, and which of their sentences answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from index.vietnamese import sentence_spans
from qa.reading_rows import PieceReader, Row

_WITH_HEADLINE = 0.7
_HIDING, _HIDDEN = 0.5, 0.08  # texts with pieces hidden, and how many of them: words must not be learnt by heart

Pieces = list[int]
Place = tuple[int, int]  # which of the texts, and which of its sentences


@dataclass(frozen=True, slots=True)
class Text:
    """A text in sentences, as written and in pieces, and its headline's pieces."""

    headline: Pieces
    sentences: tuple[str, ...]
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as written and in pieces, the texts it is asked of, and which of their sentences answer."""

    text: str
    pieces: Pieces
    texts: tuple[Text, ...]
    right: frozenset[Place]

    @property
    def places(self) -> list[Place]:
        """All sentences of its texts, in order."""
        return [(text, number) for text, each in enumerate(self.texts) for number in range(len(each.pieces))]

    def in_common(self, text: int, sentences: Sequence[int]) -> int:
        """Return how many different pieces of the question stand in those sentences of one of its texts."""
        return len(set(self.pieces) & {piece for i in sentences for piece in self.texts[text].pieces[i]})

    def likeness(self, place: Place) -> float:
        """Return how much a sentence has in common with the question, long ones having it more easily."""
        text, number = place
        return self.in_common(text, [number]) / (6 + len(self.texts[text].pieces[number])) ** 0.5


@dataclass(frozen=True, slots=True)
class Shown:
    """Sentences that follow one another in one of a question's texts, and how many pieces of the first are shown."""

    text: int
    sentences: tuple[int, ...]
    of_first: int | None = None  # its last ones; None for all


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question's rows, and for each of their sentences, in order, whether it answers. None may."""

    rows: tuple[Row, ...]
    right: tuple[bool, ...]

    def __add__(self, other: Lesson) -> Lesson:
        """Return the lesson with the rows of both."""
        return Lesson(self.rows + other.rows, self.right + other.right)


class LessonWriter:
    """Texts -> pieces, and questions with what is shown of their texts -> lessons."""

    def __init__(self, reader: PieceReader) -> None:
        """`reader` cuts into pieces as the product does."""
        self._reader = reader

    def texts(self, texts: Sequence[tuple[str, str]]) -> list[Text]:
        """Return texts, given as headline and body, in sentences and pieces."""
        sentences = [tuple(body[start:end] for start, end in sentence_spans(body)) for _, body in texts]
        left = iter(self._reader.pieces([sentence for each in sentences for sentence in each]))
        headlines = self._reader.pieces([title for title, _ in texts])
        return [
            Text(headline, each, tuple(next(left) for _ in each))
            for headline, each in zip(headlines, sentences, strict=True)
        ]

    def question(self, text: str, texts: Sequence[Text], right: frozenset[Place] = frozenset()) -> Question:
        """Return a question that is asked of those texts."""
        return Question(text, self.pieces(text), tuple(texts), right)

    def pieces(self, text: str) -> Pieces:
        """Return the pieces of one text."""
        return self._reader.pieces([text])[0]

    def whole(self, question: Question, shown: Sequence[Shown]) -> Lesson:
        """Return the lesson with headlines and nothing hidden."""
        return self._lesson(question, shown, True, None)

    def lesson(self, question: Question, shown: Sequence[Shown], random: Random) -> Lesson:
        """Return the lesson, often with headlines, and often with some pieces hidden."""
        return self._lesson(question, shown, random.random() < _WITH_HEADLINE, random)

    def _lesson(self, question: Question, shown: Sequence[Shown], headlines: bool, hiding: Random | None) -> Lesson:
        asked = self._with_hidden(question.pieces, hiding)
        rows = []
        for each in shown:
            text = question.texts[each.text]
            read = [text.pieces[number] for number in each.sentences]
            if each.of_first is not None:
                read[0] = read[0][-each.of_first :]
            rows.append(
                self._reader.row(
                    asked,
                    text.headline if headlines else [],
                    [self._with_hidden(sentence, hiding) for sentence in read],
                )
            )
        right = [(each.text, number) in question.right for each in shown for number in each.sentences]
        return Lesson(tuple(rows), tuple(right))

    def _with_hidden(self, pieces: Pieces, random: Random | None) -> Pieces:
        if random is None or random.random() >= _HIDING:
            return pieces
        return [self._reader.hidden if random.random() < _HIDDEN else piece for piece in pieces]


def windows_of(text: Text, pieces: int) -> list[tuple[int, ...]]:
    """Return the sentences of a text, one after the other, in windows of at most that many pieces if they can be."""
    windows: list[list[int]] = []
    held = 0
    for number, sentence in enumerate(text.pieces):
        if not windows or held + len(sentence) > pieces:
            windows.append([])
            held = 0
        windows[-1].append(number)
        held += len(sentence) + 1
    return [tuple(window) for window in windows]
