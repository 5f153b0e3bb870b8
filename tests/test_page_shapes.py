"""Pages in the shapes that sites are built with: what is the article stays, whatever the page calls it."""

import pytest

from index.cleaning import CleanPage
from index.readers.web_pages import read_web_page

TITLE = "Huyện Tân Phước dời 120 hộ dân khỏi vùng sạt lở"
LEAD = "Đoạn sông Cái dài 850 m bị sạt lở, 120 hộ dân ấp Bờ Đông phải dời đến khu tái định cư."
STORY = (
    "Ngày 14/5, huyện Tân Phước bắt đầu dời 120 hộ dân ấp Bờ Đông khỏi vùng sạt lở ven sông Cái.",
    "Ông Trần Văn Lợi, Phó chủ tịch huyện, cho biết sông đã ăn sâu vào bờ 12 m trong ba tuần.",
    "Mỗi hộ được hỗ trợ 40 triệu đồng và một nền nhà rộng 90 m² ở khu tái định cư Rạch Gầm.",
    "Huyện dự kiến xây bờ kè dài 1,2 km và hoàn thành trước mùa lũ năm sau.",
)
MENU = "<div class='top'><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a> <a href='/van-ban'>Văn bản</a></div>"


def page(body: str) -> CleanPage:
    """Read a page that holds `body`."""
    whole = f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{TITLE}</title></head><body>{body}</body></html>"
    return read_web_page(whole.encode())


def paragraphs(lines: tuple[str, ...] = STORY) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def lines_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of the article on a page that holds `body`."""
    return tuple(page(body).text.split("\n"))


@pytest.mark.parametrize("end", ["<br>", "<br/>\n", "<br><br>", "<br>&nbsp;<br>"])
@pytest.mark.parametrize("around", ["<article><p>{}</p></article>", "<div class='noidung'>{}</div>"])
def test_a_line_break_parts_two_paragraphs(around: str, end: str) -> None:
    assert lines_of(f"<h1>{TITLE}</h1>" + around.format(end.join(STORY))) == STORY


def test_a_line_break_within_bold_text_parts_two_paragraphs_and_loses_no_letter() -> None:
    first = f"<b>{STORY[0]}<br>{STORY[1][:20]}</b>{STORY[1][20:]}<br><i>{STORY[2]}</i> \ue000 <br>"
    body = f"<h1>{TITLE}</h1><article><p>{first}</p><p>{STORY[3]}</p></article>"
    assert lines_of(body) == (*STORY[:2], f"{STORY[2]} \ue000", STORY[3])
