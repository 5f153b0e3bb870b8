"""What is freed goes back to the system, where it can."""

import sys
from pathlib import Path

import pytest

from index.freed_memory import give_back


def resident() -> int:
    """Kilobytes."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").partition("VmRSS:")[2].split()[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory of a process is told by Linux")
def test_holes_between_what_is_kept_are_given_back() -> None:
    small = 60_000  # below the size from which on each block has pages of its own
    blocks = [bytes(small) for _ in range(4_000)]
    kept, before = blocks[::20], resident()
    del blocks
    give_back()
    assert before - resident() > 100_000
    assert all(len(block) == small for block in kept)
