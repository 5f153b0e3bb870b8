"""How an index grows: `python -m benchmarks.growth --passages 1000 10000 100000 [--text FILE …]`.

Articles are those of `--text` in their order (JSON Lines, gzipped or not, or a folder of *.txt). Without it they are
generated: sentences of seeds/ put together anew, with some of their words exchanged, so that they have the words and
the lengths of news and a vocabulary that grows. The articles of seeds/ stand among them, so that its questions can be
asked. Prints and keeps for each number of passages the time and the greatest memory of a build, the time to open and to
ask, the time of a sync that adds 10 articles, and the disk's share. Each step runs in a process of its own, with its
own memory. `--keep FOLDER` leaves articles and index there: `benchmarks.large FOLDER/100000/index` asks more.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from benchmarks.distractors import read_distractors
from benchmarks.record import (
    RESULTS,
    ROOT,
    Record,
    circumstances,
    markdown,
    minutes_since,
    read_records,
    told,
    write_records,
)
from index import PassageIndex
from index.sources import read_corpus
from index.sync import sync
from index.vietnamese import sentence_spans
from qa import Assistant
from qa.evaluation import read_gold

ARTICLES, GOLD = ROOT / "seeds" / "articles", ROOT / "seeds" / "questions.jsonl"
SENTENCES = 16  # of a generated article, which then has about four passages
CHARACTERS = 870  # of a passage, about
EXCHANGED = 0.15  # of the words of a sentence
ADDED = 10  # articles that a sync adds
ASKED = 40
IN_FILE = 1000  # articles of one file at most
HEAD = (
    "passages",
    "articles",
    "build",
    "its memory",
    "open",
    "ask",
    "search",
    "sync of 10",
    "its memory",
    "disk",
)


Row = dict[str, str | None]


def main(arguments: Sequence[str]) -> None:
    """Measure each number of passages, print the table and keep the figures; or take one step for that."""
    options = _options(arguments)
    if options.step:
        sys.stdout.write(json.dumps(_step(options.step, options.folder)) + "\n")
        return
    how, start = circumstances(["python", "-m", "benchmarks.growth", *arguments]), time.monotonic()
    found = [measured(passages, options.text, options.keep) for passages in options.passages]
    kept = options.results / "growth.json"
    records = [{**each, **how, "minutes": minutes_since(start)} for each in found]
    numbers = {each["wanted"] for each in found}
    rest = [each for each in read_records(kept) if each["wanted"] not in numbers]
    write_records(kept, sorted([*rest, *records], key=lambda each: int(each["wanted"])))
    what = "Articles of other text" if options.text else "Generated articles"
    sys.stdout.write(markdown(HEAD, (_row(each) for each in found)) + f"\n\n{what}. {told(how)}\n")


def measured(passages: int, texts: Sequence[Path] = (), kept: Path | None = None) -> Record:
    """Return the figures of an index of about so many passages, which is left in a new folder in `kept`."""
    own = tempfile.TemporaryDirectory(prefix="hoibao-growth-") if kept is None else nullcontext(kept / str(passages))
    with own as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=kept is None)
        rows = _rows(texts) if texts else generated_rows()
        write_articles(folder / "articles", until(rows, passages))
        shutil.copytree(ARTICLES, folder / "articles", dirs_exist_ok=True)
        built = _in_process("build", folder)
        asked = _in_process("ask", folder)
        write_articles(folder / "articles", islice(rows, ADDED))
        disk = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
        synced = _in_process("sync", folder)
        return {"wanted": passages, "disk_megabytes": disk // 10**6, **built, **asked, **synced}


def generated_rows() -> Iterator[Row]:
    """Yield articles without end; the number of each decides all of its text."""
    sentences = [
        article.text[start:end]
        for article in read_corpus(ARTICLES).articles
        for start, end in sentence_spans(article.text)
    ]
    words = sorted({word for sentence in sentences for word in sentence.split()})
    for number in count():
        draw = random.Random(number)  # noqa: S311 (text, not a secret)
        title, *body = [_sentence(draw, sentences, words) for _ in range(SENTENCES + 1)]
        day = f"{draw.randint(2015, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield {"id": str(number), "title": title[:80], "published": day, "text": " ".join(body)}


def until(rows: Iterator[Row], passages: int) -> Iterator[Row]:
    """Yield the first of `rows`, as many as have about so many passages."""
    having = 0.0
    while having < passages and (row := next(rows, None)) is not None:
        having += max(1.0, len(row["text"] or "") / CHARACTERS)
        yield row


def write_articles(folder: Path, rows: Iterator[Row]) -> None:
    """Write articles to files of JSON Lines named by their first."""
    folder.mkdir(parents=True, exist_ok=True)
    while some := list(islice(rows, IN_FILE)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"from-{some[0]['id']}.jsonl").write_text("".join(lines), encoding="utf-8")


def _rows(texts: Sequence[Path]) -> Iterator[Row]:
    articles = chain.from_iterable(map(read_distractors, texts))
    for number, article in enumerate(articles):
        yield {"id": str(number), "title": article.title, "published": None, "text": article.text}


def _sentence(draw: random.Random, sentences: Sequence[str], words: Sequence[str]) -> str:
    own = draw.choice(sentences).split()
    return " ".join(
        draw.choice(words) if draw.random() < EXCHANGED and place else own[place] for place in range(len(own))
    )


def _in_process(step: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", "--step", step, "--folder", folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _step(step: str, folder: Path) -> dict[str, Any]:
    """Take one step, and return what it took: seconds, and megabytes at most of this process."""
    found = {"build": _build, "ask": _ask, "sync": _sync}[step](folder)
    return {**found, f"megabytes_{step}": _most_memory()}


def _build(folder: Path) -> dict[str, Any]:
    start = time.monotonic()
    made = PassageIndex.build(folder / "articles", folder / "index", progress=_progress)
    return {"articles": len(made.articles), "passages": len(made.passages), "seconds_build": time.monotonic() - start}


def _ask(folder: Path) -> dict[str, Any]:
    start = time.monotonic()
    assistant = Assistant.open(folder / "index")
    opened = time.monotonic() - start
    questions = [gold.text for gold in read_gold(GOLD)[:ASKED]]
    assistant.ask(questions[0])
    times: dict[str, list[float]] = {"ask": [], "search": []}
    for question in questions:
        for what, put in (("search", assistant.search), ("ask", assistant.ask)):
            start = time.perf_counter()
            put(question)
            times[what].append((time.perf_counter() - start) * 1000)
    return {"seconds_open": opened, **{f"milliseconds_{what}": statistics.median(each) for what, each in times.items()}}


def _sync(folder: Path) -> dict[str, Any]:
    start = time.monotonic()
    report = sync(folder / "articles", folder / "index")
    return {"seconds_sync": time.monotonic() - start, "added": len(report.added), "encoded": report.encoded}


def _row(found: Record) -> list[str]:
    return [
        f"{found['passages']:,}",
        f"{found['articles']:,}",
        f"{found['seconds_build']:,.0f} s",
        f"{found['megabytes_build']:,} MB",
        f"{found['seconds_open']:.1f} s",
        f"{found['milliseconds_ask']:.0f} ms",
        f"{found['milliseconds_search']:.0f} ms",
        f"{found['seconds_sync']:.1f} s",
        f"{found['megabytes_sync']:,} MB",
        f"{found['disk_megabytes']:,} MB",
    ]


def _progress(what: str, done: int, total: int) -> None:
    sys.stderr.write(
        f"\r{what}: {done:,} of {total:,}, {_most_memory():,} MB at most{' ' if done < total else chr(10)}"
    )


def _most_memory() -> int:
    """The most that this process has held, in megabytes (Linux tells it in units of 1,024 bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 10**6


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--text", type=Path, action="append", default=[], help="real articles; can be given again")
    parser.add_argument("--keep", type=Path, help="folder in which articles and index are left")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder where figures are kept")
    parser.add_argument("--step", choices=("build", "ask", "sync"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
