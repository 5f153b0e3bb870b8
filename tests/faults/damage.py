"""Damage an index in many ways and open it each time: `python -m tests.faults.damage --flips 2000 --cuts 300 --swaps 50`.

Everything is drawn from a seed, so that a number found once is found again. Each damage is done in place, tried as the
product opens an index, and put right again. A refusal counts if it names the file and a command that repairs; damage of
the state before must keep `rollback` from it, since no opening reads it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.passage_index import PassageIndex
from index.store import (
    CURRENT,
    GENERATIONS,
    MANIFEST,
    StoreError,
    open_generation,
    pointed_to,
    roll_back,
    write_generation,
)

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
REPAIRS = ("hoibao build FOLDER --index", "hoibao doctor --repair --index")


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to which files, by their paths below the index; `before`: to the state before alone."""

    kind: str
    what: str
    paths: tuple[str, ...]
    do: Callable[[], None]
    before: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """A damage that was not refused as it must be, and what came instead."""

    damage: Damage
    instead: str


def main(arguments: Sequence[str]) -> int:
    """Print how many of each kind were refused, and each that was not; return 1 if there is one."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="hoibao-damage-") as folder:
        directory = Path(folder) / "index"
        if options.index is None:
            PassageIndex.build(ARTICLES, directory)
        else:
            shutil.copytree(options.index, directory)
        give_a_state_before(directory)
        start = time.monotonic()
        counts, served = try_all(directory, options.flips, options.cuts, options.swaps, options.seed)
    for kind, count in counts.items():
        sys.stdout.write(f"{kind}: {count - sum(each.damage.kind == kind for each in served)} of {count} refused\n")
    for each in served:
        sys.stdout.write(f"NOT REFUSED: {each.damage.kind} {each.damage.what}: {each.instead}\n")
    sys.stdout.write(f"seed {options.seed}, {time.monotonic() - start:.0f} s\n")
    return 1 if served else 0


def give_a_state_before(directory: Path) -> None:
    """Publish what is in force once more, so that the index in `directory` has two generations."""
    folder, manifest = open_generation(directory)
    facts = {name: value for name, value in manifest.items() if name not in ("files", "format")}

    def write(draft: Path) -> None:
        shutil.copytree(folder, draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))
        rows = (draft / "names.txt").read_text(encoding="utf-8")
        (draft / "names.txt").write_text(f"{rows}tên mới\n", encoding="utf-8")

    write_generation(directory, write, {**facts, "edition": 2})


def try_all(directory: Path, flips: int, cuts: int, swaps: int, seed: int = 0) -> tuple[Counter[str], list[Served]]:
    """Return how many damages of each kind were tried on the index in `directory`, and those that were not refused.

    The index is afterwards as it was. Raises ValueError if it does not open as it is.
    """
    draw = random.Random(seed)
    open_generation(directory)
    counts: Counter[str] = Counter()
    served = []
    for damages in (_flips(directory, flips, draw), _cuts(directory, cuts, draw), _swaps(directory, swaps, draw)):
        for damage in damages:
            instead = tried(directory, damage)
            counts[damage.kind] += 1
            if instead:
                served.append(Served(damage, instead))
    open_generation(directory)
    return counts, served


def tried(directory: Path, damage: Damage) -> str:
    """Return what came instead of a refusal that names the file and a repair; "" if nothing did."""
    with _restored(directory, damage.paths):
        damage.do()
        try:
            if damage.before:
                roll_back(directory)
            else:
                PassageIndex.open(directory)
        except StoreError as error:
            named = any(Path(path).name in str(error) for path in damage.paths)
            repair = any(command in str(error) for command in REPAIRS)
            return "" if named and repair else f"no file or no repair named: {error}"
        except Exception as error:  # whatever else it is, it is no refusal
            return f"{type(error).__name__}: {error}"
        return "opened"


@contextmanager
def _restored(directory: Path, paths: Sequence[str]) -> Iterator[None]:
    """Put the files at `paths`, and the pointer, back as they were after the block, or away if they were not there."""
    kept = {path: _bytes(directory / path) for path in {*paths, CURRENT}}
    try:
        yield
    finally:
        for path, content in kept.items():
            if content is None:
                (directory / path).unlink(missing_ok=True)
            elif _bytes(directory / path) != content:
                (directory / path).parent.mkdir(parents=True, exist_ok=True)
                (directory / path).write_bytes(content)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _files(directory: Path) -> list[str]:
    """Return the files of the index that hold anything: the pointer, and those of both generations."""
    inside = sorted(path for path in (directory / GENERATIONS).rglob("*") if path.is_file() and path.stat().st_size)
    return [CURRENT, *(path.relative_to(directory).as_posix() for path in inside)]


def _is_before(directory: Path, path: str) -> bool:
    return path.startswith(f"{GENERATIONS}/{pointed_to(directory)[1]}/")


def _in_turn(directory: Path, count: int) -> list[str]:
    """Return files, each as often as the others: a short one is hit as often as a long one."""
    files = _files(directory)
    return [files[number % len(files)] for number in range(count)]


def _flips(directory: Path, count: int, draw: random.Random) -> Iterator[Damage]:
    """Single bits, anywhere in a file."""
    for path in _in_turn(directory, count):
        at, bit = draw.randrange((directory / path).stat().st_size), draw.randrange(8)

        def do(file: Path = directory / path, at: int = at, bit: int = bit) -> None:
            with file.open("r+b") as opened:
                opened.seek(at)
                (byte,) = opened.read(1)
                opened.seek(at)
                opened.write(bytes([byte ^ 1 << bit]))

        yield Damage("bit flips", f"{path}, byte {at}, bit {bit}", (path,), do, _is_before(directory, path))


def _cuts(directory: Path, count: int, draw: random.Random) -> Iterator[Damage]:
    """Files cut short, to any length below their own."""
    for path in _in_turn(directory, count):
        size = (directory / path).stat().st_size
        length = draw.choice((0, size - 1, draw.randrange(size)))

        def do(file: Path = directory / path, length: int = length) -> None:
            with file.open("r+b") as opened:
                opened.truncate(length)

        yield Damage("truncations", f"{path}, to {length} of {size}", (path,), do, _is_before(directory, path))


def _swaps(directory: Path, count: int, draw: random.Random) -> Iterator[Damage]:
    """Files of the state in force in one another's place, in that of the state before, missing, and strangers."""
    root = f"{GENERATIONS}/{pointed_to(directory)[0]}"
    before = directory / GENERATIONS / pointed_to(directory)[1]
    mine = [path.removeprefix(f"{root}/") for path in _files(directory) if path.startswith(f"{root}/")]
    other = [name for name in mine if (before / name).read_bytes() != (directory / root / name).read_bytes()]
    kinds = (_exchanged, _of_before, _missing, _extra)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        names = draw.sample(other if kind is _of_before else mine, 2)
        yield kind(directory, root, names[0], names[1], before)


