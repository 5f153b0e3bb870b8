"""What a "how many" question asks for: the word that is counted, or the quantity that is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.vietnamese import strip_marks
from qa.foreign_names import foreign_in
from qa.question import is_unmarked
from qa.types import Query


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words that ask for a quantity. Those in `marked`, of one syllable, mean other things without their marks."""

    vi: str = ""
    marked: str = ""
    en: str = ""
    zh: str = ""


# "tham gia", "sản lượng" and others look like a price where no marks were typed
_NOT_GIA = "".join(f"(?<!{word} )" for word in "đánh đấu tham quốc chuyên trị tỷ tỉ".split())
_NOT_LUONG = "".join(f"(?<!{word} )" for word in "sản số năng chất khối trọng lưu dung".split())
_OF_WHAT = "(?:vé|vàng|xăng|dầu|đất|nhà|bán|mua|thuê|điện|nước|gạo|cả|thành)"
_ASKED: dict[str, _Asked] = {  # by the name of the quantity, a key of AMOUNTS; the first that is found counts
    "percent": _Asked(
        r"phần trăm|tỷ lệ|tỉ lệ|chiếm bao nhiêu|%",
        "",
        r"percent(?:age)?|per cent|(?:what|which|market|\w+'s) share|share of|proportion|(?<!exchange )rate|%",
        "百分|占(?!地)|比例",
    ),
    "age": _Asked("", "tuổi", "how old|age", "岁|年龄|多大"),
    "width": _Asked("rộng (?:bao nhiêu|mấy)|đường kính"),
    "area": _Asked("diện tích", "", r"(?:total|land|surface|what|whole|\w+'s) area|area of", "面积"),
    "temperature": _Asked("nhiệt độ", "độ c", "temperature|how (?:hot|cold)", "气温|温度|多少度"),
    "span": _Asked("", "", "how long (?:is|are|was|were)"),  # of a bridge or of a flight
    "length": _Asked(
        r"bao xa|(?<!kéo )dài (?:bao nhiêu|mấy)|dày (?:cỡ )?bao nhiêu|cao bao nhiêu|chiều cao|chiều dài|độ dày|"
        r"kích thước",
        "",
        "how (?:far|tall|high|thick|wide)|length",
        "公里|多长(?!时间)|多高|多远|全长",
    ),
    "weight": _Asked("cân nặng|nặng (?:bao nhiêu|mấy)", "", "weighs?|weight|how heavy", "多重|体重"),
    "duration": _Asked("bao lâu|kéo dài (?:bao nhiêu|mấy)", "", "how long", "多长时间|多久|多少年|几年|几天|多少天"),
    "population": _Asked("dân số", "", "population", "人口"),
    "price": _Asked(
        rf"{_NOT_GIA}giá (?:{_OF_WHAT}|(?:là )?bao nhiêu)|{_NOT_LUONG}lương (?:là )?bao nhiêu|học phí|viện phí|lệ phí|"
        r"mức lương|tiền lương|thù lao|tiền công",
        r"(?<!trị )(?<!đánh )(?<!đấu )(?<!tỷ )(?<!tỉ )giá(?! trị)|lương(?! (?:thực|y|tâm|thiện))",
        r"prices?|fare|fees?|salary|ticket",
        "票价|售价|价格|工资",
    ),
    "money": _Asked(
        r"bao nhiêu tiền|kim ngạch|chi phí|kinh phí|doanh thu|thu nhập|trị giá|lợi nhuận|ngân sách|buôn bán|mức đầu tư|"
        r"bồi thường|vốn đầu tư|vốn điều lệ|tổng vốn|tổng giá trị|"
        r"giá trị (?:giao dịch|xuất|nhập|hàng|hợp đồng|đầu tư|thương mại)",
        r"giá trị(?! (?:văn hóa|văn hoá|lịch sử|nhân văn|tinh thần|của lễ))|vốn(?! (?:là|dĩ|từ))|"
        r"tiền(?! (?:đạo|vệ|thân|sử|nhiệm|lệ|tuyến|đề))",
        r"costs?|turnover|worth|dollars?|money|revenue|how much (?:\w+ )?(?:trade|capital)|"
        r"trade (?:value|volume|between|with)|(?:bilateral|foreign|two-way|border|total|value of) trade|"
        r"(?:registered|invested|charter|total|foreign) capital",
        r"贸易额|资本|投资额|价格|多少钱|(?<![单多公纪])元(?![旦宵首素老])|总额|费用|进出口",
    ),
}
# what is counted in "bao nhiêu tuổi" says the quantity at once
_UNIT_LISTS = {
    "age": "tuổi",
    "percent": "%|phần trăm|điểm phần trăm",
    "length": "km|m|cm|mm|mét|cây số|hải lý|dặm|kilômét|kilomet|milimét|milimet|xăng ti|xentimét|centimet",
    "weight": "kg|kilôgam|kilogam|ki lô|ký|kí|cân|tấn|tạ|gam|gram|g|mg|miligam|lạng",
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


_EN_UNIT_LISTS = {
    "percent": "percent|per",
    "length": "kilometers|kilometres|km|meters|metres|miles",
    "weight": "tons|tonnes|kilograms|kilos|kg",
    "area": "hectares|ha|acres",
    "temperature": "degrees",
    "duration": "years|months|weeks|days|hours|minutes|seconds",
    "money": "dollars|usd|yuan|dong|euros",
}
_EN_UNITS = {unit: quantity for quantity, units in _EN_UNIT_LISTS.items() for unit in units.split("|")}
_EN_SCALES = r"(?:(?:million|billion|thousand|hundred|us|square|vietnamese|chinese)s? )*"
# of Chinese things that are counted, and not measured
_ZH_COUNTED = re.compile(
    "(?:多少|几|幾)(?:多)?(?:个|個|项|名|位|家|座|条|件|次|种|艘|架|辆|所|场|部|台|份|届|人(?!口))"
)

_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"  # "ki-ốt"
# What stands behind "bao nhiêu" without being counted by it. Without marks "do", "tu" … may be "độ", "tủ".
_NOT_COUNTED = (
    "so với|trong|từ|vào|ở|tại|là|và|của|thì|cho|theo|đến|tới|trên|dưới|sau|trước|để|khi|nếu|vậy|nhỉ|hay|hoặc|bởi|"
    "hiện nay|hiện tại|nay|được|như|mỗi|năm \\d+|so voi|vao|tai|la|va|cua|thi|toi|duoi|sau|truoc|neu|hien nay|nam \\d+"
)
_COUNTED = re.compile(rf"([kcd]?m[2²](?!\w)|(?!(?:{_NOT_COUNTED})(?!\w)){_WORD}(?:\s+{_WORD})?)")
_HOW_MANY = re.compile(r"(?<!\w)bao nhi[êe]u\s+")
_SOME = re.compile(r"(?<!\w)mấy\s+")
_BARE_SOME = re.compile(  # "mấy", but not "máy bay", "nhà máy", "dệt may", "Việt Nam may"
    r"(?<!\w)(?<!nha )(?<!xe )(?<!det )(?<!thang )(?<!tho )(?<!dien )(?<!chiec )(?<!cai )may\s+"
    r"(?!(?:bay|moc|mac|tinh|anh|lanh|giat)(?!\w))"
)
# "Số dự án của tỉnh là bao nhiêu?", but not "Số vốn …", which is measured, and not "So với …"
_AT_FIRST = r"(?:^|, |(?:năm|tháng|nam|thang) [\d/]{1,10},? )"
_SUMS = "vốn|nợ|lãi|lỗ|thu|chi|kinh|doanh|điện|nhà|tài|với|sánh"
_LEADING = re.compile(
    rf"{_AT_FIRST}(?:tổng )?số (?:lượng )?(?!(?:{_SUMS})(?!\w))(?P<unit>{_WORD}(?:\s+{_WORD})?)",
)
_BARE_LEADING = re.compile(
    rf"{_AT_FIRST}(?:tong )?so (?:luong )?(?!(?:{strip_marks(_SUMS)})(?!\w))(?P<unit>{_WORD}(?:\s+{_WORD})?)",
)
_FOREIGN_COUNT = {  # `unit` begins what is counted
    "en": re.compile(rf"(?i:(?<!\w)how many {_EN_SCALES}(?P<unit>(?P<people>people|persons)(?!\w)|\w+))"),
    "zh": re.compile(
        "(?:多少|几|幾)多?[个個项名位家座条件种艘架辆所场部台份届]?(?P<unit>(?P<people>人(?![口类均民大权员]))|.)"
    ),
}
_HOW_MANY_LAST = re.compile(r"(?<!\w)(?:bao nhi[êe]u|mấy|may)(?!\w)")
_CHANGE = _Asked(
    r"tăng (?:thêm )?(?:bao nhiêu|mấy|gấp)|giảm (?:bao nhiêu|mấy)|tăng trưởng|gấp (?:bao nhiêu|mấy)",
    r"(?<!xe )tăng(?! (?:cường|ca|gia|đoàn|ni))|giảm(?! (?:nghèo|án))",
    r"gr(?:ow|ew|own|owth|ows)|ris(?:e|en|es|ing)|rose|fall|fell|fallen|drop(?:ped)?|(?:in|de)creased?|declined?",
    r"增长|增加|下降|减少|上升|上涨|下跌|翻",
)
_RANK = _Asked("(?:thứ|hạng) (?:mấy|bao nhiêu)", "", "(?:what|which) (?:rank|place)", "第几")

Span = tuple[int, int]
_KEPT = 64  # questions: each is asked of every sentence that is read for it


@lru_cache(maxsize=_KEPT)
def quantity_of(query: Query) -> str | None:
    """Return the name of the quantity that a "how many" question asks for (a key of AMOUNTS), or None."""
    if query.kind != "how_many":
        return None
    unit = unit_of(query)
    if unit:
        return _quantity_of_unit(unit)
    lower = query.text.lower()
    many = _word(rf"how many {_EN_SCALES}(\w+)( old)?").search(lower) if query.language == "en" else None
    if many:
        return "age" if many.group(2) else _EN_UNITS.get(many.group(1))
    if query.language == "zh" and _ZH_COUNTED.search(lower):
        return None
    return next((name for name, asked in _ASKED.items() if _is_asked(asked, query, lower)), None)


@lru_cache(maxsize=_KEPT)
def unit_of(query: Query) -> str | None:
    """Return what is counted in "bao nhiêu dự án", "mấy lần", "Số dự án …": one or two syllables, or None.

    Of an English or Chinese question, what it counts is called in Vietnamese: "how many projects" -> "dự án".
    """
    if query.kind == "how_many" and query.language != "vi":
        return _unit_in_vietnamese(query)
    lower = query.text.lower()
    span = counted_in(query, lower)
    return lower[slice(*span)] if span else None


def _unit_in_vietnamese(query: Query) -> str | None:
    """Return what stands right behind "how many", or in English behind one other word, where the table knows it."""
    asking = _FOREIGN_COUNT[query.language].search(query.text)
    if asking is None or asking["unit"] in _EN_UNITS:
        return None
    if asking["people"]:
        return "người"
    behind = query.text[asking.start("unit") :]
    between = 1 if query.language == "en" else 0
    first = next(((behind[:start], name) for start, _, name in foreign_in(behind) if name.islower()), None)
    return first[1] if first and len(first[0].split()) <= between else None


def counted_in(query: Query, lower: str) -> Span | None:
    """Return where in `lower`, a text of the question in small letters, stands what is counted."""
    if query.kind != "how_many" or query.language != "vi":
        return None
    bare = is_unmarked(query.text)
    for asking in (_HOW_MANY, _SOME, *([_BARE_SOME] if bare else ())):
        for match in asking.finditer(lower):
            counted = _COUNTED.match(lower, match.end())
            if counted:
                return counted.span(1)
    leading = _LEADING.search(lower) or (_BARE_LEADING.search(lower) if bare else None)
    return leading.span("unit") if leading else None


def asks_change(query: Query) -> bool:
    """Return whether it is asked by how much something grew or fell: a percentage answers, too, or "gấp đôi"."""
    lower = query.text.lower()
    if query.kind != "how_many" or (query.language == "en" and "how many" in lower):
        return False
    counted = counted_in(query, lower)
    if counted is None or lower[slice(*counted)].split(maxsplit=1)[0] in ("lần", "lan"):
        return _is_asked(_CHANGE, query, lower)
    # "số xã tăng bao nhiêu", but not "tăng bao nhiêu xã"
    return _HOW_MANY_LAST.search(lower, counted[1]) is not None and _is_asked(_CHANGE, query, lower)


def asks_rank(query: Query) -> bool:
    """Return whether it is asked for a place in an order: "thứ mấy", "hạng mấy"."""
    return query.kind == "how_many" and _is_asked(_RANK, query, query.text.lower())


def _is_asked(asked: _Asked, query: Query, lower: str) -> bool:
    if query.language != "vi":
        words = asked.en if query.language == "en" else asked.zh
        return bool(words) and _word(words, query.language == "en").search(lower) is not None
    words = "|".join(filter(None, (asked.vi, asked.marked)))
    if words and _word(words).search(lower):
        return True
    bare = bool(asked.vi) and is_unmarked(query.text)
    return bare and _word(strip_marks(asked.vi)).search(strip_marks(lower)) is not None


def _quantity_of_unit(unit: str) -> str | None:
    if unit in NO_UNITS:
        return None
    for form in (unit, unit.split(maxsplit=1)[0]):
        for known, quantity in _UNITS.items():
            if form in (known, strip_marks(known)):
                return quantity
    return None


@cache
def _word(pattern: str, bounded: bool = True) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if bounded else pattern)
