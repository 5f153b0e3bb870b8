"""A conversation outlives the articles that it cites: what the chat makes of places that were changed or deleted."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from base64 import b64decode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from browser.newsstand import FERRY, MARKET, Newsstand, citation
from conftest import SEEDS
from docx import Document

from index import Encoder, PassageIndex
from index.sync import sync
from qa import Assistant
from qa.chat_desk import Desk
from qa.chat_shelf import Shelf
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.filters import Filter
from qa.request import Request

QUESTION = "Tuyến bay thẳng Nam Ninh – Hải Phòng khai thông ngày nào?"
LINE = "\nBáo sẽ tiếp tục cập nhật thông tin về chuyến thăm này trong các bản tin sau của thành phố.\n"
LAST = citation(FERRY, "Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.")
FERRY_PLACE: list[object] = [FERRY.article_id, LAST.start, LAST.end]
GONE_PLACE: list[object] = ["c4fd95664bfa7d19", 812, 1058]


@dataclass(frozen=True)
class Edited:
    """An answer of the seeds, as the page keeps it, and the library after the article that it cites was changed."""

    library: Assistant
    record: dict[str, Any]
    message: str
    quote: str

    @property
    def cited_id(self) -> str:
        return str(self.record["places"][0][0])


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Edited:
    place = tmp_path_factory.mktemp("edited")
    folder, directory = place / "articles", place / "index"
    shutil.copytree(SEEDS, folder)
    before = Assistant(PassageIndex.build(folder, directory, encoder))
    _, message, record = Desk(before, VIETNAMESE, feedback=place / "unused.jsonl").turn({"question": QUESTION})
    article_id, start, end = record["places"][0]
    cited = before.articles[article_id]
    file = folder / cited.path
    file.write_text(file.read_text(encoding="utf-8") + LINE, encoding="utf-8")
    sync(folder, directory, encoder)
    return Edited(Assistant.open(directory, encoder), record, message, cited.text[start:end])


def saved(desk: Desk, kind: str, *records: object) -> str:
    made = desk.export({"format": kind, "turns": list(records)})
    if "base64" in made:
        paragraphs = Document(io.BytesIO(b64decode(made["base64"]))).paragraphs
        return "\n".join(paragraph.text for paragraph in paragraphs)
    return made["text"].replace("\\", "")


@pytest.mark.parametrize("kind", ["md", "docx", "csv", "ris", "csl"])
def test_an_answer_is_saved_with_its_quote_after_the_article_was_changed(edited: Edited, kind: str) -> None:
    assert edited.cited_id not in edited.library.articles
    text = saved(Desk(edited.library, VIETNAMESE), kind, edited.record)
    assert edited.quote in text and "Không tìm thấy" not in text and "không còn mở được" not in text


def test_a_reader_can_say_that_an_answer_was_right_after_the_article_was_changed(
    edited: Edited, tmp_path: Path
) -> None:
    votes = re.findall(r'class="hb-vote" value="([^"]*)"', edited.message)
    right = next(vote for vote in (json.loads(html.unescape(each)) for each in votes) if vote["verdict"] == "right")
    desk = Desk(edited.library, VIETNAMESE, feedback=tmp_path / "said.jsonl")
    assert desk.correct(right) == {"said": VIETNAMESE.thanks}
    assert edited.quote in (tmp_path / "said.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["md", "docx", "csv"])
@pytest.mark.parametrize(
    ("words", "sentence", "nothing"),
    [
        (VIETNAMESE, "Trích dẫn không còn mở được", "Không tìm thấy"),
        (ENGLISH, "A citation that can no longer be opened", "Not found"),
    ],
)
def test_an_answer_whose_article_is_gone_is_not_saved_as_not_found(
    kind: str, words: object, sentence: str, nothing: str
) -> None:
    desk = Desk(Newsstand(), words)  # type: ignore[arg-type]
    text = saved(desk, kind, {"question": "Phà ngừng?", "places": [FERRY_PLACE, GONE_PLACE]})
    assert LAST.quote in text and text.count(sentence) == 1
    text = saved(desk, kind, {"question": "Phà ngừng?", "places": [GONE_PLACE]})
    assert text.count(sentence) == 1 and nothing not in text
    assert sentence not in saved(desk, kind, {"question": "Giá vàng?", "places": []})


def test_in_a_table_the_column_of_quotes_holds_none_of_our_words() -> None:
    text = saved(Desk(Newsstand(), VIETNAMESE), "csv", {"question": "Phà ngừng?", "places": [GONE_PLACE, FERRY_PLACE]})
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["question"], row["quote"], row["note"]) for row in rows] == [
        ("Phà ngừng?", LAST.quote, ""),
        ("Phà ngừng?", "", "Trích dẫn không còn mở được"),
    ]


@pytest.mark.parametrize("place", ["x", [], ["nobody", 5, 5], ["nobody", -1, 3], [7, 0, 3], ["nobody", True, 5]])
def test_what_never_was_a_place_is_no_lost_citation(place: object) -> None:
    text = saved(Desk(Newsstand(), VIETNAMESE), "md", {"question": "Phà ngừng?", "places": [place]})
    assert "không còn mở được" not in text


def test_asking_one_article_goes_on_when_it_was_changed_since_it_was_cited(edited: Edited) -> None:
    only = Request(QUESTION, Filter(article_ids=frozenset({edited.cited_id})))
    message, record = Desk(edited.library, VIETNAMESE).reply(only)
    (now,) = [article for article in edited.library.articles.values() if edited.quote in article.text]
    assert record is not None and record["places"][0][0] == now.article_id
    assert edited.cited_id not in message, "what asks again, and the link, name the article of today"


def test_asking_one_article_of_an_earlier_generation_of_the_same_server_goes_on() -> None:
    earlier = replace(FERRY, article_id="pha-rung-hom-qua")
    shelf = Shelf(Newsstand({earlier.article_id: earlier, MARKET.article_id: MARKET}))
    shelf.put(Newsstand())
    for chosen, number in ((earlier, 1), (MARKET, 1), (replace(FERRY, article_id="of nobody"), 0)):
        only = Request("tàu?", Filter(article_ids=frozenset({chosen.article_id})))
        assert f"Không tìm thấy trong {number} bài" in html.unescape(Desk(shelf, VIETNAMESE).reply(only)[0])
