"""Answers and measures as they are printed in a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index import Article
from index.types import Publication
from index.vietnamese import BIDI
from qa.cited import Cited
from qa.explain import Explanation
from qa.explain_text import VIETNAMESE, decision_line, hit_lines, sentence_lines
from qa.filters import days_label
from qa.relative_dates import reckoned
from qa.request import Asked
from qa.story_line import story_line
from qa.types import Answer, Citation, Hit, Searched

PASSAGES_PRINTED = 3
EXCERPT = 300  # characters
BEGINS = 70
LONGEST_WORD = 40  # characters; what is longer is cut
MISSED = "bold yellow"
MARK = "bold black on yellow"


def print_answer(console: Console, answer: Answer) -> None:
    """Print the citations with their sources, or that nothing was found, and the nearest passages below."""
    _print_understood(console, answer)
    if answer.found:
        for number, citation in enumerate(answer.citations, start=1):
            _print_citation(console, number, citation)
        console.print("\nCác đoạn liên quan", style="bold")
    else:
        console.print(not_found_line(answer.searched), style=MISSED)
        console.print("\nNhững đoạn gần nhất (không phải câu trả lời)", style="bold")
    for hit in answer.hits[:PASSAGES_PRINTED]:
        print_hit(console, hit, answer.citations, EXCERPT)


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Print the decision, the sentences that were weighed and the passages, each with what speaks for and against."""
    _print_understood(console, explanation.answer)
    if replaced := explanation.answer.question.replaced:
        pairs = ", ".join(f"{typed} → {name}" for typed, name in replaced)
        console.print(Text(f"Đã đổi: {safe(pairs)}", style="cyan"))
    for name, others in explanation.answer.question.same:
        console.print(Text(f"Cùng một tên: {safe(' = '.join((name, *others)))}", style="cyan"))
    console.print(Text(decision_line(explanation, VIETNAMESE), style="bold" if explanation.answer.found else MISSED))
    if explanation.differences:
        console.print("\nCác bài nói khác nhau", style="bold")
    for said in explanation.differences:
        value = safe(said.value) or "chưa nêu"
        console.print(Text.assemble(f"{day_of(said.article)}: ", (value, "bold"), f" — “{safe(said.quote)}”"))
    console.print("\nCác câu đã xét", style="bold")
    for sentence in explanation.sentences:
        sign = ("✓", "bold green") if sentence.cut is None else ("✗", "dim")
        quote = (f"“{safe(sentence.quote)}”", "bold" if sentence.cut is None else "")
        console.print(Text.assemble(sign, " ", quote), soft_wrap=True)
        _print_lines(console, sentence_lines(sentence, explanation, VIETNAMESE, scores=True))
    console.print("\nCác đoạn", style="bold")
    for each in explanation.hits:
        headline = f"{each.hit.rank}. {safe(each.hit.article.headline)} · {day_of(each.hit.article)}"
        console.print(Text(headline, style="cyan"), soft_wrap=True)
        text = each.hit.passage.text
        begins = " ".join(text[: _word_end(text, 0, BEGINS)].split())
        _indented(console, Text(f"{safe(begins)} …", style="dim"), 3)
        _print_lines(console, hit_lines(each, explanation, VIETNAMESE, scores=True))


def _print_understood(console: Console, answer: Answer) -> None:
    if answer.question.replaced:
        hint = ("  (hỏi đúng như đã gõ: --as-typed)", "dim")
        console.print(Text.assemble((f"Đang hiểu là: {safe(answer.question.searched)}", "cyan"), hint), soft_wrap=True)


