"""What a report of an evaluation says, whatever it is written in: sentences, counts by kind, and the lost questions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation import ANSWER_MEASURES, SHARES
from qa.saved_evaluation import Evaluation, Question, Sentence

NOT_RUN = "not run"
AREA = "abstention area (AURC)"
_SHARES = frozenset((*SHARES, "right"))
_MEANINGS = {
    "nDCG": "the right passage, worth less the lower it stands (by the logarithm of its place)",
    "RR": "1 / place of the right passage",
    "R": "the right passage is found",
    "P": "share of the passages that are right; of one right passage at most 1/k",
    "AP": "mean precision at the right passages",
    "Success": "the right passage is found",
    "answer_holds_quote": "a cited sentence holds a gold quote",
    "first_answer_holds_quote": "the first cited sentence does",
    "not_found_right": "not answered, as is right: the articles do not say",
    "not_found_wrong": "not answered although the articles say; lower is better",
    "token_f1": "syllables that the first cited sentence shares with the gold quote (F1)",
    "right": "answered correctly: a cited sentence holds a gold quote, or nothing is cited where nothing answers",
}
AREA_MEANING = "mean share of wrong answers as the surest 1, 2, 3 … questions are answered; lower is better"
_SAME = {"MRR": "RR", "Recall": "R"}


@dataclass(frozen=True, slots=True)
class Bar:
    """Questions of one group, how many were answered correctly, and the 95% interval of that share (Wilson 1927)."""

    group: str
    questions: int
    right: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lost:
    """Questions that were lost in one way."""

    title: str
    questions: tuple[Question, ...]


def shown(name: str, value: float | None, digits: int = 4) -> str:
    """Return the value of a measure as it is read: shares in per cent, others as numbers, None as not run."""
    if value is None:
        return NOT_RUN
    return f"{value:.1%}" if name in _SHARES else f"{value:.{digits}f}"


def change_shown(value: float | None, written: float | None) -> str:
    """Return how far a value is from that of the questions as written, in points of a hundred; "" where none is."""
    if value is None or written is None:
        return ""
    points = round((value - written) * 100, 1)
    return "0" if points == 0 else f"{points:+.1f}".replace("-", "−")


def questions_of(name: str, measures: Mapping[str, float]) -> int:
    """Return how many questions the measure is of."""
    counted = {"not_found_right": "unanswerable", "right": "questions"}.get(name, "answerable")
    return int(measures[counted])


def rows(made: Evaluation) -> list[str]:
    """Return the measures in the order in which they are listed, those that were not run too."""
    counts = {"questions", "answerable", "unanswerable"}
    ranking = [name for name in made.measures if name not in (*ANSWER_MEASURES, *counts)]
    return [*ranking, *ANSWER_MEASURES]


def meaning(name: str) -> str:
    """Return what the measure says, in words."""
    kind, _, k = name.partition("@")
    said = _MEANINGS[_SAME.get(kind, kind)]
    return f"{said}, in the first {k}" if k not in ("", "1") else f"{said}, at the first place" if k else said


def headline(made: Evaluation) -> str:
    """Return the evaluation in one line."""
    right = sum(question.right for question in made.questions)
    return f"{right} of {len(made.questions)} questions answered correctly"


def summary(made: Evaluation) -> str:
    """Return what became of the questions, in sentences."""
    answerable = [question for question in made.questions if question.wanted]
    unanswerable = [question for question in made.questions if not question.wanted]
    said: list[str] = []
    if answerable:
        held = sum(question.right for question in answerable)
        first = sum(question.rank == 1 for question in answerable)
        refused = sum(not question.returned for question in answerable)
        said.append(
            f"The articles answer {len(answerable)} of the questions: for {held} of them a cited sentence holds the "
            f"gold quote, for {first} the right passage stood first, and {refused} got “not found”."
        )
    if unanswerable:
        silent = sum(question.right for question in unanswerable)
        which = f"They do not answer {len(unanswerable)}" if answerable else "The articles answer none of the questions"
        said.append(
            f"{which}: {silent} of these correctly got “not found”, "
            f"{len(unanswerable) - silent} got an answer all the same."
        )
    return " ".join(said)


def facts(made: Evaluation) -> list[tuple[str, str]]:
    """Return what was measured on what, by label."""
    known = made.facts
    days = f", {known['from']} to {known['to']}" if known.get("from") else ""
    return [
        ("Questions", str(known["questions"])),
        ("Corpus", f"{known['corpus']}: {known['articles']} articles{days}, {known['passages']} passages"),
        ("Model", str(known["model"])),
        ("Date", str(known["date"]).replace("T", " ")),
        ("Command", str(known["command"])),
        ("Version", f"HỏiBáo {known['hoibao']}"),
    ]


def bars(questions: Sequence[Question], group_of: Callable[[Question], str]) -> list[Bar]:
    """Return a bar for each group, the largest first."""
    groups: dict[str, list[bool]] = {}
    for question in questions:
        groups.setdefault(group_of(question), []).append(question.right)
    made = [
        Bar(group.replace("_", " "), len(each), sum(each), *_wilson(sum(each), len(each)))
        for group, each in groups.items()
    ]
    return sorted(made, key=lambda bar: -bar.questions)


def lost(questions: Sequence[Question]) -> list[Lost]:
    """Return the questions that were not answered correctly, by the way they were lost; empty ways are left out."""
    wrong = [question for question in questions if not question.right]
    ways = (
        Lost("Another sentence was cited", tuple(q for q in wrong if q.wanted and q.returned)),
        Lost("Refused although the articles say", tuple(q for q in wrong if q.wanted and not q.returned)),
        Lost("Answered although the articles do not say", tuple(q for q in wrong if not q.wanted)),
    )
    return [way for way in ways if way.questions]


def place(question: Question) -> str:
    """Return where the right passage stood and how sure the answer was."""
    rank = f"right passage at rank {question.rank}" if question.rank else "right passage not found"
    sure = f"confidence {question.confidence:.2f}"
    return f"{rank} · {sure}" if question.wanted else sure


def source(sentence: Sentence) -> str:
    """Return where a sentence stands: headline, outlet, author and day as far as known, file and characters."""
    known = [sentence.headline, sentence.outlet, sentence.author, sentence.published, sentence.path]
    span = f"characters {sentence.start}–{sentence.end}" if sentence.start is not None else None
    return " · ".join(part for part in (*known, span) if part)


def _wilson(right: int, questions: int) -> tuple[float, float]:
    z = 1.96
    share = right / questions
    middle = share + z * z / (2 * questions)
    half = z * math.sqrt(share * (1 - share) / questions + z * z / (4 * questions * questions))
    whole = 1 + z * z / questions
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
