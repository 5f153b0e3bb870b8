"""Words of a question that choose an outlet: which one, what is left to ask, and what chooses none."""

from __future__ import annotations

from datetime import date

import pytest
from browser.newsstand import Newsstand

from qa.chat_desk import Desk
from qa.chat_text import VIETNAMESE
from qa.filters import Filter
from qa.outlet_words import outlet_words
from qa.printing import filter_line
from qa.request import Request, asked

OUTLETS = ("Báo Sông Hồng", "Nhật Báo Miền Đông", "Thanh Niên", "Tuổi Trẻ", "VnExpress", "vietnamnet.vn")
TODAY = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("question", "outlet", "rest"),
    [
        ("Theo Báo Sông Hồng, vụ cháy làm bao nhiêu người chết?", "Báo Sông Hồng", "vụ cháy làm bao nhiêu người chết?"),
        ("theo bao song hong ai bi thuong", "Báo Sông Hồng", "ai bi thuong"),
        ("Báo Sông Hồng nói gì về vụ cháy?", "Báo Sông Hồng", "nói gì về vụ cháy?"),
        ("Bài của Nhật Báo Miền Đông nêu nguyên nhân gì?", "Nhật Báo Miền Đông", "Bài nêu nguyên nhân gì?"),
        ("Ai bị thương, theo Tuổi Trẻ?", "Tuổi Trẻ", "Ai bị thương?"),
        ("Vụ cháy, theo báo Tuổi Trẻ đưa tin, do đâu?", "Tuổi Trẻ", "Vụ cháy do đâu?"),
        ("theo vnexpress thì ai bị thương?", "VnExpress", "ai bị thương?"),
        ("Theo VietNamNet, ai bị thương?", "vietnamnet.vn", "ai bị thương?"),
        ("According to VnExpress, who died?", "VnExpress", "who died?"),
        ("据VnExpress报道，谁受伤？", "VnExpress", "谁受伤？"),
    ],
)
def test_an_outlet_is_chosen_and_its_name_is_no_part_of_the_question(question: str, outlet: str, rest: str) -> None:
    found = outlet_words(question, OUTLETS)
    assert found is not None and (found.outlet, found.rest) == (outlet, rest)


@pytest.mark.parametrize(
    "question",
    [
        "Tỷ lệ thất nghiệp của thanh niên là bao nhiêu?",
        "theo tuổi trẻ việt nam, nghề gì tốt?",
        "Theo Thanh Niên Xung Phong, ai bị thương?",
        "Tuổi Trẻ có bao nhiêu phóng viên?",
        "Theo Báo Sông Lô, ai bị thương?",
        "Báo Sông Hồng nói gì?",  # nothing is left to ask
    ],
)
def test_what_only_looks_like_an_outlet_chooses_none(question: str) -> None:
    assert outlet_words(question, OUTLETS) is None


def test_outlet_and_days_are_chosen_together_and_told() -> None:
    put = asked(Request("Bài năm 2024 của báo Tuổi Trẻ nói gì về lũ?"), TODAY, None, OUTLETS)
    assert put.kept == Filter(date(2024, 1, 1), date(2024, 12, 31), "Tuổi Trẻ") and put.question == "nói gì về lũ?"
    assert filter_line(put).startswith("Chỉ tìm trong: bài đăng 2024, Tuổi Trẻ  (theo “của báo Tuổi Trẻ, Bài năm 2024”")


def test_an_outlet_chosen_beside_the_question_stands_and_words_as_typed_choose_none() -> None:
    question, chosen = "Theo Tuổi Trẻ, ai bị thương?", Filter(outlet="VnExpress")
    assert asked(Request(question, chosen), TODAY, None, OUTLETS).kept == chosen
    assert asked(Request(question, as_typed=True), TODAY, None, OUTLETS).question == question


def test_the_chip_of_an_outlet_asks_without_its_name_and_the_next_question_takes_no_outlet_on() -> None:
    desk = Desk(Newsstand(), VIETNAMESE, today=lambda: TODAY)
    outlet = next(article.outlet for article in Newsstand().articles.values() if article.outlet)
    message, _ = desk.reply(Request(f"Theo {outlet}, Phà Rừng dừng khi nào?"))
    chip = message.partition('class="hb-chip')[2].partition("</button>")[0].replace("&#32;", " ")
    assert outlet in chip and "Phà Rừng dừng khi nào" in chip and "Theo" not in chip
    _, record = desk.reply(Request("Còn giá vé?", before=f"Theo {outlet}, Phà Rừng dừng khi nào?"))
    assert record is not None and outlet not in record["read_as"]
