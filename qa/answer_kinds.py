"""What the wanted kind of answer looks like in a Vietnamese sentence: a date, a number with its unit, a person …"""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import strip_marks
from qa.types import Kind, Query

STRICT_KINDS: frozenset[Kind] = frozenset({"when", "how_many"})  # a sentence without a date or number cannot answer

_IN_WORDS = (  # "hai mươi", "một triệu"; "một" and "năm" (also "year") alone are no numbers
    r"(?<!\w)(?i:(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|vài|nửa|hàng)|"
    r"(?:một|năm)(?= (?:mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)))"
    r"(?: (?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|rưỡi)){0,6}"
)
_N = rf"(?:\d[\d.,]*|{_IN_WORDS})"
_DAY = (
    r"(?<![\d/.-])\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-]\s?\d{4})?(?![\d/])|"
    r"ngày \d{1,2}(?: tháng \d{1,2})?|mùng \d{1,2}"
)
_MONTH = r"tháng \d{1,2}(?:\s?/\s?\d{4}| năm \d{4})?|\d{1,2}/\d{4}"
_YEAR = r"(?:năm|từ|trước|sau|hè|tết|xuân) \d{3,4}|\d+ TCN|/\d{4}|\(\d{4}\)|(?<!\d)(?:19|20)\d{2}(?!\d)"
_CLOCK = rf"\d{{1,2}}(?:[hg](?:\d{{2}})?|:\d{{2}})(?!\w)|{_N} giờ"
_RELATIVE = (
    r"hôm (?:nay|qua|kia)|(?:sáng|trưa|chiều|tối|đêm) (?:nay|qua|\d)|(?:ngày|tuần|tháng|quý|"
    r"năm) (?:tới|nay|này|sau|trước|qua|ngoái)|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|\d+ (?:ngày|tuần|tháng|năm) (?:trước|sau|qua|nay|tới)|"
    r"thế kỷ|thập niên|đầu năm|cuối năm|giữa năm|ban (?:ngày|đêm)|hôm sau|Công nguyên"
)
_SCALE = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm)"
_MONEY = r"(?:USD|đô la|đồng|VND|euro|EUR|yên|bảng|nhân dân tệ|won|baht|\$|đô)"

_AMOUNT = rf"(?:US)?[$€£](?:US)? ?\d[\d.,]*|{_N} ?(?:{_SCALE} )*(?:{_SCALE} ?)?(?:{_MONEY})"
_LENGTH = rf"{_N} ?(?:km|m|mét|cm|mm|hải lý|dặm|thước|inch|ki-?lô-?mét|xăng-?ti-?mét)\b"
_AREA = rf"{_N} ?(?:ha|hecta|km2|km²|m2|m²|mét vuông|mẫu|cm2)"

_PAYING = r"(?<!trị )(?<!đánh )[Gg]iá(?! trị)|[Pp]hí|[Ll]ương|[Vv]é|bán|mua|trả|tốn|mất|hết|chi"

