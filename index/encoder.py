"""Encoder: texts -> unit vectors, with the bundled model or any other of sentence-transformers."""

from __future__ import annotations

import copy
import gc
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from index.late_interaction import Tokens
from index.products import in_bfloat16

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BUNDLED = "hoibao-vi-en-zh"
BUNDLED_FOLDER = Path(__file__).parent / "model"
LATE_INTERACTION = "late_interaction.safetensors"  # what a model folder may bring for it: axes, piece_weights
SUMS = "SHA256SUMS"  # what a model folder may bring to be checked by, as `sha256sum` writes it
BATCH_SIZE = 32
# Every length that texts are padded to costs torch and OpenVINO some megabytes for good: so there are a dozen of them.
PADDED_TO = 16  # pieces
MANY = 4_000  # texts from which on it pays to move the layers to a quicker library
DOCUMENT = ("document", "passage", "corpus")  # what models call the prompt of texts that are to be found

_AGAIN = "get the model again, or install hoibao again if it is its own"

Vectors = NDArray[np.float32]
Vector = NDArray[np.float32]


class ModelError(ValueError):
    """The model cannot be had, or is not the one that an index was made with."""


class Encoder:
    """A sentence-transformers model that gives unit vectors; its queries and documents get the model's own prompts."""

    prompts: Mapping[str, str] = MappingProxyType({"query": "", "document": ""})  # put before what is encoded

    def __init__(self, model: SentenceTransformer, name: str, folder: Path) -> None:
        """`folder`: where the model lies, if it lies in a folder; it may bring `LATE_INTERACTION`."""
        self.name = name
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 512)
        self.prompts = {"query": self._prompt("query"), "document": self._prompt(*DOCUMENT)}
        self.axes, self._piece_weights = _late_interaction(folder)
        self._weights_hash = self._hash()
        self._is_moved = False
        # A tokenizer keeps how it pads and cuts: one that threads call in several ways cuts the texts of the others.
        self._counting, self._reading = copy.deepcopy(model.tokenizer), copy.deepcopy(model.tokenizer)
        self._pad_evenly()
        self._use_fastest_arithmetic()

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
        return cls(_load_model(place, name, download), name, Path(place))

    def weights_hash(self) -> str:
        """Return the sha256 of all weights: two models of one name that differ in a bit differ here."""
        return self._weights_hash

    def prepare_for(self, texts: int) -> None:
        """Get ready to encode that many texts: many are worth the seconds that it takes OpenVINO to take over.

        Nothing happens where OpenVINO is not installed, or there is a GPU. Vectors stay the same to 4 decimals.
        """
        if texts < MANY or self._is_moved or self._model.device.type != "cpu":
            return
        from index import openvino_layers

        self._is_moved = True
        if openvino_layers.is_installed():
            openvino_layers.move_layers(self._model, self._in_bfloat16)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many of the model's tokens each text has, without those added around it."""
        if not texts:
            return []
        tokens = self._counting(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    def encode_query(self, text: str) -> tuple[Vector, Tokens]:
        """Return the unit vector `(dimension,)` of a question and its tokens, from one pass through the model."""
        outputs: Any = self._model.encode_query([text], output_value=None, show_progress_bar=False)
        vectors, tokens = self._both(outputs, [text], self.prompts["query"])
        return vectors[0], tokens[0]

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Return unit vectors `(n, dimension)` of texts to be found, and the tokens of each, from one pass.

        What is over `max_tokens` is not read. A model without token vectors gives texts without tokens.
        """
        outputs: Any = self._model.encode_document(
            list(texts), batch_size=BATCH_SIZE, output_value=None, show_progress_bar=False
        )
        return self._both(outputs, texts, self.prompts["document"])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors `(n, dimension)` of texts to be found. What is over `max_tokens` is not read."""
        vectors = self._model.encode_document(
            list(texts), batch_size=BATCH_SIZE, convert_to_numpy=True, show_progress_bar=False
        )
        return self._unit(vectors)

    def _hash(self) -> str:
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
        for array in (self.axes, self._piece_weights):
            digest.update(b"" if array is None else array.tobytes())
        return digest.hexdigest()

    def _pad_evenly(self) -> None:
        """Pad batches to multiples of `PADDED_TO`, where the model reads text by sentence-transformers' own module."""
        how = getattr(self._model[0], "processing_kwargs", None)
        if isinstance(how, dict):
            how.setdefault("text", {}).setdefault("pad_to_multiple_of", PADDED_TO)

    def _use_fastest_arithmetic(self) -> None:
        """Go on in bfloat16 where the processor multiplies it in hardware: benchmarks/README.md, Time."""
        self._in_bfloat16 = self._model.device.type == "cpu" and in_bfloat16()
        if self._in_bfloat16:
            self._model.bfloat16()

    def _prompt(self, *names: str) -> str:
        """Return what the library puts before a text: the first of the model's prompts by these names."""
        prompts = self._model.prompts
        return next((prompts[name] or "" for name in names if name in prompts), "")

    def _both(self, outputs: Sequence[Any], texts: Sequence[str], prompt: str) -> tuple[Vectors, list[Tokens]]:
        if not texts:
            return np.empty((0, self.dimension), np.float32), []
        vectors = self._unit(np.stack([output["sentence_embedding"].float().cpu().numpy() for output in outputs]))
        read: Any = self._reading(
            [prompt + text for text in texts], truncation=True, max_length=self.max_tokens, return_offsets_mapping=True
        )
        return vectors, [
            self._tokens(output.get("token_embeddings"), ids, np.asarray(spans, np.int64).reshape(-1, 2) - len(prompt))
            for output, ids, spans in zip(outputs, read["input_ids"], read["offset_mapping"], strict=True)
        ]

    def _tokens(self, output: torch.Tensor | None, ids: Sequence[int], spans: NDArray[np.int64]) -> Tokens:
        """Return the tokens of one text, without its prompt and those that the model adds around it."""
        if output is None:
            return Tokens(
                np.empty((0, self.dimension), np.float32), np.empty((0, 2), np.int64), np.empty(0, np.float32)
            )
        vectors = output.float().cpu().numpy()
        places = spans[: len(vectors)]
        own = (places[:, 1] > places[:, 0]) & (places[:, 0] >= 0)
        vectors = vectors[: len(own)][own]
        counts = np.ones(len(vectors), np.float32)
        if self._piece_weights is not None:
            counts = self._piece_weights[np.asarray(ids)[: len(own)][own]]
        return Tokens(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), places[own], counts)

    def _unit(self, vectors: object) -> Vectors:
        array = np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        lengths = np.linalg.norm(array, axis=1, keepdims=True)
        if not np.all(np.isfinite(lengths)):
            raise ModelError(f"{self.name}: the model gives numbers that are not finite")
        return cast(Vectors, array / np.maximum(lengths, 1e-12))


