"""Paragraphs that a program cut into lines of one width are whole again; other lines stay as they are."""

import textwrap

import pytest

from index.cleaning import clean_page

TITLE = "Hải Phòng khởi công hai bến cảng container tại khu bến Lạch Huyện, vốn hơn 9.000 tỷ đồng"
PARAGRAPHS = [
    "Sáng 18/2, thành phố Hải Phòng khởi công hai bến cảng container tại khu bến Lạch Huyện với tổng vốn 9.000 tỷ đồng.",
    "Theo chủ đầu tư, mỗi bến dài 450 mét, đón được tàu 12.000 TEU. Hệ thống cẩu do kỹ sư Linos-Alexandre thiết kế - nơi "
    "cuối cùng là nhà máy ở thành phố Hải Dương, cách cảng 60 km.",
    "Ông Nguyễn Văn Tùng cho biết dự án sẽ tạo việc làm cho hơn 2.000 lao động địa phương trong giai đoạn 2025-2030.",
]


@pytest.mark.parametrize(("width", "between"), [(50, "\n\n"), (60, "\n\n"), (72, "\n\n"), (72, "\n"), (100, "\n")])
def test_lines_of_one_width_are_paragraphs_again(width: int, between: str) -> None:
    cut = ["\n".join(textwrap.wrap(text, width)) for text in (TITLE, *PARAGRAPHS)]
    page = clean_page(f"{cut[0]}\n18/02/2025 10:00\n\n{between.join(cut[1:])}")
    assert (page.title, page.text.split("\n")) == (TITLE, PARAGRAPHS)


def test_short_lines_below_each_other_stay_lines() -> None:
    poem = [
        "mẹ gánh mùa đông qua ngõ",
        "tóc vương sương trắng triền đê",
        "con về nghe mưa trước cửa",
        "nhớ người đi chợ chưa về",
    ]
    lines = [*PARAGRAPHS, "Bài thơ có đoạn:", *poem, PARAGRAPHS[0][:60] + "."]
    assert clean_page(f"{TITLE}\n\n" + "\n".join(lines)).text.split("\n") == lines
