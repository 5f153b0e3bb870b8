"""Where the head of a page ends: its headline and by-line are read, its menu dropped, the first lines of the text not."""

from datetime import date

import pytest

from index.cleaning import CleanPage, clean_body, clean_page

DATE = "12/03/2025 07:30"
TITLE = "Trường huyện công bố kết quả thi học sinh giỏi"
FIRST = "Kỳ thi có 640 học sinh của 22 trường tham gia."
MENU = ["Báo Sông Lam điện tử", "Thời sự", "Giáo dục"]


def read(*lines: str) -> tuple[str | None, str | None, list[str]]:
    page = clean_page("\n\n".join(lines))
    return page.title, page.author, page.text.split("\n")


OPENINGS = [
    ["Kết quả các môn như sau:", "Toán: 18,5 điểm", "Ngữ văn: 17 điểm", "Vật lý: 19 điểm"],
    ["Danh sách giải nhất:", "Đặng Quốc Bảo", "Hồ Sĩ Lâm"],
    ["Đề thi năm nay có khó hơn không?"],
    ["- Thưa thầy, vì sao điểm môn Văn thấp?"],
    ["Điểm thi năm nay cao hơn hẳn mọi năm", "Trường chuyên dẫn đầu với 31 giải"],
    ["Bài thơ của em Lâm có đoạn:", "Mẹ gánh mùa đông qua ngõ", "Tóc vương sương trắng triền đê"],
]


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda lines: lines[0])
@pytest.mark.parametrize("below", [[DATE], [DATE, "Hồ Thu Cúc"], [DATE, "Chia sẻ", "Nghe đọc bài"]])
def test_the_text_may_open_without_a_full_stop(opening: list[str], below: list[str]) -> None:
    title, _, text = read(*MENU, TITLE, *below, *opening, FIRST)
    assert (title, text) == (TITLE, [*opening, FIRST])


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda lines: lines[0])
def test_it_may_below_a_by_line_too(opening: list[str]) -> None:
    assert read(TITLE, "Hồ Thu Cúc", *opening, FIRST) == (TITLE, "Hồ Thu Cúc", [*opening, FIRST])


@pytest.mark.parametrize("opening", OPENINGS[:2], ids=lambda lines: lines[0])
def test_what_announces_a_list_opens_the_text_of_an_undated_page(opening: list[str]) -> None:
    assert read(TITLE, *opening, FIRST)[::2] == (TITLE, [*opening, FIRST])


@pytest.mark.parametrize(
    "leftover",
    [
        "Chia sẻ",
        "Nghe đọc bài",
        "Theo dõi Báo Sông Lam trên Google News",
        "Nghe nội dung bài viết này bằng giọng đọc miền Bắc",
        "3 phút đọc",
        "Chia sẻ Facebook Zalo Cỡ chữ Lưu bài viết",
        "Cỡ chữ: A- A A+",
        "Giáo dục 24h",
        "Từ khóa: thi cử, học sinh giỏi, trường huyện",
        ">> Xem điểm chuẩn vào lớp 10 tại đây",
    ],
)
def test_the_menu_goes_on_below_the_date(leftover: str) -> None:
    assert read(*MENU, TITLE, DATE, leftover, FIRST) == (TITLE, None, [FIRST])


@pytest.mark.parametrize(
    "headline",
    [
        "Đội bóng làng chài vô địch giải tỉnh!",
        "Hai mươi năm chở chữ qua sông...",
        "Người giữ hồn ví giặm bên dòng Lam…",
        "“Xin đừng bỏ học!”",
        "Bao giờ cầu Nậm Cắn được xây lại?",
        "Video: Đàn voi rừng về kiếm ăn ở Pù Mát",
        "Ảnh: Mùa lúa chín trên bản Mường Lống",
    ],
)
def test_what_stands_right_above_the_date_is_the_headline(headline: str) -> None:
    assert read(*MENU, headline, DATE, "Hồ Thu Cúc", FIRST) == (headline, "Hồ Thu Cúc", [FIRST])
    assert read(*MENU, headline, "Hồ Thu Cúc", DATE, FIRST)[::2] == (headline, [FIRST])


