"""Freed memory goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


def give_back() -> None:
    """Give back what is freed; nothing where the system's library has no means to.

    Batches of texts of all lengths leave holes that glibc keeps: some hundred megabytes after a thousand texts.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
