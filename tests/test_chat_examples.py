"""What the first screen offers to ask: questions in its own language that its own articles answer, or none."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from browser.newsstand import FERRY, HOSTILE, Newsstand, citation
from conftest import ROOT
from starlette.testclient import TestClient

from index import Encoder, PassageIndex
from index.passage_index import Only
from qa import Assistant, chat
from qa.chat_desk import Desk
from qa.chat_examples import EXAMPLES, LONGEST, TRIED, examples_of
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.request import Request
from qa.types import Answer

TODAY = date(2026, 3, 5)


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    """A library of two articles that say nothing of what the articles of HỏiBáo say."""
    directory = tmp_path_factory.mktemp("provinces") / "index"
    return Assistant(PassageIndex.build(ROOT / "tests" / "old_indexes" / "articles", directory, encoder))


def offered(library: Assistant | Newsstand, path: str) -> list[str]:
    """What stands on the buttons of that page."""
    with TestClient(chat.create_app(library), base_url="http://127.0.0.1:7860") as client:
        parts = client.get(f"{path}config").json()["components"]
    return [each["props"]["value"] for each in parts if "hb-example" in (each["props"].get("elem_classes") or [])]


def test_over_the_articles_of_hoibao_each_page_offers_its_questions_in_its_language(assistant: Assistant) -> None:
    assert offered(assistant, "/") == list(EXAMPLES["vi"])
    assert offered(assistant, "/en/") == list(EXAMPLES["en"])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (EXAMPLES["en"][0], "ngày 7/1/2025"),
        (EXAMPLES["en"][1], "440 dự án"),
        (EXAMPLES["en"][2], "Lê Tiến Châu"),
        (EXAMPLES["en"][3], "48,24 tỷ USD"),
    ],
)
def test_the_english_examples_are_answered_by_what_they_ask_for(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).citations[0].quote


def test_over_other_articles_their_own_headlines_are_offered_and_found(provinces: Assistant) -> None:
    headlines = ["Thư viện Kon Tum nhận sách?", "Bến Tre mở chợ nổi?"]
    assert sorted(offered(provinces, "/")) == sorted(headlines)
    for question in headlines:
        first = provinces.ask(question).citations[0].article
        assert first.title == question.rstrip("?")


def test_where_nothing_is_surely_found_nothing_is_offered_and_the_hint_names_no_example() -> None:
    assert offered(Newsstand(), "/") == offered(Newsstand(), "/en/") == []
    for words in (VIETNAMESE, ENGLISH):
        note = html.unescape(Desk(Newsstand(), words).reply(Request(""))[0])
        assert words.empty in note and not any(each in note for each in EXAMPLES[words.language])


@dataclass(frozen=True)
class Told(Newsstand):
    """Answers every question that is the headline of one of its articles; keeps what it was asked."""

    questions: list[str] = field(default_factory=list)

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        self.questions.append(text)
        found = super().ask("Giá vàng?", k, only)
        cited = next((each for each in self.articles.values() if f"{each.title}?" == text), None)
        return replace(found, citations=(citation(cited, cited.text),), found=True) if cited else found


def of(*titles: str | None) -> Told:
    """A library of an article for each headline."""
    articles = [replace(FERRY, article_id=f"{n:02}", path=f"{n:02}.txt", title=each) for n, each in enumerate(titles)]
    return Told({each.article_id: each for each in articles})


def test_only_a_headline_that_reads_as_a_question_is_offered_and_each_once() -> None:
    library = of(None, HOSTILE.title, "x" * (LONGEST + 1), "xem https://a.example", "Giá gạo tăng", "Giá gạo tăng")
    assert examples_of(library, "vi", TODAY) == ("Giá gạo tăng?",)
    assert library.questions == [EXAMPLES["vi"][0], "Giá gạo tăng?"]


def test_the_page_does_not_wait_for_more_than_a_few_questions() -> None:
    library = of(*(f"Tin số {number}" for number in range(50)))
    assert examples_of(library, "vi", TODAY) == tuple(f"Tin số {number}?" for number in (49, 48, 47, 46))
    unanswered = of(*(f"Tin số {number}!" for number in range(50)))  # it knows "Tin số 1!?" only
    assert examples_of(unanswered, "vi", TODAY) == ()
    assert len(unanswered.questions) == 1 + TRIED
