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


SCRIPT = (
    "<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);}\n</script>" * 60
)
OTHERS = {
    "Giá lúa hè thu tăng nhẹ ở miền Tây": "Giá lúa tươi tăng 300 đồng/kg so với tuần trước.",
    "Nước mặn vào sâu 45 km trên sông Tiền": "Độ mặn 4 phần nghìn cao hơn cùng kỳ năm ngoái.",
    "Học sinh lớp 9 thi thử vào lớp 10": "Hơn 2.000 em dự thi trong hai ngày cuối tuần.",
}


def others(around: str = "div") -> str:
    """Return a list of other articles, each a linked headline and a note."""
    return "".join(
        f"<{around}><h4><a href='/x'>{title}</a></h4><p>{note}</p></{around}>" for title, note in OTHERS.items()
    )


@pytest.mark.parametrize("script", ["", SCRIPT], ids=["no scripts", "long scripts"])
def test_a_form_around_the_whole_page_is_no_furniture(script: str) -> None:
    body = f"<div class=content><h3 class=title>{TITLE}</h3><div>14/05/2025 09:00</div>{paragraphs()}</div>"
    read = page(f"{script}<form method=post id=aspnetForm>{MENU}{body}</form>")
    assert (tuple(read.text.split("\n")), read.title) == (STORY, TITLE)


@pytest.mark.parametrize("subject", ["tag-sat-lo", "tag-quang-cao", "category-menu"])
def test_the_subjects_of_a_wordpress_article_do_not_make_it_a_box(subject: str) -> None:
    post = f"<article class='post-12 type-post hentry {subject}'><div class=entry-content>{paragraphs()}</div>"
    side = f"<div class=col-4>{others()}{others()}</div>"
    assert lines_of(f"{SCRIPT}<header><h1>{TITLE}</h1></header>{post}</article>{side}") == STORY


def widget(kind: str, inner: str) -> str:
    return f"<div class='elementor-widget elementor-widget-{kind}'><div class=elementor-container>{inner}</div></div>"


def test_an_article_made_of_widgets_is_kept_and_the_widgets_beside_it_are_not() -> None:
    texts = "".join(widget("text-editor", f"<p>{line}</p>") for line in STORY)
    beside = widget("share-buttons", "<div>Chia sẻ bài này</div>") + widget("posts", others("article"))
    read = page(f"{SCRIPT}{widget('heading', f'<h1>{TITLE}</h1>')}{texts}{beside}")
    assert tuple(read.text.split("\n")) == STORY
    reasons = {line.text: line.reason for line in read.dropped}
    assert reasons["Chia sẻ bài này"] == reasons["Giá lúa hè thu tăng nhẹ ở miền Tây"] == "page furniture"


@pytest.mark.parametrize("named", ["timeline-item", "story-section", "print", "content-widget"])
def test_a_word_that_most_of_the_article_bears_says_nothing(named: str) -> None:
    items = "".join(f"<div class='{named}'><p>{line}</p></div>" for line in STORY)
    below = f"<div class='{named} list'><h3>Tin cùng chuyên mục</h3>{others()}</div>"
    assert lines_of(f"<h1>{TITLE}</h1><p class=sapo>{LEAD}</p><div class=live>{items}</div>{below}") == (LEAD, *STORY)


def test_a_box_with_a_sentence_in_it_is_still_a_box_beside_a_longer_article() -> None:
    box = f"<div class='widget'><p>{LEAD}</p></div>"
    assert lines_of(f"<h1>{TITLE}</h1><article>{paragraphs()}{box}</article>") == STORY


def test_many_comments_are_not_taken_for_the_article() -> None:
    comments = "".join(f"<div class=comment_item><p>Mong bà con ấp {n} sớm yên ổn.</p></div>" for n in range(40))
    body = f"<h1>{TITLE}</h1><article class=fck_detail>{paragraphs()}</article><div id=box_comment>{comments}</div>"
    assert lines_of(body) == STORY


@pytest.mark.parametrize("tag", ["div", "span", "font", "center"])
def test_the_bare_text_in_frames_of_tables_is_parted_at_its_line_breaks(tag: str) -> None:
    menu = "".join(f"<tr><td><a href='/x'>{title}</a></td></tr>" for title in OTHERS)
    rows = f"<tr><td><h2 class=title>{TITLE}</h2></td></tr><tr><td><i>Ngày đăng: 14/05/2025 09:00</i></td></tr>"
    text = f"<tr><td><{tag}>{'<br /><br />'.join(STORY)}</{tag}></td></tr><tr><td align=right><b>Minh Tâm</b></td></tr>"
    frame = f"<table><tr><td><table>{menu}</table></td><td><table>{rows}{text}</table></td></tr></table>"
    assert lines_of(f"<form>{frame}</form>") == STORY


def test_bare_text_between_headings_lists_and_breaks_is_kept() -> None:
    items = "<ul><li>Mỗi hộ 40 triệu đồng.</li><li>Mỗi hộ một nền nhà.</li></ul>"
    body = f"<b>{STORY[0]}</b><br>{STORY[1]}<h3>Hỗ trợ người dân</h3>{STORY[2]}{items}{STORY[3]}<hr>{LEAD}"
    expected = (
        *STORY[:2],
        "Hỗ trợ người dân",
        STORY[2],
        "Mỗi hộ 40 triệu đồng.",
        "Mỗi hộ một nền nhà.",
        STORY[3],
        LEAD,
    )
    assert lines_of(f"{MENU}<h1>{TITLE}</h1><article>{body}</article>") == expected


