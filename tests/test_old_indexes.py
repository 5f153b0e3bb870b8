"""An index of each released format opens; what never was released, or is newer, is refused with its number.

`old_indexes/format-N` was written by the version that first wrote format N and is never written again:
`python -m tests.test_old_indexes` made each of them, and will make that of the next format.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "old_indexes"
sys.path.insert(0, str(Path(__file__).parent))  # where this is run as a program

from faults.word_hash import WordHash  # noqa: E402

from index import PassageIndex, StoreError  # noqa: E402
from index.doctor import examine  # noqa: E402
from index.store import FORMAT, hash_file, open_generation, roll_back  # noqa: E402
from index.sync import sync  # noqa: E402
from index.vietnamese import syllables  # noqa: E402
from qa import Assistant  # noqa: E402

FORMATS = sorted(int(path.name.removeprefix("format-")) for path in HERE.glob("format-*"))


def of_format(number: object, directory: Path) -> Path:
    """Return a copy of the index of the present format whose manifest says that it is of another."""
    shutil.copytree(HERE / f"format-{FORMAT}", directory)
    folder, manifest = open_generation(directory)
    path = folder / "manifest.json"
    path.write_text(json.dumps({**manifest, "format": number}), encoding="utf-8")
    name = hash_file(path)[:16]
    folder.rename(folder.with_name(name))
    (directory / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
    return directory


def test_there_is_an_index_of_every_released_format() -> None:
    assert list(range(3, FORMAT + 1)) == FORMATS


@pytest.mark.parametrize("number", FORMATS)
def test_an_index_of_each_released_format_opens_answers_and_is_kept_up_to_date(number: int, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(HERE / f"format-{number}", tmp_path / "index"))
    assistant = Assistant(PassageIndex.open(directory, WordHash()))
    answer = assistant.ask("Chợ nổi trên sông Hàm Luông mở từ ngày nào?")
    assert answer.hits[0].article.path == "a.txt"
    assert "12/10/2024" in answer.hits[0].passage.text
    articles = Path(shutil.copytree(HERE / "articles", tmp_path / "articles"))
    (articles / "c.txt").write_text("Sơn La trồng mận. Mận chín vào tháng Năm.\n", encoding="utf-8")
    assert sync(articles, directory, WordHash()).added == ("c.txt",)
    assert len(PassageIndex.open(directory, WordHash()).articles) == 3


@pytest.mark.parametrize("number", FORMATS)
def test_an_index_of_each_released_format_is_sound_and_can_be_put_back(number: int, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(HERE / f"format-{number}", tmp_path / "index"))
    assert examine(directory, WordHash()).findings == ()
    articles = Path(shutil.copytree(HERE / "articles", tmp_path / "articles"))
    (articles / "c.txt").write_text("Sơn La trồng mận. Mận chín vào tháng Năm.\n", encoding="utf-8")
    sync(articles, directory, WordHash())
    folder, manifest = open_generation(directory)
    assert manifest["format"] == FORMAT
    assert not list(folder.rglob("*vocab*"))
    PassageIndex.build(articles, tmp_path / "scratch", WordHash())
    scratch = open_generation(tmp_path / "scratch")[1]["files"]
    words = [name for name in scratch if "words/" in name or "lexical/" in name]
    assert len(words) == 24
    assert [manifest["files"][name] for name in words] == [scratch[name] for name in words]
    assert examine(directory, WordHash()).findings == ()
    roll_back(directory)
    assert open_generation(directory)[1]["format"] == number
    assert len(PassageIndex.open(directory, WordHash()).articles) == 2


def test_the_words_of_an_older_format_score_as_they_do_today() -> None:
    old, new = (PassageIndex.open(HERE / f"format-{number}", WordHash()) for number in (3, 4))
    assert not old.lexical.counted
    assert new.lexical.counted
    assert old.lexical.same_as(new.lexical)
    for question in ("Chợ nổi trên sông Hàm Luông mở từ ngày nào?", "cho noi ham luong", "chưa ai biết"):
        terms = new.lexical.terms(syllables(question))
        assert old.lexical.terms(syllables(question)) == terms
        assert old.lexical.scores(terms) == pytest.approx(new.lexical.scores(terms), rel=1e-5)
        assert old.lexical.weights(terms) == new.lexical.weights(terms)


@pytest.mark.parametrize("number", [1, 2, None, "3"])
def test_a_format_that_was_never_released_is_refused_with_the_command(tmp_path: Path, number: object) -> None:
    directory = of_format(number, tmp_path / "index")
    with pytest.raises(StoreError, match=f"an index of format {number}, this version reads format {FORMAT}; make it"):
        PassageIndex.open(directory, WordHash())


def test_a_newer_format_is_refused_with_its_number(tmp_path: Path) -> None:
    directory = of_format(FORMAT + 1, tmp_path / "index")
    with pytest.raises(
        StoreError, match=f"format {FORMAT + 1}, this version reads format {FORMAT}; open it with a newer"
    ):
        PassageIndex.open(directory, WordHash())


if __name__ == "__main__":
    PassageIndex.build(HERE.relative_to(Path.cwd()) / "articles", HERE / f"format-{FORMAT}", WordHash())
    for file in ("write.lock", "writer.pid"):
        (HERE / f"format-{FORMAT}" / file).unlink()
