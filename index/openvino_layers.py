"""The encoder's layers in OpenVINO, where that is installed (`pip install "hoibao[fast]"`): more texts a second.

Only the layers run there; pieces, mean and normalising stay those of sentence-transformers. The arithmetic stays the
same too, so that an index made with it fits one made without: benchmarks/README.md, Time.

The layers are handed over by OpenVINO's reader of traced modules. Its `convert_model` does the same, and tells its
makers over the network that it was used.
"""

from __future__ import annotations

import importlib.util
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import torch
from transformers.modeling_outputs import BaseModelOutput


def is_installed() -> bool:
    """Return whether OpenVINO can be had."""
    return importlib.util.find_spec("openvino") is not None


def move_layers(model: Any, bfloat16: bool) -> bool:
    """Have OpenVINO compute the layers of `model`, a SentenceTransformer, from now on; return whether it can.

    It takes some seconds. A model whose layers OpenVINO cannot read stays as it is.
    """
    transformer = model[0]
    layers = transformer.model
    try:
        with _quiet():
            compiled = _compiled(deepcopy(layers).float().eval(), "bf16" if bfloat16 else "f32")
    except Exception:  # whatever an unusual model makes two libraries say
        return False
    transformer.model = _InOpenVino(layers.config, compiled)
    return True


class _InOpenVino(torch.nn.Module):
    """Stands where the layers were."""

    dtype = torch.float32

    def __init__(self, config: Any, compiled: Any) -> None:
        super().__init__()
        self.config, self._compiled = config, compiled

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: object) -> BaseModelOutput:
        """A request serves one thread, so each call makes its own."""
        found = self._compiled.create_infer_request().infer([input_ids.numpy(), attention_mask.numpy()])
        return BaseModelOutput(last_hidden_state=torch.from_numpy(found[0].copy()))


class Layers(torch.nn.Module):
    """The layers with the two inputs that they need."""

    def __init__(self, layers: torch.nn.Module) -> None:
        super().__init__()
        self._layers = layers

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the states `(texts, pieces, size)` of ids and of which of them count, both `(texts, pieces)`."""
        states: torch.Tensor = self._layers(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return states


def _compiled(layers: torch.nn.Module, precision: str) -> Any:
    """OpenVINO's modules have no types that hold for all their versions."""
    import openvino
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    example = (torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9, dtype=torch.long))
    decoder = TorchScriptPythonDecoder(Layers(layers), example_input=example)
    reader: Any = FrontEndManager().load_by_framework("pytorch")
    core: Any = openvino.Core()
    return core.compile_model(reader.convert(reader.load(decoder)), "CPU", {"INFERENCE_PRECISION_HINT": precision})


@contextmanager
def _quiet() -> Iterator[None]:
    """Tracing warns of every branch that a traced module takes for good."""
    logger = logging.getLogger("transformers")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
