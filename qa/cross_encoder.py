"""A question and the sentences that may answer it, read together: how likely each one answers.

Words, names and vectors compare the two from outside. A cross-encoder (Nogueira and Cho 2019, "Passage Re-ranking with
BERT") lets each piece of the question see each piece of the text. This one reads windows of a few sentences under their
headline: transformer layers that began as the encoder's, over its word pieces and vectors; each piece is told on which
side it stands, and whether the other side has it too, for 40,000 pieces are too many to learn that from questions.
How it is taught: training/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer
from torch.nn import functional

from index.encoder import BUNDLED_FOLDER, check_sums
from index.products import in_bfloat16
from qa.reading_rows import MOST, PieceReader, Row, Window

WEIGHTS = Path(__file__).with_name("cross_encoder_model") / "cross_encoder.safetensors"
NAME = "hoibao-cross-encoder"
LAYERS, HEADS, HIDDEN = 4, 12, 192


class CrossEncoder:
    """Windows of sentences -> log-odds that each answers the question. Safe to share between threads."""

    def __init__(self, weights: Path = WEIGHTS, encoder: Path = BUNDLED_FOLDER) -> None:
        """`encoder`: the folder of the encoder whose word pieces and vectors it reads."""
        self._reader = PieceReader(tokenizer_of(encoder))
        with safe_open(encoder / "model.safetensors", "pt") as file:
            self._words = file.get_tensor("embeddings.word_embeddings.weight")
        with safe_open(weights, "pt") as file:
            self._dtype = torch.bfloat16 if in_bfloat16() else torch.float32
            given = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        self._weights = {name: value.float() for name, value in given.items()}
        self._layers = [self._layer(f"{number}.") for number in range(LAYERS)]

    def log_odds(self, question: str, windows: Sequence[Window]) -> list[NDArray[np.float64]]:
        """Return for each window, for each of its sentences `(sentences,)`, the log-odds that it answers, against none.

        Within -MOST to MOST; -MOST for a sentence that a window is too long for.
        """
        rows = self._reader.rows(question, windows)
        if not rows:
            return []
        with torch.inference_mode():
            states = self._states(rows).float()
            parts = torch.split(states, [len(row.ids) for row in rows])
            found = [self._scores(row, part) for row, part in zip(rows, parts, strict=True)]
        return [np.clip(scores.numpy().astype(np.float64), -MOST, MOST) for scores in found]

    def _layer(self, prefix: str) -> dict[str, torch.Tensor]:
        layer = {name.removeprefix(prefix): value for name, value in self._weights.items() if name.startswith(prefix)}
        size = layer["attend"].shape[1]
        for name in ("attend", "attend bias"):
            layer[name][:size] *= (size // HEADS) ** -0.5
        return {name: value.to(self._dtype) for name, value in layer.items()}

    def _states(self, rows: Sequence[Row]) -> torch.Tensor:
        """Return the states of all pieces in a row `(pieces, size)`; attention stays within a row."""
        lengths = [len(row.ids) for row in rows]
        ids, sides, met = (
            torch.from_numpy(np.concatenate([getattr(row, name) for row in rows])) for name in ("ids", "sides", "met")
        )
        positions = torch.cat([torch.arange(length) for length in lengths])
        weights = self._weights
        states = functional.embedding(ids, self._words).float() + functional.embedding(positions, weights["positions"])
        states = states + functional.embedding(sides, weights["sides"]) + functional.embedding(met, weights["met"])
        states = _norm(states, weights, "norm").to(self._dtype)
        for layer in self._layers:
            three = functional.linear(states, layer["attend"], layer["attend bias"])
            seen = torch.cat([_attention(part) for part in torch.split(three, lengths)])
            states = _norm(states + functional.linear(seen, layer["out"], layer["out bias"]), layer, "norm")
            inner = functional.gelu(functional.linear(states, layer["inner"], layer["inner bias"]))
            states = _norm(states + functional.linear(inner, layer["outer"], layer["outer bias"]), layer, "last norm")
        return states

    def _scores(self, row: Row, states: torch.Tensor) -> torch.Tensor:
        begins = torch.from_numpy(row.begins)
        inside = torch.from_numpy(row.sentence_of[None] == np.arange(len(begins))[:, None]).float()
        means = inside @ states / inside.sum(1, keepdim=True).clamp(min=1)
        seen = torch.cat([states[begins.clamp(min=0)], means], 1)
        hidden = torch.tanh(functional.linear(seen, self._weights["hidden"], self._weights["hidden bias"]))
        scores = functional.linear(hidden, self._weights["answer"], self._weights["answer bias"])[:, 0]
        return torch.where(begins < 0, -MOST, scores)


@cache
def cross_encoder() -> CrossEncoder:
    """Return the one that comes with the package. Raises ModelError in one line if it is not whole."""
    check_sums(WEIGHTS.parent, NAME)
    return CrossEncoder()


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return the word pieces of the encoder in a folder, neither cut nor padded."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _norm(states: torch.Tensor, weights: dict[str, torch.Tensor], name: str) -> torch.Tensor:
    return functional.layer_norm(states, states.shape[1:], weights[name], weights[f"{name} bias"], 1e-12)


def _attention(three: torch.Tensor) -> torch.Tensor:
    """Attention within one row, from queries, keys and values `(pieces, 3 * size)`; the scale is in the queries."""
    query, key, value = (each.contiguous() for each in three.view(len(three), 3, HEADS, -1).permute(1, 2, 0, 3))
    seen = torch.bmm(torch.bmm(query, key.transpose(1, 2)).softmax(-1), value)
    return seen.transpose(0, 1).reshape(len(three), -1)
