"""The workbench: what each operation finds, leaves and calls when nothing disturbs it, and places to disturb it in."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from faults import newsroom
from faults.calls import Call
from faults.disturbed import Fault, run_disturbed
from faults.traced import run_traced
from faults.trees import Tree, tree
from faults.warm import Task, Warm

T = TypeVar("T")
Look = dict[str, Any]

EDITIONS = {
    "earlier": [1, 1, 1, 0],
    "before": [1, 1, 2, 1],
    "after": [3, 1, 0, 1, 3],  # one changed, one gone, one new
    "shorter": [1, 0, 2, 1],
    "next": [4, 1, 2, 4],
}
QUESTIONS_ASKED = 5


@dataclass(frozen=True, slots=True)
class Operation:
    """A command of the product, on an index with a generation before, or on none."""

    name: str
    arguments: tuple[str, ...]
    on_an_index: bool = True


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("first build", ("build", "after"), on_an_index=False),
        Operation("build", ("build", "after")),
        Operation("sync", ("sync", "after")),
        Operation("deletion", ("sync", "shorter")),
        Operation("gc", ("gc",)),
        Operation("rollback", ("rollback",)),
    )
}


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What an operation does when nothing goes wrong. `calls` are those on the index that change what is stored;
    `next_trees`: what the next update leaves, by the generations that it found.
    """

    before: Look
    after: Look
    tree: Tree
    calls: Sequence[Call]
    all_calls: Sequence[Call]
    next_trees: dict[tuple[str, ...], Tree]

    def is_new(self, found: Look) -> bool | None:
        """Return whether an index is as it is after the operation, or as before; None if it is neither."""
        same = [_is_same(found, state) for state in (self.before, self.after)]
        return same[1] if any(same) else None


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with an index that one worker at a time disturbs."""

    warm: Warm
    folder: Path
    articles: Path

    @property
    def directory(self) -> Path:
        return self.folder / "index"

    def put(self, start: Path) -> None:
        """Put a copy of the index at `start` here, none if there is none."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        if start.exists():
            shutil.copytree(start, self.directory)

    def hoibao(self, arguments: Sequence[str]) -> tuple[int, str]:
        """Return the exit code and what was said on stderr."""
        code, errors = self.task(arguments).go()
        return code, errors

    def next(self, arguments: Sequence[str]) -> None:
        """Let a command succeed, in a process that has done others here before."""
        code, errors = self.warm.do("hoibao", self._command(arguments))
        assert code == 0, errors

    def hoibao_traced(self, arguments: Sequence[str]) -> list[Call]:
        (code, errors), calls = run_traced(self.warm, "hoibao", self._command(arguments), self._log())
        assert code == 0, errors
        return self._here(calls)

    def looked_traced(self) -> list[Call]:
        """Return the calls of `look`."""
        return self._here(run_traced(self.warm, "look", [str(self.directory), 1], self._log())[1])

    def hoibao_disturbed(self, arguments: Sequence[str], fault: Fault) -> tuple[int, str] | None:
        """Return the exit code and what was said on stderr, None if it was killed."""
        answer = run_disturbed(self.warm, "hoibao", self._command(arguments), fault)
        return answer and tuple(answer)

    def task(self, arguments: Sequence[str]) -> Task:
        """Return the command as a process that waits to be told to go."""
        return self.warm.task("hoibao", self._command(arguments))

    def look(self, questions: int = QUESTIONS_ASKED) -> Look:
        found: Look = self.warm.do("look", [str(self.directory), questions])
        return {**found, "error": found["error"].replace(str(self.folder), "")}

    def _here(self, calls: Sequence[Call]) -> list[Call]:
        """Return `calls` with paths from this folder on, which is "."; those that are elsewhere stay absolute."""

        def here(path: str) -> str:
            return Path(path).relative_to(self.folder).as_posix() if Path(path).is_relative_to(self.folder) else path

        return [call.with_paths(here(path) for path in call.paths) for call in calls]

    def _log(self) -> Path:
        """Return a new folder for what strace writes, which is one file a thread, in place of the one before."""
        folder = self.folder.with_suffix(".strace")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder / "calls"

    def _command(self, arguments: Sequence[str]) -> list[str]:
        paths = [str(self.articles / each) if each in EDITIONS else each for each in arguments]
        return [*paths, "--index", str(self.directory)]


