"""Everything from nothing: data -> vocabulary -> static alignment -> transformer -> export -> report.

    python -m training.all --data DIR --out DIR --minutes 20 [--sets DIR]

A stage whose result is there is not run again, so a killed run goes on with the same command. The model folder is
`out`/model. The minutes are those of the two stages that learn; reading and the teacher come on top.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from pathlib import Path

# The static alignment comes to rest after some minutes; a short run gives it less.
_STATIC_SHARE, _STATIC_MINUTES = 0.25, 6.0

log = logging.getLogger("training.all")


def stages(data: Path, out: Path, minutes: float, seed: int) -> list[tuple[Path, list[str]]]:
    """Return each stage's result, which shows that it is done, and its command line after `python -m`."""
    static = min(_STATIC_MINUTES, minutes * _STATIC_SHARE)
    places = ["--data", str(data), "--out", str(out), "--seed", str(seed)]
    learn = ["--minutes", f"{minutes - static:g}"]
    return [
        (out / "tokenizer.json", ["training.vocabulary", *places[:4]]),
        (out / "word-vectors.npy", ["training.static_alignment", *places, "--minutes", f"{static:g}"]),
        (out / "finished", ["training.transformer", *places, *learn]),
    ]


def run_all(data: Path, out: Path, minutes: float, seed: int, sets: Path | None) -> Path:
    """Run what is not done yet and return the model folder."""
    out.mkdir(parents=True, exist_ok=True)
    if sets is not None:
        clean = out / "data"
        if not clean.exists():
            _run(["training.overlap", "--data", str(data), "--sets", str(sets), "--out", str(clean)])
        data = clean
    for result, command in stages(data, out, minutes, seed):
        if not result.exists():
            _run(command)
    model = out / "model"
    made_by = ["--command", f"`python -m training.all --minutes {minutes:g} --seed {seed}`"]
    export = ["training.export", "--run", str(out), "--data", str(data), "--out", str(model), *made_by]
    _run(export)
    if sets is not None:
        figures = str(out / "report.json")
        _run(["training.report", "--model", str(model), "--sets", str(sets), "--out", figures])
        _run([*export, "--report", figures])
    return model


def _run(command: list[str]) -> None:
    """Run a stage in a process of its own: its memory is free before the next."""
    log.info("%s", " ".join(command))
    subprocess.run([sys.executable, "-m", *command], check=True)


def main() -> None:
    """Run all stages from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sets", type=Path)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder = run_all(arguments.data, arguments.out, arguments.minutes, arguments.seed, arguments.sets)
    log.info("the model is in %s", folder)


if __name__ == "__main__":
    main()
