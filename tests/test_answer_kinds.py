import time

import pytest

from qa.answer_kinds import shows_kind, slot_spans
from qa.quantities import quantity_of, unit_of
from qa.question import parse_question
from qa.values import values_in

SENTENCES = {
    "date": "Cầu thông xe ngày 5/10/2024.",
    "wish": "Huyện mong muốn sớm có cầu mới.",
    "count": "Cầu nối 12 xã của hai huyện.",
    "money": "Vốn xây cầu là 33,8 tỷ đồng.",
    "person": "Ông Trần Bình, Chủ tịch huyện, cắt băng khánh thành.",
    "place": "Lễ diễn ra tại Hà Nam.",
    "cause": "Cầu chậm xong do lũ lớn.",
}


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Khi nào cầu thông xe?", "date"),
        ("Cầu nối bao nhiêu xã?", "count"),
        ("Xây cầu hết bao nhiêu tiền?", "money"),
        ("How much did the bridge cost?", "money"),
        ("Ai cắt băng khánh thành?", "person"),
        ("Lễ diễn ra ở đâu?", "place"),
        ("Vì sao cầu chậm xong?", "cause"),
    ],
)
def test_the_sentence_of_the_wanted_kind_shows_it_best(question: str, best: str) -> None:
    query = parse_question(question)
    shown = {name: shows_kind(query, sentence) for name, sentence in SENTENCES.items()}
    assert shown[best] == max(shown.values()) == 1.0
    assert shown["wish"] < 1.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Ông Bình bao nhiêu tuổi?", "Ông Bình mười ba tuổi."),
        ("Ông Bình bao nhiêu tuổi?", "Ông mất ở tuổi 61."),
        ("Ông cầm quyền bao lâu?", "Ông cầm quyền trong bốn mươi năm."),
        ("Bão làm mất bao nhiêu tiền?", "Bão gây thiệt hại hơn một triệu đô la."),
        ("Nước bao nhiêu độ?", "Nước ở khoảng 25ºC."),
        ("Eo biển rộng bao nhiêu?", "Eo biển rộng 22 kilômét."),
        ("Phòng khám mở mấy giờ?", "Phòng khám mở từ 13h đến 16h."),
        ("Xây cầu hết bao nhiêu tiền?", "Cầu tốn $150,000,000."),
    ],
)
def test_numbers_in_words_and_other_units_are_read(question: str, sentence: str) -> None:
    assert shows_kind(parse_question(question), sentence) == 1.0


def test_a_year_behind_how_much_is_no_unit() -> None:
    assert quantity_of(parse_question("GDP giảm bao nhiêu năm 2009?")) is None


def test_a_year_is_asked_for_and_a_day_without_one_is_not_enough() -> None:
    query = parse_question("Cầu thông xe năm nào?")
    assert shows_kind(query, "Cầu thông xe năm 2024.") > shows_kind(query, "Cầu thông xe sáng 5/10.")


@pytest.mark.parametrize(
    ("question", "quantity", "unit"),
    [
        ("Ông Bình bao nhiêu tuổi?", "age", "tuổi"),
        ("Diện tích huyện là bao nhiêu?", "area", None),
        ("Bao nhiêu phần trăm dân đi làm xa?", "percent", "phần trăm"),
        ("Kim ngạch năm nay bao nhiêu?", "money", None),
        ("Huyện có mấy cây cầu?", None, "cây cầu"),
    ],
)
def test_what_is_counted_is_read_from_the_question(question: str, quantity: str | None, unit: str | None) -> None:
    query = parse_question(question)
    assert (quantity_of(query), unit_of(query)) == (quantity, unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cửa hàng bao giờ cũng đông.",
        "Sân bay bảo đảm nước sạch cho hàng hóa.",
        "Cha mẹ bao bọc con, hàng xóm vỗ tay.",
    ],
)
def test_the_beginning_of_another_word_is_no_number(sentence: str) -> None:
    assert shows_kind(parse_question("Có bao nhiêu dự án?"), sentence) == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "Khi nào cầu thông xe?",
        "Mấy giờ cầu thông xe?",
        "Có bao nhiêu dự án?",
        "Giá vé là bao nhiêu?",
        "Dân số là bao nhiêu?",
        "Chiếm bao nhiêu phần trăm?",
        "Cầu dài bao nhiêu?",
        "Ai cắt băng khánh thành?",
    ],
)
@pytest.mark.parametrize("repeated", ["1", "1.", "1 ", "1..", "1/", "ngày ", "hai ", "giá 1 ", "dân số ", "A", "A "])
def test_a_sentence_without_end_takes_no_time(question: str, repeated: str) -> None:
    query, sentence = parse_question(question), repeated * (100_000 // len(repeated))
    started = time.monotonic()
    shows_kind(query, sentence)
    slot_spans(query, sentence)
    values_in(query, sentence)
    assert time.monotonic() - started < 10  # under one second alone; with the square of the length it is minutes
