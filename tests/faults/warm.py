"""A process that has imported everything, and forks one that does a single task: a case costs no start of Python.

    python -m faults.warm     (its stdin is a socket; each message brings a task and the socket to answer on)

A fork says its process id, waits for a byte, so that it can be traced from the first call of its task on, and answers.
It speaks over sockets alone: no `write` of it is one that is counted.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SET_PTRACER = 0x59616D61  # prctl: whom Yama, a guard of some distributions, lets trace a process
ANYONE = ctypes.c_ulong(-1)


class Task:
    """A task in a process of its own, which waits until it is told to go."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self.pid = int(link.recv(16))

    def go(self, kill_after: float | None = None) -> Any:
        """Return what the task answers; None if it was killed, as it is after so many seconds."""
        self._link.sendall(b"!")
        if kill_after is not None and not select.select([self._link], [], [], kill_after)[0]:
            os.kill(self.pid, signal.SIGKILL)
        try:
            with self._link.makefile("rb") as file:
                said = file.read()
        except ConnectionResetError:  # killed before it read that it may go
            said = b""
        self._link.close()
        return json.loads(said) if said else None


@dataclass(frozen=True, slots=True)
class Warm:
    """The process that forks the others, as seen from here."""

    process: subprocess.Popen[bytes]
    link: socket.socket

    @classmethod
    def start(cls) -> Warm:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "faults.warm"]
            path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
            environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            return cls(subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, env=environment), ours)

    def task(self, name: str, argument: Any) -> Task:
        """Return a task, by the name of a function of `newsroom`, that waits to be told to go."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.link, [json.dumps([name, argument]).encode()], [theirs.fileno()])
        return Task(ours)

    def stop(self) -> None:
        self.link.close()
        self.process.wait(30)


def _fork_for_ever(link: socket.socket) -> None:
    from tqdm import tqdm

    from faults import newsroom

    # Its usual lock is one of all forks: a fork that is killed while it holds it would stop every later one.
    tqdm.set_lock(threading.RLock())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    newsroom.rehearse()
    gc.freeze()
    while True:
        message, sockets, _, _ = socket.recv_fds(link, 1 << 16, 1)
        if not message:
            return
        if os.fork() == 0:
            link.close()
            _do(message, socket.socket(fileno=sockets[0]))
        os.close(sockets[0])


def _do(message: bytes, answer_on: socket.socket) -> None:
    from faults import newsroom

    ctypes.CDLL(None).prctl(SET_PTRACER, ANYONE, 0, 0, 0)
    name, argument = json.loads(message)
    answer_on.sendall(str(os.getpid()).encode())
    answer_on.recv(1)
    gc.disable()
    answer_on.sendall(json.dumps(getattr(newsroom, name)(argument)).encode())
    os._exit(0)


if __name__ == "__main__":
    _fork_for_ever(socket.socket(fileno=0))
