"""Late interaction: every piece of the query is compared with every piece of the passage.

The score of a pair is the mean, over the query's pieces, of the largest cosine that the piece has with one of the
passage's (MaxSim: Khattab and Zaharia 2020, "ColBERT"). Each piece counts by a weight of its own that is learnt too and
begins as its inverse document frequency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch
from torch.nn import functional

from index import late_interaction
from index.vietnamese import strip_marks
from training.cores import Side
from training.encoder import Chunk, Encoded, Encoder, best_dtype
from training.packed import Group, Packed
from training.types import TrainingText

_LEAST_WEIGHT = 0.1
_COUNTED_PIECES = 200
# Texts of each language whose pieces are counted.
_COUNTED_TEXTS = 20_000


def late_scores(
    weights: torch.Tensor,
    queries: Side,
    passages: Side,
) -> torch.Tensor:
    """Return the scores `(queries, passages)` in [-1, 1], both in the order of the batch.

    [CLS] and [SEP] do not count.
    """
    found = [_Found(chunk, encoded) for chunk, encoded in zip(passages.chunks, passages.encoded, strict=True)]
    scores = torch.cat(
        [
            _chunk_scores(weights, chunk, encoded, found)
            for chunk, encoded in zip(queries.chunks, queries.encoded, strict=True)
        ]
    )
    return scores[_order(queries.chunks, scores)][:, _order(passages.chunks, scores)]


def first_weights(encoder: Encoder, text: TrainingText) -> torch.Tensor:
    """Return each piece's inverse document frequency, the least of all languages (with marks and without)."""
    vietnamese = [
        " ".join(section.paragraphs) for section in text.sections[:: max(1, len(text.sections) // _COUNTED_TEXTS)]
    ]
    texts = {
        "vi": vietnamese,
        "vi without marks": [strip_marks(passage) for passage in vietnamese],
        "en": [t.english for t in text.translations[:_COUNTED_TEXTS]],
        "zh": [t.text for t in text.translations if t.language == "zh"][:_COUNTED_TEXTS],
    }
    return torch.stack([_rarity(encoder, language) for language in texts.values() if language]).amin(0)


@torch.no_grad()
def principal_axes(encoder: Encoder, texts: Sequence[str], size: int) -> torch.Tensor:
    """Return the `size` axes `(384, size)` along which the unit states of the texts' pieces lie most, largest first."""
    layers = encoder.layers()
    chunks = encoder.chunks(texts, _COUNTED_PIECES)
    states = torch.cat([encoder.encode_chunk(chunk, layers).states for chunk in chunks])
    return torch.from_numpy(late_interaction.principal_axes(functional.normalize(states, dim=-1).cpu().numpy(), size))


def _rarity(encoder: Encoder, texts: Sequence[str]) -> torch.Tensor:
    counts = Counter(piece for row in encoder.piece_ids(texts, _COUNTED_PIECES) for piece in set(row))
    seen = torch.zeros(encoder.tokenizer.get_vocab_size())
    seen[list(counts)] = torch.tensor([float(n) for n in counts.values()])
    return torch.log((len(texts) + 1) / (seen + 1)).clamp(min=_LEAST_WEIGHT)


def _chunk_scores(weights: torch.Tensor, chunk: Chunk, encoded: Encoded, found: Sequence[_Found]) -> torch.Tensor:
    ids, owners, inside = _pieces(chunk, encoded.states.device)
    counts = weights[ids] * inside
    of_text = torch.zeros(len(chunk.rows), device=counts.device).index_add(0, owners, counts)
    share = counts / of_text[owners].clamp(min=1e-6)
    asked = _unit(encoded.states)
    best = torch.cat([passages.best_matches(asked) for passages in found], dim=1)
    scores = torch.zeros(len(chunk.rows), best.shape[1], device=best.device)
    return scores.index_add(0, owners, share[:, None] * best)


class _Found:
    """The passages of one chunk, in groups of about one length."""

    def __init__(self, chunk: Chunk, encoded: Encoded) -> None:
        packed = Packed.of(chunk.rows, encoded.states.device)
        self._groups = packed.groups
        self._states = _unit(encoded.states)
        _, _, self._inside = _pieces(chunk, encoded.states.device)

    def best_matches(self, asked: torch.Tensor) -> torch.Tensor:
        """Return the largest cosine of each piece in each passage, float32 `(pieces, passages)`."""
        return torch.cat([self._in_group(asked, group) for group in self._groups], dim=1)

    def _in_group(self, asked: torch.Tensor, group: Group) -> torch.Tensor:
        inside = (self._inside[group.first : group.last][group.places]) & group.there
        cosines = asked @ self._states[group.first : group.last].T
        spread = cosines[:, group.places.reshape(-1)].view(len(asked), *group.places.shape)
        return spread.masked_fill(~inside, -1.0).max(-1).values.float()


def _pieces(chunk: Chunk, device: torch.device) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The pieces of the texts in a row, the text each belongs to, and whether it stands for a word."""
    lengths = torch.tensor([len(row) for row in chunk.rows])
    ids = torch.tensor([piece for row in chunk.rows for piece in row])
    ends = lengths.cumsum(0)
    inside = torch.ones(len(ids), dtype=torch.bool)
    inside[ends - 1] = inside[ends - lengths] = False
    owners = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    return ids.to(device), owners.to(device), inside.to(device)


def _unit(states: torch.Tensor) -> torch.Tensor:
    return functional.normalize(states, dim=-1).to(best_dtype(states.device))


def _order(chunks: Sequence[Chunk], scores: torch.Tensor) -> torch.Tensor:
    return torch.argsort(torch.tensor([place for chunk in chunks for place in chunk.places])).to(scores.device)
