"""What the words that ask say: the language of a question, and the kind of answer that it wants."""

import pytest

from qa.question import language_of, parse_question


@pytest.mark.parametrize(
    "text",
    [
        "bi thu tp hcm la ai",
        "vi sao google mua motorola",
        "khi nao brt hcm chay",
        "ubnd tphcm o dau",
        "samsung electronics tuyen bao nhieu ky su",
        "vinfast gap ai",
        "ai lam ra app zalo pay",
        "Manchester United thang Chelsea may ban?",
        "ceo openai sam altman co tu chuc khong",
    ],
)
def test_bare_vietnamese_with_foreign_names_is_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "How many projects does China have in Hải Phòng?",
        "When did the Nam Ninh - Hải Phòng flight open?",
        "What did Lê Tiến Châu propose?",
        "how many passengers fly from hải phòng to đà nẵng",
        "Did Vũ Văn Thưởng meet the delegation?",
        "WHO LED THE QUẢNG TÂY DELEGATION?",
    ],
)
def test_english_with_the_marks_of_a_vietnamese_name_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "WHO khuyến cáo về vắc xin ra sao?",
        "Phim Who Are You chiếu ở rạp nào?",
        "Bài hát Who của Jimin đứng đầu bảng xếp hạng",
        "Chương trình Where Are We Now phát sóng trên kênh của đài tỉnh",
    ],
)
def test_vietnamese_with_the_asking_words_of_a_foreign_title_is_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Which companies may invest in AI data centers?",
        "companies that may invest in the port",
        "Who is the CEO of Vinfast?",
        "age limit for the secretariat exam",
    ],
)
def test_english_words_that_could_be_bare_vietnamese_stay_english(text: str) -> None:
    assert language_of(text) == "en"


def test_a_question_with_foreign_names_keeps_its_kind_when_the_marks_are_left_out() -> None:
    for marked, bare in [
        ("Vì sao Google mua Motorola?", "vi sao google mua motorola"),
        ("Bao nhiêu người dùng Facebook Messenger?", "bao nhieu nguoi dung facebook messenger"),
        ("World Cup 2026 khai mạc khi nào?", "world cup 2026 khai mac khi nao"),
    ]:
        assert parse_question(bare).kind == parse_question(marked).kind
