import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vietnamese import (
    has_marks,
    normalize,
    old_tone_placement,
    sentence_spans,
    squeeze,
    strip_marks,
    syllables,
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Tại TP. Hải Phòng trời mưa. Đường ngập.", ["Tại TP. Hải Phòng trời mưa.", "Đường ngập."]),
        ("Vốn là 33,8 tỷ USD. Số dự án là 440.", ["Vốn là 33,8 tỷ USD.", "Số dự án là 440."]),
        ("Nhà thơ T. S. Eliot viết. Ông mất năm 1965.", ["Nhà thơ T. S. Eliot viết.", "Ông mất năm 1965."]),
        ("Lễ diễn ra sáng 13/11. Chiều bế mạc.", ["Lễ diễn ra sáng 13/11.", "Chiều bế mạc."]),
        ("Ông nói: “Đi thôi!” Rồi mọi người đi.", ["Ông nói: “Đi thôi!”", "Rồi mọi người đi."]),
        ('"Đi đâu?" ông hỏi. Không ai đáp.', ['"Đi đâu?" ông hỏi.', "Không ai đáp."]),
        ("Rồi… anh đi. Hết…", ["Rồi… anh đi.", "Hết…"]),
        ("GS.TS. Nguyễn Văn A. và PGS. Trần B. dự.", ["GS.TS. Nguyễn Văn A. và PGS. Trần B. dự."]),
        ("Uống vitamin C. Ăn no. Ngủ.", ["Uống vitamin C.", "Ăn no.", "Ngủ."]),
        ("1. Mục một. 2. Mục hai.", ["1. Mục một.", "2. Mục hai."]),
        ("Tiêu đề không chấm\nCâu đầu.", ["Tiêu đề không chấm", "Câu đầu."]),
        ("越南很美。我去过河内。", ["越南很美。", "我去过河内。"]),
        ("“Cầu mở ngày 2/9.”, ông Bắc nói. Dân vui.", ["“Cầu mở ngày 2/9.”, ông Bắc nói.", "Dân vui."]),
        ("Bà hỏi: “Bao giờ xong?”. Ai nấy im.", ["Bà hỏi: “Bao giờ xong?”.", "Ai nấy im."]),
        ("他说：“好。”，然后走了。他没回来。", ["他说：“好。”，然后走了。", "他没回来。"]),
        ("Đội nhà thắng 3-0. Khán giả reo hò.", ["Đội nhà thắng 3-0.", "Khán giả reo hò."]),
        ("Lễ mở màn ngày 30-4. Xe kẹt dài.", ["Lễ mở màn ngày 30-4.", "Xe kẹt dài."]),
        ("Trời nóng 38°C. Điện tăng 7,5. Nước cạn.", ["Trời nóng 38°C.", "Điện tăng 7,5.", "Nước cạn."]),
        ("Bé L.V.T. (5 tuổi) khỏe. Mẹ mừng.", ["Bé L.V.T. (5 tuổi) khỏe.", "Mẹ mừng."]),
        ("Bị hại là N.T.H. Công an vào cuộc.", ["Bị hại là N.T.H.", "Công an vào cuộc."]),
        ("Tổ chức (U. N.) họp. LS. Lê Bảy và Th.S. Hà dự.", ["Tổ chức (U. N.) họp.", "LS. Lê Bảy và Th.S. Hà dự."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_vietnamese_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text())
def test_sentences_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once == unicodedata.normalize("NFC", once)
    assert squeeze(squeeze(once)) == squeeze(once)


def test_both_unicode_forms_and_invisible_characters_are_one_text() -> None:
    decomposed = unicodedata.normalize("NFD", "đường bay")
    assert normalize(f"\ufeff{decomposed[:5]}\u200b{decomposed[5:]}\x00") == "đường bay"
    assert normalize("a\u2028b\x85c\r\nd") == "a\nb\nc\nd"
    assert normalize("\ud800x") == "x"


def test_marks_fall_but_foreign_letters_stay() -> None:
    assert strip_marks("Đường bay Nam Ninh – Hải Phòng") == "Duong bay Nam Ninh – Hai Phong"
    assert strip_marks("Müller") == "Müller"
    assert has_marks("đ")
    assert not has_marks("bay")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("Hoà", "Hòa"),
        ("toả", "tỏa"),
    ],
)
def test_both_placements_of_the_tone_are_one_word(new: str, old: str) -> None:
    assert old_tone_placement(new) == old
    assert syllables(new) == syllables(old)


def test_words_keep_numbers_whole_and_give_a_date_its_year() -> None:
    assert syllables("6,52 tỷ USD ngày 7/1/2025") == ["6,52", "tỷ", "usd", "ngày", "7/1/2025", "1/2025", "2025"]
    assert syllables("南宁 và Nam Ninh") == ["南", "宁", "và", "nam", "ninh"]
