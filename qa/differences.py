"""Where articles tell different dates or numbers of the same thing: their sentences, side by side.

Whether two sentences speak of the same thing cannot be known for certain, so little is claimed. A sentence is taken if

    it may answer         it is the best of its article, and likely enough, measured against the best of all
    it is about the same  all names of the question stand in it, with the number behind them if they have one ("cầu Long
                          Sơn 2"), and the words beside them are near in meaning
    it is plain           it gives one date or number of the kind that is asked for, and no other; before a number no
                          other name and no other year stands ("giữa Việt Nam và Quảng Đông đạt 48,24 tỷ USD" tells
                          nothing of Việt Nam and Trung Quốc)

and they are shown if two that are taken, of two articles, cannot both be right of one thing. To a date belongs, too, an
earlier article that speaks of the thing in the question's own words without any date: what was a wish then.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index import Article
from index.vietnamese import WORD, strip_marks, syllables
from qa.extraction import Candidate
from qa.types import Query
from qa.values import Value, days_meant, same_amount, same_days, values_in

# Looked at on the gold questions: sentences of the same thing have .42 to .9, others that name the same mostly less.
NEAR_IN_MEANING = 0.4
LEAST_SHARE = 0.05
OWN_WORDS = 0.6  # of a sentence without a date, by rarity: "mở đường bay" is there
NO_NAMES = 0.75  # … of a question without names

_CLAUSE = re.compile(r"[,;:(–] ?|\. ")
_NUMBERED = r"(?<!\w){name} (\d{{1,2}}|[IVX]{{1,4}})(?![\w%]|[.,/-]\d)"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """What one article says. Laws: `article.text[start:end] == quote`; `value` stands in it, or is empty."""

    article: Article
    start: int
    end: int
    quote: str
    value: str


def differences(query: Query, candidates: Sequence[Candidate]) -> tuple[Said, ...]:
    """Return the sentences that differ, in order of publication, undated ones last; empty where none do.

    `candidates` are the sentences that were weighed for the question, best first.
    """
    if query.kind not in ("when", "how_many") or not candidates:
        return ()
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.article.article_id, candidate)
    near = [each for each in best.values() if _is_near(query, each, candidates[0])]
    given = [(each, value) for each in near if (value := _only_value(query, each)) is not None]
    differing = [each for each in given if any(not _agree(query, each, other) for other in given)]
    chosen = [_said(candidate, value.text) for candidate, value in differing or given]
    if query.kind == "when" and given:
        chosen += [_said(each, "") for each in near if _is_earlier_wish(query, each, given)]
    return tuple(sorted(chosen, key=_time)) if len(chosen) > 1 and (differing or len(chosen) > len(given)) else ()


def _is_near(query: Query, candidate: Candidate, first: Candidate) -> bool:
    evidence = candidate.evidence
    if math.exp(candidate.score - first.score) < LEAST_SHARE or evidence.names < 1:
        return False
    names = _names(query.searched)
    if not names and evidence.relation < NO_NAMES:
        return False
    if _numbered_otherwise(query, query.searched, _sentence(candidate)):
        return False
    return evidence.soft_relation_least >= NEAR_IN_MEANING


def _only_value(query: Query, candidate: Candidate) -> Value | None:
    """Return the date or number of a sentence that gives one alone, of the thing that is asked about."""
    sentence = _sentence(candidate)
    values = values_in(query, sentence)
    if len({value.text for value in values}) != 1:
        return None
    if query.kind == "when":
        return values[0]
    clause = _CLAUSE.split(sentence[: values[0].start])[-1]
    asked = set(syllables(strip_marks(query.searched)))
    strange = [name for name in _names(clause) if not asked >= set(syllables(strip_marks(name)))]
    years = set(_YEAR.findall(clause)) - set(_YEAR.findall(query.searched))
    return None if strange or years else values[0]


def _agree(query: Query, left: tuple[Candidate, Value], right: tuple[Candidate, Value]) -> bool:
    (one, value), (other, another) = left, right
    texts = _sentence(one), _sentence(other)
    if one is other or _numbered_otherwise(query, *texts):
        return True
    if query.kind == "how_many":
        return same_amount(value, texts[0], another, texts[1])
    days, others = (
        days_meant(each, _sentence(candidate), candidate.article.published and candidate.article.published.date())
        for candidate, each in (left, right)
    )
    return days is None or others is None or same_days(days, others)


def _is_earlier_wish(query: Query, candidate: Candidate, given: Sequence[tuple[Candidate, Value]]) -> bool:
    published = candidate.article.published
    if published is None or candidate.evidence.relation < OWN_WORDS or values_in(query, _sentence(candidate)):
        return False
    days = [each.article.published for each, _ in given]
    return all(day is not None and published < day for day in days)


def _names(text: str) -> list[str]:
    """Return the runs of two or more words written with capitals."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in WORD.finditer(text):
        if not match.group(0)[0].isupper():
            continue
        if runs[-1] and text[runs[-1][-1].end() : match.start()] != " ":
            runs.append([])
        runs[-1].append(match)
    return [text[run[0].start() : run[-1].end()] for run in runs if len(run) > 1]


def _numbered_otherwise(query: Query, left: str, right: str) -> bool:
    """Return whether a name of the question has another number behind it in each text: Long Sơn 1 and Long Sơn 2."""
    for name in map(strip_marks, _names(query.searched)):
        numbered = re.compile(_NUMBERED.format(name=re.escape(name)))
        one, other = (set(numbered.findall(strip_marks(text))) for text in (left, right))
        if one and other and one.isdisjoint(other):
            return True
    return False


def _sentence(candidate: Candidate) -> str:
    return candidate.article.text[candidate.start : candidate.end]


def _said(candidate: Candidate, value: str) -> Said:
    return Said(candidate.article, candidate.start, candidate.end, _sentence(candidate), value)


def _time(said: Said) -> tuple[bool, datetime]:
    return said.article.published is None, said.article.published or datetime.max
