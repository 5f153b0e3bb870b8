"""What people have in their folders beside good files: each kind, and each way in which it is bad."""

import gzip
import io
import json
import subprocess
import sys
import time
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from index.articles import Corpus, Skipped
from index.cleaning import clean_page
from index.readers.dates import published_of
from index.readers.encodings import decode, repair_twice_encoded
from index.readers.files import read_one
from index.readers.markdown_files import read_markdown
from index.readers.web_pages import read_web_page
from index.readers.word_files import read_word_file
from index.sources import read_corpus

PAGES = Path(__file__).parent / "pages"
GOOD = "Mưa lớn ở miền Trung\n\nTrời mưa suốt ba ngày. Nước lên nhanh."
BODY = "<p>Trời mưa suốt ba ngày ở các tỉnh miền Trung. Nước lên nhanh.</p><p>Người dân đã dời lên chỗ cao.</p>"


def corpus_of(folder: Path, **files: bytes | str) -> Corpus:
    """Read `files` ("name_ending") beside one that is good."""
    (folder / "zz.txt").write_text(GOOD, encoding="utf-8")
    for name, data in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    corpus = read_corpus(folder)
    assert "zz.txt" in [article.path for article in corpus.articles], "one bad file must not stop the others"
    return corpus


def refused(folder: Path, **files: bytes | str) -> str:
    """Return the reason why the one file beside the good one is refused."""
    (skipped,) = corpus_of(folder, **files).skipped
    return skipped.reason


