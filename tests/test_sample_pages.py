"""Whole pages in the shapes of the main outlets, a PDF and a Word file; `pages/expected.jsonl` says what is in each."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.articles import read_page
from index.cleaning import clean_page
from index.sources import read_corpus

PAGES = Path(__file__).parent / "pages"
EXPECTED = [json.loads(line) for line in (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
each_page = pytest.mark.parametrize("expected", EXPECTED, ids=lambda page: page["file"])


@each_page
def test_the_text_is_the_article_word_for_word_and_nothing_else(expected: dict[str, Any]) -> None:
    page = read_page(PAGES / expected["file"])
    assert page.text.split("\n") == expected["text"]
    assert [junk for junk in expected["never"] if junk in page.text] == []


@each_page
def test_the_page_says_whose_it_is_and_when(expected: dict[str, Any]) -> None:
    page = read_page(PAGES / expected["file"])
    published = page.published.isoformat(" ", "minutes") if page.published else None
    found = (page.title, page.author, published, page.outlet, page.url)
    assert found == tuple(expected[key] for key in ("title", "author", "published", "outlet", "url"))


@each_page
def test_captions_stand_apart(expected: dict[str, Any]) -> None:
    assert list(read_page(PAGES / expected["file"]).captions) == expected["captions"]


@each_page
def test_what_was_dropped_can_be_seen(expected: dict[str, Any]) -> None:
    page = read_page(PAGES / expected["file"])
    dropped = " ".join(line.text for line in page.dropped)
    hidden = ("không được lọt",)  # in a script, which is no line of the page
    assert [junk for junk in expected["never"] if junk not in hidden and junk not in dropped] == []


@each_page
def test_cleaning_the_text_again_changes_nothing(expected: dict[str, Any]) -> None:
    text = "\n".join(expected["text"])
    assert clean_page(text).text == text


def test_a_folder_of_mixed_files_is_read_whole() -> None:
    corpus = read_corpus(PAGES)
    paths = {article.path.split("#")[0] for article in corpus.articles}
    assert {page["file"] for page in EXPECTED} <= paths
    assert len({article.article_id for article in corpus.articles}) == len(corpus.articles)
