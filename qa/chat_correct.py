"""What a reader can say of an answer: that it is right, which sentence is, or that the articles do not say.

Each button carries in its `value` what it says: places, never words; the sentences are read from the articles again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from index import Article
from qa.chat_export import PLACES, citation_at
from qa.chat_text import Wording
from qa.escaping import escape
from qa.explain import ExplainedSentence, Explanation
from qa.feedback import FeedbackError, add, chosen_object, feedback_of
from qa.index_version import IndexVersion
from qa.request import Request

SHOWN = 140  # characters of a sentence that stand on its button


def correct_html(record: Mapping[str, Any], why: Explanation, words: Wording, request: Request) -> str:
    """The two judgements of an answer to `request`; behind "not right", folded, the sentences to choose among."""
    cited = {(article_id, start) for article_id, start, _ in record["places"]}
    others = [each for each in why.sentences if (each.article.article_id, each.start) not in cited]
    said = {"question": record["read_as"], "places": record["places"]}
    if chosen := chosen_object(request):
        said["chosen"] = chosen
    right = _button(said, "right", words.right, words) if cited else ""
    choices = "".join(f"<li>{_choice(said, each, words)}</li>" for each in others)
    return (
        f'<div class="hb-correct">{right}<details class="hb-wrong"><summary>{escape(words.wrong)}</summary>'
        f"<p>{escape(words.which_is_right)}</p><ul>{choices}"
        f"<li>{_button(said, 'not_said', words.not_said, words)}</li>"
        f"<li>{_button(said, 'wrong', words.only_wrong, words)}</li></ul></details></div>"
    )


def corrected(
    articles: Mapping[str, Article], words: Wording, version: IndexVersion | None, path: Path, sent: object
) -> dict[str, str]:
    """Keep what a page sent in the file, and return {"said": a line}, or {"error": a line} where it makes no sense."""
    said = sent if isinstance(sent, dict) else {}
    places = said.get("places")
    found = (citation_at(articles, place) for place in (places[:PLACES] if isinstance(places, list) else ()))
    cited = [each for each in found if each is not None]
    try:
        add(path, feedback_of(said, articles, cited, version.name if version else "", datetime.now().astimezone()))
    except FeedbackError:
        return {"error": words.not_kept}
    return {"said": words.thanks}


def _choice(said: Mapping[str, Any], each: ExplainedSentence, words: Wording) -> str:
    quote = each.quote if len(each.quote) <= SHOWN else f"{each.quote[:SHOWN].rsplit(' ', 1)[0]} …"
    place = [each.article.article_id, each.start, each.end]
    return _button(said, "passage", f"“{quote}”", words, place)


def _button(
    said: Mapping[str, Any], verdict: str, text: str, words: Wording, place: Iterable[object] | None = None
) -> str:
    told = {**said, "verdict": verdict, **({"place": list(place)} if place else {})}
    value = json.dumps(told, ensure_ascii=False)
    title = f' title="{escape(words.this_is_right)}"' if place else ""
    return f'<button type="button" class="hb-vote" value="{escape(value)}"{title}>{escape(text)}</button>'
