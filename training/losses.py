"""What the encoder is punished for."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional

_SCALE = 20.0
# Late interaction is a mean over the query's pieces; summed over 32 of them it is what ColBERT learns from.
LATE_SCALE = 32.0
# Against the pull of the batch: how strongly a text is drawn to its own place in the teacher's space.
_TO_TEACHER = 10.0
# What BM25 would add to a pair's score, were all the query's words in the passage. See `contrast`.
_LEXICAL_HELP = 5.0


def to_teacher(vectors: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return the loss of texts `(n, dim)` against the teacher's vectors: the right one of the batch, and near it."""
    same = _same(targets @ targets.T > 0.999)
    scores = (_SCALE * vectors @ targets.T).masked_fill(same, -1e4)
    right = torch.arange(len(scores), device=scores.device)
    among = (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2
    return among + _TO_TEACHER * (1 - (vectors * targets).sum(1)).mean()


def contrast(
    scores: torch.Tensor, equal: torch.Tensor, lexical: torch.Tensor | None = None, scale: float = _SCALE
) -> torch.Tensor:
    """Return the loss of queries that should find the passage of their own row, by their scores `(n, n)` in [-1, 1].

    `equal` (n, n) marks equal passages. With `lexical` (n, n), the share of a query's words in a passage, the pair's
    score has BM25's part added, so that only what words in common leave open is learnt
    (Gao et al. 2021, "Complement Lexical Retrieval Model with Semantic Residual Embeddings").
    """
    scores = scale * scores.float()
    if lexical is not None:
        scores = scores + _LEXICAL_HELP * lexical
    return functional.cross_entropy(
        scores.masked_fill(_same(equal), -1e4), torch.arange(len(scores), device=scores.device)
    )


def shared_words(queries: Sequence[Sequence[int]], passages: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the share of each query's pieces found in each passage `(n, n)`, in [0, 1], rare ones counting more."""
    columns = {piece: column for column, piece in enumerate(sorted({p for query in queries for p in query}))}
    asked = _presence(queries, columns)
    there = _presence(passages, columns)
    rarity = torch.log((len(passages) + 1) / (there.sum(0) + 1)).clamp(min=0.05)
    return (asked * rarity) @ there.T / (asked * rarity).sum(1, keepdim=True).clamp(min=1e-6)


def equal_texts(texts: Sequence[str]) -> torch.Tensor:
    """(n, n), true where two texts are the same."""
    number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    numbers = torch.tensor([number[text] for text in texts])
    return numbers[:, None] == numbers[None]


def _presence(rows: Sequence[Sequence[int]], columns: dict[int, int]) -> torch.Tensor:
    present = torch.zeros(len(rows), len(columns))
    for i, row in enumerate(rows):
        present[i, [columns[piece] for piece in row if piece in columns]] = 1.0
    return present


def _same(equal: torch.Tensor) -> torch.Tensor:
    return equal & ~torch.eye(len(equal), dtype=torch.bool, device=equal.device)
