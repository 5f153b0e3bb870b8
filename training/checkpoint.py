"""A run on disk, so that a killed one goes on: tensors as safetensors, the rest as JSON, replaced as a whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come. Batches come from seed and step alone, so nothing else must be kept."""

    step: int
    seconds: float
    cycle: int


def save(folder: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    """Write the run beside the last checkpoint, then put it in its place."""
    new, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    save_file(dict(model.state_dict()), new / "model.safetensors")
    save_file(_moments(model, optimizer), new / "optimizer.safetensors")
    (new / "progress.json").write_text(json.dumps(asdict(progress)), encoding="utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    new.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def resume(folder: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> Progress:
    """Put model and optimizer where the run stood; the beginning where nothing was saved."""
    old = folder.with_name(folder.name + ".old")
    folder = folder if folder.exists() or not old.exists() else old
    if not folder.exists():
        return Progress(0, 0.0, 0)
    model.load_state_dict(load_file(folder / "model.safetensors"))
    moments = load_file(folder / "optimizer.safetensors")
    for name, parameter in model.named_parameters():
        if f"{name}|exp_avg" in moments:
            optimizer.state[parameter] = {
                key: moments[f"{name}|{key}"].to(parameter.device if key != "step" else "cpu")
                for key in ("step", "exp_avg", "exp_avg_sq")
            }
    return Progress(**json.loads((folder / "progress.json").read_text(encoding="utf-8")))


def save_weights(path: Path, model: torch.nn.Module) -> None:
    """Write the weights alone, float16."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    save_file({name: t.detach().to("cpu", torch.float16) for name, t in model.state_dict().items()}, unfinished)
    unfinished.replace(path)


def mean_of(paths: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of weights that were saved along one run, float32.

    Raises ValueError without any.
    """
    if not paths:
        raise ValueError("no weights to average: the run has not come to the end of its first cycle")
    weights = [load_file(path) for path in paths]
    return {name: torch.stack([w[name].float() for w in weights]).mean(0) for name in weights[0]}


def _moments(model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    kept: dict[str, torch.Tensor] = {}
    for name, parameter in model.named_parameters():
        for key, value in optimizer.state.get(parameter, {}).items():
            kept[f"{name}|{key}"] = value
    return kept
