"""Ask what is not there: `python -m benchmarks.abstention TEST_SET [--questions N]`, for a BEIR folder or SQuAD file.

Each question is asked twice: of all articles, and of all but those that answer it. Prints and keeps how many are
answered of the first for how many of the second, over all thresholds. Another article may answer a question too, and a
question that is answered need not be answered rightly: the share that first cites an article which answers is told.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.record import RESULTS, Record, circumstances, markdown, minutes_since, read_records, told, write_records
from index import Encoder, PassageIndex
from index.passage_index import Only
from qa import Assistant
from qa.decision import decision
from qa.test_sets import RetrievalSet, read_test_set

SEED = 0
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
WRONGLY, RIGHTLY = 0.1, 0.8  # the aim: at most so many answered of those whose article is gone, so many of the others

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confidences:
    """How sure the answer to each question is: with its articles, without them; and whether a right one is cited."""

    present: Shares
    gone: Shares
    right: NDArray[np.bool_]


def main(arguments: Sequence[str]) -> None:
    """Ask, print and keep the curve."""
    options = _options(arguments)
    how, start = circumstances(["python", "-m", "benchmarks.abstention", *arguments]), time.monotonic()
    test_set = read_test_set(options.test_set)
    assistant = Assistant(PassageIndex.from_articles(test_set.articles, Encoder.load(options.model)))
    figures = curve(ask_twice(assistant, test_set, sample(test_set, options.questions)), decision().threshold)
    record = {"set": test_set.name, **figures, **how, "minutes": minutes_since(start)}
    kept = options.results / "abstention.json"
    rest = [each for each in read_records(kept) if each["set"] != record["set"]]
    write_records(kept, sorted([*rest, record], key=lambda each: str(each["set"])))
    sys.stdout.write(report(record))


def sample(test_set: RetrievalSet, count: int | None) -> list[str]:
    """Return the ids of `count` questions, drawn with a fixed seed; of all, if there are no more."""
    names = list(test_set.questions)
    if count is None or count >= len(names):
        return names
    return random.Random(SEED).sample(names, count)  # noqa: S311 (a sample, no secret)


def ask_twice(assistant: Assistant, test_set: RetrievalSet, names: Sequence[str]) -> Confidences:
    """Return how sure the answers are to the questions of those ids, with the articles that answer and without."""
    present, gone, right = [], [], []
    for name in names:
        text, answering = test_set.questions[name], test_set.right[name]
        whole = assistant.ask(text)
        present.append(whole.confidence)
        right.append(any(citation.article.path in answering for citation in whole.citations[:1]))
        gone.append(assistant.ask(text, only=_all_but(answering)).confidence)
    return Confidences(np.asarray(present), np.asarray(gone), np.asarray(right, bool))


def curve(asked: Confidences, threshold: float) -> dict[str, Any]:
    """Return the shares answered at the chosen `threshold`, at fixed shares of the gone, and the area under all."""
    return {
        "questions": len(asked.present),
        "area": area(asked),
        "chosen": {
            "gone": float((asked.gone >= threshold).mean()),
            "present": float((asked.present >= threshold).mean()),
            "rightly": float(asked.right.mean()),
        },
        "curve": [{"gone": share, "present": answered_at(asked, share)} for share in SHARES],
    }


def area(asked: Confidences) -> float:
    """Return how often a question with its article is answered more surely than one without; equally counts half."""
    ordered = np.sort(asked.gone)
    below = np.searchsorted(ordered, asked.present, side="left") + np.searchsorted(ordered, asked.present, side="right")
    return float(below.mean() / (2 * len(ordered)))


def answered_at(asked: Confidences, share: float) -> float:
    """Return the greatest share answered with the article, by a threshold that answers at most `share` without."""
    thresholds = np.unique(np.concatenate([asked.present, asked.gone]))
    thresholds = thresholds[thresholds > 0]  # what is ruled out is answered by none
    answered = [float((asked.present >= at).mean()) for at in thresholds if (asked.gone >= at).mean() <= share]
    return max(answered, default=0.0)


def report(record: Record) -> str:
    """Return the curve as a table in Markdown, and the figures beside it."""
    chosen = record["chosen"]
    answered = next(point["present"] for point in record["curve"] if point["gone"] == WRONGLY)
    rows = ([f"{point['gone']:.0%}", f"{point['present']:.1%}"] for point in record["curve"])
    return (
        f"{record['set']}: {record['questions']:,} questions, each with its article and without\n\n"
        f"{markdown(['answered of those whose article is gone, at most', 'answered of the others'], rows)}\n\n"
        f"area under the curve {record['area']:.3f}; at the chosen point {chosen['gone']:.1%} are answered without the "
        f"article, {chosen['present']:.1%} with it ({chosen['rightly']:.1%} first cite it)\n"
        f"aim: {RIGHTLY:.0%} at {WRONGLY:.0%}: {'reached' if answered >= RIGHTLY else 'missed'}, {answered:.1%}\n"
        f"{told(record)}\n"
    )


def _all_but(paths: frozenset[str]) -> Only:
    return lambda article: article.path not in paths


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abstention", description=__doc__.split("\n")[0])
    parser.add_argument("test_set", type=Path, help="BEIR folder or SQuAD file")
    parser.add_argument("--questions", type=int, help="how many, drawn with a fixed seed; all, if not given")
    parser.add_argument("--model", help="another encoder, by name or folder")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder where figures are kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
