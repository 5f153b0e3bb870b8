"""What may be kept as the address of an article."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.vietnamese import normalize

MAX_CHARACTERS = 2_000


def web_address(text: str | None) -> str | None:
    """Return `text` if it is a whole address on the web, http or https; None for anything else."""
    address = normalize(text or "").strip()
    if not address or len(address) > MAX_CHARACTERS or any(character.isspace() for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None
