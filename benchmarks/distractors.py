"""Distractors -> Articles: other text, which no question asks about, around the answers as in a large corpus."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from index import Article, Encoder
from index.passages import split_article
from index.sources import read_corpus
from index.vietnamese import normalize, squeeze
from qa.evaluation import GoldError

SEED = 0
_GZIP = b"\x1f\x8b"


def read_distractors(path: str | Path) -> Iterator[Article]:
    """Yield the articles at `path`, in order: a folder of *.txt, or one of each line of JSON Lines, gzipped or not.

    A line has "text" or "body" (its paragraphs), and may have "title" and "head"; a folder with corpus.jsonl stands for
    that. Lines without text are left out. Raises CorpusError (folder), or GoldError with file, line and reason.
    """
    path = Path(path)
    file = path / "corpus.jsonl" if (path / "corpus.jsonl").is_file() else path
    if file.is_dir():
        yield from read_corpus(file).articles
        return
    for number, line in enumerate(_lines(file), start=1):
        if line.strip() and (article := _article(file, number, line)).text:
            yield article


def some_passages(articles: Iterable[Article], passages: int, encoder: Encoder) -> list[Article]:
    """Return articles, drawn with a fixed seed, that together have `passages` passages; all, if they have fewer."""
    drawn = list(articles)
    random.Random(SEED).shuffle(drawn)  # noqa: S311 (a sample, no secret)
    taken, count = 0, 0
    while taken < len(drawn) and count < passages:
        count += len(split_article(drawn[taken], encoder.count_tokens))
        taken += 1
    return drawn[:taken]


def _article(file: Path, number: int, line: str) -> Article:
    try:
        row: Any = json.loads(line)
        text = row["text"] if "text" in row else "\n".join(row["body"])
        titles = [row[name] for name in ("title", "head") if row.get(name)]
        cleaned = "\n".join(squeeze(normalize(paragraph)) for paragraph in text.split("\n"))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{file}, line {number}: no text or body in it ({type(error).__name__}: {error})") from None
    name = f"{file.name}:{number}"
    return Article(name, name, cleaned.strip(), title=squeeze(normalize(": ".join(titles))) or None)


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open("rb") as opened:
            zipped = opened.read(2) == _GZIP
        with gzip.open(file, "rt", encoding="utf-8") if zipped else file.open(encoding="utf-8-sig") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file}: cannot be read ({error})") from None
