"""What is told of the near copies of an article: how many there are, which is the earliest, and who has the others."""

from __future__ import annotations

from index import Article
from index.types import Story

OTHERS_NAMED = 3
_VIETNAMESE = ("Cùng tin: {texts} bài{places}, sớm nhất: {first}", " ({places} nơi đăng)", "bài này", "; còn {others}")
_ENGLISH = (
    "Same story: {texts} articles{places}, earliest: {first}",
    " ({places} places)",
    "this one",
    "; {others}",
)


def story_line(story: Story | None, shown: Article, language: str = "vi") -> str:
    """Return the line that stands with `shown`, one article of `story`; "" where it is alone."""
    if story is None:
        return ""
    line, with_places, this, rest = _VIETNAMESE if language == "vi" else _ENGLISH
    first, *later = story.articles
    others = [each for each in later if each.article_id != shown.article_id]
    named = ", ".join(_where(each, language) for each in others[:OTHERS_NAMED])
    more = f" +{len(others) - OTHERS_NAMED}" if len(others) > OTHERS_NAMED else ""
    return line.format(
        texts=story.texts,
        places=with_places.format(places=story.places) if story.places > story.texts else "",
        first=this if first.article_id == shown.article_id else _where(first, language),
    ) + (rest.format(others=named + more) if others else "")


def _where(article: Article, language: str) -> str:
    unknown = "không rõ ngày" if language == "vi" else "date unknown"
    day = f"{article.published:%d/%m/%Y}" if article.published else unknown
    return f"{article.outlet or article.headline}, {day}"
