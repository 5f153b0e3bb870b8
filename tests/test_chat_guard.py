"""What stands in front of the chat: hosts, other sites, sizes, headers, and what is said when something fails."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser.newsstand import Newsstand
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.passage_index import Only
from qa import chat
from qa.chat_desk import Desk
from qa.chat_guard import BODY_LIMIT
from qa.chat_headers import HEADERS, inline_scripts
from qa.chat_text import VIETNAMESE
from qa.explain import Explanation

ROOT = Path(__file__).resolve().parents[1]
AN_ID = r"\[[0-9a-f]{8}\]"
FORGED = (
    "evil.com",
    "evil.com:7860",
    "127.0.0.1.evil.com",
    "localhost.evil.com",
    "localhost.",
    "evil.com#localhost",
    "localhost@evil.com",
    "user:pass@localhost",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0.0.0.0",  # noqa: S104 (refused)
    "169.254.169.254",
    "192.168.1.5:7860",
    "[::1",
    "[2001:db8::1]",
    "localhost:7860:80",
    "localhost:http",
    "a b",
    "",
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = chat.create_app(Newsstand(), doors=chat.Doors(domains=("hoibao.example",)))
    with TestClient(app, base_url="http://127.0.0.1:7860") as opened:
        yield opened


# --- hosts and other sites --------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_is_refused_for_reading_and_for_asking(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400
    assert client.post("/gradio_api/call/ask", json={"data": ["phà?"]}, headers={"host": host}).status_code == 400


def test_two_hosts_are_none(client: TestClient) -> None:
    assert client.get("/", headers=[("host", "localhost"), ("host", "evil.com")]).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:7860", "127.0.0.1:80", "[::1]:7860", "hoibao.example"])
def test_its_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/robots.txt", headers={"host": host}).status_code == 200


def test_a_header_that_claims_another_name_for_us_is_not_believed(client: TestClient) -> None:
    assert "evil.example" not in client.get("/config", headers={"x-forwarded-host": "evil.example"}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://localhost:7860"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:7860"},
    ],
)
def test_another_sites_post_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    for path in ("/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/component_server"):
        assert client.post(path, json={"data": ["phà?"]}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://127.0.0.1:7860"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
def test_our_own_page_and_programs_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/gradio_api/call/ask", json={"data": ["phà?"]}, headers=headers).status_code == 200


def test_a_link_from_another_site_opens_the_page_but_no_other_site_reads_or_frames_it(client: TestClient) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/", headers=followed).status_code == 200
    assert client.get("/", headers={**followed, "sec-fetch-dest": "iframe"}).status_code == 403
    assert client.get("/config", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}).status_code == 403
    for origin in ("http://evil.example", "http://localhost:3000", "null"):
        answer = client.get("/config", headers={"origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control-")]


# --- headers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/en/", 200),
        ("GET", "/en", 307),
        ("GET", "/config", 200),
        ("GET", "/gradio_api/info", 200),
        ("GET", "/robots.txt", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/assets/nowhere.js", 404),
        ("GET", "/gradio_api/file=/etc/passwd", 404),
        ("DELETE", "/", 405),
        ("OPTIONS", "/gradio_api/queue/join", 405),
        ("POST", "/gradio_api/upload", 404),
        ("POST", "/gradio_api/queue/join", 422),
        ("POST", "/gradio_api/component_server", 400),
    ],
)
def test_every_route_and_every_error_carries_the_strict_headers(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert answer.headers[name] == value
    said = answer.headers["content-security-policy"]
    assert "default-src 'none'" in said and "frame-ancestors 'none'" in said and "form-action 'none'" in said
    assert "'unsafe-inline'" not in said.split("style-src")[0] and "http" not in said and "*" not in said


def test_only_the_scripts_that_the_page_came_with_may_run(client: TestClient) -> None:
    page = client.get("/")
    allowed = re.findall(r"'sha256-([^']+)'", page.headers["content-security-policy"])
    assert allowed == inline_scripts(page.text) and len(allowed) > 1


# --- sizes ------------------------------------------------------------------------------------------------------


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 65_536 + 1):
        yield b" " * 65_536


@pytest.mark.parametrize("size", [BODY_LIMIT, 30 << 20])
def test_a_large_body_is_413_on_every_path_that_takes_one_also_in_chunks(client: TestClient, size: int) -> None:
    for path in ("/gradio_api/queue/join", "/en/gradio_api/call/ask", "/gradio_api/component_server"):
        answer = client.post(path, content=chunks(size))
        assert answer.status_code == 413 and "lớn quá" in answer.json()["detail"]


def test_a_length_that_is_no_number_is_refused(client: TestClient) -> None:
    for told in ("-1", "1e9", "٣", "9" * 5_000):
        headers = {"content-length": told.encode("utf-8")}
        refused = client.post("/gradio_api/queue/join", content=b"{}", headers=headers)  # type: ignore[arg-type]
        assert refused.status_code in (400, 413)


# --- questions that are none (rows B16, B18 and B19 of the bad inputs) ------------------------------------------


@dataclass(frozen=True)
class Silent(Newsstand):
    """A newsstand that fails the test if it is asked what nobody should answer."""

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        from qa.question import parse_question

        parse_question(text)  # what the engine does first, before anything is encoded
        raise AssertionError("this was answered")


@pytest.mark.parametrize("question", ["", "   ", "\u200b\u200c\ufeff", "???", "😀", "\n\t", "\u202e", "\u0301" * 50])
def test_no_question_gets_a_request_for_one_and_no_sources(question: str) -> None:
    _, message, record = Desk(Silent(), VIETNAMESE, ["Ai?"]).turn({"question": question})
    assert "Xin gõ một câu hỏi" in said(message) and record is None and "hb-sources" not in message


@pytest.mark.parametrize("question", ["a" * 100_000, "a" + "\u0301" * 50_000, "😀" * 2_001])
def test_a_question_that_is_too_long_is_told_so_at_once_and_not_shown_whole(question: str) -> None:
    shown, message, record = Desk(Silent(), VIETNAMESE).turn({"question": question})
    assert "Câu hỏi dài quá" in said(message) and record is None
    assert len(said(shown)) < 300


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda part: (
            st.lists(part)
            | st.dictionaries(
                st.sampled_from(
                    ["question", "from", "outlet", "articles", "article_id", "quote", "format", "turns", "places"]
                ),
                part,
            )
        ),
        max_leaves=8,
    )
)
def test_whatever_a_browser_sends_gets_a_message(sent: object) -> None:
    desk = Desk(Newsstand(), VIETNAMESE)
    shown, message, _ = desk.turn(sent)
    assert isinstance(shown, str) and message.startswith("<div")
    assert desk.open_article(sent) and desk.export(sent)
    assert not re.search(AN_ID, message), "something failed"


def said(markup: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


# --- what is said when something fails --------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken(Newsstand):
    """Fails as an engine might, with a path and the question in its words."""

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        raise RuntimeError(f"/secret/path: {text}")

    ask = explain  # type: ignore[assignment]


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    from qa.chat_log import OneLine

    return [OneLine().format(record) for record in caplog.records if record.name == "hoibao.chat"]


def test_a_failure_is_a_sentence_with_an_id_that_one_line_of_the_log_explains(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO, "hoibao.chat"):
        _, message, _ = Desk(Broken(), VIETNAMESE).turn({"question": "tên người tố cáo là gì"})
    name = re.search(AN_ID, said(message))
    assert name and "Có trục trặc" in said(message) and "secret" not in message
    (line,) = lines_of(caplog)
    assert name[0].strip("[]") in line and "RuntimeError" in line and "test_chat_guard.py" in line
    assert "tố cáo" not in line and "\n" not in line and capfd.readouterr().err == ""


def test_a_program_gets_the_same_sentence(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with TestClient(chat.create_app(Broken(), examples=()), base_url="http://127.0.0.1") as client:
        event = client.post("/gradio_api/call/ask", json={"data": ["tên người tố cáo"]}).json()["event_id"]
        told = client.get(f"/gradio_api/call/ask/{event}").text
    assert told.startswith("event: error") and re.search(AN_ID, told) and "secret" not in told
    assert "tố cáo" not in "".join(lines_of(caplog)) and "Traceback" not in capfd.readouterr().err


MALFORMED = (
    b"",
    b"{}",
    b"nope",
    b"[" * 200_000,
    b'{"data": [1], "fn_index": 999, "session_hash": "x"}',
    b'{"data": null, "fn_index": 0, "session_hash": "x"}',
    b'{"data": [{"path": "/etc/passwd"}], "fn_index": 1, "session_hash": "x"}',
    b'{"data": ["q"], "fn_name": "open_article", "component_id": 999, "session_hash": "x"}',
    b'{"data": [[[]]], "fn_index": -1, "event_id": "../../etc/passwd", "session_hash": "x"}',
    b"\xff\xfe{}",
)


@pytest.mark.parametrize("body", MALFORMED)
def test_no_malformed_request_gets_a_path_or_a_trace(
    client: TestClient, body: bytes, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    headers = {"content-type": "application/json"}
    for path in ("queue/join", "component_server", "cancel", "reset", "run/ask", "api/ask", "call/ask", "call/v2/ask"):
        answer = client.post(f"/gradio_api/{path}", content=body, headers=headers)
        for leak in ("Traceback", ".py", "site-packages", "/root", str(ROOT), "loc", "pydantic"):
            assert leak not in answer.text
        if answer.status_code >= 400:
            assert re.search(AN_ID, answer.json()["detail"]) and answer.headers["x-content-type-options"] == "nosniff"
    assert all("\n" not in line for line in lines_of(caplog))
    assert "Traceback" not in capfd.readouterr().err


def test_the_id_of_a_refusal_is_in_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "hoibao.chat"):
        answer = client.get("/no\u202e%0Awhere")
    name = re.search(AN_ID, answer.text)
    (line,) = lines_of(caplog)
    assert name and name[0].strip("[]") in line and "status=404" in line and "\u202e" not in line


def test_questions_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Desk(Newsstand(), VIETNAMESE).turn({"question": "Chuyến phà bí mật?"})
        client.get("/?q=Chuyến phà bí mật")
        event = client.post("/gradio_api/call/ask", json={"data": ["Chuyến phà bí mật?"]}).json()["event_id"]
        client.get(f"/gradio_api/call/ask/{event}")
    ours = [record for record in caplog.records if record.name.startswith(("hoibao", "qa", "uvicorn"))]
    assert "bí mật" not in "".join(record.getMessage() for record in ours)


# --- bounds -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slow(Newsstand):
    """Answers when it is let."""

    let: threading.Event = field(default_factory=threading.Event)

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> object:  # type: ignore[override]
        self.let.wait(60)
        return super().ask(text, k, only)


def test_a_full_queue_says_that_the_server_is_busy() -> None:
    slow = Slow()
    with TestClient(chat.create_app(slow, examples=()), base_url="http://127.0.0.1") as client:
        codes = []
        for _ in range(chat.WAITING + chat.AT_ONCE + 2):
            answer = client.post("/gradio_api/call/ask", json={"data": ["phà?"]})
            codes.append(answer.status_code)
        slow.let.set()
    assert codes[: chat.WAITING] == [200] * chat.WAITING and codes[-1] == 503
    assert "đang bận" in answer.json()["detail"] and "Max size" not in answer.text


def test_sessions_that_are_remembered_are_bounded() -> None:
    app = chat.create_app(Newsstand())
    pages = [route.app for route in app.routes if hasattr(getattr(route, "app", None), "state_holder")]
    assert len(pages) == 2
    for page in pages:
        for number in range(chat.SESSIONS + 50):
            page.state_holder[f"session {number}"]
        assert len(page.state_holder.session_data) == chat.SESSIONS


QUIET = """
import sys, asyncio
called = []
def hook(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        called.append((event, str(arguments)))
sys.addaudithook(hook)
import os
os.environ["GRADIO_ANALYTICS_ENABLED"] = "True"
import qa.chat
from browser.newsstand import Newsstand
from starlette.testclient import TestClient
with TestClient(qa.chat.create_app(Newsstand()), base_url="http://127.0.0.1") as client:
    for _ in range(3):
        event = client.post("/gradio_api/call/ask", json={"data": ["phà?"]}).json()["event_id"]
        assert "event: complete" in client.get(f"/gradio_api/call/ask/{event}").text
print(called)
"""


def test_starting_and_answering_look_up_no_host_and_connect_to_none() -> None:
    paths = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
    ran = subprocess.run([sys.executable, "-c", paths + QUIET], capture_output=True, text=True, timeout=300, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_config_of_the_page_names_no_path_of_this_machine(client: TestClient) -> None:
    config = client.get("/config").text
    assert (
        str(ROOT) not in config and "site-packages" not in config and json.loads(config)["analytics_enabled"] is False
    )
