"""How well a sentence holds the date or time of day that a "when" question asks for, and where it could stand."""

from __future__ import annotations

import re
from functools import cache

from qa.amounts import NUMBER
from qa.types import Query

# A number of these things is no date: "ngày 2 lần", "3-5 tuổi", "mỗi tháng 5 triệu"
NO_AMOUNT = (
    r"(?! ?(?:%|(?:lần|viên|bữa|tiếng|giờ|ly|cốc|buổi|người|ca|liều|gói|lít|m|km|cm|mm|kg|g|mg|ml|tấn|tuổi|tuần|phút|"
    r"giây|nghìn|ngàn|triệu|tỷ|tỉ|đồng|độ|điểm|bàn|cuộc|trận|chuyến|trường hợp|bệnh nhân|xét nghiệm|hộ)(?!\w)))"
)
NO_SPAN = NO_AMOUNT + (  # "2-3 ngày", but not "5-10 tháng 9", "5-10 năm nay"
    r"(?! (?:ngày|(?:tháng|năm)(?! (?:\d|nay|ngoái|này|trước|tới|sau|vừa)))(?!\w))"
)
_PER_MONTH = r"(?! (?:lần|bữa|buổi|nghìn|ngàn|triệu|tỷ|tỉ|đồng|kg)(?!\w))"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_END = r"(?!\d|[.,]\d)"
_TO_TEN = "(?:một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_DAY = (
    rf"(?<![\d/.,-]){DAY}\s?(?:/\s?{MONTH}(?:\s?/\s?\d{{4}})?(?![\d/])|-\s?{MONTH}(?:\s?-\s?\d{{4}}(?!\d)|(?![\d/]){NO_SPAN}))|"
    rf"(?<![\d/.,-]){DAY}\.{MONTH}\.\d{{4}}(?!\d)|(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm) {DAY}\.{MONTH}{_END}|"
    rf"(?<!\w)ngày {DAY}(?: tháng {MONTH})?{_END}{NO_AMOUNT}|(?<!\w)(?:mùng|mồng) (?:\d{{1,2}}|{_TO_TEN})(?!\w)|"
    r"(?<!\w)rằm tháng \w{1,9}|(?<!\d)(?:2\d|30) Tết(?!\w)"
)
_NAMED = "(?:Giêng|Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?: [Mm]ột| [Hh]ai)?|Chạp)"
_NAMED_SMALL = "(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
_AFTER_MONTH = r"(?=\s?(?:[,.;:)]|$)| (?:năm \d|vừa|này|tới|năm ngoái|năm nay|năm sau|âm lịch|dương lịch))"
_MONTH = (
    rf"(?<!\w)tháng {MONTH}(?:\s?[/.-]\s?\d{{4}}| năm \d{{4}})?{_END}{_PER_MONTH}|(?<![\d/.]){MONTH}/\d{{4}}(?!\d)|"
    rf"(?<!\w)tháng (?:giêng|chạp|(?-i:{_NAMED}))(?!\w)|"
    # "tháng ba", but not "mỗi tháng ba lần"
    rf"(?<!\w)(?:ngày \d{{1,2}}|vào|hồi|đầu|cuối|giữa) tháng {_NAMED_SMALL}(?!\w){_AFTER_MONTH}|"
    r"(?<!\w)(?<!đá )quý (?:(?-i:I{1,3}|IV)|[1-4])(?![\w%])(?:(?:\s?/\s?| năm )\d{4})?"
)
_YEAR = (
    rf"(?<!\w)năm \d{{3,4}}{_END}{NO_AMOUNT}|(?<!\w)(?:từ|trước|sau|hè|tết|xuân) [12]\d{{3}}{_END}{NO_AMOUNT}|"
    r"(?<!\d)\d{1,4} TCN|/\d{4}(?!\d)|\(\d{4}\)|(?<![\d.,])(?:19|20)\d{2}(?!\d)"
)
_CLOCK = rf"(?<!\d)\d{{1,2}}(?:[hg](?:\d{{2}})?|:\d{{2}})(?!\w)|{NUMBER} giờ(?!\w)"
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
_YEAR_AWAY = (
    r"(?<!\w)(?<!nhiều )(?<!các )(?<!những )(?<!mấy )năm (?:ngoái|nay|trước|sau|tới|này|kia)(?!\w)|"
    rf"(?<!\w)cách (?:đây|nay) (?:(?:hơn|gần|khoảng|chừng|đúng|tròn) )?(?:{NUMBER}|một|vài|mấy|nhiều) "
    r"(?:năm|thập kỷ|thế kỷ)(?!\w)"
)
_PARTS = "(?:sáng|trưa|chiều|tối|đêm)"
_WEEKDAY = "(?:hai|ba|tư|năm|sáu|bảy|[2-7])"
_AT = "(?:dịp|trước|sau|giáp|cận|vào|trong|qua|hết|từ|đến|tới|đầu|cuối|giữa|sang|suốt|đúng|kể từ)"
_FEAST = "(?:Quốc khánh|Giáng sinh|Noel|Phục sinh|Trung thu|Giao thừa|Lao động|Độc lập|Vu lan|Đoan ngọ|Giỗ tổ)"
_RELATIVE = (
    rf"hôm (?:nay|qua|kia|sau|trước)|(?:ngày|{_PARTS}|sớm) mai(?!\w)|ngày (?:kia|mốt)|{_PARTS} (?:nay|qua|\d)|"
    rf"(?:ngày|tuần|tháng|quý|năm) (?:tới|nay|này|sau|trước|qua|ngoái|vừa qua|vừa rồi)|{_YEAR_AWAY}|"
    rf"(?<!\w)(?:{_PARTS}|ngày|hôm|vào|từ|đến|tới|cuối|cả|và|các) thứ {_WEEKDAY}(?!\w)|"
    rf"(?<!\w)thứ {_WEEKDAY} (?:tuần|tới|hàng tuần|hằng tuần|vừa qua|ngày \d|\(?\d)|"
    rf"(?<!lần )(?-i:thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy))(?!\w)|(?-i:^Thứ) {_WEEKDAY}(?!\w)|chủ nhật|"
    r"(?<!\d)\d{1,4} (?:ngày|tuần|tháng|năm) (?:trước|sau|qua|nay|tới)|"
    rf"(?<!\w)cách (?:đây|nay) (?:(?:hơn|gần|khoảng|chừng|đúng|tròn) )?(?:{NUMBER}|một|vài|mấy|nhiều|ít) "
    r"(?:ngày|tuần|tháng|quý|giờ|phút|tiếng|hôm)(?!\w)|thế kỷ|thập niên|(?:đầu|cuối|giữa) (?:năm|tháng|quý|tuần)(?!\w)|"
    rf"ban (?:ngày|đêm)|Công nguyên|(?<!\w)(?:lúc|hồi|khoảng|đến|tới|từ|trước) {NUMBER} ?(?:giờ|h|g)(?!\w)|"
    rf"(?<![\d.,:]){_HOUR}[hg:]{_MINUTE}(?![\d:])|(?<!\w)cùng (?:ngày|đêm|tháng|năm)(?!\w)|"
    r"(?<!\w)sang (?:tuần|tháng|năm)(?=[,.;:])|"
    rf"(?<!\w){_AT} (?:(?:dịp|ngày|đêm|kỳ|kỳ nghỉ|lễ) ){{0,2}}(?:(?-i:Tết)|{_FEAST})(?!\w)|"
    rf"(?<!\w)dịp (?:lễ|nghỉ lễ) |(?<!\w)(?:ngày|lễ|đêm|nhân dịp) {_FEAST}(?!\w)|"
    rf"(?<!\w){_AT} mùa (?:xuân|hè|hạ|thu(?! hoạch)|đông|mưa|khô|lũ)(?!\w)|"
    r"(?<!\w)mùa (?:xuân|hè|hạ|thu|đông|mưa|khô) (?:năm|này|tới|sau|trước|ngoái|qua|vừa|\d{4})"
)

