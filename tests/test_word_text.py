"""A Word file is read as a reader sees it: changes accepted, controls, fields, boxes, notes and tables with their text."""

import io
import zipfile
from itertools import product
from pathlib import Path

import pytest

from index.readers.word_files import read_word_file

PAGES = Path(__file__).parent / "pages"
HEAD = ["Hải Phòng mở rộng cảng nước sâu Lạch Huyện", "18/02/2025 08:30", "Sáng nay, thành phố khởi công hai bến cảng."]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def table(*rows: list[str]) -> str:
    """A table of cells, each with its XML, and its properties before it where there are some."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_of(*blocks: str, notes: str = "") -> list[str]:
    """Return the lines of the article in a Word file of the head above and `blocks`, below its first paragraph."""
    body = "".join([*(paragraph(run(line)) for line in HEAD), *blocks])
    note_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    out = io.BytesIO()
    with zipfile.ZipFile(PAGES / "14-tin-truong-nghe.docx") as good, zipfile.ZipFile(out, "w") as archive:
        for part in good.namelist():
            data = good.read(part).decode("utf-8", "surrogateescape")
            if part == "word/document.xml":
                data = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
            elif part == "word/_rels/document.xml.rels" and notes:
                relation = f'<Relationship Id="rIdN" Type="{note_type}" Target="footnotes.xml"/>'
                data = data.replace("</Relationships>", f"{relation}</Relationships>")
            elif part == "[Content_Types].xml" and notes:
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'
                data = data.replace("</Types>", f"{override}</Types>")
            archive.writestr(part, data.encode("utf-8", "surrogateescape"))
        if notes:
            archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    page = read_word_file(out.getvalue())
    assert (page.title, page.text.split("\n")[0]) == (HEAD[0], HEAD[2])
    return page.text.split("\n")[1:]


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        (f'<w:ins w:id="1" w:author="a">{run("bốn")}</w:ins>', "bốn"),
        ('<w:del w:id="1" w:author="a"><w:r><w:delText>ba</w:delText></w:r></w:del>', ""),
        (f'<w:moveTo w:id="1" w:author="a">{run("bốn")}</w:moveTo>', "bốn"),
        (f'<w:moveFrom w:id="1" w:author="a">{run("ba")}</w:moveFrom>', ""),
        (f"<w:sdt><w:sdtContent>{run('bốn')}</w:sdtContent></w:sdt>", "bốn"),
        (f'<w:smartTag w:element="place">{run("bốn")}</w:smartTag>', "bốn"),
        (f'<w:fldSimple w:instr="NUMWORDS">{run("bốn")}</w:fldSimple>', "bốn"),
        ("<w:r><w:instrText>NUMWORDS</w:instrText></w:r>", ""),
        (f'<w:hyperlink w:anchor="x">{run("bốn")}</w:hyperlink>', "bốn"),
        (run("ba", "<w:vanish/>"), ""),
        (run("bốn", '<w:vanish w:val="0"/>'), "bốn"),
    ],
)
def test_what_stands_in_a_sentence_is_read_as_it_is_seen(inside: str, read: str) -> None:
    sentence = text_of(paragraph(run("Dự án gồm "), inside, run(" cầu tàu dài 900 mét.")))
    assert sentence == [" ".join(f"Dự án gồm {read} cầu tàu dài 900 mét.".split())]


def test_paragraphs_in_a_content_control_and_in_a_text_box_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('Khung: một triệu TEU một năm.'))}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    control = f"<w:sdt><w:sdtContent>{paragraph(run('Dự án xong năm 2027.'))}</w:sdtContent></w:sdt>"
    assert text_of(paragraph(run("Tàu vào cảng."), f"<w:r>{both}</w:r>"), control) == [
        "Tàu vào cảng.", "Khung: một triệu TEU một năm.", "Dự án xong năm 2027.",
    ]  # fmt: skip


def test_a_footnote_stands_below_the_paragraph_with_its_mark() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph(run("Quyết định số 1579 của Thủ tướng."))}</w:footnote>'
    ignored = f'<w:footnote w:id="0">{paragraph(run("Đường kẻ."))}</w:footnote>'
    read = text_of(
        paragraph(run("Theo quy hoạch"), mark, run(" mới.")), paragraph(run("Hết năm.")), notes=ignored + note
    )
    assert read == ["Theo quy hoạch mới.", "Quyết định số 1579 của Thủ tướng.", "Hết năm."]


def test_equal_figures_of_a_row_are_all_there_and_a_cell_over_two_rows_is_in_both() -> None:
    figures = [[paragraph(run(cell)) for cell in row] for row in (["Năm", "Hàng", "Tàu"], ["2024", "190", "190"])]
    assert text_of(table(*figures)) == ["Năm | Hàng | Tàu", "2024 | 190 | 190"]
    begins, goes_on = (f'<w:tcPr><w:vMerge w:val="{each}"/></w:tcPr>' for each in ("restart", "continue"))
    merged = [
        [begins + paragraph(run("2024")), paragraph(run("quý một"))],
        [goes_on + paragraph(), paragraph(run("quý hai"))],
    ]
    assert text_of(table(*merged)) == ["2024 | quý một", "2024 | quý hai"]


def test_an_article_that_is_laid_out_in_a_table_keeps_its_paragraphs() -> None:
    sentences = [f"{who} {what}." for who, what in product(("Thành phố", "Cảng"), ("khởi công bến mới", "đón tàu lớn"))]
    paragraphs = [paragraph(run(sentence)) for sentence in sentences]
    inner = table([paragraph(run("Vốn")), paragraph(run("9.000 tỷ"))])
    assert text_of(table(["".join(paragraphs[:2]), "".join(paragraphs[2:])], [inner + paragraph()])) == [
        *sentences, "Vốn | 9.000 tỷ",
    ]  # fmt: skip


def test_a_caption_is_no_paragraph() -> None:
    assert text_of(paragraph(run("Hình 1: Cảng nhìn từ trên cao"), style="Caption"), paragraph(run("Hết năm."))) == [
        "Hết năm."
    ]
