"""A question in, a cited answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.types import Answer, Citation, Hit, Query

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.cited import CitationError
    from qa.explain import Explanation
    from qa.filters import Filter
    from qa.follow_up import Conversation
    from qa.names import NamesError
    from qa.question import QuestionError

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "CitationError",
    "Conversation",
    "Explanation",
    "Filter",
    "Hit",
    "NamesError",
    "Query",
    "QuestionError",
]

_HOMES = {
    "Assistant": "qa.assistant",
    "CitationError": "qa.cited",
    "Conversation": "qa.follow_up",
    "Explanation": "qa.explain",
    "Filter": "qa.filters",
    "NamesError": "qa.names",
    "QuestionError": "qa.question",
}


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for, so that `hoibao --help` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return what is offered too, not only what was imported already."""
    return sorted({*globals(), *__all__})