def _indented(console: Console, text: Text, by: int) -> None:
    """Print `text` a few columns in; where no terminal shows it, in the lines that it has, nothing behind them."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, by)))
        return
    for line in text.split("\n", allow_blank=True):
        line.rstrip()
        console.print(Text(" " * by if line.plain else "") + line, soft_wrap=True)


def _print_lines(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        _indented(console, Text(safe(line)), 3)


def print_hit(console: Console, hit: Hit, citations: Sequence[Citation] = (), length: int | None = None) -> None:
    """Print a passage below its source, the sentences that are cited from it marked; of a long one about `length`."""
    headline = f"{hit.rank}. {safe(hit.article.headline)} · {day_of(hit.article)}"
    console.print(Text(headline, style="cyan"), soft_wrap=True)
    _indented(console, _marked(hit, citations, length or len(hit.passage.text), _shows_marks(console)), 3)
    if story := story_line(hit.story, hit.article):
        _indented(console, Text(safe(story), style="dim"), 3)


def not_found_line(searched: Searched) -> str:
    """Return "Không tìm thấy trong N bài (từ … đến …)"; without the days where no article has one."""
    if searched.first is None or searched.last is None:
        return f"Không tìm thấy trong {searched.articles} bài"
    return f"Không tìm thấy trong {searched.articles} bài (từ {_day(searched.first)} đến {_day(searched.last)})"


def filter_line(asked: Asked) -> str:
    """Return "Chỉ tìm trong: bài đăng 08/2024, Báo Hải Phòng", and how to ask every article where words chose."""
    from_, whole, to = days_label(asked.kept.first, asked.kept.last)
    days = " ".join(filter(None, (f"từ {from_}" if from_ else "", whole, f"đến {to}" if to else "")))
    parts = [f"bài đăng {days}" if days else "", asked.kept.outlet or ""]
    hint = f"  (theo “{asked.said}”; bỏ lọc: --as-typed)" if asked.said else ""
    return safe(f"Chỉ tìm trong: {', '.join(part for part in parts if part)}{hint}")


def publication_line(copy: Publication) -> str:
    """Return where else a text stands: outlet, day, and address or file."""
    return " · ".join([copy.outlet or "không rõ báo", day_of(copy), copy.url or copy.path])


def print_cited(console: Console, found: Cited) -> None:
    """Print what an old citation quoted, its source, and whether the article has changed since."""
    _print_citation(console, 1, Citation(found.article, found.start, found.end, found.quote, 1.0))
    if found.changed:
        still = "câu này vẫn còn trong bài" if found.quote_stands else "câu này không còn trong bài"
        console.print(f"Bài đã được sửa sau khi trích: {still}.", style=MISSED)


def day_of(article: Article | Publication) -> str:
    """Return the day of publication as dd/mm/yyyy, or "không rõ ngày"."""
    return _day(article.published.date()) if article.published else "không rõ ngày"


def _print_citation(console: Console, number: int, citation: Citation) -> None:
    article = citation.article
    console.print(Text.assemble((f"[{number}] ", "bold cyan"), (f"“{safe(citation.quote)}”", "bold")), soft_wrap=True)
    if dates := reckoned(citation):
        told = f"{safe(', '.join(dates))} (theo ngày đăng {day_of(article)})"
        _indented(console, Text(told, style="cyan"), 4)
    headline = safe(article.headline) + ("" if article.title else " (bài không có tiêu đề)")
    _indented(console, Text(headline, style="italic"), 4)
    details = [article.outlet or "không rõ báo", day_of(article), article.author or "không rõ tác giả"]
    place = f"{article.path}, ký tự {citation.start}–{citation.end}"
    _indented(console, Text(safe(" · ".join([*details, place])), style="dim"), 4)
    if story := story_line(citation.story, article):
        _indented(console, Text(safe(story), style="dim"), 4)
    for copy in article.also_published:
        _indented(console, Text(safe(f"Cũng đăng: {publication_line(copy)}"), style="dim"), 4)


def _marked(hit: Hit, citations: Sequence[Citation], length: int, colours: bool) -> Text:
    """Return the passage, or `length` characters from its first cited sentence on; » « mark where colours cannot."""
    start, end = hit.passage.start, hit.passage.end
    cited = [
        (citation.start, citation.end)
        for citation in citations
        if citation.article == hit.article and start <= citation.start and citation.end <= end
    ]
    first, text = min((place for place, _ in cited), default=start), hit.article.text
    if end - first < length:
        first = min(_word_begin(text, start, max(start, end - length)), first if cited else end)
    last = end if end - first <= length else _word_end(text, first, first + length)
    last = max([last, *(until for place, until in cited if place == first)])
    pieces: list[str | tuple[str, str]] = ["… " if first > start else ""]
    at = first
    for place, until in sorted(cited):
        if place >= at and until <= last:
            sentence = safe(hit.article.text[place:until])
            pieces += [safe(hit.article.text[at:place]), (sentence if colours else f"»{sentence}«", MARK)]
            at = until
    pieces += [safe(hit.article.text[at:last]), " …" if last < end else ""]
    return Text.assemble(*pieces)


def _shows_marks(console: Console) -> bool:
    """Return whether a mark can be seen by its colours alone."""
    return console.is_terminal and console.color_system is not None and not console.no_color


def _word_begin(text: str, start: int, at: int) -> int:
    """Return where the first whole word from `at` on begins; `at` where a passage does, or no space is near."""
    space = re.compile(r"\s").search(text, max(start, at - 1), at + LONGEST_WORD) if at > start else None
    return space.end() if space else at


def _word_end(text: str, start: int, at: int) -> int:
    """Return where the last whole word before `at` ends; `at` where no space is near, the end of a shorter text."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    spaces = [match.start() for match in re.finditer(r"\s", text[start:at])]
    return start + spaces[-1] if spaces and at - start - spaces[-1] <= LONGEST_WORD else at


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def safe(text: str) -> str:
    """Return `text` of the same length without what a terminal would obey: controls and bidirectional overrides."""
    return "".join(" " if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in BIDI else c for c in text)
