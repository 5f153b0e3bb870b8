"""The layers learn: parallel text against the English teacher, queries against their passages.

python -m training.transformer --data DIR --out DIR --minutes 120
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer

from training import checkpoint
from training.cores import Cores, Side, Texts
from training.data import read_training_text
from training.encoder import Encoder, best_device, grown_from_teacher, teacher
from training.late_interaction import first_weights, late_scores
from training.losses import LATE_SCALE, contrast, equal_texts, shared_words, to_teacher
from training.memory import keep_memory
from training.pairs import ArticlePairs, OpenPairs
from training.points import TeacherPoints
from training.rewording import Rewording
from training.schedule import Schedule
from training.types import Pair, TrainingText

_BATCH = 128
_POINTS = 256
_QUERY_PIECES, _PASSAGE_PIECES, _POINT_PIECES = 48, 150, 128
_LARGEST_GRADIENT = 1.0
_SECONDS_BETWEEN_CHECKPOINTS = 240

log = logging.getLogger("training.transformer")


class Lessons:
    """What is learnt at each step, drawn from seed and step alone."""

    def __init__(self, text: TrainingText, points: TeacherPoints, seed: int) -> None:
        self._points = points
        self._articles = ArticlePairs(text.sections, Rewording.from_dictionary(text.words))
        self._open = OpenPairs(text.questions, text.translations)
        self._seed = seed

    def gradients(self, encoder: Encoder, cores: Cores, step: int) -> tuple[str, float]:
        """Return the kind of this step's lesson and its loss; its gradients are added to the encoder's parameters."""
        random = Random(self._seed * 1_000_003 + step)
        draw = random.random()
        if draw < 0.20:
            return "points", _points(cores, *self._points.batch(_POINTS, random))
        if draw < 0.28:
            return "translations", _pairs(encoder, cores, self._open.translations(_BATCH, random))
        if draw < 0.38:
            return "across", _pairs(encoder, cores, self._open.across_languages(_BATCH, random))
        if draw < 0.52:
            return "open", _pairs(encoder, cores, self._open.questions(_BATCH, random))
        pairs = self._articles.batch(_BATCH, random)
        if draw < 0.75:
            return "articles", _pairs(encoder, cores, pairs)
        return "beside BM25", _pairs(encoder, cores, pairs, _words_in_common(encoder, pairs))


def train(encoder: Encoder, lessons: Lessons, schedule: Schedule, out: Path) -> None:
    """Train until the schedule ends; go on from `out`/checkpoint where there is one.

    The weights at the end of each cycle are kept as `out`/cycle-N.safetensors.
    """
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=schedule.peak, weight_decay=0.01, fused=True)
    cores = Cores(encoder, _cores(encoder.bert.device))
    progress = checkpoint.resume(out / "checkpoint", encoder, optimizer)
    log.info("step %d, minute %.1f of %.1f", progress.step, progress.seconds / 60, schedule.minutes)
    step, saved = progress.step, progress.seconds
    if step == 0:
        checkpoint.save_weights(out / "start.safetensors", encoder)
    begun = time.monotonic() - progress.seconds
    while (seconds := time.monotonic() - begun) < schedule.minutes * 60:
        optimizer.param_groups[0]["lr"] = schedule.rate(seconds / 60)
        kind, loss = _learn(encoder, optimizer, lessons, cores, step)
        step += 1
        if step % 10 == 0:
            log.info("step %d, minute %.1f: %s %.3f", step, seconds / 60, kind, loss)
        seconds = time.monotonic() - begun
        cycle = schedule.cycle(seconds / 60)
        if cycle > progress.cycle:
            checkpoint.save_weights(out / f"cycle-{cycle}.safetensors", encoder)
        if cycle > progress.cycle or seconds - saved > _SECONDS_BETWEEN_CHECKPOINTS:
            progress, saved = checkpoint.Progress(step, seconds, cycle), seconds
            checkpoint.save(out / "checkpoint", encoder, optimizer, progress)


def _learn(
    encoder: Encoder, optimizer: torch.optim.Optimizer, lessons: Lessons, cores: Cores, step: int
) -> tuple[str, float]:
    optimizer.zero_grad()
    kind, loss = lessons.gradients(encoder, cores, step)
    torch.nn.utils.clip_grad_norm_(encoder.parameters(), _LARGEST_GRADIENT)
    optimizer.step()
    return kind, loss


def _cores(device: torch.device) -> int:
    return 1 if device.type == "cuda" else torch.get_num_threads()


def _points(cores: Cores, texts: list[str], targets: np.ndarray) -> float:
    def loss(side: Side) -> torch.Tensor:
        vectors = side.vectors
        return to_teacher(vectors, torch.from_numpy(targets).to(vectors.device))

    return cores.gradients([Texts(texts, _POINT_PIECES)], loss)


def _pairs(encoder: Encoder, cores: Cores, pairs: list[Pair], lexical: torch.Tensor | None = None) -> float:
    asked, found = [pair.query for pair in pairs], [pair.passage for pair in pairs]

    def loss(queries: Side, passages: Side) -> torch.Tensor:
        late = late_scores(encoder.piece_weights(), queries, passages)
        equal, device = equal_texts(found).to(late.device), late.device
        beside = None if lexical is None else lexical.to(device)
        dense = queries.vectors @ passages.vectors.T
        return contrast(dense, equal, beside) + contrast(late, equal, beside, LATE_SCALE)

    return cores.gradients([Texts(asked, _QUERY_PIECES), Texts(found, _PASSAGE_PIECES)], loss)


def _words_in_common(encoder: Encoder, pairs: list[Pair]) -> torch.Tensor:
    """The share of each query's words in each passage, by pieces without [CLS] and [SEP]."""
    asked = encoder.piece_ids([pair.query for pair in pairs], _QUERY_PIECES)
    found = encoder.piece_ids([pair.passage for pair in pairs], _PASSAGE_PIECES)
    return shared_words([row[1:-1] for row in asked], [row[1:-1] for row in found])


def main() -> None:
    """Run the stage from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep_memory()
    torch.manual_seed(arguments.seed)
    text = read_training_text(arguments.data)
    points = TeacherPoints.from_text(text, teacher().to(best_device()), arguments.out / "teacher.npy")
    rows = torch.from_numpy(np.load(arguments.out / "word-vectors.npy"))
    encoder = grown_from_teacher(Tokenizer.from_file(str(arguments.out / "tokenizer.json")), rows)
    encoder.begin_with_weights(first_weights(encoder, text))
    encoder.to(best_device())
    train(encoder, Lessons(text, points, arguments.seed), Schedule.for_minutes(arguments.minutes), arguments.out)
    (arguments.out / "finished").touch()


if __name__ == "__main__":
    main()
