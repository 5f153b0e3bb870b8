"""Each way to type a question changes it as it says, and nothing else of the gold."""

import unicodedata

import pytest

from qa import Assistant
from qa.evaluation import Gold, GoldAnswer, evaluate, measures
from qa.harder import WAYS, Form, evaluate_form, harder

GOLD = [Gold("q", "Khi nào mở đường bay Nam Ninh - Hải Phòng, hoà?", "vi", (GoldAnswer("a.txt", "7/1/2025"),))]


def test_the_ways() -> None:
    texts = {way: harder(GOLD, way)[0].text for way in WAYS}
    assert texts["as written"] == GOLD[0].text
    assert texts["without marks"] == "Khi nao mo duong bay Nam Ninh - Hai Phong, hoa?"
    assert texts["lower case"] == "khi nào mở đường bay nam ninh - hải phòng, hoà?"
    assert texts["old tone placement"].endswith("hòa?")
    assert texts["Telex keys"] == "Khi naof mowr dduwowngf bay Nam Ninh - Hair Phongf, hoaf?"
    assert texts["a Telex slip"] == "Khi nào mở dduwowngf bay Nam Ninh - Hải Phòng, hoà?"
    assert texts["decomposed (NFD)"] != GOLD[0].text
    assert unicodedata.normalize("NFC", texts["decomposed (NFD)"]) == GOLD[0].text
    assert all(harder(GOLD, way)[0].answers == GOLD[0].answers for way in WAYS)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UBND TP Hải Phòng họp với TQ?", "Ủy ban nhân dân thành phố Hải Phòng họp với Trung Quốc?"),
        ("Xuất sang TQ.", "Xuất sang Trung Quốc."),
        ("TP. Lào Cai có gì?", "thành phố Lào Cai có gì?"),
        ("TP.HCM hay TP HCM?", "Thành phố Hồ Chí Minh hay Thành phố Hồ Chí Minh?"),
        ("VNPT, TPP, UBNDs", "VNPT, TPP, UBNDs"),
    ],
)
def test_abbreviations_are_expanded(short: str, long: str) -> None:
    assert WAYS["abbreviations expanded"](short) == long


def test_long_names_are_abbreviated_in_either_tone_placement() -> None:
    assert WAYS["abbreviated"]("Uỷ ban nhân dân thành phố và ủy ban nhân dân") == "UBND TP và UBND"
    assert WAYS["abbreviated"]("Ai sang Việt Nam?") == "Ai sang VN?"
    assert WAYS["a Telex slip"]("Who came?") == "Who came?"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hòa thủy KHỎE hóa.", "Hoà thuỷ KHOẺ hoá."),
        ("quý quả hoàng khoản của mùa túi", "quý quả hoàng khoản của mùa túi"),
        ("Ủy ban", "Uỷ ban"),
    ],
)
def test_new_tone_placement_is_the_inverse_of_the_old(old: str, new: str) -> None:
    assert WAYS["new tone placement"](old) == new


def test_what_is_only_another_form_of_the_same_letters_is_answered_the_same(assistant: Assistant) -> None:
    question = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    quotes = {
        way: [citation.quote for citation in assistant.ask(WAYS[way](question)).citations]
        for way in ("as written", "decomposed (NFD)", "old tone placement", "Telex keys")
    }
    assert len({tuple(each) for each in quotes.values()}) == 1


def test_only_the_questions_that_a_way_changes_are_asked_anew(assistant: Assistant) -> None:
    answer = GoldAnswer("002_46d24d47c91e1033.txt", "chính thức được khai thông từ ngày 7/1/2025")
    results = evaluate(
        assistant,
        [
            Gold("vi", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", "vi", (answer,)),
            Gold("en", "When did flights from Nanning to Haiphong open?", "en", (answer,)),
        ],
    )
    form = evaluate_form(assistant, results, "without marks")
    assert (form.changed, form.example) == (1, "Khi nao mo duong bay Nam Ninh – Hai Phong?")
    asked = evaluate(assistant, harder([result.gold for result in results], "without marks"))
    assert form.measures == measures(asked)
    assert evaluate_form(assistant, results, "abbreviated") == Form("abbreviated", 0, {})
    assert evaluate_form(assistant, results, "as written") == Form("as written", 0, measures(results))
