"""What looks like a date and may be none, or another day: nothing is shown beside the quote."""

from datetime import date

import pytest

from qa.relative_dates import relative_dates

FRIDAY = date(2024, 8, 30)


def shown(text: str, published: date = FRIDAY) -> list[tuple[str, str]]:
    return [(each.text, each.label) for each in relative_dates(text, published)]


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội diễn ra từ ngày 10-12 tháng 9.",
        "Lễ hội diễn ra từ ngày 5 - 7 tháng 9.",
        "Hội chợ mở ngày 6-8 tháng 11 tại Hà Nội.",
        "Trẻ nên rửa tay ngày 8-10 lần.",
        "Uống ngày 9-10 viên.",
        "Người già chỉ ngủ ngày 7-8 tiếng.",
        "Bác sĩ khuyên ăn ngày 5-6 bữa nhỏ.",
        "Bình quân ngày 9-10 chuyến xe rời bến.",
        "Trời rét, ngày 8-10 độ, đêm 7-9 độ C.",
        "Quán mở sáng 7-9 giờ, chiều 8-10 giờ.",
        "Chiếu hình với cường độ sáng 5-8.",
        "Nước lên đêm 8.10 mét.",
        "Doanh thu ngày 9.8 nghìn tỷ đồng.",
        "Tuyển sinh trong hai ngày 9-10, đủ chỉ tiêu.",
        "Giải diễn ra các ngày 9-10 và 12-13/9.",
        "Hội làng mở ngày 6-8 Tết.",
        "Lương trả ngày 5-7 hằng tháng.",
        "Cứ ngày 8/10 người mua vé.",
        "Nhà mạng trực hotline ngày 24/7.",
        "Bệnh viện trực ngày đêm 24/7.",
    ],
)
def test_two_numbers_that_may_be_a_range_or_an_amount_are_no_day(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "said", "label"),
    [
        ("Sáng 7-9, học sinh tựu trường.", "Sáng 7-9", "07/09/2024"),
        ("Ngày 5-7 tại Huế, hội nghị khai mạc.", "Ngày 5-7", "05/07/2024"),
        ("Ngày 8-10 Bộ Y tế công bố số liệu.", "Ngày 8-10", "08/10/2024"),
        ("Chiều 30-8 người dân đổ về quảng trường.", "Chiều 30-8", "30/08/2024"),
        ("Sáng 5/9 học sinh khai giảng.", "Sáng 5/9", "05/09/2024"),
        ("Tối 2.9, pháo hoa nổ ở Huế.", "Tối 2.9", "02/09/2024"),
        ("Ngày 24/7, Bộ Công Thương họp.", "Ngày 24/7", "24/07/2024"),
        ("Đường đóng từ 0 giờ ngày 1-9 đến 24 giờ.", "", ""),
        ("Giá vé tăng từ 0h ngày 1/9.", "ngày 1/9", "01/09/2024"),
        ("Hôm 12/8, ông bị bắt.", "Hôm 12/8", "12/08/2024"),
    ],
)
def test_what_stands_behind_says_that_they_are_a_day(text: str, said: str, label: str) -> None:
    assert shown(text) == ([(said, label)] if said else [])


@pytest.mark.parametrize(
    "text",
    [
        "Đây là lần thứ hai tuần này giá vàng tăng.",
        "Đây là lần thứ Tư tuần này tàu trễ.",
        "Đội bóng xếp thứ ba tuần này.",
        "Vị trí thứ hai tuần này thuộc về phim Việt.",
        "Cuộc họp báo thứ hai tuần này vắng khách.",
        "Ông chủ Nhật tuần này thăm nhà xưởng.",
        "Thứ hai, tuần này có mưa.",
    ],
)
def test_the_second_this_week_is_no_monday(text: str) -> None:
    assert shown(text) in ([], [("tuần này", "26/08–01/09/2024")])


def test_a_weekday_behind_a_word_of_time_or_with_a_capital_is_one() -> None:
    assert shown("Từ thứ hai tuần này, vé tăng.") == [("thứ hai tuần này", "26/08/2024")]
    assert shown("Ông đến thăm thứ Ba tuần trước.") == [("thứ Ba tuần trước", "20/08/2024")]
    assert shown("Trận đấu diễn ra chủ nhật tuần này.") == [("chủ nhật tuần này", "01/09/2024")]


@pytest.mark.parametrize(
    "text",
    [
        "Tháng này năm ngoái, giá chỉ bằng một nửa.",
        "Hôm nay năm ngoái, bão đổ bộ.",
        "Tuần này năm ngoái, nước rút.",
        "Sáng nay một năm trước, tàu chìm.",
        "Ngày 30 tháng này năm ngoái, chợ cháy.",
    ],
)
def test_a_time_that_is_moved_to_last_year_is_not_of_this_one(text: str) -> None:
    assert [label for _, label in shown(text)] == ["2023"]


@pytest.mark.parametrize(
    "text",
    [
        "Từ đầu năm tới nay, giá vàng tăng 20%.",
        "Từ đầu tuần tới nay trời mưa.",
        "Từ đầu tháng tới cuối tháng, chợ đóng cửa.",
        "Đoàn ngày 18/8 tới Hà Nội.",
        "Tàu sáng 29/8 tới cảng Hải Phòng.",
        "Tuần tới thăm Hà Nội.",
    ],
)
def test_to_reach_is_not_next(text: str) -> None:
    assert shown(text) == []


