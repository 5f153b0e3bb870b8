"""Questions made from sentences of an encyclopaedia by rule: which words of a question meet which of a text, and what
a date, a number and a person are. In every third the answer is cut out of its sentence, so that nothing answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from index.vietnamese import strip_marks
from training.lesson import Lesson, LessonWriter, Pieces, Shown
from training.questions import RULES
from training.rewording import Rewording
from training.types import TrainingText

FEWEST, MOST = 60, 170  # pieces of a window's sentences
SECTIONS = 26_000
_LONGEST_TEXT = 2_500
_LONGEST_SENTENCE, _SHORTEST_SENTENCE = 400, 40
_CUT_OUT, _REWORDED, _UNMARKED, _LOWER = 0.35, 0.7, 0.25, 0.5
_REWORDED_SHARE, _DROPPED = 0.5, 0.25
_WITH_OTHER_WINDOW = 0.6


class RuleLessons:
    """Lessons drawn from the encyclopaedia."""

    def __init__(self, writer: LessonWriter, text: TrainingText) -> None:
        """`text` has the sections, and the dictionary that questions are reworded with."""
        self._writer = writer
        self._rewording = Rewording.from_dictionary(text.words)
        sections = [section for section in text.sections if section.title][:SECTIONS]
        self._texts = writer.texts([(each.title, " ".join(each.paragraphs)[:_LONGEST_TEXT]) for each in sections])

    def draw(self, random: Random) -> Lesson:
        """Return a question on one sentence, with the sentences around it, and often some from farther off."""
        while True:
            text = random.choice(self._texts)
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
        asked = self._typed(random.choice(rule.forms).format(" ".join(kept).strip(' ,.;:()"“”-–')), random)
        pieces, right = list(text.pieces), frozenset({(0, number)})
        if random.random() < _CUT_OUT:
            pieces[number] = self._writer.pieces(sentence[: span.start()] + sentence[span.end() :])
            right = frozenset()
        question = self._writer.question(asked, [replace(text, pieces=tuple(pieces))], right)
        around = _around(number, pieces, random.randint(FEWEST, MOST), random)
        shown = [Shown(0, tuple(around))]
        others = [place for place in range(len(pieces)) if place not in around]
        if others and random.random() < _WITH_OTHER_WINDOW:
            first = random.choice(others)
            shown.append(Shown(0, tuple(place for place in others if first <= place < first + 3)))
        return self._writer.lesson(question, shown, random)

    def _typed(self, question: str, random: Random) -> str:
        if random.random() < _REWORDED:
            question = self._rewording.reword(question, _REWORDED_SHARE, random)
        if random.random() < _UNMARKED:
            question = strip_marks(question)
        return question.lower() if random.random() < _LOWER else question


def _around(number: int, pieces: Sequence[Pieces], most: int, random: Random) -> list[int]:
    """Return the place of a sentence with neighbours on both sides, as many as `most` pieces hold."""
    first, last, held = number, number, len(pieces[number])
    while True:
        sides = [place for place in (first - 1, last + 1) if 0 <= place < len(pieces)]
        place = random.choice(sides) if sides else -1
        if place < 0 or held + len(pieces[place]) > most:
            return list(range(first, last + 1))
        first, last, held = min(first, place), max(last, place), held + len(pieces[place])
