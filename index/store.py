"""One generation of an index on disk: written whole, committed at once, verified when it is opened.

    DIR/CURRENT                    the name of the generation in force; replaced by a rename
    DIR/generations/NAME/          articles.jsonl  passages.jsonl  vectors.npy  sentences.npy  sentence_vectors.npy
                                   tokens/…  lexical/…
                                   manifest.json (what made it, and the sha256 of every other file)

One writer at a time holds a lock; readers need none, since a generation never changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

FORMAT = 3
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"

Manifest = dict[str, Any]


class StoreError(ValueError):
    """The index is not there, damaged, busy, or of another format. The message names the file and the remedy."""


def write_generation(directory: Path, write: Callable[[Path], None], manifest: Mapping[str, Any]) -> Path:
    """Let `write` fill a new folder, seal it with a manifest and make it the one in force; return the folder.

    Until the last rename the earlier generation stays in force; afterwards it is removed.
    Raises StoreError if another process is writing here, OSError if the disk refuses.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with _only_writer(directory):
        generations = directory / GENERATIONS
        generations.mkdir(exist_ok=True)
        draft = generations / f"draft-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            write(draft)
            _seal(draft, manifest)
            final = generations / _hash_file(draft / MANIFEST)[:16]
            if final.exists():
                shutil.rmtree(final)
            draft.rename(final)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _sync_folder(generations)
        _point_to(directory, final.name)
        _remove_others(generations, final.name)
        return final


def open_generation(directory: Path) -> tuple[Path, Manifest]:
    """Return the folder in force below `directory` and its manifest, after checking every file in it.

    Raises StoreError that names what is missing or damaged.
    """
    pointer = directory / CURRENT
    if not pointer.is_file():
        raise StoreError(f"{directory}: no index here; make one with: hoibao build FOLDER --index {directory}")
    name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    folder = directory / GENERATIONS / name
    if not name.isalnum() or not (folder / MANIFEST).is_file():
        raise _damaged(pointer, directory)
    manifest = _read_manifest(folder, name, directory)
    for relative, expected in manifest["files"].items():
        path = folder / relative
        if not path.is_file() or _hash_file(path) != expected:
            raise _damaged(path, directory)
    return folder, manifest


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
    if not _hash_file(path).startswith(name):
        raise _damaged(path, directory)
    manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("format") != FORMAT:
        raise StoreError(
            f"{directory}: an index of format {manifest.get('format')}, this version reads format {FORMAT}; "
            f"make it anew with: hoibao build FOLDER --index {directory}"
        )
    return manifest


def _seal(folder: Path, manifest: Mapping[str, Any]) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): _hash_file(path) for path in files}
    text = json.dumps({"format": FORMAT, **manifest, "files": hashes}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for path in [*files, folder / MANIFEST]:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in [*(path for path in folder.rglob("*") if path.is_dir()), folder]:
        _sync_folder(path)


def _point_to(directory: Path, name: str) -> None:
    draft = directory / f"{CURRENT}.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(directory / CURRENT)
    _sync_folder(directory)


def _remove_others(generations: Path, name: str) -> None:
    for folder in generations.iterdir():
        if folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _only_writer(directory: Path) -> Iterator[None]:
    lock = FileLock(directory / "write.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError(f"{directory}: another process is building this index; wait for it to end") from None
    try:
        yield
    finally:
        lock.release()


def _damaged(path: Path, directory: Path) -> StoreError:
    return StoreError(
        f"{path}: missing, or not the file that was written; make the index anew with: "
        f"hoibao build FOLDER --index {directory}"
    )


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