def test_next_is_told_where_nothing_can_be_reached() -> None:
    assert shown("Hội nghị họp ngày 18/9 tới Hà Nội.") == [("ngày 18/9 tới", "18/09/2024")]
    assert shown("Lễ hội mở tháng 3 tới.") == [("tháng 3 tới", "03/2025")]
    assert shown("Giải vô địch năm tới dự kiến có 12 đội.") == [("năm tới", "2025")]


@pytest.mark.parametrize(
    "text",
    [
        "Mười hai năm trước, nơi này là bãi lầy.",
        "Hai mươi năm trước, ông về quê.",
        "Hai mươi năm nay, ông sống ở đây.",
        "Mấy chục năm nay, ông sống ở đây.",
        "Mười lăm năm trước, cầu chưa có.",
        "Hai mươi ba ngày trước, ông về.",
        "Hai ba năm trước, đường còn đất.",
        "Hai, ba năm trước, đường còn đất.",
        "5 đến 10 năm trước, nơi đây hoang vu.",
        "5 - 10 năm trước, nơi đây hoang vu.",
        "Hai triệu năm trước, nơi đây là biển.",
        "Loài này có từ mấy ngàn năm trước.",
        "Nửa năm trước, ông đã thôi việc.",
        "Nửa tháng tới mưa nhiều.",
        "Gần năm nay ông ốm.",
        "Ít nhất hai tháng trước, kho đã cạn.",
        "Cách đây 3 năm rưỡi, ông về quê.",
        "Ngôi sao cách đây 10 năm ánh sáng.",
        "Ông qua đời 18 ngày trước ông bạn thân.",
        "Bệnh nhân sống 5 năm nữa.",
        "Khách phải đặt vé 3 ngày trước.",
        "Một ngày kia ông trở về.",
        "Ngày mai tươi sáng đang chờ.",
        "Năm sau, ông mất.",
    ],
)
def test_a_part_of_a_longer_time_is_not_reckoned_alone(text: str) -> None:
    assert shown(text) == []


def test_the_first_eleven_months_are_not_the_first() -> None:
    assert shown("Mười một tháng đầu năm nay xuất siêu.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Mùng 1 Tết, chợ vắng.",
        "Rằm tháng 8, trẻ rước đèn.",
        "Lễ Vu Lan là ngày 15/7 âm.",
        "Hội làng mở ngày 15/8 năm nay (âm lịch).",
        "Vào tháng 9 năm đó, ông lên đường.",
        "Ngày 28 tháng 9 cùng năm, tàu chìm.",
        "Ngày 20 tháng 7, 1506, ông qua đời.",
        "Hiệp ước năm 1815 ký ngày 20 tháng 9.",
        "Mùa mưa là từ tháng 6 đến tháng 10.",
        "Nhiệt độ trong tháng 7 lên tới 40 °C.",
        "Nước Mỹ sau vụ tấn công ngày 9/11.",
        "Sau ngày 11 tháng 9, Mỹ lập danh sách khủng bố.",
        "Chị mang thai tháng 9.",
        "Theo Nghị định 15/2020, mức phạt là 5 triệu đồng.",
        "Nhà ở số 5/12 đường Lê Lợi.",
        "Gọi số 0912-8-2024.",
        "Mưa to trong đêm 30 rạng sáng 31/8/2023.",
    ],
)
def test_other_calendars_years_and_numbers_are_not_reckoned(text: str) -> None:
    assert shown(text) == []


def test_a_month_of_the_moon_of_this_year_is_no_month_of_the_calendar() -> None:
    assert shown("Rằm tháng 7 năm nay, chùa đông khách.") == []


def test_a_span_of_months_over_new_year_keeps_only_the_month_it_begins_with() -> None:
    assert shown("Tàu nghỉ từ tháng 12 đến tháng 4.") == [("tháng 12", "12/2024")]
    assert shown("Tàu nghỉ từ tháng 6 đến tháng 8.") == [("tháng 6", "06/2024"), ("tháng 8", "08/2024")]


@pytest.mark.parametrize(
    "text",
    [
        "Trời rét từ tháng 11 đến tháng 2 năm sau.",
        "Chợ hoa mở từ ngày 25/12 đến ngày 5/1 năm sau.",
        "Giá thường tăng từ cuối năm đến đầu năm sau.",
    ],
)
def test_the_year_after_the_beginning_of_a_span_is_not_the_year_after_this(text: str) -> None:
    assert [label for _, label in shown(text, date(2025, 1, 3)) if "2026" in label] == []


def test_the_year_behind_a_span_that_names_its_own_is_reckoned() -> None:
    text = "Đường sẽ đóng từ tháng 11 năm nay đến tháng 2 năm sau."
    assert shown(text) == [("tháng 11 năm nay", "11/2024"), ("tháng 2 năm sau", "02/2025")]


def test_a_birthday_is_not_of_this_year() -> None:
    assert shown("Ông sinh ngày 2/9, năm nay 60 tuổi.") == [("năm nay", "2024")]


def test_a_last_day_of_last_year_is_of_last_year() -> None:
    assert shown("Ngày 31/12 năm ngoái, hợp đồng hết hạn.") == [("Ngày 31/12 năm ngoái", "31/12/2023")]
