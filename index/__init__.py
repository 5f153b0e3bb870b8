"""Articles in, searchable passages out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.types import Article, Passage

if TYPE_CHECKING:
    from index.articles import CorpusError
    from index.encoder import Encoder, ModelError
    from index.passage_index import PassageIndex
    from index.store import StoreError
    from index.sync import SyncError, SyncReport

__all__ = [
    "Article",
    "CorpusError",
    "Encoder",
    "ModelError",
    "Passage",
    "PassageIndex",
    "StoreError",
    "SyncError",
    "SyncReport",
]

_HOMES = {
    "CorpusError": "index.articles",
    "Encoder": "index.encoder",
    "ModelError": "index.encoder",
    "PassageIndex": "index.passage_index",
    "StoreError": "index.store",
    "SyncError": "index.sync",
    "SyncReport": "index.sync",
}


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for, so that `hoibao --help` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return what is offered too, not only what was imported already."""
    return sorted({*globals(), *__all__})
