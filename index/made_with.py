"""What an index was made with, as its manifest tells it, and whether what is here today is the same.

A vector means something only to the model that made it, under the same prompts, and offsets only in text that was
normalised alike. What an older manifest of this format does not tell yet is not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.encoder import Encoder, ModelError
from index.passages import EARLIER_SPLITTERS, SPLITTER
from index.store import Manifest, build_command

NORMALISER = "NFC, invisible characters removed"

_FIELDS = {"model": dict, "passage_tokens": int, "normaliser": str, "articles": int, "passages": int}
_MODEL_FIELDS = {"name": str, "weights": str, "dimension": int}
_LATER_FIELDS = {"splitter": str, "overlap_tokens": int}  # the first indexes of format 3 do not have them


def made_with(encoder: Encoder, passage_tokens: int, overlap_tokens: int) -> Manifest:
    """Return what the manifest of an index says of its encoder, its splitter and its normaliser."""
    return {
        "model": {
            "name": encoder.name,
            "weights": encoder.weights_hash(),
            "dimension": encoder.dimension,
            "prompts": dict(encoder.prompts),
        },
        "splitter": SPLITTER,
        "passage_tokens": passage_tokens,
        "overlap_tokens": overlap_tokens,
        "normaliser": NORMALISER,
    }


def encoder_of(manifest: Mapping[str, Any], model: str | Encoder | None, directory: Path) -> Encoder:
    """Return the encoder that an index was made with: `model`, or else the one that its manifest names.

    Raises ModelError with both sides and the command that makes the index anew, if that encoder, or the splitter or
    the normaliser of this version, is another; an earlier splitter's passages are read. An encoder under another name
    is the same if its weights and prompts are.
    """
    remedy = f"make it anew with: {build_command(directory, str(manifest.get('corpus', 'FOLDER')))}"
    _check_fields(manifest, directory, remedy)
    for name, now, earlier in (("normaliser", NORMALISER, frozenset()), ("splitter", SPLITTER, EARLIER_SPLITTERS)):
        then = manifest.get(name, now)
        if then != now and then not in earlier:
            raise ModelError(f"{directory}: this index was made with the {name} {then!r}, now it is {now!r}; {remedy}")
    made = manifest["model"]
    encoder = _load(made, model, directory, remedy)
    if not _is_the_same(made, encoder):
        here = made_with(encoder, 0, 0)["model"]
        raise ModelError(
            f"{directory}: this index was made with {_told(made)}, the encoder is "
            f"{_told(here)}; {remedy} --model {encoder.name}"
        )
    if manifest["passage_tokens"] > encoder.max_tokens:
        raise ModelError(
            f"{directory}: this index has passages of {manifest['passage_tokens']} tokens, {encoder.name} reads "
            f"{encoder.max_tokens}; {remedy} --model {encoder.name}"
        )
    return encoder


def _check_fields(manifest: Mapping[str, Any], directory: Path, remedy: str) -> None:
    """Raise ModelError if the manifest lacks a field or has one of another kind."""
    model = manifest.get("model")
    later = {name: kind for name, kind in _LATER_FIELDS.items() if name in manifest}
    told = model if isinstance(model, dict) else {}
    prompts = {"prompts": dict} if "prompts" in told else {}
    for values, fields in ((manifest, {**_FIELDS, **later}), (told, {**_MODEL_FIELDS, **prompts})):
        for name, kind in fields.items():
            if type(values.get(name)) is not kind:
                raise ModelError(
                    f"{directory}: its manifest has {name} {values.get(name)!r}, expected {kind.__name__}; {remedy}"
                )


def _load(made: Mapping[str, Any], model: str | Encoder | None, directory: Path, remedy: str) -> Encoder:
    if isinstance(model, Encoder):
        return model
    if model is not None:
        return Encoder.load(model)
    try:
        return Encoder.load(made["name"])
    except ModelError as error:
        raise ModelError(
            f"{directory}: this index was made with {made['name']} ({made['dimension']} numbers, weights "
            f"{made['weights'][:8]}), which cannot be had: {error}; {remedy}, or say where it is with --model"
        ) from error


def _is_the_same(made: Mapping[str, Any], encoder: Encoder) -> bool:
    return bool(
        encoder.dimension == made["dimension"]
        and encoder.weights_hash() == made["weights"]
        and made.get("prompts", encoder.prompts) == encoder.prompts
    )


def _told(model: Mapping[str, Any]) -> str:
    """Return a model in words, with its prompts if it has any."""
    prompts = model.get("prompts", {})
    told = "".join(f", {name} prompt {text!r}" for name, text in prompts.items() if text)
    return f"{model['name']} ({model['dimension']} numbers, weights {model['weights'][:8]}{told})"