QUANTITIES: dict[str, tuple[str, str]] = {
    # name: (words of the question that ask for it, its look in a sentence)
    "percent": (
        r"phần trăm|tỷ lệ|tỉ lệ|chiếm bao nhiêu|%|percent|per cent|share|proportion|rate|百分|占|比例",
        rf"{_N}\s?%|{_N} phần trăm|một nửa|một phần",
    ),
    "age": (r"tuổi|how old|age|岁|年龄|多大", rf"{_N} tuổi|tuổi \d|sinh năm"),
    "width": (r"rộng (?:bao nhiêu|mấy)|đường kính", rf"{_AREA}|{_LENGTH}"),
    "area": (r"diện tích|area|面积", _AREA),
    "temperature": (r"nhiệt độ|độ c|temperature|气温|温度|多少度", rf"{_N} ?(?:độ|°|º)"),
    "length": (
        r"bao xa|dài (?:bao nhiêu|mấy)|dày (?:cỡ )?bao nhiêu|cao bao nhiêu|chiều cao|chiều dài|độ dày|kích thước|"
        r"how (?:far|long is|tall|high|thick)|length|公里|多长|多高|多远|全长",
        _LENGTH,
    ),
    "weight": (
        r"cân nặng|nặng (?:bao nhiêu|mấy)|weigh|多重|体重",
        rf"{_N} ?(?:kg|g|gr|mg|gram|gam|tấn|cân|lạng|ký|kilôgam)\b",
    ),
    "duration": (
        r"bao lâu|how long|多久|多少年|几年|几天|多少天",
        rf"(?:{_N}(?: {_SCALE})?|năm|một|nhiều) (?:năm|tháng|tuần|ngày|giờ|phút|tiếng|thập kỷ|thập niên)",
    ),
    "population": (r"dân số|population|人口", rf"{_N}(?: {_SCALE})? (?:người|dân|nhân khẩu)"),
    "price": (  # a price is not any sum of money: the sentence must speak of paying
        r"(?<!trị )(?<!đánh )giá(?! trị)|giá vé|học phí|viện phí|lệ phí|lương|thù lao|tiền công|price|"
        r"fare|fees?|salary|ticket|"
        r"票价|售价|价格|工资",
        rf"(?:{_PAYING})\b.{{0,80}}?(?:{_AMOUNT})|(?:{_AMOUNT})[^.]{{0,40}}(?:{_PAYING})\b",
    ),
    "money": (
        r"giá|tiền|kim ngạch|vốn|chi phí|kinh phí|doanh thu|thu nhập|lương|trị giá|giá trị|lợi nhuận|"
        r"ngân sách|học phí|viện phí|"
        r"buôn bán|mức đầu tư|bồi thường|cost|price|trade|turnover|worth|capital|dollars?|money|revenue|"
        r"贸易额|资本|投资额|价格|多少钱|元|总额|费用|进出口",
        rf"{_AMOUNT}|{_N} (?:{_SCALE})",
    ),
}
# what is counted in "bao nhiêu tuổi" says the quantity at once
_UNIT_LISTS = {
    "age": "tuổi",
    "percent": "%|phần",
    "length": "km|m|mét|cây số",
    "weight": "kg|kilôgam|ký|cân|tấn|gam|lạng",
    "area": "ha|hecta",
    "temperature": "độ",
    "duration": "năm|tháng|tuần|ngày|giờ|phút|tiếng",
    "money": "tiền|đồng|usd|đô|euro|tỷ|tỉ|triệu|đô la",
}
_UNITS = {unit: quantity for quantity, units in _UNIT_LISTS.items() for unit in units.split("|")}
_SAME_UNITS = {
    "nước": "quốc gia",
    "người": "đại biểu",
    "sinh mạng": "người",
    "ca": "trường hợp",
    "cháu": "bé",
    "em": "trẻ",
}
_ANY_NUMBER = (
    rf"{_N}|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|vài|hàng trăm|hàng nghìn|hàng chục|gấp đôi|một nửa|"
    rf"lần đầu|thứ (?:nhất|nhì|hai|ba|tư))\b"
)

_TITLE = (
    r"(?:ông|bà|anh|chị|cô|chú|em|bé|cụ|đồng chí|ngài|bác sĩ|bs|gs|pgs|ts|ths|giáo sư|tiến sĩ|thạc sĩ|"
    r"bí thư|chủ tịch|thủ tướng|"
    r"bộ trưởng|thứ trưởng|đại sứ|giám đốc|tổng giám đốc|tổng thống|tổng bí thư|trưởng|phó|chuyên gia|"
    r"nhà khoa học|luật sư|"
    r"liệt sĩ|ca sĩ|diễn viên|cầu thủ|bệnh nhân|dược sĩ|điều dưỡng|nữ hoàng|vua|ủy viên|uỷ viên)"
)
CAPITAL = r"[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]"
_NAME = rf"(?:{CAPITAL}[\w'’.-]*)(?: {CAPITAL}[\w'’.-]*){{1,4}}"
_PERSON = (
    rf"(?i:{_TITLE})[^.;]{{0,60}}?{_NAME}|{_NAME}[^.;]{{0,20}}(?i:cho biết|nói|khẳng định|nhấn mạnh|"
    rf"phát biểu|cho hay|chia sẻ|khuyên)"
)
_PLACE = rf"(?i:tại|ở|tới|đến|sang|từ|thuộc|gần|trên|qua|giữa|nằm) (?:[\w.]+ ){{0,3}}?{CAPITAL}\w+"
_CAUSE = (
    r"\b(?:vì|do|bởi|nhờ|nhằm|để|nên|khiến|dẫn đến|gây ra|nguyên nhân|lý do|xuất phát từ|mục đích|"
    r"cho nên|giúp|góp phần|tạo)\b"
)


