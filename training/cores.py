"""One step of learning, the chunks of its batch each on a core of its own.

Threads that wait for each other at every operation lose half their time on a machine that does other work too; here
they wait twice a step, before the loss and after its gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch

from training.encoder import Chunk, Encoded, Encoder, WordTable, in_order


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one side of a batch, each to be cut after that number of pieces."""

    texts: Sequence[str]
    pieces: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a batch encoded, by chunks."""

    chunks: list[Chunk]
    encoded: list[Encoded]

    @property
    def vectors(self) -> torch.Tensor:
        """Unit vectors `(n, 384)` in the order of the batch."""
        return in_order(self.chunks, [encoded.vectors for encoded in self.encoded])


Loss = Callable[..., torch.Tensor]


class Cores:
    """Threads of one core each; on a GPU there is one thread, and the GPU does the work."""

    def __init__(self, encoder: Encoder, cores: int) -> None:
        self._encoder = encoder
        self._threads = ThreadPoolExecutor(cores, initializer=one_thread)

    def gradients(self, sides: Sequence[Texts], loss: Loss) -> float:
        """Return the loss of the sides, and add its gradients to the encoder's parameters."""
        chunked = [self._encoder.chunks(side.texts, side.pieces) for side in sides]
        chunks = [chunk for side in chunked for chunk in side]
        table = WordTable(self._encoder.bert.embeddings.word_embeddings, chunks)
        layers = self._encoder.layers()
        parts = list(self._threads.map(lambda chunk: self._encoder.encode_chunk(chunk, layers, table), chunks))
        leaves = [Encoded(_leaf(part.vectors), _leaf(part.states)) for part in parts]
        left = iter(leaves)
        value = loss(*[Side(side, [next(left) for _ in side]) for side in chunked])
        value.backward()
        list(self._threads.map(_backward, parts, leaves))
        layers.pass_gradients_on()
        table.pass_gradients_on()
        return value.item()


def one_thread() -> None:
    """Make the calling thread work alone."""
    torch.set_num_threads(1)
    # Gradients of attention fade into numbers so small that this arithmetic takes ten times as long for them.
    torch.set_flush_denormal(True)


def _leaf(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().requires_grad_()


def _backward(part: Encoded, leaf: Encoded) -> None:
    outputs = [(out, given.grad) for out, given in ((part.vectors, leaf.vectors), (part.states, leaf.states))]
    given = [(out, gradient) for out, gradient in outputs if gradient is not None]
    torch.autograd.backward([out for out, _ in given], [gradient for _, gradient in given])
