"""A sentence, the day it was published, and what in it says of which year, calendar or name a day may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, the day it was published, and what else it counts time by."""

    text: str
    published: date
    years: frozenset[int]  # that it names, or that was named last before it: 2023
    names_months: bool
    shifts_years: bool  # "năm ngoái" and the like, where nothing is only compared
    lunar: bool
    yearly: bool  # what it tells comes back every year: "hằng năm", "mùa mưa"


def sentence_of(text: str, published: date, before: str = "") -> Sentence:
    """Return `text` with what it counts time by; the year that was named last in the text before counts too."""
    return Sentence(
        text,
        published,
        frozenset(_years_in(text) or _years_in(before)[-1:]),
        re.search(r"tháng \d|quý (?:[IV]|\d)|\d/\d", text) is not None,
        re.search(r"(?<!cùng kỳ )(?<!so với )năm (?:ngoái|trước|sau|tới)", text) is not None,
        _LUNAR.search(text) is not None,
        _YEARLY.search(text) is not None,
    )


def is_name(text: str, match: re.Match[str]) -> bool:
    """Return whether the expression is a name: a capital where none is due, or a title in quotation marks."""
    start, end = match.span()
    said, before = match.group(0), text[:start].rstrip()
    if any(character.isupper() for character in _CAPITALS_ALL_THE_SAME.sub("", said)[1:]):
        return True
    agency = _AGENCY.fullmatch(before) is not None  # "BNEWS Sáng 15/5, tại xã …"
    if said[0].isupper() and before and before[-1] not in _SENTENCE_MAY_BEGIN and not agency:
        return True
    closed = before[-1:] in _OPENING and text[end : end + 1] in _CLOSING and text[end : end + 1] != ""
    return bool(closed) or _IN_TITLE.search(text[:start]) is not None


def _years_in(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<![\d.,])(?:(?:19|20)\d{2}|(?<=[Nn]ăm )1\d{3})(?![\d.,]*\d)", text)]


_CAPITALS_ALL_THE_SAME = re.compile(r"(?<=thứ )\w+|(?<=chủ )\w+|(?<=quý )[IV]+", re.IGNORECASE)
_OPENING, _CLOSING = "“\"«'‘(", "”\"»'’"
_AGENCY = re.compile(r"[A-ZĐ][A-ZĐ.]{2,11}")
_SENTENCE_MAY_BEGIN = _OPENING + ".!?…:;-–—\n"
_IN_TITLE = re.compile(
    r"(?:báo|tờ|tạp chí|chương trình|chuyên mục|chuyên đề|bài hát|ca khúc|bài thơ|phim|vở|cuốn|sách|tác phẩm|bản tin|"
    r"mục|quán|kênh|chủ đề) [“\"«'‘][^”\"»'’]*$",
    re.IGNORECASE,
)
_LUNAR = re.compile(  # "rằm tháng 7", "mùng 5/9", "15/7 âm"; not "ghi âm", "8 âm thanh"
    r"âm lịch|(?<!\w)(?:rằm|mùng|mồng)(?!\w)|\d\s?\(?âm(?! (?:nhạc|thanh|tính|độ|\d))(?!\w)|(?<!\w)ÂL(?!\w)",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"(?:hằng|hàng|mỗi|mọi) năm|thường niên|khí hậu|mùa (?:khô|mưa|hạ)(?!\w)|trung bình (?:cao|thấp)|°\s?[CF]",
    re.IGNORECASE,
)
