"""Files of TREC: judgements ("question 0 document grade") and runs ("question Q0 document rank score tag").

Columns stand apart by white space, so no id can hold any. A run's order is that of its scores; its ranks are not read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from qa.measures import Qrels, Run

Number = TypeVar("Number", int, float)


class TrecError(ValueError):
    """A file of TREC that cannot be read or written: the message names file, line and reason."""


def read_qrels(path: str | Path) -> dict[str, dict[str, int]]:
    """Return the grades of each question's documents. Raises TrecError."""
    return _read(Path(path), 4, 3, _grade, "question, 0, document, grade")


def read_run(path: str | Path) -> Run:
    """Return the scores of each question's documents, in order of the file. Raises TrecError, for an empty file too."""
    return _read(Path(path), 6, 4, _score, "question, Q0, document, rank, score, tag")


def check_ids(place: Path, ids: Iterable[str]) -> None:
    """Raise TrecError for an id that cannot stand in a file of TREC, which `place` is, or is the folder of."""
    for name in ids:
        if name.split() != [name]:
            raise TrecError(f"{place}: {name!r} cannot stand in a file of TREC: white space parts its columns")


def write_trec(folder: Path, qrels: Qrels, runs: Mapping[str, Run]) -> list[Path]:
    """Write `qrels.txt` and a file NAME.run for each run to `folder`, made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {name: name.replace(" ", "-") for name in runs}
    runs_written = [
        write_run(folder / f"{names[name]}.run", run, f"hoibao-{names[name]}") for name, run in runs.items()
    ]
    return [write_qrels(folder / "qrels.txt", qrels), *runs_written]


def write_qrels(path: Path, qrels: Qrels) -> Path:
    """Write the grades and return the file. Raises TrecError for an id with white space."""
    return _write(
        path, ((q, "0", document, str(grade)) for q, each in qrels.items() for document, grade in each.items())
    )


def write_run(path: Path, run: Run, tag: str) -> Path:
    """Write what was found, best first, and return the file. Raises TrecError for an id with white space."""
    lines = (
        (question, "Q0", document, str(rank), f"{score:.9f}", tag)
        for question, found in run.items()
        for rank, (document, score) in enumerate(sorted(found.items(), key=lambda each: -each[1]), start=1)
    )
    return _write(path, lines)


def _read(
    path: Path, columns: int, place: int, number_of: Callable[[str], Number], names: str
) -> dict[str, dict[str, Number]]:
    read: dict[str, dict[str, Number]] = {}
    for line_number, line in _lines(path):
        parts = line.split()
        if len(parts) != columns:
            raise TrecError(f"{path}, line {line_number}: {len(parts)} columns, not {columns} ({names})")
        try:
            number = number_of(parts[place])
        except ValueError as error:
            raise TrecError(f"{path}, line {line_number}: {error}") from None
        question = read.setdefault(parts[0], {})
        if parts[2] in question:
            raise TrecError(f"{path}, line {line_number}: document {parts[2]!r} stands twice at question {parts[0]!r}")
        question[parts[2]] = number
    if not read:
        raise TrecError(f"{path}: no line in it")
    return read


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TrecError(f"{path}: cannot be read ({error})") from None
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _grade(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"grade {text!r} is not a whole number") from None


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise ValueError(f"score {text!r} is not a finite number")
    return score


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    lines: list[str] = []
    for row in rows:
        check_ids(path, row)
        lines.append(" ".join(row) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path
