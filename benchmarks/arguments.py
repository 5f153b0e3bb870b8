"""The arguments of a measurement that takes names alone."""

from __future__ import annotations

import argparse
import sys


def given(does: str | None, *names: str, several: str | None = None, at_least: int = 1) -> list[str]:
    """Return the arguments of the command line: one for each of `names`, then `at_least` so many of `several`.

    Without them, or with --help, prints how it is called and what it `does`, and ends the program.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m {_module()}", description=does, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in names:
        parser.add_argument(name)
    if several is not None:
        parser.add_argument(several, nargs="+" if at_least else "*")
    found = vars(parser.parse_args())
    return [*(found[name] for name in names), *(found[several] if several is not None else [])]


def _module() -> str:
    running = sys.modules["__main__"].__spec__
    return running.name if running else sys.argv[0]
