"""Why an answer is what it is: the words that matched, the rank in each channel, and why the rest was left out.

Nothing is decided here; what was found out on the way is told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index import Article
from index.vietnamese import strip_marks
from qa.answer_kinds import STRICT_KINDS
from qa.article_questions import may_answer
from qa.assistant import CITATION_SHARE, CITATIONS, Reading
from qa.decision import NAME_MISSING, decision
from qa.differences import Said, differences
from qa.extraction import KIND_MISSING, Candidate, Reader, TermSets, answering_first
from qa.names import written
from qa.question import Word
from qa.timeline import NO_TIME, Timeline, timeline
from qa.types import Answer, Hit

BEHIND = 5  # passages behind the k asked for that are explained
SENTENCES = 5  # that were weighed, best first

How = Literal["exact", "folded", "missing", "by_meaning"]
Channel = Literal["words", "meaning", "vectors", "late interaction", "read together", "fused"]
# behind_k: more passages were found than asked for. not_read: its sentences were not weighed.
# asks: it is a question of the article itself, or leads to a list. kind: the wanted date or number is not there. name:
# a name of the question is not in the article. unknown: no article has any word of the question. threshold: not likely
# enough to answer. share, count: others are so much likelier.
Cut = Literal["behind_k", "not_read", "asks", "kind", "name", "unknown", "threshold", "share", "count"]


@dataclass(frozen=True, slots=True)
class Place:
    """Rank, from 1, and score in one channel; a channel that did not find a passage has no rank for it."""

    channel: Channel
    rank: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The words of a question in a text, neighbours together, each once and in order of the question.

    `folded` were typed without marks; `by_meaning` are foreign words, which are not looked up as words; `names` are
    pairs of a name in the question and another of the same thing, as the text writes it.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    missing: tuple[str, ...]
    by_meaning: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A passage: where each channel has it, which words of the question it has, and why nothing of it is cited."""

    hit: Hit
    places: tuple[Place, ...]
    words: Matched
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence that was weighed. Law: `article.text[start:end] == quote`.

    `places` are among the sentences that were weighed: by the words it has, by its vector, by its tokens, and by all
    together. `share` says how likely it is to answer, measured against the first, 1 at most; `shows_kind` whether the
    date or number that is asked for is there, None for other questions. `cut` is None for a sentence that is cited.
    """

    article: Article
    start: int
    end: int
    quote: str
    places: tuple[Place, ...]
    share: float
    shows_kind: bool | None
    words: Matched
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer, the passages it shows and some behind them, and the sentences that were weighed.

    First stand the sentences that are cited, or else the one that would have been, then the others, best first.
    An answer is given from a probability of `threshold` on, `answer.confidence` being the probability; a further
    sentence is cited from a share of `least_share` on, or where it seemed to answer when it was read again.
    `timeline` tells the same question through time, `differences` where articles give different dates or numbers.
    """

    answer: Answer
    hits: tuple[ExplainedHit, ...]
    sentences: tuple[ExplainedSentence, ...]
    threshold: float
    least_share: float = CITATION_SHARE
    timeline: Timeline = NO_TIME
    differences: tuple[Said, ...] = ()


def explained(answer: Answer, reading: Reading, reader: Reader) -> Explanation:
    """Return why `reading` led to `answer`; `reader` is the one that read its sentences."""
    sentences = tuple(_sentences(answer, reading, reader))
    ranks = _ranks(reading)
    shown = len(answer.hits)
    hits = tuple(
        ExplainedHit(
            hit,
            _places(hit, ranks),
            _matched(reading, reader.terms_around(hit.article, hit.passage.text), hit.passage.text),
            "behind_k" if place >= shown else _cut_of_hit(hit, answer, reading),
        )
        for place, hit in enumerate(reading.hits[: shown + BEHIND])
    )
    through_time = timeline(reading.query, reading.as_found)
    differing = differences(reading.query, reading.as_found) if answer.found else ()
    return Explanation(answer, hits, sentences, decision().threshold, timeline=through_time, differences=differing)


def _sentences(answer: Answer, reading: Reading, reader: Reader) -> Iterator[ExplainedSentence]:
    for candidate in _told(answer, reading)[:SENTENCES]:
        quote = candidate.article.text[candidate.start : candidate.end]
        yield ExplainedSentence(
            candidate.article,
            candidate.start,
            candidate.end,
            quote,
            _places_of_sentence(candidate, reading.candidates),
            min(1.0, _share(candidate, _best(reading))),
            candidate.evidence.kind >= KIND_MISSING if reading.query.kind in STRICT_KINDS else None,
            _matched(reading, reader.terms(quote), quote),
            _cut(candidate, answer, reading),
        )


def _told(answer: Answer, reading: Reading) -> list[Candidate]:
    """Return the candidates, before all others those that are cited, or the one that would have been."""
    cited = {(each.article.article_id, each.start) for each in answer.citations}
    judged = answering_first(reading.candidates)
    first = [each for each in judged if (each.article.article_id, each.start) in cited] or judged[:1]
    return [*first, *(each for each in reading.candidates if not any(each is other for other in first))]