def _late_interaction(folder: Path) -> tuple[Vectors | None, Vector | None]:
    """The axes `(dimension, size)` and the weight of each piece that the model's folder brings, if it does."""
    from safetensors.numpy import load_file

    path = folder / LATE_INTERACTION
    if not path.is_file():
        return None, None
    try:
        brought = load_file(path)
        return brought["axes"].astype(np.float32), brought["piece_weights"].astype(np.float32)
    except Exception as error:  # whatever a damaged file makes the library say
        raise ModelError(f"{path}: this file cannot be read ({error})") from error


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1 or Path(name).is_dir()


def _check_folder(folder: Path, name: str) -> None:
    """Say what is wrong with a model folder before anything slow is imported."""
    if not folder.is_dir():
        raise ModelError(f"{name}: no such model folder")
    if not (folder / "modules.json").is_file():
        raise ModelError(f"{name}: no modules.json in it, so it is not a sentence-transformers model")
    if (folder / SUMS).is_file():
        check_sums(folder, name)


def check_sums(folder: Path, name: str) -> None:
    """Raise ModelError that names a file which is not the one that the folder's sums are of."""
    try:
        sums = (folder / SUMS).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ModelError(f"{name}: {SUMS}: cannot be read ({error}); {_AGAIN}") from None
    for line in sums.splitlines():
        expected, _, relative = line.partition("  ")
        try:
            with (folder / relative).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == expected
        except (OSError, ValueError) as error:
            raise ModelError(f"{name}: {relative[:80]}: cannot be read ({error}); {_AGAIN}") from None
        if not same:
            raise ModelError(f"{name}: {relative}: cannot be used, not the file that was made; {_AGAIN}")


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
