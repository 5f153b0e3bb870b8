import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.foreign_names import translate_names
from qa.names import FOLDER, Names, NamesError, han_viet, read_names, respelled


@pytest.mark.parametrize(
    "text",
    [
        "Vietnam Airlines hủy bao nhiêu chuyến bay?",
        "British Airways sáp nhập với hãng nào?",
        "Ai đứng đầu Australian Post?",
        "Gió giật ở New England mạnh tới mức nào?",
    ],
)
def test_a_part_of_a_foreign_name_is_not_put_into_vietnamese(text: str) -> None:
    assert translate_names(text, vietnamese=True).text == text


def test_a_country_beside_vietnamese_words_is_put_into_vietnamese() -> None:
    assert translate_names("Ông Tập thăm Vietnam khi nào?", vietnamese=True).text == "Ông Tập thăm Việt Nam khi nào?"


def test_what_is_another_name_of_the_same_is_not_put_there_and_back() -> None:
    assert translate_names("Giá vaccine là bao nhiêu?", vietnamese=True, names=Names()).replaced == ()


def test_characters_have_their_sino_vietnamese_readings() -> None:
    assert han_viet("合作") == ["hợp", "tác"]
    assert han_viet("南宁") == ["nam", "ninh"]
    assert han_viet("abc") == []


def test_the_tables_are_tidy() -> None:
    for name in ("names.tsv", "same.tsv", "han_viet.tsv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        rows = [line for line in text.split("\n") if line and not line.startswith("#")]
        assert all(line.count("\t") == 1 for line in rows)
        keys = [line.split("\t")[0] for line in rows]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TP.HCM họp", ["TP.HCM"]),
        ("tp hcm họp", ["tp hcm"]),
        ("TPHCM và ubnd họp", ["TPHCM", "ubnd"]),
        ("Uỷ ban nhân dân thành phố Hồ Chí Minh", ["Uỷ ban nhân dân", "thành phố Hồ Chí Minh"]),
        ("Sở GD&ĐT và Sở GD-ĐT", ["GD&ĐT", "GD-ĐT"]),
        ("tại Mỹ, ở mỹ viện, cảng Phú Mỹ, Mỹ Tho", ["Mỹ"]),
        ("Who spoke? WHO và ai, AI", ["WHO", "AI"]),
        ("Hồ Chí Minh đọc Tuyên ngôn", []),
    ],
)
def test_names_are_found_however_they_are_spaced_and_dotted(text: str, said: list[str]) -> None:
    assert [text[named.start : named.end] for named in Names().find(text)] == said


@given(st.lists(st.sampled_from([*"A5.&- ", "uỷ", "Ủy", "ban", "nhân", "dân", "TP", "HCM", "ſ", "K", "\u0323"])))
def test_any_text_gives_names_in_order(pieces: list[str]) -> None:
    text, end = "".join(pieces), 0
    for named in Names((("A 5", "K-5"),)).find(text, unmarked=True):
        assert named.start >= end and named.end > named.start
        end = named.end
    respelled(text, ("A 5", "UBND", "Ủy ban nhân dân"), "K-5")


def test_names_typed_without_marks_are_found_where_the_question_has_none() -> None:
    text = "uy ban nhan dan tphcm noi gi"
    assert [text[each.start : each.end] for each in Names().find(text, unmarked=True)] == ["uy ban nhan dan", "tphcm"]
    assert [text[each.start : each.end] for each in Names().find(text)] == ["tphcm"]


def test_a_text_is_respelled_with_one_name() -> None:
    group = ("Ủy ban nhân dân",)
    assert respelled("Uỷ ban nhân dân tỉnh và uỷ ban phường", group, "UBND") == "UBND tỉnh và uỷ ban phường"


def test_own_names_go_before_the_built_in_ones() -> None:
    names = Names((("Nam Ninh thị", "Nanning"),))
    assert translate_names("Where is Nanning?", names=names).replaced == ()
    assert names.find("Nanning")[0].group == ("Nam Ninh thị", "Nanning")


def test_a_file_of_names_is_read(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(
        "\ufeff# của tôi\n\nKCN Đình Vũ\tĐình Vũ | DEEP C\r\nVSIP\tViệt Nam - Singapore\n", encoding="utf-8"
    )
    assert read_names(file) == (("KCN Đình Vũ", "Đình Vũ", "DEEP C"), ("VSIP", "Việt Nam - Singapore"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# một\nTP.HCM\n", "line 2: 0 tabs, expected 1"),
        ("a\tb\tc\n", "line 1: 2 tabs, expected 1"),
        ("TP.HCM\t \n", "line 1: only one name"),
        ("\tTP.HCM\n", "line 1: only one name"),
        ("Nam Ninh\t---\n", "line 1: '---' is no name"),
        ("A B\tC D\nE F\ta.b\n", "line 2: 'a.b' stands already on line 1"),
        ("x y\n\nA B\tC D\nz\n", "line 1: 0 tabs, expected 1, between a name and its other names; line 4: 0 tabs"),
    ],
)
def test_bad_lines_are_told_with_file_number_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NamesError) as caught:
        read_names(file)
    assert str(caught.value).startswith(f"{file}, ")
    assert reason in str(caught.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_bytes(b"\xff\xfeA")
    with pytest.raises(NamesError, match=r"names.tsv: not UTF-8 text \(byte 0\)"):
        read_names(tmp_path / "names.tsv")