def _places_of_sentence(candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[Place, ...]:
    measured: dict[Channel, Callable[[Candidate], float]] = {
        "words": lambda each: each.evidence.coverage,
        "vectors": lambda each: each.evidence.dense,
        "late interaction": lambda each: each.evidence.late,
        "read together": lambda each: each.evidence.read,
        "fused": lambda each: _share(each, candidates[0]),
    }
    own = {channel: measure(candidate) for channel, measure in measured.items()}
    return tuple(
        Place(channel, 1 + sum(measure(each) > own[channel] for each in candidates), own[channel])
        for channel, measure in measured.items()
        if own[channel] or channel != "read together"
    )


def _cut(candidate: Candidate, answer: Answer, reading: Reading) -> Cut | None:
    """Return why the candidate is not cited; None if it is."""
    if any(c.article == candidate.article and c.start == candidate.start for c in answer.citations):
        return None
    if not may_answer(reading.query, candidate.article.text[candidate.start : candidate.end]):
        return "asks"
    if candidate.evidence.kind < KIND_MISSING:
        return "kind"
    if not answer.found:
        return _not_found(reading)
    behind = _share(candidate, _best(reading)) < CITATION_SHARE or len(answer.citations) < CITATIONS
    return "share" if behind else "count"


def _not_found(reading: Reading) -> Cut:
    values = reading.signals
    if not values["foreign"] and values["known"] == 0:
        return "unknown"
    return "name" if not values["foreign"] and values["name_least"] < NAME_MISSING else "threshold"


def _cut_of_hit(hit: Hit, answer: Answer, reading: Reading) -> Cut | None:
    """Return why the best sentence of a passage is not cited; None where one of its sentences is."""
    passage = hit.passage
    within = [
        candidate
        for candidate in reading.candidates
        if candidate.article.article_id == passage.article_id
        and passage.start <= candidate.start
        and candidate.end <= passage.end
    ]
    cuts = [_cut(candidate, answer, reading) for candidate in within]
    return "not_read" if not cuts else None if None in cuts else cuts[0]


def _best(reading: Reading) -> Candidate:
    """Return the sentence that is cited first, where any is."""
    return answering_first(reading.candidates)[0]


def _share(candidate: Candidate, best: Candidate) -> float:
    return math.exp(candidate.score - best.score)


def _ranks(reading: Reading) -> Mapping[Channel, Mapping[str, Place]]:
    """Return the place of each passage in the channels that a hit does not tell of itself."""
    vectors = {name: each.vector_score for name, each in reading.found.items()}
    late = {name: each.late_score for name, each in reading.found.items() if each.late_score is not None}
    fused = {hit.passage.passage_id: hit.score for hit in reading.fused}
    return {
        "vectors": _ranked("vectors", vectors),
        "late interaction": _ranked("late interaction", late),
        "fused": _ranked("fused", fused),
    }


def _ranked(channel: Channel, scores: Mapping[str, float]) -> Mapping[str, Place]:
    best_first = sorted(scores, key=lambda name: -scores[name])
    return {name: Place(channel, rank, scores[name]) for rank, name in enumerate(best_first, start=1)}


def _places(hit: Hit, ranks: Mapping[Channel, Mapping[str, Place]]) -> tuple[Place, ...]:
    own = (
        Place("words", hit.lexical_rank, hit.lexical_score),
        Place("meaning", hit.dense_rank, hit.dense_score),
    )
    others = (places.get(hit.passage.passage_id, Place(channel, None, 0.0)) for channel, places in ranks.items())
    return (*own, *others)


def _matched(reading: Reading, terms: TermSets, text: str) -> Matched:
    runs: dict[How, list[str]] = {"exact": [], "folded": [], "missing": [], "by_meaning": []}
    for how, words in _runs(reading, terms):
        runs[how].append(reading.query.searched[words[0].start : words[-1].end])
    names = [(name, found) for name, others in reading.query.same for found in written(text, others)]
    exact, folded, missing, by_meaning = (tuple(dict.fromkeys(run)) for run in runs.values())
    return Matched(exact, folded, missing, by_meaning, tuple(names))


def _runs(reading: Reading, terms: TermSets) -> Iterator[tuple[How, list[Word]]]:
    """Yield the words of the question with how the text has them, those together that stand together in both."""
    ways = _ways(reading, terms)
    run: list[Word] = []
    for place, word in enumerate(reading.words):
        if run and (ways[place] != ways[place - 1] or not _together(run[-1], word, reading, terms, ways[place])):
            yield ways[place - 1], run
            run = []
        run.append(word)
    if run:
        yield ways[-1], run


def _ways(reading: Reading, terms: TermSets) -> list[How]:
    """Return how the text has each word; "Hai" of "Hai Phong" is folded, even where it has "hai" too."""
    ways = [_how(word, reading, terms) for word in reading.words]
    for place, (left, right) in enumerate(pairwise(reading.words)):
        pair = f"{left.form}_{right.form}"
        if {*ways[place : place + 2]} == {"exact", "folded"} and pair not in terms[0] and strip_marks(pair) in terms[1]:
            ways[place : place + 2] = ["folded", "folded"]
    return ways


def _how(word: Word, reading: Reading, terms: TermSets) -> How:
    bare = strip_marks(word.form)
    if word.form not in reading.terms.exact and bare not in reading.terms.folded:
        return "by_meaning"
    if word.form in terms[0]:
        return "exact"
    return "folded" if word.form not in reading.terms.exact and bare in terms[1] else "missing"


def _together(left: Word, right: Word, reading: Reading, terms: TermSets, how: How) -> bool:
    if left.start == right.start:  # the parts of one date
        return True
    if reading.query.searched[left.end : right.start].strip(" ."):
        return False
    pair = f"{left.form}_{right.form}"
    return how in ("missing", "by_meaning") or pair in terms[0] or (how == "folded" and strip_marks(pair) in terms[1])
