"""Who is somebody, what is something: which questions ask it, and which sentences tell."""

import pytest

from qa.introductions import Introduced, introduced, introduction
from qa.question import parse_question

BINH = Introduced("Trần Văn Bình", True)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Trần Văn Bình là ai?", BINH),
        ("Ông Trần Văn Bình là ai vậy?", BINH),
        ("Ai là Trần Văn Bình?", BINH),
        ("Who is Trần Văn Bình?", BINH),
        ("Trần Văn Bình是谁？", BINH),
        ("Bác sĩ Trần Văn Bình giữ chức vụ gì ở bệnh viện?", BINH),
        ("Chức vụ của ông Trần Văn Bình là gì?", BINH),
        ("Tran Van Binh la ai", Introduced("Tran Van Binh", True)),
        ("Melatonin là chất gì?", Introduced("Melatonin", False)),
        ("Thế nào là hội chứng ruột kích thích?", Introduced("hội chứng ruột kích thích", False)),
        ("What is melatonin?", Introduced("melatonin", False)),
    ],
)
def test_some_questions_ask_for_an_introduction(question: str, wanted: Introduced) -> None:
    assert introduced(parse_question(question)) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Giám đốc sở là ai?",
        "Ai là chủ tịch Hải Phòng?",
        "Who is the mayor of Hai Phong?",
        "Trần Văn Bình gặp ai?",
        "Nguyên nhân vụ cháy là gì?",
        "Tên của cây cầu là gì?",
        "Trần Văn Bình nói gì?",
        "What is the name of the bridge?",
        "Khi nào khánh thành cầu?",
    ],
)
def test_others_do_not(question: str) -> None:
    assert introduced(parse_question(question)) is None


@pytest.mark.parametrize(
    ("sentence", "told", "sure"),
    [
        ("Ông Trần Văn Bình, giám đốc ban quản lý, cho biết cầu đã xong.", "Trần Văn Bình, giám đốc", 1.0),
        ("Trần Văn Bình hiện là trưởng phòng.", "Trần Văn Bình hiện là ", 1.0),
        ("Có mặt Trần Văn Bình Phó Chủ tịch thành phố.", "Trần Văn Bình Phó Chủ tịch", 1.0),
        ("Bí thư Thành ủy Trần Văn Bình dự lễ.", "Bí thư Thành ủy Trần Văn Bình", 0.8),
        ("Theo bác sĩ Trần Văn Bình, trẻ cần ngủ đủ.", "bác sĩ Trần Văn Bình", 0.6),
    ],
)
def test_a_person_is_introduced_by_post_or_profession(sentence: str, told: str, sure: float) -> None:
    (span,), found = introduction(BINH, sentence)
    assert (sentence[slice(*span)], found) == (told, sure)


@pytest.mark.parametrize(
    "sentence",
    [
        "Đồng chí Trần Văn Bình nhấn mạnh ba việc phải làm.",
        "Bí thư Thành ủy chúc mừng ông Trần Văn Bình.",
        "Giám đốc sở cho biết.",
    ],
)
def test_a_name_alone_is_no_introduction(sentence: str) -> None:
    assert introduction(BINH, sentence) == ([], 0.4)


def test_a_name_without_marks_is_met_as_it_is_written() -> None:
    sentence = "Ông Trần Văn Bình, giám đốc ban quản lý, cho biết."
    (span,), sure = introduction(Introduced("tran van binh", True), sentence)
    assert (sentence[slice(*span)], sure) == ("Trần Văn Bình, giám đốc", 1.0)


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("Melatonin là hormone do tuyến tùng tiết ra.", 1.0),
        ("Hormone này được gọi là melatonin.", 1.0),
        ("Là một hormone của não, melatonin giúp ngủ ngon.", 1.0),
        ("Viên uống có melatonin, loại hormone gây buồn ngủ.", 0.9),
        ("Nhiều người uống melatonin mỗi tối.", 0.5),
    ],
)
def test_a_thing_is_told_of_by_what_it_is(sentence: str, sure: float) -> None:
    assert introduction(Introduced("melatonin", False), sentence)[1] == sure
