from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from qa.relative_dates import dates_of, relative_dates
from qa.types import Citation

FRIDAY = date(2024, 8, 30)


def shown(text: str, published: date = FRIDAY) -> list[tuple[str, str]]:
    return [(each.text, each.label) for each in relative_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "said", "label"),
    [
        ("Hôm nay, hội nghị khai mạc.", "Hôm nay", "30/08/2024"),
        ("Ông nói: “Hôm nay chúng tôi rất vui”.", "Hôm nay", "30/08/2024"),
        ("Theo Bí thư Tỉnh ủy hôm nay, Tổng Bí thư đã tới.", "hôm nay", "30/08/2024"),
        ("Đoàn đã đến chiều hôm qua.", "chiều hôm qua", "29/08/2024"),
        ("Đoàn đã đến hôm kia.", "hôm kia", "28/08/2024"),
        ("Ngày mai, đoàn rời Hà Nội.", "Ngày mai", "31/08/2024"),
        ("Sáng nay, khai mạc Hội nghị hợp tác hành lang kinh tế.", "Sáng nay", "30/08/2024"),
        ("Rạng sáng nay, mưa rất to.", "Rạng sáng nay", "30/08/2024"),
        ("Đêm qua, mưa rất to.", "Đêm qua", "29/08/2024"),
        ("Trận đấu sẽ diễn ra tối mai.", "tối mai", "31/08/2024"),
        ("Tuần này, giá xăng giảm.", "Tuần này", "26/08–01/09/2024"),
        ("Tuần trước, giá xăng tăng.", "Tuần trước", "19/08–25/08/2024"),
        ("Hai bên sẽ gặp nhau vào tuần tới.", "tuần tới", "02/09–08/09/2024"),
        ("Cuối tuần này, Hà Nội mưa.", "Cuối tuần này", "cuối tuần 26/08–01/09/2024"),
        ("Vụ việc xảy ra thứ Hai tuần trước.", "thứ Hai tuần trước", "19/08/2024"),
        ("Chủ nhật tuần này trời đẹp.", "Chủ nhật tuần này", "01/09/2024"),
        ("Tháng này, nhà máy chạy thử.", "Tháng này", "08/2024"),
        ("Tháng trước, nhà máy đã xong.", "Tháng trước", "07/2024"),
        ("Đường bay mở trong tháng tới.", "tháng tới", "09/2024"),
        ("Đầu tháng tới, cầu thông xe.", "Đầu tháng tới", "đầu tháng 09/2024"),
        ("Cầu sẽ thông xe tháng sau.", "tháng sau", "09/2024"),
        ("Quý tới, vốn sẽ được giải ngân.", "Quý tới", "quý IV/2024"),
        ("Năm nay, Hải Phòng thu hút 440 dự án.", "Năm nay", "2024"),
        ("Kim ngạch tăng 10% so với năm ngoái.", "năm ngoái", "2023"),
        ("Xuất khẩu tăng 10% so với cùng kỳ năm trước.", "năm trước", "2023"),
        ("Năm sau, tuyến đường sẽ khởi công.", "Năm sau", "2025"),
        ("Cầu xong vào cuối năm nay.", "cuối năm nay", "cuối năm 2024"),
        ("Cầu xong vào giữa năm tới.", "giữa năm tới", "giữa năm 2025"),
        ("GDP 6 tháng đầu năm nay tăng 6,4%.", "6 tháng đầu năm nay", "01–06/2024"),
        ("Sáu tháng cuối năm ngoái, vốn tăng.", "Sáu tháng cuối năm ngoái", "07–12/2023"),
        ("Nửa đầu năm nay, vốn tăng.", "Nửa đầu năm nay", "01–06/2024"),
        ("Vốn tăng trong quý I năm nay.", "quý I năm nay", "quý I/2024"),
        ("Vốn tăng trong quý IV/năm ngoái.", "quý IV/năm ngoái", "quý IV/2023"),
        ("Sáng 30-8, đồng chí Lê Tiến Châu tiếp đoàn.", "Sáng 30-8", "30/08/2024"),
        ("Hội nghị họp ngày 18/8 tại Bắc Kinh.", "ngày 18/8", "18/08/2024"),
        ("Hội nghị họp ngày 18 tháng 8.", "ngày 18 tháng 8", "18/08/2024"),
        ("Hội nghị họp ngày 18/8 năm ngoái.", "ngày 18/8 năm ngoái", "18/08/2023"),
        ("Hội nghị họp ngày 18/8 tới.", "ngày 18/8 tới", "18/08/2025"),
        ("Hội nghị họp ngày 20/12 vừa qua.", "ngày 20/12 vừa qua", "20/12/2023"),
        ("Hội nghị họp ngày 15 tháng tới.", "ngày 15 tháng tới", "15/09/2024"),
        ("Cầu thông xe vào tháng 12.", "tháng 12", "12/2024"),
        ("Cầu thông xe cuối tháng 12 tới.", "cuối tháng 12 tới", "cuối tháng 12/2024"),
        ("Cầu thông xe tháng 3 năm ngoái.", "tháng 3 năm ngoái", "03/2023"),
        ("Hai tuần trước, ông đã từ chức.", "Hai tuần trước", "12/08–18/08/2024"),
        ("Ông đến đây cách đây 3 năm.", "cách đây 3 năm", "2021"),
        ("Năm năm trước, nơi đây là bãi lầy.", "Năm năm trước", "2019"),
        ("Mười năm trước đây, nơi này là bãi lầy.", "Mười năm trước đây", "2014"),
        ("Năm ngày nữa, cầu sẽ thông xe.", "Năm ngày nữa", "04/09/2024"),
        ("TTXVN Sáng 30/8, tại Hải Phòng, đoàn gặp nhau.", "Sáng 30/8", "30/08/2024"),
        ("Sở chiều qua công bố kết quả.", "chiều qua", "29/08/2024"),
        ("Sở chiều qua (29.8) công bố kết quả.", "chiều qua", "29/08/2024"),
        ("Phiên chợ mở hôm thứ Bảy 31-8, có 22 gian hàng.", "thứ Bảy 31-8", "31/08/2024"),
        ("Hội chợ kéo dài từ ngày 3.8 đến 20.8 trên sân.", "ngày 3.8", "03/08/2024"),
        ("Sang năm, quỹ sẽ tài trợ thêm 50 căn.", "Sang năm", "2025"),
    ],
)
def test_what_is_said_is_reckoned_from_the_day_of_publication(text: str, said: str, label: str) -> None:
    assert shown(text) == [(said, label)]


