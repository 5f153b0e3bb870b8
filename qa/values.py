"""Dates and numbers of a sentence that a question asks for, and whether two of them say the same.

"7/1/2025" and "tháng 1/2025" agree, as do "6,52 tỷ USD" and "hơn 6,5 tỷ USD"; "440 dự án" and "441 dự án" do not.
What cannot be compared (dollars and đồng) counts as agreeing: nobody is to be told of a difference that is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from index.vietnamese import strip_marks
from qa.amounts import amount_span
from qa.calendar_days import day_of, month_of, quarter_of
from qa.date_looks import DAY, MONTH, NO_SPAN
from qa.number_looks import amount_pattern, counted_spans
from qa.quantities import counted_in, unit_of
from qa.relative_dates import relative_dates
from qa.types import Query

_NAMED_MONTHS = "một hai ba tư năm sáu bảy tám chín mười".split()
_MONTH_NAMES = {name: number for number, name in enumerate(_NAMED_MONTHS, 1)} | {"mười một": 11, "mười hai": 12}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DATE = re.compile(
    rf"(?<![\d/.,-]){DAY}\s?[/-]\s?{MONTH}(?:\s?[/-]\s?\d{{4}}(?!\d)|(?![\d/-]){NO_SPAN})|"
    rf"(?<![\d/.,-]){MONTH}/\d{{4}}(?!\d)|(?<![\d/.,-]){DAY}\.{MONTH}\.\d{{4}}(?!\d)|"
    rf"(?:(?<=ngày )|(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối )|(?<=đêm )){DAY}\.{MONTH}(?!\d|[.,]\d)|"
    r"(?:ngày \d{1,2} )?tháng (?:\d{1,2}|(?-i:Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?: [Mm]ột| [Hh]ai)?)(?!\w))"
    r"(?:/\d{4}| năm \d{4})?(?!\d)|(?<!đá )quý (?:(?-i:I{1,3}|IV)|[1-4])(?:\s?[/-]\s?| năm )\d{4}(?!\d)|"
    r"năm \d{4}(?!\d)",
    re.IGNORECASE,
)
_SCALES = {"trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_ABOUT = re.compile(r"(?:hơn|trên|gần|khoảng|xấp xỉ|ước|chừng|dưới)(?: \w+)?\s*$", re.IGNORECASE)
# Between what is counted and what is said of it: "3 người đã chết", "bao nhiêu người chết".
_SAID_OR_NOT = frozenset("da bi duoc se dang deu cung phai".split())
_DEATHS = re.compile(r"(?<!\w)(?:thiet mang|tu vong|tu nan|bo mang)(?!\w)")
_SYLLABLE = re.compile(r"\d[\d.,]*|thuong vong|[^\W\d_]+")  # "thương vong" is no "thương"
_ELSE = frozenset("trong o tai do vi tu cua va la vao khi sau truoc den cho tren".split())
SAID = 2  # words of what is counted that belong to the count: "người chết", "người bị thương", "dự án"
NEAR = 0.05  # "hơn 1.000" may be 1.023, measured against the larger number


@dataclass(frozen=True, slots=True)
class Value:
    """A date or number at `start` to `end` of a sentence, as it stands there."""

    text: str
    start: int
    end: int


def values_in(query: Query, sentence: str) -> tuple[Value, ...]:
    """Return the dates or numbers of `sentence` that `query` asks for, in order; none for other questions."""
    return tuple(
        Value(sentence[start:end], start, end)
        for start, end in _spans(query, sentence)
        if not sentence[end : end + 1].isalpha()
    )


def value_in(query: Query, sentence: str) -> str:
    """Return the one to show: the fullest date, or of several amounts the first; empty for none.

    Of several counts none is shown: "5 người chết, 14 người bị thương" leaves open how many "người mất tích" are.
    """
    found = [value.text for value in values_in(query, sentence)]
    if query.kind == "when":
        return max(found, key=len, default="")
    doubtful = len(set(found)) > 1 and amount_pattern(query) is None
    return "" if doubtful else next(iter(found), "")


def days_meant(value: Value, sentence: str, published: date | None) -> tuple[date, date] | None:
    """Return the first and last day that a date means; None for a day without a year of an undated article."""
    numbers = [int(number) for number in re.findall(r"\d+", _in_figures(value.text))]
    try:
        if value.text.lower().startswith("quý") and len(numbers) == 2:
            return quarter_of(numbers[1], numbers[0])[:2]
        if len(numbers) == 3:
            return day_of(date(numbers[2], numbers[1], numbers[0]))[:2]
        if len(numbers) == 2 and numbers[1] > 31:
            return month_of(numbers[1], numbers[0])[:2]
        if len(numbers) == 1 and numbers[0] > 31:
            return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    except ValueError:  # the 31st of April
        return None
    for each in relative_dates(sentence, published) if published else ():
        if each.start < value.end and value.start < each.end:
            return each.first, each.last
    return None


def same_days(left: tuple[date, date], right: tuple[date, date]) -> bool:
    """Return whether both can be of one day."""
    return left[0] <= right[1] and right[0] <= left[1]


def same_amount(left: Value, left_sentence: str, right: Value, right_sentence: str) -> bool:
    """Return whether two numbers can be of one amount, as far as they are rounded; of different units they can."""
    one, other = _amount(left), _amount(right)
    if one is None or other is None or one[1] != other[1]:
        return True
    about = any(
        _ABOUT.search(sentence[: value.start]) for value, sentence in ((left, left_sentence), (right, right_sentence))
    )
    larger = max(one[0], other[0])
    return abs(one[0] - other[0]) <= (NEAR * larger if about else _rounding(left, right))


def _in_figures(text: str) -> str:
    """Return a date with its month or quarter in figures: "tháng 9 năm 2024" for "tháng Chín năm 2024"."""
    month = re.search(r"(?<=tháng )(?:mười (?:một|hai)|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)", text.lower())
    if month:
        return f"{text[: month.start()]}{_MONTH_NAMES[month.group(0)]}{text[month.end() :]}"
    quarter = re.search(r"(?<=quý )(?:i{1,3}|iv)(?!\w)", text.lower())
    return f"{text[: quarter.start()]}{_QUARTERS[quarter.group(0)]}{text[quarter.end() :]}" if quarter else text


def _spans(query: Query, sentence: str) -> list[tuple[int, int]]:
    measured = amount_pattern(query)
    pattern = _DATE if query.kind == "when" else re.compile(measured) if measured else None
    if pattern is not None:
        return [amount_span(match) for match in pattern.finditer(sentence)]
    unit = unit_of(query)
    counted = [span for span in counted_spans(unit, sentence) if sentence[span[0]].isdigit()] if unit else []
    asked = counted_in(query, query.text.lower())
    met = [_met(query.text[slice(asked[0] if asked else 0, None)], sentence, span) for span in counted]
    return [(start, end) for words, start, end in met if words == max(words for words, _, _ in met)]


def _met(asked: str, sentence: str, span: tuple[int, int]) -> tuple[int, int, int]:
    """Return how many words of what is `asked` stand behind a number, in order, and where the count stands.

    Of "người chết" two do in "3 người chết", one in "12 người bị thương".
    """
    start, end = span
    wanted = [form for form, _ in _telling(asked)]
    said = _telling(sentence[start:])
    begins = next((place for place, (form, _) in enumerate(said) if place and form == wanted[0]), 1) if wanted else 1
    pairs = zip(wanted, said[begins:], strict=False)
    met = [word for _, word in takewhile(lambda pair: pair[0] == pair[1][0], pairs)]
    return len(met), start, start + _of_the_count(sentence[start:], met) if met else end


def _of_the_count(counted: str, met: Sequence[tuple[str, int]]) -> int:
    """Return where a count ends: behind its second word, or the third where what befell it is told in two."""
    told = list(takewhile(lambda word: word[0] not in _ELSE, met))[: SAID + 1]
    befell = len(told) > SAID and len(counted[told[0][1] : told[1][1]].split()) > 1
    return told[: SAID + befell][-1][1] if told else met[0][1]


def _telling(text: str) -> list[tuple[str, int]]:
    """Return the words of `text` that say what is counted, folded, each with its end; words for one thing as one."""
    folded = strip_marks(text.lower())
    folded = _DEATHS.sub(lambda match: "chet".rjust(len(match[0])), folded)
    return [(word[0], word.end()) for word in _SYLLABLE.finditer(folded) if word[0] not in _SAID_OR_NOT]


def _amount(value: Value) -> tuple[float, str] | None:
    """Return number and unit: 48240000000.0 and "usd" for "48,24 tỷ USD"."""
    match = _NUMBER.search(value.text)
    if match is None:
        return None
    number = _read(match.group(0))
    behind = value.text[match.end() :].lower()
    for word in behind.split():
        number *= _SCALES.get(word, 1.0)
    unit = [word for word in behind.split() if word not in _SCALES]
    told = [form for form, _ in _telling(" ".join(unit))]
    return number, " ".join(told or unit) or value.text[: match.start()].strip().lower()


def _read(number: str) -> float:
    """Return the number as Vietnamese newspapers write it: a comma before decimals, full stops between thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", number):
        return float(number.replace(".", "").replace(",", "."))
    plain = number.replace(",", "") if number.count(",") > 1 else number
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else float(re.sub(r"\D", "", number))


def _rounding(*values: Value) -> float:
    """Return half of the last place of the value that is rounded most: 0.05e9 for "6,5 tỷ USD"; 0 for whole ones."""
    found = []
    for value in values:
        match, amount = _NUMBER.search(value.text), _amount(value)
        if match is None or amount is None:
            continue
        read = _read(match.group(0))
        scale = amount[0] / read if read else 1.0
        decimals = len(match.group(0).partition(",")[2])
        found.append(scale * 10.0**-decimals / 2 if scale > 1 or decimals else 0.0)
    return max(found, default=0.0)
