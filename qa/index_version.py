"""Which index an answer came from: the name of its generation and the day it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.store import GENERATIONS, MANIFEST, pointed_to


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """The name of a generation, which is a hash of all it holds, and the day it was made."""

    name: str
    made: date


def version_of(directory: Path, manifest: Mapping[str, Any]) -> IndexVersion | None:
    """Return the version of the index in `directory`; None if it is no longer the one that `manifest` is of."""
    try:
        name = pointed_to(directory)[0]
        path = directory / GENERATIONS / name / MANIFEST
        same = json.loads(path.read_text(encoding="utf-8")) == dict(manifest)
        return IndexVersion(name, date.fromtimestamp(path.stat().st_mtime)) if same else None
    except (OSError, LookupError, ValueError):  # built anew in this very moment
        return None
