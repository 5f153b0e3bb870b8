"""Each way to type a question changes it as it says, and nothing else of the gold."""

import unicodedata

from qa import Assistant
from qa.evaluation import Gold, GoldAnswer
from qa.harder import WAYS, harder

GOLD = [Gold("q", "Khi nào mở đường bay Nam Ninh - Hải Phòng, hoà?", "vi", (GoldAnswer("a.txt", "7/1/2025"),))]


def test_the_ways() -> None:
    texts = {way: harder(GOLD, way)[0].text for way in WAYS}
    assert texts["as written"] == GOLD[0].text
    assert texts["without marks"] == "Khi nao mo duong bay Nam Ninh - Hai Phong, hoa?"
    assert texts["lower case"] == "khi nào mở đường bay nam ninh - hải phòng, hoà?"
    assert texts["old tone placement"].endswith("hòa?")
    assert texts["Telex keys"] == "Khi naof mowr dduwowngf bay Nam Ninh - Hair Phongf, hoaf?"
    assert texts["decomposed (NFD)"] != GOLD[0].text
    assert unicodedata.normalize("NFC", texts["decomposed (NFD)"]) == GOLD[0].text
    assert all(harder(GOLD, way)[0].answers == GOLD[0].answers for way in WAYS)


def test_what_is_only_another_form_of_the_same_letters_is_answered_the_same(assistant: Assistant) -> None:
    question = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    quotes = {
        way: [citation.quote for citation in assistant.ask(WAYS[way](question)).citations]
        for way in ("as written", "decomposed (NFD)", "old tone placement", "Telex keys")
    }
    assert len({tuple(each) for each in quotes.values()}) == 1
