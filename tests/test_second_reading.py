"""The likeliest sentences are read again, each behind the end of the one before it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from qa import Assistant
from qa.decision import ranking
from qa.extraction import KIND_MISSING, Candidate, answering_first
from qa.reading_rows import MOST, Window
from qa.second_reading import (
    SENTENCES_READ,
    UNLIKELY,
    WORDS_BEFORE,
    WORDS_READ,
    read_again,
)

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


class Likes:
    """Stands for the cross-encoder: sure of the sentences that have `word`, and remembers what it was given."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.given: list[Sequence[Window]] = []

    def log_odds(self, question: str, windows: Sequence[Window]) -> list[NDArray[np.float64]]:
        self.given.append(windows)
        return [np.array([MOST if self.word in text else -MOST / 2 for text in w.sentences]) for w in windows]


def again(assistant: Assistant, likes: Likes, weight: float) -> tuple[Sequence[Candidate], list[Candidate]]:
    """Return the sentences as they stand before they are read again, and after."""
    reading = assistant.read(FLIGHT)
    weights = {**ranking("vi"), "read": weight}
    unread = [each.with_evidence(replace(each.evidence, read=0.0), weights) for each in reading.candidates]
    first = sorted(unread, key=lambda each: -each.score)
    return first, read_again(likes, reading.query, first, assistant._source.sentences, weights)


def text_of(candidate: Candidate) -> str:
    return candidate.article.text[candidate.start : candidate.end]


def test_what_is_likely_comes_first(assistant: Assistant) -> None:
    first, read = again(assistant, Likes("Quảng Tây"), 1000.0)
    liked = [candidate for candidate in read if candidate.evidence.read == 1.0]
    assert liked
    assert read[: len(liked)] == liked
    assert all("Quảng Tây" in text_of(candidate) for candidate in liked)
    assert sorted(map(text_of, read)) == sorted(map(text_of, first))
    assert [c.score for c in read] == sorted((c.score for c in read), reverse=True)


def test_equal_ones_stay_in_their_order(assistant: Assistant) -> None:
    first, read = again(assistant, Likes("Quảng Tây"), 0.0)
    assert list(map(text_of, read)) == list(map(text_of, first))


def test_the_first_ones_are_read_each_behind_the_end_of_the_sentence_before(assistant: Assistant) -> None:
    likes = Likes("Quảng Tây")
    first, read = again(assistant, likes, 1.0)
    (windows,) = likes.given
    given = [window.sentences[-1] for window in windows]
    taken = [text_of(candidate) for candidate in answering_first(first)[:SENTENCES_READ]]
    assert given[0] == taken[0]
    assert [text for text in taken if text in given] == given
    for window in windows:
        article = next(a for a in assistant.articles.values() if window.sentences[-1] in a.text)
        assert window.headline == (article.title or "")
        assert all(len(text.split()) <= WORDS_BEFORE for text in window.sentences[:-1])
        assert all(" ".join(article.text.split()).count(" ".join(text.split())) for text in window.sentences)
    assert {text_of(candidate) for candidate in read if candidate.evidence.read} == set(given)


def test_only_so_many_words_are_read_but_the_first_sentence_always(assistant: Assistant, monkeypatch) -> None:
    likes = Likes("Quảng Tây")
    again(assistant, likes, 1.0)
    (windows,) = likes.given
    assert 1 < len(windows) <= SENTENCES_READ
    assert words_of(windows) <= WORDS_READ
    monkeypatch.setattr("qa.second_reading.WORDS_READ", 1)
    again(assistant, likes, 1.0)
    assert len(likes.given[1]) == 1


@pytest.mark.parametrize(("log_odds", "is_cited"), [(0.0, True), (UNLIKELY, True), (UNLIKELY - 1, False)])
def test_a_further_sentence_that_seems_to_answer_is_cited_however_far_behind(
    assistant: Assistant, log_odds: float, is_cited: bool
) -> None:
    reading = assistant.read(FLIGHT)
    answers = [each for each in reading.candidates if each.evidence.kind >= KIND_MISSING]
    first, *_, last = answers
    read = replace(last.evidence, read=(log_odds + MOST) / (2 * MOST))
    others = [replace(each, evidence=replace(each.evidence, read=0.0)) for each in reading.candidates if each != last]
    changed = replace(reading, candidates=(*others, replace(last, evidence=read)))
    quotes = [citation.quote for citation in assistant.answer(changed).citations]
    assert quotes[0] == text_of(first)
    assert (text_of(last) in quotes) is is_cited


def words_of(windows: Sequence[Window]) -> int:
    return sum(len(text.split()) for window in windows for text in window.sentences)


@pytest.mark.parametrize("question", ["Khi nào mở đường bay Nam Ninh – Hải Phòng?", "khi nao mo duong bay nam ninh"])
def test_the_answer_keeps_its_law(assistant: Assistant, question: str) -> None:
    reading = assistant.read(question)
    assert [c.score for c in reading.candidates] == sorted((c.score for c in reading.candidates), reverse=True)
    assert all(0 <= c.evidence.read <= 1 for c in reading.candidates)
    assert any(c.evidence.read > 0 for c in reading.candidates)
