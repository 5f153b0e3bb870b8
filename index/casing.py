"""Names of a corpus as it writes them: what gives a question typed in lower case its capitals back.

Most people type "hải phòng"; which words of a question are names decides what an answer must be about. A pair of words
is a name if the corpus writes both with capitals more often than not (truecasing: Lita et al. 2003); a word that is no
Vietnamese syllable ("miami") can be one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from index.name_counts import Name, NameCounts
from index.vietnamese import WORD, is_syllable, old_tone_placement, strip_marks

USUAL = 0.6  # of its occurrences a name has its capitals in at least this share


class Casing:
    """The names of a corpus. Never changed once made."""

    def __init__(self, names: Iterable[Name]) -> None:
        """`names`: in lower case, with the old tone placement."""
        self.names = frozenset(names)
        self._unmarked = frozenset(tuple(strip_marks(word) for word in name) for name in self.names)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Casing:
        """Return the names that `texts` write with capitals. Lines all in capitals say nothing."""
        counts = NameCounts()
        for text in texts:
            counts.add(text)
        return cls(counts.usual(USUAL))

    @classmethod
    def load(cls, path: Path) -> Casing:
        """Return what `save` wrote."""
        return cls(tuple(line.split(" ")) for line in path.read_text(encoding="utf-8").splitlines())

    def save(self, path: Path) -> None:
        """Write a name a line, in order."""
        lines = sorted(" ".join(name) for name in self.names)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")

    def has(self, *words: str) -> bool:
        """Return whether these one or two neighbouring words, with marks or without, are a name."""
        name = tuple(_lower(word) for word in words)
        return name in self.names or name in self._unmarked

    def restored(self, text: str) -> str:
        """Return `text` with capitals for its names, of the same length.

        A text with capitals behind its first letter stays as it is. In one without marks a name is known under any.
        """
        if any(character.isupper() for character in text[1:]):
            return text
        names = self._unmarked if strip_marks(text) == text else self.names
        starts = {start for name, places in _candidates(text) if name in names for start in places}
        return "".join(
            letter.upper() if place in starts and len(letter.upper()) == 1 else letter
            for place, letter in enumerate(text)
        )


def _candidates(text: str) -> Iterator[tuple[Name, tuple[int, ...]]]:
    """Yield every word that may be a name alone and every two neighbours, with the places of their first letters."""
    last: tuple[str, int, int] | None = None  # the word before, its start and end
    for match in WORD.finditer(text):
        form = _lower(match.group(0))
        start, end = match.span()
        if not form[0].isalpha():
            last = None
            continue
        if not is_syllable(form):
            yield (form,), (start,)
        if last and text[last[2] : start] == " ":
            yield (last[0], form), (last[1], start)
        last = form, start, end


@lru_cache(maxsize=50_000)
def _lower(word: str) -> str:
    return old_tone_placement(word.lower())
