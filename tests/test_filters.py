"""Filters: which articles they take, and which words of a question are read as one."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from index import Article
from qa import Assistant
from qa.filters import Filter, chosen_filter, days_label, days_of, outlets_of
from qa.time_words import time_words

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 3, 5)
NEWEST = date(2025, 2, 18)
AUGUST = Article("a", "a.txt", "Một.", outlet="Báo Hải Phòng", published=datetime(2024, 8, 30, 16, 50))
UNDATED = Article("b", "b.txt", "Hai.")


def test_no_filter_takes_every_article_and_asks_the_engine_for_none() -> None:
    assert Filter().only is None
    assert Filter().accepts(UNDATED)


@pytest.mark.parametrize(
    ("kept", "taken"),
    [
        (Filter(first=date(2024, 8, 30)), True),
        (Filter(first=date(2024, 8, 31)), False),
        (Filter(last=date(2024, 8, 30)), True),
        (Filter(last=date(2024, 8, 29)), False),
        (Filter(outlet="báo  hải phòng"), True),
        (Filter(outlet="Báo Hải"), False),
        (Filter(article_ids=frozenset("a")), True),
        (Filter(article_ids=frozenset("b")), False),
        (Filter(first=date(2024, 1, 1), article_ids=frozenset("b")), False),
    ],
)
def test_a_filter_takes_what_meets_all_it_asks(kept: Filter, taken: bool) -> None:
    assert kept.accepts(AUGUST) is taken
    assert kept.only is not None


def test_what_is_not_known_passes_no_filter_of_it() -> None:
    assert not Filter(last=date(2030, 1, 1)).accepts(UNDATED)
    assert not Filter(outlet="không rõ báo").accepts(UNDATED)
    assert Filter(article_ids=frozenset("b")).accepts(UNDATED)


def test_two_spans_of_days_leave_what_they_share() -> None:
    kept = Filter(date(2024, 1, 1), None, "X").within(date(2023, 1, 1), date(2024, 12, 31))
    assert kept == Filter(date(2024, 1, 1), date(2024, 12, 31), "X")


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2024-08-30 ", date(2024, 8, 30), date(2024, 8, 30)),
        ("30/8/2024", date(2024, 8, 30), date(2024, 8, 30)),
    ],
)
def test_days_are_written_in_five_ways(said: str, first: date, last: date) -> None:
    assert days_of(said)[:2] == (first, last)


@pytest.mark.parametrize("said", ["", "hôm qua", "2024-13", "31/4/2024", "8/24", "2024/08/30"])
def test_what_is_no_date_is_refused_with_its_text(said: str) -> None:
    with pytest.raises(ValueError, match=f"^'{said}' is no date"):
        days_of(said)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), ("", "2024", "")),
        (date(2024, 2, 1), date(2024, 2, 29), ("", "02/2024", "")),
        (date(2024, 2, 1), date(2024, 2, 1), ("", "01/02/2024", "")),
        (date(2024, 2, 1), date(2024, 3, 1), ("01/02/2024", "", "01/03/2024")),
        (date(2024, 2, 1), None, ("01/02/2024", "", "")),
        (None, date(2024, 2, 1), ("", "", "01/02/2024")),
    ],
)
def test_whole_months_and_years_are_named_as_such(
    first: date | None, last: date | None, label: tuple[str, ...]
) -> None:
    assert days_label(first, last) == label


def test_the_command_line_names_the_outlets_that_there_are() -> None:
    assert chosen_filter("2024", "8/2024", "báo hải phòng", [AUGUST]) == Filter(
        date(2024, 1, 1), date(2024, 8, 31), "báo hải phòng"
    )
    with pytest.raises(ValueError, match="known outlets: Báo Hải Phòng"):
        chosen_filter(None, None, "Tuổi Trẻ", [AUGUST, UNDATED])
    with pytest.raises(ValueError, match="--from 2025-01-01 lies after --to 2024-12-31"):
        chosen_filter("2025", "2024", None, [AUGUST])
    assert outlets_of([AUGUST, UNDATED, AUGUST]) == ("Báo Hải Phòng",)


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("Bài từ 2024 nói gì về đường bay?", date(2024, 1, 1), None, "nói gì về đường bay?"),
        ("bai tu nam 2024 noi gi ve duong bay", date(2024, 1, 1), None, "noi gi ve duong bay"),
        ("Tin mới nhất về đường bay Nam Ninh", date(2025, 1, 19), NEWEST, "đường bay Nam Ninh"),
        ("Báo năm ngoái nói gì về Quảng Tây?", date(2025, 1, 1), date(2025, 12, 31), "nói gì về Quảng Tây?"),
        ("Theo bài đăng tháng 8/2024, ai dẫn đầu đoàn?", date(2024, 8, 1), date(2024, 8, 31), "ai dẫn đầu đoàn?"),
        ("Ai dẫn đầu đoàn theo các bài trước năm 2025?", None, date(2024, 12, 31), "Ai dẫn đầu đoàn?"),
        ("Ai dẫn đầu đoàn, theo báo chí tháng 2 năm 2025?", date(2025, 2, 1), date(2025, 2, 28), "Ai dẫn đầu đoàn?"),
        ("Các bài báo sau ngày 30/8/2024 viết gì về FDI?", date(2024, 8, 31), None, "viết gì về FDI?"),
        ("Tin từ 2023 đến 2024 về FDI", date(2023, 1, 1), date(2024, 12, 31), "FDI"),
        ("Bài năm 2024 trở đi nói gì về FDI?", date(2024, 1, 1), None, "nói gì về FDI?"),
        ("Những bài viết đến hết năm, FDI?", None, None, ""),
        ("Tin tuần trước về giá vàng", date(2026, 2, 23), date(2026, 3, 1), "giá vàng"),
        ("tin hom qua ve gia vang", date(2026, 3, 4), date(2026, 3, 4), "ve gia vang"),
        ("What do articles from August 2024 say about flights?", None, None, ""),
        ("According to reports from August 2024, who led it?", date(2024, 8, 1), date(2024, 8, 31), "who led it?"),
        ("Latest news about direct flights", date(2025, 1, 19), NEWEST, "direct flights"),
        ("Hải Phòng hợp tác gì với Quảng Tây, từ 2024?", date(2024, 1, 1), None, "Hải Phòng hợp tác gì với Quảng Tây?"),
        ("duong bay Nam Ninh, tu nam 2024 den nay", date(2024, 1, 1), None, "duong bay Nam Ninh"),
        ("Đường bay Nam Ninh, mới nhất?", date(2025, 1, 19), NEWEST, "Đường bay Nam Ninh?"),
        ("Dự án FDI, năm ngoái", date(2025, 1, 1), date(2025, 12, 31), "Dự án FDI"),
        ("Articles since 2024 on direct flights", date(2024, 1, 1), None, "direct flights"),
    ],
)
def test_words_about_the_reporting_choose_articles(
    question: str, first: date | None, last: date | None, rest: str
) -> None:
    found = time_words(question, TODAY, NEWEST)
    if not rest:
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last, found.rest) == (first, last, rest)
        assert found.said in question


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2024 Hải Phòng thu hút bao nhiêu dự án?",
        "Từ 2024 đến nay có bao nhiêu dự án?",
        "Dự án mới nhất của Hải Phòng là gì?",
        "Kim ngạch thương mại từ 2024?",
        "Trong các năm 2022, 2023, 2024?",
        "Hải Phòng, từ 2024 đến nay, có bao nhiêu dự án?",
        "Năm ngoái ai là Bí thư?",
        "Giải báo chí năm 2024 trao cho ai?",
        "Báo chí năm 2024 có bao nhiêu cơ quan?",
        "Cuộc họp báo tháng 8/2024 do ai chủ trì?",
        "Ngành thông tin năm 2024 tăng bao nhiêu?",
        "Dự báo năm 2025 GDP tăng bao nhiêu?",
        "Niềm tin năm 2024 ra sao?",
        "Ai viết bài năm 2024 về đường bay?",
        "Bài 2024.5 là gì?",
        "Tin mới nhất?",
        "Bài từ năm 2024 nói gì?",
        "Bài ngày 31/4/2024 nói gì về FDI?",
        "Bài từ 2025 đến 2024 nói gì về FDI?",
        "",
    ],
)
def test_a_time_that_may_be_part_of_what_is_asked_chooses_nothing(question: str) -> None:
    assert time_words(question, TODAY, NEWEST) is None


def test_newest_says_nothing_of_articles_without_dates() -> None:
    assert time_words("Tin mới nhất về đường bay", TODAY) is None


@pytest.mark.parametrize("name", ["questions", "questions_kept_aside"])
def test_no_gold_question_is_read_as_a_filter(name: str) -> None:
    lines = (ROOT / "seeds" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [text for line in lines if time_words(text := json.loads(line)["text"], TODAY, NEWEST)] == []


def test_a_filter_of_articles_changes_what_is_searched_and_cited(assistant: Assistant) -> None:
    question = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    early = assistant.explain(question, only=Filter(last=date(2024, 12, 31)).only).answer
    assert {hit.article.published.year for hit in early.hits if hit.article.published} <= {2023, 2024}
    assert (early.searched.articles, early.searched.last) == (2, date(2024, 8, 30))
    none = assistant.explain(question, only=Filter(first=date(2030, 1, 1)).only).answer
    assert (none.found, none.hits, none.searched.articles) == (False, (), 0)
