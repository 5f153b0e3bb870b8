"""A model folder and BEIR folders -> a table of nDCG@10.

python -m training.report --model DIR --sets DIR [--weight 0.4] [--out report.json]
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from training.encoder import Encoder, best_device
from training.evaluation import dense_scores, hybrid_scores, lexical_scores, ndcg_at_10, read_test_set


@dataclass(frozen=True, slots=True)
class Row:
    """nDCG@10 of one test set."""

    name: str
    dense: float
    lexical: float
    hybrid: float
    weight: float


def report(model: Path, sets: Path, weight: float) -> list[Row]:
    """Return one row a test set, by name. Raises FileNotFoundError where there is none."""
    folders = sorted(folder.parent for folder in sets.glob("*/corpus.jsonl"))
    if not folders:
        raise FileNotFoundError(f"no test set in {sets}: expected folders with corpus.jsonl, queries.jsonl, qrels/")
    encoder = Encoder.from_folder(model).to(best_device())
    return [_row(folder, encoder, weight) for folder in folders]


def _row(folder: Path, encoder: Encoder, weight: float) -> Row:
    test_set = read_test_set(folder)
    dense, lexical = dense_scores(test_set, encoder), lexical_scores(test_set)
    hybrid = hybrid_scores(dense, lexical, weight)
    figures = [round(ndcg_at_10(scores, test_set.gold), 4) for scores in (dense, lexical, hybrid)]
    return Row(test_set.name, figures[0], figures[1], figures[2], weight)


def table(rows: list[Row]) -> str:
    """Return the rows as a table in Markdown."""
    head = f"| nDCG@10 | dense | BM25 | hybrid, {rows[0].weight} dense |\n|---|---|---|---|\n"
    return head + "".join(f"| {r.name} | {r.dense:.4f} | {r.lexical:.4f} | {r.hybrid:.4f} |\n" for r in rows)


def main() -> None:
    """Run the stage from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--weight", type=float, default=0.4)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    rows = report(arguments.model, arguments.sets, arguments.weight)
    if arguments.out:
        arguments.out.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    sys.stdout.write(table(rows))


if __name__ == "__main__":
    main()
