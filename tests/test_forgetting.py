"""Of a deleted article nothing is left after `hoibao gc`: not in the texts, the words, the versions or the manifest."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index import Encoder, PassageIndex
from index.lexical import LexicalIndex
from index.store import collect
from index.sync import sync
from index.terms import hashes_of
from index.vietnamese import strip_marks, syllables

SLICE = 16  # characters: shorter pieces may stand in any text
# Words that no other text has, marked and not, in title, body and facts.
SECRET = {
    "id": "bí-mật-7731",
    "title": "Xylophon đỏ vang ở Khunglong Tím",
    "text": "Nhạc công Zorvanđ gõ xylophon đỏ suốt đêm ở quán Khunglong Tím.\nKhách khen tiếng 48.151.623 đồng một vé.",
    "url": "https://bao.example/khong-ai-biet-7731",
    "outlet": "Báo Wkrzyđ",
    "author": "Vujaděđ Quặc",
    "published": "2019-07-31",
}
EDITED = {**SECRET, "text": SECRET["text"] + "\nBản sửa: vé nay là 99.887.766 đồng, theo Qwrtzpđ."}
COPY = {**EDITED, "id": "bản-chép-9917", "outlet": "Tạp chí Ghjklđ", "url": "https://khac.example/ban-chep-9917"}
OPEN = {"id": "1", "title": "Chợ hoa đông khách", "text": "Chợ hoa Huế đông khách từ sáng. Giá hoa tăng 5%."}


def write(folder: Path, *rows: dict[str, str]) -> None:
    for row in rows:
        (folder / f"{row['id']}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def files(directory: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def ways_of_writing(text: str) -> Iterator[bytes]:
    """Yield a text as any file of an index may write it: with marks or without, in JSON, in wide characters."""
    for form in {text, text.lower(), strip_marks(text), strip_marks(text.lower())}:
        yield form.encode()
        yield json.dumps(form)[1:-1].encode()
        yield form.encode("utf-16-le")
        yield form.encode("utf-32-le")


def slices(*rows: dict[str, str]) -> set[str]:
    values = [line for row in rows for value in row.values() for line in value.split("\n")]
    return {value[at : at + SLICE] for value in values for at in range(max(1, len(value) - SLICE + 1))}


def holding(directory: Path, texts: set[str]) -> dict[str, list[str]]:
    """Return, by name of file, which of `texts` it holds in any way of writing."""
    found: dict[str, list[str]] = {}
    for path, data in files(directory).items():
        held = [text for text in texts if any(way in data for way in ways_of_writing(text))]
        if held:
            found[path.name] = held
    return found


def known(directory: Path, words: Iterable[str]) -> list[str]:
    """Return which of `words`, or of the pairs of two of them, any lexical index in `directory` knows."""
    words = list(words)
    terms = np.asarray([*words, *(f"{left}_{right}" for left in words for right in words)])
    hashes = hashes_of(terms.tolist())
    stored = [np.load(path) for path in directory.rglob("terms.npy")]
    assert len(stored) >= 4
    return terms[np.isin(hashes, np.concatenate(stored))].tolist()


@pytest.fixture
def directory(tmp_path: Path, encoder: Encoder) -> Path:
    """An index in which the secret article was read, edited, copied, and deleted."""
    folder = tmp_path / "bài"
    folder.mkdir()
    write(folder, OPEN, SECRET)
    PassageIndex.build(folder, tmp_path / "index", encoder)
    write(folder, EDITED, COPY)
    sync(folder, tmp_path / "index", encoder)
    draft = tmp_path / "index" / "generations" / "draft-1"  # of a writer that was killed
    draft.mkdir()
    (draft / "articles.jsonl").write_text(json.dumps(SECRET, ensure_ascii=False), encoding="utf-8")
    assert {"articles.jsonl", "versions.jsonl", "copies.jsonl", "sources.jsonl", "manifest.json"} <= set(
        holding(tmp_path / "index", slices(SECRET, EDITED, COPY))
    ), "what is searched for below must be found where it is"
    assert known(tmp_path / "index", ["xylophon", "đỏ"]) == ["xylophon", "đỏ", "xylophon_đỏ"]
    (folder / f"{SECRET['id']}.jsonl").unlink()
    (folder / f"{COPY['id']}.jsonl").unlink()
    sync(folder, tmp_path / "index", encoder)
    return tmp_path / "index"


def test_no_slice_of_a_deleted_article_is_in_any_file_after_collecting(directory: Path) -> None:
    assert holding(directory, slices(SECRET)), "the generation before still has it, for a rollback"
    collect(directory)
    assert holding(directory, slices(SECRET, EDITED, COPY)) == {}


def test_no_word_of_a_deleted_article_is_known_after_collecting(directory: Path) -> None:
    own = {word for row in (SECRET, EDITED, COPY) for name in ("title", "text") for word in syllables(row[name])}
    own |= {strip_marks(word) for word in own}
    shared = {word for name in ("title", "text") for word in syllables(OPEN[name])}
    own -= shared | {strip_marks(word) for word in shared}
    collect(directory)
    (generation,) = (directory / "generations").iterdir()
    for part in ("lexical", "article_words"):
        index = LexicalIndex.load(generation / part, 1)
        assert [word for word in own if index.knows(word) or index.knows_folded(word)] == []
    assert known(directory, own) == []
    assert holding(directory, {word for word in own if len(word) > 6}) == {}
