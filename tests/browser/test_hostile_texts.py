"""Sixty hostile texts in every field, in a real browser: letter for letter, no node made, no foreign request.

`open_page` fails a test in which the page asked another host for anything.
"""

from __future__ import annotations

import pytest
from hostile_texts import TEXTS, Gazette, harmless
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, served
from browser.test_chat_page import ask, fits
from qa.escaping import plain

TURNS = 10  # questions of one conversation: each turn draws all before it anew

# Every element below, as its tag, its class and the names of its attributes.
NODES = """node => [...node.querySelectorAll("*")].map(each =>
    [each.tagName, each.className, ...each.getAttributeNames().filter(name => name !== "hidden" && name !== "open").sort()].join(" "))"""
SHOWN = "(node, selector) => [...node.querySelectorAll(selector)].map(each => each.textContent)"


@pytest.fixture(scope="module")
def gazette() -> str:
    return served(Gazette())


@pytest.fixture(scope="module")
def tame() -> str:
    return served(Gazette(texts=tuple(map(harmless, TEXTS))))


def unharmed(page: Page) -> bool:
    """Nothing ran, nothing covers the question box, the page is where it was and no wider."""
    return bool(
        page.evaluate(
            """() => { const box = document.querySelector("#hb-box textarea"), at = box.getBoundingClientRect();
            box.scrollIntoView({ block: "center" });
            const seen = box.getBoundingClientRect();
            const top = document.elementFromPoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
            return window.hacked === undefined && (top === box || box.contains(top) || top.contains(box)); }"""
        )
    ) and fits(page)


def test_articles_are_shown_letter_for_letter_and_make_no_node(gazette: str, tame: str, open_page: OpenPage) -> None:
    page, other = open_page(gazette), open_page(tame)
    reply, like = ask(page, "phà?"), ask(other, "phà?")
    assert reply.evaluate(NODES) == like.evaluate(NODES)
    assert reply.evaluate(SHOWN, "q") == [plain(f"{text}\nhết") for text in TEXTS]
    assert reply.evaluate(SHOWN, ".hb-card .hb-headline") == [plain(text) for text in TEXTS]
    for text, said in zip(TEXTS, reply.evaluate(SHOWN, ".hb-card .hb-byline"), strict=True):
        assert said.startswith(f"{plain(text)} · 02/01/2024 · {plain(text)}")
    assert reply.evaluate(SHOWN, ".hb-passages > li > p") == [plain(f"{text}\nhết") for text in TEXTS]
    options = page.locator("#hb-choice").evaluate(SHOWN, "option")
    assert sorted(options[1:]) == sorted(plain(text) for text in TEXTS)
    assert unharmed(page)


OPEN = """async ([number, title]) => {
    document.querySelectorAll(".hb-card")[number].click();
    const panel = document.querySelector(".hb-panel");
    for (let left = 600; left && panel.querySelector(".hb-title").textContent !== title; left--)
        await new Promise(done => setTimeout(done, 50));
    return panel.querySelector(".hb-title").textContent;
}"""


def test_each_article_opens_letter_for_letter_and_makes_no_node(gazette: str, tame: str, open_page: OpenPage) -> None:
    page, other = open_page(gazette), open_page(tame)
    ask(page, "phà?")
    ask(other, "phà?")
    panel, like = page.locator(".hb-panel"), other.locator(".hb-panel")
    for number, text in enumerate(TEXTS):
        assert page.evaluate(OPEN, [number, plain(text)]) == plain(text)
        other.evaluate("document.querySelector('.hb-panel .hb-title').textContent = ''")
        other.evaluate(OPEN, [number, harmless(text)])
        assert panel.evaluate(NODES) == like.evaluate(NODES), text
        lines = panel.evaluate(SHOWN, ".hb-text > p")
        assert lines == [plain(line) for line in f"{text}\nhết".split("\n") if line]
        assert plain(text) in (panel.locator(".hb-byline").text_content() or "")
        expect(panel.locator(".hb-original")).to_be_hidden()
    assert page.evaluate("window.hacked") is None


def test_questions_are_repeated_letter_for_letter_and_make_no_node(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    shown = page.locator(".hb-question")
    for start in range(0, len(TEXTS), TURNS):
        for number, text in enumerate(TEXTS[start : start + TURNS], 1):
            question = " ".join(text.splitlines())  # the box has one line
            ask(page, question)
            assert shown.count() == number
            assert shown.last.evaluate("node => node.outerHTML.match(/<[a-z]+/g)") == ["<div", "<p"]
            assert shown.last.text_content() == plain(question.strip())
        assert unharmed(page)
        page.get_by_role("button", name="Cuộc mới").click()
        expect(shown).to_have_count(0)
