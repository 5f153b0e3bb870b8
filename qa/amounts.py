"""How numbers look in a Vietnamese sentence, in figures or in words, and with the unit of what they measure."""

from __future__ import annotations

import re

# A run of digits is read from its start and given back as a whole: else a long one costs the square of its length.
FIGURES = r"(?<!\d)(?<!\d[.,hg:])\d++(?:[.,]\d++)*+"
SCALE = r"(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
_IN_WORDS = (  # "hai mươi", "một triệu"; "một", "năm" (also "year") and "hàng" (also "goods") alone are no numbers
    r"(?<!\w)(?i:(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|vài|nửa)(?!\w)|"
    rf"(?:một|năm|hàng)(?= (?:mươi|chục|{SCALE})(?!\w)))"
    r"(?: (?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|rưỡi)(?!\w))"
    r"{0,6}"
)
NUMBER = rf"(?:{FIGURES}|{_IN_WORDS})"
ANY_NUMBER = rf"{NUMBER}|\b(?:gấp đôi|một nửa|lần đầu|thứ (?:nhất|nhì|hai|ba|tư|[ivx]+))\b"
_MEASURED = rf"{NUMBER}(?: ?{SCALE}){{0,2}} ?"  # "1,5 nghìn " tấn
_MONEY = (
    r"(?:USD|đô la|đô(?! thị| đốc| vật)|đồng(?! (?:chí|bào|đội|hồ|nghiệp|minh|phạm|hương|cỏ|ruộng|loạt))|"
    r"VNĐ|VND|vnđ|vnd|đ|[Ee]uro|EUR|yên|bảng(?! đấu| xếp)|nhân dân tệ|NDT|tệ|rúp|won|baht|\$|€)(?!\w)"
)
_SUM = rf"(?:US)?[$€£](?:US)? ?{FIGURES}(?: {SCALE})?|{_MEASURED}{_MONEY}"
_PRICE = rf"{_SUM}|{NUMBER} ?{SCALE}(?: ?/ ?| (?:một|mỗi) )\w{{1,20}}+"  # "100 triệu/m2"
_PAYING = (
    r"(?<!\w)(?:(?<!trị )(?<!đánh )(?<!đấu )[Gg]iá(?! trị)|[Pp]hí|[Ll]ương|[Vv]é|[Bb]án|[Mm]ua|[Tt]rả|[Tt]ốn|"
    r"[Mm]ất|hết|[Cc]hi)(?!\w)"
)
_SOLD_BY_THE_COUNT = r"(?:người|lượt|dân|hộ|ca|con|chiếc|cây|tấn|kg|ha|hecta|km|mét|m2|lít|năm|học sinh|trẻ|bệnh nhân)"
_A_NOUN = (  # "535 nghìn gia cầm", but not "mất 2 triệu để mua"
    r"(?!(?:và|hoặc|hay|đến|tới|mỗi|một|cho|của|để|từ|vào|trong|tại|ở|là|thì|mà|nhưng|so|do|bằng|trên|dưới|mua|bán|tiền|"
    r"nữa|thôi|nếu|khi|với|về|được|bị|đã|đang|sẽ|chưa|gồm|theo|hỗ|nên|rồi|qua|sau|trước|mới|cũng|còn|cả|vốn|phí)(?!\w))"
    r"[^\W\d_A-ZĐ]{2}"
)
_LENGTH = (
    rf"{_MEASURED}(?:[kcmd]?m|mét|cây số|hải lý|dặm|thước|inch|ki-?lô-?m[eé]t|kilom[eé]t|xăng-?ti-?mét|xen-?ti-?mét)"
    r"(?!\w)(?! (?:vuông|khối))(?!/(?:h|giờ|s|giây)(?!\w))"
)
_AREA = (
    rf"{_MEASURED}(?:ha|hecta|h[eé]c-?ta|[kcd]?m[2²]|(?:[kcd]?m|ki-?lô-?mét|mét|dặm) vuông|sào|công đất|"
    r"mẫu(?! (?:xét|thử|bệnh|xe|máu)))(?!\w)"
)
_BORN = (  # "SN 1990", "sinh ngày 5/10/1969", but not "học sinh năm 2024"
    "".join(f"(?<!{word} )" for word in "học phát tuyển thí vệ hy hi tái sản khai ký nảy mưu giáng Giáng".split())
    + r"(?<!\w)[Ss]inh (?:năm(?: \d{4})?|(?:ngày|tháng) \d[\d/-]{0,9}|(?:19|20)\d\d(?!\d))|"
    r"(?<!\w)SN:? ?(?:19|20)\d\d(?!\d)"
)
_TIME_OF_DAY = "".join(f"(?<!{word} )" for word in "lúc hồi từ đến vào trước sau sáng trưa chiều tối đêm".split())
_DURATION = (
    rf"(?:{_MEASURED}|(?<!\w)(?:[Nn]ăm|[Mm]ột|[Nn]hiều) )(?:năm(?! \d{{4}})|tháng(?! \d)|tuần|ngày(?! \d{{1,2}}/)|"
    rf"giờ|phút|giây|tiếng|thế kỷ|thập kỷ|thập niên|nhiệm kỳ)(?!\w)|{_MEASURED}(?:hôm|đêm|mùa)(?!\w)|"
    rf"{_TIME_OF_DAY}(?<![\d:.,])\d{{1,2}}h\d{{2}}(?!\w)"
)
_OF_MANY = (  # "tỷ lệ chọi 1/15", "chiếm 2/3"
    r"[Tt][ỷỉ] (?:lệ|số)(?!\w)[^.;\d]{0,40}(?P<ratio>\d{1,3} ?[/:] ?\d{1,5})(?![\d/])|"
    r"chiếm (?:(?:hơn|gần|khoảng|tới|đến) ){0,2}(?P<fraction>[1-9]/\d{1,2})(?![\d/])"
)
_DIGIT = "hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười"
_PEOPLE = (  # "dân số khoảng 2,1 triệu"
    rf"{_MEASURED}(?:người|dân|nhân khẩu)(?!\w)|(?<!cục )[Dd]ân số(?!\w)[^.;]{{0,60}}?(?P<people>"
    rf"{NUMBER} ?(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)|(?<!\d)(?<!\d[.,])\d{{1,3}}(?:[.,]\d{{3}})++(?!\d))"
)

