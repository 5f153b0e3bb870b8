"""What happens at the desk when the page calls: a question is answered, an article opened. No component of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index import Article
from index.passage_index import Only
from qa.chat_answer import Told, answer_html, note_html, question_html
from qa.chat_correct import correct_html, corrected
from qa.chat_export import exported, record_of
from qa.chat_filters import follow_html, kept_html
from qa.chat_link import link_of
from qa.chat_log import incident
from qa.chat_page import searched
from qa.chat_reading import reading
from qa.chat_shelf import in_force, known_to
from qa.chat_text import Wording
from qa.cited import standing_now
from qa.filters import outlets_of
from qa.follow_up import read_on
from qa.index_version import IndexVersion
from qa.json_answer import answer_object
from qa.question import MAX_CHARACTERS, QuestionError
from qa.request import Request, asked, request_of
from qa.types import Answer

if TYPE_CHECKING:
    from qa.explain import Explanation

SHOWN = 200  # characters of a question that is too long to be asked


class Library(Protocol):
    """What the page needs of the engine."""

    @property
    def articles(self) -> Mapping[str, Article]:
        """By article_id."""

    @property
    def formerly(self) -> Mapping[str, Article]:
        """What stands for ids that are no article's any more."""

    @property
    def version(self) -> IndexVersion | None:
        """Which index it is, for receipts."""

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        """The answer to one question, from the articles that `only` takes. Raises QuestionError for what is none."""

    def names_in(self, text: str) -> Sequence[str]:
        """Return the names in a question."""

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        """The same answer and what speaks for it; `as_typed`, with every word as it is. Raises as `ask` does."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What questions are read by: the day of the newest article of a library, and its outlets."""

    library: Library
    newest: date | None
    outlets: tuple[str, ...]

    @classmethod
    def of(cls, library: Library) -> _Known:
        articles = library.articles.values()
        return cls(library, searched(articles).last, outlets_of(articles))


class Desk:
    """One language's desk over a library; it keeps nothing between two calls."""

    def __init__(
        self,
        library: Library,
        words: Wording,
        examples: Sequence[str] = (),
        today: Callable[[], date] = date.today,
        feedback: Path | None = None,
    ) -> None:
        """`examples` are questions to give to whoever asks nothing. `feedback` is the file that keeps what readers say
        of answers; without it they are not asked.
        """
        self._library, self._words, self._today, self._feedback = library, words, today, feedback
        self._examples = examples
        self._known = _Known.of(library)

    def turn(self, sent: object) -> list[Any]:
        """The two messages of a turn, and what the page keeps of it; None where nothing could be asked."""
        request = request_of(sent)
        message, record = self.reply(request)
        whole = len(request.question) <= MAX_CHARACTERS
        return [question_html(request.question if whole else request.question[:SHOWN] + "…"), message, record]

    def reply(self, request: Request) -> tuple[str, dict[str, Any] | None]:
        """The message that answers the question, and its record; if anything goes wrong, one line that can be used."""
        words = self._words
        try:
            today = self._today()
            library = in_force(self._library)
            request = self._of_today(request, library)
            put, followed = read_on(library, request, today, *self._known_of(library))
            why = library.explain(put.question, only=put.kept.only, as_typed=request.as_typed)
            kept = follow_html(request, followed, words) + kept_html(request, put, library.articles, words)
            record = record_of(request.question, why.answer, followed.question if followed else "")
            correct = correct_html(record, why, words, request) if self._feedback else ""
            told = Told(request, kept, library.version, today, link_of(request, followed), correct)
            return answer_html(why.answer, words, why, told), record
        except QuestionError as error:
            if error.code == "too_long":
                return note_html(words.too_long), None
            example = next(iter(self._examples), "")
            return note_html(words.for_example.format(example=example) if example else words.empty), None
        except Exception as error:  # the rest of the story is for the operator
            return note_html(f"{words.failed} [{incident('question failed', error)}]"), None

    def answer(self, question: str) -> dict[str, Any]:
        """The answer for programs: what `hoibao ask --json` prints. Raises QuestionError."""
        library = in_force(self._library)
        put = asked(Request(question), self._today(), *self._known_of(library))
        return answer_object(library.ask(put.question, only=put.kept.only), put)

    def _known_of(self, library: Library) -> tuple[date | None, tuple[str, ...]]:
        """The day of the newest article and the outlets, reckoned once for each generation."""
        known = self._known
        if known.library is not library:
            self._known = known = _Known.of(library)
        return known.newest, known.outlets

    def _citable(self, library: Library) -> Mapping[str, Article]:
        """Every article that an answer may have cited, as it was then."""
        return {**known_to(self._library), **library.formerly}

    def _of_today(self, request: Request, library: Library) -> Request:
        """The request put to the articles that stand now where those stood that its reader chose."""
        chosen = request.kept.article_ids
        if chosen <= library.articles.keys():
            return request
        known = self._citable(library)
        now = {name: standing_now(library.articles, known, name) for name in chosen}
        ids = frozenset(article.article_id if article else name for name, article in now.items())
        return replace(request, kept=replace(request.kept, article_ids=ids))

    def open_article(self, sent: object) -> dict[str, object]:
        """The article for the reading panel."""
        library = in_force(self._library)
        try:
            return reading(library.articles, self._words, sent, self._citable(library))
        except Exception as error:
            return {"error": f"{self._words.failed} [{incident('article failed', error)}]"}

    def correct(self, sent: object) -> dict[str, str]:
        """What becomes of a reader's word about an answer."""
        if self._feedback is None:
            return {"error": self._words.not_kept}
        try:
            library = in_force(self._library)
            return corrected(self._citable(library), self._words, library.version, self._feedback, sent)
        except Exception as error:  # the reason is for the operator
            return {"error": f"{self._words.not_kept} [{incident('feedback failed', error)}]"}

    def export(self, sent: object) -> dict[str, str]:
        """The conversation as a file."""
        library = in_force(self._library)
        try:
            return exported(self._citable(library), self._words, library.version, self._today(), sent)
        except Exception as error:
            return {"error": f"{self._words.failed} [{incident('export failed', error)}]"}
