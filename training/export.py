"""The weights of a run -> a model folder for sentence-transformers, with its card and what late interaction needs.

python -m training.export --run DIR --data DIR --out DIR [--command "..."] [--report report.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from index.encoder import LATE_INTERACTION, SUMS
from index.late_interaction import SIZE
from training.checkpoint import mean_of
from training.data import read_training_text
from training.encoder import Encoder, grown_from_teacher
from training.late_interaction import principal_axes
from training.model_card import model_card

# The layers have places for 512 pieces; longer texts are cut.
_LONGEST_TEXT = 512
_TEXTS_FOR_AXES = 500

# The weights that the layers began with, added to what they became (Wortsman et al. 2022, "Robust fine-tuning of
# zero-shot models"): chosen on viquad-dev, by `training.export --start-share` and `training.report`.
START_SHARE = 0.4


def finished_weights(run: Path, start_share: float = START_SHARE) -> dict[str, torch.Tensor]:
    """Return the mean of the ends of the run's cycles, with that share of the weights it began with.

    Raises FileNotFoundError where no cycle has ended.
    """
    ends = sorted(run.glob("cycle-*.safetensors"))
    if not ends:
        raise FileNotFoundError(
            f"no cycle-*.safetensors in {run}: run training.transformer to the end of a cycle first"
        )
    mean, start = mean_of(ends), mean_of([run / "start.safetensors"])
    return {name: (1 - start_share) * mean[name] + start_share * start[name] for name in mean}


def export(weights: dict[str, torch.Tensor], tokenizer_file: Path, texts: Sequence[str], out: Path) -> str:
    """Write the folder, float16, and return the sha256 of its model.safetensors.

    Late interaction keeps the directions along which the pieces of `texts` lie most.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import PreTrainedTokenizerFast

    encoder = _encoder(weights, tokenizer_file)
    late = {"axes": principal_axes(encoder, texts, SIZE), "piece_weights": encoder.piece_weights().detach()}
    names = {name: f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(tokenizer_file),
        model_max_length=_LONGEST_TEXT,
        **{f"{name}_token": piece for name, piece in names.items()},
    )
    with tempfile.TemporaryDirectory() as folder:
        encoder.bert.half().save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        model = SentenceTransformer(
            modules=[
                modules.Transformer(folder, max_seq_length=_LONGEST_TEXT),
                modules.Pooling(encoder.bert.config.hidden_size, pooling_mode="mean"),
                modules.Normalize(),
            ],
            device="cpu",
        )
        shutil.rmtree(out, ignore_errors=True)
        model.half().save_pretrained(str(out))
    weights_file = out / "model.safetensors"
    save_file({name: tensor.half().contiguous() for name, tensor in late.items()}, out / LATE_INTERACTION)
    for file in (weights_file, out / LATE_INTERACTION):
        file.chmod(0o644)
    write_sums(out)
    return sha256(weights_file)


def write_sums(folder: Path) -> None:
    """Write the sha256 of every file of a model but its card, for `Encoder.load` and `sha256sum --check`."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    own = [name for name in names if name not in (SUMS, "README.md")]
    lines = (f"{sha256(folder / name)}  {name}\n" for name in own)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the hash of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _encoder(weights: dict[str, torch.Tensor], tokenizer_file: Path) -> Encoder:
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    encoder = grown_from_teacher(tokenizer, weights["bert.embeddings.word_embeddings.weight"])
    encoder.load_state_dict(weights)
    return encoder


def read_figures(path: Path | None) -> list[dict[str, Any]]:
    """Return the rows that training.report wrote; none without a file."""
    return json.loads(path.read_text(encoding="utf-8")) if path else []


def main() -> None:
    """Run the stage from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--command", default="`python -m training.all`")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--start-share", type=float, default=START_SHARE)
    arguments = parser.parse_args()
    sections = read_training_text(arguments.data).sections
    texts = [" ".join(section.paragraphs) for section in sections[:: max(1, len(sections) // _TEXTS_FOR_AXES)]]
    weights = finished_weights(arguments.run, arguments.start_share)
    weights_hash = export(weights, arguments.run / "tokenizer.json", texts, arguments.out)
    card = model_card(arguments.command, weights_hash, read_figures(arguments.report))
    (arguments.out / "README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