_WHICH = r"(\w+)\s+(\w+)\s+(?:nào|nao)\b"

Span = tuple[int, int]


def shows_kind(query: Query, sentence: str) -> float:
    """Return how well `sentence` holds the kind of answer that is asked for, from 0 (not at all) to 1.

    1 is a full date for "when", the very unit for "how many", a person with title for "who"; kinds that any
    sentence can answer ("what", "how") give .5.
    """
    checks = {"when": _date, "how_many": _number, "who": _person, "where": _place, "why": _cause, "which": _which}
    check = checks.get(query.kind)
    return check(query, sentence) if check else 0.5


def slot_spans(query: Query, sentence: str) -> tuple[list[Span], float] | None:
    """Return the places of `sentence` that could hold the answer, and how sure they are, in [0, 1].

    None for kinds that any words can answer ("what", "how").
    """
    tried = _slot_patterns(query)
    if tried is None:
        return None
    for pattern, sure in tried:
        found = [match.span() for match in _rx(pattern).finditer(sentence)]
        if found:
            return found, sure
    return [], 0.0


def ask_noun(query: Query) -> Span | None:
    """Return where in `query.searched` the noun stands that is asked for ("cửa khẩu" nào, mấy "dự án"), or None."""
    text = strip_marks(query.searched.lower())
    if len(text) != len(query.searched):
        return None
    match = _rx(r"(?:bao nhieu|may)\s+(\w+(?:\s+\w+)?)").search(text) if query.kind == "how_many" else None
    match = match or _rx(r"(\w+(?:\s+\w+)?)\s+(?:nao|gi|may|bao nhieu)\b").search(text)
    return match.span(1) if match else None


def quantity_of(query: Query) -> str | None:
    """Return the name of the quantity that a "how many" question asks for (a key of QUANTITIES), or None."""
    if query.kind != "how_many":
        return None
    unit = unit_of(query)
    if unit:
        for form in (unit, unit.split()[0]):
            for known, quantity in _UNITS.items():
                if form in (known, strip_marks(known)):
                    return quantity
        return None
    lower = query.text.lower()
    unmarked = query.language == "vi" and strip_marks(lower) == lower
    for name, (asked, _) in QUANTITIES.items():
        if _word(asked, folded=unmarked, bounded=query.language != "zh").search(lower):
            return name
    return None


def unit_of(query: Query) -> str | None:
    """Return the word that is counted in a Vietnamese "bao nhiêu dự án", "mấy lần": one or two syllables, or None."""
    if query.kind != "how_many" or query.language != "vi":
        return None
    match = re.search(r"(?:bao nhiêu|bao nhieu|mấy|may)\s+(?!năm \d)([^\W\d_]+(?:\s+[^\W\d_]+)?)", query.text.lower())
    return match.group(1) if match else None


def _slot_patterns(query: Query) -> list[tuple[str, float]] | None:
    lower = query.text.lower()
    if query.kind == "when":
        if _asks_clock(lower):
            return [(_CLOCK, 1.0)]
        days = f"{_DAY}|{_MONTH}|{_YEAR}"
        return [(days, 1.0)] if _asks_year(lower) else [(days, 1.0), (f"(?i:{_RELATIVE})", 0.4)]
    if query.kind == "how_many":
        return _number_patterns(query)
    if query.kind == "which":
        match = _rx(_WHICH).search(lower)
        if not match:
            return []
        first, last = map(re.escape, match.groups())
        return [(rf"(?i:\b{first} {last}\b)", 1.0), (rf"(?i:\b{last}\b)", 0.6)]
    of_kind = {
        "who": [(_PERSON, 1.0), (_NAME, 0.4)],
        "where": [(_PLACE, 1.0), (_NAME, 0.3)],
        "why": [(f"(?i:{_CAUSE})", 1.0)],
    }
    return of_kind.get(query.kind)


