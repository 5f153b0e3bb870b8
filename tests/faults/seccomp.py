"""Calls of a process that wait until another says what becomes of each: the system's own means, as libseccomp has it.

All other calls pass at full speed, which those of a process that is traced do not.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import Any

ALLOW, NOTIFY = 0x7FFF0000, 0x7FC00000  # what becomes of a call: it is made, or waits for the listener
GO_ON = 1


class _Said(ctypes.Structure):
    """What the system says of a call that waits, as far as it is read here."""

    _fields_ = (
        ("number", ctypes.c_uint64),
        ("thread", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("call", ctypes.c_int32),
        ("rest", ctypes.c_uint32 * 15),
    )


class _Answer(ctypes.Structure):
    """What becomes of it: `error` instead, which is negative, or with GO_ON it is made."""

    _fields_ = (
        ("number", ctypes.c_uint64),
        ("value", ctypes.c_int64),
        ("error", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
    )


@cache
def _library() -> Any:
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = library.seccomp_notify_fd.argtypes = [ctypes.c_void_p]
    return library


def watch(names: Sequence[str]) -> int:
    """Let calls of these names wait from now on, in this process; return the descriptor of their listener.

    Raises PermissionError where the system does not let a process do so.
    """
    library = _library()
    calls = library.seccomp_init(ALLOW)
    for number in _numbers(names):
        library.seccomp_rule_add(calls, NOTIFY, number, 0)
    failed = library.seccomp_load(calls)
    if failed:
        raise PermissionError(-failed, "the calls of a process cannot be made to wait here")
    return int(library.seccomp_notify_fd(calls))


def _numbers(names: Sequence[str]) -> dict[int, str]:
    """Return the names by their numbers on this machine, which does not have all."""
    found = {_library().seccomp_syscall_resolve_name(name.encode()): name for name in names}
    return {number: name for number, name in found.items() if number >= 0}


class Listener:
    """The calls of a process that wait, one after the other."""

    def __init__(self, descriptor: int, names: Sequence[str]) -> None:
        self._descriptor, self._names = descriptor, _numbers(names)
        self._said, self._answer = ctypes.POINTER(_Said)(), ctypes.POINTER(_Answer)()
        _library().seccomp_notify_alloc(ctypes.byref(self._said), ctypes.byref(self._answer))

    def fileno(self) -> int:
        return self._descriptor

    def next(self) -> tuple[int, str]:
        """Return the thread and the name of the call that waits. Raises LookupError if it was killed meanwhile."""
        ctypes.memset(self._said, 0, ctypes.sizeof(_Said))
        if _library().seccomp_notify_receive(self._descriptor, self._said):
            raise LookupError("no call waits")
        return self._said.contents.thread, self._names[self._said.contents.call]

    def answer(self, error: int = 0) -> None:
        """Let it be made, or fail with `error`."""
        answer = self._answer.contents
        answer.number, answer.value, answer.error = self._said.contents.number, 0, -error
        answer.flags = 0 if error else GO_ON
        _library().seccomp_notify_respond(self._descriptor, self._answer)

    def close(self) -> None:
        _library().seccomp_notify_free(self._said, self._answer)
