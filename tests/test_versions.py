"""An old citation opens what it quoted, and says that the article has been changed since."""

import json
import sys
from pathlib import Path

import pytest

from index import Encoder, PassageIndex
from index.store import open_generation, roll_back
from index.sync import sync
from index.types import Article, Publication
from index.versions import KEPT, formerly, kept_versions, stored_versions
from qa import Assistant
from qa.chat_reading import reading
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.cited import CitationError
from qa.cli import _run
from qa.index_version import version_of

FIRST = "Cầu Bến Lội thông xe\n\nCầu Bến Lội thông xe sáng 12/3. Cầu dài 300 m.\n"
SECOND = "Cầu Bến Lội thông xe\n\nCầu Bến Lội thông xe sáng 12/3. Cầu dài 320 m, không phải 300 m.\n"
OTHER = "Chợ hoa Huế đông khách\n\nChợ hoa Huế đông khách từ sáng.\n"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def published(folder: Path, directory: Path, encoder: Encoder) -> Assistant:
    sync(folder, directory, encoder)
    return Assistant(PassageIndex.open(directory, encoder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "bài", "cầu.txt", FIRST)
    write(tmp_path / "bài", "chợ.txt", OTHER)
    return tmp_path / "bài"


def place(assistant: Assistant, quote: str) -> tuple[str, int, int]:
    """Return how `quote` is cited today: the id of its article, start and end."""
    (article,) = [article for article in assistant.articles.values() if quote in article.text]
    start = article.text.index(quote)
    return article.article_id, start, start + len(quote)


def test_a_citation_of_a_changed_article_opens_the_words_of_then_and_says_so(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    before = Assistant(PassageIndex.open(directory, encoder))
    gone, kept = (place(before, quote) for quote in ("Cầu dài 300 m.", "Cầu Bến Lội thông xe sáng 12/3."))
    unchanged = place(before, "Chợ hoa Huế đông khách từ sáng.")
    assert not before.cited(*gone).changed
    write(folder, "cầu.txt", SECOND)
    now = published(folder, directory, encoder)
    opened = now.cited(*gone)
    assert (opened.quote, opened.changed, opened.quote_stands) == ("Cầu dài 300 m.", True, False)
    assert opened.article.text == before.articles[gone[0]].text
    assert now.cited(*kept).quote_stands
    assert not now.cited(*unchanged).changed
    assert gone[0] not in now.articles, "an earlier version is not searched"
    assert {hit.article.text for hit in now.search("Cầu dài bao nhiêu?", k=9)} == {
        article.text for article in now.articles.values()
    }


def test_the_reading_panel_opens_the_article_as_it_was_and_says_so(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    article_id, start, end = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    write(folder, "cầu.txt", SECOND)
    now = published(folder, directory, encoder)
    asked = {"article_id": article_id, "quote": [start, end]}
    shown = reading(now.articles, VIETNAMESE, asked, now.formerly)
    assert shown["byline"][0] == "Bài đã được sửa sau khi trích: đây là bản khi trích"
    assert [piece["text"] for pieces in shown["paragraphs"] for piece in pieces if piece["quote"]] == ["Cầu dài 300 m."]
    assert reading(now.articles, ENGLISH, asked, now.formerly)["byline"][0].startswith("The article has been changed")
    current = {"article_id": place(now, "Cầu dài 320 m")[0]}
    assert not reading(now.articles, VIETNAMESE, current, now.formerly)["byline"][0].startswith("Bài đã được sửa")


def test_the_command_line_opens_an_old_citation_without_a_model(
    folder: Path, directory: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cite(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["hoibao", "cite", *map(str, arguments), "--index", str(directory)])
        code = _run()
        return code, *capsys.readouterr()

    gone = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    assert "đã được sửa" not in cite(*gone)[1]
    write(folder, "cầu.txt", SECOND)
    sync(folder, directory, encoder)
    monkeypatch.setattr("index.encoder.Encoder.load", lambda *_: pytest.fail("a model was loaded"))
    code, out, _ = cite(*gone)
    assert code == 0
    assert "“Cầu dài 300 m.”" in out
    assert "Bài đã được sửa sau khi trích: câu này không còn trong bài." in out
    told = json.loads(cite(*gone, "--json")[1])
    assert (told["quote"], told["changed"], told["quote_stands"]) == ("Cầu dài 300 m.", True, False)
    for wrong, reason in (((gone[0], 0, 9_999), "no characters 0–9999"), (("nowhere", 0, 1), "no article 'nowhere'")):
        code, out, error = cite(*wrong)
        assert (code, out) == (2, "")
        assert f"{reason}" in error


def test_every_version_is_kept_through_syncs_until_the_article_is_deleted(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    places = []
    for number in range(3):
        write(folder, "cầu.txt", FIRST.replace("300", str(400 + number)))
        places.append((place(published(folder, directory, encoder), f"Cầu dài {400 + number} m."), 400 + number))
    write(folder, "mới.txt", OTHER.replace("Huế", "Hội An"))
    now = published(folder, directory, encoder)
    assert [now.cited(*where).quote for where, _ in places] == [f"Cầu dài {metres} m." for _, metres in places]
    assert [version.text.split()[-2] for version in stored_versions(open_generation(directory)[0])] == [
        "401",
        "400",
        "300",
    ]
    roll_back(directory)
    assert PassageIndex.open(directory, encoder).versions == PassageIndex.open(directory, encoder).versions
    roll_back(directory)
    (folder / "cầu.txt").unlink()
    now = published(folder, directory, encoder)
    assert now.formerly == {}
    with pytest.raises(CitationError, match="deleted or renamed"):
        now.cited(*places[0][0])


def test_a_text_that_comes_back_is_current_and_no_version(folder: Path, directory: Path, encoder: Encoder) -> None:
    where = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    for text in (SECOND, FIRST):
        write(folder, "cầu.txt", text)
        now = published(folder, directory, encoder)
    assert not now.cited(*where).changed
    assert [version.text.endswith("không phải 300 m.") for version in now.formerly.values()] == [True]


def test_new_facts_with_the_same_words_are_no_new_version() -> None:
    article = Article("1", "a.txt", "Một câu.")
    assert kept_versions([article], [], [Article("1", "a.txt", "Một câu.", author="Lê Hoa")]) == ()


def test_of_one_path_the_latest_versions_are_kept() -> None:
    versions: tuple[Article, ...] = ()
    for number in range(KEPT + 5):
        now = [Article(str(number + 1), "a.txt", f"Câu {number + 1}.")]
        versions = kept_versions([Article(str(number), "a.txt", f"Câu {number}.")], versions, now)
    assert [int(version.article_id) for version in versions] == list(range(KEPT + 4, 4, -1))


def test_a_citation_of_what_is_now_a_copy_opens_the_article_that_has_it(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    where = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    write(folder, "a.txt", FIRST)  # the first by path, so the article
    now = published(folder, directory, encoder)
    opened = now.cited(*where)
    assert (opened.quote, opened.changed, opened.article.path) == ("Cầu dài 300 m.", False, "a.txt")
    assert opened.article.also_published == (Publication("cầu.txt", "Cầu Bến Lội thông xe"),)
    assert set(formerly(now.articles, ())) == {where[0]}


def test_the_version_of_an_index_is_told_after_a_sync_too(folder: Path, directory: Path, encoder: Encoder) -> None:
    write(folder, "cầu.txt", SECOND)
    sync(folder, directory, encoder)
    generation, manifest = open_generation(directory)
    version = version_of(directory, manifest)
    assert version is not None and version.name == generation.name
