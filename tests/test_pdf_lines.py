"""A PDF is read as it looks: headlines of several lines, columns, gaps and indents, heads and feet of its pages."""

import io
import textwrap

from index.cleaning import CleanPage
from index.readers.pdf_files import read_pdf
from index.readers.pdf_lines import PdfLine, paragraphs_of, without_running_lines

HEADLINE = "Hai Phong khoi cong hai ben cang container tai khu ben Lach Huyen"
PARAGRAPHS = [
    "Sang nay, thanh pho Hai Phong khoi cong hai ben cang moi o Lach Huyen, von hon chin nghin ty dong. Moi ben dai "
    "bon tram met va don duoc tau lon nhat.",
    "Theo chu dau tu, hai ben cang nay do Cang vu TP. Hai Phong quan ly. Ben thu nhat xong vao nam sau.",
    "Nguoi dan mong du an som hoan thanh de co them viec lam o dia phuong minh. Lanh dao thanh pho cam ket nhu vay.",
]


def set_in(lines: list[str], y: float, size: float = 10, x: float = 50) -> list[PdfLine]:
    """`lines` below each other from `y` on."""
    return [PdfLine(line, x, y - 1.4 * size * number, size) for number, line in enumerate(lines)]


def column(paragraphs: list[str], x: float, width: int, gap: float = 8, indent: float = 0) -> list[PdfLine]:
    """The paragraphs in a column of `width` characters, from the top of the page on."""
    lines, y = list[PdfLine](), 700.0
    for paragraph in paragraphs:
        first, *others = set_in(textwrap.wrap(paragraph, width), y, x=x)
        lines += [PdfLine(first.text, x + indent, y, 10), *others]
        y = lines[-1].y - 14 - gap
    return lines


def as_pdf(pages: list[list[PdfLine]]) -> bytes:
    """A PDF with the lines, of ASCII only, as text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in FONT.items()})
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        stream = DecodedStreamObject()
        shown = (f"BT /F {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm ({line.text}) Tj ET" for line in lines)
        stream.set_data("\n".join(shown).encode("ascii"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}


def test_a_page_that_is_only_a_picture_is_said_to_be_lost() -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf([column(PARAGRAPHS, 50, 90), []]))))
    writer.pages[1]["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/I"): DictionaryObject()})
    out = io.BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue()).notes == ("no text on page 2, only pictures: scanned?",)


def read(*pages: list[PdfLine]) -> CleanPage:
    return read_pdf(as_pdf(list(pages)))


def test_a_headline_of_several_lines_is_one_headline() -> None:
    page = read([*set_in(textwrap.wrap(HEADLINE, 30), 780, 20), *column(PARAGRAPHS, 50, 90)])
    assert page.title == HEADLINE
    assert page.text.split("\n") == PARAGRAPHS


def test_columns_narrower_than_a_line_above_them_keep_their_sentences_whole() -> None:
    above = set_in(["Bao Hai Phong, so ra ngay thu ba, in tai nha in cua thanh pho, moi trang hai cot chu nho"], 780)
    left, right = column(PARAGRAPHS, 50, 40), column(PARAGRAPHS[:2], 300, 40)
    assert list(paragraphs_of([[*above, *left, *right]]))[1:] == PARAGRAPHS + PARAGRAPHS[:2]


def test_an_abbreviation_at_the_end_of_a_line_with_room_ends_no_paragraph() -> None:
    above = column([PARAGRAPHS[0], PARAGRAPHS[2]], 50, 60)
    lines = ["Theo chu dau tu, hai ben nay do Cang vu TP.", "Hai Phong quan ly. Ben thu nhat xong vao nam sau."]
    assert list(paragraphs_of([[*above, *set_in(lines, above[-1].y - 30)]]))[2:] == [" ".join(lines)]


def test_paragraphs_without_gaps_are_told_by_their_indents() -> None:
    assert list(paragraphs_of([column(PARAGRAPHS, 50, 70, gap=0, indent=20)])) == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_a_parted_name_is_whole() -> None:
    above, below = set_in(["Doan khach da den Cô-"], 100), set_in(["lôm-bi-a vao sang nay."], 700)
    assert list(paragraphs_of([above, below])) == ["Doan khach da den Cô-lôm-bi-a vao sang nay."]


def test_what_a_browser_prints_around_a_page_is_no_text_and_gives_the_address() -> None:
    headline, body = set_in(textwrap.wrap(HEADLINE, 30), 740, 20), column(PARAGRAPHS, 50, 90)
    printed = [
        *set_in([f"11/23/26, 1:30 AM {HEADLINE} - Bao X"], 790, 8),
        *set_in(["https://x.vn/cang.html 1/1"], 10, 8),
    ]
    page = read([*headline, *body, *printed])
    assert page.text.split("\n") == PARAGRAPHS
    assert (page.title, page.published, page.url) == (HEADLINE, None, "https://x.vn/cang.html")


def test_heads_and_feet_with_the_number_of_the_page_are_left_out_also_of_two_pages() -> None:
    pages = [
        [*set_in([f"Bao Hai Phong - trang {number}"], 790, 8), *lines, *set_in([f"So 12{number}, nam thu hai"], 20, 8)]
        for number, lines in enumerate([column(PARAGRAPHS, 50, 90), column(PARAGRAPHS[1:], 50, 90)], start=1)
    ]
    kept, dropped, _ = without_running_lines(pages)
    assert [line.text for line in dropped] == [
        "Bao Hai Phong - trang 1", "So 121, nam thu hai", "Bao Hai Phong - trang 2", "So 122, nam thu hai",
    ]  # fmt: skip
    assert list(paragraphs_of(kept)) == PARAGRAPHS + PARAGRAPHS[1:]


def test_the_same_paragraph_at_other_heights_of_two_pages_stays() -> None:
    pages = [set_in(["Hop hom nay."], 700), set_in(["Hop hom nay.", "Hop hom nay."], 680)]
    kept, dropped, _ = without_running_lines(pages)
    assert (kept, dropped) == (pages, [])


def test_the_sign_of_an_item_stands_before_its_text() -> None:
    item = [PdfLine(sign, 50, 600 - 30 * at, 10) for at, sign in enumerate("•-")]
    texts = [PdfLine("Ben so ba", 60, each.y, 10) for each in item]
    lines = [line for pair in zip(item, texts, strict=True) for line in pair]
    read = list(paragraphs_of([[*column(PARAGRAPHS[:1], 50, 90), *lines]]))
    assert read == [PARAGRAPHS[0], "• Ben so ba", "- Ben so ba"]


def test_the_cells_of_a_row_are_one_line() -> None:
    above = column(PARAGRAPHS[:1], 50, 90)
    rows = [("Nam", "Hang (trieu tan)", "Tau"), ("2023", "170", "1.200"), ("2024", "190", "1.300")]
    cells = [
        PdfLine(cell, 50 + 100 * place, above[-1].y - 30 - 16 * number, 10)
        for number, row in enumerate(rows)
        for place, cell in enumerate(row)
    ]
    below = set_in(textwrap.wrap(PARAGRAPHS[1], 90), cells[-1].y - 30)
    assert list(paragraphs_of([[*above, *cells, *below]])) == [
        PARAGRAPHS[0], "Nam | Hang (trieu tan) | Tau", "2023 | 170 | 1.200", "2024 | 190 | 1.300", PARAGRAPHS[1],
    ]  # fmt: skip
