"""Many people at the chat at once: errors, mixed answers, times and memory.

    python -m benchmarks.chat_load                     20 users, 15,000 questions on the seed articles
    python -m benchmarks.chat_load --soak              50,000 questions
    python -m benchmarks.chat_load --users 5 --questions 200

Each user is a browser without a screen: one session, which sends a question as the page does, waits on the stream of
events for its reply, and asks the next. A question carries its number in characters of no width, which the engine does
not read and the page repeats, so a reply that belongs to another is seen; the quote must be the one that is given for
that question when nobody else asks.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = (
    "Khi nào mở đường bay Nam Ninh – Hải Phòng?",
    "Hải Phòng có bao nhiêu dự án từ Trung Quốc?",
    "Kim ngạch thương mại giữa Việt Nam và Quảng Đông năm 2023?",
    "Hai Phong co bao nhieu du an tu Trung Quoc?",
)
ZERO_WIDTH = {ord("0"): 0x200B, ord("1"): 0x200C}
SAMPLES = 20  # lines of the table of memory
PATIENCE = 120.0  # seconds for one reply
PAGE_TURNS = 25  # questions of one page; then its user opens another

# Run in a process of its own, so that its memory is the server's alone.
SERVER = """
import sys
from qa import Assistant
from qa.chat import serve
serve(Assistant.open(sys.argv[1]), port=0, ready=lambda url: print(url, flush=True))
"""


@dataclass
class Run:
    """What was seen: seconds of each reply, errors in words, replies that were another's, megabytes at times."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: int = 0
    memory: list[tuple[int, float]] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The time within which that share of the replies came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    def so_far(self) -> str:
        """Where the run is, for who waits for its end."""
        turn, memory = self.memory[-1]
        times = f"p50 {self.at(0.5):.3f} s, p99 {self.at(0.99):.3f} s" if self.seconds else "begun"
        return f"{turn:,} questions, {len(self.errors)} errors, {self.mixed} mixed, {times}, {memory:.0f} MB"


class User:
    """One page after another, asking question after question."""

    def __init__(self, address: str, number: int, entry: tuple[int, int | None]) -> None:
        self._client = httpx.Client(base_url=address, timeout=PATIENCE)
        self._number, self._turn, self._session = number, 0, ""
        self._function, self._trigger = entry

    def ask(self, question: str) -> str:
        """The reply's HTML. Raises ValueError for none, httpx.HTTPError for a refusal or a lost server."""
        if self._turn % PAGE_TURNS == 0:
            self._session = f"u{self._number}p{self._turn}"
        self._turn += 1
        body = {
            "data": [{"question": question}],
            "fn_index": self._function,
            "trigger_id": self._trigger,
            "session_hash": self._session,
        }
        event = self._client.post("/gradio_api/queue/join", json=body).raise_for_status().json()["event_id"]
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        with self._client.stream("GET", address) as stream:
            for told in _events(stream):
                if told.get("event_id") == event and told["msg"] == "process_completed":
                    if not told["success"]:
                        raise ValueError(f"not answered: {told['output']}")
                    shown, message, _ = told["output"]["data"][0]
                    return str(shown) + str(message)
        raise ValueError("the stream ended without a reply")


