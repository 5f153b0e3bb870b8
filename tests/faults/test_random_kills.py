"""Killed at random times, which strike between system calls and within them too."""

import random
import time

import pytest

from faults.bench import OPERATIONS, Bench, Operation
from faults.test_kills import seen_and_updated


@pytest.mark.slow
def test_killed_at_any_time_the_index_is_old_or_new_and_the_next_update_succeeds(
    bench: Bench, pytestconfig: pytest.Config, figures: list[str]
) -> None:
    kills = int(pytestconfig.getoption("--kills", default=1000))
    rng = random.Random(1)
    lengths = {name: seconds(bench, operation) for name, operation in OPERATIONS.items()}
    struck, new, tried = 0, 0, 0
    while struck < kills:
        names = rng.choices(list(OPERATIONS), k=min(50, kills))
        cases = [(OPERATIONS[name], rng.uniform(0, lengths[name])) for name in names]
        results = bench.each(lambda case: is_new_after_kill(bench, *case), cases)
        tried += len(results)
        struck += sum(result is not None for result in results)
        new += sum(result is True for result in results)
    assert 0 < new < struck
    figures.append(
        f"{struck} kills at random times of {tried} tried: {struck - new} times the old state, {new} the new"
    )


def seconds(bench: Bench, operation: Operation) -> float:
    """Return how long the operation takes today, at most."""
    return max(_seconds(bench, operation) for _ in range(3))


def _seconds(bench: Bench, operation: Operation) -> float:
    with bench.place(bench.start(operation.on_an_index)) as place:
        task, began = place.task(operation.arguments), time.perf_counter()
        assert task.go()[0] == 0
        return time.perf_counter() - began


def is_new_after_kill(bench: Bench, operation: Operation, after: float) -> bool | None:
    """Kill the operation after so many seconds; return whether it had committed, None if it was done by then."""
    whole = bench.undisturbed(operation)
    with bench.place(bench.start(operation.on_an_index)) as place:
        if place.task(operation.arguments).go(kill_after=after) is not None:
            return None
        found, left = seen_and_updated(place, operation)
    is_new = whole.is_new(found)
    assert is_new is not None, f"{operation.name} killed after {after} s: {found}"
    assert left == whole.next_trees[tuple(found["generations"])], f"{operation.name} killed after {after} s"
    return is_new
