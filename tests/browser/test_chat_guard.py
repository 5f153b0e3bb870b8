"""What the guard does, seen from a real browser: the door, a busy server, and scripts that came with no page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

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
    page.unroute("**/queue/join*")
    box.press("Enter")
    expect(page.locator(".hb-answer q")).to_have_count(1)


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
    expect(ask(page, "Chuyến phà cuối cùng?").locator("q")).to_have_count(1)
    page.context.clear_cookies()
    page.locator("#hb-box textarea").fill("Chuyến phà cuối cùng?")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
