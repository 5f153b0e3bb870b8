import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from index.articles import Corpus
from index.readers import row_lines
from index.readers.marked_text import without_marks
from index.sources import read_corpus


def corpus_of(folder: Path, name: str, data: str | bytes) -> Corpus:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_corpus(folder)


ROW = {
    "id": "a1",
    "title": "Mưa lớn",
    "text": "Câu một.\nCâu hai.",
    "url": "https://bao.example/1",
    "outlet": "Báo Mưa",
    "author": "Lê Hoa",
    "published": "Thứ Hai, 18/02/2025 20:25 (GMT+7)",
}


@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv"])
def test_every_column_is_kept_and_the_article_can_be_found_again(tmp_path: Path, ending: str) -> None:
    delimiter = {"csv": ";", "tsv": "\t"}.get(ending)
    quoted = [f'"{value}"' for value in ROW.values()]
    table = "\ufeff" + f"{delimiter}".join(ROW) + "\r\n" + f"{delimiter}".join(quoted) + "\r\n"
    data = table if delimiter else json.dumps(ROW)
    (article,) = corpus_of(tmp_path, f"tin.{ending}", data).articles
    assert article.path == f"tin.{ending}#a1"
    assert (article.title, article.text) == ("Mưa lớn", "Câu một.\nCâu hai.")
    assert (article.url, article.outlet, article.author) == ("https://bao.example/1", "Báo Mưa", "Lê Hoa")
    assert article.published == datetime(2025, 2, 18, 20, 25)


def test_one_broken_line_among_ten_thousand_is_named_and_the_others_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": number, "text": f"Tin số {number} của ngày."}) for number in range(10_000)]
    lines[4_999] = '{"text": "cắt ngang'
    corpus = corpus_of(tmp_path, "a.jsonl", "\n".join(lines))
    assert len(corpus.articles) == 9_999
    assert len({article.article_id for article in corpus.articles}) == 9_999
    (skipped,) = corpus.skipped
    assert skipped.path == "a.jsonl"
    assert skipped.reason.startswith("line 5000: no JSON")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
        ('{"text": "a", "x": NaN}', "NaN"),
        ('{"text": "a", "x": ' + "1" * 5_000 + "}", "4300"),
        ('{"text": "a", "text": "b"}', "'text' stands twice"),
        ('["a"]', "not an object"),
        ('{"title": "a"}', "no column 'text'"),
        ('{"text": " \\u200b "}', "no text"),
        ('{"text": {"a": 1}}', "not text"),
        (b'{"text": "tr\xff"}', "broken bytes"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: str | bytes, reason: str) -> None:
    bad = line.encode() if isinstance(line, str) else line
    corpus = corpus_of(
        tmp_path, "a.jsonl", '{"text": "Câu đúng số một."}\n'.encode() + bad + b'\n{"text": "Cau sau."}\n'
    )
    assert len(corpus.articles) == 2
    assert corpus.skipped[0].reason.startswith("line 2: ")
    assert reason in corpus.skipped[0].reason


def test_a_line_over_the_limit_is_refused_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_lines, "MAX_LINE", 1_000)
    long = json.dumps({"text": "x" * 5_000_000})
    corpus = corpus_of(tmp_path, "a.jsonl", f'{long}\n{{"text": "Câu sau."}}\n')
    assert [article.text for article in corpus.articles] == ["Câu sau."]
    assert corpus.skipped[0].reason == "line 1: longer than the limit of 1,000 bytes"


def test_a_lone_surrogate_is_taken_out_and_counted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "a.jsonl", '{"id": "x", "text": "Câu \\ud800một."}')
    assert corpus.articles[0].text == "Câu một."
    assert "1 control characters" in corpus.notes[0].reason


def test_a_csv_gives_whole_rows_or_none(tmp_path: Path) -> None:
    big = "chữ " * 50_000
    table = f'id,text\n1,"Câu một, có phẩy."\n2\n3,"{big}"\n4,"a"b\n5,Câu năm.\n6,"không đóng\n7,x\n'
    corpus = corpus_of(tmp_path, "a.csv", table)
    assert [article.path for article in corpus.articles] == ["a.csv#1", "a.csv#3", "a.csv#5"]
    assert len(corpus.articles[1].text) == len(big.strip())
    assert [skipped.reason.split(":")[0] for skipped in corpus.skipped] == ["line 3", "line 5", "line 7"]
    assert "1 columns, the first line has 2" in corpus.skipped[0].reason


