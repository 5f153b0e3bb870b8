"""A small crowd at the chat: nobody gets an error or another's answer. The large one: python -m benchmarks.chat_load."""

from __future__ import annotations

from browser.conftest import served
from browser.newsstand import Newsstand

from benchmarks.chat_load import load, marked, report

ASKED = ("Chuyến phà cuối cùng?", "Có bao nhiêu gian hàng?", "Phà ngừng khi nào?")


def test_five_users_and_two_hundred_questions_without_an_error_or_a_mixed_session() -> None:
    run = load(served(Newsstand()), users=5, questions=200, asked=ASKED)
    assert run.errors == [] and run.mixed == 0 and len(run.seconds) == 200
    assert "| 5 | 200 | 0 | 0 |" in report(run, 5, 200, 1.0)


def test_a_reply_that_is_anothers_would_be_seen() -> None:
    class Confused(Newsstand):
        def explain(self, text, k=5, only=None, as_typed=False):  # type: ignore[no-untyped-def]
            other = text.replace("phà", "gian hàng") if text.endswith(marked(7)) else text
            return super().explain(other, k, only, as_typed)

    assert load(served(Confused()), users=2, questions=10, asked=ASKED[:1]).mixed == 1
