"""Question + hits -> the sentences that answer it, each with the evidence for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index import Article, PassageIndex
from index.late_interaction import Tokens, Vectors
from index.lexical import Terms, folded, with_pairs
from index.vietnamese import strip_marks, syllables
from qa.answer_kinds import is_strict, shows_kind
from qa.article_questions import led_by, may_answer
from qa.lookup import in_vietnamese, name_runs
from qa.proximity import Spellings, proximity
from qa.question import Word, focus_words
from qa.slots import Sentence, SlotEvidence, Sought, slot_evidence
from qa.types import Hit, Query

HITS_READ = 12  # passages whose sentences are looked at
KIND_MISSING = 0.35  # below it the wanted date or number is not in the sentence at all
HEADING_WORDS = 5

TermWeight = tuple[str, bool, float]  # a term, whether it is looked up as written, its rarity
TermSets = tuple[frozenset[str], frozenset[str]]  # words and pairs as written, and folded
_NO_TERMS: TermSets = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence as the answer. Every part is in [0, 1], more is better."""

    coverage: float  # words and pairs of the question in the sentence, by their rarity
    near: float  # … in it and the sentence before
    local: float  # … in it, by their rarity among the sentences read: what tells it from its neighbours
    context: float  # … in the passage around it, with headline and date
    names: float  # names and numbers of the question in the sentence
    names_near: float  # … in the passage around it
    name_least: float  # … in the article, the name that is found least
    relation: float  # the other words: what is asked of the names
    relation_near: float  # … in the passage around it
    focus: float  # the words that stand nearest to "khi nào", "bao nhiêu" …, in the sentence and the one before
    focus_near: float  # … in the passage around it
    dense: float  # cosine of question and sentence
    passage: float  # fused score of its passage
    meaning: float  # how near its passage is in meaning
    late: float  # late interaction of question and sentence
    soft: float  # each word's nearest token in the sentence, by rarity
    soft_least: float  # … the third of the words that is matched worst
    soft_relation: float  # the words that are no names, by their nearest token
    soft_relation_least: float  # … the third of them that is matched worst
    soft_focus: float  # the words nearest to what asks, by their nearest token
    soft_local: float  # how much nearer the words are than in the other sentences read, .5 for as near
    kind: float  # the date or number that is asked for is there; .5 for other questions
    kind_loose: float  # the person, place, cause or thing that is asked for may be there; .5 for other questions
    prose: float  # 1 for a sentence, 0 for a heading
    read: float  # log-odds of the cross-encoder, -MOST to MOST as 0 to 1; 0 for a sentence that it did not read


FEATURES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: its place, the rank of the passage it was found in, its evidence and score.

    `led_by` is where the article's own question stands that it answers, whose words count as its own; empty for none.
    """

    article: Article
    start: int
    end: int
    hit: Hit
    evidence: Evidence
    score: float
    led_by: tuple[int, int]

    def with_evidence(self, evidence: Evidence, weights: Mapping[str, float]) -> Candidate:
        """Return the same sentence with other evidence, and the score that the weights give it."""
        return replace(self, evidence=evidence, score=_score(evidence, weights))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready for comparison with sentences."""

    query: Query
    vector: NDArray[np.float32]
    tokens: Tokens
    words: Sequence[Word]
    weights: Sequence[TermWeight]
    names: Sequence[Sequence[int]]  # the places in `words` of each name
    name_weights: Sequence[Sequence[TermWeight]]  # of each name
    relation_weights: Sequence[TermWeight]
    focus_weights: Sequence[TermWeight]
    relation: NDArray[np.bool_]  # which of `words` are no names
    focus: NDArray[np.bool_]  # which of those stand nearest to what asks


