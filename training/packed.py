"""The layers of a BERT encoder over texts without padding, forward and backward.

The library's own forward pass pads texts to one length, keeps what flows past the layers in float32, and under autocast
casts the weights anew for every chunk. Here the pieces of all texts stand in one row, padding is put between them only
inside attention, in groups of about one length, and the weights are cast once a step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional
from transformers import BertModel

# Texts of one attention group differ by at most this share of the longest, or this many pieces.
_WASTE, _WASTED_PIECES = 0.15, 3


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of about one length, next to one another in the row of pieces.

    `first` and `last` bound its pieces there; `places` (texts, longest) says which of them stands where, counted from
    `first` (0 for padding), `there` (texts, longest) where there is one, `back` (pieces,) the way back.
    """

    first: int
    last: int
    places: torch.Tensor
    there: torch.Tensor
    back: torch.Tensor


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts in one row of pieces: piece ids and positions `(pieces,)`, the text each belongs to, and the groups."""

    ids: torch.Tensor
    positions: torch.Tensor
    owners: torch.Tensor
    lengths: torch.Tensor
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], device: torch.device) -> Packed:
        """Return the texts, which must be sorted by length, longest first."""
        lengths = torch.tensor([len(row) for row in rows])
        owners = torch.repeat_interleave(torch.arange(len(rows)), lengths)
        starts = lengths.cumsum(0) - lengths
        positions = torch.arange(len(owners)) - starts[owners]
        ids = torch.tensor([piece for row in rows for piece in row])
        groups = tuple(_group(lengths[a:b], int(starts[a]), device) for a, b in _bounds([len(row) for row in rows]))
        return cls(ids, positions.to(device), owners.to(device), lengths.to(device), groups)


class Layers:
    """The layers' weights as one step needs them: cast once, as leaves whose gradients are passed on at its end."""

    def __init__(self, bert: BertModel, dtype: torch.dtype) -> None:
        self._bert = bert
        self._dtype = dtype
        self._heads = bert.config.num_attention_heads
        self._given = [_weights(layer, bert.config.hidden_size // self._heads, dtype) for layer in bert.encoder.layer]
        self._leaves = [
            {name: weight.detach().requires_grad_(weight.requires_grad) for name, weight in layer.items()}
            for layer in self._given
        ]

    def states(self, packed: Packed, words: torch.Tensor) -> torch.Tensor:
        """Return the states of the pieces `(pieces, size)` from their word vectors `(pieces, size)`."""
        embeddings = self._bert.embeddings
        states = words + embeddings.position_embeddings(packed.positions) + embeddings.token_type_embeddings.weight[0]
        states = embeddings.LayerNorm(states).to(self._dtype)
        for weights in self._leaves:
            states = self._layer(states, packed, weights)
        return states

    def pass_gradients_on(self) -> None:
        """Add what the leaves gathered to the gradients of the encoder's own parameters."""
        pairs = [
            (given[name], leaf.grad)
            for given, leaves in zip(self._given, self._leaves, strict=True)
            for name, leaf in leaves.items()
            if leaf.grad is not None
        ]
        torch.autograd.backward([weight for weight, _ in pairs], [gradient for _, gradient in pairs])

    def _layer(self, states: torch.Tensor, packed: Packed, weights: dict[str, torch.Tensor]) -> torch.Tensor:
        size = states.shape[1:]
        eps = self._bert.config.layer_norm_eps
        three = functional.linear(states, weights["attend"], weights["attend bias"])
        parts = three.split([group.last - group.first for group in packed.groups])
        seen = torch.cat([self._attention(part, group) for part, group in zip(parts, packed.groups, strict=True)])
        states = states + functional.linear(seen, weights["out"], weights["out bias"])
        states = functional.layer_norm(states, size, weights["norm"], weights["norm bias"], eps)
        inner = functional.gelu(functional.linear(states, weights["inner"], weights["inner bias"]))
        states = states + functional.linear(inner, weights["outer"], weights["outer bias"])
        return functional.layer_norm(states, size, weights["last norm"], weights["last norm bias"], eps)

    def _attention(self, three: torch.Tensor, group: Group) -> torch.Tensor:
        texts, longest = group.places.shape
        spread = _Moved.apply(three, group.places.reshape(-1), group.back)
        query, key, value = spread.view(texts, longest, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2)
        if len(group.back) < texts * longest:
            scores = scores + torch.where(group.there, 0.0, -1e4).to(scores.dtype)[:, None, None]
        seen = (scores.softmax(-1) @ value).transpose(1, 2).reshape(texts * longest, -1)
        return _Moved.apply(seen, group.back, group.places.reshape(-1), group.there.reshape(-1, 1))


class _Moved(torch.autograd.Function):
    """Rows moved to other places; the gradient is moved back, which is much faster than adding it up by index."""

    @staticmethod
    def forward(
        ctx: Any, rows: torch.Tensor, places: torch.Tensor, back: torch.Tensor, there: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Return `rows[places]`; `back` says where each row went, `there` (n, 1) which of those rows count."""
        ctx.save_for_backward(back, there)
        return rows.index_select(0, places)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None, None, None]:
        """Return the gradient of `rows`."""
        back, there = ctx.saved_tensors
        moved = gradient.index_select(0, back)
        return (moved if there is None else moved * there), None, None, None


def _weights(layer: torch.nn.Module, head: int, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    attend, out = layer.attention.self, layer.attention.output
    scale = 1 / math.sqrt(head)
    weights = {
        "attend": torch.cat([attend.query.weight * scale, attend.key.weight, attend.value.weight]),
        "attend bias": torch.cat([attend.query.bias * scale, attend.key.bias, attend.value.bias]),
        "out": out.dense.weight,
        "out bias": out.dense.bias,
        "norm": out.LayerNorm.weight,
        "norm bias": out.LayerNorm.bias,
        "inner": layer.intermediate.dense.weight,
        "inner bias": layer.intermediate.dense.bias,
        "outer": layer.output.dense.weight,
        "outer bias": layer.output.dense.bias,
        "last norm": layer.output.LayerNorm.weight,
        "last norm bias": layer.output.LayerNorm.bias,
    }
    return {name: weight.to(dtype) for name, weight in weights.items()}


def _bounds(lengths: Sequence[int]) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    first = 0
    for i, length in enumerate(lengths):
        if lengths[first] - length > max(_WASTED_PIECES, _WASTE * lengths[first]):
            bounds.append((first, i))
            first = i
    return [*bounds, (first, len(lengths))]


def _group(lengths: torch.Tensor, first: int, device: torch.device) -> Group:
    longest, total = int(lengths.max()), int(lengths.sum())
    there = torch.arange(longest)[None] < lengths[:, None]
    places = torch.zeros(len(lengths), longest, dtype=torch.long)
    places[there] = torch.arange(total)
    back = there.reshape(-1).nonzero()[:, 0]
    return Group(first, first + total, places.to(device), there.to(device), back.to(device))
