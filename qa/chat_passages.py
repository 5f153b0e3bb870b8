"""Passages of an answer as HTML: the first ones, the others folded, what is cited marked, and why each was found."""

from __future__ import annotations

from collections.abc import Iterable

from index import Article
from qa.chat_reference import Span, reference
from qa.chat_text import Wording, day
from qa.escaping import escape
from qa.explain import Explanation
from qa.explain_text import ENGLISH, VIETNAMESE, hit_lines, sentence_lines
from qa.types import Citation, Hit

# Passages that stand open; the rest is folded. Longer ones begin near the sentence that is cited from them.
OPEN_PASSAGES = 3
LEAD = 160  # characters that may stand before that sentence


class Whys:
    """What speaks for each citation and passage, as folded HTML; nothing where no explanation is at hand."""

    def __init__(self, why: Explanation | None, words: Wording) -> None:
        self._why, self._words = why, words
        self._phrases = VIETNAMESE if words.language == "vi" else ENGLISH

    def of_citation(self, citation: Citation) -> str:
        """What speaks for a sentence that is cited."""
        if self._why is None:
            return ""
        places = (citation.article.article_id, citation.start)
        found = (each for each in self._why.sentences if (each.article.article_id, each.start) == places)
        return "".join(self._folded(sentence_lines(each, self._why, self._phrases)) for each in found)

    def of_hit(self, hit: Hit) -> str:
        """What speaks for a passage, and why nothing of it is cited."""
        if self._why is None:
            return ""
        name = hit.passage.passage_id
        found = (each for each in self._why.hits if each.hit.passage.passage_id == name)
        return "".join(self._folded(hit_lines(each, self._why, self._phrases)) for each in found)

    def _folded(self, lines: Iterable[str]) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        return f'<details class="hb-why"><summary>{escape(self._words.why)}</summary><ul>{items}</ul></details>'


def related_html(label: str, hits: tuple[Hit, ...], citations: tuple[Citation, ...], words: Wording, whys: Whys) -> str:
    """The first passages below their label, and the others folded; nothing where there are none."""
    if not hits:
        return ""
    first, rest = hits[:OPEN_PASSAGES], hits[OPEN_PASSAGES:]
    more = (
        f'<details class="hb-related"><summary>{escape(words.more_passages.format(count=len(rest)))}</summary>'
        f"{_passages(rest, citations, words, whys)}</details>"
    )
    return f"{label}{_passages(first, citations, words, whys)}{more if rest else ''}"


def _passages(hits: Iterable[Hit], citations: tuple[Citation, ...], words: Wording, whys: Whys) -> str:
    return f'<ol class="hb-passages">{"".join(_passage(hit, citations, words, whys) for hit in hits)}</ol>'


def _passage(hit: Hit, citations: tuple[Citation, ...], words: Wording, whys: Whys) -> str:
    passage = hit.passage
    spans = sorted((c.start, c.end) for c in citations if c.article.article_id == passage.article_id)
    inside = next(((s, e) for s, e in spans if passage.start <= s and e <= passage.end), None)
    place = escape(reference(hit.article, inside, (passage.start, passage.end)))
    return (
        f'<li><a class="hb-passage-source" href="{place}" title="{escape(words.open_article)}">'
        f'<span class="hb-rank">{hit.rank}</span> {headline_html(hit.article, words)} '
        f'<span class="hb-day">{escape(day(hit.article.published, words))}</span></a>'
        f'<p lang="vi">{_from_mark(hit, spans)}</p>{whys.of_hit(hit)}</li>'
    )


def _from_mark(hit: Hit, spans: Iterable[Span]) -> str:
    """The passage with what is cited marked; what stands far before it is left out, which "…" says."""
    text, start = hit.passage.text, hit.passage.start
    first = min((s for s, e in spans if start <= s and e <= start + len(text)), default=start)
    if first - start <= LEAD:
        return _marked(text, start, spans)
    return "… " + _marked(text[first - start :], first, spans)


def _marked(text: str, offset: int, spans: Iterable[Span]) -> str:
    """The text, which starts at `offset` of its article, with what lies in the article's spans marked."""
    parts, at = [], 0
    for span in spans:
        start, end = max(span[0] - offset, at), min(span[1] - offset, len(text))
        if start < end:
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join((*parts, escape(text[at:])))


def headline_html(article: Article, words: Wording) -> str:
    """The headline, or the beginning of an article that has none."""
    if article.title is not None:
        return f'<span class="hb-headline" lang="vi">{escape(article.title)}</span>'
    return (
        f'<span class="hb-headline hb-untitled"><i lang="vi">{escape(article.headline)}</i> '
        f"<small>{escape(words.untitled)}</small></span>"
    )
