"""Training text as bags of pieces, for the static alignment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np
import torch

from training.encoder import Encoder
from training.types import TrainingText

Bag = list[int]

_TRANSLATION_PIECES, _PARAGRAPH_PIECES, _HEADING_PIECES = 96, 400, 24
_CHINESE_QUESTION_PIECES, _CHINESE_PASSAGE_PIECES = 60, 160
_FEWEST_PIECES = 8
_TRANSLATIONS, _QUESTIONS, _PARTS = 1024, 512, 1024
_AROUND = 60
_LEAST_RARITY = 0.5


@dataclass(frozen=True, slots=True)
class Bags:
    """Pairs of bags, the rarity of each piece `(pieces,)`, and which pieces occur in the text."""

    translations: list[tuple[Bag, Bag]]
    questions: list[tuple[Bag, Bag]]
    paragraphs: list[tuple[Bag, Bag]]
    bare: np.ndarray
    rarity: torch.Tensor
    seen: torch.Tensor

    def to(self, device: torch.device) -> Bags:
        """Return the same with its tensors on the device."""
        return replace(self, rarity=self.rarity.to(device), seen=self.seen.to(device))

    def batch(self, random: Random) -> tuple[list[Bag], list[Bag], bool]:
        """Return left bags, right bags, and whether the left ones are English and must not move."""
        draw = random.random()
        if draw < 0.45:
            pairs = random.choices(self.translations, k=_TRANSLATIONS)
            return [a for a, _ in pairs], [self._bare(b, 0.15, random) for _, b in pairs], True
        if draw < 0.5 and self.questions:
            pairs = random.choices(self.questions, k=_QUESTIONS)
            return [a for a, _ in pairs], [b for _, b in pairs], False
        pairs = [self._part(*random.choice(self.paragraphs), random) for _ in range(_PARTS)]
        return [self._bare(a, 0.2, random) for a, _ in pairs], [b for _, b in pairs], False

    def _part(self, heading: Bag, paragraph: Bag, random: Random) -> tuple[Bag, Bag]:
        """A heading or a part of the paragraph, and what stands around it."""
        if heading and random.random() < 0.25:
            return heading, paragraph[: 2 * _AROUND]
        length = random.randint(4, min(20, len(paragraph) - 1))
        begin = random.randrange(len(paragraph) - length)
        part, end = paragraph[begin : begin + length], begin + length
        around = paragraph[max(0, begin - _AROUND) : begin] + paragraph[end : end + _AROUND]
        return part, around + part if random.random() < 0.15 else around

    def _bare(self, bag: Bag, share: float, random: Random) -> Bag:
        return [int(self.bare[piece]) for piece in bag] if random.random() < share else bag


def bag_pieces(text: TrainingText, encoder: Encoder, bare: np.ndarray) -> Bags:
    """Return the text as bags; `bare` gives the row of each piece without marks."""
    rows = [*text.translations, *text.words]
    chinese = [question for question in text.questions if question.language == "zh"]
    paragraphs = [(f"{s.title} {s.heading}".strip(), p) for s in text.sections if s.title for p in s.paragraphs]

    def pieces(texts: list[str], longest: int) -> list[Bag]:
        return [ids[1:-1] for ids in encoder.piece_ids(texts, longest + 2)]

    translations = _both(
        pieces([row.english for row in rows], _TRANSLATION_PIECES),
        pieces([row.text for row in rows], _TRANSLATION_PIECES),
    )
    questions = _both(
        pieces([question.question for question in chinese], _CHINESE_QUESTION_PIECES),
        pieces([question.passage[:200] for question in chinese], _CHINESE_PASSAGE_PIECES),
    )
    parts = list(
        zip(
            pieces([heading for heading, _ in paragraphs], _HEADING_PIECES),
            pieces([paragraph for _, paragraph in paragraphs], _PARAGRAPH_PIECES),
            strict=True,
        )
    )
    rarity, seen = _rarity([b for pair in [*translations, *questions] for b in pair] + [b for _, b in parts], len(bare))
    long_enough = [(heading, bag) for heading, bag in parts if len(bag) >= _FEWEST_PIECES]
    return Bags(translations, questions, long_enough, bare, rarity, seen)


def _both(left: list[Bag], right: list[Bag]) -> list[tuple[Bag, Bag]]:
    return [(a, b) for a, b in zip(left, right, strict=True) if a and b]


def _rarity(bags: list[Bag], pieces: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Inverse document frequency `(pieces,)`, and which pieces occur at all."""
    documents = np.zeros(pieces)
    for bag in bags:
        documents[list(set(bag))] += 1
    rarity = torch.tensor(np.log((len(bags) + 1) / (documents + 1)), dtype=torch.float32)
    return rarity.clamp(min=_LEAST_RARITY), torch.tensor(documents > 0)
