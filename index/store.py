"""One generation of an index on disk: written whole, committed at once, verified when it is opened.

    DIR/CURRENT                    the generation in force and, behind it, the one before; replaced by a rename
    DIR/generations/NAME/          articles.jsonl  passages.jsonl  vectors.npy  sentences.npy  sentence_vectors.npy
                                   tokens/…  lexical/…
                                   manifest.json (what made it, and the sha256 of every other file)
    DIR/write.lock                 held by the one who writes, whose process is named in DIR/writer.pid

One writer at a time holds the lock; readers need none, since a generation never changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

FORMAT = 4
READABLE = (3, FORMAT)  # 3: the words of the lexical index stand in it as letters; see index/old_lexical.py
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
LOCK, WRITER = "write.lock", "writer.pid"
DRAFT = "draft-"
SIGNS_WITHIN = 1.0  # seconds

_UNSAFE = re.compile(r"[^\w@%+=:,./~-]|^~|^$")

Manifest = dict[str, Any]
T = TypeVar("T")


class StoreError(ValueError):
    """The index is not there, damaged, busy, or of another format. The message names the file and the remedy."""


def is_index(folders: Iterable[str], files: Iterable[str]) -> bool:
    """Return whether a directory with those folders and files in it is that of an index, be it an unfinished one."""
    return GENERATIONS in folders and not {CURRENT, LOCK}.isdisjoint(files)


def write_generation(directory: Path, write: Callable[[Path], None], manifest: Mapping[str, Any]) -> Path:
    """Let `write` fill a new folder, seal it with a manifest and make it the one in force; return the folder.

    Until the last rename the earlier generation stays in force; afterwards it is kept for `roll_back`, and those
    before it are removed. Raises StoreError if another process is writing here, OSError if the disk refuses.
    """
    with only_writer(directory):
        generations = directory / GENERATIONS
        _make_folder(generations)
        draft = generations / f"{DRAFT}{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            write(draft)
            _seal(draft, manifest)
            final = generations / hash_file(draft / MANIFEST)[:16]
            if not _is_whole(final):
                if final.exists():
                    final.rename(generations / f"{DRAFT}{os.getpid()}-damaged")
                draft.rename(final)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _sync_folder(generations)
        before = [name for name in pointed_to(directory) if name != final.name and (generations / name).is_dir()]
        point_to(directory, [final.name, *before[:1]])
        remove_others(directory)
        return final


def roll_back(directory: Path, wait: bool = False) -> Path:
    """Put the generation before in force and return its folder; the one it replaces can be had back in the same way.

    Raises StoreError where none is kept or it is damaged; the one in force then stays.
    """
    check_there(directory)
    with only_writer(directory, wait):
        names = pointed_to(directory)
        if len(names) < 2:
            raise StoreError(f"{directory}: no earlier generation is kept here")
        folder, _ = check_generation(directory, names[1])
        point_to(directory, [names[1], names[0]])
        return folder


def collect(directory: Path, wait: bool = False) -> list[str]:
    """Remove everything but the generation in force, drafts of killed writers included; return the names of it.

    Nothing of an article that this generation does not have stays in any file, nor comes back when the power fails.
    Raises StoreError, OSError.
    """
    check_there(directory)
    with only_writer(directory, wait):
        folder, _ = open_generation(directory)
        point_to(directory, [folder.name])
        removed = remove_others(directory)
        _sync_folder(directory / GENERATIONS)
        return removed


def open_generation(directory: Path) -> tuple[Path, Manifest]:
    """Return the folder in force below `directory` and its manifest, after checking every file in it.

    Raises StoreError that names what is missing or damaged.
    """
    return read_generation(directory, lambda folder, manifest: (folder, manifest))


def read_generation(directory: Path, read: Callable[[Path, Manifest], T]) -> T:
    """Return what `read` makes of the folder in force and its manifest, after checking every file in it.

    Where another was put in force meanwhile, and the one that was being read is gone, that other is read.
    Raises StoreError that names what is missing or damaged, and what `read` raises.
    """
    check_there(directory)
    while True:
        names = check_pointer(directory)
        try:
            return read(*check_generation(directory, names[0]))
        except (StoreError, OSError):
            if pointed_to(directory)[:1] == names[:1]:
                raise


def check_there(directory: Path) -> None:
    """Raise StoreError if there is no index in `directory`."""
    if not (directory / CURRENT).is_file():
        raise StoreError(f"{directory}: no index here; make one with: {build_command(directory)}")


def check_pointer(directory: Path) -> list[str]:
    """Return what `pointed_to` does. Raises StoreError if it says nothing, or names what is not there."""
    names = pointed_to(directory)
    whole = bool(names) and all((directory / GENERATIONS / name).is_dir() for name in names)
    if not whole and pointed_to(directory) == names:  # else a writer was at work, who moves the pointer first
        raise _damaged(directory / CURRENT, directory)
    return names if whole else check_pointer(directory)


def check_generation(directory: Path, name: str) -> tuple[Path, Manifest]:
    """Return the folder of the generation of that name and its manifest, after checking every file in it.

    Raises StoreError that names what is missing, damaged, or does not belong there.
    """
    folder, manifest = check_written(directory, name)
    for path in strangers(folder, manifest):
        raise StoreError(f"{path}: no file of this index; remove it with: {repair_command(directory)}")
    return folder, manifest


def check_written(directory: Path, name: str) -> tuple[Path, Manifest]:
    """Return what `check_generation` does, whatever else lies in the folder."""
    folder = directory / GENERATIONS / name
    if not (folder / MANIFEST).is_file():
        raise _damaged(folder / MANIFEST if folder.is_dir() else directory / CURRENT, directory)
    manifest = _read_manifest(folder, name, directory)
    for relative, expected in manifest["files"].items():
        path = folder / relative
        if not path.is_file() or hash_file(path) != expected:
            raise _damaged(path, directory)
    return folder, manifest


def strangers(folder: Path, manifest: Manifest) -> list[Path]:
    """Return the files in the folder of a generation that its manifest does not have, in order."""
    written = {*manifest["files"], MANIFEST}
    return sorted(
        path for path in folder.rglob("*") if not path.is_dir() and path.relative_to(folder).as_posix() not in written
    )


def pointed_to(directory: Path) -> list[str]:
    """Return the name of the generation in force and, if one is kept, of the one before; none if that says nothing.

    Two names have a space between them, so that a pointer that was cut short is none; earlier versions wrote two lines.
    """
    pointer = directory / CURRENT
    text = pointer.read_text(encoding="utf-8", errors="replace") if pointer.is_file() else ""
    names = text.removesuffix("\n").replace("\n", " ").split(" ")
    return names if text.endswith("\n") and len(names) <= 2 and all(name.isalnum() for name in names) else []


def write_jsonl(path: Path, rows: Iterator[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that `write_jsonl` wrote; U+2028 inside a value ends no line."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def _read_manifest(folder: Path, name: str, directory: Path) -> Manifest:
    path = folder / MANIFEST
    if not hash_file(path).startswith(name):
        raise _damaged(path, directory)
    try:
        manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
        made, files = manifest.get("format"), manifest.get("files")
    except (AttributeError, ValueError):
        raise _damaged(path, directory) from None
    if made not in READABLE:
        newer = isinstance(made, int) and made > FORMAT
        raise StoreError(
            f"{directory}: an index of format {made}, this version reads format {FORMAT}; "
            f"{'open it with a newer hoibao, or ' if newer else ''}make it anew with: {build_command(directory)}"
        )
    if not isinstance(files, dict):
        raise _damaged(path, directory)
    return manifest


def _seal(folder: Path, manifest: Mapping[str, Any]) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): hash_file(path) for path in files}
    text = json.dumps({"format": FORMAT, **manifest, "files": hashes}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for path in [*files, folder / MANIFEST]:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in [*(path for path in folder.rglob("*") if path.is_dir()), folder]:
        _sync_folder(path)


def point_to(directory: Path, names: Sequence[str]) -> None:
    """Put the first of `names` in force and keep the second as the one before, by one rename."""
    draft = directory / f"{CURRENT}.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(" ".join(names) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(directory / CURRENT)
    _sync_folder(directory)


def finish(directory: Path) -> None:
    """Do what is left of a writing that was stopped after its commit: make that last, and remove what it replaced.

    Only for the one who holds the lock. Raises OSError.
    """
    _sync_folder(directory)
    remove_others(directory)


def others(directory: Path) -> list[Path]:
    """Return what lies in `directory` and is neither pointed to nor a part of the store, in order."""
    kept = {CURRENT, GENERATIONS, LOCK, WRITER}
    names = pointed_to(directory)
    generations = directory / GENERATIONS
    inside = generations.iterdir() if generations.is_dir() else ()
    return sorted(
        [path for path in directory.iterdir() if path.name not in kept]
        + [path for path in inside if path.name not in names]
    )


def is_removable(path: Path) -> bool:
    """Return whether one of `others` is left of a writing; what else lies there belongs to other people."""
    return path.parent.name == GENERATIONS or path.name == f"{CURRENT}.draft"


def remove_others(directory: Path) -> list[str]:
    """Remove generations that are not pointed to, and drafts; return their names. Files of other people stay.

    Raises OSError where the disk refuses; what is left can be removed later.
    """
    removed = []
    for path in others(directory):
        if is_removable(path):
            _remove(path)
            removed.append(path.name)
    return removed


def _remove(path: Path) -> None:
    try:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError as error:  # of a file inside, it brings the bare name
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextmanager
def only_writer(directory: Path, wait: bool = False) -> Iterator[None]:
    """Hold the lock of `directory`, which is made if need be, while the block runs; a thread may hold it twice.

    Raises StoreError with the process that holds it, unless it is to `wait` for that, and OSError with the file, or
    `directory` where the disk does not say which one it is about.
    """
    _make_folder(directory)
    lock = FileLock(directory / LOCK, is_singleton=True)
    try:
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        raise StoreError(f"{directory}: busy, pid {_writer(directory)}; wait for it to end, or use --wait") from None
    try:
        _sign(directory, str(os.getpid()))
        yield
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(directory)) from error
    finally:
        if lock.lock_counter == 1:
            with suppress(OSError):  # a name that stays there is wrong for a moment, when the next one writes
                _sign(directory, "")
        lock.release()


def _sign(directory: Path, name: str) -> None:
    """Write `name` at once, over one of the same length: others never read half a number."""
    descriptor = os.open(directory / WRITER, os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        os.write(descriptor, f"{name:10}\n".encode("ascii"))
    finally:
        os.close(descriptor)


def _writer(directory: Path) -> str:
    """Return the process that writes. It signs a moment after it has taken the lock; so long it is waited for."""
    path = directory / WRITER
    until = time.monotonic() + SIGNS_WITHIN
    while not (name := path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""):
        if time.monotonic() > until:
            return "unknown"
        time.sleep(0.005)
    return name


def _is_whole(folder: Path) -> bool:
    try:
        check_generation(folder.parent.parent, folder.name)
    except (StoreError, OSError):
        return False
    return True


def _damaged(path: Path, directory: Path) -> StoreError:
    return StoreError(
        f"{path}: missing, or not the file that was written; put the state before back with: "
        f"{repair_command(directory)}, or make the index anew with: {build_command(directory)}"
    )


def repair_command(directory: Path) -> str:
    """Return the command that repairs the index in `directory`."""
    return f"hoibao doctor --repair --index {as_typed(directory)}"


def build_command(directory: Path, corpus: str = "FOLDER") -> str:
    """Return the command that makes the index in `directory` anew, of the folder `corpus`."""
    return f"hoibao build {as_typed(corpus)} --index {as_typed(directory)}"


def as_typed(path: str | Path) -> str:
    """Return `path` as a shell takes it: in quotes if it has a space or another sign in it that means something."""
    return shlex.quote(str(path)) if _UNSAFE.search(str(path)) else str(path)


def hash_file(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make_folder(folder: Path) -> None:
    """Make `folder` and those above it, where they are not there, so that they outlast a power failure."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