@pytest.mark.parametrize(
    "text",
    [
        "Theo báo “Hôm nay”, giá vàng tăng.",
        "Chương trình “Ngày hôm nay và mai sau” phát lúc 20 giờ.",
        "Anh đọc tờ Hôm Nay mỗi sáng.",
        "Nước ta có được như ngày hôm nay là nhờ đổi mới.",
        "Thế hệ hôm nay không quên quá khứ.",
        "Hiện nay, từ trước đến nay và ngày nay không có ngày nào.",
        "Hội nghị họp năm 2024.",
        "Hội nghị họp tháng 8/2024 và ngày 18/8/2024.",
        "Hội nghị họp ngày 18 tháng 8 năm 2023.",
        "Ba năm trước đó, ông là bí thư.",
        "Những năm trước đây, dân phải qua phà.",
        "Các tháng trước, giá giảm.",
        "Cầu xong 3 năm sau.",
        "Ba tuần sau, ông trở lại.",
        "Trong hai năm tới, vốn sẽ tăng.",
        "Hơn 10 năm trước, nơi đây là bãi lầy.",
        "Vài ngày trước, ông từ chức.",
        "Hai ngày trước khi khai mạc, trời mưa.",
        "Năm trước đó, kim ngạch giảm.",
        "Một tháng trước Tết, hoa đã nở.",
        "Tháng sau khi sinh, mẹ cần nghỉ.",
        "Kim ngạch năm sau cao hơn năm trước.",
        "Năm 2022, kim ngạch tăng 5% so với năm trước.",
        "Trong tháng 2/2024, giá tăng 1% so với tháng trước.",
        "Bé được 3 tháng 12 ngày.",
        "Lễ kỷ niệm ngày 30/4 được tổ chức hằng năm.",
        "Nhà ở đường 30/4.",
        "Hội làng họp ngày 20 tháng Chạp.",
        "Hội làng họp ngày 15 tháng 8 âm lịch.",
        "Hội nghị họp ngày 28/2.",
        "Hội nghị họp vào tháng 2.",
        "Hội nghị họp ngày 31/9.",
        "Từ ngày 18/8 đến ngày 20/9/2023, cầu đóng.",
        "Ngày 18/8 của năm 2019, cầu mở.",
        "Họp vào thứ năm tới.",
        "Họ nói chuyện buổi tối qua điện thoại.",
        "Mỗi tháng tới Hà Nội một lần.",
        "Sáng Mai đến, trời vẫn mưa.",
        "Bệnh nhân đi lại được sau khoảng 4-6 tháng nữa.",
        "Đàn ông nay yếu hơn 40 năm trước.",
        "Mấy hôm nay trời mưa.",
        "Cách nay 2.000 năm trước, người ta đã trồng lúa.",
        "Ở lại thêm 3 ngày nữa.",
        "Kế hoạch 5 năm trước đã xong.",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_reckoned(text: str) -> None:
    assert shown(text) == []


def test_early_in_a_year_the_news_still_compares_the_year_that_ended() -> None:
    assert shown("GDP tăng 7% so với năm trước.", date(2025, 1, 6)) == []
    assert shown("Xuất khẩu tăng so với cùng kỳ năm ngoái.", date(2025, 1, 6)) == []
    assert shown("Năm ngoái, GDP tăng 7%.", date(2025, 1, 6)) == [("Năm ngoái", "2024")]


def test_a_year_named_shortly_before_may_go_on() -> None:
    sentence = "Cuối tháng 6, bà mua một căn nhà."
    assert relative_dates(sentence, FRIDAY, "Năm 2019, bà về quê. ") == ()
    (found,) = relative_dates(sentence, FRIDAY, "Năm 2019, bà về quê. Năm 2024, bà trở lại. ")
    assert found.label == "cuối tháng 06/2024"


def test_the_nearest_year_may_be_another_one() -> None:
    assert shown("Hội nghị họp ngày 20/12.", date(2025, 1, 6)) == [("ngày 20/12", "20/12/2024")]
    assert shown("Hội nghị họp tháng 1.", date(2024, 12, 6)) == [("tháng 1", "01/2025")]


def test_several_dates_stand_in_order() -> None:
    assert shown("Hôm qua ông đến, tuần tới ông đi.") == [("Hôm qua", "29/08/2024"), ("tuần tới", "02/09–08/09/2024")]


def test_a_week_over_new_year_names_both_years() -> None:
    assert shown("Tuần này trời rét.", date(2024, 12, 31)) == [("Tuần này", "30/12/2024–05/01/2025")]


def test_the_place_of_a_date_is_that_in_the_article() -> None:
    text = "Mưa to.\nHọp trong tháng tới."
    article = Article("a", "a.txt", text, published=datetime(2024, 8, 30, 16, 50))
    (found,) = dates_of(Citation(article, 8, len(text), text[8:], 1.0))
    assert article.text[found.start : found.end] == found.text == "tháng tới"
    assert (found.first, found.last, found.precision) == (date(2024, 9, 1), date(2024, 9, 30), "month")


def test_without_a_day_of_publication_nothing_is_reckoned() -> None:
    text = "Họp trong tháng tới."
    assert dates_of(Citation(Article("a", "a.txt", text), 0, len(text), text, 1.0)) == ()


_WORDS = (
    "hôm ngày tuần tháng quý năm nay này qua mai trước sau tới ngoái 3 31/2 18/8 tháng 2 một đầu cuối nữa , “ ”".split()
)


@given(st.lists(st.sampled_from(_WORDS), max_size=12), st.dates())
def test_any_words_give_ordered_slices_and_ordered_days(words: list[str], published: date) -> None:
    text, end = " ".join(words), 0
    for each in relative_dates(text, published):
        assert each.start >= end and text[each.start : each.end] == each.text
        assert each.first <= each.last and each.label
        end = each.end
