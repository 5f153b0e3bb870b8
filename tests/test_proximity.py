from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import folded
from index.terms import PAIR
from qa import Assistant
from qa.proximity import Spellings, proximity
from qa.shown_order import by_their_sentences

FLIGHT = [("đường", True, 1.0), ("bay", True, 2.0), (f"đường{PAIR}bay", True, 9.0), ("mo", False, 1.0)]


def spelled(text: str) -> list[Spellings]:
    words = text.split()
    return list(zip(words, folded(words), strict=True))


def test_words_beside_each_other_count_in_full_and_pairs_not_at_all() -> None:
    assert proximity(spelled("hôm nay mở đường bay mới"), FLIGHT, reach=3) == 1.0


def test_words_that_stand_apart_count_as_the_rarest_of_them_alone() -> None:
    assert proximity(spelled("đường bộ ven sông , máy bay"), FLIGHT, reach=3) == 0.5


def test_a_word_typed_without_marks_is_met_under_any() -> None:
    assert proximity(spelled("mờ"), FLIGHT) == proximity(spelled("mở"), FLIGHT) == 0.25
    assert proximity(spelled("duong"), FLIGHT) == 0.0


def test_a_question_or_a_text_without_words_gives_nothing() -> None:
    assert proximity(spelled("mở đường bay"), []) == proximity([], FLIGHT) == 0.0


@given(st.lists(st.sampled_from(["đường", "bay", "mở", "và"]), max_size=30), st.integers(1, 30))
def test_it_is_the_best_of_all_windows(words: Sequence[str], reach: int) -> None:
    text = spelled(" ".join(words))
    windows = [text[start : start + reach] for start in range(len(text))] or [[]]
    best = max(proximity(window, FLIGHT, reach=len(text) + 1) for window in windows)
    assert proximity(text, FLIGHT, reach) == pytest.approx(best)


def test_of_two_passages_as_likely_the_one_that_has_the_words_together_is_shown_first(assistant: Assistant) -> None:
    reading = assistant.read("Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    first, second = reading.fused[:2]
    candidate = reading.as_found[0]
    alike = [replace(candidate, hit=hit) for hit in (first, second)]
    for nearer in (first, second):
        shown = by_their_sentences((first, second), alike, lambda hit, nearer=nearer: float(hit is nearer))
        assert shown[0].passage == nearer.passage
        assert shown[0].score == 1.0


def test_a_foreign_question_is_not_judged_by_where_its_names_stand(assistant: Assistant) -> None:
    reading = assistant.read("When did the direct flight between Nanning and Hai Phong open?")
    assert reading.hits == by_their_sentences(reading.fused, reading.as_found, lambda _: 0.0)
