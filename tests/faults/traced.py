"""Tasks of `newsroom` under strace: what they answer, and the storage calls that they make."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from faults.calls import STORAGE, Call, read_calls
from faults.warm import Task, Warm


def run_traced(warm: Warm, name: str, argument: Any, log: Path) -> tuple[Any, list[Call]]:
    """Return what the task answers and the storage calls of its main thread, with all that they write."""
    task = warm.task(name, argument)
    options = ["-ff", "-o", str(log), "-y", "-xx", "-s", str(1 << 24), "-e", f"trace={STORAGE}"]
    answer = _under_strace(task, options)
    return answer, read_calls(Path(f"{log}.{task.pid}"))


def _under_strace(task: Task, options: Sequence[str]) -> Any:
    with subprocess.Popen(["strace", *options, "-p", str(task.pid)], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        if "attached" not in said:
            raise PermissionError(f"strace cannot trace a process here: {said}{tracer.stderr.read()}")
        answer = task.go()
        tracer.stderr.read()
    return answer
