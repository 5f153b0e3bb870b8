"""The parts of the page that no question changes: masthead, empty reading panel, styles and scripts.

All of it is our own text; no word of an article passes through here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files

from index import Article
from qa.chat_text import Wording, corpus
from qa.escaping import json_for_html
from qa.question import MAX_CHARACTERS
from qa.types import Searched


def read(name: str) -> str:
    """A file of the page: style, script or icon."""
    return (files("qa") / "page" / name).read_text(encoding="utf-8")


def head(words: Wording) -> str:
    """Icon, styles and script. The script is told its words as JSON that cannot end it."""
    said = json_for_html({**asdict(words), "question_limit": MAX_CHARACTERS})
    scripts = read("page.js").replace("SAID", said, 1) + read("asking.js")
    return f"{read('icon.html')}<style>{read('page.css')}{read('asking.css')}</style><script>{scripts}</script>"


def searched(articles: Iterable[Article]) -> Searched:
    """How many articles there are, and the days of the oldest and the newest dated one."""
    held = list(articles)
    days = [article.published.date() for article in held if article.published is not None]
    return Searched(len(held), min(days, default=None), max(days, default=None))


def masthead(articles: Iterable[Article], words: Wording) -> str:
    """The name, what it does, what it searches, and the ways to the other language and the other theme."""
    return (
        f'<header class="hb-masthead"><div class="hb-ears"><p class="hb-corpus">'
        f'{corpus(searched(articles), words)}</p><div class="hb-switches">{_keep(words)}'
        f'<button type="button" id="hb-clear">{words.clear}</button>'
        f'<a href="{words.other_path}" hreflang="{words.other_language}" lang="{words.other_language}">'
        f'{words.other_name}</a><button type="button" id="hb-theme">{words.dark}</button></div></div>'
        f'<h1><a class="hb-name" href="{words.path}">Hỏi<b>Báo</b></a></h1>'
        f'<p class="hb-tagline">{words.tagline}</p></header>'
    )


def _keep(words: Wording) -> str:
    """The ways to save the conversation, seen once there is one."""
    said = {
        "md": words.keep_md,
        "docx": words.keep_docx,
        "csv": words.keep_csv,
        "ris": words.keep_ris,
        "csl": words.keep_csl,
    }
    ways = "".join(f'<button type="button" class="hb-save" value="{way}">{text}</button>' for way, text in said.items())
    return f'<details class="hb-keep"><summary>{words.keep}</summary><div>{ways}</div></details>'


def welcome(words: Wording) -> str:
    """What stands above the question box until something is asked."""
    return f'<h2 class="hb-invitation">{words.invitation}</h2><p class="hb-aside">{words.aside}</p>'


def panel(words: Wording) -> str:
    """The empty reading panel; its script fills it."""
    return (
        '<div class="hb-shade"></div>'
        f'<aside class="hb-panel" role="dialog" aria-label="{words.reading}" hidden>'
        f'<div class="hb-tools"><div class="hb-marks" hidden>'
        f'<button type="button" class="hb-mark" value="-1" aria-label="{words.previous_mark}" '
        f'title="{words.previous_mark}">↑</button>'
        f'<button type="button" class="hb-mark" value="1" aria-label="{words.next_mark}" '
        f'title="{words.next_mark}">↓</button><span class="hb-which" role="status"></span></div>'
        f'<button type="button" class="hb-only">{words.only_this}</button>'
        f'<button type="button" class="hb-point" hidden>{words.this_is_right}</button>'
        f'<button type="button" class="hb-copy" hidden>{words.copy}</button>'
        f'<button type="button" class="hb-close" aria-label="{words.close}">×</button></div>'
        '<article class="hb-article" lang="vi"><p class="hb-error" role="alert"></p>'
        '<h2 class="hb-title" tabindex="-1"></h2><p class="hb-byline"></p><div class="hb-text"></div>'
        '<p class="hb-original"><a target="_blank" rel="noopener noreferrer"></a></p><p class="hb-file"></p>'
        "</article></aside>"
    )
