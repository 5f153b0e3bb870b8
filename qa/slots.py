"""Where in a sentence the answer would stand, and how well the words of the question are met there.

A sentence about the right things need not say what is asked of them: it has a date, but of something else. So the
places that could hold the answer are found (a slot: a date, a number with its unit, a person …), and the question's
words are looked for in the same clause: each by its nearest token, as late interaction does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from index.vietnamese import syllables
from qa.answer_kinds import ask_noun, slot_spans
from qa.person_looks import CAPITAL
from qa.types import Query

UNIT_REACH = 22  # characters behind a number in which what it counts stands
NEAR_NAME = (25, 12)  # characters before and behind a capital in which the thing that is named stands
ELSEWHERE = 0.6  # for a numeral that the passage has, but not the sentence
_CLAUSE_ENDS = re.compile(r'[;:!?…](?=\s|$)|,(?=\s)|[()"“”]')
_NUMERALS = re.compile(r"\d+(?:[.,]\d+)*|\b(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\b")
_COUNTS = re.compile(
    r"\d[\d.,]*|(?<!\w)(?:trăm|nghìn|triệu|tỷ|chục|vài|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy|nhiều)(?!\w)"
)
_CAPITALISED = re.compile(rf"{CAPITAL}\w*")

Span = tuple[int, int]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SlotEvidence:
    """What speaks for the answer standing in a sentence. Every part is in [0, 1], more is better."""

    slot: float = 0.0  # how surely there is a place for it; .5 for questions that any words can answer
    slot_clause: float = 0.0  # the words of the question in its clause, by their nearest token and rarity
    slot_focus: float = 0.0  # … those nearest to what asks
    slot_relation: float = 0.0  # … those that are no names
    slot_wide: float = 0.0  # the words in its clause and the two around it
    slot_wide_least: float = 0.0  # … the third of them that is matched worst
    noun: float = 0.0  # the noun that is asked for ("bao nhiêu dự án", "cửa khẩu nào"), by its nearest token
    noun_at_slot: float = 0.0  # … beside a number or a name
    name_soft: float = 0.0  # the name that is matched worst, by its nearest tokens
    numeral: float = 0.0  # the numerals of the question ("lần thứ X", "2022") are in the sentence


SLOT_FEATURES = tuple(field.name for field in fields(SlotEvidence))


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready for its slots.

    `spans` `(tokens, 2)` are those of its tokens, `to_words` `(tokens, words)` what each counts in the mean of a word;
    `rarity`, `relation` (no name) and `focus` (nearest to what asks) are of the words; `names` are runs of words.
    """

    query: Query
    spans: NDArray[np.int64]
    to_words: Floats
    rarity: Floats
    relation: Flags
    focus: Flags
    names: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, what stands around it (headline and passage), and its tokens' starts and cosines `(asked, own)`."""

    text: str
    around: str
    starts: NDArray[np.int64]
    cosines: Floats


def slots_in(query: Query, text: str) -> tuple[list[Span], float] | None:
    """Return the slots of a sentence and how sure they are; None for questions that any words can answer.

    A number or name that the question says itself is no answer to it.
    """
    found = slot_spans(query, text)
    if found is None:
        return None
    spans, sure = found
    said = set(_NUMERALS.findall(query.text)), set(syllables(query.searched))
    return [(a, b) for a, b in spans if not _is_said(query, text[a:b], *said)], sure


def slot_evidence(sought: Sought, sentence: Sentence) -> SlotEvidence:
    """Return what speaks for the answer standing in `sentence`."""
    if not sentence.cosines.shape[1] or not len(sought.rarity):
        return SlotEvidence()
    found = slots_in(sought.query, sentence.text)
    clauses, numbers = _clauses(sought, sentence)
    whole = clauses.max(axis=0)
    wide = np.stack([clauses[max(0, i - 1) : i + 2].max(axis=0) for i in range(len(clauses))])
    at = range(len(clauses)) if found is None else _at(found[0], sentence.text, numbers)
    near = clauses[list(at)], wide[list(at)]
    relation, focus = _parts(sought)
    noun, noun_at_slot = _noun(sought, sentence)
    return SlotEvidence(
        slot=0.5 if found is None else found[1] if found[0] else 0.0,
        slot_clause=_best(near[0], sought.rarity),
        slot_focus=_best(near[0][:, focus], sought.rarity[focus]),
        slot_relation=_best(near[0][:, relation], sought.rarity[relation]),
        slot_wide=_best(near[1], sought.rarity),
        slot_wide_least=_best_of_worst(near[1], sought.rarity),
        noun=noun,
        noun_at_slot=noun_at_slot,
        name_soft=float(np.clip(min((whole[list(name)].mean() for name in sought.names), default=1.0), 0.0, 1.0)),
        numeral=_numeral(sought.query, sentence),
    )


