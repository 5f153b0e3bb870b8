import pytest

from index.lexical import LexicalIndex
from qa.lookup import look_up, name_runs
from qa.question import content_words, parse_question


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build(["Hải Phòng hợp tác với Nam Ninh.", "Ông Trần Cương nói về đường sắt."])


def terms(lexical: LexicalIndex, text: str):
    query = parse_question(text)
    return look_up(query, content_words(query), lexical)


def test_a_vietnamese_question_is_looked_up_whole(lexical: LexicalIndex) -> None:
    assert {"hải", "hải_phòng", "hợp_tác"} <= set(terms(lexical, "Hải Phòng hợp tác gì?").exact)


def test_an_english_question_shares_names_and_translated_words(lexical: LexicalIndex) -> None:
    found = terms(lexical, "Did Hai Phong and Nanning plan a railway?")
    assert {"nam_ninh", "đường_sắt"} <= set(found.exact)
    assert "hai_phong" in found.folded
    assert not {"plan", "and", "did"} & {*found.exact, *found.folded}


def test_a_chinese_question_shares_its_sino_vietnamese_words(lexical: LexicalIndex) -> None:
    assert {"trần_cương", "hợp_tác"} <= set(terms(lexical, "陈刚谈合作了吗？").exact)


def test_names_are_runs_of_capitals_and_numbers_stand_alone(lexical: LexicalIndex) -> None:
    query = parse_question("Ông Trần Cương tới Hải Phòng năm 2025 chưa?")
    runs = [[word.form for word in run] for run in name_runs(query, content_words(query), lexical)]
    assert runs == [["ông", "trần", "cương"], ["hải", "phòng"], ["2025"]]
    query = parse_question("Cầu mở chưa?")
    assert name_runs(query, content_words(query), lexical) == []
