"""Questions and windows of sentences -> rows of word pieces, as the cross-encoder reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.vietnamese import strip_marks

QUESTION_PIECES, HEADLINE_PIECES, SENTENCE_PIECES, WINDOW_PIECES = 40, 20, 256, 430  # longer ones are cut
MARKS = 4  # ways a piece may be met on the other side: `Row.met`
MOST = 12.0  # log-odds beyond it say no more

Pieces = Sequence[int]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of an article that follow one another, and its headline ("" for none)."""

    headline: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question and a window as the layers read them, `(pieces,)` each.

    `ids`: [CLS] question [SEP] headline, then [SEP] and its pieces for each sentence, [SEP]. `sides`: 0 for the
    question. `met`: 0 for a piece that the other side lacks, 1 where it has it without marks, 2 as written, 3 together
    with a neighbour. `sentence_of`: which sentence a piece is of, -1 for none. `begins` `(sentences,)`: the [SEP]
    before each, -1 for a sentence that was cut away.
    """

    ids: Numbers
    sides: Numbers
    met: Numbers
    sentence_of: Numbers
    begins: Numbers


class PieceReader:
    """Texts -> word pieces, and rows of them. Safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` must neither cut nor pad."""
        self._tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab()
        self._cls, self._sep = vocabulary["[CLS]"], vocabulary["[SEP]"]
        self.hidden = vocabulary["[MASK]"]
        self._folded = np.zeros(1 + max(vocabulary.values()), np.int64)
        self._is_word = np.zeros(len(self._folded), bool)
        numbers: dict[str, int] = {}
        for piece, place in vocabulary.items():
            folded = strip_marks(piece.lower())
            self._folded[place] = numbers.setdefault(folded, len(numbers))
            self._is_word[place] = not piece.startswith("[") and any(map(str.isalnum, piece))

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text's pieces, without those that stand around a text."""
        return [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def rows(self, question: str, windows: Sequence[Window]) -> list[Row]:
        """Return a row for each window."""
        texts = [question, *(text for window in windows for text in (window.headline, *window.sentences))]
        left = iter(self.pieces(texts))
        asked = next(left)
        return [self.row(asked, next(left), [next(left) for _ in window.sentences]) for window in windows]

    def row(self, question: Pieces, headline: Pieces, sentences: Sequence[Pieces]) -> Row:
        """Return the row of a question and a window in pieces."""
        asked = np.asarray(question[:QUESTION_PIECES], np.int64)
        text, owners = list(headline[:HEADLINE_PIECES]), [-1] * len(headline[:HEADLINE_PIECES])
        begins = np.full(len(sentences), -1, np.int64)
        for number, sentence in enumerate(sentences):
            if len(text) >= WINDOW_PIECES:
                break
            begins[number] = len(asked) + 2 + len(text)
            read = sentence[:SENTENCE_PIECES]
            text += [self._sep, *read]
            owners += [-1] + [number] * len(read)
        window = np.asarray(text[:WINDOW_PIECES], np.int64)
        met_in_question, met_in_text = self._how_met(asked, window), self._how_met(window, asked)
        return Row(
            np.concatenate([[self._cls], asked, [self._sep], window, [self._sep]]),
            np.repeat([0, 1], [len(asked) + 2, len(window) + 1]),
            np.concatenate([[0], met_in_question, [0], met_in_text, [0]]),
            np.concatenate([np.full(len(asked) + 2, -1), owners[:WINDOW_PIECES], [-1]]).astype(np.int64),
            begins,
        )

    def _how_met(self, own: Numbers, others: Numbers) -> Numbers:
        folded, others_folded = self._folded[own], self._folded[others]
        here = self._is_word[own] & np.isin(folded, others_folded[self._is_word[others]])
        pairs = np.isin(_pairs(folded), _pairs(others_folded))
        beside = np.zeros(len(own), bool)
        beside[:-1] |= pairs
        beside[1:] |= pairs
        return np.where(here & beside, 3, np.where(here & np.isin(own, others), 2, here.astype(np.int64)))


def _pairs(folded: Numbers) -> Numbers:
    """Return a number for each two neighbours; each has its own."""
    return folded[:-1] * (1 << 32) + folded[1:]