class Reader:
    """Reads the sentences of found passages against a question, each as `spelled` writes it."""

    def __init__(self, passage_index: PassageIndex, spelled: Callable[[str], str] = str) -> None:
        self._source = passage_index
        self._terms = lru_cache(maxsize=20_000)(lambda text: _terms_of(spelled(text)))
        self._words = lru_cache(maxsize=5_000)(lambda text: _words_of(spelled(text)))

    def terms(self, text: str) -> TermSets:
        """Return the words of a sentence and their pairs, as written and folded."""
        return self._terms(text)

    def terms_around(self, article: Article, text: str) -> TermSets:
        """Return those of a passage with its headline and date."""
        return self._terms(_context(article, text))

    def ready(
        self, query: Query, words: Sequence[Word], terms: Terms, vector: NDArray[np.float32], tokens: Tokens
    ) -> Asked:
        """Return the question with all that is computed once for it."""
        lexical = self._source.lexical
        runs = name_runs(query, words, lexical)
        in_names = {word.start for run in runs for word in run}
        others = [word for word in words if word.start not in in_names]
        focus = focus_words(query, others)
        at_focus = {word.start for word in focus}
        return Asked(
            query,
            vector,
            tokens,
            words,
            lexical.weights(terms),
            [[place for place, word in enumerate(words) if word in run] for run in runs],
            [lexical.weights(lexical.terms([word.form for word in run])) for run in runs],
            lexical.weights(lexical.terms(_meant(query, others))),
            lexical.weights(lexical.terms(_meant(query, focus))),
            np.asarray([word.start not in in_names for word in words], bool),
            np.asarray([word.start in at_focus for word in words], bool),
        )

    def read(self, asked: Asked, hits: Sequence[Hit], weights: Mapping[str, float]) -> list[Candidate]:
        """Return the sentences of the first hits as candidates, best first; equal ones in order of hits and text."""
        found = self._by_words(asked, hits[:HITS_READ])
        rest = zip(self._by_local_rarity(asked, found), self._by_tokens(asked, found), strict=True)
        scored = [
            candidate.with_evidence(replace(candidate.evidence, local=local, **by_tokens), weights)
            for candidate, (local, by_tokens) in zip(found, rest, strict=True)
        ]
        return sorted(scored, key=lambda candidate: -candidate.score)

    def slots(self, asked: Asked, candidates: Sequence[Candidate]) -> list[SlotEvidence]:
        """Return for each candidate what speaks for the answer standing in it."""
        if not asked.words or not len(asked.tokens.vectors):
            return [SlotEvidence() for _ in candidates]
        sought = Sought(
            asked.query,
            asked.tokens.spans,
            _tokens_to_words(asked),
            _rarity(asked),
            asked.relation,
            asked.focus,
            asked.names,
        )
        return [slot_evidence(sought, self._sentence(asked, candidate)) for candidate in candidates]

    def proximity(self, asked: Asked, hit: Hit) -> float:
        """Return how near to each other the words of a Vietnamese question stand in a passage, in [0, 1].

        An English or Chinese one shares only its names with the text, which tells nothing: 0.
        """
        if asked.query.language != "vi":
            return 0.0
        return proximity(self._words(f"{hit.article.title or ''}. {hit.passage.text}"), asked.weights)

    def _sentence(self, asked: Asked, candidate: Candidate) -> Sentence:
        place = candidate.article, candidate.start, candidate.end
        cosines = np.asarray(asked.tokens.vectors @ self._source.token_vectors(*place).T, np.float64)
        return Sentence(
            candidate.article.text[candidate.start : candidate.end],
            f"{candidate.article.title or ''} {candidate.hit.passage.text}",
            self._source.token_starts(*place).astype(np.int64) - candidate.start,
            np.maximum(cosines, self._led(asked, candidate)[:, None]),
        )

    def _led(self, asked: Asked, candidate: Candidate) -> NDArray[np.float64]:
        """Return for each token of the question its nearest one's cosine in the article's question; -1 for none."""
        if candidate.led_by[0] == candidate.led_by[1]:
            return np.full(len(asked.tokens.vectors), -1.0)
        return _best_cosines(asked, self._source.token_vectors(candidate.article, *candidate.led_by))

    def _by_words(self, asked: Asked, hits: Sequence[Hit]) -> list[Candidate]:
        seen: set[tuple[str, int]] = set()
        found: list[Candidate] = []
        strict = is_strict(asked.query)
        for hit in hits:
            article = hit.article
            around = self._terms(_context(article, hit.passage.text))
            context, relation_near = _coverage(asked.weights, around), _coverage(asked.relation_weights, around)
            names_near = [_coverage(name, around) for name in asked.name_weights]
            whole = self._terms(_context(article, article.text)) if asked.name_weights else _NO_TERMS
            before = _NO_TERMS
            for sentence in self._source.sentences(hit.passage):
                text = article.text[sentence.start : sentence.end]
                led = led_by(article.text, sentence.start)
                terms = self._terms(_with_question(article, led, text))
                near, before = _union(before, terms), terms
                if (article.article_id, sentence.start) in seen:
                    continue
                seen.add((article.article_id, sentence.start))
                kind = shows_kind(asked.query, text)
                answers = may_answer(asked.query, text)
                cosine = float(self._source.sentence_vectors[sentence.row].astype(np.float32) @ asked.vector)
                evidence = Evidence(
                    coverage=_coverage(asked.weights, terms),
                    near=_coverage(asked.weights, near),
                    local=0.0,
                    context=context,
                    names=_mean([_coverage(name, terms) for name in asked.name_weights]),
                    names_near=_mean(names_near),
                    name_least=min((_coverage(name, whole) for name in asked.name_weights), default=1.0),
                    relation=_coverage(asked.relation_weights, terms),
                    relation_near=relation_near,
                    focus=_coverage(asked.focus_weights, near),
                    focus_near=_coverage(asked.focus_weights, around),
                    dense=max(0.0, cosine),
                    passage=hit.score,
                    meaning=max(0.0, hit.dense_score),
                    late=0.0,
                    soft=0.0,
                    soft_least=0.0,
                    soft_relation=0.0,
                    soft_relation_least=0.0,
                    soft_focus=0.0,
                    soft_local=0.5,
                    kind=0.0 if not answers else kind if strict else 0.5,
                    kind_loose=0.5 if strict else kind,
                    prose=float(len(text.split()) > HEADING_WORDS and text[-1] in '.!?…"”’)'),
                    read=0.0,
                )
                found.append(Candidate(article, sentence.start, sentence.end, hit, evidence, 0.0, led))
        return found

    def _by_local_rarity(self, asked: Asked, found: Sequence[Candidate]) -> list[float]:
        terms = [self._terms(_with_question(c.article, c.led_by, c.article.text[c.start : c.end])) for c in found]
        having = [sum(_has(each, term, exact) for each in terms) for term, exact, _ in asked.weights]
        weights = [
            (term, exact, math.log(1 + (len(found) - n + 0.5) / (n + 0.5)))
            for (term, exact, _), n in zip(asked.weights, having, strict=True)
            if n
        ]
        return [_coverage(weights, each) for each in terms]

    def _by_tokens(self, asked: Asked, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
        if not candidates or not asked.words or not len(asked.tokens.vectors):
            return [{} for _ in candidates]
        cosines = np.stack(
            [
                np.maximum(
                    _best_cosines(asked, self._source.token_vectors(c.article, c.start, c.end)), self._led(asked, c)
                )
                for c in candidates
            ]
        )
        late = cosines @ asked.tokens.weights / asked.tokens.weights.sum()
        nearest = cosines @ _tokens_to_words(asked)
        rarity = _rarity(asked)
        usual = nearest.mean(axis=0)
        relation = asked.relation if asked.relation.any() else ~asked.relation
        focus = asked.focus if asked.focus.any() else relation
        parts = {
            "late": np.clip(late, 0.0, 1.0),
            "soft": _average(nearest, rarity),
            "soft_least": _worst_third(nearest, rarity),
            "soft_relation": _average(nearest[:, relation], rarity[relation]),
            "soft_relation_least": _worst_third(nearest[:, relation], rarity[relation]),
            "soft_focus": _average(nearest[:, focus], rarity[focus]),
            "soft_local": np.clip(0.5 + (nearest - usual).mean(axis=1), 0.0, 1.0),
        }
        return [dict(zip(parts, map(float, each), strict=True)) for each in zip(*parts.values(), strict=True)]


def _meant(query: Query, words: Sequence[Word]) -> list[str]:
    """Return the forms of `words`; of English ones that the table of names knows, what they are in Vietnamese."""
    if query.language != "en":
        return [word.form for word in words]
    return [form for word in words for form in in_vietnamese(word.form) or [word.form]]


def answering_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates in their order, but behind all others those that lack the date or number asked for."""
    return sorted(candidates, key=lambda candidate: candidate.evidence.kind < KIND_MISSING)


def as_features(evidence: Evidence) -> dict[str, float]:
    """Return the parts of `evidence` by name."""
    return {name: getattr(evidence, name) for name in FEATURES}


def _score(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """A part that no weight was learned for counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in as_features(evidence).items())


