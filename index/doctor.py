"""Whether an index is whole, and what can be put right without its articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index import store
from index.encoder import Encoder, ModelError
from index.invariants import INVARIANTS, Stored, Wrong, encoded_again
from index.made_with import encoder_of
from index.store import GENERATIONS, MANIFEST, StoreError


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant that does not hold, by its name, and in words what is wrong."""

    check: str
    what: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What was examined and found. `opens`: whether the index can be opened; `repaired`: what was put right;
    `remedy`: the command that is left to do, None where there is nothing to do.
    """

    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    opens: bool
    repaired: tuple[str, ...] = ()
    remedy: str | None = None


def examine(directory: str | Path, model: str | Encoder | None = None, *, repair: bool = False) -> Examination:
    """Return what is wrong with the index in `directory`; with `repair` after putting right what can be.

    Orphans are removed; in place of a damaged generation the one before is put in force, if that is whole. Findings
    are those before the repair. Raises StoreError if there is no index, or a writer is at work.
    """
    directory = Path(directory)
    if not (directory / GENERATIONS).is_dir():
        store.check_there(directory)
    with store.only_writer(directory):
        found = _examined(directory, model)
        if repair and found.findings:
            return replace(
                found, repaired=tuple(_repaired(directory, model)), remedy=_examined(directory, model).remedy
            )
        return found


def _examined(directory: Path, model: str | Encoder | None) -> Examination:
    names = store.pointed_to(directory)
    readable = bool(names) and not _unreadable(directory, names[0])
    checks = ["pointer", "hashes", "strangers", "orphans", "generation before"]
    findings = [] if names else [Finding("pointer", f"{directory / store.CURRENT}: names no generation")]
    if names:
        findings += [Finding("hashes", each) for each in _unreadable(directory, names[0])]
    for path in store.others(directory):
        foreign = "" if store.is_removable(path) else ", and not removed by --repair: move it to another folder"
        findings.append(Finding("orphans", f"{path}: no part of the index{foreign}"))
    for name in names[1:]:
        findings += [Finding("generation before", each) for each in _unreadable(directory, name)]
    findings += [Finding("strangers", f"{path}: not in the manifest") for path in _strangers(directory, names)]
    if readable:
        inner = _content(Stored(*store.check_written(directory, names[0])), model, directory)
        checks += [check.__name__ for check in INVARIANTS] + ["model", "encoded_again"]
        findings += inner
        opens = _opens(directory)
        left = not opens or any(finding.check == "generation before" for finding in findings) or _removable(directory)
        remedy = _rebuild(directory) if inner else store.repair_command(directory) if left else None
        return Examination(tuple(checks), tuple(findings), opens, remedy=remedy)
    return Examination(tuple(checks), tuple(findings), False, remedy=_rebuild(directory))


def _content(stored: Stored, model: str | Encoder | None, directory: Path) -> list[Finding]:
    """Return what does not hold in a generation whose files are those that were written."""
    findings = [Finding(check.__name__, what) for check in INVARIANTS for what in _asked(partial(check, stored))]
    if any(finding.check == "manifest_fields" for finding in findings):
        return findings
    try:
        encoder = encoder_of(stored.manifest, model, directory)
    except ModelError as error:
        return [*findings, Finding("model", str(error))]
    return findings + [Finding("encoded_again", what) for what in _asked(partial(encoded_again, stored, encoder))]


def _asked(check: Callable[[], Wrong]) -> Wrong:
    """Return what a check finds; what keeps it from looking is wrong too."""
    try:
        return check()
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        return [f"cannot be checked: {type(error).__name__}: {error}"]


def _unreadable(directory: Path, name: str) -> Wrong:
    try:
        store.check_written(directory, name)
    except (StoreError, OSError) as error:
        return [str(error)]
    return []


def _opens(directory: Path) -> bool:
    try:
        store.open_generation(directory)
    except (StoreError, OSError):
        return False
    return True


def _strangers(directory: Path, names: Sequence[str]) -> list[Path]:
    """Return what lies in generations that are otherwise whole and is no part of them."""
    whole = [store.check_written(directory, name) for name in names if not _unreadable(directory, name)]
    return [path for folder, manifest in whole for path in store.strangers(folder, manifest)]


def _removable(directory: Path) -> bool:
    return any(map(store.is_removable, store.others(directory)))


def _rebuild(directory: Path) -> str:
    """Return the command that makes the index anew, of the folder that it was made of, where that can still be read."""
    corpus = "FOLDER"
    for name in store.pointed_to(directory)[:1]:
        with suppress(OSError, ValueError):
            read = json.loads((directory / GENERATIONS / name / MANIFEST).read_text(encoding="utf-8"))
            corpus = str(read.get("corpus", corpus)) if isinstance(read, dict) else corpus
    return store.build_command(directory, corpus)


def _repaired(directory: Path, model: str | Encoder | None) -> list[str]:
    """Put right what can be, and return what was done, in words."""
    pointed = store.pointed_to(directory)
    whole = [name for name in pointed or _by_age(directory) if _holds(directory, name, model)]
    done = []
    if whole and whole != pointed:
        store.point_to(directory, whole[:2])
        done.append(f"in force: {whole[0]}")
    if whole:
        done += [f"removed: {name}" for name in store.remove_others(directory)]
    for path in _strangers(directory, whole):
        path.unlink()
        done.append(f"removed: {path}")
    return done


def _holds(directory: Path, name: str, model: str | Encoder | None) -> bool:
    """Whether a generation is whole and every invariant holds in it; another model than its own is not its fault."""
    if _unreadable(directory, name):
        return False
    findings = _content(Stored(*store.check_written(directory, name)), model, directory)
    return all(finding.check == "model" for finding in findings)


def _by_age(directory: Path) -> list[str]:
    """Return the names of all generations, the latest first: what can be put in force where the pointer is lost."""
    folders = [path for path in (directory / GENERATIONS).iterdir() if (path / MANIFEST).is_file()]
    folders.sort(key=lambda path: (path / MANIFEST).stat().st_mtime_ns, reverse=True)
    return [path.name for path in folders if path.name.isalnum()]
