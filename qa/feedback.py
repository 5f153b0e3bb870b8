"""What readers say of answers: kept line by line, and judged by the owner.

A file of JSON Lines that is only ever added to: a line for each word of a reader, and one for each decision about it.
Every quote in it was read from the articles; a reader sends places, never sentences.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from index import Article
from qa.escaping import plain
from qa.question import MAX_CHARACTERS
from qa.request import Request, request_object, request_of
from qa.types import Citation

Verdict = Literal["right", "wrong", "passage", "not_said"]
Decision = Literal["accepted", "rejected"]

MOST_BYTES = 16 << 20  # of the file; some 20,000 lines, and no reader can fill a disk
SHORTEST, LONGEST = 8, 1_000  # characters that a reader points to; a single word stands in too many sentences
_DECISIONS = frozenset(get_args(Decision))
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class FeedbackError(ValueError):
    """Feedback that cannot be kept or read; the message names what, and says what to do."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose beside the words of the question; as it is made, nothing: every article was asked.

    `first` and `last` are days ("2025-01-31"), `paths` the articles that were asked; the rest as in a Request.
    """

    first: str | None = None
    last: str | None = None
    outlet: str | None = None
    paths: tuple[str, ...] = ()
    as_typed: bool = False
    every_time: bool = False


NOTHING_CHOSEN = Chosen()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one reader said of one answer: it is right, wrong, another `passage` is right, or the articles do not say.

    `answers` are path and quote of what is right: what was cited, or the passage that the reader points to. `chosen`
    is what the answer was an answer of: "the articles do not say" is said of those that were asked, and of no other.
    """

    feedback_id: str
    time: str
    question: str
    verdict: Verdict
    answers: tuple[tuple[str, str], ...] = ()
    cited: tuple[tuple[str, str], ...] = ()
    index: str = ""
    decision: Decision | None = None
    chosen: Chosen = NOTHING_CHOSEN


@dataclass(frozen=True, slots=True)
class Kept:
    """The feedback of a file in order, with its decisions, and a line for each line that cannot be read."""

    feedback: tuple[Feedback, ...]
    problems: tuple[str, ...] = field(default=())


def feedback_of(
    sent: object, articles: Mapping[str, Article], cited: Sequence[Citation], index: str, now: datetime
) -> Feedback:
    """Return what a page sent: {question, verdict, chosen?, place?: [article_id, start, end] or [article_id, words]}.

    `chosen` is what `chosen_object` returns of the request that was answered; `cited` is what was answered.
    Raises FeedbackError for what makes no sense: it may come from anybody.
    """
    said = sent if isinstance(sent, dict) else {}
    question = said.get("question")
    verdict = next((known for known in _VERDICTS if known == said.get("verdict")), None)
    if not isinstance(question, str) or len(question) > MAX_CHARACTERS or verdict is None:
        raise FeedbackError("no question, or no word about its answer")
    given = tuple((each.article.path, each.quote) for each in cited)
    answers = given if verdict == "right" else ()
    if verdict == "passage":
        answers = (_pointed_to(said.get("place"), articles),)
    if verdict == "right" and not answers:
        raise FeedbackError("nothing was answered that could be right")
    chosen = _chosen(request_of(said.get("chosen")), articles)
    made = Feedback(
        "", now.isoformat(timespec="seconds"), plain(question), verdict, answers, given, index, chosen=chosen
    )
    return replace(made, feedback_id=sha256(_line(made).encode("utf-8", "replace")).hexdigest()[:8])


def chosen_object(request: Request) -> dict[str, Any]:
    """Return as plain values what a request chooses beside its question; empty where that is nothing."""
    said = request_object(replace(request, question="", before="", alone=False))
    return {name: value for name, value in said.items() if value}


