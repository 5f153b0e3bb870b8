"""The cross-encoder learns which sentence of a text answers a question, or that none does.

python -m training.cross_encoder --data DIR --out DIR --minutes 180 [--start FILE]

Four layers, begun with the encoder's first four, or with the weights in FILE. Word vectors are read as they are: they
are stored once, with the encoder, and 40,000 pieces are too many to learn from questions.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from index.encoder import BUNDLED_FOLDER
from qa.cross_encoder import HIDDEN, LAYERS, tokenizer_of
from qa.reading_rows import MARKS, PieceReader, Row
from training import checkpoint
from training.cores import one_thread
from training.data import read_training_text
from training.encoder import Encoder, best_dtype
from training.lesson import Lesson
from training.memory import keep_memory
from training.packed import Layers, Packed
from training.reading_lessons import Lessons
from training.written import WHOLE, asked_texts, invented_archives, invented_texts

NAME = "cross_encoder.safetensors"
_PEAK, _PEAK_OF_MORE, _FLOOR, _WARM_UP_STEPS = 2.5e-4, 1.6e-4, 0.02, 40
_NO_MORE_BY_RULE = 0.5  # of a run: one that is begun with taught weights starts there with what it draws
_BATCH_PIECES, _CHUNK_PIECES = 6_000, 3_072
_LARGEST_GRADIENT = 1.0
_LARGEST_SCORE = 25.0
_KEPT = 0.998  # of the running mean of weights at each step
_SECONDS_BETWEEN_CHECKPOINTS = 600
_CUT_AWAY = -20.0
_PARTS = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "last norm": "output.LayerNorm",
}

log = logging.getLogger("training.cross_encoder")


class CrossEncoderLayers(torch.nn.Module):
    """What learns: the encoder's first layers, sides and marks of pieces, and a head for each sentence."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.bert = encoder.bert.requires_grad_(True)
        self.bert.encoder.layer = self.bert.encoder.layer[:LAYERS]
        self.bert.embeddings.word_embeddings.requires_grad_(False)
        size = self.bert.config.hidden_size
        self.sides = torch.nn.Parameter(torch.randn(2, size) * 0.02)
        self.met = torch.nn.Parameter(torch.randn(MARKS, size) * 0.02)
        self.hidden = torch.nn.Linear(2 * size, HIDDEN)
        self.answer = torch.nn.Linear(HIDDEN, 1)

    def scores(self, rows: Sequence[Row], layers: Layers) -> torch.Tensor:
        """Return the log-odds `(sentences,)` of all rows' sentences, against none; rows come longest first."""
        packed = Packed.of([row.ids.tolist() for row in rows], torch.device("cpu"))
        sides, met = (
            torch.from_numpy(np.concatenate([getattr(row, name) for row in rows])) for name in ("sides", "met")
        )
        words = functional.embedding(packed.ids, self.bert.embeddings.word_embeddings.weight)
        words = words + functional.embedding(sides, self.sides) + functional.embedding(met, self.met)
        states = layers.states(packed, words).float()
        first_piece = np.cumsum([0] + [len(row.ids) for row in rows])
        first_sentence = np.cumsum([0] + [len(row.begins) for row in rows])
        owners = np.concatenate(
            [
                np.where(row.sentence_of < 0, -1, row.sentence_of + n)
                for row, n in zip(rows, first_sentence, strict=False)
            ]
        )
        begins = np.concatenate(
            [np.where(row.begins < 0, -1, row.begins + n) for row, n in zip(rows, first_piece, strict=False)]
        )
        inside = torch.from_numpy(np.flatnonzero(owners >= 0))
        owner = torch.from_numpy(owners)[inside]
        total = int(first_sentence[-1])
        sums = torch.zeros(total, states.shape[1]).index_add(0, owner, states[inside])
        counts = torch.zeros(total).index_add(0, owner, torch.ones(len(owner))).clamp(min=1)
        there = torch.from_numpy(begins)
        seen = torch.cat([states[there.clamp(min=0)], sums / counts[:, None]], 1)
        scores = self.answer(torch.tanh(self.hidden(seen)))[:, 0]
        return torch.where(there < 0, _CUT_AWAY, scores)

    def take(self, stored: Mapping[str, torch.Tensor]) -> None:
        """Put weights in place that `stored` gave."""
        embeddings = "bert.embeddings."
        given = {
            f"{embeddings}position_embeddings.weight": stored["positions"],
            f"{embeddings}token_type_embeddings.weight": torch.zeros_like(stored["sides"]),
            "sides": stored["sides"],
            "met": stored["met"],
        }
        for end, name in (("", "weight"), (" bias", "bias")):
            given[f"{embeddings}LayerNorm.{name}"] = stored[f"norm{end}"]
            given[f"hidden.{name}"], given[f"answer.{name}"] = stored[f"hidden{end}"], stored[f"answer{end}"]
            for number in range(LAYERS):
                layer = f"bert.encoder.layer.{number}"
                three = stored[f"{number}.attend{end}"].chunk(3)
                for part, weight in zip(("query", "key", "value"), three, strict=True):
                    given[f"{layer}.attention.self.{part}.{name}"] = weight
                for ours, theirs in _PARTS.items():
                    given[f"{layer}.{theirs}.{name}"] = stored[f"{number}.{ours}{end}"]
        missing = self.load_state_dict(given, strict=False).missing_keys
        if set(missing) - {f"{embeddings}word_embeddings.weight", f"{embeddings}position_ids"}:
            raise ValueError(f"not a cross-encoder's weights: {missing} are missing")

    def stored(self) -> dict[str, torch.Tensor]:
        """Return the weights as `qa.cross_encoder` reads them, float16."""
        given = self.state_dict()
        embeddings = "bert.embeddings."
        kept = {
            "positions": given[f"{embeddings}position_embeddings.weight"]
            + given[f"{embeddings}token_type_embeddings.weight"][0],
            "sides": given["sides"],
            "met": given["met"],
        }
        for end, name in (("", "weight"), (" bias", "bias")):
            kept[f"norm{end}"] = given[f"{embeddings}LayerNorm.{name}"]
            kept[f"hidden{end}"], kept[f"answer{end}"] = given[f"hidden.{name}"], given[f"answer.{name}"]
            for number in range(LAYERS):
                layer = f"bert.encoder.layer.{number}"
                three = [given[f"{layer}.attention.self.{part}.{name}"] for part in ("query", "key", "value")]
                kept[f"{number}.attend{end}"] = torch.cat(three)
                for ours, theirs in _PARTS.items():
                    kept[f"{number}.{ours}{end}"] = given[f"{layer}.{theirs}.{name}"]
        return {name: weight.detach().to(torch.float16).contiguous() for name, weight in kept.items()}


