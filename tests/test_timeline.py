"""The timeline: moments in order of publication, and its face in a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from browser.newsstand import FERRY, HOSTILE, MARKET

from qa import Assistant
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.chat_timeline import timeline_html
from qa.question import parse_question
from qa.timeline import NO_TIME, Moment, Timeline, timeline

EARLY = replace(FERRY, article_id="som", published=datetime(2024, 5, 1))
WISH = Moment(EARLY, 0, 11, FERRY.text[:11])
DONE = Moment(FERRY, 0, len(FERRY.text), FERRY.text, "3/3/2025")
APART = Moment(MARKET, 0, 5, MARKET.text[:5])


def test_the_flight_is_first_wished_for_and_then_opened(assistant: Assistant) -> None:
    found = assistant.explain("Khi nào mở đường bay Nam Ninh – Hải Phòng?").timeline
    wish, opening = found.dated
    assert wish.article.published is not None and wish.article.published.date() == date(2024, 8, 30)
    assert "mong muốn" in wish.quote and wish.value == ""
    assert opening.article.published is not None and opening.article.published.date() == date(2025, 2, 18)
    assert opening.value == "7/1/2025"
    for moment in (*found.dated, *found.undated):
        assert moment.article.text[moment.start : moment.end] == moment.quote


def test_undated_articles_stand_apart(assistant: Assistant) -> None:
    found = assistant.explain("Kim ngạch Việt Nam Trung Quốc năm 2023 là bao nhiêu?").timeline
    assert found.dated == ()
    assert [moment.value for moment in found.undated] == ["171 tỷ USD", "48,24 tỷ USD"]


def test_no_sentence_is_no_timeline() -> None:
    assert timeline(parse_question("Ai?"), ()) == NO_TIME
    assert timeline_html(NO_TIME, VIETNAMESE) == ""


def test_the_message_names_first_and_latest_and_marks_the_value() -> None:
    markup = timeline_html(Timeline((WISH, DONE), (APART,)), VIETNAMESE)
    order = [markup.index(each) for each in ("nói đến đầu tiên", "mới nhất", "hb-undated")]
    assert order == sorted(order)
    assert "<mark>3&#47;3&#47;2025</mark>" in markup and "không rõ ngày" in markup
    assert "first reported" in timeline_html(Timeline((WISH, DONE), ()), ENGLISH)
    assert timeline_html(Timeline((DONE,), ()), VIETNAMESE) == ""


def test_a_hostile_sentence_is_only_text_there_too() -> None:
    moment = Moment(HOSTILE, 0, len(HOSTILE.text), HOSTILE.text)
    markup = timeline_html(Timeline((moment, moment), ()), VIETNAMESE)
    assert "<img" not in markup and "<script" not in markup and "${" not in markup and "\n" not in markup
