"""Questions that stand in an article: they answer nothing, and what stands behind one answers it."""

import pytest

from index import Encoder, PassageIndex
from qa import Assistant
from qa.article_questions import is_question, led_by, may_answer
from qa.question import parse_question

TALK = """Kiến trúc sư Lương Thanh Trúc nói về nhà nổi

30/11/2024

Chúng tôi trò chuyện với kiến trúc sư Lương Thanh Trúc về nhà nổi ở vùng lũ.

- Vì sao chị chọn tre làm nhà nổi?

- Thùng phuy rỉ sau bốn năm và làm bẩn nước. Cây này ngâm muối thì bền 15 năm, thợ địa phương làm được.

- Chị có định đưa nhà nổi ra nước ngoài không?

- Một tổ chức ở Bangladesh đã mời tôi sang khảo sát.

Nơi nào còn thiếu nhà nổi?

Huyện Tân Hưng đã có 14 căn, còn huyện Hồng Ngự chưa có căn nào. Cử tri hỏi vì sao huyện này chưa được làm nhà nổi.
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("talk")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    PassageIndex.build(folder, folder / "index", encoder)
    return Assistant.open(folder / "index", encoder)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vì sao chị Trúc chọn tre làm nhà nổi?", "- Thùng phuy rỉ sau bốn năm và làm bẩn nước."),
        ("Chị Trúc có định đưa nhà nổi ra nước ngoài không?", "- Một tổ chức ở Bangladesh đã mời tôi sang khảo sát."),
    ],
)
def test_the_answer_of_an_interview_is_cited_and_not_its_question(talk: Assistant, question: str, answer: str) -> None:
    answered = talk.ask(question)
    quotes = [citation.quote for citation in answered.citations]
    assert answer in quotes
    assert not [quote for quote in quotes if is_question(quote)]


def test_a_question_leads_the_next_two_sentences_behind_it_and_no_more() -> None:
    text = "Đầu bài. Vì sao giá tăng?\nDo hạn hán. Người dân chờ. Kho vẫn đầy.\nĐoạn khác."
    question = (text.index("Vì"), text.index("?") + 1)
    assert led_by(text, text.index("Do")) == led_by(text, text.index("Người")) == question
    for start in (0, text.index("Vì"), text.index("Kho"), text.index("Đoạn")):
        assert led_by(text, start) == (start, start)


def test_a_question_told_in_a_quotation_leads_nothing() -> None:
    text = '"Anh ấy hỏi hôm nay là ngày nào? Còn mấy ngày nữa thì tới", Koh kể lại.'
    start = text.index("Còn")
    assert led_by(text, start) == (start, start)


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("- Vì sao chị chọn tre?", True),
        ("“Ai sẽ trả tiền?”", True),
        ("Một cử tri hỏi vì sao khu này năm nào cũng ngập.", True),
        ("“Ai sẽ trả tiền?”, ông Bình hỏi.", False),
        ("Trả lời câu hỏi vì sao khu này ngập, ông Tuấn nói do cống hẹp.", False),
        ("Học sinh học hỏi bao nhiêu điều từ chuyến đi.", False),
        ("Giá tăng vì hạn hán.", False),
    ],
)
def test_what_only_asks_is_told_from_what_tells(sentence: str, asks: bool) -> None:
    assert is_question(sentence) is asks
    assert may_answer(parse_question("Vì sao giá tăng?"), sentence) is not asks


def test_a_question_answers_only_what_somebody_asks() -> None:
    assert may_answer(parse_question("Cử tri hỏi gì?"), "Vì sao khu này năm nào cũng ngập?")


def test_what_leads_to_a_list_answers_nothing() -> None:
    query = parse_question("Cổ phiếu nào giảm mạnh nhất?")
    assert not may_answer(query, "Top cổ phiếu giảm mạnh nhất:")
    assert may_answer(query, "FPT: giảm 2,4%.")
    assert may_answer(query, "Ông Ngọc cho biết:")


def test_it_is_told_why_a_question_is_not_cited(talk: Assistant) -> None:
    explained = talk.explain("Vì sao chị Trúc chọn tre làm nhà nổi?")
    asking = [each for each in explained.sentences if is_question(each.quote)]
    assert asking
    assert {each.cut for each in asking} == {"asks"}