_RECKONED = (  # a day, week, month or year that the day of publication makes a full date
    r"(?<!\w)(?:hôm (?:nay|qua|kia)|(?:ngày|sớm) mai|(?:sáng|trưa|chiều|tối|đêm) (?:mai|nay|qua)|"
    rf"(?:thứ {_WEEKDAY}|chủ nhật),? (?:tuần (?:này|tới|sau|trước)|tới|vừa qua)|"
    r"(?<!\d )(?:tuần|tháng|quý|năm) (?:tới|vừa qua|vừa rồi|ngoái))(?!\w)"
)
RECKONED_SHOWS = 0.6


def shows_date(query: Query, sentence: str) -> float:
    """Return 1 for a full date, less for a year or a relative date alone, 0 to .2 for none that answers."""
    lower = query.text.lower()
    if _asks_clock(lower):
        return 1.0 if _rx(_CLOCK).search(sentence) else 0.2
    if _asks_year(lower):
        return 1.0 if _rx(_YEAR).search(sentence) else 0.4 if _rx(_YEAR_AWAY).search(sentence) else 0.1
    if _rx(_DAY).search(sentence) or _rx(_MONTH).search(sentence):
        return 1.0
    if _rx(_YEAR).search(sentence):
        return 0.8
    if _rx(_RECKONED).search(sentence):
        return RECKONED_SHOWS
    return 0.4 if _rx(_RELATIVE).search(sentence) else 0.0


def date_patterns(query: Query) -> list[tuple[str, float]]:
    """Return what the date can look like, in any case of letters, and how sure it is then, the surest first."""
    lower = query.text.lower()
    if _asks_clock(lower):
        return [(f"(?i:{_CLOCK})", 1.0)]
    days = f"(?i:{_DAY}|{_MONTH}|{_YEAR})"
    if _asks_year(lower):
        return [(days, 1.0), (f"(?i:{_YEAR_AWAY})", 0.4)]
    return [(days, 1.0), (f"(?i:{_RECKONED})", RECKONED_SHOWS), (f"(?i:{_RELATIVE})", 0.4)]


def _asks_year(lower: str) -> bool:
    return bool(_rx(r"năm (?:nào|bao nhiêu|mấy)|nam (?:nao|bao nhieu)|(?:which|what) year|哪一?年").search(lower))


def _asks_clock(lower: str) -> bool:
    return bool(_rx(r"mấy giờ|giờ nào|may gio|what time|几点").search(lower))


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