def load(address: str, users: int, questions: int, asked: Sequence[str] = QUESTIONS, pid: int | None = None) -> Run:
    """Let that many users ask that many questions in all; `pid` is the server whose memory is watched."""
    entry = _entry(address)
    first = User(address, 0, entry)
    expected = {question: _quote(first.ask(question)) for question in asked}
    run, left, lock = Run(), iter(range(questions)), threading.Lock()

    def one(number: int) -> None:
        user = User(address, number, entry)
        while True:
            with lock:
                turn = next(left, None)
                if turn is not None and pid is not None and turn % max(questions // SAMPLES, 1) == 0:
                    run.memory.append((turn, megabytes(pid)))
                    sys.stderr.write(run.so_far() + "\n")
            if turn is None:
                return
            question = asked[turn % len(asked)]
            _judge(run, user, question, expected[question], marked(turn))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(1, users + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if pid is not None:
        run.memory.append((questions, megabytes(pid)))
    return run


def _judge(run: Run, user: User, question: str, quote: str, mark: str) -> None:
    start = time.perf_counter()
    try:
        reply = user.ask(question + mark)
    except (httpx.HTTPError, ValueError) as error:
        run.errors.append(f"{type(error).__name__}: {error}")
        return
    run.seconds.append(time.perf_counter() - start)
    if _marks(reply) != mark or _quote(reply) != quote:
        run.mixed += 1


def marked(number: int) -> str:
    """The number in characters of no width."""
    return f"{number:b}".translate(ZERO_WIDTH)


def _marks(reply: str) -> str:
    """The mark of the question that the reply repeats."""
    shown = reply.partition("</div>")[0]
    return "".join(sign for sign in shown if ord(sign) in ZERO_WIDTH.values())


def _quote(reply: str) -> str:
    return reply.partition("<q>")[2].partition("</q>")[0]


def _entry(address: str) -> tuple[int, int | None]:
    """Which function of the page answers a turn: the first that takes and gives one hidden value."""
    config = httpx.get(f"{address}config", timeout=PATIENCE).json()
    hidden = {each["id"] for each in config["components"] if each["type"] == "json"}
    for each in config["dependencies"]:
        inputs, outputs = each["inputs"], each["outputs"]
        if len(inputs) == len(outputs) == 1 and {*inputs, *outputs} <= hidden and each["backend_fn"]:
            return each["id"], None
    raise ValueError(f"{address}: no function that answers")


def _events(stream: httpx.Response) -> Iterator[dict[str, object]]:
    for line in stream.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def megabytes(pid: int) -> float:
    """The memory that a process holds, where the system tells; 0 where it does not."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def report(run: Run, users: int, questions: int, seconds: float) -> str:
    """The table."""
    p50, p95, p99 = (run.at(share) for share in (0.5, 0.95, 0.99))
    lines = [
        "| users | questions | errors | mixed | p50 s | p95 s | p99 s | p99/p50 | mean s | questions/s |",
        "|---|---|---|---|---|---|---|---|---|---|",
        f"| {users} | {questions} | {len(run.errors)} | {run.mixed} | {p50:.3f} | {p95:.3f} | {p99:.3f} "
        f"| {p99 / p50 if p50 else 0:.1f} | {statistics.fmean(run.seconds) if run.seconds else 0:.3f} "
        f"| {questions / seconds:.1f} |",
        "",
        "| after questions | memory, MB |",
        "|---|---|",
        *(f"| {turn} | {memory:.0f} |" for turn, memory in run.memory),
        *(f"! {error}" for error in sorted(set(run.errors))[:10]),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the seed articles, load the server, print the table; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--questions", type=int, default=15_000)
    parser.add_argument("--soak", action="store_true", help="50,000 questions")
    parser.add_argument("--index", type=Path, help="an index; without it one of the seed articles is made")
    chosen = parser.parse_args(arguments)
    questions = 50_000 if chosen.soak else chosen.questions
    with tempfile.TemporaryDirectory() as folder:
        index = chosen.index or Path(folder, "index")
        if chosen.index is None:
            from index import PassageIndex

            PassageIndex.build(ROOT / "seeds" / "articles", index)
        with subprocess.Popen(
            [sys.executable, "-c", SERVER, str(index)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as server:
            assert server.stdout is not None  # noqa: S101 (it is a pipe)
            try:
                address = server.stdout.readline().strip()
                start = time.perf_counter()
                run = load(address, chosen.users, questions, pid=server.pid)
                seconds = time.perf_counter() - start
            finally:
                server.terminate()
    sys.stdout.write(report(run, chosen.users, questions, seconds) + "\n")
    return 1 if run.errors or run.mixed else 0


if __name__ == "__main__":
    raise SystemExit(main())
