"""Requests of the page, and the chips that say and undo which articles were asked."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from browser.newsstand import HOSTILE, Newsstand
from hypothesis import given
from hypothesis import strategies as st

from qa.chat_desk import Desk
from qa.chat_filters import choice
from qa.chat_text import ENGLISH, VIETNAMESE, age
from qa.filters import Filter
from qa.request import Request, request_object, request_of

TODAY = date(2026, 3, 5)


def replied(request: Request) -> str:
    return Desk(Newsstand(), VIETNAMESE, today=lambda: TODAY).reply(request)[0]


def said(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def chips(message: str) -> list[tuple[str, Request]]:
    found = re.findall(r'<button type="button" class="hb-chip hb-ask" value="([^"]*)"[^>]*>(.*?)</button>', message)
    return [(said(text), request_of(json.loads(html.unescape(value)))) for value, text in found]


@given(
    st.builds(
        Request,
        st.text(),
        st.builds(Filter, st.none() | st.dates(), st.none() | st.dates(), st.none() | st.text(min_size=1)),
        st.booleans(),
        st.booleans(),
    )
)
def test_a_request_comes_back_from_the_page_as_it_was(request: Request) -> None:
    assert request_of(json.loads(json.dumps(request_object(request)))) == request


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "?",
        [],
        {},
        {"question": 5, "from": "2024-13-01", "to": 7, "outlet": ["x"], "articles": "a", "as_typed": "yes"},
        {"articles": [1, None, {}], "from": ""},
    ],
)
def test_a_request_that_makes_no_sense_chooses_nothing(sent: object) -> None:
    assert request_of(sent) == Request("")


def test_words_of_time_are_a_chip_that_asks_again_without_them() -> None:
    message = replied(Request("Bài từ 2025 nói gì về phà?"))
    assert "Chỉ tìm trong bài: đăng từ 01/01/2025× theo “Bài từ 2025”" in said(message)
    ((text, again),) = chips(message)
    assert text == "đăng từ 01/01/2025×"
    assert again == Request("Bài từ 2025 nói gì về phà?", every_time=True)
    everywhere = replied(again)
    assert "Đã tìm trong bài của mọi thời gian." in said(everywhere) and chips(everywhere) == []


def test_each_condition_can_be_dropped_by_itself() -> None:
    kept = Filter(date(2025, 1, 1), date(2025, 12, 31), "Báo Cửa Biển", frozenset({"pha-rung"}))
    dropped = dict(chips(replied(Request("phà?", kept))))
    assert list(dropped) == ["đăng 2025×", "Báo Cửa Biển×", "“Phà Rừng ngừng chạy sau khi cầu thông xe”×"]
    days, outlet, article = (request.kept for request in dropped.values())
    assert days == Filter(None, None, "Báo Cửa Biển", frozenset({"pha-rung"}))
    assert outlet.outlet is None and outlet.article_ids == {"pha-rung"}
    assert article.article_ids == frozenset() and article.first == date(2025, 1, 1)


def test_what_was_left_out_is_not_searched() -> None:
    message = said(replied(Request("phà?", Filter(last=date(2024, 12, 31)))))
    assert "Không tìm thấy trong 1 bài (ngày 02/01/2024)" in message


def test_every_article_asked_is_not_worth_a_word() -> None:
    assert "hb-kept" not in replied(Request("phà?"))


def test_a_hostile_outlet_or_headline_is_only_text() -> None:
    kept = Filter(outlet=HOSTILE.outlet, article_ids=frozenset({HOSTILE.article_id}))
    message = replied(Request("ác ý", kept))
    assert "<img" not in message and "<script" not in message and "${" not in message
    fields = choice(Newsstand().articles.values(), ENGLISH)
    assert fields.count('type="date"') == fields.count('max="9999-12-31"') == 2  # a later day would choose nothing
    assert "javascript:" not in fields and fields.count("<option") == 3


def test_without_named_outlets_there_is_none_to_choose() -> None:
    assert "<select" not in choice((), VIETNAMESE)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 5), ""),
        (date(2026, 3, 6), ""),
        (date(2026, 3, 4), "1 ngày trước"),
        (date(2026, 2, 6), "27 ngày trước"),
        (date(2026, 2, 5), "1 tháng trước"),
        (date(2025, 3, 6), "11 tháng trước"),
        (date(2025, 3, 5), "1 năm trước"),
        (date(2023, 11, 13), "2 năm trước"),
        (None, ""),
    ],
)
def test_the_age_of_an_article_is_in_whole_years_months_or_days(day: date | None, said: str) -> None:
    assert age(day, TODAY, VIETNAMESE) == said


def test_a_source_card_says_how_old_its_article_is() -> None:
    assert "Báo Cửa Biển · 04/03/2025 09:30 · Minh Hà · 1 năm trước" in said(replied(Request("phà?")))
