"""An error of the disk at any storage call: it is told in one line, the index is whole, and a retry succeeds."""

from itertools import product

import pytest

from faults import newsroom
from faults.bench import OPERATIONS, Bench, Look, Operation, Place, chosen
from faults.calls import Call
from faults.disturbed import fail_at, fail_from
from faults.trees import Tree, tree

ERRORS = {"ENOSPC": "No space left on device", "EIO": "Input/output error", "EACCES": "Permission denied"}
# They write a generation by the functions that `sync` does it by: every so many-th call of them is tried.
AS_SYNC = {"first build": 12, "build": 12, "deletion": 12}


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_error_is_told_the_index_answers_as_before_and_a_retry_succeeds(
    bench: Bench, name: str, for_good: bool, every: int, figures: list[str]
) -> None:
    operation = OPERATIONS[name]
    calls = chosen(bench.undisturbed(operation).calls, every * AS_SYNC.get(name, 1))
    cases = list(product(calls, ERRORS))
    if every > 1:  # each error at another call
        cases = [case for place, case in enumerate(cases) if place % len(ERRORS) == place // len(ERRORS) % len(ERRORS)]
    told = bench.each(lambda case: is_told(bench, operation, for_good, *case), cases)
    assert sum(told) >= len(cases) / 2
    figures.append(f"{name}: {len(cases)} errors {'for good' if for_good else 'once'}, {told.count(False)} made up for")


def is_told(bench: Bench, operation: Operation, for_good: bool, call: Call, error: str) -> bool:
    """Let `call` fail, and with `for_good` all after it; return whether the command failed too.

    It may do without the call, but only if all is then as if nothing had happened.
    """
    whole = bench.undisturbed(operation)
    fault = fail_from(call, error, whole.all_calls) if for_good else fail_at(call, error)
    with bench.place(bench.start(operation.on_an_index)) as place:
        answer = place.hoibao_disturbed(operation.arguments, fault)
        assert answer is not None
        code, said = answer
        left = tree(place.directory)
        if code == 0:
            assert left == whole.tree, f"{error} at {call} was lost"
            return False
        line = said.strip().split("\n")[-1]
        assert code == 2
        assert line.startswith(f"hoibao: {place.directory}"), f"{error} at {call}: {said}"
        assert line.endswith(f": {ERRORS[error]}"), f"{error} at {call}: {said}"
        assert "Traceback" not in said
        found, retried = bench.once((left, operation.name), lambda: seen_and_retried(bench, place, operation))
    is_new = whole.is_new(found)
    assert is_new is not None, f"{error} at {call}: {found}"
    # What failed after it was committed is done: to undo once more is to undo that.
    undone = operation.name == "rollback" and is_new
    assert retried == (tree(bench.start(True)) if undone else whole.tree), f"{error} at {call}"
    return True


def seen_and_retried(bench: Bench, place: Place, operation: Operation) -> tuple[Look, Tree]:
    """Return what the index is to its readers, and what a retry makes of it.

    It is opened, and answers a few questions, each time; all questions are asked once of each state that it can be in,
    which is the same to the byte, as the names of its generations say.
    """
    found = place.look()
    state = (operation.name, *found["generations"])
    answers = bench.once(state, lambda: place.look(len(newsroom.QUESTIONS)))["answers"]
    assert found["answers"] == answers[: len(found["answers"])]
    place.next(operation.arguments)
    return {**found, "answers": answers}, tree(place.directory)
