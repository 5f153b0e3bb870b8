"""The library of a chat whose index is replaced while people ask: each call holds one generation from end to end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from index import Article
from index.passage_index import Only
from qa.index_version import IndexVersion
from qa.types import Answer

if TYPE_CHECKING:
    from qa.chat_desk import Library
    from qa.explain import Explanation


class Shelf:
    """A library in which another can be put. What is asked meanwhile is answered by the one that was there."""

    def __init__(self, library: Library) -> None:
        self._current = library
        self._known: Mapping[str, Article] = MappingProxyType(dict(library.articles))

    @property
    def current(self) -> Library:
        """The generation in force: hold it for all of a call."""
        return self._current

    @property
    def known(self) -> Mapping[str, Article]:
        """The articles of every generation since the start: a citation of an earlier one still opens."""
        return self._known

    def put(self, library: Library) -> None:
        """Answer with that library from now on."""
        self._known = MappingProxyType({**self._known, **library.articles})
        self._current = library

    @property
    def articles(self) -> Mapping[str, Article]:
        """By article_id, of the generation in force."""
        return self._current.articles

    @property
    def formerly(self) -> Mapping[str, Article]:
        """What stands for ids that are no article's any more, by the generation in force."""
        return self._current.formerly

    @property
    def version(self) -> IndexVersion | None:
        """Of the generation in force."""
        return self._current.version

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        """The answer of the generation in force."""
        return self._current.ask(text, k, only)

    def names_in(self, text: str) -> Sequence[str]:
        """The names in a question, as the generation in force knows them."""
        return self._current.names_in(text)

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        """The answer of the generation in force, and what speaks for it."""
        return self._current.explain(text, k, only, as_typed)


def in_force(library: Library) -> Library:
    """The library to hold for all of a call."""
    return library.current if isinstance(library, Shelf) else library


def known_to(library: Library) -> Mapping[str, Article]:
    """The articles that a citation may be of."""
    return library.known if isinstance(library, Shelf) else library.articles
