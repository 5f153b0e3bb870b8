"""What between the paragraphs is a caption, and what is a line of the text that only looks like one."""

import pytest

from index.cleaning import clean_body, clean_page

HEAD = "Xã vùng biên khánh thành trạm y tế mới\n12/03/2025 07:30\n\n"
FIRST = "Sáng 12/3, trạm y tế xã Na Ngoi được khánh thành sau tám tháng thi công."
SECOND = "Trạm có 12 giường bệnh, phục vụ hơn 5.000 người của 17 bản."
LAST = "Tổng vốn xây dựng là 9,6 tỷ đồng."


def read(*lines: str) -> tuple[list[str], list[str]]:
    page = clean_page(HEAD + "\n\n".join(lines))
    return page.text.split("\n"), list(page.captions)


STATEMENTS = [
    "Chủ tịch tỉnh yêu cầu bàn giao thiết bị trước ngày 30/4",
    "Người dân sẽ được khám miễn phí trong ba tháng đầu",
    "Lãnh đạo huyện cho biết còn bốn xã chưa có bác sĩ",
    "Ông Vừ Bá Rê mong trạm sớm có máy siêu âm",
    "Bà con đã góp 1.200 ngày công trong tám tháng",
    "Anh làm nghề lái đò trên khúc sông này hai mươi năm",
    "Lực lượng biên phòng bị thiếu thuốc suốt mùa mưa",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_sentence_that_forgot_its_full_stop_is_no_caption(statement: str) -> None:
    assert read(FIRST, SECOND, statement, LAST) == ([FIRST, SECOND, statement, LAST], [])


CAPTIONS = [
    "Quang cảnh lễ khánh thành trạm y tế xã Na Ngoi",
    "Các đại biểu cắt băng khánh thành công trình sáng 12/3",
    "Ông Vừ Bá Rê, Chủ tịch xã, phát biểu tại buổi lễ",
    "Người dân bản Buộc Mú xếp hàng chờ khám bệnh",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_line_that_tells_what_is_seen_is_a_caption(caption: str) -> None:
    assert read(FIRST, SECOND, caption, LAST) == ([FIRST, SECOND, LAST], [caption])


@pytest.mark.parametrize("caption", [*CAPTIONS, STATEMENTS[1]])
def test_beside_a_picture_or_its_credit_it_is_one_whatever_the_page_looks_like(caption: str) -> None:
    forgetful = ["Trạm xây trên nền trường cũ của bản", "Đường vào trạm còn ba cây số lầy lội"]
    assert read(FIRST, *forgetful, "tram-y-te.jpg", caption, LAST) == ([FIRST, *forgetful, LAST], [caption])
    assert read(FIRST, *forgetful, caption, "Ảnh: Hờ Bá Chò", LAST)[0] == [FIRST, *forgetful, LAST]


def test_on_a_page_that_forgets_full_stops_nothing_tells_a_caption_from_a_paragraph() -> None:
    lines = ["Trạm xây trên nền trường cũ của bản", CAPTIONS[3], "Đường vào trạm còn ba cây số lầy lội", FIRST]
    assert read(FIRST, *lines) == ([FIRST, *lines], [])


def test_links_and_captions_among_the_paragraphs_say_nothing_of_its_full_stops() -> None:
    links = [f">> Xem thêm: Trạm y tế xã thứ {number} được khánh thành" for number in range(3)]
    assert read(FIRST, *links, SECOND, CAPTIONS[3], LAST) == ([FIRST, SECOND, LAST], [CAPTIONS[3]])


@pytest.mark.parametrize("items", [CAPTIONS[1:], ["Thuốc sốt rét", CAPTIONS[3]]])
def test_the_items_of_a_list_are_no_captions(items: list[str]) -> None:
    lines = [FIRST, SECOND, "Chương trình buổi sáng gồm:", *items, LAST]
    assert read(*lines) == (lines, [])
    assert clean_body(lines).text.split("\n") == lines


@pytest.mark.parametrize(
    "sentence",
    [
        "Trên bàn còn hai tấm ảnh: một tấm chụp bản cũ, một tấm chụp đoàn bác sĩ.",
        "Công an xã thu giữ một đoạn video: dài 3 phút, quay trong đêm.",
        "Mạng xã hội lan truyền clip: đàn trâu kéo xe chở thuốc qua suối.",
        "Triển lãm có ba loại đồ họa: Bản đồ, biểu đồ và tranh cổ động.",
        "Anh Chò kể về bức ảnh: một bà cụ bế cháu chờ khám bệnh",
    ],
)
def test_a_sentence_about_pictures_is_no_credit(sentence: str) -> None:
    assert read(FIRST, sentence, LAST) == ([FIRST, sentence, LAST], [])


@pytest.mark.parametrize(
    "caption",
    [
        "Trạm y tế nhìn từ trên cao. Ảnh: Hờ Bá Chò",
        "Trạm y tế nhìn từ trên cao (ảnh: Hờ Bá Chò).",
        "Trạm y tế nhìn từ trên cao - ảnh: Hờ Bá Chò",
        "Trạm y tế nhìn từ trên cao Ảnh: Hờ Bá Chò",
        "Trạm y tế nhìn từ trên cao ảnh: TTXVN",
        "Video: Hờ Bá Chò",
        "Bà con đi chợ phiên sớm. Ảnh minh họa",
    ],
)
def test_a_credit_makes_a_caption(caption: str) -> None:
    assert read(FIRST, SECOND, caption, LAST) == ([FIRST, SECOND, LAST], [caption])


TABLES = [
    ["Gạo tẻ", "Mua vào 12.000 đồng", "Gạo nếp", "Mua vào 12.000 đồng"],
    ["Bản Buộc Mú", "Mỗi hộ nhận 20 kg gạo và 2 lít dầu ăn", "Bản Ka Dưới", "Mỗi hộ nhận 20 kg gạo và 2 lít dầu ăn"],
]


@pytest.mark.parametrize("table", TABLES, ids=lambda lines: lines[0])
def test_what_a_table_says_twice_is_said_twice(table: list[str]) -> None:
    assert read(FIRST, SECOND, *table, LAST) == ([FIRST, SECOND, *table, LAST], [])


def test_the_same_long_line_between_paragraphs_is_a_caption_told_again() -> None:
    line = "Trạm y tế Na Ngoi trong ngày đầu đón bệnh nhân"
    assert read(FIRST, line, SECOND, line, LAST) == ([FIRST, SECOND, LAST], [line])


@pytest.mark.parametrize("label", ["Bình luận (12)", "Ý kiến (3)", "Ý kiến bạn đọc (0)"])
def test_comments_stay_out_when_the_page_counts_them(label: str) -> None:
    assert read(FIRST, LAST, label, "Lầu Y Pay", "Mừng cho bà con quê tôi quá.")[0] == [FIRST, LAST]
