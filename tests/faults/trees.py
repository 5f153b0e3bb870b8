"""What is in a folder, so that two can be compared."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from index.store import WRITER

Files = dict[str, bytes]  # by path; that of a folder ends in "/"
Tree = frozenset[tuple[str, str]]  # paths with the sha256 of what they hold


def tree(directory: Path) -> Tree:
    """Return what is in `directory`; process ids are left out, so that equal trees are equal to what comes next."""
    return tree_of(files_in(directory))


def tree_of(files: Files) -> Tree:
    """Return the tree of files, and folders, whose paths end in "/"."""
    return frozenset(
        (re.sub(r"draft-\d+", "draft-PID", path), "" if path == WRITER else hashlib.sha256(content).hexdigest())
        for path, content in files.items()
    )


def files_in(directory: Path) -> Files:
    """Return all that is in `directory`, by path; that of a folder ends in "/"."""
    found = {path: path.relative_to(directory).as_posix() for path in directory.rglob("*")}
    return {
        f"{name}/" if path.is_dir() else name: b"" if path.is_dir() else path.read_bytes()
        for path, name in found.items()
    }
