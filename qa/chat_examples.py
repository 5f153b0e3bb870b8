"""The questions that the first screen offers: only such as the library answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from index import Article
from qa.question import QuestionError
from qa.request import Request, asked

if TYPE_CHECKING:
    from qa.chat_desk import Library

# Questions to the articles that come with HỏiBáo, by the language of the page.
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "vi": (
        "Khi nào mở đường bay Nam Ninh – Hải Phòng?",
        "Hải Phòng có bao nhiêu dự án từ Trung Quốc?",
        "Ai phát biểu khai mạc hội nghị hành lang kinh tế?",
        "Kim ngạch thương mại giữa Việt Nam và Quảng Đông năm 2023?",
    ),
    "en": (
        "When did direct flights between Nanning and Haiphong start?",
        "How many projects does Haiphong have from China?",
        "Who is the Secretary of the Haiphong Party Committee?",
        "How much was the trade turnover between Vietnam and Guangdong in 2023?",
    ),
}
OFFERED = 4
TRIED = 8  # headlines that are asked at most; a question takes some 30 ms, and the page waits for them
LOOKED_AT = 100  # of the newest articles, for headlines that can be put as questions
LONGEST = 80  # characters of a headline that fits a phone as a question
_SIGNS = frozenset(" ,.-–%/()“”\"'")  # of a headline that is one: no markup, no address


def examples_of(library: Library, language: str, today: date) -> tuple[str, ...]:
    """Return questions that the library answers, at most `OFFERED`; none where it answers none that is tried.

    Those that come with HỏiBáo are offered if it answers all of them: one alone may be found by chance. In place of
    them stand headlines of its newest articles, each put as a question that an article of that headline answers.
    """
    known = EXAMPLES[language]
    if all(_cited(library, question, today) for question in known):
        return known
    tried = islice(_headlines(library.articles.values()), TRIED)
    found = (
        question
        for title, question in tried
        if (article := _cited(library, question, today)) is not None and article.title == title
    )
    return tuple(islice(found, OFFERED))


def _cited(library: Library, question: str, today: date) -> Article | None:
    """Return the article that is cited first; None where nothing is found."""
    put = asked(Request(question), today, None)
    try:
        answer = library.ask(put.question, only=put.kept.only)
    except QuestionError:
        return None
    return answer.citations[0].article if answer.found else None


def _headlines(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Yield headlines of the newest articles, each once, and as questions: "Giá gạo tăng", "Giá gạo tăng?"."""
    seen: set[str] = set()
    for article in nlargest(LOOKED_AT, articles, key=_newest_first):
        title = article.title or ""
        fits = 0 < len(title) <= LONGEST and all(sign.isalnum() or sign in _SIGNS for sign in title.rstrip("?!"))
        if fits and title not in seen:
            seen.add(title)
            yield title, title.rstrip("?!. ") + "?"


def _newest_first(article: Article) -> tuple[date, str]:
    return article.published.date() if article.published else date.min, article.path
