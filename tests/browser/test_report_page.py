"""The report as it is opened by whoever gets it: in a real browser, light and dark, wide and narrow, without network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import SCREENSHOTS
from qa import Assistant
from qa.evaluation import MEASURES, evaluate, read_gold
from qa.harder import WAYS, evaluate_form
from qa.report_html import html_report
from qa.saved_evaluation import as_evaluation, facts_of

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "seeds" / "questions.jsonl"
HOSTILE = "<img src=https://elsewhere.example/x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def report(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = evaluate(assistant, read_gold(QUESTIONS)[::4])
    forms = [evaluate_form(assistant, results, way) for way in list(WAYS)[:3]]
    facts = facts_of(assistant.manifest, QUESTIONS, "hoibao evaluate seeds/questions.jsonl --harder")
    made = as_evaluation(results, assistant.articles, facts, MEASURES, forms)
    lost = next(place for place, question in enumerate(made.questions) if not question.right)
    questions = list(made.questions)
    questions[lost] = replace(questions[lost], text=HOSTILE + "dài" * 100)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html_report(replace(made, questions=tuple(questions))), encoding="utf-8")
    return path


@pytest.fixture(
    params=[(1200, False), (1200, True), (360, False), (360, True)], ids=lambda each: f"{each[0]}-{each[1]}"
)
def page(request: pytest.FixtureRequest, chromium: Browser, report: Path) -> Iterator[Page]:
    width, dark = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda each: asked.append(each.url))
    opened.on("dialog", lambda each: pytest.fail(f"a script ran: {each.message}"))
    opened.goto(report.as_uri())
    yield opened
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.screenshot(path=SCREENSHOTS / f"report-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert asked == [report.as_uri()]
    context.close()


def test_the_report_is_read_whole_at_every_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("h1").inner_text().endswith("questions answered correctly")
    assert page.locator("svg path.own").bounding_box()["width"] > 200
    assert max(tick.bounding_box()["height"] for tick in page.locator(".x, .y b").all()) < 20
    assert page.locator("article").count() > 3
    assert HOSTILE in page.locator("article h4", has_text="elsewhere").inner_text()


def test_its_words_stand_out_from_the_paper_in_light_and_dark(page: Page) -> None:
    ratio = """selector => {
        const light = color => {
            const parts = color.match(/[\\d.]+/g).slice(0, 3).map(value => value / 255);
            const linear = parts.map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
        };
        const paper = light(getComputedStyle(document.body).backgroundColor);
        const ink = light(getComputedStyle(document.querySelector(selector)).color);
        return (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
    }"""
    for selector in ("h1", ".lead", ".note", ".loss", ".returned h5", ".wanted h5", "blockquote footer", ".x-title"):
        assert page.evaluate(ratio, selector) >= 4.5, selector
