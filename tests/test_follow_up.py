"""Questions that go on from one another: what is carried, what is not, and that nothing else is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from browser.newsstand import Newsstand
from hypothesis import given
from hypothesis import strategies as st

from qa import Assistant
from qa.chat_desk import Desk
from qa.chat_filters import follow_html
from qa.chat_text import VIETNAMESE
from qa.follow_up import Conversation, FollowUp, follow_up, read_on
from qa.linking_words import goes_on
from qa.put_in_place import put_in_place
from qa.request import Request, request_of

TODAY = date(2026, 3, 5)
FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
PROJECTS = "Hải Phòng có bao nhiêu dự án từ Trung Quốc?"
TRADE = "Kim ngạch thương mại giữa Việt Nam và Quảng Đông năm 2023?"
CUONG = "Ông Trần Cương giữ chức gì?"
SINCE_2025 = "Bài từ 2025 nói gì về Hải Phòng?"

BOTH = ("Nam Ninh", "Hải Phòng")
CITY = ("Hải Phòng", "Trung Quốc")

# The questions in order; what the last one carries; words of time that it carries.
DIALOGUES: list[tuple[list[str], tuple[str, ...], str]] = [
    # it says that it goes on
    ([PROJECTS, "Còn tổng vốn?"], CITY, ""),
    ([PROJECTS, "Thế còn tổng vốn đầu tư?"], CITY, ""),
    ([PROJECTS, "Vậy tổng vốn là bao nhiêu?"], CITY, ""),
    ([PROJECTS, "con tong von"], CITY, ""),
    ([PROJECTS, "Các dự án đó có tổng vốn bao nhiêu?"], CITY, ""),
    ([FLIGHT, "Tuyến bay này tạo thuận lợi cho việc gì?"], BOTH, ""),
    ([CUONG, "Ông ấy mong muốn điều gì?"], ("Trần Cương",), ""),
    ([CUONG, "Ông ta là ai?"], ("Trần Cương",), ""),
    ([PROJECTS, "What about the total capital?"], CITY, ""),
    (["How many Chinese projects are in Hai Phong?", "What about its total capital?"], ("Trung Quốc", "Hai Phong"), ""),
    (["海防市有多少个中国项目？", "总投资呢？"], CITY, ""),
    # it names another thing of which the same is asked, and the articles answer that
    (["Ông Lê Khắc Nam làm chức gì?", "Còn ông Lê Tiến Châu?"], ("Lê Tiến Châu",), ""),
    # it is short, and the articles answer it
    ([FLIGHT, "Ai dẫn đầu đoàn?"], BOTH, ""),
    ([PROJECTS, "Bao nhiêu quốc gia đầu tư?"], CITY, ""),
    ([PROJECTS, "Tổng vốn là bao nhiêu?"], CITY, ""),
    (["hải phòng có bao nhiêu dự án từ trung quốc?", "tổng vốn?"], CITY, ""),
    # … by the same sentence that answers it alone, or by one with its words and the names
    ([PROJECTS, "What is the total capital?"], CITY, ""),
    ([TRADE, "Chiếm bao nhiêu phần trăm?"], ("Việt Nam", "Quảng Đông"), ""),
    ([TRADE, "Chiếm bao nhiêu phần trăm?", "Còn tổng kim ngạch?"], ("Việt Nam", "Quảng Đông"), ""),
    # what was carried is carried on; what was not answered is passed over
    ([PROJECTS, "Còn tổng vốn?", "Bao nhiêu quốc gia đầu tư?"], CITY, ""),
    ([PROJECTS, "Giá vàng SJC hôm nay?", "Còn tổng vốn?"], CITY, ""),
    ([PROJECTS, TRADE, "Còn tỷ lệ?"], ("Việt Nam", "Quảng Đông"), ""),
    # words of time that chose articles
    ([SINCE_2025, "Còn tổng vốn?"], ("Hải Phòng",), "Bài từ 2025"),
    ([SINCE_2025, "Còn tổng vốn?", "Còn số quốc gia?"], ("Hải Phòng",), "Bài từ 2025"),
    # nothing is carried: it has a name of its own
    ([FLIGHT, PROJECTS], (), ""),
    ([TRADE, "Còn Quảng Tây?"], (), ""),
    ([TRADE, "còn quảng tây?"], (), ""),
    ([TRADE, "Còn Lào?"], (), ""),
    ([FLIGHT, "Bí thư Tỉnh ủy Quảng Đông là ai?"], (), ""),
    ([CUONG, "Ông Lê Khắc Nam làm chức gì?"], (), ""),
    ([FLIGHT, "Who is the Party chief of Guangdong?"], (), ""),
    # … it is another topic, which the articles answer by itself or not at all
    ([FLIGHT, "Giá vàng hôm nay bao nhiêu?"], (), ""),
    ([FLIGHT, "Thời tiết ngày mai thế nào?"], (), ""),
    ([FLIGHT, "Ai phát biểu khai mạc hội nghị?"], (), ""),
    ([FLIGHT, "Làm sao gia hạn hộ chiếu?"], (), ""),
    # … it is long enough to say itself what it is about
    ([FLIGHT, "Có bao nhiêu lượt đại biểu đăng ký tham dự phiên hội thảo chuyên đề?"], (), ""),
    # … there is nothing to carry
    (["Còn tổng vốn?"], (), ""),
    (["Giá vàng hôm nay?", "Còn tổng vốn?"], (), ""),
    (["Ai phát biểu khai mạc hội nghị?", "Còn tổng vốn?"], (), ""),
    # … it is the same question again
    ([PROJECTS, PROJECTS], (), ""),
]


@pytest.mark.parametrize(("questions", "names", "said"), DIALOGUES, ids=lambda each: str(each)[-60:])
def test_what_a_question_takes_from_the_one_before(
    assistant: Assistant, questions: list[str], names: tuple[str, ...], said: str
) -> None:
    conversation = Conversation(assistant, lambda: TODAY)
    *_, last = [conversation.ask(question) for question in questions]
    carried = (last.follow_up.names, last.follow_up.said) if last.follow_up else ((), "")
    assert carried == (names, said)
    for citation in last.answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote


def test_the_capital_that_is_asked_on_about_is_that_of_the_projects(assistant: Assistant) -> None:
    conversation = Conversation(assistant, lambda: TODAY)
    conversation.ask(PROJECTS)
    assert "6,52 tỷ USD" in conversation.ask("Còn tổng vốn?").answer.citations[0].quote


def test_a_question_that_takes_nothing_is_asked_without_the_word_that_links_it(assistant: Assistant) -> None:
    put, found = read_on(assistant, Request("Còn ông Lưu Ninh?", before=TRADE), TODAY, assistant.searched.last)
    assert found is None and put.question == "ông Lưu Ninh?"


def test_a_question_typed_by_telex_or_vni_rules_goes_on_too() -> None:
    for typed in ("Conf gias ves", "co2n gia1 ve1"):
        found = follow_up(typed, "Phà Rừng dừng khi nào?", lambda text: ["Phà Rừng"] if "Phà" in text else [], TODAY)
        assert found is not None and found.marked and found.question == "giá vé Phà Rừng"


def test_words_of_time_that_are_carried_choose_the_articles_again(assistant: Assistant) -> None:
    conversation = Conversation(assistant, lambda: TODAY)
    conversation.ask(SINCE_2025)
    assert conversation.ask("Còn tổng vốn?").asked.kept.first == date(2025, 1, 1)


def test_a_question_with_days_of_its_own_takes_none(assistant: Assistant) -> None:
    for request in (
        request_of({"question": "Còn tổng vốn?", "before": SINCE_2025, "to": "2025-12-31"}),
        request_of({"question": "Còn tổng vốn?", "before": SINCE_2025, "every_time": True}),
    ):
        put, found = read_on(assistant, request, TODAY, assistant.searched.last)
        assert found is not None and (found.names, found.said) == (("Hải Phòng",), "")
        assert put.kept.first is None


@pytest.mark.parametrize("changed", [{"alone": True}, {"as_typed": True}])
def test_who_asks_for_it_gets_the_question_by_itself(assistant: Assistant, changed: dict[str, bool]) -> None:
    request = request_of({"question": "Còn tổng vốn?", "before": PROJECTS, **changed})
    put, found = read_on(assistant, request, TODAY, assistant.searched.last)
    assert found is None and put.question == "Còn tổng vốn?"


@pytest.mark.parametrize(
    "question",
    [
        "Dự án trên có tổng vốn bao nhiêu?",
        "Bao nhiêu nước tham gia dự án trên?",
        "du an do co tong von bao nhieu",
        "vay la bao nhieu",
        "con bao nhieu du an",
        "How many visitors did that bridge have?",
        "其总投资是多少？",
        "o do co bao nhieu ki-ot",
        "What was the outcome of his visit?",
        "Is it open?",
        "那个项目投资多少？",
    ],
)
def test_what_still_says_that_it_goes_on(question: str) -> None:
    assert goes_on(question)


@pytest.mark.parametrize(
    "question",
    ["Còn tổng vốn?", "thế còn giá vé", "con gia ve", "Vậy ai ký?", "Đoàn đó có ai?", "And the price?", "那价格呢？"],
)
def test_what_says_that_it_goes_on(question: str) -> None:
    assert goes_on(question)


@pytest.mark.parametrize(
    "question",
    [
        "Thế nào là khu thương mại tự do?",
        "Thế giới có bao nhiêu nước?",
        "con so du an la bao nhieu",
        "con duong nao dai nhat",
        "Tháng này có gì mới?",
        "What happened this year?",
        "Ai dẫn đầu đoàn?",
        # words of another way to write, or with other neighbours, are other words
        "Con đường ven biển dài bao nhiêu?",
        "Vay vốn mua nhà lãi suất bao nhiêu?",
        "vay mua nha lai suat bao nhieu",
        "so nguoi nhiem cum tang bao nhieu",
        "con bao gay thiet hai bao nhieu",
        "nha tho do ha noi do ai thiet ke",
        "Thế chấp nhà đất cần giấy tờ gì?",
        "Thế chiến kéo dài bao nhiêu năm?",
        "Bao nhiêu người thiệt mạng trên cao tốc?",
        "Người trên 60 tuổi được trợ cấp bao nhiêu?",
        "Thời gian này có nên mua vàng?",
        "Bao nhiêu loài biến mất trong thế kỷ này?",
        "Who said that prices rose?",
        "How long does it take to build a bridge?",
        "其中多少人受伤？",
        # what they point to stands before them, or nowhere
        "What three-word rule should tuberculosis patients follow when taking their medicine?",
        "How many passengers have taken the flight from Nanning since it opened?",
        "Why is it dangerous to swim in rivers after rain?",
        "俄国农民的第二任妻子一共给他生了几个孩子？",
        "那位怀孕后失去孩子的男子多大年纪？",
        "河内这个周末天气怎么样？",
        "Những người bị xe tải tông trên đường tối qua lúc đó đang làm gì?",
        "土耳其地震多少人死亡？",
    ],
)
def test_what_does_not_say_so(question: str) -> None:
    assert not goes_on(question)


@pytest.mark.parametrize(
    ("before", "text", "own", "names", "whole"),
    [
        (
            "Cầu Long Sơn 1 dài bao nhiêu?",
            "Còn cầu Long Sơn 2?",
            "Long Sơn",
            "Long Sơn",
            "cầu Long Sơn 2 dài bao nhiêu",
        ),
        ("Ai xây chợ Bình Khê?", "Thế còn Bình Kha thì sao?", "Bình Kha", "Bình Khê", "Ai xây chợ Bình Kha"),
        ("giá vé Phà Rừng", "Và Bạch Đằng?", "Bạch Đằng", "Phà Rừng", "giá vé Bạch Đằng"),
        ("GDP ĐBSCL năm 2024 tăng bao nhiêu?", "Còn năm 2023?", "", "GDP ĐBSCL", "GDP ĐBSCL năm 2023 tăng bao nhiêu"),
        ("GDP ĐBSCL tăng bao nhiêu?", "Còn Hà Nội?", "Hà Nội", "GDP ĐBSCL", "GDP Hà Nội tăng bao nhiêu"),
        ("GDP ĐBSCL tăng bao nhiêu?", "The con nam ngoai?", "", "GDP ĐBSCL", "GDP ĐBSCL tăng bao nhiêu nam ngoai"),
        # it asks something of its own, or there are several to take the place of
        ("Cầu Long Sơn 1 dài bao nhiêu?", "Còn vốn cầu Vũ Yên?", "Vũ Yên", "Long Sơn", ""),
        ("Cầu Long Sơn 1 dài bao nhiêu?", "Còn Vũ Yên khi nào xong?", "Vũ Yên", "Long Sơn", ""),
        ("Cầu Long Sơn 1 dài bao nhiêu?", "Cầu Vũ Yên?", "Vũ Yên", "Long Sơn", ""),
        ("Hà Nội cách Hải Phòng bao xa?", "Còn Lào Cai?", "Lào Cai", "Hà Nội|Hải Phòng", ""),
        ("Năm 2022 và năm 2023 tăng bao nhiêu?", "Còn năm 2024?", "", "", ""),
    ],
)
def test_a_name_or_time_alone_is_put_in_place_of_the_one_before(
    before: str, text: str, own: str, names: str, whole: str
) -> None:
    assert put_in_place(text, before, own.split("|") if own else (), names.split("|") if names else ()) == whole


def test_the_page_shows_the_whole_question_that_was_put_together() -> None:
    found = FollowUp("cầu Long Sơn 2 dài bao nhiêu", ("Long Sơn",), "", marked=False, whole=True)
    markup = follow_html(Request("Còn cầu Long Sơn 2?"), found, VIETNAMESE)
    assert "Hiểu là hỏi tiếp về" in markup and "“cầu Long Sơn 2 dài bao nhiêu”" in markup


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_page_sends_adds_only_names_that_were_asked_for(question: str, before: str) -> None:
    found = follow_up(question, before, Newsstand().names_in, TODAY)
    if found is not None and found.whole:
        return
    names = {re.sub(r" (?:\d{1,2}|[IVX]{1,4})$", "", each) for each in found.names} if found else set()
    assert names <= set(Newsstand().names_in(before) if names else ())


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Cầu Long Sơn 2 dài bao nhiêu?", "Long Sơn 2"),
        ("Khi nào xong cầu Long Sơn 2?", "Long Sơn 2"),
        ("Bao nhiêu người ở Long Sơn 2 năm qua?", "Long Sơn"),
        ("Ở Long Sơn 12 dự án nào đã xong?", "Long Sơn"),
    ],
)
def test_the_number_of_a_name_is_carried_with_it(before: str, name: str) -> None:
    found = follow_up("Còn tổng vốn?", before, lambda text: ["Long Sơn"] if "Long" in text else [], TODAY)
    assert found is not None and found.names == (name,)


@pytest.mark.parametrize("before", [None, 7, ["Hải Phòng"], {"question": "Hải Phòng"}, "Hải Phòng " * 300])
def test_what_is_no_question_before_is_none(before: object) -> None:
    assert request_of({"question": "Còn tổng vốn?", "before": before}).before == ""


def test_a_forged_turn_before_puts_no_word_on_the_page() -> None:
    forged = Request("Còn chuyến phà?", before="<img src=x onerror=alert(1)> Phà Rừng **x**")
    message, record = Desk(Newsstand(), VIETNAMESE, today=lambda: TODAY).reply(forged)
    assert "Hiểu là hỏi tiếp về: Phà Rừng" in message.replace("&#58;", ":")
    shown, _, _ = message.partition("<button")
    assert "img" not in shown and "**" not in shown
    assert record is not None and record["read_as"] == "chuyến phà Phà Rừng"
