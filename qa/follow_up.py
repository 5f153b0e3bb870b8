"""A question that goes on from the one before: "Còn tổng vốn?", "Ai dẫn đầu đoàn?".

Names and words of time are carried, and put behind the question as they stood in the one before; nothing is written
anew. Whether anything is carried:

    it goes on with a name or time alone           every word is but the name or time in whose place it is put, if the
                                                   articles answer that: "Còn cầu Vũ Yên?", "Thế năm 2022?"
    it has a name of its own                       nothing is: "Còn vốn của cầu Vũ Yên?" says itself what it is about
    it says that it goes on                        its names are: "Còn …", "… đó", "ông ấy", "what about", "他", "…呢"
    it is short                                    they are, if the articles do not say that the topic changed
    none of these                                  nothing is

The topic of a short question is the same where one sentence of an article with the names answers it with and without
them; where the sentence that answers it with them has most of its own words, and it is not answered better without; and
where, if it is, that sentence has all of its words and the names, or either is of an article that was cited before.

A `Conversation` asks one question after another. It remembers the text of the last answered one and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from index import Article
from index.passage_index import Only
from index.telex import as_meant
from index.vietnamese import WORD, normalize, squeeze, strip_marks, syllables
from qa.filters import outlets_of
from qa.linking_words import between_links, goes_on
from qa.outlet_words import outlet_words
from qa.put_in_place import put_in_place
from qa.question import QuestionError, content_words, parse_question
from qa.request import Asked, Request, asked
from qa.time_words import time_words
from qa.types import Answer, Citation, Query

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.explain import Explanation

SHORT = 8  # words of a question that can hang on the one before without saying so
OWN_WORDS = (
    0.6  # of a short question stand in the sentence that answers; on the seeds: on topic all, off it 1/4 at most
)
NAMES = 4  # that are carried; a question about more is rare, and they would outweigh its own words

# Behind a number that belongs to a name: not "Hải Phòng 12 dự án", "ngày 5/6".
_NO_COUNT = (
    r"(?=\W*$|[,;:?!]| (?:dai|rong|co|la|da|se|duoc|khi|o|do|ai|bao|may|gi|hoan|khoi|khanh|thong|tong|von)(?!\w))"
)
_ENDS = " \t?？!.…。,"


class Names(Protocol):
    """What knows the names in a question, as `Assistant.names_in` does."""

    def __call__(self, text: str) -> Sequence[str]:
        """Return the names in `text`, each once. Raises QuestionError for what is no question."""


class Library(Protocol):
    """What is asked, as an Assistant is."""

    def names_in(self, text: str) -> Sequence[str]:
        """Return the names in a question."""

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        """Return the answer to a question."""

    def explain(self, text: str, k: int = 5, only: Only | None = None) -> Explanation:
        """Return the answer with the words that matched."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with what it takes from the one before: `names` and the words of time `said`, one of them at least.

    `question` has them behind its own words; `marked` says that its words leave no doubt that it goes on. With `whole`
    it is the question before with what this one names in its place, and `names` are this one's own.
    """

    question: str
    names: tuple[str, ...]
    said: str
    marked: bool
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, what the question took from the one before (None: nothing), and which articles were asked."""

    answer: Answer
    follow_up: FollowUp | None
    asked: Asked


def follow_up(question: str, before: str, names_in: Names, today: date | None = None) -> FollowUp | None:
    """Return `question` read as going on from `before`; None where nothing can be carried.

    Raises nothing: what is no question neither goes on nor is gone on from.
    """
    text = squeeze(normalize(question).replace("\n", " "))
    try:
        text = _as_meant(text, parse_question(text))
        query = parse_question(text)
        own, names = names_in(text), tuple(_numbered(name, before) for name in names_in(before))[:NAMES]
    except QuestionError:
        return None
    if _rest(text) == _rest(before):
        return None
    if whole := put_in_place(text, squeeze(normalize(before).replace("\n", " ")), own, names):
        return FollowUp(whole, tuple(own), "", marked=not own, whole=True)
    if own or _has_capitals(text):
        return None
    marked = goes_on(text)
    if not marked and len(content_words(query)) > SHORT:
        return None
    said = _said(text, before, today or date.today())
    return FollowUp(_with(query, names, said), names, said, marked) if names or said else None


def read_on(
    library: Library, request: Request, today: date, newest: date | None, outlets: Sequence[str] = ()
) -> tuple[Asked, FollowUp | None]:
    """Return what the engine is to be asked, and what of it comes from the question before.

    `newest` and `outlets` are as `asked` takes them. `request.before` comes from anybody. An outlet that it chose is
    not carried: the question goes on, whoever answers it.
    """
    if named := outlet_words(request.before, outlets):
        request = replace(request, before=named.rest)
    alone = asked(request, today, newest, outlets)
    if request.alone or request.as_typed or not request.before:
        return alone, None
    found = follow_up(request.question, request.before, library.names_in, today)
    alone = replace(alone, question=_unlinked(alone.question))
    if found is None:
        return alone, None
    if request.every_time or request.kept.first or request.kept.last:
        found = replace(found, said="", question=found.question.removesuffix(f", {found.said}"))
        if not found.names:
            return alone, None
    together = asked(replace(request, question=found.question), today, newest, outlets)
    before = asked(Request(request.before), today, newest)
    if found.whole and not found.marked:
        return (together, found) if _is_answered(library, found, together, before) else (alone, None)
    if found.marked or _still_about_it(library, found.names, alone, together, before):
        return together, found
    return alone, None