def test_an_id_is_taken_once_and_one_text_is_one_article(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "text": "Tin một."},
        {"id": "1", "text": "Tin khác."},
        {"id": "2", "text": "Tin một."},
        {"text": "Tin không có số."},
    ]
    corpus = corpus_of(tmp_path, "a.jsonl", "\n".join(json.dumps(row) for row in rows))
    assert [article.text for article in corpus.articles] == ["Tin một.", "Tin không có số."]
    assert corpus.skipped[0].reason == "line 2: the id '1' is that of line 1 already"
    assert corpus.skipped[1].reason == "the same text as a.jsonl#1"
    again = corpus_of(tmp_path, "a.jsonl", json.dumps(rows[3]))
    assert again.articles[0].article_id == corpus.articles[1].article_id


def test_what_is_no_date_or_address_is_none_and_said(tmp_path: Path) -> None:
    row = {"id": "1", "text": "Tin.", "url": "javascript:alert(1)", "published": "31/02/2023"}
    corpus = corpus_of(tmp_path, "a.jsonl", json.dumps(row))
    assert (corpus.articles[0].url, corpus.articles[0].published) == (None, None)
    assert [note.reason for note in corpus.notes] == [
        "no address on the web: javascript:alert(1)",
        "no date: 31/02/2023",
    ]


def test_the_table_of_names_is_no_table_of_articles(tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_text("Thành phố Cảng\tHải Phòng\n", encoding="utf-8")
    assert corpus_of(tmp_path, "a.jsonl", '{"text": "Tin."}').skipped == ()


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Giá gạo tăng", "content": "Gạo tăng 5%.", "date": "2025-02-01", "source": "Báo A", "authors": ["Lê A", "Vũ B"], "link": "https://a.example/1"},
        {"Tiêu đề": "Giá gạo tăng", "Nội dung": "Gạo tăng 5%.", "Ngày đăng": "01/02/2025", "Nguồn": "Báo A", "Tác giả": "Lê A, Vũ B", "url": "https://a.example/1"},
        {
            "title": {"rendered": "Giá gạo tăng"},
            "text": "",
            "body": ["Gạo tăng 5%."],
            "pubDate": "Sat, 01 Feb 2025 00:00:00 +0700",
            "publisher": {"name": "Báo A"},
            "author": [{"name": "Lê A"}, "Vũ B"],
            "source": "https://a.example/1",
        },
    ],
)  # fmt: skip
def test_columns_are_known_by_the_names_that_exports_give_them(tmp_path: Path, row: dict[str, object]) -> None:
    (article,) = corpus_of(tmp_path, "a.jsonl", json.dumps(row)).articles
    assert (article.title, article.text, article.author) == ("Giá gạo tăng", "Gạo tăng 5%.", "Lê A, Vũ B")
    assert (str(article.published), article.outlet, article.url) == (
        "2025-02-01 00:00:00", "Báo A", "https://a.example/1",
    )  # fmt: skip


def test_a_text_with_the_marks_of_a_page_is_plain_lines(tmp_path: Path) -> None:
    marked = (
        "<!-- wp:paragraph --><p>Lúa &amp; ngô\n<strong>tăng</strong>.</p><script>alert(1)</script>"
        "<figure><img src='a'><figcaption>Ảnh: A</figcaption></figure><div>Ông nói: &#8220;Vui&#8221;.<br/>Hết.</div>"
        "<table><tr><td>2024</td><td>5%</td></tr></table>"
    )
    corpus = corpus_of(tmp_path, "a.jsonl", json.dumps({"text": marked, "title": "Lúa &amp; ngô"}))
    (article,) = corpus.articles
    assert article.text.split("\n") == ["Lúa & ngô tăng.", "Ông nói: “Vui”.", "Hết.", "2024 | 5%"]
    assert (article.title, article.captions) == ("Lúa & ngô", ("Ảnh: A",))
    assert [note.reason for note in corpus.notes] == ["HTML marks taken out"]


def test_a_text_that_only_looks_like_one_with_marks_stays(tmp_path: Path) -> None:
    text = "Nếu a < b và c > d thì đúng."
    assert corpus_of(tmp_path, "a.jsonl", json.dumps({"text": text})).articles[0].text == text


@pytest.mark.parametrize("piece", ["<figcaption>", "<p ", "<!--", "<script>", "&amp;"])
def test_marks_that_are_never_closed_take_no_time(piece: str) -> None:
    started = time.monotonic()
    without_marks(piece * 200_000)
    assert time.monotonic() - started < 5  # a tenth of a second alone; the machine may be busy
