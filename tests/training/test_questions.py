"""Questions made by rule ask for what was taken out of the sentence."""

from random import Random

import pytest

from training.questions import RULES, ask, drop_words, question_from

SENTENCE = "Chuyến bay thẳng từ Nam Ninh đến Hải Phòng được khai thông vào ngày 7/1/2025 với 150 người trên máy bay."


@pytest.mark.parametrize(
    ("kind", "taken", "question_words"),
    [
        ("when", "7/1/2025", ("khi nào", "năm nào", "ngày nào", "thời điểm", "bao giờ")),
        ("how many", "150 người", ("bao nhiêu", "mấy")),
    ],
)
def test_a_rule_takes_the_answer_out_and_asks_for_it(kind, taken, question_words):
    question = ask(RULES[kind], SENTENCE, Random(1))
    assert taken not in question
    assert any(words in question.lower() for words in question_words)
    assert "Nam Ninh" in question


def test_where_takes_the_whole_name_of_the_place():
    question = ask(RULES["where"], "Hội nghị được tổ chức tại Hà Nội trong ba ngày liền.", Random(0))
    assert "Hà Nội" not in question
    assert "Hội nghị được tổ chức" in question


def test_why_takes_the_reason_up_to_the_comma():
    question = ask(RULES["why"], "Trận đấu bị hoãn vì mưa lớn kéo dài, theo ban tổ chức.", Random(0))
    assert "mưa lớn" not in question
    assert "theo ban tổ chức" in question


def test_a_question_begins_large_and_ends_with_a_question_mark():
    for seed in range(20):
        question = question_from(SENTENCE, Random(seed))
        assert question[0].isupper()
        assert question.endswith("?")


def test_a_sentence_too_short_to_ask_about_gives_none():
    assert question_from("Năm 1945.", Random(0)) is None


def test_one_seed_gives_one_question():
    assert question_from(SENTENCE, Random(3)) == question_from(SENTENCE, Random(3))


def test_dropped_words_leave_the_others_in_order():
    left = drop_words("một hai ba bốn năm sáu bảy", 0.4, Random(2)).split()
    assert 3 <= len(left) < 7
    assert left == [word for word in ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"] if word in left]


def test_a_query_is_never_dropped_below_three_words():
    assert drop_words("giá vàng hôm nay", 1.0, Random(0)) == "giá vàng hôm nay"
