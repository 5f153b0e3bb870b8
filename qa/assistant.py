"""Assistant: open, ask, search. The face of the package."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index import Article, Encoder, PassageIndex
from index.channels import Candidate as Found
from index.late_interaction import Tokens
from index.lexical import Rows, Terms
from index.passage_index import Only
from index.versions import formerly
from qa.chinese_names import in_sino_vietnamese
from qa.cited import Cited, cited
from qa.decision import LOOKED_AT, READ_TOGETHER, decision, is_ruled_out, probability, ranking, signals
from qa.extraction import KIND_MISSING, Candidate, Reader, answering_first
from qa.fusion import DENSE_WEIGHT, DENSE_WEIGHT_FOREIGN, fuse
from qa.index_version import IndexVersion, version_of
from qa.lookup import in_known_names, look_up, names_in
from qa.names import Group, Names, read_names, respelled
from qa.question import Word, asks_about, content_words, parse_question
from qa.second_reading import best_log_odds, read_again, seems_to_answer
from qa.shown_order import by_their_sentences, one_of_each_story
from qa.slots import SlotEvidence
from qa.types import Answer, Citation, Hit, Query, Searched

if TYPE_CHECKING:
    from qa.explain import Explanation

Ranked = tuple[Article, float]

CANDIDATES = 100  # of each channel
CITATIONS = 5
CITATION_SHARE = 0.1  # a further sentence is cited if it is at least this likely, measured against the first


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question with what both channels look up."""

    query: Query
    words: Sequence[Word]
    terms: Terms
    vector: NDArray[np.float32]
    tokens: Tokens
    among: Rows | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, its passages and candidate sentences, best first, and the signals of the decision."""

    query: Query
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    as_found: tuple[Candidate, ...]  # the same before the likeliest were read again
    signals: Mapping[str, float]
    words: tuple[Word, ...]
    terms: Terms
    found: Mapping[str, Found]  # by passage_id
    fused: tuple[Hit, ...]  # the hits before their sentences were read
    slots: Callable[[Sequence[Candidate]], list[SlotEvidence]]  # what speaks for the answer standing in each candidate


class Assistant:
    """Answers questions from one index, in the articles' own words. Safe to share between threads."""

    def __init__(
        self,
        passage_index: PassageIndex,
        names: Sequence[Group] | None = None,
        version: IndexVersion | None = None,
        exact: bool | None = None,
    ) -> None:
        """`names` go before the built-in ones, in place of those that the index was built with; `exact`: as in `open`,
        for an index that is opened anew.
        """
        from qa.cross_encoder import cross_encoder

        self._source, self._own_names, self._exact = passage_index, names, exact
        self._names = Names(passage_index.names if names is None else names)
        self._reader = Reader(passage_index)
        self._cross_encoder = cross_encoder()
        self._reader_in_names = lru_cache(maxsize=4)(partial(_reader_in, passage_index))
        self.searched = _searched(self.articles.values())
        self.version = version
        self.formerly: Mapping[str, Article] = formerly(self.articles, passage_index.past)

    @classmethod
    def open(
        cls,
        directory: str | Path = ".hoibao",
        model: str | Encoder | None = None,
        names: str | Path | None = None,
        exact: bool | None = None,
    ) -> Assistant:
        """Return an assistant over the index in `directory`, with the names of a file in place of the index's own.

        `exact`: whether a question is compared with every passage's vector; None for as many as are quick.

        Raises StoreError (missing, damaged), ModelError (`model` is not the one that made the index), NamesError, or
        OSError for a file of names that cannot be opened.
        """
        own = None if names is None else read_names(Path(names))
        source = PassageIndex.open(directory, model, exact)
        return cls(source, own, version_of(Path(directory), source.manifest), exact)

    def reopened(self, directory: str | Path) -> Assistant:
        """Return an assistant over what is in force in `directory` now, with this one's encoder, names and way of
        searching.

        Raises StoreError, or ModelError if another encoder made it.
        """
        source = PassageIndex.open(directory, self._source.encoder, self._exact)
        return Assistant(source, self._own_names, version_of(Path(directory), source.manifest), self._exact)

    @property
    def encoder(self) -> Encoder:
        """What made the vectors of the index."""
        return self._source.encoder

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles that are searched, by article_id."""
        return self._source.articles

    def cited(self, article_id: str, start: int, end: int) -> Cited:
        """Return what an old citation quoted, and whether its article has changed since. Raises CitationError."""
        return cited(self.articles, self.formerly, article_id, start, end)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What made the index: model, sizes, files."""
        return self._source.manifest

    def ask(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Answer:
        """Return the sentences that answer `text`, best first, and the `k` best passages.

        Only the articles that `only` takes are asked; None for all. `as_typed` asks with every word as it is: no Telex
        or VNI is read, no name replaced.
        Where no sentence is likely enough to answer, the answer is not `found` and cites nothing.
        Raises QuestionError if `text` holds no word or is longer than 2,000 characters, ValueError if k < 1.
        """
        limit = _positive(k)
        return self.answer(self.read(text, only, as_typed), limit, only)

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        """Return the answer of `ask` with what speaks for it: words, ranks, and why passages were left out."""
        from qa.explain import explained

        limit = _positive(k)
        reading = self.read(text, only, as_typed)
        return explained(self.answer(reading, limit, only), reading, self._reader_of(reading.query))

    def search(self, text: str, k: int = 10, only: Only | None = None, as_typed: bool = False) -> tuple[Hit, ...]:
        """Return the `k` best passages for `text`, all if there are fewer. Takes and raises what `ask` does."""
        limit = _positive(k)
        return self.read(text, only, as_typed).hits[:limit]

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the names in a question as they are looked up, each once, in order; raises as `ask` does."""
        return names_in(self._query(text), self._source.lexical, self._source.casing)

    def rank(self, text: str) -> dict[str, list[Ranked]]:
        """Return the passages' articles with their scores, best first, by each channel alone and by all together.

        "found" is the order of `search`, "fused" that before sentences are read, "meaning" and "words" its two parts,
        "vectors" and "late interaction" the two parts of meaning. For evaluation; raises as `ask` does.
        """
        asked = self._prepare(text)
        candidates = self._candidates(asked)
        scores = {
            "fused": [float(score) for score in self._fused(asked, candidates)],
            "meaning": [each.dense_score for each in candidates],
            "words": [each.lexical_score for each in candidates],
            "vectors": [each.vector_score for each in candidates],
            "late interaction": [each.late_score or 0.0 for each in candidates],
        }
        articles = [self._article_of(each.row) for each in candidates]
        hits = self._read(asked, candidates, each=True).hits
        ranked = {"found": [(hit.article, hit.score) for hit in hits]}
        for channel, values in scores.items():
            best_first = sorted(range(len(values)), key=lambda place: -values[place])
            ranked[channel] = [(articles[place], values[place]) for place in best_first]
        return ranked

    def read(self, text: str, only: Only | None = None, as_typed: bool = False) -> Reading:
        """Return everything that is found out about a question before the decision; for evaluation and learning."""
        asked = self._prepare(text, only, as_typed)
        return self._read(asked, self._candidates(asked))

    def answer(self, reading: Reading, k: int = 5, only: Only | None = None) -> Answer:
        """Return the answer of `ask` to a question that was read already, with the same `only`."""
        limit = _positive(k)
        decided_by = decision()
        confidence = probability(reading.signals, decided_by) if reading.candidates else 0.0
        found = bool(reading.candidates) and confidence >= decided_by.threshold
        judged, as_found = answering_first(reading.candidates), answering_first(reading.as_found)
        citations = _citations(judged, as_found, confidence) if found else ()
        searched = self.searched if only is None else _searched(filter(only, self.articles.values()))
        return Answer(reading.query, citations, reading.hits[:limit], confidence, found, searched)

    def _read(self, asked: _Prepared, found: Sequence[Found], each: bool = False) -> Reading:
        """Read one article of a story, or with `each` all of them."""
        hits = self._hits(asked, found)
        if not each:
            hits = one_of_each_story(hits)
        reader = self._reader_of(asked.query)
        ready = reader.ready(asked.query, asked.words, asked.terms, asked.vector, asked.tokens)
        weights = ranking(asked.query.language)
        as_found = reader.read(ready, hits, weights)
        slots = partial(reader.slots, ready)
        known, judged = self._known(asked), answering_first(as_found)
        values = signals(asked.query, judged, slots(judged[:LOOKED_AT]), known) if as_found else {}
        candidates = as_found
        if as_found and not is_ruled_out(values):
            candidates = read_again(self._cross_encoder, asked.query, as_found, self._source.sentences, weights)
        values[READ_TOGETHER] = best_log_odds(candidates)
        values["topic"] = float(bool(ready.names) and asks_about(compress(asked.words, ready.relation)))
        return Reading(
            asked.query,
            by_their_sentences(hits, as_found, partial(reader.proximity, ready)),
            tuple(candidates),
            tuple(as_found),
            values,
            tuple(asked.words),
            asked.terms,
            {self._source.passages[each.row].passage_id: each for each in found},
            hits,
            slots,
        )

    def _reader_of(self, query: Query) -> Reader:
        return self._reader_in_names(query.same) if query.same else self._reader

    def _query(self, text: str, as_typed: bool = False) -> Query:
        query = parse_question(text, self._names, as_typed, self._source.lexical.knows)
        if not as_typed:
            query = in_known_names(query, self._names, self._source.lexical)
            query = in_sino_vietnamese(query, self._source.casing, self._source.lexical)
        if query.language == "vi":
            query = replace(query, searched=self._source.casing.restored(query.searched))
        return query

    def _prepare(self, text: str, only: Only | None = None, as_typed: bool = False) -> _Prepared:
        query = self._query(text, as_typed)
        words = content_words(query)
        terms = look_up(query, words, self._source.lexical)
        vector, tokens = self._source.encode_question(query.searched)
        among = None if only is None else self._source.rows_of(only)
        return _Prepared(query, words, terms, vector, tokens, among)

    def _candidates(self, asked: _Prepared) -> list[Found]:
        return self._source.search(asked.vector, asked.tokens, asked.terms, CANDIDATES, asked.among)

    def _hits(self, asked: _Prepared, candidates: Sequence[Found]) -> tuple[Hit, ...]:
        scores = self._fused(asked, candidates)
        hits: list[Hit] = []
        for rank, place in enumerate(np.argsort(-scores, kind="stable"), start=1):
            each = candidates[place]
            hits.append(
                Hit(
                    self._source.passages[each.row],
                    self._article_of(each.row),
                    rank,
                    float(scores[place]),
                    each.dense_score,
                    each.dense_rank,
                    each.lexical_score,
                    each.lexical_rank,
                    self._source.stories.get(self._source.passages[each.row].article_id),
                )
            )
        return tuple(hits)

    @staticmethod
    def _fused(asked: _Prepared, candidates: Sequence[Found]) -> NDArray[np.float64]:
        return fuse(candidates, DENSE_WEIGHT if asked.query.language == "vi" else DENSE_WEIGHT_FOREIGN)

    def _article_of(self, row: int) -> Article:
        return self.articles[self._source.passages[row].article_id]

    def _known(self, asked: _Prepared) -> float:
        """Return how much of the question's words, by rarity, what is searched has at all, in [0, 1]."""
        lexical = self._source.lexical
        weights = lexical.weights(asked.terms)
        total = sum(weight for _, _, weight in weights)
        known = sum(
            weight
            for term, exact, weight in weights
            if (lexical.knows if exact else lexical.knows_folded)(term, asked.among)
        )
        return known / total if total else 0.0


def _searched(articles: Iterable[Article]) -> Searched:
    searched = list(articles)
    days = [article.published.date() for article in searched if article.published]
    return Searched(len(searched), min(days, default=None), max(days, default=None))


def _positive(k: int) -> int:
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise ValueError(f"k is {k!r}: it must be a whole number from 1 up")
    return k


def _reader_in(source: PassageIndex, same: tuple[tuple[str, Group], ...]) -> Reader:
    """Return a reader to whom every sentence names things as the question does."""
    return Reader(source, partial(_in_names_of, same))


def _in_names_of(same: tuple[tuple[str, Group], ...], text: str) -> str:
    for name, others in same:
        text = respelled(text, others, name)
    return text


def _citations(
    candidates: Sequence[Candidate], as_found: Sequence[Candidate], confidence: float
) -> tuple[Citation, ...]:
    """Return the first of `candidates`, and those behind it that seemed likely when they were read again, or before.

    `as_found` are the same in the order before: what was read then stands far before what was not.
    """
    most = as_found[0].score
    likely = {_place(c) for c in as_found[:CITATIONS] if math.exp(c.score - most) >= CITATION_SHARE}
    likely |= {_place(c) for c in candidates if seems_to_answer(c)}
    best = candidates[0].score
    return tuple(
        Citation(
            c.article,
            c.start,
            c.end,
            c.article.text[c.start : c.end],
            confidence * math.exp(c.score - best),
            c.hit.story,
        )
        for c in (candidates[0], *(c for c in candidates[1:] if _place(c) in likely))
        if c.evidence.kind >= KIND_MISSING
    )[:CITATIONS]


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.article.article_id, candidate.start