def _number_patterns(query: Query) -> list[tuple[str, float]]:
    unit, quantity = unit_of(query), quantity_of(query)
    counted = [(f"(?i:{_counting(form)})", 1.0) for form in _forms_of(unit)] if unit else []
    if quantity:
        return [*counted, (QUANTITIES[quantity][1], 1.0)]
    return [*counted, (f"(?i:{_ANY_NUMBER})", 0.5)]


def _asks_year(lower: str) -> bool:
    return bool(_rx(r"năm (?:nào|bao nhiêu|mấy)|nam (?:nao|bao nhieu)|(?:which|what) year|哪一?年").search(lower))


def _asks_clock(lower: str) -> bool:
    return bool(_rx(r"mấy giờ|giờ nào|may gio|what time|几点").search(lower))


def _date(query: Query, sentence: str) -> float:
    lower = query.text.lower()
    if _asks_clock(lower):
        return 1.0 if _rx(_CLOCK).search(sentence) else 0.2
    if _asks_year(lower):
        return 1.0 if _rx(_YEAR).search(sentence) else 0.1
    if _rx(_DAY).search(sentence) or _rx(_MONTH).search(sentence):
        return 1.0
    if _rx(_YEAR).search(sentence):
        return 0.8
    return 0.4 if _rx(_RELATIVE).search(sentence.lower()) else 0.0


def _number(query: Query, sentence: str) -> float:
    unit = unit_of(query)
    lower = sentence.lower()
    if unit and _counts(unit, lower):
        return 1.0
    quantity = quantity_of(query)
    if quantity:
        return 1.0 if _rx(QUANTITIES[quantity][1]).search(sentence) else 0.1
    any_number = _rx(_ANY_NUMBER).search(lower) is not None
    return (0.4 if unit else 0.7) if any_number else 0.0


def _counts(unit: str, lower: str) -> bool:
    """A number stands before the unit, with at most one word between: "440 dự án", "39 quốc gia"."""
    for form in _forms_of(unit):
        text = lower if form != strip_marks(form) else strip_marks(lower)
        if _rx(_counting(form)).search(text):
            return True
    return False


def _forms_of(unit: str) -> list[str]:
    """Return the unit, its first word, and other words for the same."""
    first = unit.split(maxsplit=1)[0]
    others = [same for known, same in _SAME_UNITS.items() if unit in (known, strip_marks(known)) or first == known]
    return [unit, first, *others]


def _counting(unit: str) -> str:
    return (
        rf"(?:{_N}|trăm|nghìn|triệu|tỷ|chục|vài|hai|ba|bốn|năm|sáu|bảy|tám|chín|"
        rf"mười)\s+(?:\w+\s+)?{re.escape(unit)}\b"
    )


def _which(query: Query, sentence: str) -> float:
    """The thing that is to be chosen ("cửa khẩu nào") is named in the sentence."""
    match = _rx(_WHICH).search(query.text.lower())
    if not match:
        return 0.5
    first, last = match.groups()
    text = sentence.lower() if f"{first}{last}" != strip_marks(f"{first}{last}") else strip_marks(sentence.lower())
    if re.search(rf"\b{re.escape(first)} {re.escape(last)}\b", text):
        return 1.0
    return 0.7 if re.search(rf"\b{re.escape(last)}\b", text) else 0.3


def _person(query: Query, sentence: str) -> float:  # noqa: ARG001 (all checks are called alike)
    return 1.0 if _rx(_PERSON).search(sentence) else 0.4 if _rx(_NAME).search(sentence) else 0.0


def _place(query: Query, sentence: str) -> float:  # noqa: ARG001
    return 1.0 if _rx(_PLACE).search(sentence) else 0.3 if _rx(_NAME).search(sentence) else 0.0


def _cause(query: Query, sentence: str) -> float:  # noqa: ARG001
    return 1.0 if _rx(_CAUSE).search(sentence.lower()) else 0.2


@cache
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _word(pattern: str, folded: bool, bounded: bool) -> re.Pattern[str]:
    pattern = strip_marks(pattern) if folded else pattern
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if bounded else pattern)
