"""An old citation opens what it quoted, and says that the article has been changed since."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import Encoder, PassageIndex
from index.articles import id_of
from index.store import open_generation, roll_back
from index.sync import sync
from index.types import Article, Publication
from index.versions import KEPT, Past, formerly, kept_past, stored_past
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


def article(text: str, path: str = "a.txt") -> Article:
    return Article(id_of(path, None, text), path, text)


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
    assert [version.text.split()[-2] for version in stored_past(open_generation(directory)[0]).versions] == [
        "401",
        "400",
        "300",
    ]
    roll_back(directory)
    assert PassageIndex.open(directory, encoder).past == PassageIndex.open(directory, encoder).past
    roll_back(directory)
    (folder / "cầu.txt").unlink()
    now = published(folder, directory, encoder)
    assert now.formerly == {}
    with pytest.raises(CitationError, match="deleted"):
        now.cited(*places[0][0])


def test_a_text_that_comes_back_is_current_and_no_version(folder: Path, directory: Path, encoder: Encoder) -> None:
    where = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    for text in (SECOND, FIRST):
        write(folder, "cầu.txt", text)
        now = published(folder, directory, encoder)
    assert not now.cited(*where).changed
    assert [version.text.endswith("không phải 300 m.") for version in now.formerly.values()] == [True]


def test_new_facts_with_the_same_words_are_no_new_version() -> None:
    now = article("Một câu.")
    assert kept_past([now], Past(), [replace(now, author="Lê Hoa")]) == Past()


def test_of_one_path_the_latest_versions_are_kept() -> None:
    past = Past()
    for number in range(KEPT + 5):
        past = kept_past([article(f"Câu {number}.")], past, [article(f"Câu {number + 1}.")])
    assert [version.text for version in past.versions] == [f"Câu {number}." for number in range(KEPT + 4, 4, -1)]


def test_a_citation_of_what_is_now_a_copy_opens_the_article_that_has_it(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    where = place(Assistant(PassageIndex.open(directory, encoder)), "Cầu dài 300 m.")
    write(folder, "a.txt", FIRST)  # the first by path, so the article
    now = published(folder, directory, encoder)
    opened = now.cited(*where)
    assert (opened.quote, opened.changed, opened.article.path) == ("Cầu dài 300 m.", False, "a.txt")
    assert opened.article.also_published == (Publication("cầu.txt", "Cầu Bến Lội thông xe"),)
    assert set(formerly(now.articles, Past())) == {where[0]}


def test_a_citation_opens_after_its_article_was_moved_and_after_it_was_changed_there(
    folder: Path, directory: Path, encoder: Encoder
) -> None:
    first = Assistant(PassageIndex.open(directory, encoder))
    cited = place(first, "Cầu dài 300 m.")
    (folder / "cũ").mkdir()
    (folder / "cầu.txt").rename(folder / "cũ" / "cầu.txt")
    moved = published(folder, directory, encoder)
    opened = moved.cited(*cited)
    assert (opened.quote, opened.changed, opened.article.path) == ("Cầu dài 300 m.", False, "cũ/cầu.txt")
    shown = reading(moved.articles, VIETNAMESE, {"article_id": cited[0], "quote": [*cited[1:]]}, moved.formerly)
    assert "Bài đã được sửa" not in "".join(shown["byline"])
    assert [piece["text"] for pieces in shown["paragraphs"] for piece in pieces if piece["quote"]] == ["Cầu dài 300 m."]
    write(folder, "cũ/cầu.txt", SECOND)
    changed = published(folder, directory, encoder)
    opened = changed.cited(*cited)
    assert (opened.quote, opened.changed, opened.quote_stands) == ("Cầu dài 300 m.", True, False)
    (folder / "cũ" / "cầu.txt").rename(folder / "cầu-2024.txt")
    again = published(folder, directory, encoder)
    assert again.cited(*cited).quote == "Cầu dài 300 m."
    assert again.cited(*place(changed, "Cầu dài 320 m")).article.path == "cầu-2024.txt"
    (folder / "cầu-2024.txt").unlink()
    gone = published(folder, directory, encoder)
    assert gone.formerly == {}
    assert "cũ/cầu.txt" not in "".join(path.read_text() for path in open_generation(directory)[0].glob("*.jsonl"))


def test_a_move_is_forgotten_when_nothing_stands_at_its_end() -> None:
    here, there = article("Câu 1.", "a.txt"), article("Câu 1.", "b.txt")
    past = kept_past([here], Past(), [there, article("Câu 2.", "c.txt")])
    assert past == Past(moves={"a.txt": "b.txt"})
    assert kept_past([there], past, [article("Câu 2.", "c.txt")]) == Past()
    assert kept_past([there], past, [here]).moves == {"b.txt": "a.txt"}


def test_a_later_file_of_a_name_that_was_moved_away_leaves_nothing_when_it_is_deleted() -> None:
    moved = article("Câu 1.", "lưu.txt")
    away = kept_past([article("Câu 1.", "tin.txt")], Past(), [moved])
    first, second = article("Câu 2.", "tin.txt"), article("Câu 3.", "tin.txt")
    beside = kept_past([moved], away, [moved, first])
    assert beside.moves == {"tin.txt": "lưu.txt"}
    edited = kept_past([moved, first], beside, [moved, second])
    old = formerly({each.article_id: each for each in (moved, second)}, edited)
    assert old[first.article_id].path == "tin.txt"
    assert old[id_of("tin.txt", None, "Câu 1.")] is moved
    assert kept_past([moved, second], edited, [moved]) == Past()


def test_the_version_of_an_index_is_told_after_a_sync_too(folder: Path, directory: Path, encoder: Encoder) -> None:
    write(folder, "cầu.txt", SECOND)
    sync(folder, directory, encoder)
    generation, manifest = open_generation(directory)
    version = version_of(directory, manifest)
    assert version is not None and version.name == generation.name
