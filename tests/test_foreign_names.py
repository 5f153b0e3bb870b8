import pytest

from qa.foreign_names import translate_names, words_in_vietnamese
from qa.names import FOLDER
from qa.quantities import unit_of
from qa.question import parse_question


def test_foreign_names_are_searched_in_vietnamese() -> None:
    translation = translate_names("When do flights between Nanning and Haiphong start?")
    assert translation.text == "When do flights between Nam Ninh and Hải Phòng start?"
    assert translation.replaced == (("Nanning", "Nam Ninh"), ("Haiphong", "Hải Phòng"))
    assert translate_names("南宁在哪里？").text == "Nam Ninh 在哪里？"


def _lines() -> list[tuple[str, list[str]]]:
    rows = [line for line in (FOLDER / "names.tsv").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [(name, others.split(" | ")) for name, _, others in (row.partition("\t") for row in rows)]


def test_no_foreign_form_stands_twice() -> None:
    forms = [form.lower() for _, others in _lines() for form in others]
    assert sorted(forms) == sorted(set(forms))


def test_every_form_of_the_table_is_put_or_looked_up_whole() -> None:
    for name, others in _lines():
        for form in others:
            put = translate_names(form).text
            assert put == name or put.lower() == name.lower() or words_in_vietnamese(form) == [name], form


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Where do South Koreans go?", "Where do Hàn Quốc go?"),
        ("the Iraqi capital", "the Iraq capital"),
        ("What does the People’s Committee say?", "What does the UBND say?"),
        ("the Ministry of Public Security", "the Bộ Công an"),
        ("the Paracel Islands", "the quần đảo Hoàng Sa"),
        ("South America and the Indian Ocean", "Nam Mỹ and the Ấn Độ Dương"),
        ("外交部长访问纽约", "Bộ trưởng Ngoại giao 访问 New York"),
        ("地震发生在土耳其", "động đất 发生在 Thổ Nhĩ Kỳ"),
        ("公安部逮捕了谁？", "Bộ Công an bắt giữ 了谁？"),
        ("US经济", "Hoa Kỳ kinh tế"),
        ("Trump和普京", "Trump和 Vladimir Putin"),
    ],
)
def test_countries_offices_and_people_are_named_as_newspapers_name_them(text: str, said: str) -> None:
    assert translate_names(text).text == said


@pytest.mark.parametrize("text", ["When did Vietnam Airlines land?", "rain in British Columbia", "china airlines"])
def test_a_name_that_stands_in_the_table_for_itself_is_kept_whole(text: str) -> None:
    assert translate_names(text) == translate_names(text, vietnamese=True)
    assert (translate_names(text).text, translate_names(text).replaced) == (text, ())


def test_single_english_words_stay_and_are_given_for_looking_up() -> None:
    text = "Which passengers were at the airport of Hanoi?"
    assert translate_names(text).replaced == (("Hanoi", "Hà Nội"),)
    assert translate_names("Who signed the free trade agreement?").text == "Who signed the hiệp định thương mại tự do?"
    assert words_in_vietnamese(text) == ["hành khách", "sân bay"]
    assert words_in_vietnamese("Bao nhiêu hành khách ở sân bay?") == []


@pytest.mark.parametrize(
    "text",
    [
        "Project Astoria bị bỏ ngày nào?",
        "Giá vàng và xe bus ở Hollywood thế nào?",
        "ai la chu tich hiep hoi food safety",
        "Hospital Playlist chiếu khi nào?",
    ],
)
def test_english_words_in_a_vietnamese_question_stay(text: str) -> None:
    assert translate_names(text, vietnamese=True).replaced == ()


def test_the_longest_name_wins() -> None:
    assert translate_names("越南副总理").text == "Việt Nam Phó Thủ tướng"


def test_short_capitals_are_names_and_small_words_are_not() -> None:
    assert translate_names("Does the US tell us?").text == "Does the Hoa Kỳ tell us?"


def test_vietnamese_stays_as_it_is() -> None:
    text = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    assert translate_names(text).text == text
    assert translate_names(text).replaced == ()


def test_what_an_english_question_counts_is_put_into_vietnamese() -> None:
    assert translate_names("How many projects are there?").text == "How many dự án are there?"
    assert translate_names("Which projects are there?").text == "Which projects are there?"


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How many projects does Haiphong have?", "dự án"),
        ("How many Chinese projects are there?", "dự án"),
        ("How many people died?", "người"),
        ("How many kilometres long is the railway?", None),
        ("How many times did the projects fail?", None),
        ("海防有多少个项目？", "dự án"),
        ("多少人死亡？", "người"),
        ("为什么项目停了？", None),
    ],
)
def test_what_a_foreign_question_counts_is_known_in_vietnamese(asked: str, unit: str | None) -> None:
    assert unit_of(parse_question(asked)) == unit
