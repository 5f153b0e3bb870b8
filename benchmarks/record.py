"""How a figure came about: commit, machine, versions. Results are kept as JSON, one object for each measurement."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("results")
MEASURED = ("index", "qa")  # what decides a figure; another benchmark or document makes no new commit of it
CHANGED = "+changes"
PACKAGES = ("torch", "transformers", "sentence-transformers", "faiss-cpu", "bm25s", "ir-measures", "numpy")

Record = Mapping[str, Any]


def commit() -> str:
    """Return the last commit that changed what is measured, with `CHANGED` where it has changed since; else "?"."""
    last = _git("log", "-1", "--format=%h", "--", *MEASURED)
    return last + (CHANGED if last and _git("status", "--porcelain", "--", *MEASURED) else "") or "?"


def is_settled(name: str) -> bool:
    """Return whether the commit of that name says exactly what was measured."""
    return name != "?" and not name.endswith(CHANGED)


def circumstances(command: Sequence[str]) -> dict[str, Any]:
    """Return what is kept beside a figure, as it is before measuring. Of a path in `command` the last name stays."""
    named = " ".join(Path(word).name if "/" in word else word for word in command)
    return {
        "command": named,
        "commit": commit(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": {
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
        },
        "packages": {name: version(name) for name in PACKAGES},
    }


def minutes_since(start: float) -> float:
    """Return the minutes since `start`, a time of `time.monotonic`, to a tenth."""
    return round((time.monotonic() - start) / 60, 1)


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return what `write_records` wrote; nothing where there is no file."""
    if not path.is_file():
        return []
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return records


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write the records at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def told(record: Record) -> str:
    """Return the circumstances of a record in a sentence."""
    machine, packages = record["machine"], record["packages"]
    versions = ", ".join(f"{name} {number}" for name, number in packages.items())
    return (
        f"`{record['command']}`, {record['date']}, commit {record['commit']}, {machine['cores']} cores of "
        f"{machine['processor']}, Python {machine['python']}, {versions}"
    )


def markdown(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
