"""Who may come to a chat that other machines can reach: accounts, the door, and what opens neither."""

# ruff: noqa: S104, S105 (addresses that must be refused, and a password of no one)

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browser.newsstand import Newsstand
from starlette.testclient import TestClient

from qa import chat, chat_server
from qa.chat_accounts import Accounts, AccountsError, keep
from qa.chat_doors import Doors
from qa.chat_login import FAILURES, WITHIN, Throttle

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "mật khẩu của tòa soạn"
# What the framework would obey, and what the server below it would.
TEMPTATIONS = {
    "GRADIO_SERVER_NAME": "0.0.0.0",
    "GRADIO_SHARE": "True",
    "GRADIO_ALLOWED_PATHS": "/",
    "GRADIO_MCP_SERVER": "True",
    "GRADIO_ROOT_PATH": "http://evil.example",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "GRADIO_LOCAL_DEV_MODE": "1",
    "FORWARDED_ALLOW_IPS": "*",
    "HOST": "0.0.0.0",
    "UVICORN_HOST": "0.0.0.0",
}


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "accounts"
    keep(path, "thư ký", PASSWORD)
    return path


@pytest.fixture
def client(accounts: Path) -> Iterator[TestClient]:
    app = chat.create_app(Newsstand(), doors=Doors(Accounts.read(accounts)))
    with TestClient(app, base_url="http://127.0.0.1:7860", client=("203.0.113.5", 1)) as opened:
        yield opened


def sign_in(client: TestClient, password: str, name: str = "thư ký") -> int:
    return client.post("/login", json={"name": name, "password": password}).status_code


# --- the file of accounts ---------------------------------------------------------------------------------------


def test_a_file_of_accounts_holds_a_hash_that_only_its_owner_may_read(accounts: Path) -> None:
    written = accounts.read_text(encoding="utf-8")
    assert written.startswith("thư ký:scrypt:32768:8:3:") and PASSWORD not in written
    assert accounts.stat().st_mode & 0o777 == 0o600


def test_the_same_password_is_hashed_otherwise_each_time(tmp_path: Path) -> None:
    keep(tmp_path / "a", "a", PASSWORD)
    keep(tmp_path / "a", "b", PASSWORD)
    first, second = (tmp_path / "a").read_text(encoding="utf-8").splitlines()
    assert first.split(":")[5:] != second.split(":")[5:]


def test_a_password_is_the_same_from_every_keyboard(accounts: Path) -> None:
    import unicodedata

    found = Accounts.read(accounts)
    assert found.admits(unicodedata.normalize("NFD", "thư ký"), unicodedata.normalize("NFD", PASSWORD))
    assert not found.admits("thư ký", PASSWORD.upper()) and not found.admits("ai đó", PASSWORD)


@pytest.mark.parametrize(("name", "password"), [("a", "ngắn"), ("a", "x" * 300), ("a:b", PASSWORD), ("", PASSWORD)])
def test_what_is_no_name_or_password_is_not_kept(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AccountsError, match=r"characters"):
        keep(tmp_path / "a", name, password)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("line", ["an:mật khẩu", "an:scrypt:3:8:1:AA==:AA==", "an:scrypt:1073741824:8:1:AA==:AA==", ""])
def test_a_file_that_is_none_of_accounts_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "a").write_text(line, encoding="utf-8")
    with pytest.raises(AccountsError, match="hoibao password") as error:
        Accounts.read(tmp_path / "a")
    assert str(tmp_path / "a") in str(error.value) and "mật khẩu" not in str(error.value)


# --- the door ---------------------------------------------------------------------------------------------------


