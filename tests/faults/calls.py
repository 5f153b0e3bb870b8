"""The storage calls of a process as strace writes them down: which call, on what, with which bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

WRITING = ("write", "writev", "pwrite64", "pwritev", "pwritev2")
STORAGE = (
    "openat,creat,copy_file_range,sendfile,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,"
    "renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat," + ",".join(WRITING)
)

_CHANGING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?).*")
_ARGUMENT = re.compile(r'(AT_FDCWD|-?\d+)<([^>]*)>|"([^"]*)"(?:\.\.\.)?|([^,"<>]+)')


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`-th call of that name of a process, from 1. `paths`: what it is on; `data`: what it writes."""

    number: int
    name: str
    paths: tuple[str, ...]
    flags: str = ""
    data: bytes = b""
    failed: bool = False

    @property
    def changes(self) -> bool:
        """Whether it changes what is stored, or makes that last."""
        return self.name != "openat" or bool(_CHANGING.search(self.flags))

    def with_paths(self, paths: Iterable[str]) -> Call:
        return replace(self, paths=tuple(paths))


def read_calls(log: Path) -> list[Call]:
    """Return the calls in what strace wrote with `-ff -y -xx`, in order."""
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text(encoding="ascii").splitlines():
        if not line.startswith(("+++", "---")):
            found = _LINE.fullmatch(line)
            if not found:
                raise ValueError(f"a line of strace that is not understood: {line[:200]}")
            seen[found[1]] += 1
            calls.append(_call(found, seen[found[1]]))
    return calls


def _call(found: re.Match[str], number: int) -> Call:
    name, arguments, result = found.groups()
    places, strings, plain = [], [], []
    for place, folder, string, word in _ARGUMENT.findall(arguments):
        if place:
            places.append(_bytes(folder).decode())
        elif word:
            plain.append(word.strip())
        else:
            strings.append(_bytes(string))
    writes = name in WRITING
    paths = places if writes or not strings else list(_joined(places, [text.decode() for text in strings]))
    data = b"".join(strings) if writes else b""
    return Call(number, name, tuple(paths), " ".join(plain), data, result.startswith("-"))


def _joined(folders: list[str], names: list[str]) -> Iterator[str]:
    """Yield paths: each name below the folder that was given before it, where there is one."""
    for place, name in enumerate(names):
        yield str(Path(folders[min(place, len(folders) - 1)], name)) if folders else name


def _bytes(text: str) -> bytes:
    """Return what strace wrote, of which some is as \\xNN."""
    return text.encode().decode("unicode_escape").encode("latin-1")