def add(path: Path, line: Feedback | tuple[str, Decision]) -> None:
    """Add one line to the file, whole or not at all. Raises FeedbackError if it is full, OSError if it cannot."""
    from filelock import FileLock

    text = _line(line) if isinstance(line, Feedback) else json.dumps({"feedback_id": line[0], "decision": line[1]})
    with FileLock(f"{path}.lock", timeout=10), path.open("ab") as file:
        size = file.tell()
        if size + len(text) > MOST_BYTES:
            raise FeedbackError(f"{path} holds {size:,} bytes, the limit is {MOST_BYTES:,}: move it away")
        torn = size > 0 and _last_byte(path) != b"\n"  # what a power cut left unfinished stays a line of its own
        file.write(("\n" if torn else "").encode() + text.encode("utf-8", "replace") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Kept:
    """Return the feedback of a file. Raises OSError if it cannot be read; a line that cannot be is a problem."""
    found: dict[str, Feedback] = {}
    problems: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                _take(json.loads(line), found)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                problems.append(f"{path}, line {number}: no feedback ({type(error).__name__})")
    return Kept(tuple(found.values()), tuple(problems))


def decide(path: Path, feedback_ids: Iterable[str], decision: Decision) -> list[Feedback]:
    """Add a decision about each, and return them as they are now. Raises FeedbackError for an id that is not there."""
    known = {each.feedback_id: each for each in read(path).feedback}
    wanted = list(dict.fromkeys(feedback_ids))
    if missing := [name for name in wanted if name not in known]:
        raise FeedbackError(f"{path} has no feedback {', '.join(missing)}: `hoibao feedback {path}` lists what it has")
    for name in wanted:
        add(path, (name, decision))
    return [replace(known[name], decision=decision) for name in wanted]


def _chosen(request: Request, articles: Mapping[str, Article]) -> Chosen:
    """Return what the request chose, its articles by path, which a reader of the file knows them by."""
    kept = request.kept
    if not kept.article_ids <= articles.keys() or len(kept.outlet or "") > LONGEST:
        raise FeedbackError("no such article, or no outlet")
    return Chosen(
        kept.first.isoformat() if kept.first else None,
        kept.last.isoformat() if kept.last else None,
        plain(kept.outlet) if kept.outlet else None,
        tuple(sorted(articles[name].path for name in kept.article_ids)),
        request.as_typed,
        request.every_time,
    )


def _pointed_to(place: object, articles: Mapping[str, Article]) -> tuple[str, str]:
    """Return path and words of the place, as the article has them."""
    if not isinstance(place, list) or not place or not isinstance(place[0], str) or place[0] not in articles:
        raise FeedbackError("no place in an article")
    article = articles[place[0]]
    if len(place) == 2 and isinstance(place[1], str):
        words = place[1].strip()
        start = article.text.find(words)
        span = (start, start + len(words))
    elif len(place) == 3 and all(type(number) is int for number in place[1:]):
        span = (place[1], place[2])
    else:
        raise FeedbackError("no place in an article")
    if not 0 <= span[0] < span[1] <= len(article.text) or not SHORTEST <= span[1] - span[0] <= LONGEST:
        raise FeedbackError("no sentence of the article")
    return article.path, article.text[slice(*span)]


def _take(row: Any, found: dict[str, Feedback]) -> None:
    name = str(row["feedback_id"])
    if "decision" in row and "verdict" not in row:
        if row["decision"] not in _DECISIONS:
            raise ValueError("no decision")
        if name in found:
            found[name] = replace(found[name], decision=row["decision"])
        return
    if row["verdict"] not in _VERDICTS:
        raise ValueError("no verdict")
    answers, cited = (tuple((str(path), str(quote)) for path, quote in row[part]) for part in ("answers", "cited"))
    told = Feedback(name, str(row["time"]), str(row["question"]), row["verdict"], answers, cited, str(row["index"]))
    found.setdefault(name, replace(told, chosen=_read_chosen(row.get("chosen", {}))))


def _read_chosen(row: Any) -> Chosen:
    """Return what a line says was chosen: nothing, if it was written before that was kept."""
    if not isinstance(row, Mapping):
        raise ValueError("no choice")
    first, last, outlet = (None if row.get(name) is None else str(row[name]) for name in ("first", "last", "outlet"))
    paths = tuple(str(path) for path in row.get("paths", ()))
    return Chosen(first, last, outlet, paths, row.get("as_typed") is True, row.get("every_time") is True)


def _line(feedback: Feedback) -> str:
    row = asdict(feedback)
    del row["decision"]
    return json.dumps(row, ensure_ascii=False)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
