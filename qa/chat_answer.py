"""An Answer -> the HTML of one chat message.

A message is one line that starts with a block tag, so that the chat's Markdown never looks inside it;
the escaped text could not be Markdown anyway. The chat keeps no `data-` or `aria-` attributes: what the
page's script needs stands in `href` and `value`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from index import Article
from qa.chat_differences import differences_html
from qa.chat_filters import request_value
from qa.chat_reference import Span, reference
from qa.chat_text import Wording, age, byline, day, not_found, source_line
from qa.chat_timeline import timeline_html
from qa.escaping import escape
from qa.explain import Explanation
from qa.explain_text import ENGLISH, VIETNAMESE, hit_lines, sentence_lines
from qa.index_version import IndexVersion
from qa.receipt import receipt
from qa.relative_dates import reckoned
from qa.request import Request
from qa.types import Answer, Citation, Hit

# Longer readings of a question are shown as the whole question, not word by word.
PAIRS_SHOWN = 3

# More than this many characters of passages would push the next question off the screen.
OPEN_PASSAGES = 600


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells beside the answer: the request, the line that says of which articles, the index, the day.

    Without `today` no article is said to be old. `link` is the question as an address.
    """

    request: Request
    kept: str = ""
    version: IndexVersion | None = None
    today: date | None = None
    link: str = ""


def question_html(question: str) -> str:
    """The question as its asker typed it; nothing for a question of nothing that can be seen."""
    if not any(letter.isprintable() and not letter.isspace() for letter in question):
        return ""
    return f'<div class="hb-question"><p>{escape(question.strip())}</p></div>'


def note_html(sentence: str) -> str:
    """One line from the page itself: a request, or what went wrong."""
    return f'<div class="hb-note"><p>{escape(sentence)}</p></div>'


def answer_html(answer: Answer, words: Wording, why: Explanation | None = None, told: Told | None = None) -> str:
    """Quotes, their sources and the passages around them; or what was searched in vain and came nearest.

    With `why` each source and passage says, folded, what speaks for it.
    """
    told = told or Told(Request(answer.question.text))
    understood = told.kept + (_as_typed(words) if told.request.as_typed else _understood(answer, told.request, words))
    whys = _Whys(why, words)
    if not answer.found:
        nearest = f'<p class="hb-caution">{escape(words.nearest)}</p>{_passages(answer.hits, (), words, whys)}'
        return (
            f'<div class="hb-answer hb-missing">{understood}'
            f'<p class="hb-notfound">{escape(not_found(answer.searched, words))}</p>'
            f"{nearest if answer.hits else ''}{_after(told, words)}</div>"
        )
    numbers = _numbers(answer.citations)
    quotes = "".join(
        _quote(each, numbers[each.article.article_id], _place(each, answer.hits), words, told.version)
        for each in answer.citations
    )
    return (
        f'<div class="hb-answer">{understood}{quotes}{differences_html(why.differences if why else (), words)}'
        f"{_sources(answer, numbers, words, whys, told.today)}"
        f"{timeline_html(why.timeline, words) if why else ''}"
        f"{_folded(answer.hits, answer.citations, words, whys)}{_after(told, words)}</div>"
    )


def _after(told: Told, words: Wording) -> str:
    """What can be done with the whole answer."""
    if not told.link:
        return ""
    link = f'<button type="button" class="hb-copy hb-link" value="{escape(told.link)}">{escape(words.link)}</button>'
    return f'<p class="hb-after">{link}</p>'


class _Whys:
    """What speaks for each citation and passage, as folded HTML; nothing where no explanation is at hand."""

    def __init__(self, why: Explanation | None, words: Wording) -> None:
        self._why, self._words = why, words
        self._phrases = VIETNAMESE if words.language == "vi" else ENGLISH

    def of_citation(self, citation: Citation) -> str:
        if self._why is None:
            return ""
        places = (citation.article.article_id, citation.start)
        found = (each for each in self._why.sentences if (each.article.article_id, each.start) == places)
        return "".join(self._folded(sentence_lines(each, self._why, self._phrases)) for each in found)

    def of_hit(self, hit: Hit) -> str:
        if self._why is None:
            return ""
        name = hit.passage.passage_id
        found = (each for each in self._why.hits if each.hit.passage.passage_id == name)
        return "".join(self._folded(hit_lines(each, self._why, self._phrases)) for each in found)

    def _folded(self, lines: Iterable[str]) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        return f'<details class="hb-why"><summary>{escape(self._words.why)}</summary><ul>{items}</ul></details>'


def _understood(answer: Answer, request: Request, words: Wording) -> str:
    """How the question was read, for an asker who wrote "Nanning" or "dduwowngf", and the way to have it as typed."""
    question = answer.question
    if not question.replaced:
        return ""
    pairs = ", ".join(f"{escape(typed)} → {escape(name)}" for typed, name in question.replaced)
    read = pairs if len(question.replaced) <= PAIRS_SHOWN else f"“{escape(question.searched)}”"
    return (
        f'<p class="hb-names">{escape(words.names)} {read} · '
        f'<button type="button" class="hb-as-typed hb-ask" value="{request_value(replace(request, as_typed=True))}">'
        f"{escape(words.as_typed)}</button></p>"
    )


