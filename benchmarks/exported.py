"""The encoder in other programs, where they are installed: ONNX Runtime (`pip install onnx onnxruntime`) and OpenVINO.
Only the layers run there; tokens, mean and normalising stay those of sentence-transformers.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.modeling_outputs import BaseModelOutput

from index.openvino_layers import Layers, is_installed, move_layers

# Piece ids and which of them count, both (texts, pieces) -> states (texts, pieces, size).
Run = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]

NEEDED = ("onnx", "onnxruntime")
OPSET = 17


def exported_ways(load: Callable[[], SentenceTransformer]) -> dict[str, SentenceTransformer]:
    """Return the model as `load` gives it, once for each other program; none where one of them is not installed."""
    if not all(importlib.util.find_spec(name) for name in NEEDED):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "layers.onnx", Path(folder) / "layers-int8.onnx"
        _export(load(), plain)
        _quantize(plain, small)
        runs = {
            "ONNX Runtime, float32": _by_onnx_runtime(plain),
            "ONNX Runtime, int8": _by_onnx_runtime(small),
        }
    return {name: _with_layers(load(), run) for name, run in runs.items()}


def openvino_ways(load: Callable[[], SentenceTransformer]) -> dict[str, SentenceTransformer]:
    """Return the model with its layers in OpenVINO, as the product moves them; none where it is not installed."""
    ways = {"OpenVINO, float32": load(), "OpenVINO, bfloat16": load()} if is_installed() else {}
    return {name: model for name, model in ways.items() if move_layers(model, bfloat16=name.endswith("bfloat16"))}


class _Elsewhere(torch.nn.Module):
    """Stands in the place of the layers and has another program compute them."""

    def __init__(self, config: Any, run: Run) -> None:
        super().__init__()
        self.config, self._run, self.dtype = config, run, torch.float32

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: object) -> BaseModelOutput:
        states = self._run(input_ids.numpy(), attention_mask.numpy())
        return BaseModelOutput(last_hidden_state=torch.from_numpy(states))


def _export(model: SentenceTransformer, path: Path) -> None:
    bert: Any = model[0].model
    bert.config._attn_implementation = "eager"  # what the exporter knows
    example = (torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9, dtype=torch.long))
    names = ["input_ids", "attention_mask"]
    free = {name: {0: "texts", 1: "pieces"} for name in names}
    torch.onnx.export(
        Layers(bert).eval(), example, str(path), input_names=names, output_names=["states"], dynamic_axes=free,
        dynamo=False, opset_version=OPSET,
    )  # fmt: skip


def _quantize(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True)


def _by_onnx_runtime(path: Path) -> Run:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    return lambda ids, mask: session.run(None, {"input_ids": ids, "attention_mask": mask})[0]


def _with_layers(model: SentenceTransformer, run: Run) -> SentenceTransformer:
    transformer: Any = model[0]
    transformer.model = _Elsewhere(transformer.model.config, run)
    return model
