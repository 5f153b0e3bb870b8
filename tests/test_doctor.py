"""Each invariant is broken in an index whose files are otherwise those that were written, and is found by its name."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import Encoder, PassageIndex, StoreError
from index.doctor import Examination, examine
from index.moves import write_moves
from index.store import open_generation, pointed_to, read_jsonl, write_generation, write_jsonl
from index.stored_articles import stored_articles
from index.sync import sync
from index.types import Article, Publication
from index.versions import Past, write_past

TEXTS = {
    "a.txt": "Cảng Hải Phòng mở rộng\n\nCảng Hải Phòng mở thêm hai bến. Giá gạo tăng 5%. Tàu lớn vào được.\n",
    "b.txt": "08:00 05/10/2024\n\nHuế khánh thành cầu. Cầu dài 300 m. Người dân đi xem.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    home = tmp_path_factory.mktemp("doctor")
    (home / "articles").mkdir()
    for name, text in TEXTS.items():
        (home / "articles" / name).write_text(text, encoding="utf-8")
    PassageIndex.build(home / "articles", home / "index", encoder)
    return home / "index"


@pytest.fixture
def directory(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


def rewrite(directory: Path, change: Callable[[Path, dict[str, Any]], None]) -> None:
    """Publish the generation in force once more, changed, with the hashes that it then has."""
    folder, manifest = open_generation(directory)
    facts = {name: value for name, value in manifest.items() if name not in ("files", "format")}
    copy = Path(shutil.copytree(folder, directory.parent / "copy"))
    (copy / "manifest.json").unlink()
    change(copy, facts)
    write_generation(directory, lambda draft: shutil.copytree(copy, draft, dirs_exist_ok=True), facts)
    shutil.rmtree(copy)


def earlier(version: Callable[[Article], Article]) -> Callable[[Path, dict[str, Any]], None]:
    return lambda folder, _: write_past(folder, Past((version(stored_articles(folder)[0]),)))


def copied(article_id: str | None, path: str) -> Callable[[Path, dict[str, Any]], None]:
    def apply(folder: Path, _: dict[str, Any]) -> None:
        row = {"article_id": article_id or stored_articles(folder)[0].article_id, **asdict(Publication(path))}
        write_jsonl(folder / "copies.jsonl", iter([row]))

    return apply


def told(numbers: list[int]) -> Callable[[Path, dict[str, Any]], None]:
    """Tell of a story that is none."""

    def apply(folder: Path, _: dict[str, Any]) -> None:
        ids = [stored_articles(folder)[number].article_id for number in numbers]
        write_jsonl(folder / "stories.jsonl", iter([{"article_ids": ids}]))

    return apply


def rows(name: str, change: Callable[[list[dict[str, Any]]], None]) -> Callable[[Path, dict[str, Any]], None]:
    def apply(folder: Path, _: dict[str, Any]) -> None:
        found = read_jsonl(folder / name)
        change(found)
        write_jsonl(folder / name, iter(found))

    return apply


def array(name: str, change: Callable[[np.ndarray], np.ndarray | None]) -> Callable[[Path, dict[str, Any]], None]:
    def apply(folder: Path, _: dict[str, Any]) -> None:
        found = np.load(folder / name)
        changed = change(found)
        np.save(folder / name, found if changed is None else changed)

    return apply


def put(place: Any, value: Any) -> Callable[[np.ndarray], None]:
    return lambda found: found.__setitem__(place, value)


def manifest(name: str, value: Any) -> Callable[[Path, dict[str, Any]], None]:
    return lambda _, facts: facts.__setitem__(name, value)


def of_other_words(folder: Path, part: str) -> None:
    path = folder / part / "exact" / "data.npy"
    np.save(path, np.load(path) * np.float32(2))


def checks(found: Examination) -> set[str]:
    return {finding.check for finding in found.findings}


def test_a_sound_index_has_no_findings_after_a_sync_too(made: Path, directory: Path, encoder: Encoder) -> None:
    found = examine(directory, encoder)
    assert found.findings == ()
    assert found.remedy is None
    assert len(found.checks) == len(set(found.checks)) >= 20
    folder = made.parent / "articles"
    (folder / "c.txt").write_text("Tin thứ ba\n\nĐồng Nai mở sân bay. Vé bán từ hôm nay.\n", encoding="utf-8")
    assert sync(folder, directory, encoder).encoded == 1
    (folder / "c.txt").unlink()
    assert examine(directory, encoder).findings == ()
    assert sync(folder, directory, encoder).encoded == 0
    assert examine(directory, encoder).findings == ()


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("manifest_fields", manifest("passages", "2")),
        ("counts", manifest("articles", 3)),
        ("counts", array("vectors.npy", lambda vectors: np.concatenate([vectors, vectors[:1]]))),
        ("counts", array("sentence_vectors.npy", lambda vectors: vectors[1:])),
        ("dates", manifest("to", "2024-10-06")),
        ("article_ids", rows("articles.jsonl", lambda found: found[0].update(title="Tiêu đề khác"))),
        ("article_ids", rows("articles.jsonl", lambda found: found[1].update(article_id=found[0]["article_id"]))),
        ("texts_once", rows("articles.jsonl", lambda found: found[1].update(text=found[0]["text"]))),
        ("texts_once", rows("articles.jsonl", lambda found: found[1].update(text=" "))),
        ("normaliser", rows("articles.jsonl", lambda found: found[0].update(title="Ca\u0309ng"))),
        ("normaliser", manifest("normaliser", "NFD")),
        ("passage_slices", rows("passages.jsonl", lambda found: found[0].update(end=10_000))),
        ("passage_slices", rows("passages.jsonl", lambda found: found[0].update(start=1))),
        ("passage_slices", rows("passages.jsonl", lambda found: found[0].update(article_id="none"))),
        ("passage_slices", rows("passages.jsonl", lambda found: found.reverse())),
        ("passage_slices", rows("passages.jsonl", lambda found: found.append(found[0]))),
        ("passages_cover", rows("passages.jsonl", lambda found: found[1].update(end=5))),
        ("sentence_slices", array("sentences.npy", put((0, 2), 7))),
        ("unit_vectors", array("vectors.npy", lambda vectors: vectors * np.float32(1.01))),
        ("unit_vectors", array("sentence_vectors.npy", put((2, 5), np.nan))),
        ("unit_vectors", array("vectors.npy", lambda vectors: vectors[:, :100])),
        ("token_ranges", array("tokens/bounds.npy", put(-1, 3))),
        ("token_ranges", array("tokens/starts.npy", put(-1, 9_999))),
        ("token_ranges", array("tokens/starts.npy", lambda starts: starts[::-1])),
        ("token_levels", array("tokens/levels.npy", put((3, 3), -128))),
        ("token_levels", array("tokens/step.npy", put(0, 0))),
        ("token_levels", array("tokens/axes.npy", lambda axes: axes[:, 1:])),
        ("passage_words", lambda folder, _: of_other_words(folder, "lexical")),
        ("article_words", lambda folder, _: of_other_words(folder, "article_words")),
        ("casing", lambda folder, _: (folder / "names.txt").write_text("giá gạo\n", encoding="utf-8")),
        ("sources", rows("sources.jsonl", lambda found: found.pop())),
        ("versions", earlier(lambda now: Article("f" * 16, "gone.txt", now.text))),
        ("versions", earlier(lambda now: now)),
        ("versions", earlier(lambda now: replace(now, text="Một câu khác."))),
        ("moves", lambda folder, _: write_moves(folder, {"cũ.txt": "gone.txt"})),
        ("copies", copied("f" * 16, "c.txt")),
        ("copies", copied(None, "b.txt")),
        ("stories", told([0, 1])),
        ("stories", array("sketches.npy", put((0, 0), 7))),
        ("encoded_again", array("vectors.npy", lambda vectors: vectors[::-1])),
        ("model", manifest("model", {"name": "hoibao-vi-en-zh", "weights": "0" * 64, "dimension": 384})),
    ],
)
def test_what_was_written_wrong_is_found_and_the_state_before_put_in_force(
    directory: Path, encoder: Encoder, check: str, change: Callable[[Path, dict[str, Any]], None]
) -> None:
    before = open_generation(directory)[0].name
    rewrite(directory, change)
    found = examine(directory, encoder)
    assert check in checks(found)
    assert found.opens
    assert found.remedy is not None
    assert found.remedy.startswith("hoibao build ")
    repaired = examine(directory, encoder, repair=True)
    if check == "model":
        assert repaired.repaired == ()
        return
    assert repaired.remedy is None
    assert open_generation(directory)[0].name == before
    again = examine(directory, encoder, repair=True)
    assert (again.findings, again.repaired) == ((), ())


@pytest.mark.parametrize("name", ["articles.jsonl", "vectors.npy", "tokens/levels.npy", "manifest.json"])
def test_a_file_that_is_not_the_one_written_cannot_be_opened_and_the_state_before_can(
    directory: Path, encoder: Encoder, name: str
) -> None:
    before = open_generation(directory)[0].name
    rewrite(directory, manifest("corpus", "other"))
    path = open_generation(directory)[0] / name
    path.write_bytes(path.read_bytes()[:-1])
    found = examine(directory, encoder)
    assert (checks(found), found.opens) == ({"hashes"}, False)
    assert path.name in found.findings[0].what or name == "manifest.json"
    assert examine(directory, encoder, repair=True).repaired
    assert open_generation(directory)[0].name == before
    assert examine(directory, encoder).findings == ()


def test_with_nothing_whole_left_nothing_is_touched_and_the_command_is_told(directory: Path, encoder: Encoder) -> None:
    path = open_generation(directory)[0] / "passages.jsonl"
    path.unlink()
    files = sorted(directory.rglob("*"))
    found = examine(directory, encoder, repair=True)
    assert (found.opens, found.repaired) == (False, ())
    assert found.remedy is not None
    assert found.remedy.endswith(f"articles --index {directory}")
    assert sorted(directory.rglob("*")) == files


def test_a_damaged_state_before_is_found_and_forgotten(directory: Path, encoder: Encoder) -> None:
    first = open_generation(directory)[0]
    rewrite(directory, manifest("corpus", "other"))
    (first / "names.txt").write_text("", encoding="utf-8")
    assert checks(examine(directory, encoder, repair=True)) == {"generation before"}
    assert not first.exists()
    assert examine(directory, encoder).findings == ()


def test_a_lost_pointer_is_made_anew(directory: Path, encoder: Encoder) -> None:
    name = open_generation(directory)[0].name
    for damage in ("../../etc\n", ""):
        (directory / "CURRENT").write_text(damage, encoding="utf-8")
        assert "pointer" in checks(examine(directory, encoder))
        examine(directory, encoder, repair=True)
        assert open_generation(directory)[0].name == name
    (directory / "CURRENT").unlink()
    assert examine(directory, encoder, repair=True).repaired
    assert examine(directory, encoder).findings == ()


def test_orphans_and_strangers_are_found_and_removed(directory: Path, encoder: Encoder) -> None:
    (directory / "generations" / "draft-12").mkdir()
    (directory / "CURRENT.draft").write_text("x", encoding="utf-8")
    stranger = open_generation(directory)[0] / "tokens" / "old.npy"
    stranger.write_bytes(b"x")
    found = examine(directory, encoder)
    assert (checks(found), found.opens) == ({"orphans", "strangers"}, False)
    assert found.remedy == f"hoibao doctor --repair --index {directory}"
    assert len(examine(directory, encoder, repair=True).repaired) == 3
    assert examine(directory, encoder).findings == ()
    assert not stranger.exists()


def test_what_is_left_to_do_is_said_of_a_damaged_state_before_and_of_other_people_s_files(
    directory: Path, encoder: Encoder
) -> None:
    rewrite(directory, manifest("note", "x"))
    before = directory / "generations" / pointed_to(directory)[1] / "names.txt"
    before.unlink()
    assert examine(directory, encoder).remedy == f"hoibao doctor --repair --index {directory}"
    assert examine(directory, encoder, repair=True).remedy is None
    (directory / "notes.txt").write_text("x", encoding="utf-8")
    found = examine(directory, encoder, repair=True)
    assert (found.repaired, found.remedy) == ((), None)
    assert "move it to another folder" in found.findings[0].what


def test_where_no_index_is_none_is_examined(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no index here"):
        examine(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_remedy_names_the_folder_of_the_articles(directory: Path, encoder: Encoder) -> None:
    rewrite(directory, rows("passages.jsonl", lambda found: found[0].update(start=1)))
    corpus = json.loads((open_generation(directory)[0] / "manifest.json").read_text(encoding="utf-8"))["corpus"]
    assert examine(directory, encoder).remedy == f"hoibao build {corpus} --index {directory}"
