"""Where words of time may mean no one time, or another one: what stands around them then."""

from __future__ import annotations

import re

NUMBERS = {word: number for number, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)}

_NUMBER_WORD = "|".join(NUMBERS)
_PART_OF_NUMBER = (
    rf"\d+|{_NUMBER_WORD}|mươi|mốt|lăm|mươi tư|mười tư|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|lẻ|linh|dăm|vài|đôi"
)

# Behind these words and numbers "năm trước" and the like is one of many, or the end of a longer expression.
_MANY = re.compile(
    rf"(?<!\w)(?:{_PART_OF_NUMBER}|những|các|mọi|mỗi|mấy|nhiều|từng|bao|hàng|hằng|nửa|rưỡi|thứ|lứa|khóa|nhiệm kỳ|"
    r"giai đoạn) $",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(rf"(?<!\w)(?:{_PART_OF_NUMBER}) $", re.IGNORECASE)
_RANGE_BEFORE = re.compile(
    rf"(?<!\w)(?:{_PART_OF_NUMBER})(?: ?[,–-]| (?:đến|tới|hay|hoặc|và)) $|(?<!\w)(?:đến|tới|hay|hoặc) $", re.IGNORECASE
)
_WITH_CHILD = re.compile(r"(?<!\w)(?:thai|bầu) $", re.IGNORECASE)
_SPAN_BEFORE = re.compile(
    r"(?:tháng \d{1,2}|\d{1,2}/\d{1,2}|(?:đầu|giữa|cuối) năm)(?: ?[–-]| đến| tới)(?: (?:hết|đầu|giữa|cuối|ngày))* $",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(r"tháng (\d{1,2})(?: ?[–-]| đến| tới| đến hết)(?: (?:đầu|giữa|cuối))? $", re.IGNORECASE)
# About so many, a length of time, or counted from another event.
_NO_DISTANCE = re.compile(
    r"(?<!\w)(?:hơn|gần|khoảng|chừng|tầm|ngoài|trong|suốt|những|các|mấy|nhiều|hàng|kế hoạch|giai đoạn|nhiệm kỳ|"
    r"thêm|kéo dài|mất|cần|chờ|đợi|ở lại|nghỉ|sau|thứ|và|tháng|năm|vòng|ít nhất|nhiều nhất|tối đa|tối thiểu|sớm nhất|"
    r"muộn nhất|không quá|chưa đầy|ngót|trên|dưới|độ|cỡ|quá|nửa) $|(?<!\w)(?:phải|cần|nên|hãy) [^.,;]*$",
    re.IGNORECASE,
)
_MORE_BEHIND = re.compile(rf" (?:rưỡi|lẻ|ánh sáng|đường|(?:và )?(?:\d|(?:{_NUMBER_WORD})(?!\w)))", re.IGNORECASE)
_AHEAD_BEGINS = re.compile(r"(?:^|[^\w\s] |(?<!\w)(?:chỉ|còn|đúng) )$", re.IGNORECASE)
_AGO_ENDS = re.compile(r"$|[^\w\s]| (?:đã|và|tại|ở|còn|vẫn|thì|là|cũng|có|mới) ")
_FROM_ELSEWHERE = re.compile(  # "năm trước đó", "sau khi", "tháng trước Tết"
    r" (?:đó|đây|kia|nữa|này|ấy|khi|lúc|ngày|năm|tháng|tuần|kỳ|thời|lễ|tết|dịch|đại dịch|chiến tranh|bầu cử|"
    r"sinh nhật|vụ|trận|sự|\d|một |hai |ba )",
    re.IGNORECASE,
)
_SHIFTED = re.compile(  # "tháng này năm ngoái", "hôm nay một năm trước", "tuần này năm 2019"
    rf" (?:của |vào )?(?:cách đây |(?:\d+|{_NUMBER_WORD}) )?(?:tuần|tháng|quý|năm) "
    r"(?:trước|ngoái|sau|tới|kia|xưa|đó|ấy|\d)",
    re.IGNORECASE,
)
_TOLD_IN_ORDER = re.compile(r"(?:^|[^\w\s] |(?:đến|ngay|rồi|và) )$", re.IGNORECASE)  # "Năm sau, ông mất."
_FUTURE = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|dự định|kế hoạch|có thể|chuẩn bị|phải|sắp|mong|muốn|hy vọng|hi vọng|kỳ vọng|dự báo|dự đoán|"
    r"mục tiêu|phấn đấu|hoãn|đề xuất|hẹn|định)(?!\w)",
    re.IGNORECASE,
)
_GOING = re.compile(  # "năm tới Hà Nội", "từ đầu năm tới nay": next year, or as far as
    r" (?:[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]|(?:nay|đây|đó|nơi|tận|đầu|giữa|cuối|hết|ngày|tháng|tuần|quý|năm|khi|lúc|thăm|"
    r"dự(?! án| báo| kiến| định| đoán| thảo| luật)|tham dự|"
    r"tỉnh|thành phố|thủ đô|trụ sở|sân bay|nhà|trường|nước|hiện|bây giờ|gần|hơn)(?!\w)|\d)"
)
_NEXT_ENDS = re.compile(r"$|[^\w\s]| (?:đây|tại|sẽ|theo|là|giữa|của|do|và)(?!\w)")
_QUA_ENDS = re.compile(
    r"$|[^\w\s]| (?:tại|ở|đã|vừa|khi|trên|trong|theo|do|có|ngày|và|đến|tới|sau|trước|cũng|vẫn|chưa|không|được|bị|là|"
    r"thì|nhưng|công bố|cho|ghi nhận|thông báo|tổ chức|khai mạc|bế mạc|phát hiện|xảy ra|xác nhận|diễn ra|ký|họp|tiếp|"
    r"công an|chủ tịch|thủ tướng|ông|bà|anh|chị)(?!\w)| [\d(]|(?-i: [A-ZĐ])",
    re.IGNORECASE,
)
_NOWADAYS = re.compile(
    r"(?<!\w)(?:thế giới|giới trẻ|thế hệ|cuộc sống|xã hội|đất nước|việt nam|con người|tuổi trẻ|thanh niên|lớp trẻ|"
    r"thời đại|như|có được|vì|hướng tới|hướng đến|của|cho) (?:ngày )?$",
    re.IGNORECASE,
)
_BRIGHT = re.compile(r" (?:tươi|tốt|đẹp|rạng|huy hoàng|hạnh phúc)(?!\w)", re.IGNORECASE)
_RECURRING = re.compile(r"(?<!\w)(?:kỷ niệm|nhân|sinh|mỗi|một|đường|phố|quảng trường|cách mạng|\d+) $", re.IGNORECASE)
_COMPARED = re.compile(r"(?<!\w)(?:so với|cùng kỳ|hơn|bằng|như|của) $", re.IGNORECASE)
_FOR_SO_LONG = re.compile(r"(?<!\w)(?:hơn|gần|ngót) $", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<!\w)(?:lần|đứng|xếp|hạng|vị trí|người|trận|vụ|phiên|vòng|đợt|ngôi) $", re.IGNORECASE)
_WEEKDAY_BEGINS = re.compile(
    r"(?:^|[^\w\s] ?|(?<!\w)(?:vào|từ|đến|tới|hôm|ngày|sáng|trưa|chiều|tối|đêm|và|trước|sau|hết|ngay|ra|là) )$",
    re.IGNORECASE,
)


def is_one_of_many(match: re.Match[str]) -> bool:
    """Return whether "năm trước" is one of many ("những năm trước") or the end of a number ("hai mươi năm trước")."""
    return _MANY.search(before(match)) is not None


def ends_a_number(match: re.Match[str]) -> bool:
    """Return whether a number that begins the expression began before it: "mười hai năm trước"."""
    return _NUMBER_BEFORE.search(before(match)) is not None


def is_count_of_months(match: re.Match[str]) -> bool:
    """Return whether "tháng 8" is no month of the calendar: "3 tháng 8 ngày", "mang thai tháng 8"."""
    return ends_a_number(match) or _WITH_CHILD.search(before(match)) is not None


def is_over_new_year(match: re.Match[str]) -> bool:
    """Return whether a month ends a span that began in a later one: "từ tháng 10 đến tháng 5"."""
    begun = _MONTH_BEFORE.search(before(match))
    return begun is not None and int(begun[1]) > int(match["month"])


def is_end_of_span(match: re.Match[str]) -> bool:
    """Return whether the year before or behind is counted from the begin of a span: "tháng 11 đến tháng 2 năm sau"."""
    return _SPAN_BEFORE.search(before(match)) is not None


def is_no_distance(match: re.Match[str]) -> bool:
    """Return whether "3 năm trước" is about so many, a length of time, or counted from another event."""
    return (
        ends_a_number(match)
        or _RANGE_BEFORE.search(before(match)) is not None
        or _NO_DISTANCE.search(before(match)) is not None
        or _MORE_BEHIND.match(after(match)) is not None
    )


def is_ahead(match: re.Match[str]) -> bool:
    """Return whether "5 ngày nữa" is in five days, and not five days more: "sống 5 năm nữa"."""
    return _AHEAD_BEGINS.search(before(match)) is not None


def is_ago(match: re.Match[str]) -> bool:
    """Return whether nothing behind "3 năm trước" is what it lies before: "3 năm trước chiến tranh"."""
    return _AGO_ENDS.match(after(match)) is not None


def is_before_an_event(match: re.Match[str]) -> bool:
    """Return whether "năm trước", "năm sau" are counted from what stands behind: "năm trước đó"."""
    return _FROM_ELSEWHERE.match(after(match)) is not None


def is_told_in_order(match: re.Match[str]) -> bool:
    """Return whether "năm sau" may follow a year that was told of before, where nothing says that it is to come."""
    return _TOLD_IN_ORDER.search(before(match)) is not None and _FUTURE.search(match.string) is None


def is_shifted(match: re.Match[str]) -> bool:
    """Return whether another time behind moves the expression away: "tháng này năm ngoái"."""
    return _SHIFTED.match(after(match)) is not None


def is_going(match: re.Match[str]) -> bool:
    """Return whether "tới" may be a going or a reaching: "tháng tới Hà Nội", "từ đầu năm tới nay"."""
    return _GOING.match(after(match)) is not None


def is_next(match: re.Match[str]) -> bool:
    """Return whether "tới" behind a day or month is surely the next one: not "ngày 18/8 tới Hà Nội"."""
    return _NEXT_ENDS.match(after(match)) is not None


def is_nowadays(match: re.Match[str]) -> bool:
    """Return whether "hôm nay", "ngày mai" are a way to say nowadays or the future."""
    return (
        _NOWADAYS.search(before(match)) is not None or is_one_of_many(match) or _BRIGHT.match(after(match)) is not None
    )


def is_through(match: re.Match[str]) -> bool:
    """Return whether "tối qua" may go on: "buổi tối qua điện thoại"."""
    return _QUA_ENDS.match(after(match)) is None


def is_recurring(match: re.Match[str]) -> bool:
    """Return whether a day is one of every year or part of a name: "kỷ niệm 2/9", "đường 30/4"."""
    return _RECURRING.search(before(match)) is not None


def is_compared(match: re.Match[str]) -> bool:
    """Return whether something is only compared with the time: "so với năm trước"."""
    return _COMPARED.search(before(match)) is not None


def is_so_long(match: re.Match[str]) -> bool:
    """Return whether "năm nay" is how long: "gần năm nay"."""
    return _FOR_SO_LONG.search(before(match)) is not None


def is_ordinal(match: re.Match[str]) -> bool:
    """Return whether "thứ hai tuần này" may be the second of something; a capital weekday is only behind "lần" …"""
    if match["weekday"].lower() == "nhật":
        return before(match).lower().endswith("ông ")  # "ông chủ Nhật"
    first = before(match) == "" and "," in match.group(0)  # "Thứ hai, tuần tới": secondly
    if first or _ORDINAL.search(before(match)):
        return True
    return not match["weekday"][0].isupper() and _WEEKDAY_BEGINS.search(before(match)) is None


def before(match: re.Match[str]) -> str:
    """Return the text before the expression."""
    return match.string[: match.start()]


def after(match: re.Match[str]) -> str:
    """Return the text behind the expression."""
    return match.string[match.end() :]
