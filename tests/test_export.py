"""Receipts and files: what stands in them, and that no foreign word can do harm or be put there by the page."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from base64 import b64decode
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browser.newsstand import FERRY, HOSTILE, MARKET, Newsstand, citation
from docx import Document

from qa import Assistant
from qa.chat_export import exported
from qa.chat_text import VIETNAMESE
from qa.export import FORMATS, Turn, as_csl_json, as_csv, as_markdown, as_ris
from qa.export_word import as_word
from qa.index_version import IndexVersion, version_of
from qa.receipt import receipt

ROOT = Path(__file__).parents[1]
VERSION = IndexVersion("4d88fabb37e64b58", date(2026, 3, 1))
LAST = citation(FERRY, "Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.")
OPENS = citation(FERRY, "Bến phà mở cửa từ năm giờ sáng.")
STALLS = citation(MARKET, MARKET.text.split("\n")[1])
TURNS = [Turn("Phà ngừng khi nào?", (LAST, OPENS)), Turn("Giá vàng?", ()), Turn("Bao nhiêu gian?", (STALLS, LAST))]


def test_a_receipt_says_all_that_finds_the_sentence_again() -> None:
    assert receipt(LAST, VERSION).split("\n") == [
        "“Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.”",
        "Phà Rừng ngừng chạy sau khi cầu thông xe",
        "Báo Cửa Biển · Minh Hà · 04/03/2025 09:30",
        "https://example.org/pha-rung",
        f"Vị trí: ký tự {LAST.start}–{LAST.end}",
        "Chỉ mục: 4d88fabb37e64b58, tạo ngày 01/03/2026",
    ]


def test_a_receipt_says_what_is_not_known() -> None:
    lines = receipt(STALLS, None, "en").split("\n")
    assert lines[1].endswith("… (untitled article)")
    assert lines[2:4] == ["outlet unknown · P.V · date unknown", "File: cho-hoa.txt"]
    assert len(lines) == 5


def test_a_day_without_an_hour_has_none_in_the_receipt_and_no_other_address_than_of_the_web() -> None:
    lines = receipt(citation(HOSTILE, HOSTILE.text.split("\n")[0])).split("\n")
    assert "02/01/2024" in lines[2] and "00:00" not in lines[2]
    assert lines[3] == "Tệp: ac-y.txt" and "\u202e" not in "".join(lines)


def test_a_file_says_what_a_question_that_went_on_was_read_as() -> None:
    record = {"question": "Còn giá vé?", "read_as": "giá vé Phà Rừng", "places": [["pha", 0, 4]]}
    sent = {"format": "md", "turns": [record, {**record, "read_as": "Còn giá vé?"}]}
    assert exported(Newsstand().articles, VIETNAMESE, None, date(2026, 3, 5), sent)["text"].count("Hiểu là") == 1
    turn = Turn("Còn giá vé?", (OPENS,), read_as="giá vé Phà Rừng")
    assert next(csv.DictReader(io.StringIO(as_csv([turn])[1:])))["note"] == "Hiểu là: giá vé Phà Rừng"
    texts = [each.text for each in Document(io.BytesIO(as_word([turn], language="en"))).paragraphs]
    assert texts[1:3] == ["Còn giá vé?", "Read as: giá vé Phà Rừng"]


def test_two_authors_are_two_and_no_family_and_first_name() -> None:
    turn = Turn("Ai?", (replace(OPENS, article=replace(FERRY, author="Minh Hà, Lê Nam - Vũ An và Đỗ Tú")),))
    assert [line[6:] for line in as_ris([turn]).split("\n") if line.startswith("AU")] == [
        "Minh Hà",
        "Lê Nam",
        "Vũ An",
        "Đỗ Tú",
    ]
    assert [each["literal"] for each in json.loads(as_csl_json([turn]))[0]["author"]][1:3] == ["Lê Nam", "Vũ An"]


@pytest.mark.parametrize("begins", "=+-@\t\n＝＋－＠")
def test_no_cell_of_a_table_begins_as_a_formula(begins: str) -> None:
    row = next(csv.DictReader(io.StringIO(as_csv([Turn(f"{begins}1+1", ())])[1:], newline="")))
    assert row["question"] == f"'{begins}1+1"


def test_markdown_holds_each_question_and_its_receipts() -> None:
    text = as_markdown(TURNS, VERSION)
    assert text.startswith("# HỏiBáo\n\n## Phà ngừng khi nào?\n\n> “Chuyến phà cuối cùng")
    assert "## Giá vàng?\n\nKhông tìm thấy.\n\n## Bao nhiêu gian?" in text
    assert text.count("\n> Chỉ mục: 4d88fabb37e64b58, tạo ngày 01/03/2026") == 4
    hostile = as_markdown([Turn("<b>*x*", (citation(HOSTILE, HOSTILE.text.split("\n")[1]),))])
    assert "\\<b\\>\\*x\\*" in hostile and "\n> <img" not in hostile and "](" not in hostile.replace("\\](", "")


def test_csv_has_a_row_for_each_quote_and_runs_no_formula() -> None:
    text = as_csv([*TURNS, Turn('=HYPERLINK("x")', ())], VERSION)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["question"] for row in rows] == [
        "Phà ngừng khi nào?",
        "Phà ngừng khi nào?",
        "Giá vàng?",
        "Bao nhiêu gian?",
        "Bao nhiêu gian?",
        '\'=HYPERLINK("x")',
    ]
    first = rows[0]
    assert (first["published"], first["start"], first["index"]) == ("2025-03-04 09:30", str(LAST.start), VERSION.name)
    assert rows[2]["quote"] == ""


def test_ris_has_each_article_once_with_its_quotes_as_notes() -> None:
    ferry, market = as_ris(TURNS, VERSION).split("ER  - \n")[:2]
    assert ferry.startswith("TY  - NEWS\nTI  - Phà Rừng ngừng chạy sau khi cầu thông xe\nAU  - Minh Hà\n")
    assert "T2  - Báo Cửa Biển\nDA  - 2025/03/04/\nPY  - 2025\nUR  - https://example.org/pha-rung\n" in ferry
    assert ferry.count("N1  - “") == 2 and "ký tự" in ferry
    assert "DA  -" not in market and "Tệp: cho-hoa.txt" in market
    broken = replace(FERRY, title="Một\nTY  - BOOK")
    assert as_ris([Turn("?", (citation(broken, LAST.quote),))]).count("\nTY  -") == 0


def test_csl_json_can_be_read_by_zotero() -> None:
    ferry, market = json.loads(as_csl_json(TURNS, VERSION))
    assert ferry["type"] == "article-newspaper" and ferry["author"] == [{"literal": "Minh Hà"}]
    assert ferry["issued"] == {"date-parts": [[2025, 3, 4]]} and ferry["URL"] == FERRY.url
    assert "issued" not in market and "container-title" not in market


def paragraphs(word_file: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(word_file)).paragraphs]


def test_a_word_file_holds_each_question_and_its_receipts_as_text() -> None:
    lines = paragraphs(as_word(TURNS, VERSION))
    assert lines[:3] == ["HỏiBáo", "Phà ngừng khi nào?", f"“{LAST.quote}”"]
    assert lines[3].split("\n")[:3] == [FERRY.headline, "Báo Cửa Biển · Minh Hà · 04/03/2025 09:30", FERRY.url]
    assert lines[lines.index("Giá vàng?") + 1] == "Không tìm thấy."
    hostile = citation(HOSTILE, HOSTILE.text)
    assert "Không phải đề mục" in paragraphs(as_word([Turn("\x00\ud800\uffff<w:p/>", (hostile,))]))[2]


def test_a_word_file_made_leads_nowhere() -> None:
    with zipfile.ZipFile(io.BytesIO(as_word([Turn("?", (citation(HOSTILE, HOSTILE.text), LAST))]))) as archive:
        relations = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    assert "External" not in relations and "evil" not in relations


WITHOUT_WORD = """
import sys
sys.modules["docx"] = None
from datetime import date
from qa.chat_export import exported
from qa.chat_text import VIETNAMESE
print(exported({}, VIETNAMESE, None, date(2026, 3, 5), {"format": "docx", "turns": []})["error"])
print(exported({}, VIETNAMESE, None, date(2026, 3, 5), {"format": "md", "turns": []})["text"])
"""


def test_without_the_library_a_word_file_is_one_line_and_the_others_are_made() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_WORD], capture_output=True, text=True, cwd=ROOT, timeout=120, check=True
    )
    refused, made = ran.stdout.split("\n")[:2]
    assert refused == "Máy chủ chưa lưu được tệp Word. Người quản trị cần: pip install 'hoibao[files]'"
    assert made == "# HỏiBáo"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_only_sentences_that_the_articles_have(name: str) -> None:
    places = [
        [FERRY.article_id, LAST.start, LAST.end],
        [FERRY.article_id, 0, 10**9],
        ["nobody", 0, 3],
        ["pha-rung", True, 5],
        "x",
        ["pha-rung", 5, 5],
    ]
    turns = [{"question": "Phà\ud800?", "places": places, "quote": "Bịa."}, None, {"question": 3, "places": []}]
    made = exported(Newsstand().articles, VIETNAMESE, VERSION, date(2026, 3, 5), {"format": name, "turns": turns})
    assert made["name"] == f"hoibao-2026-03-05.{FORMATS[name].ending}"
    text = "\n".join(paragraphs(b64decode(made["base64"]))) if "base64" in made else made["text"]
    assert LAST.quote in text.replace("\\", "") and "Bịa" not in text
    assert text.count(LAST.quote[:20]) == 1
    text.encode("utf-8")


@pytest.mark.parametrize("sent", [None, {}, {"format": "exe", "turns": []}, {"format": ["md"]}, {"format": "md"}])
def test_what_is_no_export_makes_no_file(sent: object) -> None:
    assert exported({}, VIETNAMESE, None, date(2026, 3, 5), sent) == {"error": VIETNAMESE.failed}


def test_the_version_is_the_generation_in_force(assistant: Assistant, seeds_directory: Path) -> None:
    assert assistant.version is not None
    assert assistant.version.name == (seeds_directory / "CURRENT").read_text(encoding="utf-8").strip()
    assert version_of(seeds_directory, {**assistant.manifest, "articles": 6}) is None
    assert version_of(seeds_directory / "nowhere", assistant.manifest) is None
