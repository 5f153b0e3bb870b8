"""The two nouns of the corpus. Each has one law, which a test holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

HEADLINE_WORDS = 12  # enough to tell two articles apart on one line of a narrow screen


@dataclass(frozen=True, slots=True)
class Publication:
    """Another place where the very text of an article stands; what it does not say is None."""

    path: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it is searched and quoted.

    Law: `text` is NFC and clean, one paragraph a line; cleaning it again changes nothing.
    What the page does not say is None, never a guess. `published` is local time of the page,
    midnight when the page gives a day without an hour. `also_published`: other files or rows with the same text.
    """

    article_id: str
    path: str
    text: str = field(repr=False)  # pages of it would bury what an answer shows of itself
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    captions: tuple[str, ...] = ()
    also_published: tuple[Publication, ...] = ()

    @property
    def headline(self) -> str:
        """The title; of an untitled article its first words, ended by an ellipsis."""
        if self.title is not None:
            return self.title
        words = self.text.split(maxsplit=HEADLINE_WORDS)
        return " ".join(words[:HEADLINE_WORDS]).rstrip(" ,;:.…") + "…"


@dataclass(frozen=True, slots=True)
class Story:
    """Near copies of one text, the earliest first: two articles or more."""

    articles: tuple[Article, ...]

    @property
    def texts(self) -> int:
        """How many texts differ at all."""
        return len(self.articles)

    @property
    def places(self) -> int:
        """How many files or rows tell it, those with the very same text included."""
        return sum(1 + len(article.also_published) for article in self.articles)


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, as many as the encoder reads at once.

    Law: the passages of an article cover every sentence, in order.
    """

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def passage_id(self) -> str:
        """What tells it from all others of a corpus."""
        return f"{self.article_id}:{self.start}-{self.end}"

    @property
    def article_id(self) -> str:
        """That of its article."""
        return self.article.article_id

    @property
    def text(self) -> str:
        """The article's own words, which are not kept twice."""
        return self.article.text[self.start : self.end]