def _is_said(query: Query, text: str, numerals: set[str], words: set[str]) -> bool:
    if query.kind in ("when", "how_many"):
        own = _NUMERALS.findall(text)
        return bool(own) and all(each in numerals for each in own)
    if query.kind in ("who", "where"):
        own = syllables(" ".join(word for word in text.split() if word[:1].isupper()))
        return bool(own) and all(each in words for each in own)
    return False


def _clauses(sought: Sought, sentence: Sentence) -> tuple[Floats, list[int]]:
    """Return the cosines `(clauses, words)` of each word's nearest token in each clause that has tokens, and which.

    The numbers of the clauses rise; a clause ends behind a comma, a bracket or a quotation mark.
    """
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(sentence.text)]
    numbers = np.searchsorted(ends, sentence.starts, side="right")
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    return np.maximum.reduceat(sentence.cosines, first, axis=1).T @ sought.to_words, numbers[first].tolist()


def _at(spans: Sequence[Span], text: str, numbers: Sequence[int]) -> list[int]:
    """Return the places in `numbers` of the clauses that the slots end in, each once."""
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(text)]
    wanted = {int(np.searchsorted(ends, max(start, end - 1), side="right")) for start, end in spans}
    return [place for place, number in enumerate(numbers) if number in wanted]


def _parts(sought: Sought) -> tuple[Flags, Flags]:
    relation = sought.relation if sought.relation.any() else ~sought.relation
    return relation, sought.focus if sought.focus.any() else relation


def _best(rows: Floats, rarity: Floats) -> float:
    """Return the largest mean by rarity of the rows; 0 for no rows."""
    return float(np.clip((rows @ rarity).max() / rarity.sum(), 0.0, 1.0)) if len(rows) else 0.0


def _best_of_worst(rows: Floats, rarity: Floats) -> float:
    """Return the largest mean by rarity of each row's worst third."""
    worst = np.argsort(rows, axis=1, kind="stable")[:, : -(-rows.shape[1] // 3)]
    if not len(rows):
        return 0.0
    means = (np.take_along_axis(rows, worst, axis=1) * rarity[worst]).sum(axis=1) / rarity[worst].sum(axis=1)
    return float(np.clip(means.max(), 0.0, 1.0))


def _noun(sought: Sought, sentence: Sentence) -> tuple[float, float]:
    """Return how well the noun that is asked for is met, anywhere and beside a number or name; .5 where none is."""
    span = ask_noun(sought.query)
    asked = np.zeros(len(sought.spans), bool)
    if span is not None:
        asked = (sought.spans[:, 0] < span[1]) & (sought.spans[:, 1] > span[0])
    if not asked.any():
        return 0.5, 0.5
    cosines = sentence.cosines[asked]
    anywhere = float(np.clip(cosines.max(axis=1).mean(), 0.0, 1.0))
    if sought.query.kind == "how_many":
        windows = [(m.start() - 2, m.end() + UNIT_REACH) for m in _COUNTS.finditer(sentence.text.lower())]
    elif sought.query.kind in ("which", "who", "where"):
        windows = [(m.start() - NEAR_NAME[0], m.start() + NEAR_NAME[1]) for m in _CAPITALISED.finditer(sentence.text)]
    else:
        return anywhere, 0.5
    best = 0.0
    for start, end in windows:
        first, last = np.searchsorted(sentence.starts, (start, end + 1))
        if last > first:
            best = max(best, float(cosines[:, first:last].max(axis=1).mean()))
    return anywhere, min(best, 1.0)


def _numeral(query: Query, sentence: Sentence) -> float:
    own, around = set(_NUMERALS.findall(sentence.text)), set(_NUMERALS.findall(sentence.around))
    asked = [each for each in _NUMERALS.findall(query.searched) if each]
    return min((1.0 if each in own else ELSEWHERE if each in around else 0.0 for each in asked), default=1.0)
