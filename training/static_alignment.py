"""word-vectors.npy: the new pieces' rows placed beside the English words they mean.

    python -m training.static_alignment --data DIR --out DIR --minutes 6

A text is its bag of pieces, rare ones counting more. Bags of Vietnamese and Chinese text are drawn to the bags of their
English translation; headings and parts of sentences to the bag of the text around them. The layers do not take part.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from index.vietnamese import strip_marks
from training.bags import Bags, bag_pieces
from training.data import read_training_text
from training.encoder import best_device, grown_from_teacher, teacher_pieces
from training.memory import keep_memory
from training.types import TrainingText

_RATE, _SCALE = 3e-3, 20.0
_FLOOR = 0.03
_LOG_EVERY = 100

log = logging.getLogger("training.static_alignment")


def align(rows: torch.Tensor, fixed: torch.Tensor, bags: Bags, minutes: float, seed: int = 0) -> torch.Tensor:
    """Return the rows `(pieces, 384)` after training those that are not `fixed` and occur in the text.

    Rows are trained around the mean of the fixed ones; a new row ends at the length usual among these.
    """
    mean = rows[fixed].mean(0)
    start = rows - mean
    learnt = torch.nn.Parameter(start[~fixed].clone())
    optimizer = torch.optim.Adam([learnt], lr=_RATE)
    begun, step = time.monotonic(), 0
    while (spent := (time.monotonic() - begun) / 60) < minutes:
        optimizer.param_groups[0]["lr"] = _RATE * max(_FLOOR, 1 - spent / minutes)
        now = start.clone()
        now[~fixed] = learnt
        left, right, left_is_english = bags.batch(Random(seed * 1_000_003 + step))
        beside = bag_vectors(left, start if left_is_english else now, bags.rarity)
        loss = _loss(beside, bag_vectors(right, now, bags.rarity))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % _LOG_EVERY == 0:
            log.info("step %d, minute %.1f: %.3f", step, spent, loss.item())
    usual = start[fixed].norm(dim=1).median()
    after = rows.clone()
    after[~fixed] = functional.normalize(learnt.detach(), dim=1) * usual + mean
    unseen = ~bags.seen & ~fixed
    after[unseen] = rows[unseen]
    return after


def _loss(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    scores = _SCALE * left @ right.T
    own = torch.arange(len(scores), device=scores.device)
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2


def bag_vectors(bags: Sequence[Sequence[int]], rows: torch.Tensor, rarity: torch.Tensor) -> torch.Tensor:
    """Return the unit vectors `(n, dim)` of bags of pieces."""
    pieces = torch.tensor([piece for bag in bags for piece in bag], device=rows.device)
    starts = torch.tensor(np.cumsum([0] + [len(bag) for bag in bags[:-1]]), device=rows.device)
    summed = functional.embedding_bag(pieces, rows, starts, mode="sum", per_sample_weights=rarity[pieces])
    return functional.normalize(summed, dim=-1)


def fixed_rows(tokenizer: Tokenizer) -> torch.Tensor:
    """Return which rows `(pieces,)` keep the teacher's vector: its own pieces, but for Chinese characters."""
    known = set(teacher_pieces())
    fixed = torch.zeros(tokenizer.get_vocab_size(), dtype=torch.bool)
    for piece, row in tokenizer.get_vocab().items():
        # Chinese characters left at the teacher's vectors stay useless: xquad-zh-vi .15, trained .56.
        fixed[row] = piece in known and not "\u4e00" <= piece <= "\u9fff"
    return fixed


def bare_rows(tokenizer: Tokenizer) -> np.ndarray:
    """Return for each piece the row of the same piece without marks, its own where there is none."""
    vocabulary = tokenizer.get_vocab()
    bare = np.arange(len(vocabulary))
    for piece, row in vocabulary.items():
        bare[row] = vocabulary.get(strip_marks(piece), row)
    return bare


def learn_rows(text: TrainingText, tokenizer: Tokenizer, minutes: float, seed: int) -> np.ndarray:
    """Return the word vectors `(pieces, 384)` float32."""
    torch.manual_seed(seed)
    encoder = grown_from_teacher(tokenizer)
    rows = encoder.bert.embeddings.word_embeddings.weight.data.clone().to(best_device())
    bags = bag_pieces(text, encoder, bare_rows(tokenizer)).to(best_device())
    return align(rows, fixed_rows(tokenizer).to(rows.device), bags, minutes, seed).cpu().numpy()


def main() -> None:
    """Run the stage from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep_memory()
    tokenizer = Tokenizer.from_file(str(arguments.out / "tokenizer.json"))
    rows = learn_rows(read_training_text(arguments.data), tokenizer, arguments.minutes, arguments.seed)
    np.save(arguments.out / "word-vectors.npy", rows)
    log.info("%d rows in %s", len(rows), arguments.out / "word-vectors.npy")


if __name__ == "__main__":
    main()
