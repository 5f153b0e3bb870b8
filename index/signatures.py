"""A line of a news page -> who signs it: the author of a by-line, the outlet of a source line or of a lead."""

from __future__ import annotations

import re

from index.page_lines import LINE_END, words

_BYLINE = re.compile(
    r"^(?:(?P<label>tác giả|bài viết|bài|bài và ảnh|bài, ảnh|tin, ảnh|tin|thực hiện|người viết|biên tập|pv)\s*:\s*)?"
    r"(?P<name>.+?)(?:\s*[.,–-]?\s*\(?(?:ảnh|nguồn ảnh|video)\s*:.{1,60})?$",
    re.IGNORECASE,
)
_PRESS_INITIALS = re.compile(r"^(?:P\.?V\.?|(?:[A-ZĐ]\.){1,3}[A-ZĐ]?|[A-ZĐ]{2}|Nhóm (?:PV|phóng viên))$")
_AND = re.compile(r"\s*(?:[-–,/&]|\bvà\b)\s*")
_SOURCE = re.compile(r"^(?:theo|(?:theo|nguồn)\s*(?P<colon>:))\s+(?P<outlet>\S.{1,40})$", re.IGNORECASE)
_AGENCY = re.compile(r"^\(?(?P<agency>[A-ZĐ]{3,8}(?:/[\w+]+)?)\)?$")
_OUTLET_KIND = re.compile(r"(?:báo|tạp chí|đài|trang|hãng|kênh|cổng|thông tấn)\s|[\w-]+\.\w{2,4}\b")
SOURCE_WORDS = 5  # of an outlet's name behind "Nguồn:" and before a full stop; more are a sentence
_NAMED_OUTLET = re.compile(
    r"^(?:(?:nhật |tuần |thời )?báo(?: điện tử)?|tạp chí(?: điện tử)?|đài (?:phát thanh|truyền hình|tiếng nói|pt)|"
    r"thông tấn xã|hãng thông tấn)\s+(?P<name>[^\s:,;\d].{1,40})$",
    re.IGNORECASE,
)
# What stands in lower case in the names of outlets: "Báo Lao động" is one, "Báo Lao động trao quà" is a headline.
_IN_NAMES = frozenset(
    "an báo chí chính công dân dựng điện động đời giáo hình hóa hoá học khoẻ khỏe kinh luật lý mạng môi nam nghệ "
    "nghiệp nguyên nhân niên nói nữ nước online pháp phát phòng sống tài tải tế thanh thị thông thuật thức thương "
    "tiếng trẻ trí trường truyền tử tư và văn vận việt xã xây".split()
)
OUTLET_WORDS = 8
_DATELINE = re.compile(
    r"^(?:\((?P<inside>[^()\n]{2,30})\)|(?P<bare>[A-ZĐ]{2,8}|[A-ZĐ][\w.]*\.(?:vn|VN|com)))\s*[-–—]\s*(?=[^\W\d_\s])"
)
_PLACES = frozenset(["TP", "TPHCM", "HN", "HCM", "VN"])
_PROVINCES = frozenset(
    "An Giang|Bà Rịa|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|"
    "Cao Bằng|Cần Thơ|Đà Lạt|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|"
    "Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|"
    "Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|Nha Trang|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|"
    "Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sài Gòn|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|"
    "Thừa Thiên Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Vũng Tàu|Yên Bái".split("|")
)


def author_of(line: str) -> str | None:
    """Return the author whom a by-line names ("Hồng Thanh", "Tác giả: P.V", "A - B. Ảnh: C"), or None."""
    match = _BYLINE.search(line)
    if match is None or words(line) > 14 or outlet_named(line):
        return None
    name = match["name"].strip(" .,;–-()") if not _PRESS_INITIALS.search(match["name"]) else match["name"]
    if match["label"] and words(name) <= 6 and name[:1].isupper() and not LINE_END.search(line):
        return name
    return name if all(_is_name(part) for part in _AND.split(name)) else None


def _is_name(text: str) -> bool:
    if _PRESS_INITIALS.search(text):
        return True
    parts = text.split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() and not part[1:2].isupper() for part in parts)


def source_of(line: str) -> str | None:
    """Return the outlet that a signature names: "Theo VnExpress", "Nguồn: Báo X", "Báo X", "TTXVN"; or None.

    A sentence ("Theo kế hoạch, lễ hội kéo dài ba ngày.") names none.
    """
    if named := outlet_named(line):
        return named
    agency = _AGENCY.search(line)
    if agency and not _PRESS_INITIALS.search(line):
        return agency["agency"]
    match = _SOURCE.search(line)
    outlet = match["outlet"] if match else ""
    if match is None or not _is_outlet(outlet):
        return None
    if LINE_END.search(outlet):
        return outlet.rstrip(" .") if match["colon"] and words(outlet) <= SOURCE_WORDS else None
    return outlet


def outlet_named(line: str) -> str | None:
    """Return the outlet that is all of `line`, and says what it is: "Báo Hải Phòng", "Tạp chí …"; or None."""
    match = _NAMED_OUTLET.search(line) if words(line) <= OUTLET_WORDS and not LINE_END.search(line) else None
    named = match is not None and match["name"][0].isupper() and not re.search(r"[:,;\d]", line)
    return line if match and named and all(_is_in_name(word) for word in match["name"].split()) else None


def _is_in_name(word: str) -> bool:
    return word[0].isupper() or not word.isalpha() or word in _IN_NAMES


def is_province(text: str) -> bool:
    """Return whether `text` is the name of a province or large city, as it stands before a day."""
    return text in _PROVINCES


def _is_outlet(text: str) -> bool:
    first, *others = re.split(r"[,;]\s*", text)
    named = first[:1].isupper() or _OUTLET_KIND.match(first) is not None
    return named and ":" not in text and all(part[:1].isupper() for part in others)


def is_labelled(line: str) -> bool:
    """Return whether a by-line or source says itself that it is one: "Bài: …", "Theo …", "… Ảnh: …", "P.V"."""
    match = _BYLINE.search(line)
    label_or_credit = match is not None and (match["label"] or match["name"] != line)
    return bool(label_or_credit or _SOURCE.search(line) or _PRESS_INITIALS.search(line))


def dateline_outlet(line: str) -> str | None:
    """Return the outlet whose name opens a lead: "TTTĐ - …", "(Dân trí) - …"; or None. A city is no outlet."""
    match = _DATELINE.search(line)
    name = (match["inside"] or match["bare"]) if match else None
    return None if name is None or name in _PLACES else name
