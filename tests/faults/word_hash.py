"""An encoder that needs no model: each word has a vector that follows from its letters, a text has their sum.

Texts with words in common are near, the same text always has the same bytes, and nothing of torch is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.encoder import Encoder, Vector, Vectors
from index.late_interaction import Tokens
from index.vietnamese import syllables


class WordHash(Encoder):
    """Vectors of 16 numbers; `weights` stands for what a model learned: another one gives other vectors."""

    def __init__(self, name: str = "word-hash", weights: str = "1", dimension: int = 16) -> None:
        self.name, self.dimension, self.max_tokens = name, dimension, 512
        self.axes, self._piece_weights = np.eye(dimension, dtype=np.float32), None
        self._weights, self._weights_hash = weights, hashlib.sha256(weights.encode()).hexdigest()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(syllables(text)) for text in texts]

    def encode_query(self, text: str) -> tuple[Vector, Tokens]:
        vectors, tokens = self.encode_passages([text])
        return vectors[0], tokens[0]

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        return self.encode_documents(texts), [self._of_words(text) for text in texts]

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._unit([self._of_words(text).vectors.sum(axis=0) for text in texts])

    def _of_words(self, text: str) -> Tokens:
        words = syllables(text) or [""]
        starts = np.minimum(np.arange(len(words)), max(len(text) - 1, 0))
        vectors = np.stack([_unit_vector(f"{self._weights}:{word}", self.dimension) for word in words])
        return Tokens(vectors, np.stack([starts, starts + 1], axis=1), np.ones(len(words), np.float32))


@lru_cache(maxsize=10_000)
def _unit_vector(word: str, dimension: int) -> Vector:
    numbers = np.frombuffer(hashlib.shake_256(word.encode()).digest(2 * dimension), np.int16).astype(np.float32)
    return numbers / np.float32(np.linalg.norm(numbers))
