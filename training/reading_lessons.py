"""What the cross-encoder learns from: questions, windows of text, and which of their sentences answer.

Questions written for this project (`written.py`) tell answered from not; those made from sentences by rule teach first
which words of a question meet which of a text, and what a date, number or person is: in every third the answer is cut
out of its sentence. Questions of open sets come with a passage, any sentence of which may be the one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from index.vietnamese import sentence_spans, strip_marks
from qa.reading_rows import PieceReader, Row
from training.encoder import Encoder
from training.questions import RULES
from training.rewording import Rewording
from training.swapping import names_in, swapped
from training.types import TrainingText
from training.written import AskedText

FEWEST, MOST = 60, 170  # pieces of a window's sentences
MEASURED_PIECES = 110  # of a window that is measured with
SECTIONS = 26_000  # of the encyclopaedia, for questions by rule
NOT_READ = ("medquad",)  # its answers are whole pages, not sentences
_NEAREST = 8  # windows of other texts to draw a wrong one from
_LONGEST_TEXT = 2_500
_LONGEST_SENTENCE, _SHORTEST_SENTENCE = 400, 40
_WITH_HEADLINE, _WITH_OTHER_TEXT = 0.7, 0.6
_BY_SENTENCE, _BARE = 0.5, 0.25  # as in use: a sentence behind the one before it, or alone
_SWAPPED, _OF_OWN_TEXT, _UNMARKED_SWAPPED = 0.3, 0.6, 0.15
_HIDING, _HIDDEN = 0.5, 0.08  # texts with pieces hidden, and how many of them: words must not be learnt by heart
_CUT_OUT, _REWORDED, _UNMARKED, _LOWER = 0.35, 0.7, 0.25, 0.5
_REWORDED_SHARE, _DROPPED = 0.5, 0.25

Pieces = list[int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in sentences, as written and in pieces, and its headline's pieces."""

    headline: Pieces
    sentences: tuple[str, ...]
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question's rows, and for each of their sentences, in order, whether it answers. None may."""

    rows: tuple[Row, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as written and in pieces, the text it is about, and which of its sentences answer."""

    question: str
    pieces: Pieces
    text: Text
    right: frozenset[int]


def windows_of(text: Text, pieces: int) -> list[list[int]]:
    """Return the sentences of a text, one after the other, in windows of at most that many pieces if they can be."""
    windows: list[list[int]] = []
    held = 0
    for number, sentence in enumerate(text.pieces):
        if not windows or held + len(sentence) > pieces:
            windows.append([])
            held = 0
        windows[-1].append(number)
        held += len(sentence) + 1
    return windows


class Lessons:
    """Lessons drawn from seed and step alone."""

    def __init__(
        self,
        reader: PieceReader,
        text: TrainingText,
        written: Sequence[AskedText],
        encoder: Encoder,
        seed: int,
    ) -> None:
        """`encoder` finds for each written question the windows of other texts that are most like it."""
        self._reader, self._seed = reader, seed
        self._rewording = Rewording.from_dictionary(text.words)
        texts = self._texts([(each.title, each.text) for each in written])
        self._written, self.held_out = [], []
        asked_as: list[str] = []
        for each, read in zip(written, texts, strict=True):
            for question in each.questions:
                right = _right_sentences(each.text, question.spans)
                if question.spans and not right:
                    continue
                asked = Asked(question.question, reader.pieces([question.question])[0], read, right)
                if each.held_out:
                    self.held_out.append(asked)
                else:
                    self._written.append(asked)
                    asked_as.append(question.question)
        taught = [read for each, read in zip(written, texts, strict=True) if not each.held_out]
        self._windows = [(read, window) for read in taught for window in windows_of(read, 130)]
        self._nearest = self._like_them(encoder, asked_as)
        sections = [section for section in text.sections if section.title][:SECTIONS]
        self._sections = self._texts([(each.title, " ".join(each.paragraphs)[:_LONGEST_TEXT]) for each in sections])
        questions = [question for question in text.questions if question.source not in NOT_READ]
        open_texts = self._texts([("", each.passage[:_LONGEST_TEXT]) for each in questions])
        asked_openly = reader.pieces([each.question for each in questions])
        self._open = [
            Asked(each.question, asked, text, frozenset(range(len(text.pieces))))
            for each, asked, text in zip(questions, asked_openly, open_texts, strict=True)
        ]

    def batch(self, step: int, done: float, pieces: int) -> list[Lesson]:
        """Return lessons of that many pieces in all; `done` in [0, 1]: by rule at first, the written ones later."""
        random = Random(self._seed * 1_000_003 + step)
        by_rule = max(0.1, 0.7 - max(0.0, done - 0.1) * 2)
        lessons: list[Lesson] = []
        while sum(len(row.ids) for lesson in lessons for row in lesson.rows) < pieces:
            draw = random.random()
            if draw < by_rule:
                lessons.append(self._by_rule(random))
            elif draw < by_rule + 0.06:
                lessons.append(self._openly(random))
            else:
                lessons.append(self._as_written(random))
        return lessons

    def measured(self, asked: Asked) -> Lesson:
        """Return a held-out question with its whole text."""
        return self._lesson(asked, windows_of(asked.text, MEASURED_PIECES), asked.text.headline)

    def _as_written(self, random: Random) -> Lesson:
        number = random.randrange(len(self._written))
        asked = self._written[number]
        about_another = self._about_another(asked, random) if asked.right and random.random() < _SWAPPED else None
        if about_another is not None:
            return about_another
        read = self._sentences if random.random() < _BY_SENTENCE else self._windows_around
        lesson = self._lesson(asked, read(asked, random), self._headline(asked.text, random), random)
        if random.random() >= _WITH_OTHER_TEXT:
            return lesson
        text, window = self._windows[random.choice(self._nearest[number])]
        return _joined(lesson, self._wrong(asked.pieces, text, window, random))

    def _about_another(self, asked: Asked, random: Random) -> Lesson | None:
        """Return the question about another year, day or name, with sentences that do not have that one."""
        text = asked.text
        right = sorted(asked.right)
        near = " ".join(text.sentences[place] for i in right for place in range(max(0, i - 1), i + 1))
        elsewhere, window = random.choice(self._windows)
        named = text.sentences if random.random() < _OF_OWN_TEXT else [elsewhere.sentences[i] for i in window]
        found = swapped(asked.question, near, [name for sentence in named for name in names_in(sentence)], random)
        if found is None:
            return None
        question, put_in = found
        others = [
            place
            for place in range(len(text.sentences))
            if place not in asked.right
            and all(put_in not in each for each in text.sentences[max(0, place - 1) : place + 1])
        ]
        if random.random() < _UNMARKED_SWAPPED:
            question = strip_marks(question).lower()
        about = Asked(question, self._reader.pieces([question])[0], text, frozenset())
        likeness = [self._in_common(about, [place]) / (6 + len(text.pieces[place])) ** 0.5 for place in others]
        nearest = [others[i] for i in np.argsort(likeness)[::-1][: random.choice([1, 2])]]
        before = 0 if random.random() < _BARE else 1
        chosen = random.sample(right, min(2, len(right))) + nearest
        windows = [list(range(max(0, place - before), place + 1)) for place in chosen]
        return self._lesson(about, windows, self._headline(text, random), random)

    def _sentences(self, asked: Asked, random: Random) -> list[list[int]]:
        """Return a few sentences, right ones and those most like the question, each behind the one before it."""
        pieces = asked.text.pieces
        likeness = [self._in_common(asked, [place]) / (6 + len(pieces[place])) ** 0.5 for place in range(len(pieces))]
        others = [int(place) for place in np.argsort(likeness)[::-1] if int(place) not in asked.right]
        right = sorted(asked.right)
        chosen = others[: random.choice([2, 3])] + random.sample(right, min(2, len(right)))
        before = 0 if random.random() < _BARE else 1
        return [list(range(max(0, place - before), place + 1)) for place in chosen]

    def _windows_around(self, asked: Asked, random: Random) -> list[list[int]]:
        windows = windows_of(asked.text, random.randint(FEWEST, MOST))
        answering = [window for window in windows if asked.right & set(window)]
        others = [window for window in windows if not asked.right & set(window)]
        likeness = [self._in_common(asked, window) + 2 * random.random() for window in others]
        return answering[:2] + [others[i] for i in np.argsort(likeness)[::-1][: 1 if answering else 2]]

    def _openly(self, random: Random) -> Lesson:
        asked = random.choice(self._open)
        lesson = self._lesson(asked, windows_of(asked.text, 150)[:2], [])
        for other in random.sample(self._open, 2):
            if other.text is not asked.text:
                lesson = _joined(lesson, self._wrong(asked.pieces, other.text, windows_of(other.text, 100)[0], random))
        return lesson

    def _by_rule(self, random: Random) -> Lesson:
        while True:
            text = random.choice(self._sections)
            number = random.randrange(len(text.sentences)) if text.sentences else 0
            sentence = text.sentences[number] if text.sentences else ""
            rule = random.choice(list(RULES.values()))
            taken = list(rule.taken.finditer(sentence))
            if len(text.sentences) < 3 or not _SHORTEST_SENTENCE < len(sentence) < _LONGEST_SENTENCE or not taken:
                continue
            span = random.choice(taken)
            words = sentence[: span.start()].split()[-random.randint(4, 12) :]
            words += sentence[span.end() :].split()[: random.randint(2, 8)]
            if len(words) >= 3:
                break
        kept = [word for word in words if random.random() > _DROPPED] or words
        question = random.choice(rule.forms).format(" ".join(kept).strip(' ,.;:()"“”-–'))
        pieces, right = list(text.pieces), frozenset({number})
        if random.random() < _CUT_OUT:
            pieces[number] = self._reader.pieces([sentence[: span.start()] + sentence[span.end() :]])[0]
            right = frozenset()
        typed = self._typed(question, random)
        asked = Asked(typed, self._reader.pieces([typed])[0], Text(text.headline, (), tuple(pieces)), right)
        around = _around(number, asked.text.pieces, random.randint(FEWEST, MOST), random)
        lesson = self._lesson(asked, [around], self._headline(text, random))
        others = [place for place in range(len(pieces)) if place not in around]
        if others and random.random() < 0.6:
            first = random.choice(others)
            window = [place for place in others if first <= place < first + 3]
            lesson = _joined(lesson, self._wrong(asked.pieces, asked.text, window, random))
        return lesson

    def _typed(self, question: str, random: Random) -> str:
        if random.random() < _REWORDED:
            question = self._rewording.reword(question, _REWORDED_SHARE, random)
        if random.random() < _UNMARKED:
            question = strip_marks(question)
        return question.lower() if random.random() < _LOWER else question

    def _lesson(
        self, asked: Asked, windows: Sequence[Sequence[int]], headline: Pieces, hiding: Random | None = None
    ) -> Lesson:
        question, pieces = asked.pieces, asked.text.pieces
        if hiding is not None:
            question = self._with_hidden(question, hiding)
            pieces = tuple(self._with_hidden(sentence, hiding) for sentence in pieces)
        rows = [self._reader.row(question, headline, [pieces[i] for i in window]) for window in windows]
        return Lesson(tuple(rows), tuple(i in asked.right for window in windows for i in window))

    def _with_hidden(self, pieces: Pieces, random: Random) -> Pieces:
        if random.random() >= _HIDING:
            return pieces
        return [self._reader.hidden if random.random() < _HIDDEN else piece for piece in pieces]

    def _wrong(self, question: Pieces, text: Text, window: Sequence[int], random: Random) -> Lesson:
        return self._lesson(Asked("", question, text, frozenset()), [window], self._headline(text, random))

    @staticmethod
    def _headline(text: Text, random: Random) -> Pieces:
        return text.headline if random.random() < _WITH_HEADLINE else []

    @staticmethod
    def _in_common(asked: Asked, window: Sequence[int]) -> int:
        return len(set(asked.pieces) & {piece for i in window for piece in asked.text.pieces[i]})

    def _texts(self, texts: Sequence[tuple[str, str]]) -> list[Text]:
        sentences = [tuple(body[start:end] for start, end in sentence_spans(body)) for _, body in texts]
        left = iter(self._reader.pieces([sentence for each in sentences for sentence in each]))
        headlines = self._reader.pieces([title for title, _ in texts])
        return [
            Text(headline, each, tuple(next(left) for _ in each))
            for headline, each in zip(headlines, sentences, strict=True)
        ]

    def _like_them(self, encoder: Encoder, questions: Sequence[str]) -> list[list[int]]:
        vectors = encoder.encode([" ".join(text.sentences[i] for i in window) for text, window in self._windows])
        asked = encoder.encode(questions)
        owners = np.array([id(text) for text, _ in self._windows])
        nearest: list[list[int]] = []
        for question, vector in zip(self._written, asked, strict=True):
            likeness = np.where(owners == id(question.text), -1.0, vectors @ vector)
            nearest.append(np.argpartition(-likeness, min(_NEAREST, len(likeness) - 1))[:_NEAREST].tolist())
        return nearest


def _right_sentences(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the sentences that share at least half of the shorter of the two with a span."""
    return frozenset(
        number
        for number, (start, end) in enumerate(sentence_spans(text))
        for first, last in spans
        if 2 * (min(end, last) - max(start, first)) >= min(end - start, last - first)
    )


def _around(number: int, pieces: Sequence[Pieces], most: int, random: Random) -> list[int]:
    """Return the place of a sentence with neighbours on both sides, as many as `most` pieces hold."""
    first, last, held = number, number, len(pieces[number])
    while True:
        sides = [place for place in (first - 1, last + 1) if 0 <= place < len(pieces)]
        place = random.choice(sides) if sides else -1
        if place < 0 or held + len(pieces[place]) > most:
            return list(range(first, last + 1))
        first, last, held = min(first, place), max(last, place), held + len(pieces[place])


def _joined(left: Lesson, right: Lesson) -> Lesson:
    return Lesson(left.rows + right.rows, left.right + right.right)
