"""Feedback that its owner accepted -> the lines of a gold file, beside those that are the owner's own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qa.evaluation import GoldError
from qa.feedback import NOTHING_CHOSEN, Feedback
from qa.question import QuestionError, parse_question


def query_id_of(feedback: Feedback) -> str:
    """Return the id of the gold question that is made of it."""
    return f"feedback-{feedback.feedback_id}"


def gold_line(feedback: Feedback) -> dict[str, Any] | None:
    """Return accepted feedback as a line of a gold file; None where it does not say what is right.

    None too where the reader had chosen which articles are asked, or how: a gold question is put to every article, of
    which others may answer.
    """
    if feedback.decision != "accepted" or feedback.verdict == "wrong" or feedback.chosen != NOTHING_CHOSEN:
        return None
    try:
        query = parse_question(feedback.question)
    except QuestionError:
        return None
    return {
        "query_id": query_id_of(feedback),
        "text": query.text,
        "language": query.language,
        "kind": query.kind,
        "answers": [{"path": path, "quote": quote} for path, quote in feedback.answers],
    }


def write_gold(path: Path, found: Iterable[Feedback]) -> int:
    """Write the gold questions of `found` to a file, and return how many there are; no file is made for none.

    Of a file that is there, the lines made of `found` are replaced, or left out where it is accepted no more; every
    other stays as it is. Raises GoldError for a file that is no gold file, OSError if it cannot be read or written.
    """
    told = {query_id_of(each): gold_line(each) for each in found}
    lines = {name: json.dumps(line, ensure_ascii=False) for name, line in told.items() if line is not None}
    new = dict(lines)
    kept: list[str] = []
    for name, line in _lines(path):
        if name not in told:
            kept.append(line)
        elif name in new:
            kept.append(new.pop(name))
    if lines or path.exists():
        _replace(path, "".join(f"{line}\n" for line in (*kept, *new.values())))
    return len(lines)


def _lines(path: Path) -> list[tuple[str | None, str]]:
    """Return the lines of a gold file, each behind its query_id; that of an empty line is None."""
    if not path.exists():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: cannot be read ({error}); give --gold another file") from None
    lines = text.removesuffix("\n").split("\n") if text else []
    return [(_query_id(f"{path}, line {number}", line), line) for number, line in enumerate(lines, start=1)]


def _query_id(place: str, line: str) -> str | None:
    if not line.strip():
        return None
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, Mapping) or "query_id" not in row:
        raise GoldError(f"{place}: no gold question; nothing is written: give --gold another file")
    return str(row["query_id"])


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all: questions of the owner's own may stand in it."""
    home = path.resolve()
    if not home.parent.is_dir():
        raise GoldError(f"{path}: no such folder: {home.parent}")
    new = home.with_name(f".{home.name}.{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8", newline="")
        if home.exists():
            shutil.copymode(home, new)
        new.replace(home)
    finally:
        new.unlink(missing_ok=True)
