from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Corpus, read_page
from index.cleaning import clean_page

SEEDS = Path(__file__).parents[1] / "seeds" / "articles"

FACTS = {
    "000": (
        "Tăng cường hợp tác giữa Hải Phòng và Khu tự trị dân tộc Choang (Quảng Tây- Trung Quốc)",
        datetime(2024, 8, 30, 16, 50),
        "Hồng Thanh",
    ),
    "001": (
        "Mở rộng hình thức hợp tác giữa các tỉnh, thành phố Việt - Trung",
        datetime(2023, 11, 13, 11, 24),
        "Ánh Dương",
    ),
    "002": ("Hải Phòng thu hút 440 dự án với 6,52 tỷ USD từ Trung Quốc", datetime(2025, 2, 18, 20, 25), "Vũ Ba"),
    "003": (None, None, "P.V"),
    "004": (None, None, "Ngọc Ánh"),
}
NOT_IN_TEXT = {
    "000": [
        "Bí thư Thành ủy tiếp và làm việc với đ",
        "Từ khóa",
        "Bình luận",
        "captcha",
        "Bản tin Pháp luật",
        "Hồng Thanh",
    ],
    "001": [
        "Tag\n",
        "\naa",
        "chung tay vun đắp",
        "Quang cảnh hội nghị",
        "Đọc thêm",
        "Nghị quyết",
        "Hòa Lạc",
        "Phạm Mạnh",
    ],
    "002": ["img_", ".jpeg", "Lãnh đạo TP. Hải Phòng tại buổi làm việc.", "ký kết Bản ghi nhớ hợp tác.", "Vũ Ba"],
    "003": ["Ý kiến bạn đọc", "Những tin mới hơn", "Những tin cũ hơn", "P.V"],
    "004": ["Chuyên mục", "Thông tin", "Tổng hợp tin tự động", "Ảnh: TTXVN", "Ngọc Ánh"],
}
IN_TEXT = {  # first and last sentence of each body
    "000": ["Sáng 30-8, đồng chí Lê Tiến Châu", "Khu Thương mại tự do để cùng phát triển..."],
    "001": ["TTTĐ - Sáng 13/11, Hội nghị", "đóng góp chung vào sự hợp tác giữa hai nước”, Đại sứ Hùng Ba nhấn mạnh."],
    "002": ["Ngày 18/2, lãnh đạo thành phố Hải Phòng", "đã ký kết các Bản ghi nhớ hợp tác."],
    "003": ["Tham dự về phía Việt Nam có các đồng chí", "nhiều thỏa thuận hợp tác giữa hai bên."],
    "004": ["Hội kiến với Bí thư Tỉnh ủy Quảng Đông", "xúc tiến đầu tư thương mại của nhiều địa phương Việt Nam."],
}


@pytest.mark.parametrize("number", FACTS)
def test_the_seeds_give_title_date_author_and_nothing_but_the_article(corpus: Corpus, number: str) -> None:
    article = next(article for article in corpus.articles if article.path.startswith(number))
    assert (article.title, article.published, article.author) == FACTS[number]
    assert not [junk for junk in NOT_IN_TEXT[number] if junk in article.text]
    assert all(sentence in article.text for sentence in IN_TEXT[number])
    assert article.text.startswith(IN_TEXT[number][0])
    assert article.text.endswith(IN_TEXT[number][1])


def test_an_untitled_article_is_shown_by_its_first_words(corpus: Corpus) -> None:
    untitled = next(article for article in corpus.articles if article.path.startswith("004"))
    assert untitled.title is None
    assert untitled.headline.endswith("…")
    assert untitled.text.startswith(untitled.headline[:-1])


def test_captions_are_kept_apart(corpus: Corpus) -> None:
    article = next(article for article in corpus.articles if article.path.startswith("002"))
    assert "Lãnh đạo TP. Hải Phòng tại buổi làm việc." in article.captions
    assert len(article.captions) == 3


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_line_is_either_kept_or_reported(path) -> None:
    page = read_page(path)
    lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").split("\n")]
    kept = page.text.split("\n")
    dropped = {line.line: line.text for line in page.dropped}
    for number, line in enumerate(lines, start=1):
        assert not line or dropped.get(number) == line or line in kept


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_cleaning_a_clean_text_again_changes_nothing(path) -> None:
    page = read_page(path)
    again = clean_page(page.text)
    assert again.text == page.text
    assert not again.dropped


PAGE = """Trang chủ > Xã hội
Cầu mới qua sông Đáy thông xe sau ba năm xây dựng
Thứ Bảy, 05/10/2024, 08:15 (GMT+7)
Lê Hoa

(BNA) - Sáng nay, cây cầu dài 480 m nối hai huyện đã thông xe.

cau-moi.jpg
Người dân đi bộ trên cầu.

Niềm vui của hai bên bờ sau nhiều năm chờ đợi
Ông Trần Bình, 62 tuổi, nói ông đi chợ gần hơn 12 km.
>> Đường ven sông sắp mở rộng

Nguồn: https://example.org/cau-moi
Theo Báo Sông Đáy
Tin liên quan
Chợ nổi đông khách trở lại
© 2024 Báo Sông Đáy. Giấy phép số 12/GP.
"""


def test_a_page_of_another_paper_is_read_by_the_same_rules() -> None:
    page = clean_page(PAGE)
    assert page.title == "Cầu mới qua sông Đáy thông xe sau ba năm xây dựng"
    assert page.published == datetime(2024, 10, 5, 8, 15)
    assert page.author == "Lê Hoa"
    assert page.outlet == "Báo Sông Đáy"
    assert page.url == "https://example.org/cau-moi"
    assert page.captions == ("Người dân đi bộ trên cầu.",)
    assert page.text.split("\n") == [
        "(BNA) - Sáng nay, cây cầu dài 480 m nối hai huyện đã thông xe.",
        "Niềm vui của hai bên bờ sau nhiều năm chờ đợi",
        "Ông Trần Bình, 62 tuổi, nói ông đi chợ gần hơn 12 km.",
    ]


@pytest.mark.parametrize("line", ["31/02/2023 10:00", "hôm qua", "18/8", "99/99/9999"])
def test_what_is_no_whole_real_date_is_no_date(line: str) -> None:
    assert clean_page(f"Một tiêu đề đủ dài để nhận\n{line}\n\nCâu đầu tiên của bài.").published is None


def test_a_plain_text_with_a_headline_is_an_article() -> None:
    page = clean_page("Mưa lớn ở miền Trung\n\nTrời mưa suốt ba ngày. Nước lên nhanh.")
    assert (page.title, page.text) == ("Mưa lớn ở miền Trung", "Trời mưa suốt ba ngày. Nước lên nhanh.")


def test_a_page_without_prose_has_no_text() -> None:
    assert clean_page("").text == ""
    assert clean_page("\u200b \n\ufeff").text == ""
    assert clean_page("Trang chủ\nTin tức").text == ""


@given(
    st.lists(
        st.sampled_from([*PAGE.split("\n"), "", "Từ khóa:", "Ảnh: A", "Hồng Thanh", "aa", "Ông A nói. Bà B nghe."])
    )
)
def test_any_order_of_lines_is_cleaned_without_losing_a_letter(lines: list[str]) -> None:
    page = clean_page("\n".join(lines))
    held = " ".join([page.text, *(line.text for line in page.dropped)])
    assert Counter("".join(held.split())) == Counter("".join("".join(lines).split()))
