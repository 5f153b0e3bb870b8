"""The power fails at any moment of an operation: what is left opens as the old state or the new one, and as the new one
alone once the operation has returned. Without any one of its syncs or renames that would not hold.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from faults.bench import OPERATIONS, Bench, Operation, Undisturbed, chosen, next_update
from faults.calls import Call
from faults.disk import Disk, File, Folder, Pick, all_kept, all_lost, all_zeroed, every_file, every_outcome
from faults.trees import Files, Tree, files_in, tree, tree_of
from index.store import CURRENT, GENERATIONS

COMMITTING = ("fsync", "fdatasync", "rename", "renameat", "renameat2")


def read(disk: Disk, pick: Pick) -> Files:
    """Return what a reader reads after the power has failed: the pointer, and the generations that it names.

    It reads nothing else, as the first test says; so nothing else makes a difference to it.
    """
    index = disk.root.survivor(pick).get("index")
    inside = index.survivor(pick) if isinstance(index, Folder) else {}
    pointer, generations = inside.get(CURRENT), inside.get(GENERATIONS)
    if not isinstance(pointer, File):
        return {}
    files = {f"index/{CURRENT}": pointer.survivor(pick)}
    there = generations.survivor(pick) if isinstance(generations, Folder) else {}
    for name in files[f"index/{CURRENT}"].decode("utf-8", "replace").split():
        found = there.get(name)
        if isinstance(found, Folder):
            files.update(every_file(found, f"index/{GENERATIONS}/{name}", pick))
    return files


def states(disk: Disk) -> Iterator[Files]:
    """Yield all that a reader may find."""
    return every_outcome(partial(read, disk))


def fault(operation: Operation, start: Files, calls: Sequence[Call], after: Files) -> str | None:
    """Return what is wrong if the power fails while `calls` are made on `start`, or when they are made: a reader finds
    neither `start` nor `after`, in the end not `after`, or what was collected is there again. None if nothing is.
    """
    disk = Disk(start)
    before = read(disk, all_kept)
    for call in calls:
        disk.make(call)
        if any(state not in (before, after) for state in states(disk)):
            return f"half a state after {call}"
    if any(state != after for state in states(disk)):
        return "it returned before its state would last"
    if operation.name != "gc" or all(generations(left) == generations(after) for left in every_outcome(disk.survivors)):
        return None
    return "what was removed can come back"


def generations(files: Files) -> set[str]:
    """Return the names of all generations of which anything is in `files`."""
    return {path.split("/")[2] for path in files if path.count("/") > 2}


def parts(bench: Bench, operation: Operation) -> tuple[Undisturbed, Files, list[Call], Files]:
    """Return the operation, what it starts from, the calls that it makes, and what a reader finds after them."""
    whole = bench.undisturbed(operation)
    calls = [call for call in whole.calls if not call.failed]
    start = {f"index/{path}": content for path, content in files_in(bench.start(operation.on_an_index)).items()}
    disk = Disk(start)
    for call in calls:
        disk.make(call)
    assert tree_of(inside(disk.survivors(all_kept))) == whole.tree, "the simulated disk is not what the real one was"
    return whole, start, calls, read(disk, all_kept)


def inside(files: Files) -> Files:
    return {path.removeprefix("index/"): content for path, content in files.items() if path != "index/"}


def test_a_reader_opens_only_the_pointer_and_what_it_names(bench: Bench) -> None:
    with bench.place(bench.start(True)) as place:
        (place.directory / GENERATIONS / "draft-1").mkdir()
        (place.directory / GENERATIONS / "draft-1" / "articles.jsonl").write_text("{}", encoding="utf-8")
        names = place.look()["generations"]
        opened = {call.paths[0] for call in place.looked_traced() if call.paths[0].startswith("index")}
    generations = tuple(f"index/{GENERATIONS}/{name}/" for name in names)
    assert len(opened) > 40
    assert [path for path in opened if not f"{path}/".startswith(generations)] == [f"index/{CURRENT}"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_reader_finds_the_old_state_or_the_new_and_after_the_operation_the_new(
    bench: Bench, name: str, figures: list[str]
) -> None:
    operation = OPERATIONS[name]
    _, start, calls, after = parts(bench, operation)
    assert fault(operation, start, calls, after) is None
    figures.append(f"{name}: the power fails after each of {len(calls)} calls")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_sync_and_every_rename_is_needed(bench: Bench, name: str, figures: list[str]) -> None:
    operation = OPERATIONS[name]
    _, start, calls, after = parts(bench, operation)
    needed = [place for place, call in enumerate(calls) if call.name in COMMITTING]
    for place in needed:
        left = [call for number, call in enumerate(calls) if number != place]
        assert fault(operation, start, left, after) is not None, f"{calls[place]} makes no difference"
    figures.append(f"{name}: each of {len(needed)} syncs and renames is needed")


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_left_opens_and_the_next_update_succeeds(bench: Bench, name: str, every: int) -> None:
    operation = OPERATIONS[name]
    whole, start, calls, _ = parts(bench, operation)
    disk = Disk(start)
    left: dict[Tree, Files] = {}
    tried = {id(call) for call in chosen(calls, 4 * every)}
    for call in calls:
        disk.make(call)
        for pick in (all_lost, all_zeroed, all_kept) if id(call) in tried else ():
            files = disk.survivors(pick)
            left[tree_of(files)] = files
    bench.each(lambda files: opens_and_goes_on(bench, operation, whole, files), list(left.values()))


def opens_and_goes_on(bench: Bench, operation: Operation, whole: Undisturbed, files: Files) -> None:
    with bench.place(bench.start(False)) as place:
        write(files, place.folder)
        found = place.look()
        assert whole.is_new(found) is not None, found
        place.next(next_update(operation))
        assert tree(place.directory) == whole.next_trees[tuple(found["generations"])]


def write(files: Files, folder: Path) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).mkdir(exist_ok=True) if path.endswith("/") else (folder / path).write_bytes(content)