def windows_1258(text: str) -> bytes:
    """Return `text` as Windows-1258 has it: the letter with its hat or horn, and after it the tone."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        out += (bare + tone).encode("cp1258")
    return out


def test_utf16_without_its_mark_is_read() -> None:
    assert decode(GOOD.encode("utf-16-le")) == GOOD
    assert decode(GOOD.encode("utf-16-be")) == GOOD


def test_windows_1258_is_read_and_reported_and_equals_its_twin(tmp_path: Path) -> None:
    assert clean_page(decode(windows_1258(GOOD))) == clean_page(GOOD)
    corpus = corpus_of(tmp_path, old_txt=windows_1258(GOOD.replace("ba", "bốn")))
    assert [(note.path, note.reason) for note in corpus.notes] == [("old.txt", "converted from cp1258")]


def test_tcvn3_is_refused_by_name(tmp_path: Path) -> None:
    tcvn3 = b"Th\xf1 t\xad\xedng ph\xb8t bi\xd3u t\xb9i h\xe9i ngh\xde. \xa7\xe5ng b\xb5o c\xb6 n\xad\xedc vui m\xf5ng."
    assert "TCVN3" in refused(tmp_path, old_txt=tcvn3)


@pytest.mark.parametrize(
    ("font", "text"),
    [
        ("TCVN3", "C¸c ®¹i biÓu ®· häp ë Hµ Néi. Thñ t­íng ®Õn dù vµ ph¸t biÓu. D©n lµng trong x· vui mõng, hä nãi r»ng ®ª ®· v÷ng."),
        ("VNI", "Caùc ñaïi bieåu ñaõ hoïp ôû Haø Noäi vaøo ngaøy thöù naêm. Baø con trong laøng vui möøng laø vì ñeâ ñaõ vöõng vaøng, ngaøn nhaø an toaøn."),
    ],
)  # fmt: skip
def test_letters_of_old_fonts_that_a_program_kept_are_refused_by_name(tmp_path: Path, font: str, text: str) -> None:
    assert f"old font ({font})" in refused(tmp_path, cu_txt=f"Tin trong ngay\n\n{text}")
    row = json.dumps({"text": text})
    assert (
        f"old font ({font})"
        in {each.path: each.reason for each in corpus_of(tmp_path, cu_jsonl=row).skipped}["cu.jsonl"]
    )


def test_other_languages_with_marks_are_read(tmp_path: Path) -> None:
    spanish = (
        "El año pasado los niños de España comieron piñas en la montaña, según dijo el señor Núñez a la niña. " * 3
    )
    french = "L'été dernier les élèves étaient très fatigués après la fête, là-bas, où les garçons naïfs jouaient. " * 3
    signs = "Giá 3.000 USD/m², rộng 500 m²; nhãn ® và ©2024, nhiệt độ 30°C, lệch ±2 mm. " * 5
    assert corpus_of(tmp_path, a_txt=spanish, b_txt=french, c_txt=signs).skipped == ()


def test_twice_encoded_text_is_put_right_only_where_that_is_exact() -> None:
    twice = "Thủ tướng đến thăm".encode().decode("latin-1")
    text, notes = repair_twice_encoded(f"{twice}\nCâu đúng.")
    assert text == "Thủ tướng đến thăm\nCâu đúng."
    assert "1 lines were encoded twice" in notes[0]
    broken = twice + " – và chữ đúng"
    assert repair_twice_encoded(broken)[0] == broken
    assert "cannot be put right" in repair_twice_encoded(broken)[1][0]


def test_control_characters_are_taken_out_and_counted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, a_txt="Gió mùa về\n\nTrời\x00 trở lạnh từ đêm nay ở miền Bắc.\x07 " + "Rét đậm. " * 30)
    assert "2 control characters" in corpus.notes[0].reason
    assert not any("\x00" in article.text for article in corpus.articles)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a_txt", gzip.compress(bytes(1_000_000)), "a gzip archive"),
        ("a_txt", b"%PDF-1.4\n", "a PDF"),
        ("a_txt", "<!DOCTYPE html><p>Trời mưa.</p>", "a web page"),
        ("a_html", b"PK\x03\x04zip", "a zip archive"),
        ("a_html", b"", "empty"),
        ("a_html", b"<p>Tr\xe1\xbb\x9di m\xff\xc6\xb0a</p>", "byte 0xff at"),
        ("a_html", "<div>" * 100_000 + "x", "nested deeper"),
        ("a_html", "<div " + " ".join(f"a{n}=1" for n in range(400_000)) + ">x</div>", "attributes"),
        ("a_html", "<p>" * 60_000, "elements"),
        ("a_html", b"<p>" + b"x" * 5_000_001, "limit of 5,000,000"),
        ("a_html", "<html><nav>Trang chủ</nav></html>", "no article text"),
        ("a_pdf", "<!DOCTYPE html><p>Không tìm thấy trang", "no PDF"),
        ("a_pdf", b"%PDF-1.4\nbroken", "broken PDF"),
        ("a_docx", b"\xd0\xcf\x11\xe0old", "old Office document"),
        ("a_docx", b"PK\x03\x04broken", "broken Word file"),
        ("a_jsonl", b"\x1f\x8b\x08", "a gzip archive"),
        ("a_csv", "id,title\n1,x\n", "no column 'text'"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once_by_name(
    tmp_path: Path, name: str, data: bytes | str, reason: str
) -> None:
    started = time.monotonic()
    assert reason in refused(tmp_path, **{name: data})
    assert time.monotonic() - started < 10  # two seconds alone; the machine may be busy


def test_an_entity_of_a_page_reads_no_file() -> None:
    page = read_web_page(
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "ha">'
        b'<!ENTITY b "&a;&a;&a;&a;">]><html><body><h1>Tin</h1>'
        + BODY.encode()
        + b"<p>&x; &b; ket thuc cau.</p></body></html>"
    )
    assert "root:" not in page.text
    assert "haha" not in page.text


def test_a_page_that_is_cut_off_is_read_and_said_to_be() -> None:
    whole = f"<html><body><h1>Mưa lớn ở miền Trung</h1>{BODY}<p>Đường sắt đã thông.".encode()
    page = read_web_page(whole + "ữ".encode()[:2])
    assert page.text.startswith("Trời mưa suốt ba ngày")
    assert any("cut off" in note for note in page.notes)


def test_scripts_and_forms_give_no_text_and_no_address() -> None:
    page = read_web_page(
        f"<html><head><base href='http://evil.example'><meta http-equiv=refresh content='0;url=x'>"
        f"<link rel=canonical href='javascript:alert(1)'></head><body><h1>Mưa lớn ở miền Trung</h1><script>alert(1)</script>"
        f"<form><input value=mật><button>Gửi</button></form>{BODY}<img src=//t.example/p.gif></body></html>".encode()
    )
    assert page.text == "Trời mưa suốt ba ngày ở các tỉnh miền Trung. Nước lên nhanh.\nNgười dân đã dời lên chỗ cao."
    assert page.url is None


TIMES = '<time datetime="2025-05-05">5/5</time>'


@pytest.mark.parametrize(
    "beside",
    [
        f'<div class="comments">{TIMES}<p>Mong nước rút sớm, thương bà con quá.</p></div>',
        f'<div class="related"><a href=/x>Miền Trung dọn dẹp sau ba ngày mưa lớn</a>{TIMES}</div>',
        '<div class="top">Thứ hai, 05/05/2025</div><div class="menu"><a href=/>Trang chủ</a></div>',
    ],
)
def test_a_day_of_a_comment_another_article_or_the_visit_is_none_of_publication(beside: str) -> None:
    article = f"<h1>Mưa lớn ở miền Trung</h1>{BODY}"
    before, after = (beside, "") if "menu" in beside else ("", beside)
    for said, published in (("", None), ("<p>Ngày đăng: 18/02/2025</p>", datetime(2025, 2, 18))):
        page = read_web_page(f"<html><body>{before}<article>{article}{said}</article>{after}</body></html>".encode())
        assert page.published == published


def test_a_page_saved_from_a_browser_keeps_its_address_and_linked_data_with_line_ends_is_read() -> None:
    data = '{"@type": "NewsArticle", "description": "Mưa\nlớn", "author": {"name": "Lê Hà"}}'
    page = read_web_page(
        "<!DOCTYPE html>\n<!-- saved from url=(0020)https://bao.example/1 -->\n<html><head>"
        f'<script type="application/ld+json">{data}</script></head>'
        f"<body><h1>Mưa lớn ở miền Trung</h1>{BODY}</body></html>".encode()
    )
    assert (page.url, page.author) == ("https://bao.example/1", "Lê Hà")


def test_kinds_that_are_not_read_are_told_with_what_to_do_and_what_programs_leave_is_not(tmp_path: Path) -> None:
    for name in ("a.doc", "a.json", "a.mhtml", "a.zip", "._zz.txt", "~$a.docx", "a.png"):
        (tmp_path / name).write_bytes(b"x")
    told = {skipped.path: skipped.reason for skipped in corpus_of(tmp_path).skipped}
    assert list(told) == ["a.doc", "a.json", "a.mhtml", "a.zip"]
    remedies = ("save it as .docx", "in a file that ends in .jsonl", "save it as HTML only", "unpack it")
    assert all(remedy in reason for remedy, reason in zip(remedies, told.values(), strict=True))


def pdf(*, locked: bool = False) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if locked:
        writer.encrypt("mật", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_and_a_scanned_pdf_are_refused_with_the_remedy(tmp_path: Path) -> None:
    assert "scanned" in refused(tmp_path, scan_pdf=pdf())
    (tmp_path / "scan.pdf").unlink()
    assert "encrypted" in refused(tmp_path, locked_pdf=pdf(locked=True))


def test_a_bomb_in_a_word_file_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(25_000_000))
    started = time.monotonic()
    assert "when unpacked" in refused(tmp_path, bomb_docx=out.getvalue())
    assert time.monotonic() - started < 10
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "x")
    with pytest.raises(ValueError, match=r"without word/document\.xml"):
        read_word_file(other.getvalue())


def test_an_entity_of_a_word_file_is_not_expanded() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(PAGES / "14-tin-truong-nghe.docx") as good, zipfile.ZipFile(out, "w") as archive:
        for part in good.namelist():
            data = good.read(part)
            if part == "word/document.xml":
                entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
                data = data.replace(b"<w:document", entity, 1).replace("Học miễn phí".encode(), b"&x;")
            archive.writestr(part, data)
    assert "root:" not in read_word_file(out.getvalue()).text


def test_links_to_files_and_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a.html").symlink_to("/etc/passwd")
    corpus = corpus_of(tmp_path)
    assert corpus.skipped == (Skipped("a.html", "not a regular file"), Skipped("loop", "not a regular file"))


def test_markdown_gives_its_front_matter_and_loses_its_marks() -> None:
    page = read_markdown(
        "---\ntitle: 'Chợ nổi'\ndate: 2024-05-01 08:00\nauthor: Lê Hoa\nurl: https://a.example/b\n---\n"
        "# Chợ nổi\n\nChợ **họp** từ [5 giờ](https://x.example/a_(b)) và _đông_\nvào cuối tuần, giá 2*3*4 a_b_c.\n\n"
        "## Đi lại\n- Thuyền\n- Xe\n\n> Lời *hay*.\n\n![ảnh](x.jpg)\n"
    )
    assert (page.title, page.author, page.url) == ("Chợ nổi", "Lê Hoa", "https://a.example/b")
    assert page.published == datetime(2024, 5, 1, 8)
    assert page.text.split("\n") == [
        "Chợ họp từ 5 giờ và đông vào cuối tuần, giá 2*3*4 a_b_c.", "Đi lại", "Thuyền", "Xe", "Lời hay."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thứ Hai, 18/02/2025 20:25 (GMT+7)", datetime(2025, 2, 18, 20, 25)),
        ("2025-02-18T13:25:00Z", datetime(2025, 2, 18, 20, 25)),
        ("2025-02-18T20:25:00+0700", datetime(2025, 2, 18, 20, 25)),
        ("14:30 | Ngày 05 tháng 10 năm 2023", datetime(2023, 10, 5, 14, 30)),
        ("27/12/2019 09:15 PM", datetime(2019, 12, 27, 21, 15)),
        ("2022-05-06", datetime(2022, 5, 6)),
        ("31/02/2023", None),
        ("9999-12-31", None),
        ("hôm qua", None),
    ],
)
def test_a_date_is_whole_and_real_or_none(text: str, moment: datetime | None) -> None:
    assert published_of(text) == moment


def test_without_the_extra_other_files_are_read_and_one_line_names_the_command(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "c.pdf"):
        (tmp_path / name).write_bytes(b"<p>x</p>")
    (tmp_path / "zz.txt").write_text(GOOD, encoding="utf-8")
    code = (
        "import sys\n"
        "for name in ('trafilatura', 'lxml', 'pypdf', 'docx'): sys.modules[name] = None\n"
        "sys.argv = ['hoibao', 'clean', sys.argv[1]]\n"
        "from qa.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Trời mưa suốt ba ngày." in done.stdout
    assert done.stderr.splitlines() == [
        "2 tệp .html không đọc được: pip install 'hoibao[files]'",
        "1 tệp .pdf không đọc được: pip install 'hoibao[files]'",
    ]


def test_a_file_over_the_limit_is_named_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(ValueError, match="limit of 20,000,000"):
        read_one(path)