AMOUNTS: dict[str, str] = {  # by the name of the quantity; a named group is the amount, where it is not all of it
    "percent": rf"{NUMBER}\s?%|{NUMBER} (?:điểm )?phần trăm|(?:một|quá|hơn|gần) nửa|"
    rf"(?:một|{_DIGIT}) phần (?:{_DIGIT})(?!\w)|{_OF_MANY}",
    "age": rf"{NUMBER} tuổi|tuổi \d|{_BORN}",
    "width": rf"{_AREA}|{_LENGTH}",
    "area": _AREA,
    "span": rf"{_LENGTH}|{_DURATION}",
    "temperature": rf"{NUMBER} ?(?:độ(?! tuổi)|[°º˚℃]|o ?[CF](?!\w))",
    "length": _LENGTH,
    "weight": rf"{_MEASURED}(?:kg|gr?|mg|gram|gam|tấn(?! công)|tạ|yến|cân|lạng|ký(?! (?:sinh|túc|hiệu|tự))|"
    r"ki-?lô-?gam|kilogam)(?!\w)",
    "duration": _DURATION,
    "population": _PEOPLE,
    # a price is not any sum of money: the sentence must speak of paying
    "price": rf"{_PAYING}.{{0,80}}?(?P<price>{_PRICE})|(?P<paid>{_PRICE})[^.]{{0,40}}{_PAYING}",
    "money": rf"{_SUM}|{NUMBER} {SCALE}(?!\w)(?! {_SOLD_BY_THE_COUNT}(?!\w))(?!(?<!tỷ)(?<!tỉ) {_A_NOUN})",
}

# How much something grew or fell: "21%", "gấp đôi", "1,5 lần".
CHANGE = (
    rf"{NUMBER}\s?%|{NUMBER} (?:điểm )?phần trăm|gấp (?:rưỡi|đôi|năm|{NUMBER})(?!\w)(?: lần)?|{NUMBER} lần(?!\w)|"
    r"(?:một|quá|hơn|gần) nửa"
)
# A place in an order: "đứng thứ 5", "thứ hai", "khóa XI", "đứng đầu".
RANK = rf"(?<!\w)(?:thứ|hạng|khóa|khoá) (?:\d{{1,5}}|[IVX]{{1,5}}|nhất|nhì|{_DIGIT})(?!\w)|(?:đứng|dẫn) đầu"


def amount_span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the amount of a match stands: its named group, or all of it."""
    return next((match.span(name) for name, text in match.groupdict().items() if text), match.span())
