"""How numbers look in a Vietnamese sentence, in figures or in words, and with the unit of what they measure."""

from __future__ import annotations

# A run of digits is read from its start and given back as a whole: else a long one costs the square of its length.
FIGURES = r"(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)*+"
_SCALE = r"(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
_IN_WORDS = (  # "hai mươi", "một triệu"; "một", "năm" (also "year") and "hàng" (also "goods") alone are no numbers
    r"(?<!\w)(?i:(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|vài|nửa)(?!\w)|"
    rf"(?:một|năm|hàng)(?= (?:mươi|chục|{_SCALE})(?!\w)))"
    r"(?: (?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|rưỡi)(?!\w))"
    r"{0,6}"
)
NUMBER = rf"(?:{FIGURES}|{_IN_WORDS})"
ANY_NUMBER = rf"{NUMBER}|\b(?:gấp đôi|một nửa|lần đầu|thứ (?:nhất|nhì|hai|ba|tư|[ivx]+))\b"
_MONEY = r"(?:USD|đô la|đồng|VND|euro|EUR|yên|bảng|nhân dân tệ|won|baht|\$|đô)"

_SUM = rf"(?:US)?[$€£](?:US)? ?{FIGURES}|{NUMBER} ?(?:{_SCALE} ){{0,2}}(?:{_SCALE} ?)?(?:{_MONEY})"
_LENGTH = rf"{NUMBER} ?(?:km|m|mét|cm|mm|hải lý|dặm|thước|inch|ki-?lô-?mét|xăng-?ti-?mét)\b"
_AREA = rf"{NUMBER} ?(?:ha|hecta|km2|km²|m2|m²|mét vuông|mẫu|cm2)"
_PAYING = r"(?<!trị )(?<!đánh )[Gg]iá(?! trị)|[Pp]hí|[Ll]ương|[Vv]é|bán|mua|trả|tốn|mất|hết|chi"

AMOUNTS: dict[str, str] = {  # by the name of the quantity
    "percent": rf"{NUMBER}\s?%|{NUMBER} phần trăm|một nửa|một phần",
    "age": rf"{NUMBER} tuổi|tuổi \d|sinh năm",
    "width": rf"{_AREA}|{_LENGTH}",
    "area": _AREA,
    "temperature": rf"{NUMBER} ?(?:độ|°|º)",
    "length": _LENGTH,
    "weight": rf"{NUMBER} ?(?:kg|g|gr|mg|gram|gam|tấn|cân|lạng|ký|kilôgam)\b",
    "duration": rf"(?:{NUMBER}(?: {_SCALE})?|năm|một|nhiều) "
    r"(?:năm|tháng|tuần|ngày|giờ|phút|tiếng|thập kỷ|thập niên)",
    "population": rf"{NUMBER}(?: {_SCALE})? (?:người|dân|nhân khẩu)",
    # a price is not any sum of money: the sentence must speak of paying
    "price": rf"(?:{_PAYING})\b.{{0,80}}?(?:{_SUM})|(?:{_SUM})[^.]{{0,40}}(?:{_PAYING})\b",
    "money": rf"{_SUM}|{NUMBER} (?:{_SCALE})",
}
