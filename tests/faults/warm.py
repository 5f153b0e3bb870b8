"""A process that has imported everything, and forks one that does a single task: a case costs no start of Python.

    python -m faults.warm     (its stdin is a socket; each message brings a task and the socket to answer on)

What is to be disturbed, or is to run beside others, runs in a fork; the process itself looks at what is left, and goes on
from there. A fork says its process id, with the listener of the calls that are to wait for one, waits for a byte, so that it can be
traced from the first call of its task on, and answers. It speaks over sockets alone: no `write` of it is one that counts.
"""

from __future__ import annotations

import contextlib
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults import seccomp

ROOT = Path(__file__).parents[2]
SET_PTRACER = 0x59616D61  # prctl: whom Yama, a guard of some distributions, lets trace a process
ANYONE = ctypes.c_ulong(-1)


class Task:
    """A task in a process of its own, which waits until it is told to go."""

    def __init__(self, link: socket.socket) -> None:
        said, listeners, _, _ = socket.recv_fds(link, 16, 1)
        self._link, self.pid = link, int(said)
        self.listener = listeners[0] if listeners else None
        self.ended = os.pidfd_open(self.pid)  # can be read when the process has ended and let go of all that it held

    def go(self, kill_after: float | None = None) -> Any:
        """Return what the task answers; None if it was killed, as it is after so many seconds."""
        self.start()
        if kill_after is not None and not select.select([self._link], [], [], kill_after)[0]:
            os.kill(self.pid, signal.SIGKILL)
        return self.answer()

    def start(self) -> None:
        self._link.sendall(b"!")

    def answer(self) -> Any:
        """Return what the task answers, None if it was killed, when its process has ended."""
        try:
            with self._link.makefile("rb") as file:
                said = file.read()
        except ConnectionResetError:  # killed before it read that it may go
            said = b""
        select.select([self.ended], [], [])
        self._link.close()
        for descriptor in (self.ended, self.listener):
            if descriptor is not None:
                os.close(descriptor)
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

    def task(self, name: str, argument: Any, watched: Sequence[str] = ()) -> Task:
        """Return a task, by the name of a function of `newsroom`, that waits to be told to go.

        Its calls of the names in `watched` wait for whoever has its listener.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.link, [json.dumps([name, argument, watched]).encode()], [theirs.fileno()])
        return Task(ours)

    def do(self, name: str, argument: Any) -> Any:
        """Return what the task answers that the process itself does, before it forks again."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.link, [json.dumps([name, argument, None]).encode()], [theirs.fileno()])
        with ours, ours.makefile("rb") as file:
            return json.loads(file.read())

    def stop(self) -> None:
        self.link.close()
        self.process.wait(30)


def _fork_for_ever(link: socket.socket) -> None:
    from tqdm import tqdm

    from faults import newsroom

    # Its usual lock is one of all forks: a fork that is killed while it holds it would stop every later one.
    tqdm.set_lock(threading.RLock())
    signal.signal(signal.SIGCHLD, _reap)
    newsroom.rehearse()
    gc.freeze()
    while True:
        message, sockets, _, _ = socket.recv_fds(link, 1 << 16, 1)
        if not message:
            return
        name, argument, watched = json.loads(message)
        with socket.socket(fileno=sockets[0]) as answer_on:
            if watched is None:
                answer_on.sendall(json.dumps(getattr(newsroom, name)(argument)).encode())
            elif os.fork() == 0:
                link.close()
                _do(getattr(newsroom, name), argument, watched, answer_on)


def _reap(*_: object) -> None:
    """Let go of the forks that have ended; what they cost is then counted as this process's."""
    with contextlib.suppress(ChildProcessError):  # there is none
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _do(task: Callable[[Any], Any], argument: Any, watched: Sequence[str], answer_on: socket.socket) -> None:
    ctypes.CDLL(None).prctl(SET_PTRACER, ANYONE, 0, 0, 0)
    listeners = [seccomp.watch(watched)] if watched else []
    socket.send_fds(answer_on, [str(os.getpid()).encode()], listeners)
    for listener in listeners:
        os.close(listener)
    answer_on.recv(1)
    gc.disable()
    answer_on.sendall(json.dumps(task(argument)).encode())
    os._exit(0)


if __name__ == "__main__":
    _fork_for_ever(socket.socket(fileno=os.dup(0)))  # 0 stays taken: libseccomp takes it for none
