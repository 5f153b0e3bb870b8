"""How questions say of what time the articles are to be, in Vietnamese, English and Chinese, as patterns.

Each pattern has some of these groups: `newest`; `times` (one time or several) with `way` before it and `on` behind;
`by`, `by2` (theo, trong …), `press` and `speaks`, which tell newspapers from the press as a subject.
"""

from __future__ import annotations

import re
from functools import cache

from index.vietnamese import strip_marks

_Y = r"(?:19|20)\d{2}"
_ENDS = r"(?!\w)(?![\d.,/-]*\d)"
_QUARTER = r"quý (?:IV|I{1,3}|[1-4])"
_OPEN = rf"(?:(?:ngày )?\d{{1,2}}[/.-]\d{{1,2}}|ngày \d{{1,2}}(?: tháng \d{{1,2}})?|tháng \d{{1,2}}|{_QUARTER}){_ENDS}"
_SINGLE = (
    rf"(?:(?:ngày )?\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_Y}|ngày \d{{1,2}} tháng \d{{1,2}} năm {_Y}|"
    rf"tháng \d{{1,2}} ?[-–] ?\d{{1,2}}(?: ?/ ?| năm ){_Y}|tháng \d{{1,2}}(?: ?/ ?| năm ){_Y}|\d{{1,2}}/{_Y}|"
    rf"{_QUARTER}(?: ?/ ?| năm ){_Y}|{_QUARTER} năm (?:nay|ngoái|trước)|(?:năm )?{_Y} ?[-–] ?{_Y}|(?:năm )?{_Y}|"
    r"(?:ngày \d{1,2}[/.-]\d{1,2}|tháng \d{1,2}) năm (?:nay|ngoái|trước)|"
    r"năm (?:nay|ngoái|trước)|(?:tháng|tuần) (?:này|trước|qua)|quý (?:này|trước)|hôm (?:nay|qua|kia)|"
    rf"\d{{1,2}} ?(?:ngày|giờ|h) qua){_ENDS}"
)
_JOINED = r"(?: (?:đến|tới|-|–) (?:hết )?|,? (?:và|hoặc|hay) |, )"
_DAY = rf"ngày \d{{1,2}}(?:[/.-]\d{{1,2}}| tháng \d{{1,2}}){_ENDS}"  # of the year in which it was last
_TIMES = rf"{_SINGLE}(?:{_JOINED}(?:{_SINGLE}|{_OPEN}))*|{_OPEN}(?:{_JOINED}(?:{_SINGLE}|{_OPEN}))+|{_DAY}"
_BEGINNING = (
    rf"đầu (?:năm (?:nay|ngoái|{_Y})|tháng (?:này|trước)|tuần này|quý này|"
    r"(?:năm|tháng|tuần|quý)(?= (?:đến|tới) nay| trở lại đây| (?:về|nói|viết)(?!\w)|[,?.!]|$))"
)
_WAY = r"(?:vào|hồi|trong|của|kể từ|từ|trước|sau|cho đến|đến|tới)(?: hết)?"
_WHEN = (
    rf"(?:(?:được )?(?:đăng|viết|xuất bản) )?(?:(?P<since>kể từ|từ) (?P<beginning>{_BEGINNING})|"
    rf"(?:(?P<way>{_WAY}) )?(?P<times>{_TIMES}))"
    r"(?P<on> trở đi| trở lại đây| đến nay| tới nay| về sau)?(?!\w)"
)
_STARTS = r"(?:(?:^|(?<=[,;:(] ))(?P<by>theo |trong |trên )?|(?<= )(?P<by2>theo |trong |trên ))(?:các |những |mấy )?"
_REPORTS = r"(?:bài báo|bài viết|bài|tin tức|tin)"
_PRESS = r"(?P<press>báo chí|báo)"
SPEAKS = r" (?:đã |có |từng )*(?:nói|viết|đưa|cho biết|đề cập|nhắc|kể|cho hay|phản ánh)(?!\w)"
_NEWEST = r"(?:mới nhất|gần đây nhất)(?!\w)"

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
_ENGLISH_SINGLE = (
    rf"(?:\d{{1,2}} {_MONTH} {_Y}|{_MONTH} \d{{1,2}},? {_Y}|{_MONTH} {_Y}|Q[1-4] {_Y}|{_Y}|"
    rf"(?:this|last) (?:year|month|week|quarter)|(?:the )?past (?:month|week)|today|yesterday){_ENDS}"
)
_ENGLISH_JOINED = r"(?: (?:to|until|through|-|–) |,? (?:and|or) |, )"
_ENGLISH_OPEN = rf"(?:\d{{1,2}} )?{_MONTH}{_ENDS}"
_ENGLISH_TIMES = (
    rf"{_ENGLISH_SINGLE}(?:{_ENGLISH_JOINED}(?:{_ENGLISH_SINGLE}|{_ENGLISH_OPEN}))*|"
    rf"{_ENGLISH_OPEN}(?:{_ENGLISH_JOINED}(?:{_ENGLISH_SINGLE}|{_ENGLISH_OPEN}))+"
)
_ENGLISH_STARTS = r"(?:(?:^|(?<=[,;:(] ))(?P<by>according to |in )?|(?<= )(?P<by2>according to |in ))(?:the )?"
_ENGLISH_WHEN = (
    rf"(?:published )?(?:(?P<way>from|since|before|after|until|of|in|between) )?(?P<times>{_ENGLISH_TIMES})"
    r"(?P<on> onwards?| and later| on(?=[,?.!]|$))?(?!\w)"
)