class Bench:
    """Two workers, and what has been found out."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.articles = folder, folder / "articles"
        for name, editions in EDITIONS.items():
            newsroom.write_articles(self.articles / name, editions)
        newsroom.settle(self.articles)
        count = os.cpu_count() or 1
        self._free: queue.SimpleQueue[Place] = queue.SimpleQueue()
        self._warm = [Warm.start() for _ in range(count)]
        for number, warm in enumerate(self._warm):
            self._free.put(Place(warm, folder / f"place{number}", self.articles))
        self._undisturbed: dict[str, Undisturbed] = {}
        self._results: dict[Any, Any] = {}
        self._lock = threading.Lock()
        with self.place(self.start(False)) as place:
            for command in (["build", "earlier"], ["sync", "before"]):
                assert place.hoibao(command)[0] == 0
            shutil.copytree(place.directory, self.start(True))

    def stop(self) -> None:
        for warm in self._warm:
            warm.stop()

    def start(self, on_an_index: bool) -> Path:
        return self.folder / ("start" if on_an_index else "nothing")

    @contextmanager
    def place(self, start: Path) -> Iterator[Place]:
        """Lend a place with a copy of `start`."""
        place = self._free.get()
        try:
            place.put(start)
            yield place
        finally:
            self._free.put(place)

    def each(self, function: Callable[..., T], cases: Sequence[Any]) -> list[T]:
        """Return what `function` gives for each of `cases`, as many at once as there are workers."""
        with ThreadPoolExecutor(len(self._warm)) as pool:
            return list(pool.map(function, cases))

    def once(self, key: Any, found: Callable[[], T]) -> T:
        """Return what was found for `key` before: the same bytes on disk give the same."""
        with self._lock:
            if key in self._results:
                known: T = self._results[key]
                return known
        result = self._results[key] = found()
        return result

    def undisturbed(self, operation: Operation) -> Undisturbed:
        if operation.name not in self._undisturbed:
            self._undisturbed[operation.name] = self._run_undisturbed(operation)
        return self._undisturbed[operation.name]

    def _run_undisturbed(self, operation: Operation) -> Undisturbed:
        start = self.start(operation.on_an_index)
        with self.place(start) as place:
            before = place.look(len(newsroom.QUESTIONS))
            calls = place.hoibao_traced(operation.arguments)
            after, left = place.look(len(newsroom.QUESTIONS)), tree(place.directory)
            nexts = {tuple(after["generations"]): self._next(place, operation)}
            place.put(start)
            nexts[tuple(before["generations"])] = self._next(place, operation)
        changing = [call for call in calls if call.changes and any(not path.startswith("/") for path in call.paths)]
        return Undisturbed(before, after, left, changing, calls, nexts)

    def _next(self, place: Place, operation: Operation) -> Tree:
        place.next(next_update(operation))
        return tree(place.directory)


def _is_same(found: Look, state: Look) -> bool:
    """Return whether `found`, with answers to the first few questions, is `state`."""
    return found == {**state, "answers": state["answers"][: len(found["answers"])]}


def next_update(operation: Operation) -> tuple[str, str]:
    return ("sync" if operation.on_an_index else "build", "next")


def chosen(calls: Sequence[Call], every: int) -> Sequence[Call]:
    """Return every so many-th of `calls`, all that rename, and the last."""
    return [
        call
        for place, call in enumerate(calls, start=1)
        if place % every == 0 or "rename" in call.name or call is calls[-1]
    ]
