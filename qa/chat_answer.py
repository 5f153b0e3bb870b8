"""An Answer -> the HTML of one chat message.

A message is one line that starts with a block tag, so that the chat's Markdown never looks inside it;
the escaped text could not be Markdown anyway. The chat keeps no `data-` or `aria-` attributes: what the
page's script needs stands in `href` and `value`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from qa.chat_differences import differences_html
from qa.chat_filters import request_value
from qa.chat_passages import Whys, headline_html, related_html
from qa.chat_reference import Span, reference
from qa.chat_text import Wording, age, also_published, byline, day, not_found, source_line
from qa.chat_timeline import timeline_html
from qa.escaping import escape
from qa.explain import Explanation
from qa.index_version import IndexVersion
from qa.receipt import receipt
from qa.relative_dates import reckoned
from qa.request import Request
from qa.story_line import story_line
from qa.types import Answer, Citation, Hit

# Longer readings of a question are shown as the whole question, not word by word.
PAIRS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells beside the answer: the request, the line that says of which articles, the index, the day.

    Without `today` no article is said to be old. `link` is the question as an address, `correct` what a reader
    can say of the answer.
    """

    request: Request
    kept: str = ""
    version: IndexVersion | None = None
    today: date | None = None
    link: str = ""
    correct: str = ""


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
    whys = Whys(why, words)
    if not answer.found:
        caution = f'<p class="hb-caution">{escape(words.nearest)}</p>'
        return (
            f'<div class="hb-answer hb-missing">{understood}'
            f'<p class="hb-notfound">{escape(not_found(answer.searched, words))}</p>'
            f"{_after(told, words)}{related_html(caution, answer.hits, (), words, whys)}</div>"
        )
    numbers = _numbers(answer.citations)
    quotes = "".join(
        _quote(each, numbers[each.article.article_id], _place(each, answer.hits), words, told.version)
        for each in answer.citations
    )
    label = f'<h3 class="hb-label hb-passages-label">{escape(words.passages)}</h3>'
    return (
        f'<div class="hb-answer">{understood}{quotes}{differences_html(why.differences if why else (), words)}'
        f"{_sources(answer, numbers, words, whys, told.today)}"
        f"{timeline_html(why.timeline, words) if why else ''}"
        f"{_after(told, words)}{related_html(label, answer.hits, answer.citations, words, whys)}</div>"
    )


def _after(told: Told, words: Wording) -> str:
    """What can be done with the whole answer."""
    if not told.link:
        return ""
    link = f'<button type="button" class="hb-copy hb-link" value="{escape(told.link)}">{escape(words.link)}</button>'
    return f'<div class="hb-after">{link}{told.correct}</div>'


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


def _sources(answer: Answer, numbers: dict[str, int], words: Wording, whys: Whys, today: date | None) -> str:
    cards = []
    for number in numbers.values():
        first = next(c for c in answer.citations if numbers[c.article.article_id] == number)
        published = first.article.published
        old = age(published.date(), today, words) if published and today else ""
        also = also_published(first.article, words)
        elsewhere = f"{words.also} {'; '.join(also)}" if also else ""
        story = story_line(first.story, first.article, words.language)
        details = " · ".join(escape(part) for part in (*byline(first.article, words), old, elsewhere, story) if part)
        cards.append(
            f'<li><a class="hb-card" href="{_place(first, answer.hits)}" '
            f'title="{escape(words.open_article)}">'
            f'<span class="hb-number">{number}</span><span class="hb-about">{headline_html(first.article, words)}'
            f'<span class="hb-byline">{details}</span></span></a>{whys.of_citation(first)}</li>'
        )
    return f'<h3 class="hb-label">{escape(words.sources)}</h3><ul class="hb-sources">{"".join(cards)}</ul>'