@pytest.mark.parametrize("name", ["Nguyễn Hoàng Minh Châu", "Hồ Thu Cúc - Phan Văn Sơn"])
def test_a_name_above_the_date_is_no_headline(name: str) -> None:
    title, _, text = read(*MENU, TITLE, name, DATE, FIRST)
    assert (title, text) == (TITLE, [FIRST])


def test_the_date_and_the_writer_may_stand_below_the_lead() -> None:
    assert read(*MENU, TITLE, FIRST, "Hồ Thu Cúc", DATE, "Thầy trò rất vui.") == (
        TITLE,
        "Hồ Thu Cúc",
        [FIRST, "Thầy trò rất vui."],
    )


@pytest.mark.parametrize("section", ["Giáo dục", "Trong tỉnh"])
def test_the_date_may_stand_between_the_section_and_the_headline(section: str) -> None:
    assert read(*MENU, "Đọc báo in hôm nay", section, DATE, TITLE, "Hồ Thu Cúc", FIRST) == (
        TITLE,
        "Hồ Thu Cúc",
        [FIRST],
    )


TODAY = "Thứ hai, 23/11/2026"


def facts(*lines: str) -> tuple[str | None, str, str | None, str | None]:
    """Return headline, day, author and outlet of a page with those lines above its first paragraph."""
    page = clean_page("\n\n".join([*lines, FIRST]))
    assert page.text == FIRST
    return page.title, str(page.published and page.published.date()), page.author, page.outlet


def test_the_day_below_the_headline_is_that_of_publication_and_not_today_s_above_the_menu() -> None:
    assert facts(TODAY, *MENU[1:], TITLE, DATE, "Hồ Thu Cúc") == (TITLE, "2025-03-12", "Hồ Thu Cúc", None)
    assert facts(TODAY, "Trang chủ", "Thời sự", TITLE) == (TITLE, "None", None, None)
    assert facts(DATE, TITLE, "Cập nhật: 13/03/2025 09:00")[:2] == (TITLE, "2025-03-12")


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("Hà Nội, ngày 12/03/2025", None, None),
        ("Báo Sông Lam ngày 12/03/2025", None, "Báo Sông Lam"),
        ("Tạp chí Kinh tế Sài Gòn | 12/03/2025 08:00", None, "Tạp chí Kinh tế Sài Gòn"),
        ("Hồ Thu Cúc - 12/03/2025", "Hồ Thu Cúc", None),
        ("2025-03-12 07:30", None, None),
        ("2025/03/12", None, None),
        ("Ngày 12 tháng 3 năm 2025", None, None),
    ],
)
def test_a_place_or_an_outlet_beside_the_day_is_no_author(line: str, author: str | None, outlet: str | None) -> None:
    assert facts(TITLE, line) == (TITLE, "2025-03-12", author, outlet)


def test_an_outlet_below_the_headline_is_no_author() -> None:
    assert facts(TITLE, DATE, "Báo Lao động") == (TITLE, "2025-03-12", None, "Báo Lao động")
    assert facts("Báo Lao động trao quà cho học sinh giỏi", DATE)[0] == "Báo Lao động trao quà cho học sinh giỏi"


@pytest.mark.parametrize("title", ["Giá vàng hôm nay 12/3/2025", "Xổ số miền Bắc ngày 12/3/2025"])
def test_a_headline_may_end_with_a_day(title: str) -> None:
    assert facts(title, DATE)[:2] == (title, "2025-03-12")
    assert facts(title, "Hồ Thu Cúc")[0] == title


@pytest.mark.parametrize("last", ["Ngày đăng: 12/03/2025", "Báo Sông Lam, ngày 12/03/2025"])
def test_a_page_may_say_its_day_at_its_end(last: str) -> None:
    def day_of(page: CleanPage) -> tuple[str, date | None]:
        return page.text, page.published.date() if page.published else None

    assert day_of(clean_page(f"{TITLE}\n\n{FIRST}\n\n{last}")) == (FIRST, date(2025, 3, 12))
    assert day_of(clean_body([FIRST, last])) == (FIRST, date(2025, 3, 12))
    assert day_of(clean_page(f"{TITLE}\n{DATE}\n\n{FIRST}\n\nHọp báo ngày 14/03/2025"))[1] == date(2025, 3, 12)