def running_mean(model: CrossEncoderLayers) -> AveragedModel:
    """Return the mean of a model's weights along a run, later ones counting more; better than the last ones."""

    def toward(mean: torch.Tensor, live: torch.Tensor, steps: torch.Tensor | int) -> torch.Tensor:
        return torch.lerp(mean, live, 1 - min(_KEPT, int(steps) / (int(steps) + 9)))

    return AveragedModel(model, avg_fn=toward)


@dataclass(frozen=True, slots=True)
class Measured:
    """How the held-out questions are read: how often the likeliest sentence is a right one, of those that have one,
    and how often an answered question has a likelier sentence than one that is not.
    """

    right: float
    area: float


class Learner:
    """One step after the other, the rows of a batch parted among cores."""

    def __init__(self, model: CrossEncoderLayers, cores: int) -> None:
        self._model, self._dtype = model, best_dtype(torch.device("cpu"))
        self._threads = ThreadPoolExecutor(cores, initializer=one_thread)

    def gradients(self, lessons: Sequence[Lesson]) -> float:
        """Return the mean loss of the lessons, and add its gradients to the parameters.

        The loss of one is the softmax over its sentences and none of them: all that answer count as one.
        """
        rows = [row for lesson in lessons for row in lesson.rows]
        chunks = _chunks(rows)
        layers = Layers(self._model.bert, self._dtype)
        parts = list(self._threads.map(lambda chunk: self._model.scores([rows[i] for i in chunk], layers), chunks))
        leaves = [part.detach().requires_grad_() for part in parts]
        loss = _loss(_in_order(rows, chunks, leaves).clamp(-_LARGEST_SCORE, _LARGEST_SCORE), lessons)
        loss.backward()
        list(self._threads.map(lambda part, leaf: part.backward(leaf.grad), parts, leaves))
        layers.pass_gradients_on()
        return loss.item()

    def measure(self, lessons: Sequence[Lesson]) -> Measured:
        """Return how these lessons are read, each with its whole text."""
        with torch.no_grad():
            rows = [row for lesson in lessons for row in lesson.rows]
            chunks = _chunks(rows)
            layers = Layers(self._model.bert, self._dtype)
            parts = [self._model.scores([rows[i] for i in chunk], layers) for chunk in chunks]
        left = iter(_in_order(rows, chunks, parts).split([len(lesson.right) for lesson in lessons]))
        read = [(next(left).numpy(), np.asarray(lesson.right)) for lesson in lessons]
        answered = [(scores, right) for scores, right in read if right.any()]
        best = np.array([scores.max() for scores, _ in answered])
        of_none = np.array([scores.max() for scores, right in read if not right.any()])
        area = (best[:, None] > of_none).mean() + (best[:, None] == of_none).mean() / 2
        return Measured(float(np.mean([right[scores.argmax()] for scores, right in answered])), float(area))


