"""Rewording says a query with other words of the same meaning."""

from random import Random

import pytest

from training.rewording import Rewording, headword
from training.types import Translation

WORDS = [
    Translation("economy production and consumption", "kinh tế, nền kinh tế", "vi", "dictionary"),
    Translation("economy production and consumption", "經濟, 经济", "zh", "dictionary"),
    Translation("navy a fleet", "hải quân", "vi", "dictionary"),
    Translation("army a large force", "quân", "vi", "dictionary"),
]


@pytest.mark.parametrize(
    ("gloss", "word"),
    [
        ("pecan the nut of this tree", "pecan"),
        ("rice vinegar a type of vinegar", "rice vinegar"),
        ("masculine", "masculine"),
        ("a first letter", "a"),
    ],
)
def test_a_gloss_begins_with_the_word_it_explains(gloss, word):
    assert headword(gloss) == word


def test_a_phrase_becomes_a_synonym_an_english_or_a_chinese_word():
    rewording = Rewording.from_dictionary(WORDS)
    said = {rewording.reword("tăng trưởng Kinh tế năm nay", 1.0, Random(seed)) for seed in range(40)}
    assert said == {f"tăng trưởng {word} năm nay" for word in ("nền kinh tế", "economy", "經濟", "经济")}


def test_the_longest_phrase_is_taken():
    rewording = Rewording.from_dictionary(WORDS)
    assert {rewording.reword("hải quân", 1.0, Random(seed)) for seed in range(10)} == {"navy"}


def test_share_zero_changes_nothing():
    assert Rewording.from_dictionary(WORDS).reword("kinh tế  hải quân", 0.0, Random(0)) == "kinh tế hải quân"
