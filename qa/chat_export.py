"""What the page keeps of a conversation, and the file that is made of it.

The page holds places only: question, article, start and end. Every word of a quote is read from the articles again,
so that no file can hold a sentence that they do not have.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from index import Article
from index.readers.files import INSTALL
from qa.chat_text import Wording
from qa.escaping import plain
from qa.export import FORMATS, Turn
from qa.index_version import IndexVersion
from qa.question import MAX_CHARACTERS
from qa.types import Answer, Citation

TURNS = 500  # of a conversation; a longer one is cut, which nobody reads anyway
PLACES = 20  # of an answer

Library = Mapping[str, Article]


def record_of(question: str, answer: Answer, read_as: str = "") -> dict[str, Any]:
    """Return what the page keeps of an answer; `read_as` is the question with what it took from the one before."""
    places = [[each.article.article_id, each.start, each.end] for each in answer.citations]
    return {"question": question, "read_as": read_as or question, "places": places}


def exported(
    articles: Library, words: Wording, version: IndexVersion | None, today: date, sent: object
) -> dict[str, str]:
    """Return name, media type and text, or base64, of the file for {format, turns: [record, …]}.

    The request comes from anybody: what is no format gets {"error": one line}, what is no place is left out. A place
    in an article that is not there any more is counted as lost.
    """
    asked = sent if isinstance(sent, dict) else {}
    made = FORMATS.get(asked["format"]) if isinstance(asked.get("format"), str) else None
    turns = asked.get("turns")
    if made is None or not isinstance(turns, list):
        return {"error": words.failed}
    read = [turn for each in turns[:TURNS] if (turn := _turn(articles, each)) is not None]
    name = f"hoibao-{today.isoformat()}.{made.ending}"
    try:
        file = made.write(read, version, words.language)
    except ImportError:
        return {"error": words.no_word.format(install=INSTALL)}
    head = {"name": name, "type": made.media_type}
    if isinstance(file, bytes):
        return {**head, "base64": b64encode(file).decode("ascii")}
    return {**head, "text": plain_file(file)}


def plain_file(text: str) -> str:
    """Return the text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _turn(articles: Library, sent: object) -> Turn | None:
    record = sent if isinstance(sent, dict) else {}
    question, places, read_as = record.get("question"), record.get("places"), record.get("read_as")
    if not isinstance(question, str) or not isinstance(places, list):
        return None
    found = (citation_at(articles, place) for place in places[:PLACES])
    lost = sum(_names_no_article(articles, place) for place in places[:PLACES])
    read = plain(read_as[:MAX_CHARACTERS]) if isinstance(read_as, str) and read_as != question else ""
    return Turn(plain(question[:MAX_CHARACTERS]), tuple(each for each in found if each is not None), lost, read)


def _names_no_article(articles: Library, place: object) -> bool:
    """Return whether that may have been a place once, in an article that is not there."""
    if not isinstance(place, list) or len(place) != 3 or not isinstance(place[0], str):
        return False
    start, end = place[1:]
    return place[0] not in articles and type(start) is int and type(end) is int and 0 <= start < end


def citation_at(articles: Library, place: object) -> Citation | None:
    """Return the words at [article_id, start, end], which comes from anybody; None for what is no place."""
    if not isinstance(place, list) or len(place) != 3:
        return None
    name, start, end = place
    article = articles.get(name) if isinstance(name, str) else None
    if article is None or type(start) is not int or type(end) is not int:
        return None
    if not 0 <= start < end <= len(article.text):
        return None
    return Citation(article, start, end, article.text[start:end], 0.0)
