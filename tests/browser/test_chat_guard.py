"""What the guard does, seen from a real browser: the door, a busy server, and scripts that came with no page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Route, expect

from browser.conftest import OpenPage, served
from browser.newsstand import Newsstand
from browser.test_chat_page import ask
from qa.chat_accounts import Accounts, keep
from qa.chat_doors import Doors


def test_a_busy_server_says_so_and_keeps_the_question(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "Máy chủ đang bận."}))
    box = page.locator("#hb-box textarea")
    box.fill("Chuyến phà cuối cùng?")
    page.keyboard.press("Enter")
    expect(page.locator(".hb-note")).to_have_text("Máy chủ đang bận. Xin hỏi lại sau giây lát.")
    expect(box).to_have_value("Chuyến phà cuối cùng?")
    expect(page.get_by_text("currently busy")).to_be_hidden()  # the framework's own words
    page.unroute("**/queue/join*")
    box.press("Enter")
    expect(page.locator(".hb-answer q")).to_have_count(1)


def test_what_is_typed_while_a_question_is_on_its_way_is_asked_after_it(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    ask(page, "Bao nhiêu gian hàng?")
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))  # noqa: PLW0108 (a built-in cannot be one)
    box = page.locator("#hb-box textarea")
    for question in ("Chuyến phà cuối cùng?", "Phà mấy giờ?"):
        box.fill(question)
        box.press("Enter")
        expect(page.get_by_text("Đang tìm trong các bài báo…")).to_be_in_viewport()
    held.pop().continue_()
    page.unroute("**/queue/join*")
    expect(page.locator(".hb-question")).to_have_text(["Bao nhiêu gian hàng?", "Chuyến phà cuối cùng?"])
    assert not held
    expect(box).to_have_value("Phà mấy giờ?")
    box.press("Enter")
    expect(page.locator(".hb-question").last).to_have_text("Phà mấy giờ?")


def test_an_article_that_cannot_be_had_is_said_to_be_so(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    reply = ask(page, "Chuyến phà cuối cùng?")
    page.route("**/component_server/**", lambda route: route.abort())
    reply.locator(".hb-card").click()
    expect(page.locator(".hb-panel .hb-error")).to_have_text("Không nối được với máy chủ. Xin hỏi lại sau giây lát.")
    page.keyboard.press("Escape")
    page.locator(".hb-keep summary").click()
    page.get_by_role("button", name="Markdown").click()
    expect(page.locator(".hb-status")).to_have_text("Không nối được với máy chủ. Xin hỏi lại sau giây lát.")
    reply.get_by_role("button", name="Trả lời đúng").click()
    expect(reply.locator(".hb-told")).to_contain_text("Không nối được với máy chủ.")
    page.unroute("**/component_server/**")
    reply.get_by_role("button", name="Trả lời đúng").click()  # it can be said once more
    expect(reply.locator(".hb-told")).to_have_text("Cảm ơn bạn, đã ghi lại.")


def test_a_handler_that_got_into_the_page_would_not_run(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    page.evaluate(
        """() => {
            const made = document.createElement("div");
            made.innerHTML = '<img src="data:," onerror="window.hacked=1"><a href="javascript:window.hacked=2">x</a>';
            document.body.append(made);
            const script = document.createElement("script");
            script.textContent = "window.hacked=3";
            document.body.append(script);
            made.querySelector("a").click();
        }"""
    )
    ask(page, "Chuyến phà cuối cùng?")
    assert page.evaluate("window.hacked") is None


def test_a_name_and_a_password_open_the_page(tmp_path: Path, open_page: OpenPage) -> None:
    keep(tmp_path / "accounts", "an", "mật khẩu dài")
    address = served(Newsstand(), doors=Doors(Accounts.read(tmp_path / "accounts")))
    page = open_page(address, wait_for="input")
    page.get_by_label("Tên").fill("an")
    page.get_by_label("Mật khẩu").fill("sai mật khẩu")
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Sai tên hoặc mật khẩu")
    page.get_by_label("Mật khẩu").fill("mật khẩu dài")
    page.keyboard.press("Enter")
    reply = ask(page, "Chuyến phà cuối cùng?")
    expect(reply.locator("q")).to_have_count(1)
    page.context.clear_cookies()
    reply.locator(".hb-card").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    page.evaluate("sessionStorage.setItem('hoibao-asked', 'Phà mấy giờ?')")  # what was on its way then
    page.get_by_label("Tên").fill("an")
    page.get_by_label("Mật khẩu").fill("mật khẩu dài")
    page.keyboard.press("Enter")
    expect(page.locator(".hb-status")).to_have_text("Câu hỏi này chưa được trả lời. Xin hỏi lại.")
    expect(page.locator("#hb-box textarea")).to_have_value("Phà mấy giờ?")
    page.context.clear_cookies()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
