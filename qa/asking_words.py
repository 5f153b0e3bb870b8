"""The words that ask: what kind of answer they want, and where in a question they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from index.vietnamese import strip_marks
from qa.types import Kind, Language

Span = tuple[int, int]

# Bare words that mostly are others: "đầu tư", "máy bay", "chợ nào", "hội nào" are no "đâu", "mấy", "chỗ", "hồi".
_SELDOM_BARE = frozenset("đâu mấy giá hồi chỗ".split())
_OF_DAU = (
    r"tu|thau|tien|nam(?! \d)|thang|tuan|mua|tran|gio|ngay|tho|hoa|mo|cau|nguon|bang|hang|cuoc|duong|song|tay|doi|"
    r"ve|the|trong"
)
_DAU = rf"(?:đâu|dau(?! (?:{_OF_DAU})\b))"
_MAY = r"(?:mấy(?! tuổi)|may(?= (?:thì|là)\b|\W*$))"

_NO_PERSON = "".join(f"(?<!{word} )" for word in "đơn gia hương mùi thú địa tước chức".split())
_PERSONS = (
    rf"người|{_NO_PERSON}vị|ông|bà|nhân vật|cá nhân|liệt sĩ|lãnh đạo|quan chức|nhà ngoại giao|chuyên gia|bác sĩ|"
    "tác giả|cầu thủ|tiền đạo|tiền vệ|hậu vệ|thủ môn|huấn luyện viên|trọng tài|vận động viên|võ sĩ|tay vợt|"
    "ca sĩ|nhạc sĩ|nghệ sĩ|họa sĩ|danh họa|diễn viên|đạo diễn|hoa hậu|nhà văn|nhà thơ|nhà báo|phóng viên|"
    "nhà khoa học|nhà nghiên cứu|học giả|giáo sư|tiến sĩ|kỹ sư|luật sư|thẩm phán|phi công|thuyền trưởng|"
    "hiệu trưởng|trưởng khoa|bị cáo|bị can|nghi phạm|nạn nhân|đại biểu|chủ tịch|giám đốc|bộ trưởng|thủ tướng|"
    "tổng thống|đại sứ|doanh nhân|tỷ phú|thủ khoa|thí sinh"
)
_VIETNAMESE: dict[Kind, str] = {  # each word as it stands here or, but for _SELDOM_BARE, without its marks
    "why": (
        r"vì sao|tại sao|mà sao|thì sao(?!\W*$)|(?:do|vì|nhờ) (?:đâu|dau(?= ma\b|\W*$))|"
        rf"^(?:nho|vi) {_DAU}|vì lẽ gì|vì lẽ nào|vì cái gì|"
        r"(?:cớ|cơ) (?:gì|sao)|(?:điều|cái) gì (?:đã )?khiến|"
        r"vì lý do gì|lý do gì|nguyên nhân nào|nguyên nhân gì|nhằm mục đích gì|để làm gì"
    ),
    "when": (
        r"(?<!vũ )(?<!không )khi nào|bao giờ|^(?:(?:đến|tới) )?chừng nào|(?<!châu )lúc nào|hồi nào|"
        r"(?!(?<=việt )năm nào \w)(?:ngày|hôm|năm|tháng|tuần|quý|thời điểm|thời gian|giờ|thế kỷ|giai đoạn) nào|"
        rf"(?:mấy|may) giờ|(?<!việt )(?:ngày|tháng|năm|quý|mùng|(?:vào|hôm|nhằm) thứ) {_MAY}|"
        r"(?<!việt )(?:ngày|tháng|năm) bao nhiêu(?= (?:thì|là|ở|tại|và|trong)\b|\W*$)"
    ),
    "how_many": (
        r"bao nhiêu|mấy(?! (?:năm|tháng|tuần|ngày) (?:gần|liền|qua|nay|trước|tới))|bao lâu|bao xa|"
        r"mất bao|(?<!^)(?<!^đến )(?<!^tới )chừng nào"
    ),
    "where": (
        rf"(?!tu dau nam)(?:ở|từ|tại|đi|đến|tới|vào|về|gần|những|nơi) {_DAU}|nơi nào|chỗ nào|"
        r"(?:ở|tại|từ|vào) cho nao|đâu|(?:ở|tại|vào|thuộc|tới|đến|quê ở) (?:\w+ ){0,2}"
        r"(?:thành phố|tỉnh|nước|(?<!cơ )quận|huyện|xã|bệnh viện|viện|quốc gia|địa phương) nào"
    ),
    "who": rf"(?:{_PERSONS}) nào|ai(?! cập(?! (?:phép|giấy|bằng|vốn|thẻ|đất)))|tên (?:là )?gì",
    "how": r"thì sao(?=\W*$)|như thế nào|thế nào|ra sao|bằng cách nào|cách nào|làm sao|làm thế nào|kiểu gì",
    "which": "nào",
    "what": r"(?:nói|phát biểu|cho biết|cho hay|chia sẻ|bày tỏ) (?:những )?(?:điều |lời )?gì|gì|cái chi",
}
_BARE_ALONE: dict[Kind, str] = {  # the weakest sign, and only where marks are left out
    "how_many": (
        r"(?<!nha )(?<!xe )(?<!det )(?<!thang )(?<!bo )(?<!dam )(?<!dien )(?<!nganh )(?<!khong )(?<!cai )(?<!chiec )"
        r"may(?! (?:bay|moc|mac|man|tinh(?! thanh)|phat|anh|chu(?! ky)|in|quay|xuc|giat|lanh|bom|no|den|mu|rui|thay)\b)"
    ),
    "where": (
        r"(?<!gia )(?<!tran )(?<!ban )(?<!xang )(?<!dan )(?<!bat )(?<!hang )(?<!dung )(?<!thi )(?<!chien )(?<!lan )"
        r"(?<!doi )(?<!khoi )(?<!mo )(?<!buoc )(?<!con )(?<!khoan )dau(?=\W*$)|^dau la"
    ),
}
_ENGLISH: dict[Kind, str] = {
    "why": "why|what reason|for what purpose|how come",
    "when": "when|what (?:year|date|day|month|time)|which (?:year|date|day|month)|since when",
    "how_many": r"how (?:many|much|long|old|far|large|big|high|tall|often|heavy)|(?:what|which) "
    r"(?:(?:is|was|are|were) )?(?:(?:the|its|his|her|their|(?:the )?[\w.-]+['’]s?) )?(?:(?:total|average|annual) )?"
    r"(?:share|percentage|per ?cent|proportion|number|amount|price|area|value|age|cost|revenue|turnover|profit|budget|"
    r"population|salary|magnitude|length|height|distance|temperature|score)",
    "where": "where|(?:in|at) (?:which|what) (?:city|country|place|province)",
    "who": "who|whom|whose|which (?:person|leader|official)",
    "how": "how",
    "which": "which",
    "what": "what",
}
_CHINESE: dict[Kind, str] = {
    "why": "为什么|为何|为啥|何故|什么原因|原因(?:是|为)?(?:什么|何|啥)|原因有?哪些|為什麼|為何|為啥|原因是什麼",
    "when": (
        "什么时候|什么时间|啥时候|啥时间|何时|哪[一几]?[年天]|哪[一几]?个?月|几月|几号|几点|几时|什麼時候|什麼時間|何時|幾點"
    ),
    "how_many": "多少|(?<!第)几(?!乎)|多大|多长|多久|多高|多远|第几|幾(?!乎)|百分之(?:几|多少)",
    "where": "哪里|哪儿|何处|在哪(?![一几]?[年天]|[一几]?个?月|些|位)|哪裡|什么地方",
    "who": "谁|哪位|何人|誰|哪些人|什么人",
    "how": "怎么|如何|怎样|怎麼|怎樣",
    "which": "哪",
    "what": "什么|什麼|啥",
}
_GOODS = "vang|xang|dau|gas|dien|nuoc|ve|ca|ban|mua|thue|nha|dat|thit|gao|thep|lua|cuoc|usd|do la|bat dong san"
_KEYWORDS: dict[Kind, str] = {  # where no word asks
    "why": "nguyên nhân|lý do|lí do",
    "how_many": (
        "kim ngạch|diện tích|số lượng|tổng số|tổng vốn|tổng mức|dân số|tỷ lệ|tỉ lệ|doanh thu|"
        r"kinh phí|chi phí|chiều dài|độ tuổi|tổng giá trị|^(?:tổng )?(?:sản lượng|năng suất|dư nợ|lợi nhuận|học phí|"
        r"thiệt hại|số tiền|mức phạt|mức lương|nhiệt độ|điểm chuẩn|thu nhập bình quân)|"
        r"^số(?= (?!điện thoại|hiệu|tài khoản|căn cước|phận|nhà|liệu|báo|văn bản|quyết định|đường dây|hóa|sánh|với))|"
        r"(?<!đánh )(?<!đấu )(?<!định )(?<!trị )(?<!ổn )giá(?! trị| rẻ)|"
        rf"(?<!tham )(?<!quoc )(?<!chuyen )(?<!danh )(?<!dau )(?<!dinh )(?<!tri )gia (?:{_GOODS})"
    ),
}
_CHINESE_KEYWORDS: dict[Kind, str] = {"why": "原因", "how_many": "百分之", "what": "(?<!任)何"}

# Two words at least, or one where it stands alone: elsewhere "ai", "may" and "dau" are other words, or English ones.
_ONLY_VIETNAMESE = (
    r"bao (?:nhiêu|giờ|lâu|xa)|\w+ nào|(?:ở|từ|tại|đi|vào|về|nơi) (?:đâu|dau)|(?:là|do|với|của|những|có) ai|ai là|"
    r"^ai(?= )|ai(?=\W*$)|\w+ gì|(?:vì|tại|ra|làm) sao|(?:có|ngày|tháng|thứ|hạng) (?:mấy|may)|"
    r"(?:mấy|may) (?:giờ|phút|giây|ngày|tháng|năm|lần|người|nước|điểm|bàn)|không(?=\W*$)"
)
_SAO_NAMES = "la|hỏa|hoả|mộc|thủy|thuỷ|thổ|kim|hạng|băng|chổi|mai|việt|hàn|nhí|y"  # "Sao la ở đâu?"
_CAUSE_OF = r"(?:nguyên nhân|lý do|lí do) [^?,;]{1,90} là (?:gì|chi)(?=\W*$)"  # the cause is looked up, too
_WHETHER = re.compile(  # "Có ai bị thương không?", "Đã có người nào chết chưa?"
    r"(?<!\w)(?:có|co)(?! (?:biết|biet|bao|mấy|may)(?!\w)) (?:[^\W\d_]+ ){0,4}?(?:ai|nào|nao|gì|gi|đâu)(?!\w).* "
    r"(?:không|chưa|khong|chua)\W*$",
    re.IGNORECASE,
)
_YES_OR_NO = "did|does|is|are|was|were|has|have|will|would|should"  # at the head of an English question


def asks_in(text: str, language: Language) -> bool:
    """Return whether `text` has words that only a question in this language, Vietnamese or English, asks with.

    Vietnamese ones may lack their marks. "WHO" in capitals asks nothing, unless all the text is in capitals.
    """
    if language == "vi":
        return _compile_loosely(_ONLY_VIETNAMESE).search(_without_ai(text)) is not None
    if re.match(rf"(?:{_YES_OR_NO})\b", text, re.IGNORECASE):
        return True
    found = _compile("|".join(_ENGLISH.values())).finditer(text)
    return any(text.isupper() or not match.group(0).isupper() for match in found)


def kind_of(text: str, language: Language, unmarked: bool) -> Kind:
    """Return what kind of answer `text` asks for; "what" where its words do not say.

    `unmarked` says that Vietnamese was typed without marks.
    """
    asking = _asking(text, language, unmarked)
    if language == "zh":
        asking = asking or _found(_CHINESE_KEYWORDS, text, _compile_within)
    if language != "vi":  # the first in the text
        asking.sort(key=lambda word: word[1][0])
    else:
        if re.match(rf"sao (?!(?:{_SAO_NAMES})(?!\w))", text, re.IGNORECASE):
            return "why"
        if _compile_loosely(_CAUSE_OF).search(text) and all(kind == "what" for kind, _ in asking):
            return "why"
        if _WHETHER.search(text) and all(kind in ("who", "where", "which", "what") for kind, _ in asking):
            return "what"
        asking = asking or _found(_KEYWORDS, text, _compile_loosely if unmarked else _compile)
    return asking[0][0] if asking else "what"


def asking_spans(text: str, language: Language, unmarked: bool) -> list[Span]:
    """Return where in `text` words stand that only ask ("khi nào", "bao nhiêu", "what is the")."""
    return [span for _, span in _asking(text, language, unmarked)]


def _asking(text: str, language: Language, unmarked: bool) -> list[tuple[Kind, Span]]:
    """Return the words of `text` that ask, as their kinds are listed, the weakest signs last.

    Of a text with marks bare words count only where no other asks: "cơ quan" is no "quận".
    """
    if language == "zh":
        return _found(_CHINESE, text, _compile_within)
    if language == "en":
        return _found(_ENGLISH, text, _compile)
    text = _without_ai(text)
    if unmarked:
        return [*_found(_VIETNAMESE, text, _compile_loosely), *_found(_BARE_ALONE, text, _compile)]
    return _found(_VIETNAMESE, text, _compile) or _found(_VIETNAMESE, text, _compile_loosely)


def _found(table: dict[Kind, str], text: str, compiled: Callable[[str], re.Pattern[str]]) -> list[tuple[Kind, Span]]:
    return [(kind, match.span()) for kind, pattern in table.items() for match in compiled(pattern).finditer(text)]


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@cache
def _compile_within(pattern: str) -> re.Pattern[str]:
    """Return a pattern for a text that has no space between words."""
    return re.compile(pattern)


@cache
def _compile_loosely(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words that takes each word of `pattern` with its marks or, as a rule, without any.

    A word typed with other marks is another word: "đầu" is no "đâu" that lacks its marks.
    """
    return _compile(re.sub(r"[^\W\d_]+", lambda word: _or_bare(word.group(0)), pattern))


def _or_bare(word: str) -> str:
    bare = strip_marks(word)
    return word if bare == word or word in _SELDOM_BARE else f"(?:{word}|{bare})"


def _without_ai(text: str) -> str:
    """Return `text`, of the same length, without the "AI" that is artificial intelligence, or part of a country's name.

    In a text all in capitals "AI" is "who".
    """
    if text.isupper():
        return text
    return re.sub(r"\bAI\b|\bAi(?=[ -](?:Cập|Cap|Len)\b)", "  ", text)
