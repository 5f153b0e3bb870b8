"""The page as its readers meet it, in a real browser: asked, answered, an article opened, read and closed."""

from __future__ import annotations

import json
import re
from statistics import median

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import PATIENCE, SCREENSHOTS, OpenPage
from browser.newsstand import FERRY, HOSTILE
from qa.chat_examples import EXAMPLES

expect.set_options(timeout=PATIENCE)

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
OPENED = "chính thức được khai thông từ ngày 7/1/2025"
WIDTHS = (1440, 390)
UNANSWERED = "Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?"


def ask(page: Page, question: str) -> Locator:
    """The reply to the question: the newest message."""
    replies = page.locator(".hb-answer, .hb-note")
    before = replies.count()
    page.locator("#hb-box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(replies).to_have_count(before + 1)
    return replies.last


def picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


def fits(page: Page) -> bool:
    """Nothing of the page lies beyond the right edge of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


# --- the main road, on the seed articles ------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_is_answered_with_a_citation_that_opens_its_article(
    seeds: str, open_page: OpenPage, width: int
) -> None:
    page = open_page(seeds, width=width, height=900)
    expect(page.locator(".hb-corpus")).to_have_text("5 bài báo · 13/11/2023 – 18/02/2025")
    picture(page, f"light-first-{width}")

    reply = ask(page, FLIGHT)
    picture(page, f"light-answer-{width}")
    quote = reply.locator("q").first
    expect(quote).to_contain_text(OPENED)
    card = reply.locator(".hb-card").first
    expect(card).to_contain_text("Hải Phòng thu hút 440 dự án với 6,52 tỷ USD từ Trung Quốc")
    expect(card).to_contain_text("18/02/2025 20:25")
    expect(card).to_contain_text("Vũ Ba")

    passages = reply.locator(".hb-passages > li")
    assert [each.is_visible() for each in passages.all()] == [True] * 3 + [False] * 2
    expect(passages.first.locator("mark")).to_contain_text(OPENED)

    cite = reply.locator(".hb-cite").first
    expect(cite).to_have_text("[1]")
    cite.click()
    panel = page.locator(".hb-panel")
    expect(panel.locator(".hb-title")).to_have_text("Hải Phòng thu hút 440 dự án với 6,52 tỷ USD từ Trung Quốc")
    expect(panel.locator("mark")).to_have_text(quote.inner_text())
    expect(panel.locator("mark")).to_be_in_viewport(ratio=1)
    expect(panel.locator(".hb-in-passage").first).to_be_attached()
    expect(panel.locator(".hb-text")).to_contain_text("hai địa phương và các đơn vị đã ký kết các Bản ghi nhớ hợp tác.")
    picture(page, f"light-reading-{width}")

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cite).to_be_focused()


def test_what_the_articles_do_not_say_is_said_not_to_be_found(seeds: str, open_page: OpenPage) -> None:
    page = open_page(seeds)
    reply = ask(page, UNANSWERED)
    expect(reply.locator(".hb-notfound")).to_have_text("Không tìm thấy trong 5 bài (từ 13/11/2023 đến 18/02/2025)")
    expect(reply).to_contain_text("Những đoạn gần nhất (không phải câu trả lời):")
    expect(reply.locator("q, mark, .hb-cite")).to_have_count(0)
    picture(page, "light-not-found")


@pytest.mark.parametrize(
    ("path", "example"), [(path, each) for path, language in (("", "vi"), ("en/", "en")) for each in EXAMPLES[language]]
)
def test_every_example_on_the_first_screen_finds_an_answer(
    seeds: str, open_page: OpenPage, path: str, example: str
) -> None:
    page = open_page(f"{seeds}{path}")
    expect(page.locator("button.hb-example")).to_have_count(4)
    page.get_by_role("button", name=example).click()
    expect(page.locator(".hb-question")).to_have_text(example)
    expect(page.locator(".hb-answer q").first).not_to_be_empty()


def test_the_dark_page_shows_the_same(seeds: str, open_page: OpenPage) -> None:
    page = open_page(seeds, dark=True)
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    picture(page, "dark-first")
    reply = ask(page, FLIGHT)
    reply.locator(".hb-related > summary").click()
    picture(page, "dark-answer")
    reply.locator(".hb-card").first.click()
    expect(page.locator(".hb-panel mark")).to_be_in_viewport()
    picture(page, "dark-reading")
    page.emulate_media(media="print")  # the article that is read, whole, as ink on paper
    expect(page.locator("#hb-desk, .hb-tools").filter(visible=True)).to_have_count(0)
    text = page.locator(".hb-text")
    assert text.evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
    assert page.locator(".hb-panel").evaluate("node => node.scrollHeight <= node.clientHeight")
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator(".hb-panel")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("button, summary").filter(visible=True)).to_have_count(1)  # of what stands open
    assert reply.locator(".hb-passages > li > p").first.evaluate("node => node.scrollHeight <= node.clientHeight")
    page.emulate_media(media="null")


def test_on_a_phone_nothing_scrolls_sideways_and_the_article_is_a_sheet(seeds: str, open_page: OpenPage) -> None:
    page = open_page(seeds, width=390, height=844)
    assert fits(page)
    picture(page, "phone-first")
    reply = ask(page, FLIGHT)
    expect(reply.locator("q").first).to_be_in_viewport()
    assert fits(page)
    picture(page, "phone-answer")
    reply.locator(".hb-card").first.click()
    expect(page.locator(".hb-panel mark")).to_be_in_viewport(ratio=1)
    desk = page.locator("#hb-desk")
    expect(desk).to_have_attribute("inert", "")
    assert fits(page)
    picture(page, "phone-reading")
    page.set_viewport_size({"width": 1100, "height": 390})  # turned: the article stands beside the page
    expect(desk).not_to_have_attribute("inert", "")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(desk).to_have_attribute("inert", "")
    assert page.evaluate("document.querySelector('.hb-panel').contains(document.activeElement)")
    page.go_back()
    expect(page.locator(".hb-panel")).to_be_hidden()
    expect(reply.locator(".hb-card").first).to_be_focused()
    ask(page, UNANSWERED)
    assert fits(page)
    picture(page, "phone-not-found")
    page.set_viewport_size({"width": 320, "height": 256})  # a window of 1280 at 400 %
    assert fits(page)
    page.locator(".hb-keep summary").click()
    menu = page.locator(".hb-keep div").bounding_box()
    assert menu is not None and menu["x"] >= 0 and menu["x"] + menu["width"] <= 320
    page.locator(".hb-quote").last.scroll_into_view_if_needed()
    expect(page.locator("#hb-box")).not_to_be_in_viewport()  # it leaves the room to read in


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_asked_with_marks_or_without_in_english_and_in_chinese(
    seeds: str, open_page: OpenPage, width: int
) -> None:
    page = open_page(seeds, width=width, height=900)
    questions = (
        "khi nao mo duong bay nam ninh - hai phong",
        "When did direct flights between Nanning and Hai Phong begin?",
        "南宁至海防的直飞航线是什么时候开通的？",
    )
    for question in questions:
        expect(ask(page, question).locator("q").first).to_contain_text(OPENED)
    assert fits(page)


def test_one_click_asks_the_question_again_exactly_as_typed(seeds: str, open_page: OpenPage) -> None:
    page = open_page(seeds)
    typed = "khi naof mowr dduwowngf bay Nanning - Hai Phong?"
    reply = ask(page, typed)
    expect(reply.locator(".hb-names")).to_contain_text("Đang hiểu là: “khi nào mở đường bay Nam Ninh - Hai Phong?”")
    picture(page, "light-understood")
    reply.locator(".hb-as-typed").click()
    answers = page.locator(".hb-answer")
    expect(answers).to_have_count(2)
    expect(answers.last.locator(".hb-names")).to_have_text("Đã tìm đúng như bạn gõ.")
    expect(page.locator(".hb-question").last).to_have_text(typed)
    expect(page.locator("#hb-box textarea")).to_have_value("")
    # The box asks as before: the question is read again.
    expect(ask(page, "Nanning?").locator(".hb-as-typed")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_why_a_source_was_found_is_folded_under_it(seeds: str, open_page: OpenPage, width: int) -> None:
    page = open_page(seeds, width=width, dark=True)
    reply = ask(page, FLIGHT)
    why = reply.locator(".hb-sources .hb-why").first
    expect(why.locator("li").first).to_be_hidden()
    why.get_by_text("Vì sao kết quả này?").click()
    expect(why).to_contain_text("Có đúng chữ: “bay”, “Nam Ninh”, “Hải Phòng”")
    expect(why).to_contain_text("Có thời điểm mà câu hỏi cần")
    assert fits(page)
    picture(page, f"dark-why-{width}")
    missing = ask(page, UNANSWERED).locator(".hb-why").first
    missing.locator("summary").click()
    expect(missing).to_contain_text("Không trích: không có thời điểm mà câu hỏi cần")


def test_what_a_day_without_a_year_was_stands_beneath_the_quote(seeds: str, open_page: OpenPage) -> None:
    page = open_page(seeds, width=390, height=844)
    reply = ask(page, "Ai tiếp đoàn đại biểu Khu tự trị dân tộc Choang?")
    expect(reply.locator(".hb-dates").first).to_have_text("Sáng 30-8 → 30/08/2024theo ngày đăng 30/08/2024")
    assert fits(page)
    picture(page, "phone-dates")


# --- the rest, on our own newspaper -----------------------------------------------------------------------------


def test_the_english_page_speaks_english_and_quotes_vietnamese(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#hb-box textarea").wait_for()
    picture(page, "light-english")
    reply = ask(page, "Chuyến phà cuối cùng?")
    expect(reply.locator("q")).to_have_text("Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.")
    expect(reply.locator(".hb-label")).to_have_text(["Sources", "Related passages"])
    expect(ask(page, "?")).to_contain_text("Please type a question")
    expect(ask(page, "Giá vàng")).to_contain_text("Not found in 3 articles (from 02/01/2024 to 04/03/2025)")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_the_dark_theme_once_chosen_is_remembered(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Nền tối").click()
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    page.reload()
    # Dark from the first paint on, not only when the framework has started.
    expect(page.locator("html")).to_have_class(re.compile(r"\bhb-dark\b"))
    expect(page.get_by_role("button", name="Nền sáng")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_foreign_text_is_shown_letter_by_letter_and_does_nothing(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    question = "<img src=x onerror=window.hacked=9> **ác ý** <script>window.hacked=9</script> [a](https://evil.example)"
    reply = ask(page, question)
    expect(page.locator(".hb-question")).to_have_text(question)
    body, heading = HOSTILE.text.split("\n")[1], HOSTILE.text.split("\n")[0]
    expect(reply.locator("q").first).to_have_text(body.replace("\u202e", ""))
    expect(reply.locator("q").nth(1)).to_have_text(heading)
    reply.locator(".hb-cite").nth(1).click()
    panel = page.locator(".hb-panel")
    expect(panel.locator("mark.hb-current")).to_have_text(heading)
    expect(panel.locator(".hb-title")).to_have_text(HOSTILE.title or "")
    expect(panel.locator(".hb-original")).to_be_hidden()
    shown = page.locator("#hb-conversation .message-content, .hb-panel")
    for tag in (
        "img",
        "script",
        "style",
        "form",
        "iframe",
        "strong",
        "em",
        "code",
        'a[href*="evil"]',
        'a[href*="java"]',
    ):
        expect(shown.locator(tag)).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    assert "\u202e" not in "".join(shown.all_inner_texts())


def test_a_letter_under_a_thousand_marks_does_not_run_over_the_page(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    ask(page, "phà a" + "\u0301\u0323" * 900)
    assert fits(page)
    question = page.locator(".hb-question p").bounding_box()
    assert question is not None and question["height"] < 200


def test_a_quote_is_copied_with_its_source(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    reply = ask(page, "Chuyến phà cuối cùng?")
    wanted = (
        "“Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.” — "
        "Phà Rừng ngừng chạy sau khi cầu thông xe, Báo Cửa Biển, 04/03/2025"
    )
    copy = reply.locator(".hb-copy").first
    copy.click()
    expect(copy).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    page.evaluate("navigator.clipboard.writeText(''); navigator.clipboard.writeText = () => Promise.reject(); null")
    copy.click()  # once more, where the browser does not allow it
    expect(copy).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    page.evaluate("delete navigator.clipboard.writeText")
    reply.locator(".hb-card").click()
    panel = page.locator(".hb-panel")
    original = panel.get_by_role("link", name="Đọc bài gốc trên example.org")
    quoted = "Chuy%E1%BA%BFn%20ph%C3%A0%20cu%E1%BB%91i%20c%C3%B9ng%20r%E1%BB%9Di,l%C3%BAc%2022%20gi%E1%BB%9D%20ng%C3%A0y%203%2F3%2F2025."
    expect(original).to_have_attribute("href", f"{FERRY.url}#:~:text={quoted}")
    page.evaluate("navigator.clipboard.writeText('')")
    panel.locator(".hb-copy").click()
    expect(panel.locator(".hb-copy")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    expect(copy).to_have_text("Chép câu trích")


def test_the_conversation_stays_in_the_browser_but_for_the_last_answered_question(
    newsstand: str, open_page: OpenPage
) -> None:
    page = open_page(newsstand)
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data or "") if "queue/join" in request.url else None,
    )
    ask(page, "Chuyến phà cuối cùng?")
    ask(page, "Bao nhiêu gian hàng?")
    ask(page, "Giá vàng?")
    expect(page.locator(".hb-question")).to_have_count(3)
    requests = [json.loads(each)["data"][0] for each in sent]
    assert [each["before"] for each in requests] == ["", "Chuyến phà cuối cùng?", "Bao nhiêu gian hàng?"]
    assert "phà" not in sent[2] and "hb-quote" not in "".join(sent)


def test_a_lost_server_is_one_line_and_gives_the_question_back(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    page.route("**/queue/join*", lambda route: route.abort())
    box = page.locator("#hb-box textarea")
    box.fill("Chuyến phà cuối cùng?")
    page.keyboard.press("Enter")
    expect(page.locator(".hb-status")).to_have_text("Câu hỏi này chưa được trả lời. Xin hỏi lại.")
    expect(box).to_have_value("Chuyến phà cuối cùng?")
    page.unroute("**/queue/join*")
    box.press("Enter")
    expect(page.locator(".hb-answer q")).to_have_count(1)
    expect(page.locator(".hb-status")).to_be_empty()


def test_the_page_is_worked_by_keyboard_and_named_in_its_own_language(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    expect(page.get_by_role("textbox", name="Câu hỏi")).to_be_focused()
    ask(page, "Chuyến phà cuối cùng?")
    log = page.get_by_role("log", name="Câu hỏi và trả lời")
    expect(log).to_have_attribute("aria-live", "polite")
    english = page.locator(":is([aria-label*='message'], [aria-label*='chat'], [aria-label*='Loading']):visible")
    expect(english).to_have_count(0)
    page.locator(".hb-cite").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Bài báo").locator(".hb-title")).to_be_focused()
    page.get_by_role("button", name="Đóng bài báo").press("Enter")
    expect(page.locator(".hb-cite")).to_be_focused()
    for _ in page.locator("#hb-conversation :is(a, button, summary)").filter(visible=True).all()[1:]:
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " <= document.querySelector('#hb-box').getBoundingClientRect().top"
        )


def test_escape_closes_what_is_open_and_moves_nobody(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    ask(page, "Chuyến phà cuối cùng?").locator(".hb-card").click()
    ask(page, "Bao nhiêu gian hàng?")
    place = page.evaluate("scrollY")
    page.locator(".hb-keep summary").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".hb-keep summary")).to_be_focused()
    expect(page.locator(".hb-keep div")).to_be_hidden()
    expect(page.locator(".hb-panel")).to_be_visible()
    page.locator("#hb-box textarea").focus()
    page.evaluate("place => scrollTo(0, place)", place)
    page.keyboard.press("Escape")
    expect(page.locator(".hb-panel")).to_be_hidden()
    expect(page.locator("#hb-box textarea")).to_be_focused()
    expect(page.locator(".hb-question").last).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_keys_go_from_mark_to_mark_of_one_article(newsstand: str, open_page: OpenPage, width: int) -> None:
    page = open_page(newsstand, width=width, height=844)
    ask(page, "ác ý").locator(".hb-cite").first.click()
    panel = page.locator(".hb-panel")
    which, now = panel.locator(".hb-which"), panel.locator("mark.hb-current")
    expect(which).to_have_text("Chỗ đánh dấu 2/2")
    assert fits(page)
    page.keyboard.press("n")
    expect(which).to_have_text("Chỗ đánh dấu 1/2")
    expect(now).to_have_text(HOSTILE.text.split("\n")[0])
    page.keyboard.press("p")
    expect(which).to_have_text("Chỗ đánh dấu 2/2")
    picture(page, f"marks-{width}")
    panel.get_by_role("button", name="Chỗ đánh dấu trước").click()
    expect(which).to_have_text("Chỗ đánh dấu 1/2")
    expect(now).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    box = page.locator("#hb-box textarea")
    box.press("n")
    expect(box).to_have_value("n")


OPENING = """link => new Promise(done => {
    const began = performance.now();
    link.click();
    const look = () => {
        const mark = document.querySelector(".hb-panel mark")?.getBoundingClientRect();
        if (mark && mark.height && mark.top >= 0 && mark.bottom <= innerHeight) done(performance.now() - began);
        else requestAnimationFrame(look);
    };
    look();
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_the_article_is_open_within_300_milliseconds(seeds: str, open_page: OpenPage, width: int) -> None:
    page = open_page(seeds, width=width, height=900)
    card = ask(page, FLIGHT).locator(".hb-card").first
    times = []
    for _ in range(5):
        times.append(card.evaluate(OPENING))
        page.keyboard.press("Escape")
        expect(page.locator(".hb-panel")).to_be_hidden()
    assert median(times) < 300, times
