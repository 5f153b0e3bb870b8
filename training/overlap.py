"""Training text that shares 13 words in a row with a test set is found, and dropped.

python -m training.overlap --data DIR --sets DIR           # count; exit code 1 where any is left
python -m training.overlap --data DIR --sets DIR --out DIR # write the data without them
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.data import DATA_FILES, read_rows

# Thirteen words in a row are never the same by chance; Brown et al. 2020, "Language Models are Few-Shot Learners", C.
WORDS = 13
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

log = logging.getLogger("training.overlap")


def words_of(text: str) -> list[str]:
    """Return the words of the text: NFC, lower case; a Chinese character is a word."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text).lower()):
        found.extend(word if _HAN.search(word) else [word])
    return found


def runs_of(text: str) -> Iterator[int]:
    """Yield the hash of every 13 words in a row; nothing for a shorter text."""
    words = words_of(text)
    for i in range(len(words) - WORDS + 1):
        yield hash(tuple(words[i : i + WORDS]))


def runs_of_sets(sets: Path) -> set[int]:
    """Return every run of the documents and queries in the BEIR folders.

    Raises FileNotFoundError where there is no set: nothing to check is not a clean result.
    """
    files = [*sorted(sets.glob("*/corpus.jsonl")), *sorted(sets.glob("*/queries.jsonl"))]
    if not files:
        raise FileNotFoundError(f"no test set in {sets}: expected folders with corpus.jsonl and queries.jsonl")
    runs: set[int] = set()
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                runs.update(runs_of(f"{row.get('title', '')} {row['text']}"), runs_of(row["text"]))
    return runs


def overlaps(row: dict[str, Any], runs: set[int]) -> bool:
    """Return whether any text of the row, alone or with its neighbours, holds one of the runs."""
    return any(not runs.isdisjoint(runs_of(text)) for text in _texts(row))


def _texts(row: dict[str, Any]) -> Iterable[str]:
    """A row's strings each for itself, and the paragraphs of a section as one running text."""
    for value in row.values():
        yield " ".join(value) if isinstance(value, list) else str(value)


def check(data: Path, sets: Path, out: Path | None) -> int:
    """Return how many rows of the data overlap; with `out`, write the others there under the same names."""
    runs = runs_of_sets(sets)
    total = 0
    for name in DATA_FILES:
        rows = list(read_rows(data / name))
        clean = [row for row in rows if not overlaps(row, runs)]
        total += len(rows) - len(clean)
        log.info("%s: %d rows, %d overlap", name, len(rows), len(rows) - len(clean))
        if out is not None:
            _write(out / name, clean)
    return total


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> None:
    """Run the check from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    found = check(arguments.data, arguments.sets, arguments.out)
    log.info("%d rows overlap", found)
    if found and arguments.out is None:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
