"""What a text was saved with is read by its labels, in Vietnamese and English; labels in an article are its own."""

from datetime import datetime

import pytest

from index.cleaning import CleanPage, clean_page

TITLE = "Hải Phòng khởi công hai bến cảng container"
TEXT = "Sáng 18/2, thành phố Hải Phòng khởi công hai bến cảng mới.\nMỗi bến dài 450 mét."
VIETNAMESE = f"""Tiêu đề: {TITLE}
Ngày đăng: 18/02/2025 20:25
Tác giả: Lê Hà
Nguồn: Báo Hải Phòng
URL: https://baohaiphong.vn/a
Chuyên mục: Kinh tế
Nội dung:
"""
ENGLISH = f"""URL: https://baohaiphong.vn/a
Title: {TITLE}
Published_at: 2025-02-18T13:25:00Z
Author: Lê Hà
Source: Báo Hải Phòng

"""


@pytest.mark.parametrize("head", [VIETNAMESE, ENGLISH])
def test_a_labelled_head_says_whose_and_when(head: str) -> None:
    page = clean_page(head + TEXT)
    said = (page.title, page.published, page.author, page.outlet, page.url, page.text)
    when = datetime(2025, 2, 18, 20, 25)
    assert said == (TITLE, when, "Lê Hà", "Báo Hải Phòng", "https://baohaiphong.vn/a", TEXT)
    assert [line.text for line in page.dropped] == head.strip().splitlines()


def test_a_lead_and_a_text_behind_their_labels_are_text() -> None:
    page = clean_page(f"Title: {TITLE}\nTóm tắt: Hai bến cảng mới được khởi công.\nNội dung: {TEXT}")
    assert page.text == f"Hai bến cảng mới được khởi công.\n{TEXT}"


def read(*lines: str) -> CleanPage:
    return clean_page("\n\n".join(lines))


def test_labels_without_a_headline_s_are_no_head() -> None:
    opening = "Thời gian: 8 giờ ngày 20/2/2025."
    assert opening in read(TITLE, "18/02/2025 20:25", opening, "Địa điểm: Cung thể thao.", TEXT).text
