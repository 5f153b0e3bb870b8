"""Gold questions made harder as people make them: what an evaluation loses when they are typed in other ways."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.telex import as_typed
from index.vietnamese import WORD, old_tone_placement, strip_marks
from qa.evaluation import Gold


def _by_telex(text: str) -> str:
    return WORD.sub(lambda match: as_typed(match.group(0)), text)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


WAYS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without marks": strip_marks,
    "lower case": str.lower,
    "decomposed (NFD)": _decomposed,
    "old tone placement": old_tone_placement,
    "Telex keys": _by_telex,
}


def harder(questions: Sequence[Gold], way: str) -> list[Gold]:
    """Return the same questions typed in one of `WAYS`; what answers them stays."""
    return [replace(gold, text=WAYS[way](gold.text)) for gold in questions]
