"""Rank the documents of public test sets: `python -m benchmarks.quality DATA [--distractors FILE_OR_FOLDER]`.

DATA holds BEIR folders. Each set is ranked by words alone, by meaning alone, by both fused, and as `search` shows it;
given distractors (other text), a second time with passages of those among the documents. What was measured is kept,
with its circumstances, and printed as a table beside published figures. A measurement that was made of the same code
with the same model is not made again, so a run that was cut short goes on with the same command.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.distractors import read_distractors, some_passages
from benchmarks.record import (
    RESULTS,
    Record,
    circumstances,
    commit,
    is_settled,
    markdown,
    minutes_since,
    read_records,
    told,
    write_records,
)
from index import Article, Encoder, PassageIndex
from qa import Assistant
from qa.evaluation import GoldError
from qa.test_sets import RetrievalSet, measures, rankings, read_test_set

PASSAGES = 2_000  # of distractors, if not said otherwise
CHANNELS = {"words": "words", "meaning": "meaning", "fused": "fused", "found": "**as shown**"}
PUBLISHED = Path(__file__).with_name("published.jsonl")
COMPARED = ("multilingual-e5-large", "BM25", "best published")


def main(arguments: Sequence[str]) -> None:
    """Measure what is not measured yet, keep it, print the table."""
    options = _options(arguments)
    folders = sorted(corpus.parent for corpus in options.data.glob("*/corpus.jsonl"))
    if not folders:
        raise GoldError(f"{options.data}: no BEIR folder (with corpus.jsonl) in it")
    kept = options.results / "quality.json"
    how = circumstances(["python", "-m", "benchmarks.quality", *arguments])
    encoder = Encoder.load(options.model)
    distractors = _distractors(options, encoder)

    @lru_cache(maxsize=1)  # four of the sets have the same documents
    def assistant(articles: tuple[Article, ...]) -> Assistant:
        return Assistant(PassageIndex.from_articles(articles, encoder))

    for added in [(), distractors] if distractors else [()]:
        for folder in folders:
            key = _key(folder.name, options.distractors if added else None, len(added), encoder)
            if options.again or not any(_is_of(record, key) for record in read_records(kept)):
                _say(f"{folder.name}, {len(added)} distractors …")
                start = time.monotonic()
                test_set = read_test_set(folder)
                figures = _measured(test_set, assistant((*test_set.articles, *added)))
                _keep(kept, {**how, **key, **figures, "minutes": minutes_since(start)})
    text = report(read_records(kept), read_published())
    (options.results / "quality.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def report(records: Sequence[Record], published: Sequence[Record]) -> str:
    """Return the tables in Markdown: what was measured beside what is published, then the sources of the latter."""
    head = ["set", "documents", "passages", "questions", *CHANNELS.values(), "R@1", "R@10", *COMPARED]
    measured = markdown(head, (_row(record, published) for record in records))
    listed = markdown(
        ["set", "system", "nDCG@10", "source"],
        ([each["set"], each["system"], _figure(each["nDCG@10"]), each["source"]] for each in published),
    )
    how = "\n".join(f"- {line}" for line in dict.fromkeys(told(record) for record in records))
    minutes = sum(record["minutes"] for record in records)
    return (
        f"nDCG@10, and recall at 1 and 10 as shown\n\n{measured}\n\nMeasured in {minutes:.0f} minutes:\n\n{how}\n\n"
        f"Published\n\n{listed}\n"
    )


def read_published() -> list[dict[str, Any]]:
    """Return published figures, each with its set, system and source."""
    return [json.loads(line) for line in PUBLISHED.read_text(encoding="utf-8").splitlines()]


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder of BEIR folders")
    parser.add_argument("--distractors", type=Path, help="other text: JSON Lines, a BEIR folder or a folder of *.txt")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="how many of them")
    parser.add_argument("--model", help="another encoder, by name or folder")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder where figures are kept")
    parser.add_argument("--again", action="store_true", help="measure also what was measured")
    return parser.parse_args(arguments)


def _distractors(options: argparse.Namespace, encoder: Encoder) -> tuple[Article, ...]:
    if options.distractors is None:
        return ()
    return tuple(some_passages(read_distractors(options.distractors), options.passages, encoder))


def _measured(test_set: RetrievalSet, assistant: Assistant) -> dict[str, Any]:
    runs = rankings(assistant, test_set.questions.items())
    return {
        "documents": len(test_set.articles),
        "passages": assistant.manifest["passages"],
        "questions": len(test_set.questions),
        "measures": {channel: measures(test_set, run) for channel, run in runs.items()},
    }


def _key(name: str, distractors: Path | None, added: int, encoder: Encoder) -> dict[str, Any]:
    """Return what a measurement is of: a figure of the same is not measured again."""
    return {
        "set": name,
        "distractors": {"from": distractors.name, "articles": added} if distractors else None,
        "model": {"name": encoder.name, "weights": encoder.weights_hash()[:8]},
        "commit": commit(),
    }


def _is_of(record: Record, key: Record) -> bool:
    return is_settled(key["commit"]) and all(record[name] == value for name, value in key.items())


def _keep(path: Path, new: Record) -> None:
    """Put a measurement in the place of an earlier one of the same set."""
    by_place = {(each["set"], bool(each["distractors"])): each for each in [*read_records(path), new]}
    write_records(path, [by_place[place] for place in sorted(by_place)])


def _row(record: Record, published: Sequence[Record]) -> list[str]:
    found = record["measures"]
    distractors = record["distractors"]
    return [
        f"… and {distractors['articles']} articles of {distractors['from']}" if distractors else record["set"],
        *(f"{record[name]:,}" for name in ("documents", "passages", "questions")),
        *(_figure(found[channel]["nDCG@10"]) for channel in CHANNELS),
        *(_figure(found["found"][name]) for name in ("Recall@1", "Recall@10")),
        *(_published(record["set"], system, published) if not distractors else "" for system in COMPARED),
    ]


def _published(name: str, system: str, published: Sequence[Record]) -> str:
    figures = [
        each["nDCG@10"]
        for each in published
        if each["set"] == name and (each["system"] == system or each["system"].startswith(f"{system} ("))
    ]
    return _figure(figures[0]) if figures else ""


def _figure(value: float) -> str:
    return f"{value:.4f}".lstrip("0") if value < 1 else f"{value:.4f}"


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
