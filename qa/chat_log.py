"""What the operator reads: one line for each event, and never a word of a question.

An exception's own words may hold what was asked, so the log has its kind and the places it passed through;
only what the system says of files and connections is written out.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from types import ModuleType
from typing import Any

from qa.escaping import plain

FRAMES = 12  # the innermost places of an exception that a line names
LOG = logging.getLogger("hoibao.chat")


def incident(event: str, error: BaseException | None = None, **facts: object) -> str:
    """The id of what went wrong, after one line in the log that holds it with all that is known."""
    name = secrets.token_hex(4)
    said = "".join(f" {key}={_short(value)}" for key, value in facts.items())
    why = f" error={kind(error)} at={_places(error)}" if error is not None else ""
    LOG.log(logging.INFO if error is None else logging.ERROR, "%s id=%s%s%s", event, name, said, why)
    return name


def kind(error: BaseException) -> str:
    """The kind of an exception; of an error of the system also what it says."""
    name = type(error).__qualname__
    if not isinstance(error, OSError) or not error.strerror:
        return name
    return f"{name}({_short(error.strerror)} {_short(error.filename or '')})"


class OneLine(logging.Formatter):
    """Time, level, name and message on one line; of an exception its kind and places."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        error = record.exc_info[1] if record.exc_info else None
        record.exc_info = record.exc_text = record.stack_info = None
        line = super().format(record) + (f" error={kind(error)} at={_places(error)}" if error else "")
        return " ".join(plain(line).split())


def to_stderr(*names: str) -> None:
    """Write what those loggers are told to stderr, each event on a line of its own."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO if name == LOG.name else logging.ERROR)


class Traces:
    """In place of the module `traceback` where a library prints whole traces: one line in the log instead."""

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)

    def print_exc(self, *_: object, **__: object) -> None:
        """Write the exception being handled as one line."""
        import sys

        error = sys.exc_info()[1]
        if error is not None:
            incident("framework", error)


def without_traces(*modules: ModuleType) -> None:
    """Let no trace be printed by those modules of a library: it would show questions, on many lines."""
    for module in modules:
        if hasattr(module, "traceback"):
            setattr(module, "traceback", Traces())  # noqa: B010 (no module is known to have the name)


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return "<".join(f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in reversed(frames)) or "nowhere"


def _short(value: object) -> str:
    return " ".join(plain(str(value)).split())[:200]
