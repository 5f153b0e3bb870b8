"""The timeline of an answer, folded beneath it: when what was reported."""

from __future__ import annotations

from qa.chat_reference import reference
from qa.chat_text import Wording, day
from qa.escaping import escape
from qa.marked import marked
from qa.timeline import Moment, Timeline


def timeline_html(found: Timeline, words: Wording) -> str:
    """The moments in order, each a way into its article; nothing where one article alone has anything to say."""
    if len(found.dated) + len(found.undated) < 2:
        return ""
    last = len(found.dated) - 1
    dated = "".join(_moment(each, words, _label(place, last, words)) for place, each in enumerate(found.dated))
    undated = "".join(_moment(each, words, "") for each in found.undated)
    return (
        f'<details class="hb-timeline"><summary>{escape(words.timeline)} '
        f"<small>{len(found.dated) + len(found.undated)}</small></summary>"
        f'<ol class="hb-moments">{dated}{undated}</ol></details>'
    )


def _label(place: int, last: int, words: Wording) -> str:
    if last < 1:
        return ""
    return words.first_reported if place == 0 else words.latest if place == last else ""


def _moment(moment: Moment, words: Wording, label: str) -> str:
    undated = "" if moment.article.published else " hb-undated"
    said = f" <small>{escape(label)}</small>" if label else ""
    return (
        f'<li class="hb-moment{undated}"><p class="hb-when"><b>{escape(day(moment.article.published, words))}</b>{said}'
        f'</p><p class="hb-said" lang="vi">{marked(moment.quote, moment.value)}</p>{_source(moment, words)}</li>'
    )


def _source(moment: Moment, words: Wording) -> str:
    outlet = f" · {escape(moment.article.outlet)}" if moment.article.outlet else ""
    return (
        f'<a class="hb-from" href="{_place(moment)}" title="{escape(words.open_article)}">'
        f'<span lang="vi">{escape(moment.article.headline)}</span>{outlet}</a>'
    )


def _place(moment: Moment) -> str:
    return escape(reference(moment.article, (moment.start, moment.end), None))
