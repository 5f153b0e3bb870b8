"""Names in Chinese characters, or as English spells them, in questions on articles that have their readings."""

import pytest

from index.casing import Casing
from index.lexical import LexicalIndex
from qa import Assistant
from qa.chinese_names import in_sino_vietnamese
from qa.question import parse_question
from qa.types import Query

TEXTS = (
    "ông Lưu Ninh gặp ông Hùng Ba",
    "bà Lý Vĩ",
    "bà Lý Vĩ",
    "bà Lê Vĩ",
    "Long An",
    "thành phố Phòng Thành Cảng",
    "ông Lê Văn Châu",
)


def put(text: str, texts: tuple[str, ...] = TEXTS) -> Query:
    return in_sino_vietnamese(parse_question(text), Casing.of(texts), LexicalIndex.build(texts))


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("Who is Liu Ning?", "Who is Lưu Ninh?"),
        ("who is liu ning", "who is Lưu Ninh"),
        ("What did Xiong Bo say to Liu Ning?", "What did Hùng Ba say to Lưu Ninh?"),
        ("When did Fangchenggang open?", "When did Phòng Thành Cảng open?"),
        ("When did Fang-cheng Gang open?", "When did Phòng Thành Cảng open?"),
        ("Liu Ning là ai?", "Lưu Ninh là ai?"),
        ("刘宁是谁？", "Lưu Ninh 是谁？"),
        ("熊波和刘宁说了什么？", "Hùng Ba 和 Lưu Ninh 说了什么？"),
        ("黎文周是谁？", "Lê Văn Châu 是谁？"),
    ],
)
def test_a_chinese_name_is_searched_as_the_articles_write_it(asked: str, searched: str) -> None:
    query = put(asked)
    assert query.searched == searched
    assert query.text == asked
    assert all(latin in asked and name in searched for latin, name in query.replaced)


def test_of_several_names_that_are_spelled_so_the_commonest_is_put_and_the_others_are_looked_up_too() -> None:
    query = put("Who is Li Wei?")
    assert query.searched == "Who is Lý Vĩ?"
    assert query.same == (("Lý Vĩ", ("Lê Vĩ",)),)


@pytest.mark.parametrize(
    "asked",
    [
        "Where is Long An?",  # Vietnamese, and in the articles
        "Who is Wang Wei?",  # Chinese, but in no article
        "Who is Liu?",  # a syllable alone is too many names
        "Did Ning Liu come?",
        "dân số Long An là bao nhiêu?",
        "Đan Ninh là ai?",
        "王伟是谁？",
        "系统一小时",  # of two words, 系统 and 一小时
    ],
)
def test_other_names_stay_as_typed(asked: str) -> None:
    assert put(asked).searched == asked


def test_an_english_question_finds_what_is_said_of_a_chinese_name(assistant: Assistant) -> None:
    answer = assistant.ask("Which fields did Liu Ning single out?")
    assert ("Liu Ning", "Lưu Ninh") in answer.question.replaced
    assert "Lưu Ninh" in answer.hits[0].passage.text
    assert assistant.ask("Who is Liu Ning?", as_typed=True).question.searched == "Who is Liu Ning?"
