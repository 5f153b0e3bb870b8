"""Whether two numbers are a day and a month: "ngày 7-10" may be October 7th, the 7th to the 10th, or 7 to 10 people."""

from __future__ import annotations

import re

from qa.date_doubts import after, before

_COUNTED_BEFORE = re.compile(
    r"(?<!\w)(?:độ|ánh|ban|cứ|mỗi|một|bình quân|trung bình|cả|suốt|các|những|mấy|hai|ba|bốn|năm|sáu|bảy|\d+) $",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(r"(?<!\w)(?:cứ|có|mỗi|bình quân|trung bình) $", re.IGNORECASE)
_SHARE_BEHIND = re.compile(
    r" (?:người(?! dân)|chuyến|ca|hộ|lượt|lần|suất|phần|trường hợp)(?!\w)",
    re.IGNORECASE,
)
_ALWAYS_OPEN = re.compile(
    r"(?<!\w)(?:trực|trực tuyến|mở cửa|phục vụ|hoạt động|làm việc|hỗ trợ|hotline|liên tục|suốt|cả|ngày)(?: cả)? $",
    re.IGNORECASE,
)
_ATTACK = re.compile(r"(?<!\w)(?:tấn công|khủng bố|thảm họa|sự kiện|vụ|sau) $", re.IGNORECASE)
_OTHER_CALENDAR = re.compile(r",? (?:của )?(?:tháng|hằng|hàng|mỗi|tết|âm)(?!\w)", re.IGNORECASE)
# Behind a date; a noun that could be counted may follow two numbers.
_DATE_ENDS = re.compile(
    r"\s*$|\s?[;:.!?)\]”\"»]|,(?!\s?\d)| [–-] (?!\d)| [A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]|"
    r" (?:tại|ở|đã|đang|sẽ|vừa|cho|theo|khi|là|do|thì|với|về|vào|để|nhằm|được|bị|của|từ|trên|dưới|trong|nhưng|mà|"
    r"và (?!\d)|(?:đến|tới) (?:hết |\d{1,2} ?(?:giờ|h) )?(?:ngày|\d{1,2} ?[/.-] ?\d{1,2}(?![\d%]))|"
    r"ông|bà|đồng chí|lãnh đạo|thủ tướng|chủ tịch|bí thư|phó|"
    r"giám đốc|đại diện|cơ quan|"
    r"công an|cảnh sát|tòa án|hội nghị)(?!\w)"
)


def may_be_no_date(match: re.Match[str]) -> bool:
    """Return whether `match`, a "day", a "sep" and a "month" without a year, may be a range, a share or an amount.

    "7-10" goes up like a range, "7/10" like a share, "30-8" like neither; "9.8" may be nine and eight tenths.
    """
    sep, goes_up = match["sep"].strip(), int(match["day"]) < int(match["month"])
    if (match["day"], match["month"]) in (("9", "11"), ("11", "9")) and _ATTACK.search(before(match)):
        return True  # of 2001, whichever number is the month
    if sep == "tháng":
        return False
    if _OTHER_CALENDAR.match(after(match)):
        return True
    if sep == "/":
        if (match["day"], match["month"]) == ("24", "7"):
            return _ALWAYS_OPEN.search(before(match)) is not None or match.group(0).lower().startswith("đêm")
        share = _SHARE_BEFORE.search(before(match)) or _SHARE_BEHIND.match(after(match))
        return goes_up and share is not None
    if sep == "-" and not goes_up:
        return False
    return _COUNTED_BEFORE.search(before(match)) is not None or _DATE_ENDS.match(after(match)) is None