def _as_typed(words: Wording) -> str:
    return f'<p class="hb-names">{escape(words.asked_as_typed)}</p>'


def _numbers(citations: Iterable[Citation]) -> dict[str, int]:
    """One number for each article, in order of first citation: two quotes of one article share [1]."""
    numbers: dict[str, int] = {}
    for citation in citations:
        numbers.setdefault(citation.article.article_id, len(numbers) + 1)
    return numbers


def _passage_of(citation: Citation, hits: Iterable[Hit]) -> Span | None:
    for hit in hits:
        passage = hit.passage
        if passage.article_id == citation.article.article_id and (
            passage.start <= citation.start and citation.end <= passage.end
        ):
            return passage.start, passage.end
    return None


def _place(citation: Citation, hits: Iterable[Hit]) -> str:
    span = citation.start, citation.end
    return escape(reference(citation.article, span, _passage_of(citation, hits)))


def _quote(citation: Citation, number: int, place: str, words: Wording, version: IndexVersion | None) -> str:
    copied = escape(source_line(citation.quote, citation.article, words))
    slip = escape(receipt(citation, version, words.language))
    return (
        f'<blockquote class="hb-quote" lang="vi"><p><q>{escape(citation.quote)}</q>&#160;'
        f'<a class="hb-cite" href="{place}" title="{escape(words.open_article)}">[{number}]'
        f"</a></p>{_dates(citation, words)}"
        f'<button type="button" class="hb-copy" value="{copied}">{escape(words.copy)}</button>'
        f'<button type="button" class="hb-copy hb-receipt" value="{slip}">{escape(words.receipt)}</button></blockquote>'
    )


def _dates(citation: Citation, words: Wording) -> str:
    """What "tháng tới" and the like mean, beneath the quote that says them."""
    found = reckoned(citation)
    if not found or citation.article.published is None:
        return ""
    by = words.by_published.format(day=day(citation.article.published, words))
    said = "".join(f"<span>{escape(each)}</span>" for each in found)
    return f'<p class="hb-dates">{said}<small>{escape(by)}</small></p>'


def _headline(article: Article, words: Wording) -> str:
    if article.title is not None:
        return f'<span class="hb-headline" lang="vi">{escape(article.title)}</span>'
    return (
        f'<span class="hb-headline hb-untitled"><i lang="vi">{escape(article.headline)}</i> '
        f"<small>{escape(words.untitled)}</small></span>"
    )


def _sources(answer: Answer, numbers: dict[str, int], words: Wording, whys: _Whys, today: date | None) -> str:
    cards = []
    for number in numbers.values():
        first = next(c for c in answer.citations if numbers[c.article.article_id] == number)
        published = first.article.published
        old = age(published.date(), today, words) if published and today else ""
        details = " · ".join(escape(part) for part in (*byline(first.article, words), old) if part)
        cards.append(
            f'<li><a class="hb-card" href="{_place(first, answer.hits)}" '
            f'title="{escape(words.open_article)}">'
            f'<span class="hb-number">{number}</span><span class="hb-about">{_headline(first.article, words)}'
            f'<span class="hb-byline">{details}</span></span></a>{whys.of_citation(first)}</li>'
        )
    return f'<h3 class="hb-label">{escape(words.sources)}</h3><ul class="hb-sources">{"".join(cards)}</ul>'


def _folded(hits: tuple[Hit, ...], citations: tuple[Citation, ...], words: Wording, whys: _Whys) -> str:
    if not hits:
        return ""
    opened = " open" if sum(len(hit.passage.text) for hit in hits) <= OPEN_PASSAGES else ""
    return (
        f'<details class="hb-related"{opened}>'
        f"<summary>{escape(words.passages)} <small>{len(hits)}</small></summary>"
        f"{_passages(hits, citations, words, whys)}</details>"
    )


def _passages(hits: Iterable[Hit], citations: tuple[Citation, ...], words: Wording, whys: _Whys) -> str:
    return f'<ol class="hb-passages">{"".join(_passage(hit, citations, words, whys) for hit in hits)}</ol>'


def _passage(hit: Hit, citations: tuple[Citation, ...], words: Wording, whys: _Whys) -> str:
    passage = hit.passage
    spans = sorted((c.start, c.end) for c in citations if c.article.article_id == passage.article_id)
    inside = next(((s, e) for s, e in spans if passage.start <= s and e <= passage.end), None)
    place = escape(reference(hit.article, inside, (passage.start, passage.end)))
    return (
        f'<li><a class="hb-passage-source" href="{place}" title="{escape(words.open_article)}">'
        f'<span class="hb-rank">{hit.rank}</span> {_headline(hit.article, words)} '
        f'<span class="hb-day">{escape(day(hit.article.published, words))}</span></a>'
        f'<p lang="vi">{_marked(passage.text, passage.start, spans)}</p>{whys.of_hit(hit)}</li>'
    )


def _marked(text: str, offset: int, spans: Iterable[Span]) -> str:
    """The text, which starts at `offset` of its article, with what lies in the article's spans marked."""
    parts, at = [], 0
    for span in spans:
        start, end = max(span[0] - offset, at), min(span[1] - offset, len(text))
        if start < end:
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join((*parts, escape(text[at:])))