def test_a_table_of_figures_keeps_its_rows_though_its_cells_hold_paragraphs() -> None:
    rows = "".join(
        f"<tr><td><p>{left}</p></td><td><p>{right}</p></td></tr>"
        for left, right in (("Ấp", "Số hộ"), ("Bờ<br>Đông", "120"), ("Bờ Tây", "35"))
    )
    body = f"<h1>{TITLE}</h1><div>{paragraphs(STORY[:2])}<table>{rows}</table>{paragraphs(STORY[2:])}</div>"
    assert lines_of(body) == (*STORY[:2], "Ấp | Số hộ", "Bờ Đông | 120", "Bờ Tây | 35", *STORY[2:])


def test_a_line_break_in_the_headline_parts_its_words() -> None:
    read = page(f"<h1>Huyện Tân Phước<br>dời 120 hộ dân</h1><article>{paragraphs()}</article>")
    assert read.title == "Huyện Tân Phước dời 120 hộ dân"


def test_the_text_after_a_caption_is_no_caption() -> None:
    figure = "<span class=caption>Bờ sông Cái bị sạt lở</span>"
    read = page(f"<h1>{TITLE}</h1><article>{paragraphs(STORY[:3])}<div><img>{figure}{STORY[3]}</div></article>")
    assert (tuple(read.text.split("\n")), read.captions) == (STORY, ("Bờ sông Cái bị sạt lở",))


MORE = (
    "Theo Chi cục Thủy lợi, trong 5 năm qua sông Cái đã cuốn đi hơn 30 ha đất và 45 căn nhà.",
    "Công an huyện bắt giữ hai sà lan hút cát trái phép đêm 12/5, phạt 180 triệu đồng.",
)
HEADING = "Khu tái định cư đã sẵn sàng"


@pytest.mark.parametrize("named", ["embed", "author-note", "rating", "meta-data"])
def test_headings_and_paragraphs_between_others_are_not_lost(named: str) -> None:
    """The finder drops them where a page has much beside the article, or for the class of a paragraph."""
    noted = f"<div class='{named}'><p>{MORE[0]}</p></div><h2>{HEADING}</h2>"
    content = f"<div class=content>{paragraphs(STORY)}{noted}{paragraphs(MORE[1:])}</div>"
    side = f"<div class=side><p>Tin mới nhất</p>{others()}{others()}</div>"
    assert lines_of(f"{MENU}<h1>{TITLE}</h1>{content}{side}") == (*STORY, MORE[0], HEADING, MORE[1])


def test_the_links_and_notes_of_other_articles_between_paragraphs_stay_out() -> None:
    box = f"<div class=xx><h3>Đọc thêm</h3>{others()}</div>"
    body = f"<div class=content>{paragraphs()}{box}<h2>{HEADING}</h2>{paragraphs(MORE)}</div>"
    found = lines_of(f"{MENU}<h1>{TITLE}</h1>{body}")
    assert set(found) >= {*STORY, HEADING, *MORE}
    assert not set(found) & set(OTHERS)


def test_a_list_of_other_articles_is_known_by_its_shape_whatever_it_is_called() -> None:
    body = f"<div class=a><h1>{TITLE}</h1>{paragraphs()}<div class=b>{others()}</div>{paragraphs(MORE)}</div>"
    read = page(body)
    assert tuple(read.text.split("\n")) == (*STORY, *MORE)
    assert {line.reason for line in read.dropped if line.text in OTHERS} == {"other articles"}


def test_a_digest_of_news_keeps_what_it_tells_below_its_linked_headlines() -> None:
    found = lines_of(f"{MENU}<div><h1>Tin vắn miền Tây</h1><p>Tin ngày 14/5.</p><div class=b>{others()}</div></div>")
    assert set(found) >= set(OTHERS.values())


def test_the_caption_in_a_box_of_other_articles_is_none_of_this_article() -> None:
    box = "<div class=related><figure><figcaption>Thu hoạch lúa ở Cai Lậy</figcaption></figure></div>"
    assert page(f"<h1>{TITLE}</h1><article>{paragraphs()}</article>{box}").captions == ()


def test_a_portal_named_in_the_title_gives_way_to_the_line_classed_as_the_title() -> None:
    """Old portals write neither a heading nor the article's title into the head of the page."""
    rows = [
        "<span class=title>Tin chỉ đạo điều hành</span>",
        f"<span id=ctl00_lblTitle class=TieuDe>{TITLE}</span>",
        "<span>Ngày đăng: 14/05/2025 09:00</span>",
        f"<span class=TomTat><b>{LEAD}</b></span>",
        f"<span id=ctl00_lblContent>{'<br />'.join(STORY)}</span>",
    ]
    table = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    body = (
        f"<html><head><title>Cổng thông tin điện tử huyện Tân Phước</title></head><body><table>{table}</table></body>"
    )
    read = read_web_page(f"{body}</html>".encode())
    assert read.title == TITLE
    assert tuple(read.text.split("\n")) == (LEAD, *STORY)
    assert read.published is not None
