"""The day and hour that a page, a property or a column gives -> datetime, or None: never a guess."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from index.page_dates import publication_of

VIETNAM = timezone(timedelta(hours=7))
YEARS = range(1945, 2101)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$", re.IGNORECASE
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH = re.compile(
    rf"(?:(?P<month>(?:{_MONTH})[a-z]*)\.? (?P<day>\d{{1,2}})|(?P<first>\d{{1,2}}) (?P<later>(?:{_MONTH})[a-z]*)\.?),? "
    r"(?P<year>\d{4})$",
    re.IGNORECASE,
)
_FEED = re.compile(
    rf"[a-z]{{3}}, \d{{1,2}} (?:{_MONTH}) \d{{4}} \d\d:\d\d(?::\d\d)?(?: (?:gmt|utc|[+-]\d{{4}}))?$", re.IGNORECASE
)


def published_of(text: str) -> datetime | None:
    """Return the Vietnamese local time that `text` gives, midnight for a day alone; None for no whole, real date.

    Read are ISO 8601 (another zone is converted), "18/02/2025 20:25 (GMT+7)" with or without the day of the week,
    "ngày 18 tháng 2 năm 2025", "Feb 18, 2025" and the dates of feeds.
    """
    text = " ".join(text.split())
    iso = _ISO.match(text)
    if iso:
        return _of_iso(iso)
    found = publication_of(text)
    return found[0] if found else _in_english(text)


def _in_english(text: str) -> datetime | None:
    """Return the day of "Feb 18, 2025" or "18 February 2025", the moment of a date as in e-mails and feeds; or None."""
    try:
        if _FEED.match(text):
            return _local(parsedate_to_datetime(text))
        found = _ENGLISH.match(text)
        if found is None:
            return None
        month, day = found["month"] or found["later"], found["day"] or found["first"]
        return _local(datetime(int(found["year"]), MONTHS.index(month[:3].lower()) + 1, int(day)))
    except ValueError:
        return None


def _local(moment: datetime) -> datetime | None:
    local = moment.astimezone(VIETNAM).replace(tzinfo=None) if moment.tzinfo else moment
    return local if local.year in YEARS else None


def _of_iso(iso: re.Match[str]) -> datetime | None:
    day, hour, zone = iso.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{hour or '00:00'}{(zone or '').upper()}")
    except ValueError:
        return None
    return _local(moment if hour else moment.replace(tzinfo=None))
