"""When an article came out: the line of the page that says so, and no other day that its lines speak of."""

from datetime import datetime

import pytest

from index.cleaning import clean_page
from index.readers.dates import published_of

TITLE = "Lễ hội đua ghe ngo trở lại sau hai năm"
LEAD = "Sáng nay, ban tổ chức công bố chương trình lễ hội đua ghe ngo."
LAST = "Khán đài mới chứa được 5.000 người."


def read(*lines: str, head: tuple[str, ...] = (TITLE,)) -> tuple[str | None, datetime | None, str | None, list[str]]:
    page = clean_page("\n".join(head) + "\n\n" + "\n\n".join(lines))
    return page.title, page.published, page.author, page.text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "Thời gian xuất phát: 13h ngày 14/11/2025",
        "Lễ bế mạc: 20:00 ngày 16/11/2025",
        "Khai mạc lúc 7:30 ngày 14/11/2025 tại Sóc Trăng",
        "Bán kết diễn ra ngày 15/11/2025 trên sông Maspero",
        "14/11/2025: Sóc Trăng - Trà Vinh",
        "15/11/2025 - Chung kết ghe nữ",
        "Ngày 14/11/2025",
        "Thứ Sáu, 14/11/2025",
    ],
)
def test_a_day_that_the_article_speaks_of_is_not_the_day_it_came_out(line: str) -> None:
    assert read(LEAD, line, LAST) == (TITLE, None, None, [LEAD, line, LAST])


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (["Thứ Sáu 14/11/2025", "Thứ Bảy 15/11/2025"], "Lịch đua ghe năm nay như sau:"),
        (["8:00 14/11/2025", "8:00 15/11/2025"], "Ghe xuất phát theo các giờ sau:"),
    ],
)
def test_the_days_of_a_list_are_none_of_them(items: list[str], says: str) -> None:
    assert read(LEAD, says, *items, LAST)[1] is None
    assert read(says, *items, LEAD, LAST)[1] is None


@pytest.mark.parametrize(
    "headline", ["Giá cà phê hôm nay 14/11/2025: Đảo chiều tăng mạnh", "Lịch cúp điện ở Sóc Trăng ngày 14/11/2025"]
)
def test_the_day_in_a_headline_is_part_of_the_headline(headline: str) -> None:
    assert read(LEAD, LAST, head=(headline,)) == (headline, None, None, [LEAD, LAST])
    dated = (headline, "13/11/2025 21:05")
    assert read(LEAD, LAST, head=dated) == (headline, datetime(2025, 11, 13, 21, 5), None, [LEAD, LAST])


@pytest.mark.parametrize(
    ("line", "hour", "author"),
    [
        ("13/11/2025 3:24:51 CH", (15, 24), None),
        ("13/11/2025 9:24:51 SA", (9, 24), None),
        ("Cập nhật: 13/11/2025 08:05 PM", (20, 5), None),
        ("13/11/2025 12:10 AM", (0, 10), None),
        ("13/11/2025 12:10 PM", (12, 10), None),
        ("4:30 CH | 13/11/2025", (16, 30), None),
        ("Thạch Sô Phia 13/11/2025 4:30 CH", (16, 30), "Thạch Sô Phia"),
        ("Đăng bởi Thạch Sô Phia lúc 16h30 ngày 13/11/2025", (16, 30), "Thạch Sô Phia"),
        ("Tác giả: Thạch Sô Phia - 13/11/2025", (0, 0), "Thạch Sô Phia"),
        ("Văn hóa | Thứ Năm, 13/11/2025", (0, 0), None),
        ("Lượt xem: 123 | 13/11/2025 08:05", (8, 5), None),
        ("13/11/2025 08:05 | Cập nhật 14/11/2025 09:00", (8, 5), None),
        ("Ngày đăng: 13/11/2025", (0, 0), None),
    ],
)
def test_the_line_of_the_date_is_read_whole(line: str, hour: tuple[int, int], author: str | None) -> None:
    assert read(LEAD, LAST, head=(TITLE, line)) == (TITLE, datetime(2025, 11, 13, *hour), author, [LEAD, LAST])


@pytest.mark.parametrize("line", ["13/11/2025 08:05 GMT+7", "Cập nhật: 13/11/2025", "Thứ Năm, 13/11/2025 - 3:24 CH"])
def test_the_date_may_stand_below_the_lead(line: str) -> None:
    _, published, _, text = read(LEAD, line, LAST)
    assert published is not None
    assert (published.date(), text) == (datetime(2025, 11, 13).date(), [LEAD, LAST])


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("13/11/2025 3:24:51 CH", datetime(2025, 11, 13, 15, 24)),
        ("13/11/2025 11:24 SA", datetime(2025, 11, 13, 11, 24)),
        ("3:24 PM, ngày 13 tháng 11 năm 2025", datetime(2025, 11, 13, 15, 24)),
        ("Lễ bế mạc: 20:00 ngày 16/11/2025", None),
        ("Lịch cúp điện ở Sóc Trăng ngày 14/11/2025", None),
    ],
)
def test_a_web_page_or_a_column_is_read_by_the_same_rules(text: str, published: datetime | None) -> None:
    assert published_of(text) == published
