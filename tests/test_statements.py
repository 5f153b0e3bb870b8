"""Whose words are asked for, and who speaks in a sentence."""

import pytest

from qa.question import content_words, parse_question
from qa.statements import ANOTHER, NONE, THEIRS, Speaker, speaker_of, speaks

BINH = Speaker("Trần Văn Bình", True)
MINISTRY = Speaker("Bộ Y tế", False)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Trần Văn Bình nói gì về cây cầu?", BINH),
        ("Ông Trần Văn Bình đã đề nghị những điều gì?", BINH),
        ("What did Trần Văn Bình say about the bridge?", BINH),
        ("Trần Văn Bình说了什么？", BINH),
        ("Bộ Y tế khuyến cáo gì về bệnh sởi?", MINISTRY),
        ("Tran Van Binh noi gi ve cay cau", Speaker("Tran Van Binh", True)),
        ("Ai nói gì về cây cầu?", None),
        ("người dân nói gì về cây cầu?", None),
        ("Cây cầu khánh thành khi nào?", None),
        ("Trần Văn Bình là ai?", None),
    ],
)
def test_a_question_may_ask_for_somebodys_words(question: str, speaker: Speaker | None) -> None:
    assert speaker_of(parse_question(question)) == speaker


@pytest.mark.parametrize(
    ("speaker", "sentence", "whose"),
    [
        (BINH, "Ông Trần Văn Bình, giám đốc sở, cho biết cầu đã xong.", THEIRS),
        (BINH, "“Cầu đã xong”, ông Bình khẳng định.", THEIRS),
        (BINH, "Theo ông Trần Văn Bình, cầu đã xong.", THEIRS),
        (BINH, "Ông cho biết cầu đã xong.", NONE),
        (BINH, "Cầu dài 870 mét.", NONE),
        (BINH, "Bà Lê Thị Hoa đề nghị làm thêm đường gom.", ANOTHER),
        (BINH, "Bà Lê Thị Hoa cảm ơn ông Trần Văn Bình.", NONE),
        (MINISTRY, "Bộ Y tế khẳng định chất lượng của thuốc.", THEIRS),
        (MINISTRY, "Thuốc được Bộ Y tế mua từ năm ngoái.", NONE),
        (Speaker("Tran Van Binh", True), "Ông Trần Văn Bình nhấn mạnh ba việc.", THEIRS),
    ],
)
def test_a_sentence_lets_somebody_speak(speaker: Speaker, sentence: str, whose: float) -> None:
    assert speaks(speaker, sentence) == whose


def test_saying_is_nothing_to_look_up_where_it_only_asks() -> None:
    words = [word.form for word in content_words(parse_question("Trần Văn Bình nói gì về cây cầu?"))]
    assert words == ["trần", "văn", "bình", "về", "cây", "cầu"]