def _terms_of(text: str) -> TermSets:
    words = syllables(text)
    return frozenset(with_pairs(words)), frozenset(with_pairs(folded(words)))


def _words_of(text: str) -> tuple[Spellings, ...]:
    words = syllables(text)
    return tuple(zip(words, folded(words), strict=True))


def _with_question(article: Article, led_by: tuple[int, int], text: str) -> str:
    """Return the text of a sentence behind the article's question that leads to it, if one does."""
    question = article.text[slice(*led_by)]
    return f"{question} {text}" if question else text


def _context(article: Article, text: str) -> str:
    day = f"{article.published:%d/%m/%Y}" if article.published else ""
    return f"{article.title or ''}. {text} {day}"


def _coverage(weights: Sequence[TermWeight], terms: TermSets) -> float:
    total = met = 0.0
    for term, exact, weight in weights:
        total += weight
        if term in terms[0 if exact else 1]:
            met += weight
    return met / total if total else 0.0


def _mean(values: Sequence[float]) -> float:
    """Return the mean; 1 for no values: a question without names lacks none of them."""
    return sum(values) / len(values) if values else 1.0


def _has(terms: TermSets, term: str, exact: bool) -> bool:
    return term in terms[0 if exact else 1]


def _union(left: TermSets, right: TermSets) -> TermSets:
    return left[0] | right[0], left[1] | right[1]


