"""Which days a question chooses where it names a span, several times, or speaks Chinese; and where it chooses none."""

from __future__ import annotations

from datetime import date

import pytest

from qa.said_days import days_said
from qa.time_words import time_words

THURSDAY = date(2026, 3, 5)
NEWEST = date(2025, 2, 18)


def chosen(question: str) -> tuple[date | None, date | None, str] | None:
    found = time_words(question, THURSDAY, NEWEST)
    return found and (found.first, found.last, found.rest)


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("Bài năm 2023, 2024 nói gì về Lưu Ninh?", "2023-01-01", "2024-12-31", "nói gì về Lưu Ninh?"),
        ("Bài năm 2024 và 2023 về FDI", "2023-01-01", "2024-12-31", "FDI"),
        ("Bài năm 2022, 2023 và 2024 về FDI", "2022-01-01", "2024-12-31", "FDI"),
        ("Tin tháng 7 và tháng 8/2024 về Quảng Tây", "2024-07-01", "2024-08-31", "Quảng Tây"),
        ("Tin tháng 7, 8/2024 về Quảng Tây", "2024-07-01", "2024-08-31", "Quảng Tây"),
        ("Tin tháng 12/2024 hoặc tháng 1/2025 về FDI", "2024-12-01", "2025-01-31", "FDI"),
        ("tin nam ngoai va nam nay ve FDI", "2025-01-01", "2026-12-31", "ve FDI"),
        ("articles from 2023 and 2024 about rail", "2023-01-01", "2024-12-31", "rail"),
        ("News of March and April 2024 about rail", "2024-03-01", "2024-04-30", "rail"),
        ("articles between 2022 and 2024 about rail", "2022-01-01", "2024-12-31", "rail"),
        ("2024年7月和8月的文章关于海防", "2024-07-01", "2024-08-31", "关于海防"),
    ],
)
def test_times_that_adjoin_choose_all_their_days(question: str, first: str, last: str, rest: str) -> None:
    assert chosen(question) == (date.fromisoformat(first), date.fromisoformat(last), rest)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Bài trước ngày 3/5 nói gì về FDI?", None, date(2024, 5, 2)),
        ("Bài sau ngày 3/1 nói gì về FDI?", date(2025, 1, 4), None),
        ("bai ngay 18/2 noi gi ve FDI", date(2025, 2, 18), date(2025, 2, 18)),
        ("Bài ngày 19 tháng 2 nói gì về FDI?", date(2024, 2, 19), date(2024, 2, 19)),
        ("Tin tháng 5 năm ngoái về FDI", date(2025, 5, 1), date(2025, 5, 31)),
        ("Bài từ ngày 3/5 năm ngoái về FDI", date(2025, 5, 3), None),
    ],
)
def test_a_day_or_month_has_its_year_from_now_or_from_when_it_last_was(
    question: str, first: date | None, last: date | None
) -> None:
    found = chosen(question)
    assert found is not None and found[:2] == (first, last) and found[2].endswith(("FDI", "FDI?"))


