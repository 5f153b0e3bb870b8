"""Tasks of `newsroom` of which one storage call, or all from one on, kill them or fail."""

from __future__ import annotations

import errno
import os
import select
import signal
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from faults.calls import STORAGE, Call
from faults.seccomp import Listener
from faults.warm import Task, Warm


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at calls of a thread: `first` has, by name, which of that name it is; from 1.

    `error` is what the call gives, which is then not made; None kills before it is made.
    """

    first: Mapping[str, int]
    error: int | None = None
    for_good: bool = False

    def strikes(self, name: str, number: int) -> bool:
        first = self.first[name]
        return number == first or (self.for_good and number > first)


def kill_at(call: Call) -> Fault:
    return Fault({call.name: call.number})


def fail_at(call: Call, error: str) -> Fault:
    return Fault({call.name: call.number}, getattr(errno, error))


def fail_from(call: Call, error: str, calls: Iterable[Call]) -> Fault:
    """Return the failing of `call` and of all storage calls after it, where `calls` are made undisturbed."""
    made = dict.fromkeys(STORAGE.split(","), 0)
    for each in calls:
        if (each.name, each.number) == (call.name, call.number):
            break
        made[each.name] = each.number
    return Fault({name: number + 1 for name, number in made.items()}, getattr(errno, error), for_good=True)


def run_disturbed(warm: Warm, name: str, argument: Any, fault: Fault) -> Any:
    """Return what the task answers, None if it is killed.

    Raises LookupError if the task never came to the call that was to be disturbed.
    """
    task = warm.task(name, argument, tuple(fault.first))
    assert task.listener is not None
    listener = Listener(task.listener, tuple(fault.first))
    task.start()
    struck = _attend(task, listener, fault)
    listener.close()
    answer = task.answer()
    if not struck:
        raise LookupError(f"{fault}: the task made no such call")
    return answer


def _attend(task: Task, listener: Listener, fault: Fault) -> bool:
    """Decide on each call until the task has ended; return whether the fault struck."""
    made: Counter[tuple[int, str]] = Counter()
    struck = False
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(task.ended, select.POLLIN)
    while task.ended not in (ready := dict(poll.poll())):
        if not ready[listener.fileno()] & select.POLLIN:  # nobody is left whose calls could wait
            poll.unregister(listener)
            continue
        try:
            call = listener.next()
        except LookupError:
            continue
        made[call] += 1
        strikes = fault.strikes(call[1], made[call])
        struck = struck or strikes
        if not strikes:
            listener.answer()
        elif fault.error is None:
            os.kill(task.pid, signal.SIGKILL)
        else:
            listener.answer(fault.error)
    return struck
