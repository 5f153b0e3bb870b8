"""Serving ten questions, watched by the system: every connection that is asked for stays on this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVED = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from qa import Assistant
from qa.chat import serve
serve(Assistant.open({index!r}), port=0, ready=lambda url: print(url, flush=True))
"""
QUESTION = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
LOOPBACK = re.compile(r"127\.|::1$|::ffff:127\.")


def refused_to_watch() -> str:
    """Why the calls of a program cannot be watched here; nothing if they can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"the system lets nobody watch: {tried.stderr.strip()[:100]}"


def foreign(calls: str) -> list[str]:
    """The calls that name an address of another machine."""
    found = []
    for line in calls.splitlines():
        addresses = ["".join(each) for each in ADDRESS.findall(line)]
        if any(not LOOPBACK.match(address) for address in addresses):
            found.append(line)
    return found


def test_ten_questions_are_answered_with_no_connection_beyond_this_machine(
    seeds_directory: Path, tmp_path: Path
) -> None:
    if reason := refused_to_watch():
        pytest.skip(reason)
    log = tmp_path / "calls"
    script = SERVED.format(root=str(ROOT), tests=str(ROOT / "tests"), index=str(seeds_directory))
    watched = [
        "strace",
        "-f",
        "--seccomp-bpf",  # only what is watched stops
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        str(log),
        sys.executable,
        "-c",
        script,
    ]
    with subprocess.Popen(watched, stdout=subprocess.PIPE, text=True, start_new_session=True) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            with httpx.Client(base_url=address, timeout=120) as client:
                assert client.get("/").status_code == 200
                for _ in range(10):
                    event = client.post("/gradio_api/call/ask", json={"data": [QUESTION]}).json()["event_id"]
                    assert "event: complete" in client.get(f"/gradio_api/call/ask/{event}").text
        finally:
            os.killpg(server.pid, signal.SIGTERM)  # the server too, not only who watches it
    calls = log.read_text(encoding="utf-8", errors="replace")
    assert foreign(calls) == []


@pytest.mark.parametrize(
    ("call", "goes_out"),
    [
        ('connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("93.184.216.34")}, 16) = 0', True),
        (
            'sendto(3, "..", 30, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("8.8.8.8")}, 16) = 30',
            True,
        ),
        ('connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = -1', True),
        ('connect(3, {sa_family=AF_INET, sin_port=htons(7860), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        ('connect(3, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT', False),
    ],
)
def test_a_call_beyond_this_machine_would_be_seen(call: str, goes_out: bool) -> None:
    assert bool(foreign(call)) is goes_out