@pytest.mark.parametrize(
    "question",
    [
        "Tin tháng 8/2024 và tháng 1/2025 về Quảng Tây",
        "Bài năm 2022 và 2024 về FDI",
        "Bài năm 2023, năm 2024 Hải Phòng có gì?",
        "Bài trước 2023 và 2024 về FDI",
        "Bài sau 2023 và trước 2025 về FDI",
        "Bài năm 2024 và tháng 3 về FDI",
        "Tin từ đầu năm 2024 đến giữa tháng 6/2024 về FDI",
        "articles from 2022 and 2024 about rail",
        "news of March 2024 and early 2025 about rail",
        "2023年和2025年的文章关于海防",
    ],
)
def test_of_times_that_do_not_adjoin_none_is_chosen(question: str) -> None:
    assert chosen(question) is None


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Bài từ 1/1 đến 30/6/2024 về Quảng Tây", "2024-01-01", "2024-06-30"),
        ("bai tu ngay 15-3 den ngay 2-9-2024 ve FDI", "2024-03-15", "2024-09-02"),
        ("Bài từ tháng 2 đến hết tháng 6 năm 2024 về FDI", "2024-02-01", "2024-06-30"),
        ("Bài tháng 4-6/2024 về FDI", "2024-04-01", "2024-06-30"),
        ("Bài năm 2023-2024 về FDI", "2023-01-01", "2024-12-31"),
        ("Bài trong quý I/2024 về Hải Phòng", "2024-01-01", "2024-03-31"),
        ("Bài từ quý II đến quý III/2024 về Hải Phòng", "2024-04-01", "2024-09-30"),
        ("tin quy 4 nam ngoai ve FDI", "2025-10-01", "2025-12-31"),
        ("Tin tuần qua về giá vàng", "2026-02-26", "2026-03-05"),
        ("tin thang qua ve gia vang", "2026-02-05", "2026-03-05"),
        ("Tin 3 ngày qua về giá vàng", "2026-03-02", "2026-03-05"),
        ("Tin 24h qua về giá vàng", "2026-03-04", "2026-03-05"),
        ("Tin hôm kia về giá vàng", "2026-03-03", "2026-03-03"),
        ("Tin từ đầu năm đến nay về giá vàng", "2026-01-01", None),
        ("tin tu dau nam ngoai toi nay ve gia vang", "2025-01-01", None),
        ("Bài từ đầu năm 2024 về giá vàng", "2024-01-01", None),
        ("Giá vàng tăng, từ đầu tháng đến nay?", "2026-03-01", None),
        ("Bài từ 30.8.2024 về đoàn Quảng Tây", "2024-08-30", None),
        ("Bài đến hết năm 2024 về hợp tác", None, "2024-12-31"),
        ("News from Aug 2024 about rail", "2024-08-01", "2024-08-31"),
        ("News from August 30, 2024 about rail", "2024-08-30", "2024-08-30"),
        ("News of the past week about rail", "2026-02-26", "2026-03-05"),
        ("Articles from 2024 onwards about rail", "2024-01-01", None),
    ],
)
def test_a_span_of_the_reporting_chooses_its_days(question: str, first: str | None, last: str | None) -> None:
    found = chosen(question)
    assert found is not None
    assert found[:2] == (first and date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("2024年8月的文章说了什么关于广西？", "2024-08-01", "2024-08-31", "说了什么关于广西？"),
        ("去年的新闻说海防什么", "2025-01-01", "2025-12-31", "说海防什么"),
        ("今年的新闻提到海防吗？", "2026-01-01", "2026-12-31", "提到海防吗？"),
        ("上个月的报道说广西什么？", "2026-02-01", "2026-02-28", "说广西什么？"),
        ("2023年到2024年的文章关于海防", "2023-01-01", "2024-12-31", "关于海防"),
        ("2024年第一季度的文章关于海防", "2024-01-01", "2024-03-31", "关于海防"),
        ("根据2024年8月30日的报道，谁带队？", "2024-08-30", "2024-08-30", "谁带队？"),
        ("2024年以来的新闻关于海防", "2024-01-01", None, "关于海防"),
        ("2024年之前的文章关于海防", None, "2023-12-31", "关于海防"),
        ("最新消息 海防", "2025-01-19", "2025-02-18", "海防"),
        ("海防的最新消息", "2025-01-19", "2025-02-18", "海防"),
    ],
)
def test_chinese_questions_choose_days_too(question: str, first: str | None, last: str | None, rest: str) -> None:
    assert chosen(question) == (first and date.fromisoformat(first), last and date.fromisoformat(last), rest)


@pytest.mark.parametrize(
    "question",
    [
        "Bài từ 1/1 đến 30/6 về Quảng Tây",
        "Bài từ 1/12 đến 30/1/2025 về Quảng Tây",
        "Bài tháng 6-4/2024 về FDI",
        "Bài năm 2024-2023 về FDI",
        "Bài quý 5/2024 về FDI",
        "Bài từ 31/4 đến 30/6/2024 về FDI",
        "Tin năm qua về FDI",
        "Tin từ đầu năm học mới về FDI",
        "Bài cuối năm 2024 về FDI",
        "Bão tuần qua gây thiệt hại gì?",
        "trong bao nam ngoai co bao nhieu nguoi chet",
        "Quý I/2024 Hải Phòng thu hút bao nhiêu dự án?",
        "Từ đầu năm đến nay có bao nhiêu dự án?",
        "2024年8月的新闻发布会谁主持？",
        "去年的新闻中心在哪里？",
        "去年海防的进出口总额是多少？",
        "今年的报道有多少篇？",
        "2024年13月的文章关于海防",
        "去年的新闻？",
    ],
)
def test_where_the_days_or_what_they_are_of_is_in_doubt_none_is_chosen(question: str) -> None:
    assert chosen(question) is None


def test_on_before_a_subject_is_about_and_not_onwards() -> None:
    assert chosen("articles from 2024 on rail") == (date(2024, 1, 1), date(2024, 12, 31), "rail")


def test_a_month_ago_of_a_longer_month_is_its_last_day() -> None:
    assert days_said("tháng qua", date(2025, 3, 31))[:2] == (date(2025, 2, 28), date(2025, 3, 31))
    assert days_said("tháng qua", date(2026, 3, 5))[:2] == (date(2026, 2, 5), date(2026, 3, 5))


@pytest.mark.parametrize("said", ["", "30/8", "tháng 8", "hôm nào", "năm tới", "31/4/2024", "quý 9/2024"])
def test_what_names_no_days_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        days_said(said, THURSDAY)
