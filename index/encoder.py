"""Encoder: texts -> unit vectors, with the bundled model or any other of sentence-transformers."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BUNDLED = "hoibao-vi-en-zh"
BUNDLED_FOLDER = Path(__file__).parent / "model"
BATCH_SIZE = 32

Vectors = NDArray[np.float32]
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: `vectors` `(n, dimension)`, each of length 1, and `spans` `(n, 2)` in code points."""

    vectors: Vectors
    spans: NDArray[np.int64]


class ModelError(ValueError):
    """The model cannot be had, or is not the one that an index was made with."""


class Encoder:
    """A sentence-transformers model that gives unit vectors; its queries and documents get the model's own prompts."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self.name = name
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 512)

    @classmethod
    def load(cls, name: str | None = None, download: bool = False) -> Encoder:
        """Return the bundled model, or the one of this name or folder. Nothing is looked up on the network
        unless `download` is true. Raises ModelError in one line if the model is not there or not whole.
        """
        name = name or BUNDLED
        place = str(BUNDLED_FOLDER) if name == BUNDLED else name
        if name == BUNDLED or _is_path(name):
            _check_folder(Path(place), name)
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        # Threads that wait by spinning take the core that the question needs: benchmarks/README.md, Time.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        if not download:
            os.environ["HF_HUB_OFFLINE"] = "1"
        return cls(_load_model(place, name, download), name)

    def weights_hash(self) -> str:
        """Return the sha256 of all weights: two models of one name that differ in a bit differ here."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
        return digest.hexdigest()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many of the model's tokens each text has, without those added around it."""
        if not texts:
            return []
        tokens = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    def encode_query(self, text: str) -> tuple[Vector, Tokens]:
        """Return the unit vector `(dimension,)` of a question and its tokens, from one pass through the model."""
        outputs: Any = self._model.encode_query([text], output_value=None, show_progress_bar=False)
        output = outputs[0]
        vector = self._unit(output["sentence_embedding"].float().cpu().numpy())[0]
        if "token_embeddings" not in output:
            return vector, self._no_tokens()
        return vector, _tokens(output["token_embeddings"], self._spans([text])[0])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors `(n, dimension)` of texts to be found. What is over `max_tokens` is not read."""
        vectors = self._model.encode_document(
            list(texts), batch_size=BATCH_SIZE, convert_to_numpy=True, show_progress_bar=False
        )
        return self._unit(vectors)

    def token_vectors(self, texts: Sequence[str]) -> list[Tokens]:
        """Return for each text the unit vectors `(tokens, dimension)` of its tokens and their spans `(tokens, 2)`.

        Tokens that the model adds around a text are left out. A model without token vectors gives empty ones.
        """
        if not texts:
            return []
        try:
            outputs = self._model.encode_document(
                list(texts),
                batch_size=BATCH_SIZE,
                output_value="token_embeddings",
                convert_to_numpy=False,
                show_progress_bar=False,
            )
        except (KeyError, RuntimeError):
            return [self._no_tokens() for _ in texts]
        return [_tokens(output, span) for output, span in zip(outputs, self._spans(texts), strict=True)]

    def _spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        spans: list[list[tuple[int, int]]] = self._model.tokenizer(
            list(texts), truncation=True, max_length=self.max_tokens, return_offsets_mapping=True
        )["offset_mapping"]
        return spans

    def _no_tokens(self) -> Tokens:
        return Tokens(np.empty((0, self.dimension), np.float32), np.empty((0, 2), np.int64))

    def _unit(self, vectors: object) -> Vectors:
        array = np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        lengths = np.linalg.norm(array, axis=1, keepdims=True)
        if not np.all(np.isfinite(lengths)):
            raise ModelError(f"{self.name}: the model gives numbers that are not finite")
        return cast(Vectors, array / np.maximum(lengths, 1e-12))


def _tokens(output: torch.Tensor, spans: Sequence[tuple[int, int]]) -> Tokens:
    vectors = output.float().cpu().numpy()
    places = np.asarray(spans, np.int64).reshape(-1, 2)
    own = places[:, 1] > places[:, 0]
    vectors = vectors[: len(own)][own[: len(vectors)]]
    return Tokens(
        vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), places[own][: len(vectors)]
    )


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1 or Path(name).is_dir()


def _check_folder(folder: Path, name: str) -> None:
    """Say what is wrong with a model folder before anything slow is imported."""
    if not folder.is_dir():
        raise ModelError(f"{name}: no such model folder")
    if not (folder / "modules.json").is_file():
        raise ModelError(f"{name}: no modules.json in it, so it is not a sentence-transformers model")


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Importing these libraries makes a million objects that stay: looking for rubbish among them takes 0.9 s of 4."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _load_model(place: str, name: str, download: bool) -> SentenceTransformer:
    with _collector_paused():
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            place,
            device="cuda" if torch.cuda.is_available() else "cpu",
            trust_remote_code=False,
            local_files_only=not download,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )
    except Exception as error:  # the libraries below raise a dozen kinds for a model that cannot be read
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        hint = "" if download or _is_path(name) or name == BUNDLED else "; to fetch it, add --download"
        raise ModelError(f"{name}: this model cannot be loaded ({reason}){hint}") from error
