"""Questions written for the project find their text again, and become gold questions on it."""

import gzip
import json
from pathlib import Path

import pytest

from index.vietnamese import sentence_spans
from training.data import read_rows
from training.types import Section, TrainingText, Translation
from training.written import (
    QUESTIONS,
    Asked,
    asked_texts,
    gold_of,
    invented_archives,
    invented_texts,
    key_of,
    path_of,
)

NEWS = (
    "Sân bay Cát Bi mở cửa trở lại hôm thứ Hai.",
    "Đường băng mới dài 3.050 mét.",
    "Chuyến bay đầu tiên đến từ Seoul.",
)
SECTION = Section("cầu bính", "Lịch sử", ("Cầu Bính khánh thành năm 2005.", "Cầu nối Hải Phòng với Thủy Nguyên."))
TEXT = TrainingText((SECTION,), tuple(Translation("x", each, "vi", "alt") for each in NEWS), (), ())


def write(path: Path, *rows: dict[str, object]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def test_a_text_is_found_by_its_hashes_and_its_questions_quote_it(tmp_path: Path) -> None:
    news = {"sentences": [key_of(each) for each in NEWS], "questions": [["Who built the airport?", []]]}
    section = {"section": key_of(" ".join(SECTION.paragraphs)), "questions": [["cầu bính xong khi nào", [[0, 30]]]]}
    first, second = asked_texts(TEXT, write(tmp_path / "q.gz", news, section))
    assert [(each.title, each.text) for each in first.texts] == [("", " ".join(NEWS))]
    assert [(each.title, each.text) for each in second.texts] == [("cầu bính", " ".join(SECTION.paragraphs))]
    assert [(line["language"], line["answers"]) for line in gold_of(first)] == [("en", [])]
    (line,) = gold_of(second)
    assert line["answers"] == [{"path": path_of(second, 0), "quote": "Cầu Bính khánh thành năm 2005."}]


def test_a_text_that_is_not_whole_is_left_out(tmp_path: Path) -> None:
    row = {"sentences": [key_of(NEWS[0]), key_of("Câu đã bị bỏ.")], "questions": [["Khi nào?", [[0, 5]]]]}
    assert list(asked_texts(TEXT, write(tmp_path / "q.gz", row))) == []


@pytest.fixture(scope="module")
def kept() -> list[dict[str, list[list[object]]]]:
    return list(read_rows(QUESTIONS))


def test_half_of_the_kept_questions_are_not_answered_and_none_is_asked_twice_of_a_text(kept) -> None:
    questions = [(number, question, spans) for number, row in enumerate(kept) for question, spans in row["questions"]]
    unanswered = sum(not spans for _, _, spans in questions)
    assert 0.45 < unanswered / len(questions) < 0.55
    assert len({(number, question) for number, question, _ in questions}) == len(questions)


def test_the_kept_questions_hold_no_text_of_others(kept) -> None:
    assert all(len(question) < 200 for row in kept for question, _ in row["questions"])
    assert all(set(row) - {"held_out"} in ({"section", "questions"}, {"sentences", "questions"}) for row in kept)


@pytest.mark.parametrize(
    ("invented", "unanswered"),
    [(list(invented_texts()), 0.5), (list(invented_archives()), 0.4)],
    ids=["one", "archive"],
)
def test_an_invented_text_holds_what_answers_its_questions_in_one_sentence(
    invented: list[Asked], unanswered: float
) -> None:
    titles = [text.title for each in invented for text in each.texts]
    assert len(set(titles)) == len(titles) == sum(len(each.texts) for each in invented)
    assert len({each.name for each in invented}) == len(invented)
    missed = 0
    for each in invented:
        sentences = [sentence_spans(text.text) for text in each.texts]
        for question in each.questions:
            for text, start, end in question.spans:
                assert 0 <= start < end <= len(each.texts[text].text)
                missed += not any(a <= start and end <= b for a, b in sentences[text])
    questions = [question for each in invented for question in each.questions]
    assert missed < 0.01 * len(questions)
    assert sum(not each.spans for each in questions) / len(questions) == pytest.approx(unanswered, abs=0.05)
    assert 0.03 < sum(each.held_out for each in invented) / len(invented) < 0.4


def test_an_archive_quotes_the_article_that_answers() -> None:
    for archive in list(invented_archives())[:5]:
        assert len(archive.texts) == 5
        assert all(text.published for text in archive.texts)
        by_path = {path_of(archive, number): text.text for number, text in enumerate(archive.texts)}
        answers = [answer for line in gold_of(archive) for answer in line["answers"]]
        assert all(answer["quote"] in by_path[answer["path"]] for answer in answers)
        assert len({answer["path"] for answer in answers}) > 1
