"""What the page offers beside the answer, in a real browser: choosing articles, receipts, files, the timeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage
from browser.newsstand import FERRY
from browser.test_chat_page import FLIGHT, ask, fits, picture
from qa.feedback import read

WIDTHS = (1440, 390)
FERRY_QUESTION = "Bài từ 2025 nói gì về chuyến phà?"


@pytest.mark.parametrize("width", WIDTHS)
def test_words_of_time_become_a_chip_and_one_click_asks_without_them(
    newsstand: str, open_page: OpenPage, width: int
) -> None:
    page = open_page(newsstand, width=width)
    reply = ask(page, FERRY_QUESTION)
    expect(reply.locator(".hb-kept")).to_contain_text("Chỉ tìm trong bài: đăng từ 01/01/2025")
    expect(reply.locator(".hb-passages > li")).to_have_count(1)
    picture(page, f"chip-{width}")
    reply.locator(".hb-chip").click()
    answers = page.locator(".hb-answer")
    expect(answers).to_have_count(2)
    expect(answers.last.locator(".hb-kept")).to_have_text("Đã tìm trong bài của mọi thời gian.")
    expect(answers.last.locator(".hb-passages > li")).to_have_count(3)
    expect(page.locator(".hb-question").last).to_have_text(FERRY_QUESTION)


@pytest.mark.parametrize("width", WIDTHS)
def test_days_and_outlet_are_chosen_once_kept_and_dropped(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(newsstand, width=width, height=844)
    page.get_by_text("Chọn bài để hỏi").click()
    page.get_by_label("Đăng từ ngày").fill("2025-01-01")
    page.get_by_label("Báo", exact=True).select_option("Báo Cửa Biển")
    chosen = page.locator(".hb-chosen")
    expect(chosen).to_contain_text("Sẽ chỉ hỏi: từ 01/01/2025×Báo Cửa Biển×")
    assert fits(page)
    picture(page, f"choice-{width}")
    expect(ask(page, "Giá vàng?")).to_contain_text("Không tìm thấy trong 1 bài (ngày 04/03/2025)")
    reply = ask(page, "Chuyến phà cuối cùng?")
    expect(reply.locator(".hb-chip")).to_have_count(2)
    assert fits(page)
    reply.locator(".hb-chip").first.click()
    expect(page.locator(".hb-answer").last.locator(".hb-chip")).to_have_text(["Báo Cửa Biển×"])
    expect(chosen).to_have_text("Sẽ chỉ hỏi: Báo Cửa Biển×")
    chosen.locator(".hb-chip").click()
    expect(chosen).to_be_empty()
    expect(ask(page, "Giá vàng?")).to_contain_text("Không tìm thấy trong 3 bài")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_article_alone_is_asked_from_its_reading_panel(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(newsstand, width=width)
    ask(page, "Chuyến phà cuối cùng?").locator(".hb-card").click()
    page.locator(".hb-panel").get_by_role("button", name="Chỉ hỏi bài này").click()
    expect(page.locator(".hb-panel")).to_be_hidden()
    expect(page.locator(".hb-chosen")).to_contain_text(FERRY.headline)
    expect(ask(page, "Giá vàng?")).to_contain_text("Không tìm thấy trong 1 bài")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_receipt_is_copied_with_place_and_version(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(newsstand, width=width)
    ask(page, "Chuyến phà cuối cùng?").get_by_role("button", name="Chép phiếu nguồn").click()
    expect(page.locator(".hb-receipt")).to_have_text("Đã chép")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[2:4] == ["Báo Cửa Biển · Minh Hà · 04/03/2025 09:30", "https://example.org/pha-rung"]
    assert lines[4].startswith("Vị trí: ký tự ")
    assert lines[5] == "Chỉ mục: 4d88fabb37e64b58, tạo ngày 01/03/2026"


def saved(page: Page, way: str) -> tuple[str, str]:
    """Name and text of the file."""
    page.locator(".hb-keep summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=way).click()
    return download.value.suggested_filename, download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_conversation_is_saved_in_five_kinds_of_file(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(newsstand, width=width)
    expect(page.locator(".hb-keep")).to_be_hidden()
    ask(page, "Chuyến phà cuối cùng?")
    ask(page, "Giá vàng?")
    name, text = saved(page, "Markdown")
    assert name.endswith(".md") and "## Chuyến phà cuối cùng?" in text and "Không tìm thấy." in text
    assert "rời bến lúc 22 giờ ngày 3/3/2025." in saved(page, "CSV")[1]
    assert saved(page, "RIS")[1].startswith("TY  - NEWS\n")
    assert json.loads(saved(page, "CSL-JSON")[1])[0]["title"] == FERRY.title
    page.locator(".hb-keep summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert "Chuyến phà cuối cùng?" in [each.text for each in Document(str(download.value.path())).paragraphs]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_question_through_time(seeds: str, open_page: OpenPage, width: int) -> None:
    page = open_page(seeds, width=width)
    reply = ask(page, FLIGHT)
    moments = reply.locator(".hb-moment")
    expect(moments.first).to_be_hidden()
    reply.get_by_text("Xem theo thời gian").click()
    picture(page, f"timeline-{width}")
    expect(moments.first).to_contain_text("30/08/2024")
    expect(moments.first).to_contain_text("mong muốn")
    expect(moments.last).to_contain_text("18/02/2025")
    expect(moments.last.locator("mark")).to_have_text("7/1/2025")
    assert fits(page)
    moments.first.locator(".hb-from").click()
    expect(page.locator(".hb-panel mark")).to_contain_text("mở đường bay thẳng")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_goes_on_from_the_last_answered_one_and_one_click_asks_it_alone(
    seeds: str, open_page: OpenPage, width: int
) -> None:
    page = open_page(seeds, width=width, height=900)
    ask(page, "Hải Phòng có bao nhiêu dự án từ Trung Quốc?")
    reply = ask(page, "Còn tổng vốn?")
    expect(reply.locator(".hb-follow")).to_contain_text("Hiểu là hỏi tiếp về: Hải Phòng, Trung Quốc")
    expect(reply.locator("q").first).to_contain_text("6,52 tỷ USD")
    expect(page.locator(".hb-question").last).to_have_text("Còn tổng vốn?")
    assert fits(page)
    picture(page, f"follow-up-{width}")
    reply.get_by_role("button", name="Hỏi riêng câu này").click()
    answers = page.locator(".hb-answer")
    expect(answers).to_have_count(3)
    expect(answers.last).to_contain_text("Đã hỏi riêng câu này.")
    expect(answers.last.locator(".hb-follow")).to_have_count(0)
    expect(ask(page, "Giá vàng hôm nay?").locator(".hb-follow")).to_have_count(0)


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_articles_that_differ_stand_side_by_side_with_their_days(
    seeds: str, open_page: OpenPage, width: int, dark: bool
) -> None:
    page = open_page(seeds, width=width, height=900, dark=dark)
    reply = ask(page, FLIGHT)
    expect(reply.get_by_text("Các bài nói khác nhau")).to_be_visible()
    wish, opening = reply.locator(".hb-values li").all()
    expect(wish).to_contain_text("mở đường bay thẳng từ Hải Phòng – Nam Ninh")
    expect(wish.locator("a")).to_have_text("bài ngày 30/08/2024")
    expect(opening.locator("b")).to_have_text("7/1/2025")
    expect(opening.locator("a")).to_have_text("bài ngày 18/02/2025")
    assert fits(page)
    picture(page, f"differ-{width}")
    wish.locator("a").click()
    expect(page.locator(".hb-panel mark")).to_contain_text("mở đường bay thẳng")
    expect(page.locator(".hb-panel mark")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_asks_its_question_and_is_copied_again(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(
        f"{newsstand}?q=Chuy%E1%BA%BFn%20ph%C3%A0%20cu%E1%BB%91i%20c%C3%B9ng%3F&from=2025-01-01", width=width
    )
    reply = page.locator(".hb-answer")
    expect(page.locator(".hb-question")).to_have_text("Chuyến phà cuối cùng?")
    expect(reply.locator("q")).to_have_text("Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.")
    expect(reply.locator(".hb-chip")).to_have_text(["đăng từ 01/01/2025×"])
    assert fits(page)
    reply.get_by_role("button", name="Chép liên kết câu hỏi").click()
    expect(reply.locator(".hb-link")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    if width == WIDTHS[0]:
        page.reload()
        expect(page.locator(".hb-question")).to_have_text("Chuyến phà cuối cùng?")
        page.wait_for_timeout(300)  # it would be asked as soon as the page stands
        expect(page.locator(".hb-question")).to_have_count(1)


def test_a_hostile_or_endless_link_is_only_a_question(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(f"{newsstand}?q=%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3D1%22%3E{'a' * 3_000}&from=%3Cb%3E")
    question = page.locator(".hb-question p")
    expect(question).to_have_count(1)
    assert len(question.inner_text()) == 2_000 and question.inner_text().startswith("<img src=x")
    expect(page.locator(".hb-answer")).to_have_count(1)
    assert page.evaluate("window.hacked") is None
    expect(page.locator("#hb-conversation .message-content img")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_says_which_sentence_is_right(
    newsstand: str, feedback_file: Path, open_page: OpenPage, width: int
) -> None:
    page = open_page(newsstand, width=width, height=900)
    question = f"Bao nhiêu gian hàng, bề rộng {width}?"
    ask(page, question).get_by_role("button", name="Trả lời đúng").click()
    expect(page.locator(".hb-told")).to_have_text("Cảm ơn bạn, đã ghi lại.")
    wrong = ask(page, f"Chuyến phà cuối cùng, bề rộng {width}?")
    wrong.locator(".hb-wrong summary").click()
    assert fits(page)
    picture(page, f"correct-{width}")
    wrong.get_by_role("button", name="Các bài không nói").press("Enter")
    expect(wrong.locator(".hb-told")).to_be_focused()
    pointed = ask(page, f"Phà ngừng, bề rộng {width}?" + " phà")
    pointed.locator(".hb-card").click()
    page.get_by_role("button", name="Đoạn đúng là đoạn này").click()
    expect(page.locator(".hb-which")).to_have_text("Hãy bôi đen câu đúng trong bài trước.")
    page.evaluate(
        "document.querySelectorAll('.hb-text p').forEach(p => { if (p.textContent.includes('Vũ Văn Lái'))"
        " getSelection().selectAllChildren(p); })"
    )
    page.get_by_role("button", name="Đoạn đúng là đoạn này").click()
    expect(pointed.locator(".hb-told")).to_have_text("Cảm ơn bạn, đã ghi lại.")
    mine = [each for each in read(feedback_file).feedback if f"rộng {width}" in each.question]
    assert [each.verdict for each in mine] == ["right", "not_said", "passage"]
    assert mine[2].answers == ((FERRY.path, FERRY.text.split("\n")[2]),)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_conversation_is_found_again_in_the_same_browser_until_it_is_cleared(
    newsstand: str, open_page: OpenPage, width: int
) -> None:
    page = open_page(newsstand, width=width, height=900)
    ask(page, "Chuyến phà cuối cùng?")
    ask(page, "Giá vàng?")
    # Another tab cleared its own; or the reader closed this one and comes back.
    page.evaluate(f"{'localStorage' if width == WIDTHS[0] else 'sessionStorage'}.removeItem('hoibao-conversation-vi')")
    page.reload()
    expect(page.locator(".hb-question")).to_have_text(["Chuyến phà cuối cùng?", "Giá vàng?"])
    page.locator(".hb-cite").click()
    expect(page.locator(".hb-panel mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    ask(page, "Bao nhiêu gian hàng?")
    assert "## Chuyến phà cuối cùng?" in saved(page, "Markdown")[1]
    assert fits(page)
    page.get_by_role("button", name="Cuộc mới").click()
    expect(page.get_by_text("Bạn muốn biết điều gì?")).to_be_visible()
    expect(page.locator(".hb-question")).to_have_count(0)
    page.evaluate(
        """localStorage.setItem("hoibao-conversation-vi", '{"shown": [["user", "<img src=x onerror=window.hacked=1>"]], "turns": []}')"""
    )
    page.reload()
    expect(page.get_by_text("Bạn muốn biết điều gì?")).to_be_visible()
    expect(page.locator("#hb-conversation img")).to_have_count(0)


TALK = """([turns, size]) => {
    const text = "<div class=\\"hb-answer\\">" + "a".repeat(size);
    let shown = [];
    for (let turn = 1; turn <= turns; turn++) {
        hoibao.take(`${turn}`);
        const record = { question: `${turn}`, read_as: `${turn}`, places: [] };
        shown = hoibao.append(shown, ["<div class=\\"hb-question\\">", text, record]);
    }
    const kept = JSON.parse(localStorage.getItem("hoibao-conversation-vi"));
    return [kept.shown.length, kept.turns.length, kept.turns.at(-1).question];
}"""


def test_of_a_long_conversation_as_much_is_kept_as_the_browser_takes(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    assert page.evaluate(TALK, [45, 10]) == [90, 45, "45"]
    assert page.evaluate(TALK, [4, 1_500_000]) == [4, 2, "4"]  # a browser keeps 5 million characters
