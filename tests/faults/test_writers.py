"""One writer at a time: the others are told who it is, or wait; a killed one is in nobody's way; readers never wait."""

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.bench import Bench
from faults.warm import ROOT, Task

WRITERS, ROUNDS = 8, 50
COMMANDS = [("build", "after"), ("sync", "after"), ("gc",), ("rollback",)]


@contextmanager
def another_writer(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock until it is killed."""
    code = f"""
        import sys
        from pathlib import Path
        from index.store import only_writer
        with only_writer(Path({str(directory)!r})):
            print("in", flush=True)
            sys.stdin.read()
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "in\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_eight_writers_of_one_index_take_turns_or_are_told_who_writes(bench: Bench) -> None:
    with bench.place(bench.start(True)) as place, ThreadPoolExecutor(WRITERS) as pool:
        old = place.look()["generations"]
        waiting = [number % 2 == 0 for number in range(WRITERS)]
        commands = [["rollback", *(["--wait"] if waits else []), "--index", str(place.directory)] for waits in waiting]
        writers = [place.warm.task("rounds", [command, ROUNDS]) for command in commands]
        results = list(pool.map(Task.go, writers))
        found = place.look()
    pids = {str(writer.pid) for writer in writers}
    for waits, result in zip(waiting, results, strict=True):
        assert len(result) == ROUNDS
        for code, said in result:
            busy = re.fullmatch(r"hoibao: \S+: busy, pid (\d+); .*--wait\n", said)
            assert (code, said) == (0, "") or (code == 2 and not waits and busy and busy[1] in pids), (code, said)
    done = sum(code == 0 for result in results for code, _ in result)
    assert done >= WRITERS // 2 * ROUNDS
    assert found["generations"] == (old if done % 2 == 0 else old[::-1]), "a rollback was lost, or half of one was done"


@pytest.mark.parametrize("command", COMMANDS)
def test_who_writes_is_named_and_a_killed_writer_frees_the_index_at_once(
    bench: Bench, command: tuple[str, ...]
) -> None:
    with bench.place(bench.start(True)) as place, another_writer(place.directory) as holder:
        code, said = place.hoibao(command)
        assert code == 2
        assert f"{place.directory}: busy, pid {holder.pid};" in said
        assert place.look()["error"] == "", "readers do not wait"
        holder.kill()
        holder.wait()
        assert place.hoibao(command)[0] == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_one_who_waits_goes_on_when_the_writer_is_killed(bench: Bench, command: tuple[str, ...]) -> None:
    with (
        bench.place(bench.start(True)) as place,
        ThreadPoolExecutor(1) as pool,
        another_writer(place.directory) as holder,
    ):
        waiting = pool.submit(place.hoibao, [*command, "--wait"])
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        holder.kill()
        assert waiting.result(timeout=30)[0] == 0
