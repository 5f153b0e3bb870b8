"""The chat without a browser: what its messages say, what it lets in, and what becomes of foreign text."""

from __future__ import annotations

import html
import json
import re
import socket
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browser.newsstand import FERRY, HOSTILE, MARKET, Newsstand, answer, citation, hit
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index import Article
from qa import chat, chat_server
from qa.chat_answer import Told, answer_html, question_html
from qa.chat_desk import Desk
from qa.chat_filters import request_value
from qa.chat_first_paint import dressed
from qa.chat_guard import BODY_LIMIT
from qa.chat_headers import HEADERS
from qa.chat_reading import reading, text_fragment
from qa.chat_reference import reference
from qa.chat_text import ENGLISH, VIETNAMESE, Wording, corpus, not_found, source_line
from qa.escaping import escape, plain
from qa.json_answer import answer_object
from qa.request import Request
from qa.types import Searched

ROOT = Path(__file__).resolve().parents[1]
NOTHING = Searched(0, None, None)


def said(markup: str) -> str:
    """What a reader sees of a message: its text without the tags."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


# --- foreign text -----------------------------------------------------------------------------------------------


@given(st.text())
def test_escaped_text_reads_as_it_was_and_holds_no_sign_of_html_or_markdown(text: str) -> None:
    escaped = escape(text)
    assert html.unescape(escaped) == plain(text)
    assert not set(re.sub(r"&#\d+;", "", escaped)) & set(string.punctuation + "\n\r\t")


@pytest.mark.parametrize("turner", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_characters_that_turn_the_reading_direction_are_gone(turner: str) -> None:
    assert plain(f"tệp {turner}gpj.exe") == "tệp gpj.exe"


def test_half_a_character_can_be_sent() -> None:
    escape("a\ud800b").encode("utf-8")


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_a_message_is_one_line_of_html_whatever_the_article_says(words: Wording) -> None:
    found = answer("<b>?", (citation(HOSTILE, HOSTILE.text),), (hit(HOSTILE),), Searched(1, None, None))
    message = answer_html(found, words)
    assert message.startswith("<div") and "\n" not in message
    assert not re.search(r"<(?:img|script|style|form|input|meta|iframe|base)|onerror=|javascript:|\$\{", message)
    assert question_html("<script>x</script>\n# a").count("<") == 4  # our div and p, opened and closed


# --- messages ---------------------------------------------------------------------------------------------------


def test_an_answer_quotes_word_for_word_and_cites_headline_outlet_date_and_author() -> None:
    quote = "Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025."
    message = answer_html(answer("?", (citation(FERRY, quote),), (hit(FERRY),), NOTHING), VIETNAMESE)
    assert f"<q>{escape(quote)}</q>" in message and f"<mark>{escape(quote)}</mark>" in message
    assert "[1]" in message and "Phà Rừng ngừng chạy sau khi cầu thông xe" in said(message)
    assert "Báo Cửa Biển · 04/03/2025 09:30 · Minh Hà" in said(message)


def test_quotes_of_one_article_share_its_number_and_its_card() -> None:
    quotes = (
        citation(FERRY, "Bến phà mở cửa từ năm giờ sáng."),
        citation(MARKET, "Ban quản lý cho biết có 187 gian hàng, tăng 12 gian so với năm ngoái."),
        citation(FERRY, "Hơn hai trăm hành khách đã đứng trên boong để tiễn nó."),
    )
    message = answer_html(answer("?", quotes, (), NOTHING), VIETNAMESE)
    assert re.findall(r"\[(\d)\]", message) == ["1", "2", "1"]
    assert message.count('class="hb-card"') == 2


def test_what_a_page_does_not_say_is_said_to_be_unknown() -> None:
    quote = MARKET.text.split("\n")[1]
    message = said(answer_html(answer("?", (citation(MARKET, quote),), (), NOTHING), VIETNAMESE))
    assert "(bài không có tiêu đề)" in message and "không rõ báo · không rõ ngày · P.V" in message
    assert MARKET.headline in message


@pytest.mark.parametrize(
    ("searched", "sentence"),
    [
        (Searched(5, FERRY.published and FERRY.published.date(), None), "Không tìm thấy trong 5 bài"),
        (Searched(5, None, None), "Không tìm thấy trong 5 bài"),
        (Newsstand().ask("gì").searched, "Không tìm thấy trong 3 bài (từ 02/01/2024 đến 04/03/2025)"),
    ],
)
def test_not_found_says_what_was_searched_and_calls_nothing_an_answer(searched: Searched, sentence: str) -> None:
    message = answer_html(answer("?", (), (hit(FERRY),), searched), VIETNAMESE)
    assert re.search(rf">{re.escape(escape(sentence))}</p>", message)
    assert "Những đoạn gần nhất (không phải câu trả lời):" in said(message)
    assert "<q>" not in message and "<mark>" not in message and "[1]" not in message


def test_names_that_were_looked_up_in_vietnamese_are_shown() -> None:
    found = answer("When did the ferry of Haiphong stop?", (), (), NOTHING)
    found = replace(found, question=replace(found.question, replaced=(("Haiphong", "Hải Phòng"),)))
    assert "Understood as: Haiphong → Hải Phòng" in said(answer_html(found, ENGLISH))


def test_a_question_read_otherwise_can_be_asked_as_typed() -> None:
    why = Newsstand().explain("Phà của Haiphong ngừng khi nào?")
    message = answer_html(why.answer, VIETNAMESE, why)
    as_typed = Request(why.answer.question.text, as_typed=True)
    assert f'class="hb-as-typed hb-ask" value="{request_value(as_typed)}"' in message
    typed = answer_html(why.answer, VIETNAMESE, why, Told(as_typed))
    assert "Đã tìm đúng như bạn gõ." in said(typed) and "hb-as-typed" not in typed


def test_a_long_reading_is_shown_as_the_whole_question() -> None:
    found = answer("?", (), (), NOTHING)
    pairs = (("naof", "nào"), ("mowr", "mở"), ("dduwowngf", "đường"), ("Nanning", "Nam Ninh"))
    question = replace(found.question, searched="khi nào mở đường bay Nam Ninh", replaced=pairs)
    message = said(answer_html(replace(found, question=question), VIETNAMESE))
    assert "Đang hiểu là: “khi nào mở đường bay Nam Ninh”" in message and "naof" not in message


def test_what_speaks_for_a_source_is_folded_under_it_and_escaped() -> None:
    why = Newsstand().explain("phà <b>*")
    message = answer_html(why.answer, VIETNAMESE, why)
    assert message.count('<details class="hb-why">') == 1 + len(why.hits)
    assert "Có đúng chữ: “phà”" in said(message) and "Không trích: kém xa câu đứng đầu (dưới 10%)" in said(message)
    assert "<b>" not in message and escape("“phà <b>*”") in message
    assert "hb-why" not in answer_html(why.answer, VIETNAMESE)


def test_passages_behind_the_third_are_folded() -> None:
    hits = tuple(hit(FERRY, rank) for rank in range(1, 6))
    for citations in ((), (citation(FERRY, "Bến phà mở cửa từ năm giờ sáng."),)):
        message = answer_html(answer("?", citations, hits, NOTHING), VIETNAMESE)
        opened, folded = message.split('<details class="hb-related">')
        assert opened.count("<li><a") - opened.count('class="hb-card"') == 3 and "2 đoạn nữa" in said(folded)
        assert folded.count("<li><a") == 2
        few = answer_html(answer("?", citations, hits[:3], NOTHING), VIETNAMESE)
        assert "hb-related" not in few


def test_a_passage_begins_near_the_sentence_that_is_cited_from_it() -> None:
    long = replace(FERRY, text="Một câu mở đầu. " * 20 + "Phà ngừng hẳn. Rồi thôi.")
    message = answer_html(answer("?", (citation(long, "Phà ngừng hẳn."),), (hit(long),), NOTHING), VIETNAMESE)
    assert f'<p lang="vi">… <mark>{escape("Phà ngừng hẳn.")}</mark>' in message and "mở đầu" not in said(message)
    assert "Một câu mở đầu" in said(answer_html(answer("?", (), (hit(long),), NOTHING), VIETNAMESE))


def test_what_tomorrow_was_stands_beneath_the_quote() -> None:
    article = replace(FERRY, text="Phà sẽ ngừng trong tháng tới.")
    quoted = answer_html(answer("?", (citation(article, article.text),), (), NOTHING), VIETNAMESE)
    assert f"<q>{escape(article.text)}</q>" in quoted
    assert "tháng tới → 04/2025" in said(quoted) and "theo ngày đăng 04/03/2025" in said(quoted)
    undated = replace(article, published=None)
    assert "hb-dates" not in answer_html(answer("?", (citation(undated, article.text),), (), NOTHING), VIETNAMESE)


def test_nothing_near_is_not_announced_as_near() -> None:
    message = answer_html(answer("?", (), (), NOTHING), VIETNAMESE)
    assert said(message).strip() == "Không tìm thấy trong 0 bài"


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("", "Xin gõ một câu hỏi, ví dụ “Ai?”"),
        ("???", "Xin gõ một câu hỏi, ví dụ “Ai?”"),
        ("a" * 2_001, "Câu hỏi dài quá."),
        ("máy hỏng", "Có trục trặc khi tìm câu trả lời. Xin hỏi lại."),
    ],
)
def test_what_cannot_be_answered_gets_one_human_line(question: str, reply: str) -> None:
    message = said(Desk(Newsstand(), VIETNAMESE, ["Ai?"]).reply(Request(question))[0]).strip()
    assert message.startswith(reply) and "secret" not in message and "Traceback" not in message


def test_a_question_of_nothing_is_not_repeated() -> None:
    assert question_html(" \u200b\n") == ""


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (Searched(1, None, None), "1 article"),
        (Searched(2, None, None), "2 articles"),
        (Newsstand().ask("gì").searched, "3 articles · 02/01/2024 – 04/03/2025"),
    ],
)
def test_the_masthead_counts_the_articles(searched: Searched, line: str) -> None:
    assert corpus(searched, ENGLISH) == line


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "Not found in 0 articles"),
        (1, "Not found in 1 article (of 30/08/2024)"),
        (2, "Not found in 2 articles (of "),
    ],
)
def test_not_found_counts_the_articles_as_english_does(number: int, sentence: str) -> None:
    day = date(2024, 8, 30) if number else None
    assert not_found(Searched(number, day, day), ENGLISH).startswith(sentence)


def test_a_copied_quote_brings_its_source() -> None:
    assert source_line("A.", FERRY, VIETNAMESE) == (
        "“A.” — Phà Rừng ngừng chạy sau khi cầu thông xe, Báo Cửa Biển, 04/03/2025"
    )
    assert source_line("A.", MARKET, VIETNAMESE).endswith("… (bài không có tiêu đề), không rõ báo, không rõ ngày")


# --- reading an article -----------------------------------------------------------------------------------------


@given(st.text(alphabet="aă\n .“\u202e<", min_size=1), st.data())
def test_an_opened_article_is_its_text_with_quote_and_passage_where_they_stand(text: str, data: st.DataObject) -> None:
    def span() -> list[int]:
        start = data.draw(st.integers(0, len(text) - 1))
        return [start, data.draw(st.integers(start + 1, len(text)))]

    asked = {"article_id": "a", "quote": span(), "passage": span(), "marks": [span(), span()]}
    paragraphs = reading({"a": Article("a", "a.txt", text)}, VIETNAMESE, asked)["paragraphs"]
    assert isinstance(paragraphs, list)
    shown = ["".join(piece["text"] for piece in pieces) for pieces in paragraphs]
    assert shown == [plain(line) for line in text.split("\n") if line]
    for name in ("quote", "passage"):
        start, end = asked[name]
        marked = "".join(piece["text"] for pieces in paragraphs for piece in pieces if piece[name])
        assert marked == plain(text[int(start) : int(end)].replace("\n", ""))
    covered = {place for start, end in (*asked["marks"], asked["quote"]) for place in range(start, end)}
    marked = "".join(piece["text"] for pieces in paragraphs for piece in pieces if piece["mark"])
    assert marked == plain("".join(text[place] for place in sorted(covered)).replace("\n", ""))


@pytest.mark.parametrize(
    "request_",
    [
        None,
        "pha-rung",
        [],
        {},
        {"article_id": "../../etc/passwd"},
        {"article_id": ["pha-rung"]},
        {"article_id": "pha-rung", "quote": [0, 10**9]},
        {"article_id": "pha-rung", "quote": [-5, 3]},
        {"article_id": "pha-rung", "quote": [5, 5]},
        {"article_id": "pha-rung", "quote": [True, 4]},
        {"article_id": "pha-rung", "quote": [0.0, 4]},
        {"article_id": "pha-rung", "quote": "0-4"},
        {"article_id": "pha-rung", "passage": [1, 2, 3]},
        {"article_id": "pha-rung", "marks": "0-4"},
        {"article_id": "pha-rung", "marks": [[0, 10**9]]},
    ],
)
def test_what_names_no_place_in_an_article_opens_nothing(request_: object) -> None:
    assert reading(Newsstand().articles, VIETNAMESE, request_) == {"error": "Không mở được bài này."}


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://bao.vn/a-1.html?x=1#y", "https://bao.vn/a-1.html?x=1#y"),
        ('https://bao.vn/"><script>', "https://bao.vn/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//bao.vn", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str | None, link: str) -> None:
    article = Article("a", "a.txt", "Một câu.", url=url)
    assert reading({"a": article}, VIETNAMESE, {"article_id": "a"})["url"] == link


def test_the_host_that_a_link_leads_to_is_shown_and_the_file_where_there_is_no_address() -> None:
    article = Article("a", "thư mục/a.txt", "Một câu.", url="https://bao.vn@kẻ-gian.example:8443/bài")
    shown = reading({"a": article}, VIETNAMESE, {"article_id": "a"})
    assert shown["original"] == "Đọc bài gốc trên xn--k-gian-3h8b.example" and shown["file"] == ""
    shown = reading({"a": replace(article, url="javascript:1")}, VIETNAMESE, {"article_id": "a"})
    assert (shown["url"], shown["original"], shown["file"]) == ("", "", "Tệp gốc: thư mục/a.txt")


@pytest.mark.parametrize(
    ("quote", "address", "fragment"),
    [
        ("Một câu, ngắn-gọn.", "https://bao.vn/", "#:~:text=M%E1%BB%99t%20c%C3%A2u%2C%20ng%E1%BA%AFn%2Dg%E1%BB%8Dn."),
        ("a b c d e f g h i j k", "https://bao.vn/#x", ":~:text=a%20b%20c%20d%20e,g%20h%20i%20j%20k"),
        ("", "https://bao.vn/", ""),
    ],
)
def test_the_original_opens_at_the_sentence(quote: str, address: str, fragment: str) -> None:
    assert text_fragment(quote, address) == fragment


def test_a_reference_survives_any_article_id() -> None:
    assert re.fullmatch(r"#bai/[\w%.~-]+/1-2/", reference(HOSTILE, (1, 2), None))


# --- the door ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(chat.create_app(Newsstand()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


def test_the_page_comes_in_both_languages_with_its_colours_and_strict_headers(client: TestClient) -> None:
    for path, language in (("/", "vi"), ("/en/", "en"), ("/en", "en")):
        page = client.get(path)
        assert page.status_code == 200 and f'lang="{language}"' in page.text[:60]
        assert "--paper" in page.text and "hoibao-theme" in page.text
        assert all(name in page.headers for name in HEADERS)
        assert "og:image" not in page.text


def called(client: TestClient, question: str) -> str:
    """What the endpoint for programs sends back: an event and its JSON."""
    event = client.post("/gradio_api/call/ask", json={"data": [question]}).json()["event_id"]
    return client.get(f"/gradio_api/call/ask/{event}").text


def test_a_program_gets_what_the_command_line_prints(client: TestClient) -> None:
    event, data = called(client, "Chuyến phà cuối cùng?").strip().split("\n")
    assert event == "event: complete"
    printed = answer_object(Newsstand().ask("Chuyến phà cuối cùng?"))
    assert json.loads(data.removeprefix("data: ")) == [printed]


def test_a_program_that_asks_nothing_is_told_so(client: TestClient) -> None:
    told = called(client, "???")
    assert told.startswith("event: error") and "Xin g" in json.loads(told.split("data: ")[1])["error"]


@pytest.mark.parametrize("host", ["evil.com", "127.0.0.1.evil.com", "localhost.evil.com", "", "[::1", "a b"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:7860", "127.0.0.1", "127.0.0.2:80", "[::1]:7860"])
def test_localhost_and_its_addresses_are_served(client: TestClient, host: str) -> None:
    assert client.get("/robots.txt", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/gradio_api/upload", 404),
        ("POST", "/en/gradio_api/upload", 404),
        ("GET", "/gradio_api/file=/etc/passwd", 404),
        ("GET", "/gradio_api/proxy=http://evil.example/", 404),
        ("POST", "/gradio_api/process_recording", 404),
        ("GET", "/monitoring", 404),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/static/../../../../etc/passwd", 404),
        ("PUT", "/", 405),
        ("DELETE", "/config", 405),
    ],
)
def test_what_the_page_does_not_need_is_not_there(client: TestClient, method: str, path: str, status: int) -> None:
    refused = client.request(method, path)
    assert refused.status_code == status and refused.headers["x-content-type-options"] == "nosniff"


def stream(size: int) -> Iterator[bytes]:
    for _ in range(size // 65_536 + 1):
        yield b"x" * 65_536


@pytest.mark.parametrize(
    "body", [lambda: b"x" * (BODY_LIMIT + 1), lambda: stream(BODY_LIMIT), lambda: stream(30 << 20)]
)
def test_a_body_over_the_limit_is_413_whether_its_size_is_told_or_not(
    client: TestClient, body: Callable[[], bytes | Iterator[bytes]]
) -> None:
    assert client.post("/gradio_api/queue/join", content=body()).status_code == 413


def test_the_document_changes_language_and_loses_its_advertisement() -> None:
    document = '<html\n\tlang="en"><head><meta property="og:image" content="https://x/y.jpg" /></head>'
    assert dressed(document, "vi", "<style></style>") == '<html\n\tlang="vi"><head><style></style></head>'


# --- the port ---------------------------------------------------------------------------------------------------


def test_a_port_in_use_is_one_clear_line_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"^\[Errno \d+\] 127\.0\.0\.1 port {port} is in use: .* --port$"):
            chat.serve(object(), port=port)  # type: ignore[arg-type]  # an app could not be made of this


def test_a_port_can_be_tried_before_the_articles_are_opened() -> None:
    with chat_server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="is in use"):
            chat_server.check_port("127.0.0.1", port)
    chat_server.check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 65_536), ("127.0.0.1", -1), ("no such host", 1)])
def test_a_place_that_does_not_exist_is_an_oserror(host: str, port: int) -> None:
    with pytest.raises(OSError, match=r"--port|--host"):
        chat_server.listen(host, port)


def test_the_address_to_type_is_one_that_can_be_typed() -> None:
    with chat_server.listen("0.0.0.0", 0, others=True) as listener:  # noqa: S104 - closed again at once
        assert chat_server.address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
    if socket.has_ipv6:
        with chat_server.listen("::1", 0) as listener:
            assert chat_server.address(listener).startswith("http://[::1]:")


QUIET = """
import sys
def hook(event, arguments):
    if event == "socket.getaddrinfo" or event == "socket.connect":
        print("CALLS OUT", event, arguments[-1] if event == "socket.connect" else arguments[0], flush=True)
sys.addaudithook(hook)
import qa.chat
assert "gradio" not in sys.modules, "the framework is loaded too early"
from browser.newsstand import Newsstand
qa.chat.create_app(Newsstand())
print("MADE")
"""


def test_making_the_app_calls_no_other_host() -> None:
    paths = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
    ran = subprocess.run([sys.executable, "-c", paths + QUIET], capture_output=True, text=True, timeout=300, check=True)
    assert "MADE" in ran.stdout and "CALLS OUT" not in ran.stdout
