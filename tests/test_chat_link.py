"""A question as an address: the same is asked, and whatever stands in it is only text."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

from browser.newsstand import Newsstand
from hypothesis import given
from hypothesis import strategies as st

from qa.chat_desk import Desk
from qa.chat_link import link_of
from qa.chat_text import VIETNAMESE
from qa.escaping import escape, plain
from qa.filters import Filter
from qa.follow_up import FollowUp
from qa.request import Request

TODAY = date(2026, 3, 5)


@given(st.text(), st.none() | st.dates(), st.none() | st.text(min_size=1))
def test_an_address_holds_question_days_and_outlet(question: str, first: date | None, outlet: str | None) -> None:
    link = link_of(Request(question, Filter(first=first, outlet=outlet)))
    read = parse_qs(link.removeprefix("?"), keep_blank_values=True)
    assert read.get("q", [""]) == [plain(question)]
    assert read.get("from") == ([first.isoformat()] if first else None)
    assert read.get("outlet", [""]) == [plain(outlet or "")]
    assert link.isascii() and not set(link) & set("<>\"' ")


def test_a_question_that_went_on_is_linked_with_what_it_took() -> None:
    followed = FollowUp("tổng vốn Hải Phòng", ("Hải Phòng",), "", True)
    link = link_of(Request("Còn tổng vốn?", before="Hải Phòng?"), followed)
    assert parse_qs(link.removeprefix("?")) == {"q": ["tổng vốn Hải Phòng"]}


def test_every_answer_has_its_link_and_a_note_has_none() -> None:
    desk = Desk(Newsstand(), VIETNAMESE, today=lambda: TODAY)
    for question in ("Chuyến phà cuối cùng?", "Giá vàng?"):
        assert f'value="{escape(link_of(Request(question)))}"' in desk.reply(Request(question))[0]
    assert "hb-link" not in desk.reply(Request("?"))[0]
