"""What the words that ask say: the language of a question, and the kind of answer that it wants."""

import pytest

from index.vietnamese import strip_marks
from qa.question import content_words, language_of, parse_question


@pytest.mark.parametrize(
    "text",
    [
        "bi thu tp hcm la ai",
        "vi sao google mua motorola",
        "khi nao brt hcm chay",
        "ubnd tphcm o dau",
        "samsung electronics tuyen bao nhieu ky su",
        "vinfast gap ai",
        "ai lam ra app zalo pay",
        "Manchester United thang Chelsea may ban?",
        "ceo openai sam altman co tu chuc khong",
    ],
)
def test_bare_vietnamese_with_foreign_names_is_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "How many projects does China have in Hải Phòng?",
        "When did the Nam Ninh - Hải Phòng flight open?",
        "What did Lê Tiến Châu propose?",
        "how many passengers fly from hải phòng to đà nẵng",
        "Did Vũ Văn Thưởng meet the delegation?",
        "WHO LED THE QUẢNG TÂY DELEGATION?",
    ],
)
def test_english_with_the_marks_of_a_vietnamese_name_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "WHO khuyến cáo về vắc xin ra sao?",
        "Phim Who Are You chiếu ở rạp nào?",
        "Bài hát Who của Jimin đứng đầu bảng xếp hạng",
        "Chương trình Where Are We Now phát sóng trên kênh của đài tỉnh",
    ],
)
def test_vietnamese_with_the_asking_words_of_a_foreign_title_is_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Which companies may invest in AI data centers?",
        "companies that may invest in the port",
        "Who is the CEO of Vinfast?",
        "age limit for the secretariat exam",
    ],
)
def test_english_words_that_could_be_bare_vietnamese_stay_english(text: str) -> None:
    assert language_of(text) == "en"


def test_a_question_with_foreign_names_keeps_its_kind_when_the_marks_are_left_out() -> None:
    for marked, bare in [
        ("Vì sao Google mua Motorola?", "vi sao google mua motorola"),
        ("Bao nhiêu người dùng Facebook Messenger?", "bao nhieu nguoi dung facebook messenger"),
        ("World Cup 2026 khai mạc khi nào?", "world cup 2026 khai mac khi nao"),
    ]:
        assert parse_question(bare).kind == parse_question(marked).kind


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("Ai dẫn đầu đoàn Quảng Tây?", "who"),
        ("Ai lái máy bay?", "who"),
        ("Máy bay quân sự rơi ở đâu?", "where"),
        ("Nhà máy xi măng nằm ở tỉnh nào?", "where"),
        ("Ngành may mặc Hải Phòng gặp khó khăn gì?", "what"),
        ("Nước nào đầu tư nhiều nhất vào Hải Phòng?", "which"),
        ("Doanh nghiệp Việt Nam nào dự hội nghị?", "which"),
        ("Đội nào thắng trận đấu đầu tiên?", "which"),
        ("Vũ khí nào được trưng bày?", "which"),
        ("Lễ hội nào đông khách nhất?", "which"),
        ("Cơ quan nào cấp phép?", "which"),
        ("Trung Quốc đầu tư vào Việt Nam bao nhiêu?", "how_many"),
        ("Đội chủ nhà nắm bao nhiêu phần trăm cổ phần?", "how_many"),
        ("Có mấy cửa khẩu?", "how_many"),
        ("Hội nghị khai mạc ngày mấy?", "when"),
        ("Dự án hoàn thành vào quý nào?", "when"),
        ("Tuyến buýt mới đi đâu?", "where"),
        ("Lễ ký diễn ra ở đâu năm 2019?", "where"),
        ("Nhờ đâu xuất khẩu tăng?", "why"),
        ("Ai Cập xây nhà máy gì?", "what"),
        ("Ai cấp phép cho dự án?", "who"),
    ],
)
def test_a_question_wants_the_same_with_marks_and_without(marked: str, kind: str) -> None:
    bare = strip_marks(marked).lower().rstrip("?")
    assert (parse_question(marked).kind, parse_question(bare).kind) == (kind, kind)


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("Giá xăng dầu hôm nay", "how_many"),
        ("Tổng vốn đầu tư FDI của Hải Phòng", "how_many"),
        ("Kim ngạch xuất khẩu dầu thô", "how_many"),
        ("gia xang dau hom nay", "how_many"),
        ("Nguyên nhân giá thép tăng", "why"),
        ("Nhà máy Vinfast Hải Phòng", "what"),
        ("Máy bay quân sự rơi ở Quảng Nam", "what"),
        ("Ngành may mặc Hải Phòng gặp khó khăn", "what"),
        ("Đánh giá của giáo sư về đường sắt cao tốc", "what"),
        ("Giá trị văn hóa của lễ hội", "what"),
        ("Kết quả cuộc đấu giá đất", "what"),
        ("cac tinh tham gia hoi nghi hanh lang kinh te", "what"),
        ("y kien chuyen gia ve san luong lua", "what"),
    ],
)
def test_a_topic_wants_a_number_only_where_it_names_a_quantity(topic: str, kind: str) -> None:
    assert parse_question(topic).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AI DẪN ĐẦU ĐOÀN QUẢNG TÂY?", "who"),
        ("Tổng thống Ai Cập thăm nước nào?", "which"),
        ("Công nghệ AI được dùng ở đâu?", "where"),
        ("Đơn vị nào tổ chức hội nghị?", "which"),
        ("Vị khách nào phát biểu?", "which"),
        ("Hội nghị khai mạc vào thứ mấy?", "when"),
        ("Việt Nam đứng thứ mấy về xuất khẩu gạo?", "how_many"),
        ("Bà mất năm bao nhiêu tuổi?", "how_many"),
        ("Ông sinh năm bao nhiêu?", "when"),
    ],
)
def test_marked_words_ask_only_what_they_mean(text: str, kind: str) -> None:
    assert parse_question(text).kind == kind


