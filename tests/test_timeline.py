"""The timeline: moments in order of publication, values beside each other, and its face in a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from browser.newsstand import FERRY, HOSTILE, MARKET

from qa import Assistant
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.chat_timeline import timeline_html
from qa.question import parse_question
from qa.timeline import NO_TIME, Moment, Timeline, timeline, value_in

EARLY = replace(FERRY, article_id="som", published=datetime(2024, 5, 1))
WISH = Moment(EARLY, 0, 11, FERRY.text[:11], near=True)
DONE = Moment(FERRY, 0, len(FERRY.text), FERRY.text, "3/3/2025", near=True)
APART = Moment(MARKET, 0, 5, MARKET.text[:5])


def test_the_flight_is_first_wished_for_and_then_opened(assistant: Assistant) -> None:
    found = assistant.explain("Khi nào mở đường bay Nam Ninh – Hải Phòng?").timeline
    wish, opening = found.dated
    assert wish.article.published is not None and wish.article.published.date() == date(2024, 8, 30)
    assert "mong muốn" in wish.quote and wish.value == ""
    assert opening.article.published is not None and opening.article.published.date() == date(2025, 2, 18)
    assert opening.value == "7/1/2025"
    assert found.values == (wish, opening)
    for moment in (*found.dated, *found.undated):
        assert moment.article.text[moment.start : moment.end] == moment.quote


def test_undated_articles_stand_apart_and_may_differ(assistant: Assistant) -> None:
    found = assistant.explain("Kim ngạch Việt Nam Trung Quốc năm 2023 là bao nhiêu?").timeline
    assert found.dated == ()
    assert [moment.value for moment in found.values] == ["171 tỷ USD", "48,24 tỷ USD"]


def test_no_sentence_is_no_timeline() -> None:
    assert timeline(parse_question("Ai?"), ()) == NO_TIME
    assert timeline_html(NO_TIME, VIETNAMESE) == ""


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Khi nào mở?", "khai thông từ ngày 7/1/2025 đã tạo", "7/1/2025"),
        ("Khi nào mở?", "sáng 30-8, năm 2024", "năm 2024"),
        ("Khi nào mở?", "ngày 2 tháng 9 năm 1945", "ngày 2 tháng 9 năm 1945"),
        ("Khi nào mở?", "tháng 8/2024", "tháng 8/2024"),
        ("Khi nào mở?", "không rõ, 33,8 tỷ", ""),
        ("Khi nào mở?", "từ 8/2024 hay năm 2025", "năm 2025"),
        ("Kim ngạch là bao nhiêu?", "đạt 48,24 tỷ USD, tăng 5%", "48,24 tỷ USD"),
        ("Chiếm bao nhiêu phần trăm?", "đạt 48,24 tỷ USD, chiếm 21,1%", "21,1%"),
        ("Ai dẫn đầu?", "ngày 7/1/2025", ""),
    ],
)
def test_the_value_is_the_date_or_quantity_asked_for(question: str, sentence: str, value: str) -> None:
    assert value_in(parse_question(question), sentence) == value


def test_values_are_named_only_where_they_differ() -> None:
    assert Timeline((WISH, DONE), ()).values == (WISH, DONE)
    assert Timeline((replace(DONE, article=EARLY), DONE), ()).values == ()
    assert Timeline((WISH, replace(WISH, article=FERRY)), ()).values == ()
    assert Timeline((DONE,), (APART,)).values == ()


def test_the_message_names_first_and_latest_and_marks_the_value() -> None:
    markup = timeline_html(Timeline((WISH, DONE), (APART,)), VIETNAMESE)
    order = [markup.index(each) for each in ("chưa nêu", "nói đến đầu tiên", "mới nhất", "hb-undated")]
    assert order == sorted(order)
    assert "<mark>3&#47;3&#47;2025</mark>" in markup and "không rõ ngày" in markup
    assert "first reported" in timeline_html(Timeline((WISH, DONE), ()), ENGLISH)
    assert timeline_html(Timeline((DONE,), ()), VIETNAMESE) == ""


def test_a_hostile_sentence_is_only_text_there_too() -> None:
    moment = Moment(HOSTILE, 0, len(HOSTILE.text), HOSTILE.text)
    markup = timeline_html(Timeline((moment, moment), ()), VIETNAMESE)
    assert "<img" not in markup and "<script" not in markup and "${" not in markup and "\n" not in markup
