"""Tasks of `newsroom` under strace: their storage calls, and what they do when one of these kills them or fails."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from faults.calls import STORAGE, Call, read_calls
from faults.warm import Task, Warm


def kill_at(call: Call) -> list[str]:
    """Return what makes strace kill a process when it comes to `call`, before that is made."""
    return [f"{call.name}:signal=SIGKILL:when={call.number}"]


def fail_at(call: Call, error: str) -> list[str]:
    """Return what makes strace give `error` for `call`, which is then not made."""
    return [f"{call.name}:error={error}:when={call.number}"]


def fail_from(call: Call, error: str, calls: Iterable[Call]) -> list[str]:
    """Return what makes strace give `error` for `call` and all after it, where `calls` are made undisturbed."""
    made = dict.fromkeys(STORAGE.split(","), 0)
    for each in calls:
        if (each.name, each.number) == (call.name, call.number):
            break
        made[each.name] = each.number
    return [f"{name}:error={error}:when={number + 1}+" for name, number in made.items()]


def run(warm: Warm, name: str, argument: Any) -> Any:
    """Return what the task answers, untraced."""
    return warm.task(name, argument).go()


def run_traced(warm: Warm, name: str, argument: Any, log: Path) -> tuple[Any, list[Call]]:
    """Return what the task answers and the storage calls of its main thread, with all that they write."""
    task = warm.task(name, argument)
    options = ["-ff", "-o", str(log), "-y", "-xx", "-s", str(1 << 24), "-e", f"trace={STORAGE}"]
    answer = _under_strace(task, options)
    return answer, read_calls(Path(f"{log}.{task.pid}"))


def run_disturbed(warm: Warm, name: str, argument: Any, log: Path, inject: Sequence[str]) -> Any:
    """Return what the task answers, None if it is killed, while strace does `inject` to it.

    Raises LookupError if the task never came to the call that was to be disturbed.
    """
    task = warm.task(name, argument)
    options = [part for each in inject for part in ("-e", f"inject={each}")]
    names = ",".join(each.split(":")[0] for each in inject)
    answer = _under_strace(task, ["-ff", "-o", str(log), "-e", f"trace={names}", *options])
    said = Path(f"{log}.{task.pid}").read_text(encoding="ascii")
    if "(INJECTED)" not in said and "+++ killed by SIGKILL" not in said:
        raise LookupError(f"{inject}: the task made no such call")
    return answer


def _under_strace(task: Task, options: Sequence[str]) -> Any:
    with subprocess.Popen(["strace", *options, "-p", str(task.pid)], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        if "attached" not in said:
            raise PermissionError(f"strace cannot trace a process here: {said}{tracer.stderr.read()}")
        answer = task.go()
        tracer.stderr.read()
    return answer
