"""Who signs an article: a by-line or a source, but neither its last sentence nor the names of a list."""

import pytest

from index.cleaning import clean_body, clean_page

HEAD = "Huyện vùng biên mở chợ phiên trở lại\n12/03/2025 07:30\n\n"
FIRST = "Chợ phiên Lũng Vài họp lại sáng 12/3 sau bốn năm vắng khách."

LAST_SENTENCES = [
    "Theo kế hoạch, chợ họp vào chủ nhật hằng tuần.",
    "Theo bà Mùi, giá ngô đã lên 9.000 đồng.",
    "Theo Ban quản lý, 120 gian hàng đã kín chỗ.",
    "Theo Sở Công Thương tỉnh.",
    "Theo dự báo mưa còn kéo dài",
    "Theo đó, khách được miễn phí gửi xe",
    "Nguồn nước về chợ đã sạch trở lại.",
    "Nguồn hàng chủ yếu là ngô và gà đồi.",
    "Nguồn: ngân sách huyện và tiền dân góp.",
    "Nguồn: Ngân sách huyện góp một nửa số tiền.",
]


@pytest.mark.parametrize("sentence", LAST_SENTENCES)
def test_the_last_sentence_is_no_source(sentence: str) -> None:
    page = clean_page(HEAD + f"{FIRST}\n\n{sentence}")
    assert (page.text.split("\n"), page.outlet, page.author) == ([FIRST, sentence], None, None)


@pytest.mark.parametrize("sentence", LAST_SENTENCES)
def test_it_is_none_above_the_name_of_the_writer_either(sentence: str) -> None:
    page = clean_body([FIRST, sentence, "Lù Thị Pao"])
    assert (page.text.split("\n"), page.outlet, page.author) == ([FIRST, sentence], None, "Lù Thị Pao")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Theo Báo Biên Cương", "Báo Biên Cương"),
        ("Theo báo Biên Cương", "báo Biên Cương"),
        ("Theo bienc.vn", "bienc.vn"),
        ("Theo: Tin Vùng Cao", "Tin Vùng Cao"),
        ("Nguồn: Đài Vùng Cao", "Đài Vùng Cao"),
        ("Nguồn: Đài Vùng Cao.", "Đài Vùng Cao"),
        ("TTXVN", "TTXVN"),
        ("(TTXVN/Vietnam+)", "TTXVN/Vietnam+"),
    ],
)
def test_a_source_is_read(line: str, outlet: str) -> None:
    page = clean_page(HEAD + f"{FIRST}\n\nHoàng Sín\n\n{line}")
    assert (page.text, page.outlet, page.author) == (FIRST, outlet, "Hoàng Sín")


NAMES = ["Lò Văn Pản", "Giàng A Dế", "Tráng Seo Vần"]
LISTS = [
    ["Ba người bị thương được đưa đi cấp cứu gồm:", *NAMES],
    ["Hai học sinh đoạt giải nhất:", *NAMES[:2]],
    ["Người trúng cử là:", "Bà Sùng Thị Mảy, 41 tuổi", "Ông Lò Văn Pản, 50 tuổi", "Giàng A Dế"],
    ["Danh sách hộ nhận bò giống như sau.", *NAMES],
    ["Các doanh nghiệp góp vốn:", "VNPT", "HAGL"],
    ["Đợt này có ba đơn vị được khen.", "VNPT", "HAGL", "SLNA"],
]


@pytest.mark.parametrize("lines", LISTS, ids=lambda lines: lines[0])
def test_the_names_of_a_list_sign_nothing(lines: list[str]) -> None:
    page = clean_page(HEAD + "\n\n".join([FIRST, *lines]))
    assert (page.text.split("\n"), page.author, page.outlet) == ([FIRST, *lines], None, None)
    assert clean_body([FIRST, *lines]).text.split("\n") == [FIRST, *lines]


@pytest.mark.parametrize("lines", LISTS, ids=lambda lines: lines[0])
@pytest.mark.parametrize("signed", ["Bài, ảnh: Vàng Mí Lử", "Tác giả: Vàng Mí Lử", "Vàng Mí Lử. Ảnh: Hà Quang"])
def test_below_a_list_a_by_line_says_that_it_is_one(lines: list[str], signed: str) -> None:
    page = clean_page(HEAD + "\n\n".join([FIRST, *lines, signed]))
    assert (page.text.split("\n"), page.author) == ([FIRST, *lines], "Vàng Mí Lử")


def test_below_a_list_the_writer_whom_the_head_names_signs_again() -> None:
    page = clean_page(
        f"Huyện vùng biên mở chợ phiên trở lại\n12/03/2025 07:30\nHoàng Sín\n\n{FIRST}\n\nMặt hàng gồm:\n\nGà đồi\n\nHoàng Sín"
    )
    assert (page.text.split("\n"), page.author) == ([FIRST, "Mặt hàng gồm:", "Gà đồi"], "Hoàng Sín")


@pytest.mark.parametrize(
    "signed",
    [["Hoàng Sín", "Lù Thị Pao"], ["Hoàng Sín", "Theo Báo Biên Cương"], ["Tin: Hoàng Sín", "TTXVN"]],
)
def test_two_may_sign(signed: list[str]) -> None:
    page = clean_body([FIRST, *signed])
    assert page.text == FIRST
    assert page.author in ("Hoàng Sín", "Lù Thị Pao")


@pytest.mark.parametrize("line", ["Tin: Chợ sẽ họp đều.", "Bài: Hát then nay vẫn còn."])
def test_a_sentence_behind_a_colon_is_no_by_line(line: str) -> None:
    assert clean_body([FIRST, line]).text.split("\n") == [FIRST, line]
