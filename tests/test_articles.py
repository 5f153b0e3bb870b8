import os
from pathlib import Path

import pytest
from faults.word_hash import WordHash

from index import PassageIndex
from index.articles import CorpusError
from index.readers.encodings import decode
from index.sources import read_corpus
from index.sync import sync

TEXT = "Mưa lớn ở miền Trung\n\nTrời mưa suốt ba ngày. Nước lên nhanh."


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_an_index_among_the_articles_gives_none_be_it_unfinished(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    PassageIndex.build(tmp_path, tmp_path / ".hoibao", WordHash())
    write(tmp_path, "cắt/write.lock", "")
    write(tmp_path, "cắt/generations/draft-7/articles.jsonl", '{"text": "Bài cũ. Bài này đã xóa."}')
    write(tmp_path, "generations/b.txt", "Sách mới\n\nSách mới ra sáng nay. Sách dày 300 trang.")
    assert [article.path for article in read_corpus(tmp_path).articles] == ["a.txt", "generations/b.txt"]
    write(tmp_path, "a.txt", "Nắng ở miền Nam\n\nTrời nắng suốt tuần. Nước cạn dần.")
    sync(tmp_path, tmp_path / ".hoibao", WordHash())
    assert [article.path for article in read_corpus(tmp_path).articles] == ["a.txt", "generations/b.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_text_is_read_from_every_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, "a.txt", TEXT.encode(encoding))
    (article,) = read_corpus(tmp_path).articles
    assert article.title == "Mưa lớn ở miền Trung"
    assert article.text == "Trời mưa suốt ba ngày. Nước lên nhanh."


def test_what_cannot_be_read_is_reported_and_the_rest_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "good.txt", TEXT)
    write(tmp_path, "empty.txt", "")
    write(tmp_path, "broken.txt", b"Tr\xe1\xbb i m\xffa")
    write(tmp_path, "zip.txt", b"PK\x03\x04\x00\x00")
    write(tmp_path, "title.txt", "Chỉ có một dòng tiêu đề")
    write(tmp_path, "twin/z.txt", TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "good.txt")
    (tmp_path / "folder.txt").mkdir()
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["good.txt"]
    reasons = {skipped.path: skipped.reason for skipped in corpus.skipped}
    assert reasons["empty.txt"] == "empty"
    assert "byte 0x" in reasons["broken.txt"]
    assert "a zip archive" in reasons["zip.txt"]
    assert "no article text" in reasons["title.txt"]
    assert "good.txt" in reasons["twin/z.txt"]
    assert "not a regular file" in reasons["pipe.txt"]
    assert "not a regular file" in reasons["link.txt"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no articles"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no such folder"):
        read_corpus(tmp_path / "nowhere")


def test_ids_come_from_content_and_place_not_from_order(tmp_path: Path) -> None:
    write(tmp_path / "one", "b.txt", TEXT)
    write(tmp_path / "two", "b.txt", TEXT)
    write(tmp_path / "two", "a.txt", "Tin khác\n\nMột câu khác hẳn.")
    first = {article.path: article.article_id for article in read_corpus(tmp_path / "one").articles}
    second = {article.path: article.article_id for article in read_corpus(tmp_path / "two").articles}
    assert first["b.txt"] == second["b.txt"] != second["a.txt"]


def test_an_invalid_byte_is_named_with_its_place() -> None:
    with pytest.raises(ValueError, match="0xff at 3"):
        decode(b"abc\xff")
