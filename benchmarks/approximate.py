"""Nearest vectors, exact and in cells: `python -m benchmarks.approximate INDEX --vectors 100000 200000 400000`.

The vectors are those of INDEX and, for larger numbers, copies of them with noise (cosine .74 to .96 with their
original), the questions those of seeds/. Prints for each number the processor time of a question, how many of the
nearest 50 and 100 are found in cells, and what making the cells takes. Nothing but the vectors is read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.record import ROOT, circumstances, told
from index import Encoder
from index.dense import PROBED, Cells, DenseIndex
from index.store import open_generation
from qa.evaluation import read_gold

GOLD = ROOT / "seeds" / "questions.jsonl"
NOISE = 0.3, 0.9  # length of what is added to a unit vector
BLOCK = 25_000
ROUNDS = 3

Vectors = NDArray[np.float32]


def main(arguments: Sequence[str]) -> None:
    """Print a line of times and recall for each number of vectors."""
    options = _options(arguments)
    how = circumstances(["python", "-m", "benchmarks.approximate", *arguments])
    folder, _ = open_generation(options.index)
    base, encoder = np.load(folder / "vectors.npy"), Encoder.load()
    questions = np.stack([encoder.encode_query(gold.text)[0] for gold in read_gold(options.gold)])
    for count in options.vectors:
        sys.stdout.write(compared(grown(base, count), questions) + "\n")
        sys.stdout.flush()
    sys.stdout.write(told(how) + "\n")


def grown(base: Vectors, count: int) -> Vectors:
    """Return `count` unit vectors: those of `base`, then copies of random ones with noise. Always the same."""
    draw = np.random.default_rng(0)
    vectors = np.empty((count, base.shape[1]), np.float32)
    vectors[: len(base)] = base[:count]
    for first in range(len(base), count, BLOCK):
        size = min(BLOCK, count - first)
        noise = draw.standard_normal((size, base.shape[1])).astype(np.float32)
        noise *= draw.uniform(*NOISE, (size, 1)).astype(np.float32) / np.linalg.norm(noise, axis=1, keepdims=True)
        copies = base[draw.integers(0, len(base), size)] + noise
        vectors[first : first + size] = copies / np.linalg.norm(copies, axis=1, keepdims=True)
    return vectors


def compared(vectors: Vectors, questions: Vectors) -> str:
    """Return in words how long exact search takes, and how long and how well that in cells."""
    begun = time.thread_time()
    cells = Cells.of(vectors)
    made = time.thread_time() - begun
    exact, true = _asked(DenseIndex(vectors, exact=True), questions)
    quick, found = _asked(DenseIndex(vectors, exact=False, cells=cells), questions)
    recall = {
        k: np.mean([len(np.intersect1d(a[:k], b[:k])) / k for a, b in zip(true, found, strict=True)]) for k in (50, 100)
    }
    return (
        f"{len(vectors):,} vectors, {len(questions)} questions: exact {exact:.1f} ms; in {len(cells.centres):,} cells "
        f"of which {PROBED:.0%} are searched {quick:.1f} ms, recall@50 {recall[50]:.4f}, recall@100 {recall[100]:.4f}; "
        f"cells made in {made:.0f} s"
    )


def _asked(dense: DenseIndex, questions: Vectors) -> tuple[float, list[NDArray[np.int64]]]:
    """Return the median milliseconds of the processor for a question, and the rows of each."""
    times, rows = [], []
    for each in range(ROUNDS):
        for question in questions:
            start = time.thread_time()
            found, _ = dense.search(question, 100)
            times.append(time.thread_time() - start)
            rows += [] if each else [found]
    return float(np.median(times)) * 1000, rows


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.approximate", description=__doc__.split("\n")[0])
    parser.add_argument("index", type=Path, help="an index, whose vectors are grown")
    parser.add_argument("--gold", type=Path, default=GOLD, help="other questions than those that chose the share")
    parser.add_argument("--vectors", type=int, nargs="+", default=[100_000, 200_000, 400_000])
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
