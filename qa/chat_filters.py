"""Which articles are asked: the folded choice above the question box, and the chips of an answer that undo it.

The choice itself is kept by the page's script and comes with each question. A chip carries, in its `value`, the
request without what it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from index import Article
from qa.chat_text import Wording
from qa.escaping import escape
from qa.filters import Filter, days_label, outlets_of
from qa.follow_up import FollowUp
from qa.request import Asked, Request, request_object, without_days

# A browser lets years have six digits unless it is told; no other than four are a day here.
_LAST_DAY = 'max="9999-12-31"'


def request_value(request: Request) -> str:
    """The request for the `value` of a button."""
    return escape(json.dumps(request_object(request), ensure_ascii=False))


def kept_html(request: Request, asked: Asked, articles: Mapping[str, Article], words: Wording) -> str:
    """Which articles were asked, each condition a chip that asks again without it; nothing where all were."""
    kept, chips = asked.kept, []
    if kept.first or kept.last:
        chips.append(_chip(days_text(kept, words), without_days(request), words))
    if kept.outlet:
        question = asked.outlet.rest if asked.outlet else request.question
        without = replace(request, question=question, kept=replace(request.kept, outlet=None))
        chips.append(_chip(kept.outlet, without, words))
    if kept.article_ids:
        one = next((articles[name] for name in kept.article_ids if name in articles), None)
        said = f"“{one.headline}”" if one and len(kept.article_ids) == 1 else words.few_articles
        without = replace(request, kept=replace(request.kept, article_ids=frozenset()))
        chips.append(_chip(said, without, words))
    if not chips:
        return f'<p class="hb-kept">{escape(words.every_time)}</p>' if request.every_time else ""
    by = f" <small>{escape(words.by_words.format(said=asked.said))}</small>" if asked.said else ""
    return f'<p class="hb-kept">{escape(words.kept)} {" ".join(chips)}{by}</p>'


def follow_html(request: Request, followed: FollowUp | None, words: Wording) -> str:
    """What the question took from the one before, and the way to ask it by itself; nothing where it took nothing."""
    if followed is None:
        return f'<p class="hb-names">{escape(words.asked_alone)}</p>' if request.alone else ""
    parts = [*followed.names, *([f"“{followed.said}”"] if followed.said else [])]
    parts = [f"“{followed.question}”"] if followed.whole else parts
    return (
        f'<p class="hb-names hb-follow">{escape(words.goes_on)} {escape(", ".join(parts))} · '
        f'<button type="button" class="hb-as-typed hb-ask" value="{request_value(replace(request, alone=True))}">'
        f"{escape(words.ask_alone)}</button></p>"
    )


def days_text(kept: Filter, words: Wording) -> str:
    """ "đăng 08/2024", "đăng từ 01/01/2024": the days of publication in words."""
    first, whole, last = days_label(kept.first, kept.last)
    parts = (words.since.format(day=first) if first else "", whole, words.until.format(day=last) if last else "")
    return words.published.format(days=" ".join(part for part in parts if part))


def choice(articles: Iterable[Article], words: Wording) -> str:
    """The fields for days and outlet, folded away, and room for the chips of what was chosen."""
    outlets = outlets_of(articles)
    options = "".join(f"<option>{escape(outlet)}</option>" for outlet in outlets)
    outlet = (
        f'<label>{words.outlet}<select name="outlet" aria-label="{words.outlet}">'
        f'<option value="">{words.any_outlet}</option>{options}</select>'
        "</label>"
        if outlets
        else ""
    )
    return (
        f'<details class="hb-choice"><summary>{words.choose}</summary><form class="hb-fields">'
        f'<label>{words.from_day}<input type="date" name="from" {_LAST_DAY}></label>'
        f'<label>{words.to_day}<input type="date" name="to" {_LAST_DAY}></label>{outlet}</form></details>'
        '<p class="hb-chosen" role="status"></p>'
    )


def _chip(text: str, without: Request, words: Wording) -> str:
    return (
        f'<button type="button" class="hb-chip hb-ask" value="{request_value(without)}" '
        f'title="{escape(words.drop)}">{escape(text)}<span>×</span></button>'
    )
