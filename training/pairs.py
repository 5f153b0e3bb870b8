"""TrainingText -> batches of Pair: queries with the passages they should find, and passages they should not.

Several windows of one article stand in one batch, so that each is a hard negative to the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from index.vietnamese import strip_marks
from training.questions import drop_words, question_from
from training.rewording import Rewording
from training.types import OpenQuestion, Pair, Section, Translation

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỹ0-9“\"])")
# Words of a window. Short windows give more examples an hour; evaluation passages have about 120 words.
_WINDOW_WORDS = (25, 40, 60, 80)
_WINDOWS_OF_ONE_ARTICLE = 6
_ENGLISH_ROWS_OF_A_SOURCE = 5000


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of one section; `heading` is "" unless the window opens the section."""

    title: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a query or its passage is changed: the share of the pairs."""

    without_marks: float = 0.3
    lower_case: float = 0.25
    reworded: float = 0.4
    titled_passage: float = 0.3
    passage_without_marks: float = 0.04


class ArticlePairs:
    """Pairs from articles without questions: headings, parts of sentences, questions by rule."""

    def __init__(self, sections: Sequence[Section], rewording: Rewording, habits: Habits = Habits()) -> None:
        self._articles = group_by_article(sections)
        self._rewording = rewording
        self._habits = habits
        self._weights = [min(8, len(article)) for article in self._articles]

    def batch(self, size: int, random: Random) -> list[Pair]:
        """Return that many pairs, up to six of one article, all passages different and without overlap."""
        pairs: list[Pair] = []
        while len(pairs) < size:
            article = random.choices(self._articles, self._weights)[0]
            sections = random.sample(article, min(len(article), _WINDOWS_OF_ONE_ARTICLE))
            windows = [window for section in sections for window in cut_windows(section, random)]
            for window in random.sample(windows, min(len(windows), _WINDOWS_OF_ONE_ARTICLE)):
                pairs.append(self._pair(window, random))
        return pairs[:size]

    def _pair(self, window: Window, random: Random) -> Pair:
        query, sentences = self._query(window, random)
        passage = " ".join(sentences)
        if window.title and random.random() < self._habits.titled_passage:
            passage = f"{window.title}. {passage}"
        if random.random() < self._habits.passage_without_marks:
            passage = strip_marks(passage)
        return Pair(self._as_typed(query, random), passage)

    def _query(self, window: Window, random: Random) -> tuple[str, Sequence[str]]:
        """A query, and the sentences left in its passage."""
        draw = random.random()
        if window.heading and draw < 0.35:
            return f"{window.title} {window.heading}".strip(), window.sentences
        chosen = random.randrange(len(window.sentences))
        sentence = window.sentences[chosen]
        question = question_from(sentence, random) if draw < 0.75 else None
        if question is not None:
            return drop_words(question, random.choice([0, 0.1, 0.25, 0.4]), random), window.sentences
        rest = window.sentences[:chosen] + window.sentences[chosen + 1 :]
        keep_sentence = not rest or random.random() < 0.2
        return part_of(sentence, random), window.sentences if keep_sentence else rest

    def _as_typed(self, query: str, random: Random) -> str:
        if random.random() < self._habits.reworded:
            query = self._rewording.reword(query, random.choice([0.4, 0.7, 1.0]), random)
        if random.random() < self._habits.without_marks:
            query = strip_marks(query)
        return query.lower() if random.random() < self._habits.lower_case else query


class OpenPairs:
    """Pairs from open question sets and from neighbouring sentences of parallel text."""

    def __init__(self, questions: Sequence[OpenQuestion], translations: Sequence[Translation]) -> None:
        vietnamese = [q for q in questions if q.language == "vi"]
        others = [q for q in questions if q.language != "vi" and q.source != "medquad"]
        medical = [q for q in questions if q.source == "medquad"][:_ENGLISH_ROWS_OF_A_SOURCE]
        self._questions = others + medical + vietnamese * 3
        self._runs = parallel_runs(translations)
        self._translations = translations

    def questions(self, size: int, random: Random) -> list[Pair]:
        """Return questions that people wrote; one in four Vietnamese ones without marks."""
        return [_open_pair(question, random) for question in random.sample(self._questions, size)]

    def across_languages(self, size: int, random: Random) -> list[Pair]:
        """Return parts of sentences in one language with what stands around them in the other."""
        pairs: list[Pair] = []
        while len(pairs) < size:
            run = random.choice(self._runs)
            chosen = random.randrange(len(run))
            here = run[chosen]
            around = run if random.random() < 0.5 else run[:chosen] + run[chosen + 1 :]
            foreign = random.random() < 0.7
            query = part_of(here.english if foreign else here.text, random)
            if not foreign and random.random() < 0.3:
                query = strip_marks(query)
            pairs.append(Pair(query, " ".join(t.text if foreign else t.english for t in around)))
        return pairs

    def translations(self, size: int, random: Random) -> list[Pair]:
        """Return sentences with their translations; English asks two times of three."""
        pairs = []
        for translation in random.sample(self._translations, size):
            text = translation.text
            if translation.language == "vi" and random.random() < 0.25:
                text = strip_marks(text)
            asks = random.random() < 0.67
            pairs.append(Pair(translation.english, text) if asks else Pair(text, translation.english))
        return pairs


def group_by_article(sections: Sequence[Section]) -> list[list[Section]]:
    """Return sections of one title together; a section without a title is an article of its own."""
    articles: list[list[Section]] = []
    for section in sections:
        if articles and section.title and articles[-1][0].title == section.title:
            articles[-1].append(section)
        else:
            articles.append([section])
    return articles


def cut_windows(section: Section, random: Random) -> list[Window]:
    """Return the section's sentences in consecutive windows, none in two of them."""
    windows: list[Window] = []
    held: list[str] = []
    words, wanted = 0, random.choice(_WINDOW_WORDS)
    for sentence in (s for paragraph in section.paragraphs for s in _SENTENCE_END.split(paragraph)):
        held.append(sentence)
        words += len(sentence.split())
        if words >= wanted:
            windows.append(Window(section.title, "" if windows else section.heading, tuple(held)))
            held, words, wanted = [], 0, random.choice(_WINDOW_WORDS)
    if words >= 8 or (held and not windows):
        windows.append(Window(section.title, "" if windows else section.heading, tuple(held)))
    return windows


def part_of(sentence: str, random: Random) -> str:
    """Return four to twenty words of the sentence in a row; all of it where it is shorter."""
    words = sentence.split()
    length = random.randint(4, 20)
    begin = random.randrange(max(1, len(words) - length + 1))
    return " ".join(words[begin : begin + length])


def parallel_runs(translations: Sequence[Translation], length: int = 4) -> list[list[Translation]]:
    """Return up to `length` consecutive rows of a running text, which neighbours of a list of sentences are not."""
    running = [t for t in translations if t.source not in ("tatoeba", "talpco")]
    runs = [running[i : i + length] for i in range(0, len(running), length // 2)]
    return [run for run in runs if len(run) > 1 and len({(t.source, t.language) for t in run}) == 1]


def _open_pair(question: OpenQuestion, random: Random) -> Pair:
    if question.language == "zh":
        return Pair(question.question, question.passage[: random.choice([100, 180])])
    asked = question.question
    if question.language == "vi" and random.random() < 0.25:
        asked = strip_marks(asked)
    return Pair(asked, " ".join(question.passage.split()[: random.choice([60, 100])]))