class Conversation:
    """Questions that may go on from one another, put to one assistant. Not to be shared between threads."""

    def __init__(self, assistant: Assistant, today: Callable[[], date] = date.today) -> None:
        self._assistant, self._today = assistant, today
        self._outlets = outlets_of(assistant.articles.values())
        self.before = ""  # the last answered question, with what it took from the one before it

    def ask(self, text: str, k: int = 5) -> Turn:
        """Return the answer, the question read as going on where it does. Raises QuestionError for what is none."""
        parse_question(text)
        newest = self._assistant.searched.last
        put, found = read_on(self._assistant, Request(text, before=self.before), self._today(), newest, self._outlets)
        answer = self._assistant.ask(put.question, k, put.kept.only)
        if answer.found:
            self.before = found.question if found else text
        return Turn(answer, found, put)


def _still_about_it(library: Library, names: Sequence[str], alone: Asked, together: Asked, before: Asked) -> bool:
    """Return whether the articles answer the question with what it took, and not better without, from elsewhere."""
    try:
        carried = library.explain(together.question, only=together.kept.only)
        if not carried.answer.found:
            return False
        itself = library.ask(alone.question, only=alone.kept.only)
        first = carried.answer.citations[0]
        if itself.found and _is_of(first, itself.citations[0]) and _has_names(_text_of(first.article), names):
            return True
        own = _own_words(carried, names)
        if own < OWN_WORDS:
            return False
        if not itself.found or carried.answer.confidence >= itself.confidence:
            return True
        if own == 1 and _has_names(first.quote, names):
            return True
        earlier = library.ask(before.question, only=before.kept.only)
    except QuestionError:
        return False
    known = {citation.article.article_id for citation in earlier.citations}
    return not known.isdisjoint((first.article.article_id, itself.citations[0].article.article_id))


def _is_answered(library: Library, found: FollowUp, together: Asked, before: Asked) -> bool:
    """Return whether an article with the names answers what was asked before, in as many of its words as then."""
    why = library.explain(together.question, only=together.kept.only)
    if not why.answer.found or not _has_names(_text_of(why.answer.citations[0].article), found.names):
        return False
    own = _own_words(why, found.names)
    if own >= OWN_WORDS or why.answer.question.language != "vi":
        return True
    earlier = library.explain(before.question, only=before.kept.only)
    return earlier.answer.found and own >= _own_words(earlier, library.names_in(before.question))


def _is_of(citation: Citation, other: Citation) -> bool:
    return citation.article == other.article and citation.start == other.start


def _text_of(article: Article) -> str:
    return f"{article.headline}\n{article.text}"


def _has_names(text: str, names: Sequence[str]) -> bool:
    """Return whether `text` has every name, whatever marks and capitals they have."""
    bare = strip_marks(text).lower()
    return all(strip_marks(name).lower() in bare for name in names)


def _own_words(why: Explanation, names: Sequence[str]) -> float:
    """Return the share of a question's words, names aside, that the sentence which answers it has, in [0, 1]."""
    words = why.sentences[0].words
    carried = {form for name in names for form in syllables(strip_marks(name))}

    def count(runs: Sequence[str]) -> int:
        return sum(strip_marks(form) not in carried for run in runs for form in syllables(run))

    met, missed = count((*words.exact, *words.folded)), count((*words.missing, *words.by_meaning))
    return met / (met + missed) if met + missed else 0.0


def _numbered(name: str, before: str) -> str:
    """Return the name with the number that stands behind it: "Long Sơn 2"."""
    found = re.search(
        rf"(?<!\w){re.escape(strip_marks(name))} (?:\d{{1,2}}|[IVX]{{1,4}}){_NO_COUNT}", strip_marks(before)
    )
    number = re.search(r"\w+$", found[0]) if found else None
    return f"{name} {number[0]}" if number else name


def _as_meant(text: str, query: Query) -> str:
    """Return the question with words typed by Telex or VNI rules as they are meant, where it has several: "Conf …"."""
    meant = {typed: word for typed, word in query.replaced if as_meant(typed) == word}
    return WORD.sub(lambda word: meant.get(word[0], word[0]), text) if len(meant) > 1 else text


def _with(query: Query, names: Sequence[str], said: str) -> str:
    """Return the question without what links it to another, and behind it names and words of time."""
    rest = _rest(query.text)
    if query.language == "en":  # one letter with a mark would make it Vietnamese
        names = [strip_marks(name) for name in names]
    question = f"{rest} {', '.join(names)}".strip(_ENDS)
    return f"{question}, {said}" if said else question


def _rest(text: str) -> str:
    clean = squeeze(normalize(text).replace("\n", " "))
    rest = clean[slice(*between_links(clean))].strip(_ENDS)
    return rest or clean.strip(_ENDS)


def _unlinked(text: str) -> str:
    """Return the question without "Còn" at its beginning, which is a word of sentences too; no question stays whole."""
    rest = text[between_links(text)[0] :]
    return rest if any(character.isalpha() for character in rest) else text


def _said(text: str, before: str, today: date) -> str:
    """Return the words of `before` that choose articles by their days, if `text` has none."""
    # The newest day only has to be known for "mới nhất" to be read at all.
    earlier = time_words(before, today, today)
    return earlier.said if earlier and not time_words(text, today, today) else ""


def _has_capitals(text: str) -> bool:
    """Return whether a word behind the first is written as a name: "Còn Lào?"."""
    words = [match.group(0) for match in WORD.finditer(text)]
    return not text.isupper() and any(word[0].isupper() for word in words[1:])
