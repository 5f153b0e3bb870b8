"""Where an article ends: a line that speaks of rights, licences or topics is no foot while the article goes on."""

import pytest

from index.cleaning import clean_body, clean_page

HEAD = "Tin trong tỉnh sáng nay có gì đáng chú ý\n12/03/2025 07:30\n\n"
FIRST = "Sáng 12/3, đoàn kiểm tra làm việc với 40 doanh nghiệp trên địa bàn."
LAST = "Kết quả sẽ được công bố trong tháng tới."

SENTENCES = [
    "Đài tỉnh đã mua bản quyền phát sóng 26 trận của giải.",
    "Ca sĩ trẻ bị tố vi phạm bản quyền sau đêm nhạc ở Huế.",
    "Ba cơ sở mỹ phẩm bị phạt vì nhãn hàng không ghi rõ nguồn gốc.",
    "Hóa đơn phải ghi rõ nguồn nguyên liệu và hạn sử dụng.",
    "Sở Y tế thu hồi giấy phép hoạt động của hai phòng khám răng.",
    "Ngân hàng được cấp giấy phép số 21/GP-NHNN hồi đầu năm.",
    'Bà Hạnh, nguyên Tổng biên tập: "Nghề báo đã đổi khác".',
    "Một trang tổng hợp tin tự động bị đề nghị xử lý.",
]
FEET = [
    "© 2025 Báo Sông Lam",
    "Copyright 2025 Sông Lam Media. All rights reserved.",
    "Bản quyền thuộc về Báo Sông Lam",
    "Báo Sông Lam giữ bản quyền nội dung trên trang này.",
    "Giấy phép hoạt động báo chí điện tử số 34/GP-BTTTT.",
    "Tổng biên tập: Đinh Công Tráng",
    'Ghi rõ nguồn "Sông Lam" khi đăng lại bài từ trang này.',
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_about_rights_licences_or_sources_cuts_nothing_off(sentence: str) -> None:
    page = clean_page(HEAD + "\n\n".join([FIRST, sentence, LAST]))
    assert page.text.split("\n") == [FIRST, sentence, LAST]
    assert clean_body([FIRST, sentence, LAST]).text.split("\n") == [FIRST, sentence, LAST]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_such_a_sentence_may_be_the_last_one(sentence: str) -> None:
    assert clean_body([FIRST, LAST, sentence]).text.split("\n") == [FIRST, LAST, sentence]


@pytest.mark.parametrize(
    "headline",
    [
        "Tỉnh chi 3 tỷ đồng mua bản quyền phần mềm cho trường học",
        "Vì sao giấy phép xuất bản sách giáo khoa bị siết lại",
        "Nông sản phải ghi rõ nguồn gốc mới được vào siêu thị",
    ],
)
def test_a_headline_may_speak_of_them_too(headline: str) -> None:
    page = clean_page(f"{headline}\n12/03/2025 07:30\n\n{FIRST}\n\n{LAST}")
    assert (page.title, page.text.split("\n")) == (headline, [FIRST, LAST])


@pytest.mark.parametrize("topic", ["Chủ đề: Nước sạch cho vùng cao", "Chủ đề: mùa vàng bội thu", "Thẻ: từ 50.000 đồng"])
def test_what_something_is_about_is_a_line_of_the_article_while_it_goes_on(topic: str) -> None:
    assert clean_page(HEAD + "\n\n".join([FIRST, topic, LAST])).text.split("\n") == [FIRST, topic, LAST]


@pytest.mark.parametrize("below", ["Chủ đề: đầu tư công", "Thẻ: đầu tư, nông thôn", *FEET])
def test_the_same_words_end_an_article_that_is_over(below: str) -> None:
    page = clean_page(HEAD + "\n\n".join([FIRST, LAST, below, "Địa chỉ: 12 Lê Lợi, thành phố Vinh, Nghệ An."]))
    assert page.text.split("\n") == [FIRST, LAST]


@pytest.mark.parametrize(
    "marks", [["© 2025 Báo Sông Lam"], ["Chủ đề: đầu tư công", "Tin liên quan"], [FEET[4], FEET[2]]]
)
def test_summaries_of_other_articles_below_the_foot_stay_out(marks: list[str]) -> None:
    foot = [*marks, "Giá tôm tăng trở lại", "Thương lái mua tôm thẻ với giá 120.000 đồng một ký."]
    assert clean_page(HEAD + "\n\n".join([FIRST, LAST, *foot])).text.split("\n") == [FIRST, LAST]


def test_below_the_name_of_its_writer_an_article_is_over() -> None:
    foot = ["Hồ Thu Cúc", "Chủ đề: đầu tư công", "Thương lái mua tôm thẻ với giá 120.000 đồng một ký."]
    page = clean_page(HEAD + "\n\n".join([FIRST, LAST, *foot]))
    assert (page.text.split("\n"), page.author) == ([FIRST, LAST], "Hồ Thu Cúc")
