"""What axe-core, the checker that browsers' makers use, finds on the page: nothing serious, in any of its looks."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage
from browser.test_chat_page import FLIGHT, UNANSWERED, ask


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What is serious or critical, each with the elements it is found on."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run({ resultTypes: ['violations'] })).violations"
    )
    return [
        f"{each['impact']} {each['id']}: {node['html'][:150]} ({node['failureSummary'][:200]})"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_serious_on_first_screen_answer_and_reading_panel(
    seeds: str, open_page: OpenPage, width: int, dark: bool
) -> None:
    page = open_page(seeds, width=width, height=900, dark=dark)
    page.get_by_text("Chọn bài để hỏi").click()
    assert findings(page) == []
    ask(page, UNANSWERED)
    reply = ask(page, FLIGHT)
    for folded in reply.locator("details").all():
        folded.evaluate("each => { each.open = true; }")
    assert findings(page) == []
    reply.locator(".hb-card").first.click()
    expect(page.locator(".hb-panel mark")).to_be_in_viewport()
    assert findings(page) == []


def test_nor_on_the_english_page_with_its_questions_to_the_reader(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(f"{newsstand}en/")
    reply = ask(page, "Chuyến phà cuối cùng?")
    reply.locator(".hb-wrong summary").click()
    ask(page, "Giá vàng?").get_by_text("Not right").click()
    reply.get_by_role("button", name="The articles do not say").click()
    page.locator(".hb-keep summary").click()
    assert findings(page) == []


def test_the_checker_does_find_what_is_wrong(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    page.evaluate("document.querySelector('#hb-welcome').innerHTML = '<p style=\"color:#ccc;background:#fff\">mờ</p>'")
    assert any("color-contrast" in each for each in findings(page))
