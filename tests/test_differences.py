"""Where articles differ: the values that are read, when two agree, and that only the same thing is compared."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from browser.newsstand import FERRY, HOSTILE

from index import Article, Encoder, PassageIndex
from qa import Assistant
from qa.chat_differences import differences_html
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.differences import Said
from qa.json_answer import explanation_object
from qa.question import parse_question
from qa.values import Value, days_meant, same_amount, value_in, values_in

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"

ARTICLES = {
    "cau-ke-hoach": "Cầu Nguyễn Trãi sắp xong\n\n10:00 05/05/2024\n\nCầu Nguyễn Trãi dự kiến thông xe ngày 1/9/2024. "
    "Người dân hai bờ chờ đợi đã lâu.",
    "cau-lui": "Lùi ngày thông xe cầu Nguyễn Trãi\n\n09:30 20/08/2024\n\nCầu Nguyễn Trãi sẽ thông xe ngày 15/12/2024. "
    "Mưa bão đã làm chậm việc thi công.",
    "cau-tinh": "Hải Phòng có thêm cầu\n\n08:00 21/08/2024\n\nTheo kế hoạch, cầu Nguyễn Trãi thông xe trong tháng 12/2024. "
    "Tổng vốn của cầu Nguyễn Trãi là 6.300 tỷ đồng.",
    "cau-von": "Vốn của các cây cầu\n\n08:00 01/03/2025\n\nTổng vốn của cầu Nguyễn Trãi là 6.600 tỷ đồng. "
    "Tổng vốn của cầu Vũ Yên là 2.500 tỷ đồng.",
    "cau-khac": "Cầu Bến Rừng\n\n08:00 02/03/2025\n\nCầu Bến Rừng thông xe ngày 20/10/2025. Trời hôm ấy nắng đẹp.",
    "nha-may": "Nhà máy Tràng Duệ\n\n08:00 03/03/2025\n\nNhà máy Tràng Duệ có hơn 1.000 công nhân. "
    "Phần lớn đến từ các huyện lân cận.",
    "nha-may-moi": "Tràng Duệ mở rộng\n\n08:00 04/03/2025\n\nNhà máy Tràng Duệ có 1.023 công nhân. "
    "Nhà máy đang tuyển thêm.",
    "chay-dau": "Cháy chợ Bình Khê\n\n08:00 02/05/2024\n\nVụ cháy chợ Bình Khê làm 3 người chết và 12 người bị thương.",
    "chay-sau": "Thêm người chết\n\n08:00 03/05/2024\n\nVụ cháy chợ Bình Khê làm 5 người thiệt mạng, 12 người bị thương.",
    "cau-mot": "Cầu thứ nhất\n\n08:00 02/06/2024\n\nTổng vốn của cầu Long Sơn 1 là 1.200 tỷ đồng.",
    "cau-hai": "Cầu thứ hai\n\n08:00 03/06/2024\n\nTổng vốn của cầu Long Sơn 2 là 700 tỷ đồng.",
}


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("bridges")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    PassageIndex.build(folder, folder / ".index", encoder)
    return Assistant.open(folder / ".index", encoder)


def values(assistant: Assistant, question: str) -> list[str]:
    found = assistant.explain(question).differences
    for said in found:
        assert said.article.text[said.start : said.end] == said.quote and said.value in said.quote
    return [said.value for said in found]


def test_the_flight_was_wished_for_before_it_was_opened(assistant: Assistant) -> None:
    why = assistant.explain(FLIGHT)
    wish, opening = why.differences
    assert wish.article.published is not None and wish.article.published.date() == date(2024, 8, 30)
    assert "mong muốn" in wish.quote and wish.value == ""
    assert opening.article.published is not None and opening.article.published.date() == date(2025, 2, 18)
    assert opening.value == "7/1/2025"
    assert [each["value"] for each in explanation_object(why)["differences"]] == [None, "7/1/2025"]


def test_an_opening_put_off_is_told_with_both_dates_in_order_of_publication(bridges: Assistant) -> None:
    assert values(bridges, "Khi nào cầu Nguyễn Trãi thông xe?") == ["1/9/2024", "15/12/2024", "tháng 12/2024"]


def test_two_sums_for_one_bridge_are_told_and_that_of_another_is_not(bridges: Assistant) -> None:
    found = values(bridges, "Tổng vốn của cầu Nguyễn Trãi là bao nhiêu?")
    assert found == ["6.300 tỷ đồng", "6.600 tỷ đồng"]


def test_the_dead_are_counted_apart_from_the_wounded_and_under_every_word_for_them(bridges: Assistant) -> None:
    found = values(bridges, "Vụ cháy chợ Bình Khê làm bao nhiêu người chết?")
    assert found == ["3 người chết", "5 người thiệt mạng"]


@pytest.mark.parametrize(
    "question",
    [
        "Khi nào cầu Bến Rừng thông xe?",  # one article alone
        "Tổng vốn của cầu Long Sơn là bao nhiêu?",  # two bridges
        "Vụ cháy chợ Bình Khê làm bao nhiêu người bị thương?",
        "Tổng vốn của cầu Vũ Yên là bao nhiêu?",
        "Nhà máy Tràng Duệ có bao nhiêu công nhân?",  # "hơn 1.000" and 1.023
        "Ai chờ cầu Nguyễn Trãi?",  # no date or number is asked for
        "Giá vàng bao nhiêu?",
    ],
)
def test_where_nothing_differs_nothing_is_said(bridges: Assistant, question: str) -> None:
    assert values(bridges, question) == []


@pytest.mark.parametrize(
    "question",
    [
        "Kim ngạch Việt Nam Trung Quốc năm 2023 là bao nhiêu?",  # one article tells that of a province
        "Hải Phòng có bao nhiêu dự án từ Trung Quốc?",
        "Kim ngạch thương mại giữa Việt Nam và Quảng Đông năm 2023?",
        "Lãnh đạo Hải Phòng gặp đoàn của ông Lưu Ninh vào ngày nào?",
    ],
)
def test_different_things_in_the_seeds_are_not_called_different_reports(assistant: Assistant, question: str) -> None:
    assert values(assistant, question) == []


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
        ("Vốn là bao nhiêu?", "của 5 tỉnh biên giới", ""),
        ("Chiếm bao nhiêu phần trăm?", "đạt 48,24 tỷ USD, chiếm 21,1%", "21,1%"),
        ("Có bao nhiêu dự án?", "đứng đầu (440 dự án) trong năm 2024", "440 dự án"),
        ("Ai dẫn đầu?", "ngày 7/1/2025", ""),
        ("Bao nhiêu người chết?", "12 người bị thương, 3 người chết", "3 người chết"),
        ("bao nhieu nguoi bi thuong", "làm 5 người chết, 14 người bị thương", "14 người bị thương"),
        ("Bao nhiêu người mất tích?", "làm 5 người chết, 14 người bị thương", ""),
        ("Bao nhiêu người thương vong?", "làm 5 người chết, 14 người bị thương", ""),
        ("Bao nhiêu tỉnh bị ảnh hưởng?", "14 tỉnh bị ảnh hưởng nặng", "14 tỉnh bị ảnh hưởng"),
        ("Bao nhiêu ki-ốt bị cháy?", "150 ki-ốt đã cháy rụi", "150 ki-ốt"),
        ("Khi nào mở?", "48/49 đại biểu tán thành", ""),
        ("Khi nào mở?", "ùn tắc kéo dài 7-8 km", ""),
        ("Khi nào mở?", "khai mạc ngày 23.11, nhân", "23.11"),
        ("Khi nào mở?", "khởi công quý I-2025", "quý I-2025"),
        ("Bão gây thiệt hại bao nhiêu tiền?", "535 nghìn gia cầm chết", ""),
    ],
)
def test_the_value_is_the_date_or_quantity_asked_for(question: str, sentence: str, value: str) -> None:
    query = parse_question(question)
    assert value_in(query, sentence) == value
    assert all(sentence[each.start : each.end] == each.text for each in values_in(query, sentence))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("6,52 tỷ USD", "6,5 tỷ USD", True),
        ("6,52 tỷ USD", "6,6 tỷ USD", False),
        ("hơn 1.000 dự án", "1.023 dự án", True),
        ("1.000 dự án", "1.023 dự án", False),
        ("440 dự án", "441 dự án", False),
        ("33,8 tỷ USD", "33.800 triệu USD", True),
        ("500 triệu USD", "500 tỷ đồng", True),  # nobody says which is which
        ("$5 triệu", "$5 triệu", True),
    ],
)
def test_two_amounts_agree_as_far_as_they_are_rounded(left: str, right: str, same: bool) -> None:
    def value(text: str) -> Value:
        start = text.find(next(sign for sign in text if sign.isdigit() or sign == "$"))
        return Value(text[start:], start, len(text))

    assert same_amount(value(left), left, value(right), right) is same
    assert same_amount(value(right), right, value(left), left) is same


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("7/1/2025", None, (date(2025, 1, 7), date(2025, 1, 7))),
        ("tháng 2 năm 2024", None, (date(2024, 2, 1), date(2024, 2, 29))),
        ("năm 2024", None, (date(2024, 1, 1), date(2024, 12, 31))),
        ("ngày 18/8", date(2024, 8, 30), (date(2024, 8, 18), date(2024, 8, 18))),
        ("ngày 18/8", None, None),
        ("31/4/2024", None, None),
    ],
)
def test_a_date_is_the_days_that_it_means(text: str, published: date | None, days: tuple[date, date] | None) -> None:
    assert days_meant(Value(text, 0, len(text)), text, published) == days


def test_the_marked_value_is_no_part_of_another_number() -> None:
    text = "Có 15 người bị thương, 5 người chết."
    markup = differences_html((Said(Article("a", "a.txt", text), 0, len(text), text, "5 người"),), VIETNAMESE)
    assert "bị thương&#44; <mark>5 người</mark> chết" in markup


def test_the_message_puts_them_side_by_side_as_text() -> None:
    early = Article("som", "som.txt", "Phà sẽ ngừng.", published=datetime(2024, 5, 1))
    found = (
        Said(early, 0, len(early.text), early.text, ""),
        Said(FERRY, 0, len(FERRY.text), FERRY.text, "3/3/2025"),
        Said(HOSTILE, 0, len(HOSTILE.text), HOSTILE.text, ""),
    )
    markup = differences_html(found, VIETNAMESE)
    order = [markup.index(each) for each in ("Các bài nói khác nhau", "chưa nêu", "<mark>3&#47;3&#47;2025</mark>")]
    assert order == sorted(order) and "04&#47;03&#47;2025" in markup
    assert "<img" not in markup and "<script" not in markup and "${" not in markup and "\n" not in markup
    assert "The articles differ" in differences_html(found, ENGLISH)
    assert differences_html((), VIETNAMESE) == ""
