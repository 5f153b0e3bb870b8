"""Sixty hostile texts in every field, without a browser: what is sent is our own elements around their letters."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from browser.newsstand import Newsstand
from hostile_texts import TEXTS, Gazette, harmless
from starlette.testclient import TestClient

from qa import chat
from qa.chat_desk import Desk
from qa.chat_filters import choice
from qa.chat_reading import reading
from qa.chat_text import ENGLISH, VIETNAMESE, Wording
from qa.escaping import plain
from qa.request import Request

FIELDS = ("hb-headline", "hb-byline", "hb-day")


class Read(HTMLParser):
    """The elements of a piece of HTML, and the text of each that has a class."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name = given.get("class") or tag
        self.elements.append(f"{tag}.{name}[{' '.join(sorted(given))}]")
        self.addresses += [value or "" for key, value in attributes if key in ("href", "src", "action", "style")]
        self._open.append(name)
        self.texts.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self.texts[name][-1] += data


def test_there_are_sixty_and_no_two_are_the_same() -> None:
    assert len(set(TEXTS)) == 60


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_a_message_of_hostile_articles_has_the_elements_of_one_of_harmless_articles(words: Wording) -> None:
    hostile, tame = (
        Desk(Gazette(texts=texts), words).reply(Request("phà?"))[0] for texts in (TEXTS, tuple(map(harmless, TEXTS)))
    )
    found = Read(hostile)
    assert found.elements == Read(tame).elements and "\n" not in hostile
    assert all(address.startswith("#bai/") for address in found.addresses)
    assert found.texts["q"] == [plain(f"{text}\nhết") for text in TEXTS]
    for number, text in enumerate(TEXTS):
        assert found.texts["hb-headline"][number] == plain(text)
        assert found.texts["hb-byline"][number].startswith(f"{plain(text)} · 02/01/2024 · {plain(text)}")


@pytest.mark.parametrize("text", TEXTS, ids=range(60))
def test_a_hostile_question_is_repeated_letter_for_letter(text: str) -> None:
    shown, message, _ = Desk(Newsstand(), VIETNAMESE).turn({"question": text})
    found = Read(shown)
    assert found.elements == ["div.hb-question[class]", "p.p[]"] and found.texts["p"] == [plain(text.strip())]
    assert "<script" not in message and "<img" not in message


@pytest.mark.parametrize("number", range(60))
def test_a_hostile_article_opens_as_text_and_its_address_only_if_it_is_one_of_the_web(number: int) -> None:
    gazette = Gazette()
    article = list(gazette.articles.values())[number]
    page = Desk(gazette, VIETNAMESE).open_article({"article_id": article.article_id, "quote": [0, len(article.text)]})
    assert page["title"] == plain(TEXTS[number]) and page["url"] == ""
    paragraphs = page["paragraphs"]
    assert isinstance(paragraphs, list)
    shown = ["".join(piece["text"] for piece in pieces) for pieces in paragraphs]
    assert shown == [plain(line) for line in article.text.split("\n") if line]


@pytest.mark.parametrize("text", TEXTS, ids=range(60))
def test_an_address_that_goes_on_with_a_hostile_text_stays_one_address(text: str) -> None:
    article = replace(next(iter(Gazette().articles.values())), url=f"https://bao.example/{text}")
    url = reading({"a": article}, VIETNAMESE, {"article_id": "a"})["url"]
    assert isinstance(url, str) and (url == "" or url.startswith("https://bao.example/"))
    assert not set(url) & set("<>\"'`{}\\ \n\t") and url.isascii()


def test_hostile_outlets_are_choices_of_a_list_and_nothing_else() -> None:
    found = Read(choice(Gazette().articles.values(), VIETNAMESE))
    assert (
        found.elements
        == Read(
            choice(Gazette(texts=tuple(f"{text}" for text in map(str, range(60)))).articles.values(), VIETNAMESE)
        ).elements
    )
    assert sorted(found.texts["option"][1:]) == sorted(plain(text) for text in TEXTS)


def test_over_http_a_program_gets_the_same_letters_as_data() -> None:
    with TestClient(chat.create_app(Gazette()), base_url="http://127.0.0.1") as client:
        event = client.post("/gradio_api/call/ask", json={"data": ["phà?"]}).json()["event_id"]
        answer = client.get(f"/gradio_api/call/ask/{event}")
        page = client.get("/")
    assert answer.headers["content-type"].startswith("text/event-stream")
    (made,) = json.loads(answer.text.split("data: ", 1)[1])
    assert [each["quote"] for each in made["answers"]] == [f"{text}\nhết" for text in TEXTS]
    assert "<img src=x" not in page.text and "<script>window.hacked" not in page.text
