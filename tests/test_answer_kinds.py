import pytest

from qa.answer_kinds import quantity_of, shows_kind, unit_of
from qa.question import parse_question

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
