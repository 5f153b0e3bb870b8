"""The report says what was measured, names every lost question, and foreign text does nothing in it."""

import json
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from qa.abstention import abstention_curve
from qa.escaping import json_for_html, markdown
from qa.harder import Form
from qa.report import bars, lost, shown, summary
from qa.report_html import html_report
from qa.report_markdown import markdown_report
from qa.saved_evaluation import Evaluation, Question, Sentence

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> | [x](javascript:alert(3)) \u202egpj"
FACTS = {
    "questions": "gold.jsonl",
    "corpus": "seeds/articles",
    "articles": 5,
    "passages": 27,
    "from": "2023-11-13",
    "to": "2025-02-18",
    "model": "hoibao-vi-en-zh",
    "date": "2026-01-02T03:04:05+00:00",
    "command": "hoibao evaluate gold.jsonl",
    "hoibao": "0.1.0",
}
QUOTE = Sentence("Tuyến bay mở ngày 7/1.", "a.txt", "Tuyến bay mới", "Báo A", None, "2025-01-08", 10, 32)
VALUES = {"right": 1.0, "nDCG@10": 1.0, "answer_holds_quote": 1.0}


def question(query_id: str, right: float, wanted: tuple[Sentence, ...], returned: tuple[Sentence, ...]) -> Question:
    best = returned[0] if returned else QUOTE
    text = f"Câu hỏi {query_id}?"
    return Question(query_id, text, "vi", "when", wanted, returned, best, 0.5, 1, {**VALUES, "right": right})


def evaluation(*questions: Question, forms: tuple[Form, ...] = ()) -> Evaluation:
    counts = {"questions": len(questions), "answerable": len(questions), "unanswerable": 0}
    right = [each.right for each in questions]
    curve = abstention_curve([each.confidence for each in questions], right, [True] * len(right))
    measures = {"nDCG@10": 0.5, "answer_holds_quote": 0.5, "right": 0.5, **counts}
    return Evaluation(FACTS, measures, curve, forms, questions)


OTHER = replace(QUOTE, quote="Chuyện khác.", headline="Bài khác")
MADE = evaluation(
    question("q1", 1.0, (QUOTE,), (QUOTE,)),
    question("q2", 0.0, (QUOTE,), (OTHER,)),
    question("q3", 0.0, (QUOTE,), ()),
    question("q4", 0.0, (), (OTHER,)),
    forms=(
        Form("as written", 0, {"nDCG@10": 0.5, "right": 0.5}),
        Form("without marks", 3, {"nDCG@10": 0.4, "right": 0.5}, "Cau hoi"),
        Form("abbreviated", 0, {}),
    ),
)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ((question("q4", 0.0, (), (OTHER,)),), "The articles answer none of the questions: 0 of these correctly got"),
        ((question("q1", 1.0, (QUOTE,), (QUOTE,)),), "The articles answer 1 of the questions: for 1 of them a cited"),
        (MADE.questions, "got “not found”. They do not answer 1: 0 of these correctly got “not found”, 1 got"),
    ],
)
def test_the_summary_says_whose_questions_they_are(questions: tuple[Question, ...], said: str) -> None:
    assert said in summary(evaluation(*questions))


def words(page: str) -> str:
    """What is read of a page."""
    body = re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)
    entities = re.sub(r"&#(\d+);", lambda match: chr(int(match.group(1))), re.sub(r"<[^>]+>", " ", body))
    return " ".join(entities.split())


def test_lost_questions_are_told_by_the_way_in_which_they_were_lost() -> None:
    assert [(way.title, [each.query_id for each in way.questions]) for way in lost(MADE.questions)] == [
        ("Another sentence was cited", ["q2"]),
        ("Refused although the articles say", ["q3"]),
        ("Answered although the articles do not say", ["q4"]),
    ]


def test_bars_count_and_hold_the_interval_of_wilson() -> None:
    (bar,) = bars(MADE.questions, lambda each: each.kind)
    assert (bar.group, bar.questions, bar.right) == ("when", 4, 1)
    assert (bar.low, bar.high) == pytest.approx((0.0456, 0.6994), abs=1e-3)  # of 1 in 4, by the formula by hand


