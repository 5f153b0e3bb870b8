"""Articles that tell different dates or numbers, side by side in an answer: what each says, when, and where."""

from __future__ import annotations

from collections.abc import Sequence

from qa.chat_reference import reference
from qa.chat_text import Wording, day
from qa.differences import Said
from qa.escaping import escape
from qa.marked import marked


def differences_html(found: Sequence[Said], words: Wording) -> str:
    """A card for each article, in the order given; nothing where none differ."""
    if not found:
        return ""
    cards = "".join(_card(each, words) for each in found)
    return (
        f'<h3 class="hb-label">{escape(words.differ)}</h3><ul class="hb-values">{cards}</ul>'
        f'<p class="hb-differ">{escape(words.differ_note)}</p>'
    )


def _card(said: Said, words: Wording) -> str:
    place = escape(reference(said.article, (said.start, said.end), None))
    outlet = f" · {escape(said.article.outlet)}" if said.article.outlet else ""
    by = escape(words.by_report.format(day=day(said.article.published, words)))
    told = f"<b>{escape(said.value)}</b>" if said.value else f'<b class="hb-unsaid">{escape(words.no_value)}</b>'
    return (
        f'<li>{told}<p lang="vi">{marked(said.quote, said.value)}</p>'
        f'<a href="{place}" title="{escape(words.open_article)}">{by}{outlet}</a></li>'
    )
