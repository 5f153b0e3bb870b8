"""Words typed by Telex and VNI rules are read as the syllables that were meant, and nothing else is."""

import unicodedata

import pytest

from index.articles import Corpus
from index.telex import as_meant, as_typed
from index.vietnamese import has_marks, is_syllable, old_tone_placement, syllables

TONES = {"\u0300": ("f", "2"), "\u0301": ("s", "1"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
LETTER_MARKS = {"\u0302": (None, "6"), "\u0306": ("w", "8"), "\u031b": ("w", "7")}


def typed(syllable: str, way: int) -> str:
    """The keys of a syllable by Telex (0) or VNI (1), its tone at the end."""
    keys, tone = "", ""
    for character in unicodedata.normalize("NFD", syllable):
        if character in TONES:
            tone = TONES[character][way]
        elif character in LETTER_MARKS:
            keys += LETTER_MARKS[character][way] or keys[-1]
        elif character == "đ":
            keys += ("dd", "d9")[way]
        else:
            keys += character
    return keys + tone


@pytest.mark.parametrize("way", [0, 1])
def test_every_marked_syllable_of_the_articles_is_read_from_its_keys(corpus: Corpus, way: int) -> None:
    found = {word for article in corpus.articles for word in syllables(article.text)}
    marked = sorted(word for word in found if word.isalpha() and has_marks(word) and is_syllable(word))
    assert len(marked) > 400
    assert {word: as_meant(typed(word, way)) for word in marked} == {word: old_tone_placement(word) for word in marked}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("dduwowngf", "đường"),
        ("duowngfd", "đường"),
        ("dduowngf", "đường"),
        ("Dduwowngf", "Đường"),
        ("HAIR", "HẢI"),
        ("Phongf", "Phòng"),
        ("nhieeuf", "nhiều"),
        ("nhieuef", "nhiều"),
        ("quyeets", "quyết"),
        ("gif", "gì"),
        ("giuwax", "giữa"),
        ("hoaf", "hòa"),
        ("thuyr", "thủy"),
        ("d9uo7ng2", "đường"),
        ("nhie6u2", "nhiều"),
    ],
)
def test_usual_ways_to_type(word: str, meant: str) -> None:
    assert as_meant(word) == meant


@pytest.mark.parametrize(
    "word",
    "duong Hải flight express window boong COVID-19 4G xx w 2025 km2 F0 Mart Win Port Ward York".split(),
)
def test_other_words_stay(word: str) -> None:
    assert as_meant(word) is None


def test_keys_of_telex() -> None:
    assert [as_typed(word) for word in ("đường", "Hải", "quyết", "bay")] == ["dduwowngf", "Hair", "quyeets", "bay"]