@pytest.mark.parametrize("write", [html_report, markdown_report])
def test_the_report_says_all_that_was_found(write) -> None:
    text = write(MADE)
    text = words(text) if write is html_report else text.replace("\\", "")
    for said in (
        "1 of 4 questions answered correctly",
        "seeds/articles: 5 articles, 2023-11-13 to 2025-02-18, 27 passages",
        "hoibao-vi-en-zh",
        "hoibao evaluate gold.jsonl",
        "El-Yaniv and Wiener (2010)",
        "Lost questions (3)",
        "Câu hỏi q2?",
        "Câu hỏi q3?",
        "Câu hỏi q4?",
        "Tuyến bay mới · Báo A · 2025-01-08 · a.txt · characters 10–32",
        "without marks",
        "−10.0",
        "not run",
    ):
        assert said in text
    assert "Câu hỏi q1?" not in text


def test_what_was_not_run_is_not_shown_as_zero() -> None:
    assert shown("not_found_right", None) == "not run"
    row = next(line for line in markdown_report(MADE).split("\n") if line.startswith("| not_found_right"))
    assert row.endswith("| not run | 0 |")


def test_the_page_carries_its_facts_for_programs() -> None:
    found = re.search(r'<script type="application/json" id="evaluation">(.*?)</script>', html_report(MADE), re.DOTALL)
    assert found is not None
    data = json.loads(found.group(1))
    assert data["facts"] == FACTS
    assert data["measures"]["nDCG@10"] == 0.5
    assert data["forms"]["without marks"]["nDCG@10"] == 0.4


def test_foreign_text_is_inert_in_the_page_and_in_markdown() -> None:
    evil = replace(QUOTE, quote=EVIL, headline=EVIL, path=EVIL)
    asked = replace(
        question("q1", 0.0, (evil,), (evil,)), text=EVIL, kind=EVIL, language='vi" onclick="x', query_id=EVIL
    )
    made = replace(evaluation(asked, forms=(Form("as written", 0, {}, EVIL),)), facts={**FACTS, "corpus": EVIL})
    page = html_report(made)
    assert page.count("<script") == page.count("</script") == 1
    assert "<img" not in page
    assert 'onclick="' not in page
    assert "\u202e" not in page
    assert "alert(1)" in words(page)
    text = markdown_report(made)
    assert "\u202e" not in text
    rendered = MarkdownIt("commonmark").enable("table").render(text)
    assert set(re.findall(r"<(\w+)", rendered)) <= set("h1 h2 h3 p table thead tbody tr th td ul li strong".split())
    assert rendered.count("javascript:alert(3)") == text.count("javascript:alert(3)") > 3
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):  # its | stands in a cell and makes no other
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_nothing_is_asked_of_the_network() -> None:
    page = html_report(MADE)
    assert "default-src 'none'" in page
    assert not re.search(r"""https?://|url\(|@import|\ssrc=|<link""", page)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Khi nào mở đường bay?", "Khi nào mở đường bay?"),
        ("a|b *c* _d_ `e` <f> [g](h)", r"a\|b \*c\* \_d\_ \`e\` \<f\> \[g\](h)"),
        ("1. một\n- hai", r"1\. một - hai"),
        ("- một", r"\- một"),
        ("https://a.vn www.a.vn x@a.vn", r"https\://a.vn www\.a.vn x\@a.vn"),
        ("&lt; \\", r"\&lt; \\"),
    ],
)
def test_markdown_stays_readable_and_does_nothing(text: str, written: str) -> None:
    assert markdown(text) == written


def test_json_in_a_page_cannot_end_its_element() -> None:
    written = json_for_html({"x": "</script><!-- & \u2028 Hải"})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"x": "</script><!-- & \u2028 Hải"}


def test_no_lost_question_and_no_question_of_a_kind_make_a_report_too() -> None:
    made = evaluation(question("q1", 1.0, (QUOTE,), (QUOTE,)))
    assert "Lost questions None." in words(html_report(made))
    assert "## Lost questions (0)" in markdown_report(made)
    assert "Typed in other ways" not in html_report(made)
