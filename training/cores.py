"""One step of learning, the chunks of its batch each on a core of its own.

Threads that wait for each other at every operation lose half their time on a machine that does other work too; here
they wait twice a step, before the loss and after its gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch

from training.encoder import Chunk, Encoder, in_order, reduced_precision

Loss = Callable[..., torch.Tensor]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one side of a batch, each to be cut after that number of pieces."""

    texts: Sequence[str]
    pieces: int


class Cores:
    """Threads of one core each; on a GPU there is one thread, and the GPU does the work."""

    def __init__(self, encoder: Encoder, cores: int) -> None:
        self._encoder = encoder
        self._threads = ThreadPoolExecutor(cores, initializer=torch.set_num_threads, initargs=(1,))

    def gradients(self, sides: Sequence[Texts], loss: Loss) -> float:
        """Return the loss of the sides' vectors, and add its gradients to the encoder's parameters."""
        chunked = [self._encoder.chunks(side.texts, side.pieces) for side in sides]
        parts = list(self._threads.map(self._encode, [chunk for chunks in chunked for chunk in chunks]))
        leaves = [part.detach().requires_grad_() for part in parts]
        left = iter(leaves)
        vectors = [in_order(chunks, [next(left) for _ in chunks]) for chunks in chunked]
        value = loss(*vectors)
        value.backward()
        list(self._threads.map(lambda part, leaf: part.backward(leaf.grad), parts, leaves))
        return value.item()

    def _encode(self, chunk: Chunk) -> torch.Tensor:
        with reduced_precision(self._encoder.bert.device):
            return self._encoder.pool(chunk.rows)