def train(model: CrossEncoderLayers, lessons: Lessons, minutes: float, out: Path, taught: bool = False) -> None:
    """Train until the minutes are over; go on from `out`/checkpoint where there is one. Writes `out`/NAME.

    `taught`: whether the model's weights were taught before; they learn more slowly then, and little by rule.
    """
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=_PEAK, weight_decay=0.01, fused=True)
    learner, mean = Learner(model, torch.get_num_threads()), running_mean(model)
    run = torch.nn.ModuleDict({"live": model, "mean": mean})
    progress = checkpoint.resume(out / "checkpoint", run, optimizer)
    step, saved = progress.step, progress.seconds
    begun = time.monotonic() - progress.seconds
    peak, first = (_PEAK_OF_MORE, _NO_MORE_BY_RULE) if taught else (_PEAK, 0.0)
    while (seconds := time.monotonic() - begun) < minutes * 60:
        done = seconds / minutes / 60
        falling = max(_FLOOR, min(1.0, 2 * (1 - done)))
        optimizer.param_groups[0]["lr"] = peak * min(1.0, (step + 1) / _WARM_UP_STEPS) * falling
        optimizer.zero_grad()
        loss = learner.gradients(lessons.batch(step, first + (1 - first) * done, _BATCH_PIECES))
        torch.nn.utils.clip_grad_norm_(parameters, _LARGEST_GRADIENT)
        optimizer.step()
        mean.update_parameters(model)
        step += 1
        if step % 50 == 0:
            log.info("step %d, minute %.1f: loss %.3f", step, seconds / 60, loss)
        if seconds - saved > _SECONDS_BETWEEN_CHECKPOINTS:
            saved = seconds
            checkpoint.save(out / "checkpoint", run, optimizer, checkpoint.Progress(step, seconds, 0))
    save_file(mean.module.stored(), out / NAME)
    measured = Learner(mean.module, 1).measure([lessons.measured(question) for question in lessons.held_out])
    log.info("held-out texts: right sentence %.3f, area %.3f", measured.right, measured.area)


def _chunks(rows: Sequence[Row]) -> list[list[int]]:
    """Return the places of the rows in chunks of about one length, longest first."""
    chunks: list[list[int]] = []
    held = 0
    for place in sorted(range(len(rows)), key=lambda place: -len(rows[place].ids)):
        if not chunks or held + len(rows[place].ids) > _CHUNK_PIECES:
            chunks.append([])
            held = 0
        chunks[-1].append(place)
        held += len(rows[place].ids)
    return chunks


def _in_order(rows: Sequence[Row], chunks: Sequence[Sequence[int]], scores: Sequence[torch.Tensor]) -> torch.Tensor:
    """Return the scores of all rows' sentences in the order of the rows, from those of each chunk."""
    by_row: list[torch.Tensor] = [torch.empty(0)] * len(rows)
    for chunk, found in zip(chunks, scores, strict=True):
        for place, own in zip(chunk, found.split([len(rows[i].begins) for i in chunk]), strict=True):
            by_row[place] = own
    return torch.cat(by_row)


def _loss(scores: torch.Tensor, lessons: Sequence[Lesson]) -> torch.Tensor:
    losses = []
    none = torch.zeros(1)
    for own, lesson in zip(scores.split([len(lesson.right) for lesson in lessons]), lessons, strict=True):
        right = own[torch.tensor(lesson.right)]
        losses.append(torch.logsumexp(torch.cat([own, none]), 0) - torch.logsumexp(right if len(right) else none, 0))
    return torch.stack(losses).mean()


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=180)
    parser.add_argument("--start", type=Path, help="weights to go on from, as this command writes them")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep_memory()
    torch.manual_seed(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    text = read_training_text(arguments.data, WHOLE)
    asked = [*asked_texts(text), *invented_texts(), *invented_archives()]
    reader, encoder = PieceReader(tokenizer_of(BUNDLED_FOLDER)), Encoder.from_folder(BUNDLED_FOLDER)
    lessons = Lessons(reader, text, asked, encoder, arguments.seed)
    model = CrossEncoderLayers(encoder)
    if arguments.start:
        model.take(load_file(arguments.start))
    train(model, lessons, arguments.minutes, arguments.out, taught=arguments.start is not None)


if __name__ == "__main__":
    main()
