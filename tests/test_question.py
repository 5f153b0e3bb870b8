import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import QuestionError, content_words, focus_words, language_of, parse_question


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Khi nào thông xe cầu sông Đáy?", "vi", "when"),
        ("cau song Day thong xe nam nao", "vi", "when"),
        ("Cầu mở từ bao giờ?", "vi", "when"),
        ("Ai cắt băng khánh thành?", "vi", "who"),
        ("Trí tuệ nhân tạo AI dùng để làm gì?", "vi", "why"),
        ("Cầu dài bao nhiêu mét?", "vi", "how_many"),
        ("Mấy huyện được hưởng lợi?", "vi", "how_many"),
        ("Mấy năm gần đây dân sống ra sao?", "vi", "how"),
        ("Cầu nằm ở đâu?", "vi", "where"),
        ("Vì sao cầu chậm xong?", "vi", "why"),
        ("Huyện nào góp đất?", "vi", "which"),
        ("Dân hai bên bờ nói gì?", "vi", "what"),
        ("chiều dài cầu sông Đáy", "vi", "how_many"),
        ("When did the bridge open?", "en", "when"),
        ("Which fields did he name when he spoke?", "en", "which"),
        ("How many districts does it join?", "en", "how_many"),
        ("桥是什么时候通车的？", "zh", "when"),
        ("谁出席了仪式？", "zh", "who"),
        ("桥有多少米？", "zh", "how_many"),
    ],
)
def test_language_and_kind_are_told_from_the_words(text: str, language: str, kind: str) -> None:
    query = parse_question(text)
    assert (query.language, query.kind) == (language, kind)


def test_both_unicode_forms_are_one_question() -> None:
    text = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    assert parse_question(unicodedata.normalize("NFD", text)) == parse_question(text)
    assert parse_question(f"  {text}\n\u200b") == parse_question(text)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "???", "🙂", "123", "\ud800"])
def test_a_question_without_a_word_is_asked_for_again(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        parse_question(text)
    assert caught.value.code == "empty"


def test_a_question_over_the_limit_is_refused_with_both_numbers() -> None:
    with pytest.raises(QuestionError, match=r"100,000 ký tự, giới hạn là 2,000") as caught:
        parse_question("a" * 100_000)
    assert caught.value.code == "too_long"


def test_a_word_that_only_english_leaves_out_stays_in_a_name_that_was_put() -> None:
    forms = [word.form for word in content_words(parse_question("What is an export of 义安 to China?"))]
    assert forms == ["export", "nghệ", "an", "trung", "quốc"]


def test_content_words_leave_out_what_only_asks() -> None:
    query = parse_question("Khi nào mở đường bay Nam Ninh?")
    words = content_words(query)
    assert [word.form for word in words] == ["mở", "đường", "bay", "nam", "ninh"]
    assert all(query.searched[word.start : word.end].lower() == word.form for word in words)
    assert [word.form for word in focus_words(query, words)] == ["mở", "đường", "bay", "nam"]


def test_a_question_of_nothing_but_asking_keeps_its_words() -> None:
    assert [word.form for word in content_words(parse_question("Khi nào?"))] == ["khi", "nào"]


@given(st.text(max_size=200))
def test_any_text_is_a_question_or_refused(text: str) -> None:
    try:
        query = parse_question(text)
    except QuestionError:
        return
    assert content_words(query)
    assert language_of(query.text) in ("vi", "en", "zh")


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("khi naof mowr dduwowngf bay Nam Ninh?", "khi nào mở đường bay Nam Ninh?"),
        ("Khi nào mở dduwowngf bay Nam Ninh?", "Khi nào mở đường bay Nam Ninh?"),
        ("khi na2o mo73 d9uo7ng2 bay", "khi nào mở đường bay"),
        ("khi naof mowr dduwowngf bay Nanning?", "khi nào mở đường bay Nam Ninh?"),
    ],
)
def test_words_typed_for_the_keyboard_to_mark_are_read_as_meant_and_told(typed: str, searched: str) -> None:
    query = parse_question(typed)
    assert query.text == typed
    assert query.searched == searched
    assert query.language == "vi"
    assert query.kind == "when"
    assert all(word in typed and meant in searched for word, meant in query.replaced)


@pytest.mark.parametrize("text", ["khi naof mowr dduwowngf bay Nanning?", "Where is Nanning?", "南宁在哪里？"])
def test_asked_as_typed_every_word_stays(text: str) -> None:
    query = parse_question(text, as_typed=True)
    assert (query.searched, query.replaced) == (text, ())


def test_a_name_of_the_articles_is_no_slip_where_marks_are_typed_otherwise() -> None:
    knows = {"lisa", "lê", "lee", "hải", "phòng", "nào"}.__contains__
    for text in ("Bài viết của cô Lisa có bao nhiêu lượt xem?", "Ông Lee được chữa trị thế nào?", "Bé Wu mấy tuổi?"):
        assert parse_question(text, knows=knows).replaced == ()
    slip = parse_question("Cảng Hari Phòng mở khi naof?", knows=knows)
    assert slip.replaced == (("Hari", "Hải"), ("naof", "nào"))
    assert parse_question("ong lee ddang owr ddaau", knows=knows).replaced[0] == ("lee", "lê")


@pytest.mark.parametrize(
    "text",
    [
        "gia gas thang 8 la bao nhieu",
        "tuyen xe bus so 1 di dau",
        "mien visa cho cong dan nuoc nao",
        "gia xang e5 hom nay bao nhieu",
        "xe taxi va xe bus chay the nao",
        "hamas tha may nguoi",
        "phat thai co2 bao nhieu tan",
    ],
)
def test_a_word_of_the_articles_stays_where_no_marks_are_typed_too(text: str) -> None:
    knows = {"gas", "bus", "visa", "e5", "taxi", "co2", "hamas", "củi", "bú", "vía", "cò"}.__contains__
    assert parse_question(text, knows=knows).replaced == ()


def test_a_word_that_neither_reading_of_is_known_stays() -> None:
    assert parse_question("gia gas hom nay bao nhieu", knows={"giá", "nay"}.__contains__).replaced == ()


def test_one_slip_among_bare_words_is_read_and_a_question_of_telex_throughout() -> None:
    knows = {"nào", "gas", "giá", "phòng", "hải"}.__contains__
    assert parse_question("khi naof mo duong bay", knows=knows).replaced == (("naof", "nào"),)
    assert parse_question("gias gas hair phongf", knows=knows).searched == "giá gá hải phòng"
    assert parse_question("bao nhieeuf dduwowngf bay", knows=knows).searched == "bao nhiều đường bay"


@pytest.mark.parametrize(
    "text",
    [
        "Laos Vietnam?",
        "How was this express flight opened?",
        "When does the direct flight between Nanning and Hai Phong open?",
        "khi nao mo duong bay Nam Ninh",
        "Sân bay Vân Đồn có mấy chuyến bay express?",
    ],
)
def test_other_questions_are_left_as_they_are(text: str) -> None:
    assert parse_question(text).replaced == () or all(
        " " in a or a[0].isupper() for a, _ in parse_question(text).replaced
    )
