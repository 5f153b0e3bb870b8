import unicodedata

from qa.names import FOLDER, han_viet, translate_names


def test_foreign_names_are_searched_in_vietnamese() -> None:
    translation = translate_names("When do flights between Nanning and Haiphong start?")
    assert translation.text == "When do flights between Nam Ninh and Hải Phòng start?"
    assert translation.replaced == (("Nanning", "Nam Ninh"), ("Haiphong", "Hải Phòng"))
    assert translate_names("南宁在哪里？").text == "Nam Ninh 在哪里？"


def test_the_longest_name_wins() -> None:
    assert translate_names("越南副总理").text == "Việt Nam Phó Thủ tướng"


def test_short_capitals_are_names_and_small_words_are_not() -> None:
    assert translate_names("Does the US tell us?").text == "Does the Hoa Kỳ tell us?"


def test_vietnamese_stays_as_it_is() -> None:
    text = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    assert translate_names(text).text == text
    assert translate_names(text).replaced == ()


def test_characters_have_their_sino_vietnamese_readings() -> None:
    assert han_viet("合作") == ["hợp", "tác"]
    assert han_viet("南宁") == ["nam", "ninh"]
    assert han_viet("abc") == []


def test_the_tables_are_tidy() -> None:
    for name in ("names.tsv", "han_viet.tsv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        rows = [line for line in text.split("\n") if line and not line.startswith("#")]
        assert all(line.count("\t") == 1 for line in rows)
        keys = [line.split("\t")[0] for line in rows]
        assert len(keys) == len(set(keys))
