"""What the cross-encoder learns from: questions, windows of text, and which of their sentences answer.

Questions written for this project (`written.py`) tell answered from not; those made by rule (`rule_lessons.py`) teach
first which words meet. Questions of open sets come with a passage, any sentence of which may be the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from index.vietnamese import sentence_spans, strip_marks
from qa.reading_rows import PieceReader
from training.encoder import Encoder
from training.lesson import Lesson, LessonWriter, Place, Question, Shown, Text, windows_of
from training.rule_lessons import FEWEST, MOST, RuleLessons
from training.swapping import names_in, swapped
from training.types import TrainingText
from training.written import Asked, Span

MEASURED_PIECES = 110  # of a window that is measured with
NOT_READ = ("medquad",)  # its answers are whole pages, not sentences
_OTHERS_PIECES, _OPEN_PIECES = 130, 150
_NEAREST = 8  # windows of other texts to draw a wrong one from
_LONGEST_TEXT = 2_500
_OPENLY = 0.06
_OF_ARCHIVES, _MOST_OF_ARCHIVES = 3, 0.5  # a question of an archive is drawn so many times, but not more of all
_WITH_OTHER_TEXT = 0.6
_BY_SENTENCE, _BARE, _CUT, _CUT_TO = 0.5, 0.25, 0.4, 24  # as in use: behind the one before, or its last pieces; alone
_SWAPPED, _OF_OWN_TEXT, _UNMARKED_SWAPPED = 0.3, 0.6, 0.15


class Lessons:
    """Lessons drawn from seed and step alone."""

    def __init__(
        self, reader: PieceReader, text: TrainingText, written: Sequence[Asked], encoder: Encoder, seed: int
    ) -> None:
        """`encoder` finds for each question on one written text the windows of others that are most like it."""
        self._writer, self._seed = LessonWriter(reader), seed
        self._of_one: list[Question] = []
        self._of_archives: list[Question] = []
        self.held_out: list[Question] = []
        taught: list[Text] = []
        for each in written:
            texts = self._writer.texts([(one.title, one.text) for one in each.texts])
            questions = self._questions(each, texts)
            (self.held_out if each.held_out else self._of_one if len(texts) == 1 else self._of_archives).extend(
                questions
            )
            taught += texts if len(texts) == 1 and not each.held_out else []
        self._windows = [(read, window) for read in taught for window in windows_of(read, _OTHERS_PIECES)]
        self._nearest = self._like_them(encoder)
        self._by_rule = RuleLessons(self._writer, text)
        open_questions = [question for question in text.questions if question.source not in NOT_READ]
        passages = self._writer.texts([("", each.passage[:_LONGEST_TEXT]) for each in open_questions])
        self._open = [
            self._writer.question(each.question, [read], frozenset((0, i) for i in range(len(read.pieces))))
            for each, read in zip(open_questions, passages, strict=True)
        ]

    def batch(self, step: int, done: float, pieces: int) -> list[Lesson]:
        """Return lessons of that many pieces in all; `done` in [0, 1]: by rule at first, the written ones later."""
        random = Random(self._seed * 1_000_003 + step)
        by_rule = max(0.06, 0.7 - max(0.0, done - 0.1) * 2)
        weight = _OF_ARCHIVES * len(self._of_archives)
        of_archives = min(_MOST_OF_ARCHIVES, weight / (weight + len(self._of_one)))
        lessons: list[Lesson] = []
        while sum(len(row.ids) for lesson in lessons for row in lesson.rows) < pieces:
            draw = random.random()
            if draw < by_rule:
                lessons.append(self._by_rule.draw(random))
            elif draw < by_rule + _OPENLY:
                lessons.append(self._openly(random))
            elif random.random() < of_archives:
                question = random.choice(self._of_archives)
                lessons.append(self._writer.lesson(question, self._sentences(question, random), random))
            else:
                lessons.append(self._as_written(random))
        return lessons

    def measured(self, question: Question) -> Lesson:
        """Return a held-out question with its whole texts."""
        shown = [
            Shown(number, window)
            for number, text in enumerate(question.texts)
            for window in windows_of(text, MEASURED_PIECES)
        ]
        return self._writer.whole(question, shown)

    def _questions(self, asked: Asked, texts: Sequence[Text]) -> list[Question]:
        """Return the questions of a text or an archive, but for those whose answer is no sentence."""
        made = []
        sentences = [sentence_spans(text.text) for text in asked.texts]
        for each in asked.questions:
            right = frozenset(place for span in each.spans for place in _sentences_of(span, sentences[span[0]]))
            if right or not each.spans:
                made.append(self._writer.question(each.question, texts, right))
        return made

    def _as_written(self, random: Random) -> Lesson:
        number = random.randrange(len(self._of_one))
        question = self._of_one[number]
        if question.right and random.random() < _SWAPPED:
            about_another = self._about_another(question, random)
            if about_another is not None:
                return about_another
        read = self._sentences if random.random() < _BY_SENTENCE else self._windows_around
        lesson = self._writer.lesson(question, read(question, random), random)
        if random.random() >= _WITH_OTHER_TEXT:
            return lesson
        text, window = self._windows[random.choice(self._nearest[number])]
        return lesson + self._wrong(question, text, window, random)

    def _about_another(self, question: Question, random: Random) -> Lesson | None:
        """Return the question about another year, day or name, with sentences that do not have that one."""
        (text,) = question.texts
        right = sorted(number for _, number in question.right)
        near = " ".join(text.sentences[place] for i in right for place in range(max(0, i - 1), i + 1))
        elsewhere, window = random.choice(self._windows)
        named = text.sentences if random.random() < _OF_OWN_TEXT else [elsewhere.sentences[i] for i in window]
        found = swapped(question.text, near, [name for sentence in named for name in names_in(sentence)], random)
        if found is None:
            return None
        asked, put_in = found
        others = [
            (0, i)
            for i in range(len(text.sentences))
            if i not in right and all(put_in not in each for each in text.sentences[max(0, i - 1) : i + 1])
        ]
        if random.random() < _UNMARKED_SWAPPED:
            asked = strip_marks(asked).lower()
        about = self._writer.question(asked, [text])
        others.sort(key=about.likeness, reverse=True)
        chosen = [(0, i) for i in random.sample(right, min(2, len(right)))] + others[: random.choice([1, 2])]
        return self._writer.lesson(about, _with_what_stands_before(chosen, random), random)

    def _sentences(self, question: Question, random: Random) -> list[Shown]:
        """Return a few sentences, right ones and those most like the question, each behind the one before it."""
        others = sorted(set(question.places) - question.right, key=lambda place: (-question.likeness(place), place))
        right = sorted(question.right)
        most = 3 if len(question.texts) == 1 else 4
        chosen = others[: random.randint(2, most)] + random.sample(right, min(2, len(right)))
        return _with_what_stands_before(chosen, random)

    def _windows_around(self, question: Question, random: Random) -> list[Shown]:
        windows = windows_of(question.texts[0], random.randint(FEWEST, MOST))
        right = {number for _, number in question.right}
        answering = [window for window in windows if right & set(window)]
        others = [window for window in windows if not right & set(window)]
        likeness = [question.in_common(0, window) + 2 * random.random() for window in others]
        nearest = [others[i] for i in np.argsort(likeness)[::-1][: 1 if answering else 2]]
        return [Shown(0, window) for window in answering[:2] + nearest]

    def _openly(self, random: Random) -> Lesson:
        question = random.choice(self._open)
        (text,) = question.texts
        shown = [Shown(0, window) for window in windows_of(text, _OPEN_PIECES)[:2]]
        lesson = self._writer.lesson(question, shown, random)
        for other in random.sample(self._open, 2):
            if other.texts[0] is not text:
                lesson += self._wrong(question, other.texts[0], windows_of(other.texts[0], 100)[0], random)
        return lesson

    def _wrong(self, question: Question, text: Text, window: tuple[int, ...], random: Random) -> Lesson:
        """Return the question with a window of a text that it was not asked of."""
        return self._writer.lesson(self._writer.question(question.text, [text]), [Shown(0, window)], random)

    def _like_them(self, encoder: Encoder) -> list[list[int]]:
        vectors = encoder.encode([" ".join(text.sentences[i] for i in window) for text, window in self._windows])
        asked = encoder.encode([question.text for question in self._of_one])
        owners = np.array([id(text) for text, _ in self._windows])
        nearest: list[list[int]] = []
        for question, vector in zip(self._of_one, asked, strict=True):
            likeness = np.where(owners == id(question.texts[0]), -1.0, vectors @ vector)
            nearest.append(np.argpartition(-likeness, min(_NEAREST, len(likeness) - 1))[:_NEAREST].tolist())
        return nearest


def _with_what_stands_before(chosen: Sequence[Place], random: Random) -> list[Shown]:
    """Return sentences, all of them behind the one before, behind its end, or alone."""
    drawn = random.random()
    if drawn < _BARE:
        return [Shown(text, (i,)) for text, i in chosen]
    of_first = _CUT_TO if drawn < _BARE + _CUT else None
    return [Shown(text, (i - 1, i), of_first) if i else Shown(text, (i,)) for text, i in chosen]


def _sentences_of(span: Span, sentences: Sequence[tuple[int, int]]) -> Iterator[Place]:
    """Yield the sentences of the span's text that share at least half of the shorter of the two with it."""
    text, first, last = span
    for number, (start, end) in enumerate(sentences):
        if 2 * (min(end, last) - max(start, first)) >= min(end - start, last - first):
            yield text, number
