"""The day and hour that a page, a property or a column gives -> datetime, or None: never a guess."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from index.page_dates import publication_of

VIETNAM = timezone(timedelta(hours=7))
YEARS = range(1945, 2101)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$", re.IGNORECASE
)


def published_of(text: str) -> datetime | None:
    """Return the Vietnamese local time that `text` gives, midnight for a day alone; None for no whole, real date.

    Read are ISO 8601 (another zone is converted), "18/02/2025 20:25 (GMT+7)" with or without the day of the week, and
    "ngày 18 tháng 2 năm 2025".
    """
    text = " ".join(text.split())
    iso = _ISO.match(text)
    if iso:
        return _of_iso(iso)
    found = publication_of(text)
    return found[0] if found else None


def _of_iso(iso: re.Match[str]) -> datetime | None:
    day, hour, zone = iso.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{hour or '00:00'}{(zone or '').upper()}")
    except ValueError:
        return None
    local = moment.astimezone(VIETNAM).replace(tzinfo=None) if moment.tzinfo and hour else moment.replace(tzinfo=None)
    return local if local.year in YEARS else None