def test_nothing_is_served_before_a_name_and_a_password(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 401 and "Đăng nhập" in page.text and "gradio" not in page.text
    for path in ("/config", "/gradio_api/info", "/theme.css", "/static/img/logo.svg"):
        assert client.get(path).status_code == 401
    assert client.post("/gradio_api/call/ask", json={"data": ["phà?"]}).status_code == 401


def test_the_right_password_opens_the_page_and_a_wrong_one_does_not(client: TestClient) -> None:
    assert sign_in(client, "sai rồi sai rồi") == 401 and client.get("/config").status_code == 401
    assert sign_in(client, PASSWORD, "ai đó") == 401
    answer = client.post("/login", json={"name": "thư ký", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 200 and "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert "hoibao" in client.get("/").text and client.get("/config").status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"nope", b"[]", b'{"name": 1, "password": []}', b"[" * 100_000, b'{"name":"\\ud800"']
)
def test_what_is_no_sign_in_is_a_wrong_password(client: TestClient, body: bytes) -> None:
    assert client.post("/login", content=body).status_code == 401


def test_a_made_up_cookie_opens_nothing(client: TestClient) -> None:
    client.cookies.set("hoibao", "x" * 43)
    assert client.get("/config").status_code == 401


def test_the_eleventh_try_in_five_minutes_waits_even_with_the_right_password(client: TestClient) -> None:
    assert [sign_in(client, "sai rồi sai rồi") for _ in range(FAILURES)] == [401] * FAILURES
    answer = client.post("/login", json={"name": "thư ký", "password": PASSWORD})
    assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= WITHIN + 1
    assert "Xin đợi" in answer.json()["detail"]
    forged = client.post("/login", json={"name": "a", "password": "b"}, headers={"x-forwarded-for": "198.51.100.1"})
    assert forged.status_code == 429


def test_failures_are_forgotten_after_five_minutes_and_counted_for_each_address() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for _ in range(FAILURES):
        assert throttle.wait("203.0.113.5") == 0
        throttle.tries("203.0.113.5")
    assert throttle.wait("203.0.113.5") == WITHIN and throttle.wait("203.0.113.6") == 0
    now[0] = WITHIN - 1
    assert throttle.wait("203.0.113.5") == 1
    now[0] = WITHIN
    assert throttle.wait("203.0.113.5") == 0


def test_one_household_of_ipv6_is_one_address_and_success_forgives_nothing_else() -> None:
    throttle = Throttle(lambda: 0.0)
    for number in range(FAILURES):
        throttle.tries(f"2001:db8::{number:x}")
    assert throttle.wait("2001:db8::ffff") > 0 and throttle.wait("2001:db8:0:1::1") == 0
    throttle.tries("2001:db8::1")
    throttle.succeeded("2001:db8::1")
    assert throttle.wait("2001:db8::1") > 0


# --- the address ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::ffff:127.0.0.1"])
def test_an_address_that_others_can_reach_needs_accounts(host: str) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with pytest.raises(OSError, match=r"needs names and passwords.*--auth FILE"):
        chat_server.listen(host, 0)
    with pytest.raises(OSError, match="--auth"):
        chat.serve(object(), host, 0)  # type: ignore[arg-type]  # refused before an app could be made of this


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_command_ends_with_2_where_a_public_address_has_no_accounts() -> None:
    ran = run("chat", "--host", "0.0.0.0", "--index", "/nowhere", **TEMPTATIONS)
    assert ran.returncode == 2 and "--auth FILE" in ran.stderr and "Traceback" not in ran.stderr


def test_sharing_through_others_is_not_offered() -> None:
    assert run("chat", "--share").returncode == 2


def test_a_password_comes_from_the_environment_or_a_prompt_never_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "accounts"
    assert run("password", str(path), "an", HOIBAO_PASSWORD=PASSWORD).returncode == 0
    assert Accounts.read(path).admits("an", PASSWORD)
    assert run("password", str(path), "an", PASSWORD).returncode == 2


SERVED = """
import sys, threading
sys.path[:0] = [{root!r}, {tests!r}]
from browser.newsstand import Newsstand
from qa.chat import serve
serve(Newsstand(), port=0, ready=lambda url: print(url, flush=True))
"""


def listening(port: int) -> set[str]:
    """The addresses that something listens on at that port, as the system has them."""
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells who listens where")
def test_no_variable_of_the_environment_opens_the_server_to_others() -> None:
    script = SERVED.format(root=str(ROOT), tests=str(ROOT / "tests"))
    environment = {**os.environ, **TEMPTATIONS}
    server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert listening(int(address.rstrip("/").rsplit(":", 1)[1])) == {"0100007F"}
        with httpx.Client(base_url=address) as plain:
            config = plain.get("/config").text
            assert "evil.example" not in config
            assert plain.get("/gradio_api/file=/etc/passwd").status_code == 404
            assert plain.get("/gradio_api/mcp/sse").status_code == 404
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()  # type: ignore[union-attr]
