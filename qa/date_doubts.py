"""Where words of time may mean no one time, or another one: what stands around them then."""

from __future__ import annotations

import re

NUMBERS = {word: number for number, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)}

# Behind these words and numbers "năm trước" and the like is one of many, or the end of a longer expression.
MANY = re.compile(
    rf"(?<!\w)(?:\d+|{'|'.join(NUMBERS)}|những|các|mọi|mỗi|mấy|vài|nhiều|từng|bao|hàng|hằng|đôi|chục|trăm|nghìn|thứ|"
    r"lứa|khóa|nhiệm kỳ|giai đoạn) $",
    re.IGNORECASE,
)
# About so many, a length of time, or counted from another event.
NO_DISTANCE = re.compile(
    r"(?<!\w)(?:hơn|gần|khoảng|chừng|tầm|ngoài|trong|suốt|những|các|mấy|vài|nhiều|hàng|kế hoạch|giai đoạn|nhiệm kỳ|"
    r"thêm|kéo dài|mất|cần|chờ|đợi|ở lại|nghỉ|sau|thứ|và|\d+|tháng|năm) $",
    re.IGNORECASE,
)
FROM_ELSEWHERE = re.compile(  # "năm trước đó", "sau khi", "tháng trước Tết"
    r" (?:đó|đây|kia|nữa|này|ấy|khi|lúc|ngày|năm|tháng|tuần|kỳ|thời|lễ|tết|dịch|đại dịch|chiến tranh|bầu cử|"
    r"sinh nhật|vụ|trận|sự|\d|một |hai |ba )",
    re.IGNORECASE,
)
TO_A_PLACE = re.compile(r" [A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]")  # "năm tới Hà Nội": next year, or going there
AGO_ENDS = re.compile(r"$|[^\w\s]| (?:đã|và|tại|ở|ông|bà|anh|chị|tôi|chúng tôi|còn|vẫn|thì|là|cũng|có|mới) ")
QUA_ENDS = re.compile(r"$|[^\w\s]| (?:tại|ở|đã|vừa|khi|trên|trong|theo|do|có|ngày)(?!\w)| \d")
NOWADAYS = re.compile(
    r"(?<!\w)(?:thế giới|giới trẻ|thế hệ|cuộc sống|xã hội|đất nước|việt nam|con người|tuổi trẻ|thanh niên|lớp trẻ|"
    r"thời đại|như|có được|vì|hướng tới|hướng đến|của|cho) (?:ngày )?$",
    re.IGNORECASE,
)
RECURRING = re.compile(r"(?<!\w)(?:kỷ niệm|nhân|sinh|mỗi|một|đường|phố|quảng trường|cách mạng|\d+) $", re.IGNORECASE)
NUMBER_BEFORE = re.compile(rf"(?<!\w)(?:\d+|{'|'.join(NUMBERS)}|mươi) $", re.IGNORECASE)
COMPARED = re.compile(r"(?<!\w)(?:so với|cùng kỳ|hơn|bằng|như|của) $", re.IGNORECASE)


def before(match: re.Match[str]) -> str:
    """Return the text before the expression."""
    return match.string[: match.start()]


def after(match: re.Match[str]) -> str:
    """Return the text behind the expression."""
    return match.string[match.end() :]
