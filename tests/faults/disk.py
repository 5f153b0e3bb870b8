"""A disk that loses its power: what may be left of a sequence of storage calls, whenever it stops.

What was written to a file and not synced is lost, zeroed, half there, or there. What was changed in a folder (a name
made, renamed, removed) and not synced is there or not, each change for itself; a rename is one change. A file that is
synced is not thereby in its folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from faults.calls import WRITING, Call
from faults.trees import Files

Pick = Callable[[str, int], int]  # what is left of a "file" or of the changes of a "folder": one of so many

CONTENT, DURABLE, ZEROED, HALF = range(4)  # what may be left of a file
MOST = 1024  # outcomes of one moment that are tried


@dataclass
class File:
    """`durable` is what surely survives; `content` what the programs see."""

    content: bytes = b""
    durable: bytes = b""

    def survivor(self, pick: Pick) -> bytes:
        """Return what is left of it."""
        if self.content == self.durable:
            return self.durable
        half = self.content[: len(self.content) // 2]
        return (self.content, self.durable, bytes(len(self.content)), half)[pick("file", 4)]


@dataclass
class Folder:
    """`changes` are those of its names that are not synced, in order; None removes a name."""

    names: dict[str, File | Folder] = field(default_factory=dict)
    durable: dict[str, File | Folder] = field(default_factory=dict)
    changes: list[dict[str, File | Folder | None]] = field(default_factory=list)

    def change(self, change: dict[str, File | Folder | None]) -> None:
        self.changes.append(change)
        _apply(self.names, change)

    def survivor(self, pick: Pick) -> dict[str, File | Folder]:
        """Return the names that are left: all changes, none, or any of them."""
        lost = pick("folder", 1 << len(self.changes)) if self.changes else 0
        names = dict(self.durable)
        for place, change in enumerate(self.changes):
            if not lost >> place & 1:
                _apply(names, change)
        return names


class Disk:
    """A folder of a disk, on which calls are made."""

    def __init__(self, files: Files) -> None:
        """`files`, by path, are there and synced."""
        self.root = Folder()
        for path, content in files.items():
            *folders, name = path.split("/")  # the name of a folder is empty
            folder = self.root
            for each in folders:
                folder = folder.names.setdefault(each, Folder())  # type: ignore[assignment]
            if name:
                folder.names[name] = File(content, content)
        _sync_all(self.root)

    def make(self, call: Call) -> None:
        """Make a call, which must not have failed."""
        path = call.paths[0]
        if call.name == "openat":
            if not self.there(path):
                self._folder(path).change({_name(path): File()})
            elif "O_TRUNC" in call.flags:
                self.file(path).content = b""
        elif call.name in WRITING:
            self.file(path).content += call.data
        elif call.name in ("fsync", "fdatasync"):
            _sync(self._at(path))
        elif call.name.startswith("rename"):
            self._rename(*call.paths)
        elif call.name.startswith("mkdir"):
            self._folder(path).change({_name(path): Folder()})
        elif call.name in ("unlink", "unlinkat", "rmdir"):
            self._folder(path).change({_name(path): None})
        else:
            raise ValueError(f"a call that this disk does not know: {call.name}")

    def there(self, path: str) -> bool:
        return _name(path) in self._folder(path).names

    def file(self, path: str) -> File:
        found = self._at(path)
        if not isinstance(found, File):
            raise TypeError(f"{path} is a folder")
        return found

    def survivors(self, pick: Pick) -> Files:
        """Return all that is left."""
        return dict(every_file(self.root, "", pick))

    def _rename(self, old: str, new: str) -> None:
        if self._folder(old) is not self._folder(new):
            raise ValueError(f"{old} renamed to {new}: from folder to folder is more than one change")
        self._folder(old).change({_name(old): None, _name(new): self._at(old)})

    def _at(self, path: str) -> File | Folder:
        found: File | Folder = self.root
        for name in PurePosixPath(path).parts:
            assert isinstance(found, Folder)
            found = found.names[name]
        return found

    def _folder(self, path: str) -> Folder:
        found = self._at(str(PurePosixPath(path).parent))
        if not isinstance(found, Folder):
            raise TypeError(f"{path} is in no folder")
        return found


def every_file(folder: Folder, path: str, pick: Pick) -> Iterator[tuple[str, bytes]]:
    """Yield what is left in a folder at `path`, and below it; a path of a folder ends in "/"."""
    for name, found in sorted(folder.survivor(pick).items(), key=lambda item: item[0]):
        inside = f"{path}/{name}" if path else name
        if isinstance(found, File):
            yield inside, found.survivor(pick)
        else:
            yield f"{inside}/", b""
            yield from every_file(found, inside, pick)


def all_kept(kind: str, count: int) -> int:
    return CONTENT if kind == "file" else 0


def all_lost(kind: str, count: int) -> int:
    return DURABLE if kind == "file" else count - 1


def all_zeroed(kind: str, count: int) -> int:
    return ZEROED if kind == "file" else 0


def every_outcome(outcome: Callable[[Pick], Files]) -> Iterator[Files]:
    """Yield what `outcome` returns, for all that it can pick; it is asked anew for each.

    Raises ValueError after `MOST`: then so much is not synced that not all can be tried.
    """
    picks = _Picks([])
    for _ in range(MOST):
        yield outcome(picks)
        if not picks.go_on():
            return
    raise ValueError(f"more than {MOST} outcomes: too much that matters is not synced")


@dataclass
class _Picks:
    """Picks as before up to the last one, which is the next: all sequences of picks come, one after the other."""

    picked: list[tuple[int, int]]  # which, of how many
    place: int = 0

    def __call__(self, kind: str, count: int) -> int:
        if self.place == len(self.picked):
            self.picked.append((0, count))
        self.place += 1
        return self.picked[self.place - 1][0]

    def go_on(self) -> bool:
        while self.picked and self.picked[-1][0] == self.picked[-1][1] - 1:
            self.picked.pop()
        if self.picked:
            which, count = self.picked[-1]
            self.picked[-1] = which + 1, count
        self.place = 0
        return bool(self.picked)


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _apply(names: dict[str, File | Folder], change: dict[str, File | Folder | None]) -> None:
    for name, found in change.items():
        if found is None:
            names.pop(name, None)
        else:
            names[name] = found


def _sync(found: File | Folder) -> None:
    if isinstance(found, File):
        found.durable = found.content
    else:
        found.durable, found.changes = dict(found.names), []


def _sync_all(folder: Folder) -> None:
    _sync(folder)
    for found in folder.names.values():
        _sync_all(found) if isinstance(found, Folder) else _sync(found)
