"""Ask the gold questions among many passages: `python -m benchmarks.large INDEX --text FILE [--text FILE …]`.

Makes INDEX, unless it is there, of the articles of seeds/ and of passages of other text (JSON Lines, gzipped or not).
Prints and keeps the time of a question, and what is lost to the other text against the articles of seeds/ alone.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.distractors import read_distractors, some_passages
from benchmarks.latency import twice
from benchmarks.record import RESULTS, ROOT, Record, circumstances, minutes_since, read_records, told, write_records
from index import Encoder, PassageIndex
from index.sources import read_corpus
from qa import Assistant
from qa.evaluation import Gold, Result, evaluate, measures, read_gold

PASSAGES = 100_000
ARTICLES, GOLD = ROOT / "seeds" / "articles", ROOT / "seeds" / "questions.jsonl"
TOLD = ("Recall@1", "answer_holds_quote", "first_answer_holds_quote", "not_found_right", "not_found_wrong")

LOST: dict[str, Callable[[Result], bool]] = {
    "first_no_more": lambda result: 1 in result.passage_ranks,
    "answered_no_more": lambda result: result.holds_quote,
}

LISTED = ("distractor_first", *LOST)


def main(arguments: Sequence[str]) -> None:
    """Make the index if it is not there, ask, print and keep what was found."""
    options = _options(arguments)
    how, start = circumstances(["python", "-m", "benchmarks.large", *arguments]), time.monotonic()
    if not (options.index / "CURRENT").is_file():
        make(options.index, options.text, options.passages)
    made = time.monotonic()
    assistant = Assistant.open(options.index)
    opened = time.monotonic()
    figures = {"seconds_to_open": round(opened - made, 1), **asked(assistant, read_gold(GOLD))}
    record = {**figures, **how, "minutes": minutes_since(start)}
    kept = options.results / "large.json"
    rest = [each for each in read_records(kept) if each["passages"] != record["passages"]]
    write_records(kept, sorted([*rest, record], key=lambda each: int(each["passages"])))
    sys.stdout.write(report(record))


def make(directory: Path, texts: Sequence[Path], passages: int) -> None:
    """Write the index of the articles of seeds/ and of passages of other text."""
    encoder = Encoder.load()
    others = some_passages(chain.from_iterable(map(read_distractors, texts)), passages, encoder)
    made = PassageIndex.from_articles([*read_corpus(ARTICLES).articles, *others], encoder, _progress)
    made.save(directory, {"corpus": ARTICLES.name, "skipped": []})


def asked(assistant: Assistant, questions: Sequence[Gold]) -> dict[str, Any]:
    """Return times, memory, and measures among all articles and among those of the questions alone."""
    times = twice(assistant, [question.text for question in questions])
    own = read_corpus(ARTICLES).articles
    paths = {article.path for article in own}
    alone = evaluate(Assistant(PassageIndex.from_articles(own, Encoder.load())), questions)
    among = evaluate(assistant, questions)
    return {
        "articles": len(assistant.articles),
        "passages": assistant.manifest["passages"],
        "questions": len(questions),
        "milliseconds": {what: {"median": round(t[0], 1), "95 %": round(t[1], 1)} for what, t in times.items()},
        "megabytes_at_most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "alone": measures(alone),
        "among": measures(among),
        "distractor_first": [each.gold.query_id for each in among if each.answer.hits[0].article.path not in paths],
        **{name: _lost(alone, among, holds) for name, holds in LOST.items()},
    }


def report(record: Record) -> str:
    """Return what a record says, in lines."""
    times = "; ".join(
        f"{what} {t['median']:.0f} ms, 95 % below {t['95 %']:.0f} ms" for what, t in record["milliseconds"].items()
    )
    lines = [
        f"{record['passages']:,} passages of {record['articles']:,} articles, {record['questions']} questions",
        f"a question: {times}; opened in {record['seconds_to_open']} s; {record['megabytes_at_most']:,} MB at most",
        *(f"{name}: {record['alone'][name]:.3f} alone, {record['among'][name]:.3f} among the others" for name in TOLD),
        *(f"{name.replace('_', ' ')}, {len(record[name])}: {', '.join(record[name]) or 'none'}" for name in LISTED),
        told(record),
    ]
    return "\n".join(lines) + "\n"


def _lost(alone: Sequence[Result], among: Sequence[Result], holds: Callable[[Result], bool]) -> list[str]:
    return [one.gold.query_id for one, other in zip(alone, among, strict=True) if holds(one) and not holds(other)]


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__.split("\n")[0])
    parser.add_argument("index", type=Path, help="folder of the index, made if it is not there")
    parser.add_argument(
        "--text",
        type=Path,
        action="append",
        default=[],
        help="distractors, JSON Lines or a folder of *.txt; can be given again",
    )
    parser.add_argument("--passages", type=int, default=PASSAGES, help="how many of them; all, if there are fewer")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder where figures are kept")
    return parser.parse_args(arguments)


def _progress(what: str, done: int, total: int) -> None:
    if done == total or done % (total // 100 + 1) == 0:
        sys.stderr.write(f"\r{what}: {done:,} of {total:,}{'' if done < total else chr(10)}")


if __name__ == "__main__":
    main(sys.argv[1:])