def _best_cosines(asked: Asked, sentence: Vectors) -> NDArray[np.float64]:
    """Return for each token of the question the cosine of its nearest token (ColBERT, Khattab & Zaharia 2020)."""
    if not len(sentence):
        return np.zeros(len(asked.tokens.vectors))
    return np.asarray((asked.tokens.vectors @ sentence.T).max(axis=1), np.float64)


def _tokens_to_words(asked: Asked) -> NDArray[np.float64]:
    """Return what each token `(tokens, words)` counts in the mean of each word's tokens."""
    starts, ends = asked.tokens.spans.T
    inside = np.stack([(starts < word.end) & (ends > word.start) for word in asked.words], axis=1)
    return np.asarray(inside / np.maximum(inside.sum(axis=0), 1), np.float64)


def _average(rows: NDArray[np.float64], rarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each row by rarity; a cosine below 0 says no more than none."""
    return np.asarray(np.maximum(0.0, (rows * rarity).sum(axis=1) / rarity.sum(axis=-1)), np.float64)


def _worst_third(rows: NDArray[np.float64], rarity: NDArray[np.float64]) -> NDArray[np.float64]:
    worst = np.argsort(rows, axis=1, kind="stable")[:, : math.ceil(rows.shape[1] / 3)]
    return _average(np.take_along_axis(rows, worst, axis=1), rarity[worst])


def _rarity(asked: Asked) -> NDArray[np.float64]:
    """Return a weight above 0 for each word of the question; a word that no Vietnamese text has gets the mean."""
    known = {term: weight for term, _, weight in asked.weights}
    usual = sum(known.values()) / len(known) if known else 1.0
    forms = [word.form for word in asked.words]
    return np.asarray([max(0.1, known.get(form, known.get(strip_marks(form), usual))) for form in forms], np.float64)
