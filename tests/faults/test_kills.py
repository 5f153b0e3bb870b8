"""Killed at any storage call, an operation leaves the old state or the new one, and the next update succeeds."""

import pytest

from faults.bench import OPERATIONS, Bench, Look, Operation, Place, chosen, next_update
from faults.calls import Call
from faults.disturbed import kill_at
from faults.trees import Tree, tree


@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_at_any_call_the_index_is_old_or_new_and_the_next_update_succeeds(
    bench: Bench, name: str, every: int, figures: list[str]
) -> None:
    operation = OPERATIONS[name]
    calls = chosen(bench.undisturbed(operation).calls, every)
    committed = bench.each(lambda call: is_new_after_kill(bench, operation, call), calls)
    assert committed == sorted(committed), "once the new state is in force, the old one is never seen again"
    assert True in committed
    assert False in committed
    figures.append(f"{name}: killed at {len(calls)} calls, {committed.count(True)} times after the commit")


def is_new_after_kill(bench: Bench, operation: Operation, call: Call) -> bool:
    """Kill the operation at `call`; return whether it had committed by then."""
    whole = bench.undisturbed(operation)
    with bench.place(bench.start(operation.on_an_index)) as place:
        assert place.hoibao_disturbed(operation.arguments, kill_at(call)) is None
        found, left = bench.once(
            (tree(place.directory), next_update(operation)), lambda: seen_and_updated(place, operation)
        )
    is_new = whole.is_new(found)
    assert is_new is not None, f"killed at {call}: {found}"
    assert left == whole.next_trees[tuple(found["generations"])], f"killed at {call}"
    return is_new


def seen_and_updated(place: Place, operation: Operation) -> tuple[Look, Tree]:
    """Return what the index is to its readers, and what the next update makes of it."""
    found = place.look()
    place.next(next_update(operation))
    return found, tree(place.directory)