_HAN_SINGLE = (
    r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?|第?[一二三四1-4]季度)?|[去今前]年|(?:上个?|这个?|本)(?:月|周|星期)|"
    r"[今昨前][天日])"
)
_HAN_TIMES = rf"{_HAN_SINGLE}(?:[到至和与或、-](?:{_HAN_SINGLE}|\d{{1,2}}月(?:\d{{1,2}}[日号])?))*"
_HAN_REPORTS = r"(?:新闻|文章|报道|消息|报纸)"
_HAN_ENDS = r"(?:[里中上]面?)?(?=[说讲写提对]|关于|有什么|有哪些|怎么|如何|[\s,，:：?？]|$)"

PATTERNS = (
    rf"{_STARTS}(?:{_REPORTS}|thông tin|báo) (?P<newest>{_NEWEST})",
    rf"{_STARTS}{_REPORTS} {_WHEN}",
    rf"{_STARTS}{_PRESS} {_WHEN}(?P<speaks>(?={SPEAKS}))?",
    rf"(?<=, )(?:(?P<newest>{_NEWEST})|(?=(?:kể )?từ |(?:năm|tháng|tuần|hôm) [^\W\d]){_WHEN})(?=[ ?.!]*$)",
    rf"{_ENGLISH_STARTS}(?P<newest>(?:latest|newest) (?:news|articles|reports))(?!\w)",
    rf"{_ENGLISH_STARTS}(?:articles|reports|news) {_ENGLISH_WHEN}",
    rf"^(?P<newest>最新的?{_HAN_REPORTS}){_HAN_ENDS}|的?(?P<newest2>最新{_HAN_REPORTS})(?=[\s?？]*$)",
    rf"(?:^|(?<=[,，;；:：])\s?)(?:根据|据)?(?P<way>从|自)?(?P<times>{_HAN_TIMES})"
    rf"(?P<on>以来|至今|到现在|开始|起)?(?P<side>之前|以前|之后|以后)?(?:发表|发布|刊登)?的{_HAN_REPORTS}{_HAN_ENDS}",
)


# Between the times of one phrase, folded: from one to another, or one and another.
TO = re.compile(r" (?:den|toi|to|until|through|-|–) (?:het )?|[到至-]")
JOINED = re.compile(
    r"( (?:den|toi|to|until|through|-|–) (?:het )?|,? (?:va|hoac|hay|and|or) |, |(?<=[年月日号周期天])[到至和与或、-])"
)
_COMMA_IN_A_DAY = re.compile(rf"({_MONTH} \d{{1,2}}), (?={_Y})")
# Another time behind the phrase: what is meant is not only what the phrase says.
MORE = re.compile(
    r"(?:,? (?:cho )?(?:den|toi|va|hoac|hay|to|until|through|and|or)|[,;]| ?[-–]) (?:(?:truoc|sau|before|after) )?"
    r"(?:het |dau |cuoi |giua |early |late )*"
    r"(?:(?:nam|thang|ngay|quy|tuan|hom) (?:\d|nay|ngoai|truoc|qua|kia|sau|toi|[iv]+(?!\w))|\d{4}(?!\d)|"
    rf"\d{{1,2}}[/.-]\d|nay(?!\w)|(?:last|this) (?:year|month|week)|{_MONTH} \d)"
)


def times_in(said: str) -> tuple[list[str], list[str]]:
    """Return the times of a phrase, folded, and what stands between them."""
    parts = JOINED.split(_COMMA_IN_A_DAY.sub(r"\1 ", strip_marks(said).lower()))
    return parts[::2], parts[1::2]


@cache
def compiled(pattern: str, folded: bool) -> re.Pattern[str]:
    """Return `pattern` as an expression that heeds no capitals; `folded` for text without marks."""
    return re.compile(strip_marks(pattern) if folded else pattern, re.IGNORECASE)
