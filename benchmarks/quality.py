"""Rank the documents of public test sets: `python -m benchmarks.quality DATA [--others FILE_OR_FOLDER]`.

DATA holds BEIR folders. Each set is ranked by words alone, by meaning alone, by both fused, and as `search` shows it;
with other text given, a second time with passages of it among the documents. What was measured is kept, with its
circumstances, and printed as a table beside published figures. A measurement that was made of the same code with the
same model is not made again, so a run that was cut short goes on with the same command.
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

from benchmarks.other_text import read_other_text, some_passages
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
from qa.test_sets import RetrievalSet, measures, rankings, read_test_set

PASSAGES = 2_000  # of other text, if not said otherwise
CHANNELS = {"words": "words", "meaning": "meaning", "fused": "fused", "found": "**as shown**"}
PUBLISHED = Path(__file__).with_name("published.jsonl")
COMPARED = ("multilingual-e5-large", "BM25", "best published")


def main(arguments: Sequence[str]) -> None:
    """Measure what is not measured yet, keep it, print the table."""
    options = _options(arguments)
    kept = options.results / "quality.json"
    encoder = Encoder.load(options.model)
    others = _others(options, encoder)

    @lru_cache(maxsize=1)  # four of the sets have the same documents
    def assistant(articles: tuple[Article, ...]) -> Assistant:
        return Assistant(PassageIndex.from_articles(articles, encoder))

    for added in [(), others] if others else [()]:
        for folder in sorted(each.parent for each in options.data.glob("*/corpus.jsonl")):
            key = _key(folder.name, options.others if added else None, len(added), encoder)
            records = read_records(kept)
            if not options.again and any(_is_of(record, key) for record in records):
                continue
            _say(f"{folder.name}, {len(added)} other articles …")
            how, start = circumstances(["python", "-m", "benchmarks.quality", *arguments]), time.monotonic()
            test_set = read_test_set(folder)
            figures = _measured(test_set, assistant((*test_set.articles, *added)))
            rest = [record for record in records if not _same_place(record, key)]
            write_records(kept, sorted([*rest, {**figures, **how, **key, "minutes": minutes_since(start)}], key=_order))
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
    parser.add_argument("--others", type=Path, help="other text: JSON Lines, a BEIR folder or a folder of *.txt")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="of other text")
    parser.add_argument("--model", help="another encoder, by name or folder")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder where figures are kept")
    parser.add_argument("--again", action="store_true", help="measure also what was measured")
    return parser.parse_args(arguments)


def _others(options: argparse.Namespace, encoder: Encoder) -> tuple[Article, ...]:
    if options.others is None:
        return ()
    return tuple(some_passages(read_other_text(options.others), options.passages, encoder))


def _measured(test_set: RetrievalSet, assistant: Assistant) -> dict[str, Any]:
    runs = rankings(assistant, test_set.questions.items())
    return {
        "documents": len(test_set.articles),
        "passages": assistant.manifest["passages"],
        "questions": len(test_set.questions),
        "measures": {channel: measures(test_set, run) for channel, run in runs.items()},
    }


def _key(name: str, others: Path | None, added: int, encoder: Encoder) -> dict[str, Any]:
    """Return what a measurement is of: a figure of the same is not measured again."""
    return {
        "set": name,
        "others": {"from": others.name, "articles": added} if others else None,
        "model": {"name": encoder.name, "weights": encoder.weights_hash()[:8]},
        "commit": commit(),
    }


def _is_of(record: Record, key: Record) -> bool:
    return is_settled(key["commit"]) and all(record[name] == value for name, value in key.items())


def _same_place(record: Record, key: Record) -> bool:
    """Return whether a new measurement takes the place of `record` in the table."""
    return bool(record["set"] == key["set"] and bool(record["others"]) == bool(key["others"]))


def _order(record: Record) -> tuple[str, bool]:
    return record["set"], bool(record["others"])


def _row(record: Record, published: Sequence[Record]) -> list[str]:
    found = record["measures"]
    others = record["others"]
    return [
        f"… and {others['articles']} articles of {others['from']}" if others else record["set"],
        *(f"{record[name]:,}" for name in ("documents", "passages", "questions")),
        *(_figure(found[channel]["nDCG@10"]) for channel in CHANNELS),
        *(_figure(found["found"][name]) for name in ("Recall@1", "Recall@10")),
        *(_published(record["set"], system, published) if not others else "" for system in COMPARED),
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
