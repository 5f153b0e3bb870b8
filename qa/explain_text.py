"""An explanation in words: lines for people, in the language of the page; the terminal speaks Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.assistant import CITATIONS
from qa.explain import Channel, Cut, ExplainedHit, ExplainedSentence, Explanation, Matched, Place
from qa.types import Kind

_TOLD: tuple[Channel, ...] = (
    "words",
    "meaning",
    "read together",
    "fused",
)  # the two parts of meaning are for those who measure


@dataclass(frozen=True, slots=True)
class Phrases:
    """What an explanation is made of. `{…}` marks what is filled in."""

    exact: str
    folded: str
    missing: str
    by_meaning: str
    names: str
    channels: Mapping[Channel, str]
    ranks: str
    scores: str
    no_rank: str
    decimal: str
    shows: Mapping[Kind, str]
    cuts: Mapping[Cut, str]
    no_kind: Mapping[Kind, str]
    found: str
    not_found: str


VIETNAMESE = Phrases(
    exact="Có đúng chữ: {words}",
    folded="Có, khi bỏ dấu: {words}",
    missing="Không có chữ: {words}",
    by_meaning="Chỉ so theo nghĩa: {words}",
    names="Cùng một tên: {words}",
    channels={
        "words": "theo chữ",
        "meaning": "theo nghĩa",
        "vectors": "véc-tơ",
        "late interaction": "từng từ",
        "read together": "đọc cùng câu hỏi",
        "fused": "gộp lại",
    },
    ranks="Thứ hạng: {places}",
    scores="Thứ hạng (điểm): {places}",
    no_rank="không có",
    decimal=",",
    shows={"when": "Có thời điểm mà câu hỏi cần", "how_many": "Có con số mà câu hỏi cần"},
    cuts={
        "behind_k": "Không hiện: đứng sau {k} đoạn đầu",
        "not_read": "Không trích: thứ hạng thấp nên từng câu không được xét",
        "asks": "Không trích: chính bài báo hỏi hoặc mới dẫn vào phần sau, chưa trả lời",
        "kind": "Không trích: {kind}",
        "name": "Không trích: bài không nhắc đến một tên riêng trong câu hỏi",
        "unknown": "Không trích: không bài nào có chữ nào của câu hỏi",
        "threshold": "Không trích: xác suất trả lời được là {probability}, dưới ngưỡng {threshold}",
        "share": "Không trích: kém xa câu đứng đầu (dưới {least})",
        "count": "Không trích: chỉ trích nhiều nhất {citations} câu",
    },
    no_kind={"when": "không có thời điểm mà câu hỏi cần", "how_many": "không có con số mà câu hỏi cần"},
    found="Trả lời: xác suất {probability}, ngưỡng {threshold}",
    not_found="Không trả lời: xác suất {probability}, ngưỡng {threshold}",
)

ENGLISH = Phrases(
    exact="Has the very words: {words}",
    folded="Has, without marks: {words}",
    missing="Does not have: {words}",
    by_meaning="Compared by meaning alone: {words}",
    names="One name for both: {words}",
    channels={
        "words": "by words",
        "meaning": "by meaning",
        "vectors": "vectors",
        "late interaction": "token by token",
        "read together": "read with the question",
        "fused": "together",
    },
    ranks="Ranks: {places}",
    scores="Ranks (scores): {places}",
    no_rank="none",
    decimal=".",
    shows={"when": "Has the time that is asked for", "how_many": "Has the number that is asked for"},
    cuts={
        "behind_k": "Not shown: behind the first {k} passages",
        "not_read": "Not quoted: ranked too low for its sentences to be read",
        "asks": "Not quoted: the article itself asks there, or leads to what follows",
        "kind": "Not quoted: {kind}",
        "name": "Not quoted: the article never has a name of the question",
        "unknown": "Not quoted: no article has any word of the question",
        "threshold": "Not quoted: it answers with a probability of {probability}, below the threshold of {threshold}",
        "share": "Not quoted: far behind the first sentence (below {least})",
        "count": "Not quoted: {citations} sentences at most are",
    },
    no_kind={"when": "it has no time, which is asked for", "how_many": "it has no number, which is asked for"},
    found="Answered: probability {probability}, threshold {threshold}",
    not_found="Not answered: probability {probability}, threshold {threshold}",
)


def decision_line(explanation: Explanation, phrases: Phrases) -> str:
    """Return whether there is an answer, how likely it is and how likely it has to be."""
    phrase = phrases.found if explanation.answer.found else phrases.not_found
    return phrase.format(probability=_share(explanation.answer.confidence), threshold=_share(explanation.threshold))


def hit_lines(each: ExplainedHit, explanation: Explanation, phrases: Phrases, scores: bool = False) -> list[str]:
    """Return why a passage stands where it does: its words, its ranks, and why nothing of it is quoted."""
    return [
        *_word_lines(each.words, phrases),
        (_score_line if scores else _rank_line)(each, phrases),
        *_cut_line(each.cut, explanation, phrases),
    ]


def sentence_lines(
    each: ExplainedSentence, explanation: Explanation, phrases: Phrases, scores: bool = False
) -> list[str]:
    """Return what a sentence has of the question, and why it is not quoted if it is not."""
    shows = phrases.shows.get(explanation.answer.question.kind) if each.shows_kind else None
    return [
        *_word_lines(each.words, phrases),
        *([shows] if shows else []),
        *([_score_line(each, phrases)] if scores else []),
        *_cut_line(each.cut, explanation, phrases),
    ]


def _word_lines(words: Matched, phrases: Phrases) -> Iterator[str]:
    pairs = tuple(f"{name} = {other}" for name, other in words.names)
    for phrase, said in (
        (phrases.exact, _quoted(words.exact)),
        (phrases.folded, _quoted(words.folded)),
        (phrases.names, ", ".join(pairs)),
        (phrases.missing, _quoted(words.missing)),
        (phrases.by_meaning, _quoted(words.by_meaning)),
    ):
        if said:
            yield phrase.format(words=said)


def _score_line(each: ExplainedHit | ExplainedSentence, phrases: Phrases) -> str:
    """Return the rank of a passage or sentence in every channel, with its score there."""
    scores = (f"{place.score:.3f}".replace(".", phrases.decimal) for place in each.places)
    said = (f"{_rank(place, phrases)} ({score})" for place, score in zip(each.places, scores, strict=True))
    return phrases.scores.format(places=" · ".join(said))


def _rank_line(each: ExplainedHit, phrases: Phrases) -> str:
    said = (_rank(place, phrases) for place in each.places if place.channel in _TOLD)
    return phrases.ranks.format(places=" · ".join(said))


def _rank(place: Place, phrases: Phrases) -> str:
    return f"{phrases.channels[place.channel]} {place.rank or phrases.no_rank}"


def _cut_line(cut: Cut | None, explanation: Explanation, phrases: Phrases) -> list[str]:
    if cut is None:
        return []
    answer = explanation.answer
    line = phrases.cuts[cut].format(
        k=len(answer.hits),
        kind=phrases.no_kind.get(answer.question.kind, ""),
        probability=_share(answer.confidence),
        threshold=_share(explanation.threshold),
        least=_share(explanation.least_share),
        citations=CITATIONS,
    )
    return [line]


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _share(value: float) -> str:
    return f"{value:.0%}"
