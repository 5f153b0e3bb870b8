"""What a "how many" question asks for: the word that is counted, or the quantity that is measured."""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import strip_marks
from qa.types import Query

_ASKED: dict[str, str] = {  # by the name of the quantity, a key of AMOUNTS; the first that is found counts
    "percent": r"phần trăm|tỷ lệ|tỉ lệ|chiếm bao nhiêu|%|percent|per cent|share|proportion|rate|百分|占|比例",
    "age": r"tuổi|how old|age|岁|年龄|多大",
    "width": r"rộng (?:bao nhiêu|mấy)|đường kính",
    "area": r"diện tích|area|面积",
    "temperature": r"nhiệt độ|độ c|temperature|气温|温度|多少度",
    "length": r"bao xa|dài (?:bao nhiêu|mấy)|dày (?:cỡ )?bao nhiêu|cao bao nhiêu|chiều cao|chiều dài|độ dày|kích thước|"
    r"how (?:far|long is|tall|high|thick)|length|公里|多长|多高|多远|全长",
    "weight": r"cân nặng|nặng (?:bao nhiêu|mấy)|weigh|多重|体重",
    "duration": r"bao lâu|how long|多久|多少年|几年|几天|多少天",
    "population": r"dân số|population|人口",
    "price": r"(?<!trị )(?<!đánh )giá(?! trị)|giá vé|học phí|viện phí|lệ phí|lương|thù lao|tiền công|price|"
    r"fare|fees?|salary|ticket|票价|售价|价格|工资",
    "money": r"giá|tiền|kim ngạch|vốn|chi phí|kinh phí|doanh thu|thu nhập|lương|trị giá|giá trị|lợi nhuận|"
    r"ngân sách|học phí|viện phí|"
    r"buôn bán|mức đầu tư|bồi thường|cost|price|trade|turnover|worth|capital|dollars?|money|revenue|"
    r"贸易额|资本|投资额|价格|多少钱|元|总额|费用|进出口",
}
# what is counted in "bao nhiêu tuổi" says the quantity at once
_UNIT_LISTS = {
    "age": "tuổi",
    "percent": "%|phần trăm|điểm phần trăm",
    "length": "km|m|cm|mm|mét|cây số|hải lý|dặm|kilômét|kilomet|ki lô mét",
    "weight": "kg|kilôgam|ký|cân|tấn|tạ|gam|lạng",
    "area": "ha|hecta|héc|hécta|sào|m2|m²|km2|km²|mét vuông|m vuông|km vuông|kilômét vuông",
    "temperature": "độ",
    "duration": "năm|tháng|tuần|ngày|giờ|phút|giây|tiếng|hôm",
    "money": "tiền|đồng|usd|vnd|vnđ|đô|euro|tỷ|tỉ|triệu|đô la",
}
# compounds that only begin like a unit
NO_UNITS = frozenset(
    (
        "đồng chí|đồng bào|đồng đội|đồng hồ|đồng nghiệp|đồng minh|đồng phạm|đồng hương|đô thị|đô đốc|độ tuổi|"
        "tiền đạo|tiền vệ|tiền đồn|ký túc|ký hiệu|ký tự|ký sinh|tiếng nói|tiếng anh|ngày công"
    ).split("|")
)
_UNITS = {unit: quantity for quantity, units in _UNIT_LISTS.items() for unit in units.split("|")}


def quantity_of(query: Query) -> str | None:
    """Return the name of the quantity that a "how many" question asks for (a key of AMOUNTS), or None."""
    if query.kind != "how_many":
        return None
    unit = unit_of(query)
    if unit:
        return _quantity_of_unit(unit)
    lower = query.text.lower()
    unmarked = query.language == "vi" and strip_marks(lower) == lower
    for name, asked in _ASKED.items():
        if _word(asked, folded=unmarked, bounded=query.language != "zh").search(lower):
            return name
    return None


def unit_of(query: Query) -> str | None:
    """Return the word that is counted in a Vietnamese "bao nhiêu dự án", "mấy lần": one or two syllables, or None."""
    if query.kind != "how_many" or query.language != "vi":
        return None
    match = re.search(
        r"(?:bao nhiêu|bao nhieu|mấy|may)\s+(?!năm \d)([kcd]?m[2²](?!\w)|[^\W\d_]+(?:\s+[^\W\d_]+)?)",
        query.text.lower(),
    )
    return match.group(1) if match else None


def _quantity_of_unit(unit: str) -> str | None:
    if unit in NO_UNITS:
        return None
    for form in (unit, unit.split(maxsplit=1)[0]):
        for known, quantity in _UNITS.items():
            if form in (known, strip_marks(known)):
                return quantity
    return None


@cache
def _word(pattern: str, folded: bool, bounded: bool) -> re.Pattern[str]:
    pattern = strip_marks(pattern) if folded else pattern
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if bounded else pattern)
