"""The lexical index as format 3 has it: bm25s wrote its words as JSON and its scores in the order of their coming."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from index.postings import Postings
from index.terms import hashes_of
from index.word_counts import ranges

FORMAT_3 = "vocab.index.json"  # the file that no later format has


def postings_of_format_3(folder: Path) -> Postings:
    """Return what format 3 wrote in `folder`, in the order of today."""
    numbers: dict[str, int] = json.loads((folder / FORMAT_3).read_text(encoding="utf-8"))
    numbers.pop("", None)  # stood for a row without words
    data, indices, indptr = (
        np.load(folder / f"{name}.csc.index.npy", allow_pickle=False) for name in ("data", "indices", "indptr")
    )
    hashes = hashes_of(list(numbers))
    order = np.argsort(hashes, kind="stable")
    columns = np.fromiter(numbers.values(), np.int64)[order]
    having = indptr[columns + 1] - indptr[columns]
    places = ranges(indptr[columns], having)
    ends = np.concatenate([[0], np.cumsum(having)])
    untold = np.zeros(0, np.uint16), np.zeros(0, np.int32)
    return Postings(hashes[order], ends, indices[places], untold[0], data[places], untold[1])