def _exchanged(directory: Path, root: str, one: str, two: str, before: Path) -> Damage:
    files = directory / root / one, directory / root / two

    def do() -> None:
        contents = [file.read_bytes() for file in files]
        for file, content in zip(files, reversed(contents), strict=True):
            file.write_bytes(content + (b" " if contents[0] == contents[1] else b""))

    return Damage("swapped", f"{one} and {two}", (f"{root}/{one}", f"{root}/{two}"), do)


def _of_before(directory: Path, root: str, one: str, two: str, before: Path) -> Damage:
    def do() -> None:
        shutil.copyfile(before / one, directory / root / one)

    return Damage("of the state before", one, (f"{root}/{one}",), do)


def _missing(directory: Path, root: str, one: str, two: str, before: Path) -> Damage:
    return Damage("missing", one, (f"{root}/{one}",), (directory / root / one).unlink)


def _extra(directory: Path, root: str, one: str, two: str, before: Path) -> Damage:
    extra = f"{root}/{Path(one).parent.as_posix()}/copy-of-{Path(one).name}"

    def do() -> None:
        shutil.copyfile(directory / root / one, directory / extra)

    return Damage("extra", extra, (extra,), do)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.damage", description=__doc__.split("\n")[0])
    parser.add_argument("--flips", type=int, default=2000, help="single bit flips")
    parser.add_argument("--cuts", type=int, default=300, help="truncations")
    parser.add_argument("--swaps", type=int, default=50, help="swapped, missing and extra files")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--index", type=Path, help="an index, which is copied; else one is made of seeds/articles")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
