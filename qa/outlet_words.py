"""Words of a question that choose an outlet: "Theo Báo Hải Phòng, …", "VnExpress viết gì về …", "bài của báo X".

Only outlets that articles are by are known. Their names are in no article's text, so a question that keeps one asks for
what no sentence has. A name counts where it stands

    behind theo, trên, according to, 据        "Theo báo Tuổi Trẻ, …"; without "báo" it is written as the outlet is
    before a word for speech, at the beginning  "Tuổi Trẻ nói gì về …", not "Tuổi Trẻ có bao nhiêu phóng viên?"
    behind của, and bài or tin before that      "Bài năm 2024 của Tuổi Trẻ", not "việc làm của tuổi trẻ"

and where something is left to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.vietnamese import is_syllable, normalize, squeeze, strip_marks, syllables
from qa.time_phrases import SPEAKS

_PRESS = r"(?:nhật báo|báo điện tử|tờ báo|trang báo|trang tin|báo|tờ|trang|tạp chí|kênh|đài)"
_REPORTS = r"(?:bài viết|bài báo|bài|tin tức|thông tin|tin)"
_END = r"(?![^\W\u3400-\u9fff])"  # a Chinese character may follow at once
_BEGINS = r"(?:^|(?<=[,;:(] )|(?i:(?<=còn )|(?<=thế )))"
_SAYS = rf"(?={SPEAKS}| (?:say|says|said|write|writes|wrote|report|reports|reported)(?!\w))"
_NAMED = (  # `{}` is a name with what may stand before it
    rf"(?:^|(?<=[\s(]))(?i:theo|trên) {{}}(?:{SPEAKS}(?: tin)?(?: là| rằng)?(?! gì))?(?: thì)?",
    rf"{_BEGINS}{{}}{_SAYS}",
    rf"(?P<reports>(?<!\w)(?i:{_REPORTS})(?!\w)[^,;?]{{{{0,40}}}}?) của {{}}",
    r"(?<!\w)(?i:according to|in|from) (?:the )?{}(?: newspaper)?(?=\s*(?:[,;:?.!]|$))",
    r"(?<=does ){}(?= (?:say|write|report))",
    r"(?:根据|据)《?{}》?(?:的?报道)?",
)
_PREFIX = re.compile(r"(?:nhật báo|báo điện tử|báo|tạp chí|tờ|trang tin|trang) (?=\S)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:www\.)?([\w-]{3,})(?:\.(?:com|net|org|gov|edu|info|online))?\.?(?:vn|com|net|org)$", re.IGNORECASE
)
_NOTHING_ASKED = frozenset("bai bao tin noi viet dua gi ve co con the thi sao la nao what does say about".split())
_CAPITAL = "[" + "".join(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper()) + "]"
_IDLE = " ,;:，、"
_BEFORE_STOP = re.compile(r"\s+(?=[?.!,;:]|$)")


@dataclass(frozen=True, slots=True)
class OutletWords:
    """What was `said`, the `outlet` that it chooses as articles name it, and the `rest` of the question."""

    said: str
    outlet: str
    rest: str


def outlet_words(question: str, outlets: Sequence[str]) -> OutletWords | None:
    """Return which of `outlets` a question chooses; None where it chooses none for certain."""
    text = squeeze(normalize(question).replace("\n", " "))
    folded = strip_marks(text)
    if len(folded) != len(text) or not outlets:
        return None
    bare, words = folded == text, set(syllables(folded))
    for outlet in sorted(outlets, key=len, reverse=True):
        if words.isdisjoint(syllables(strip_marks(outlet))):
            continue
        for pattern in _patterns(outlet, bare):
            if match := pattern.search(text):
                return _read(text, match, outlet)
    return None


def _read(text: str, match: re.Match[str], outlet: str) -> OutletWords | None:
    start = match.end("reports") if "reports" in match.re.groupindex else match.start()
    rest = _BEFORE_STOP.sub("", f"{text[:start].rstrip(_IDLE)} {text[match.end() :].lstrip(_IDLE)}").strip(_IDLE)
    if not set(syllables(strip_marks(rest))) - _NOTHING_ASKED:
        return None
    return OutletWords(text[start : match.end()].strip(), outlet, rest)


@cache
def _patterns(outlet: str, bare: bool) -> tuple[re.Pattern[str], ...]:
    """Return what a question chooses `outlet` by; `bare` for a text without marks."""
    return tuple(
        re.compile(strip_marks(pattern.format(name)) if bare else pattern.format(name))
        for pattern in _NAMED
        for name in _names(outlet)
    )


def _names(outlet: str) -> Iterator[str]:
    """Yield what stands for an outlet: "báo" and its name in any case, or its name as it is written."""
    full = squeeze(normalize(outlet))
    core = _PREFIX.sub("", full, count=1) if _PREFIX.match(full) else full
    domain = _DOMAIN.fullmatch(core)
    core = domain[1] if domain else core
    suffix = r"(?:\.(?:com|net|org))?(?:\.?(?:vn|com|net|org))?" if domain else ""
    yield rf"(?i:{_PRESS} {re.escape(core)}{suffix}){_END}"
    if core == full or domain:
        foreign = any(not is_syllable(strip_marks(word).lower()) for word in core.split())
        name = re.escape(core)
        yield rf"(?i:{name}{suffix}){_END}" if foreign else rf"{name}{suffix}{_END}(?! {_CAPITAL})"
