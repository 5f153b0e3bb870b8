"""The workbench, in memory where the machine has a disk there; and how much of everything is tried."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.bench import Bench

FIGURES: list[str] = []
IN_MEMORY = Path("/dev/shm")  # noqa: S108 (a disk of its own folder below)


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    if shutil.which("strace") is None:
        pytest.fail("strace is not installed: make test-setup, or apt-get install strace")
    memory = IN_MEMORY if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory, prefix="hoibao-faults-") as folder:
        made = Bench(Path(folder))
        yield made
        made.stop()


@pytest.fixture(scope="session")
def figures() -> list[str]:
    """What was counted, to be said at the end."""
    return FIGURES


@pytest.fixture(scope="session")
def every(request: pytest.FixtureRequest) -> int:
    """Every how many-th call is tried: 1 for all of them."""
    return int(request.config.getoption("--every", default=60))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults", "tests/faults")
    group.addoption("--kills", type=int, default=1000, help="how many kills at random times")
    group.addoption("--read-minutes", type=float, default=0.05, help="how long 20 readers read while others publish")
    group.addoption("--every", type=int, default=60, help="try every N-th storage call; 1 tries all")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in FIGURES:
        terminalreporter.write_line(line)
