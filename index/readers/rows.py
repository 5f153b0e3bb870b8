"""Tables of articles (JSON Lines, CSV, TSV), one a row -> a clean page for each; a bad row is named, the others read.

Columns: `text`, and where there are such, `id`, `title`, `url`, `outlet`, `author`, `published`, each by its names in
`columns.py`; others are not read. Marks of web pages in a text are taken out.
A row is read one line at a time: the file may be larger than the memory.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.cleaning import CleanPage
from index.readers.addresses import web_address
from index.readers.columns import NAMES, column_name, filled, is_text
from index.readers.dates import published_of
from index.readers.encodings import notes_on, repair_twice_encoded
from index.readers.marked_text import without_marks
from index.readers.old_fonts import check_letters
from index.readers.row_lines import BROKEN, MAX_LINE, Unreadable, has_broken_bytes, row_lines
from index.vietnamese import normalize, squeeze

MAX_FIELD = 20_000_000  # characters of one field of a table; a novel is 1 MB
ID_LENGTH = 200
ID_DIGITS = 16
MUST_BE_TEXT = ("id", "title", "text")
NAMED = ("name", "rendered")  # where people, and texts of a site's own export, are objects
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, from 1, and the page in it with its id, or the reason why there is none."""

    line: int
    row_id: str = ""
    page: CleanPage | None = None
    reason: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the table at `path` in order. Raises ValueError where the whole file cannot be read.

    A row without an id has one from its content; of two rows with one id, the first is taken.
    """
    read = _json_rows if path.suffix.lower() == ".jsonl" else _table_rows
    ids: dict[str, int] = {}
    for line, fields in read(path):
        if isinstance(fields, str):
            yield Row(line, reason=fields)
            continue
        row = _row(line, fields)
        if row.page is not None and row.row_id in ids:
            row = Row(line, reason=f"the id {row.row_id!r} is that of line {ids[row.row_id]} already")
        elif row.page is not None:
            ids[row.row_id] = line
        yield row


def _row(line: int, fields: dict[str, Any]) -> Row:
    values = {column_name(name): value for name, value in fields.items() if value is not None}
    given = {name: text for name, value in values.items() if (text := _as_text(name, value)) is not None}
    wrong = next((name for name in values if name in MUST_BE_TEXT and name not in given), None)
    if wrong:
        return Row(line, reason=f"{wrong!r} is {type(values[wrong]).__name__}, not text")
    raw, repairs = repair_twice_encoded(filled(given, "text") or "")
    plain, captions, marks = without_marks(raw)
    text = "\n".join(part for part in squeeze(normalize(plain)).split("\n") if part)
    title = _one_line(without_marks(repair_twice_encoded(filled(given, "title") or "")[0])[0])
    if not text:
        return Row(line, reason="no text in it" if is_text(fields) else "no column 'text'")
    try:
        check_letters(text)
    except ValueError as error:
        return Row(line, reason=str(error))
    links = [given.pop(name) for name in NAMES["outlet"] if web_address(given.get(name))]
    url, published = filled(given, "url") or next(iter(links), ""), filled(given, "published") or ""
    notes = [*repairs, *marks, *notes_on(raw, "utf-8-sig")]
    if url and web_address(url) is None:
        notes.append(f"no address on the web: {url[:80]}")
    if published and published_of(published) is None:
        notes.append(f"no date: {published[:40]}")
    page = CleanPage(
        text,
        title=title,
        outlet=_one_line(filled(given, "outlet") or ""),
        author=_one_line(filled(given, "author") or ""),
        published=published_of(published) if published else None,
        url=web_address(url),
        captions=captions,
        notes=tuple(notes),
    )
    row_id = _one_line(given.get("id", ""))
    return Row(line, row_id[:ID_LENGTH] if row_id else content_id(page.title, page.text), page)


def _as_text(name: str, value: Any) -> str | None:
    """Return what stands in the column `name` as text, of a list its texts or the names of its people; else None."""
    several = [_single(each) for each in (value if isinstance(value, list) else [value])]
    known = [each for each in several if each is not None]
    return ("\n" if name in NAMES["text"] else ", ").join(known) if known and len(known) == len(several) else None


def _single(value: Any) -> str | None:
    if isinstance(value, dict):
        value = next((value[key] for key in NAMED if key in value), None)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def content_id(title: str | None, text: str) -> str:
    """Return the id of a row that brings none."""
    return hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()[:ID_DIGITS]


def _one_line(text: str) -> str | None:
    return " ".join(normalize(text).split()) or None


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in row_lines(path):
        if isinstance(line, Unreadable):
            yield number, line.reason
        elif has_broken_bytes(line):
            yield number, "broken bytes: not in the encoding of the file"
        elif line.strip():
            yield number, _object(line)


def _object(line: str) -> dict[str, Any] | str:
    """Return the object in `line`, or the reason why there is none that can be trusted."""
    try:
        found = json.loads(line, parse_constant=_no_number, object_pairs_hook=_each_key_once)
    except RecursionError:
        return "JSON nested too deep"
    except ValueError as error:
        return f"no JSON: {error}" if isinstance(error, json.JSONDecodeError) else str(error)
    return found if isinstance(found, dict) else f"a {type(found).__name__}, not an object with the key 'text'"


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return {name.strip().lower(): value for name, value in found.items()}


def _table_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield the line and the fields of each row of a CSV or TSV, or why it is refused; never half a row."""
    lines = (line if isinstance(line, str) else BROKEN + "\n" for _, line in row_lines(path))
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if not is_text(names):
        raise ValueError(f"the first line has no column 'text': {' | '.join(names)[:120]}")
    if len(set(names)) < len(names):
        raise ValueError(f"a column stands twice in the first line: {' | '.join(names)[:120]}")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(MAX_FIELD)
    try:
        yield from _records(reader, names)
    finally:
        csv.field_size_limit(limit)


def _records(reader: Any, names: list[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    while True:
        line = reader.line_num + 2  # after the header, from 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"{error}; lines {line} to {reader.line_num + 1} are not read"
            continue
        if not fields:
            continue
        if any(has_broken_bytes(field) for field in fields):
            yield line, f"broken bytes: not in the encoding of the file, or a line over the limit of {MAX_LINE:,} bytes"
        elif len(fields) != len(names):
            yield line, f"{len(fields)} columns, the first line has {len(names)}"
        else:
            yield line, dict(zip(names, fields, strict=True))