def test_bare_words_that_do_not_ask_stay_words_of_the_question() -> None:
    words = [word.form for word in content_words(parse_question("may bay quan su roi o dau"))]
    assert words == ["may", "bay", "quan", "su", "roi"]
    words = [word.form for word in content_words(parse_question("ai dan dau doan quang tay"))]
    assert words == ["dan", "dau", "doan", "quang", "tay"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("航线什么时间开通？", "when"),
        ("事故原因调查什么时候结束？", "when"),
        ("会议啥时候开？", "when"),
        ("在哪一年建立友好关系？", "when"),
        ("为啥取消航班？", "why"),
        ("航班取消的原因是什么？", "why"),
        ("贸易额几乎翻倍的原因", "why"),
        ("谁说明了任何困难？", "who"),
        ("哪个省的项目最多，有多少个？", "which"),
        ("会议在哪个城市举行？", "where"),
        ("占百分之多少？", "how_many"),
        ("大会在哪几天举行？", "when"),
        ("何塞被判了多少年？", "how_many"),
    ],
)
def test_the_first_asking_word_of_a_chinese_question_says_what_it_wants(text: str, kind: str) -> None:
    assert parse_question(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nguyên nhân cháy xưởng nến là gì?", "why"),
        ("nguyen nhan chay xuong nen la gi", "why"),
        ("Đà Nẵng có ai chết vì sốt xuất huyết chưa?", "what"),
        ("Có người Việt Nam nào bị nạn không?", "what"),
        ("Có biết ai là thủ khoa không?", "who"),
        ("Sao la được thấy lần cuối năm nào?", "when"),
        ("Sao giá cà phê lại tăng?", "why"),
        ("Chừng nào ông Tám nghỉ đưa đò?", "when"),
        ("Cây cầu dài chừng nào?", "how_many"),
        ("Cầu thủ nào bị thẻ đỏ?", "who"),
        ("Số ổ dịch đang hoạt động ở Đà Nẵng", "how_many"),
        ("Số điện thoại của công an tỉnh", "what"),
        ("Tổng dư nợ nuôi tôm hùm ở Vạn Ninh", "how_many"),
        ("What was CoughAI's revenue in 2024?", "how_many"),
        ("Which share of the passengers are foreigners?", "how_many"),
        ("Hai thứ gia vị nào có nhiều muối?", "which"),
        ("Cớ gì bác sĩ bảo phải mổ sớm?", "why"),
        ("Điều gì khiến anh không chịu mổ?", "why"),
        ("Nhà nghiên cứu nào tìm ra loài cá?", "who"),
    ],
)
def test_the_kind_is_read_in_more_ways_of_asking(text: str, kind: str) -> None:
    assert parse_question(text).kind == kind


def test_the_cause_that_is_asked_for_is_looked_up() -> None:
    assert {"nguyên", "nhân"} <= {word.form for word in content_words(parse_question("Nguyên nhân cháy xưởng là gì?"))}
