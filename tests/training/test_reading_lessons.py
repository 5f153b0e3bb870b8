"""Lessons for the cross-encoder: rows, and which sentences answer."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.encoder import BUNDLED_FOLDER
from qa.reading_rows import PieceReader
from training.encoder import Encoder
from training.reading_lessons import Lessons
from training.types import OpenQuestion, Section, TrainingText, Translation
from training.written import Asked, WrittenQuestion, WrittenText

NEWS = "Sân bay Cát Bi mở cửa trở lại hôm thứ Hai. Đường băng mới dài 3.050 mét. Chuyến bay đầu tiên đến từ Seoul."
BRIDGE = "Cầu Sông Lam khởi công ngày 5/3. Vốn là 300 tỷ đồng."
LATER = "Cầu Sông Lam thông xe ngày 9/8. Lễ cắt băng có 500 người dự."
ASKED_OF_BOTH = "Cầu Sông Lam khởi công ngày nào?"
SECTION = Section(
    "Cầu Bính",
    "Lịch sử",
    (
        "Cầu Bính được khánh thành vào ngày 13 tháng 5 năm 2005 tại Hải Phòng.",
        "Cầu nối quận Hồng Bàng với huyện Thủy Nguyên của thành phố này.",
        "Trước đó người dân phải qua sông bằng phà vì chưa có cây cầu nào ở đây.",
    ),
)


@pytest.fixture(scope="module")
def reader() -> PieceReader:
    return PieceReader(Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json")))


@pytest.fixture(scope="module")
def lessons(reader: PieceReader) -> Lessons:
    length = NEWS.index("mét.") + len("mét.")
    questions = (
        WrittenQuestion("Đường băng dài bao nhiêu?", ((0, NEWS.index("Đường băng"), length),)),
        WrittenQuestion("Ai thiết kế nhà ga?", ()),
    )
    news = (WrittenText("", NEWS),)
    written = [Asked(f"{number:04d}", news, questions, held_out=number % 4 == 0) for number in range(12)]
    archive = (WrittenText("Cầu mới", LATER), WrittenText("Cầu mới thông xe", BRIDGE))
    begun = WrittenQuestion(ASKED_OF_BOTH, ((1, 0, BRIDGE.index(".")),))
    written.append(Asked("a", archive, (begun,), held_out=False))
    text = TrainingText(
        (SECTION,),
        (),
        (Translation("bridge", "cầu, kiều", "vi", "wiktionary"),),
        (OpenQuestion("How long?", "It is 3 km long. It is new.", "en", "tydiqa"),) * 3,
    )
    return Lessons(reader, text, written, Encoder.from_folder(BUNDLED_FOLDER), 1)


def test_lessons_come_from_seed_and_step_alone(lessons: Lessons) -> None:
    first, again, other = lessons.batch(5, 0.5, 800), lessons.batch(5, 0.5, 800), lessons.batch(6, 0.5, 800)
    ids = [[row.ids.tolist() for lesson in each for row in lesson.rows] for each in (first, again, other)]
    assert ids[0] == ids[1]
    assert ids[0] != ids[2]
    assert sum(map(len, ids[0])) >= 800


def test_each_sentence_has_its_word_and_unanswered_questions_have_none(lessons: Lessons) -> None:
    taken = [lesson for step in range(6) for lesson in lessons.batch(step, step / 6, 1000)]
    assert all(len(lesson.right) == sum(len(row.begins) for row in lesson.rows) for lesson in taken)
    assert {any(lesson.right) for lesson in taken} == {True, False}


def test_held_out_texts_are_measured_with_and_not_taught(lessons: Lessons, reader: PieceReader) -> None:
    assert len(lessons.held_out) == 2 * 3
    measured = [lessons.measured(asked) for asked in lessons.held_out[:2]]
    assert sorted(any(lesson.right) for lesson in measured) == [False, True]
    (right,) = (lesson for lesson in measured if any(lesson.right))
    assert np.flatnonzero(right.right).tolist() == [1]


def test_an_answer_that_was_cut_out_leaves_its_question_unanswered(lessons: Lessons, reader: PieceReader) -> None:
    by_rule = [lesson for step in range(8) for lesson in lessons.batch(step, 0.0, 1500)]
    unanswered = [lesson for lesson in by_rule if not any(lesson.right)]
    assert unanswered
    assert len(unanswered) < len(by_rule)


def test_a_question_of_an_archive_comes_with_the_likest_sentences_of_its_other_texts(
    lessons: Lessons, reader: PieceReader
) -> None:
    asked = reader.pieces([ASKED_OF_BOTH])[0]
    other = reader.pieces([LATER])[0][:8]
    taken = [lesson for step in range(12) for lesson in lessons.batch(step, 1.0, 1500)]
    own = [lesson for lesson in taken if list(lesson.rows[0].ids[1 : 1 + len(asked)]) == asked]
    assert own
    assert all(any(lesson.right) and not all(lesson.right) for lesson in own)
    assert any(" ".join(map(str, other)) in " ".join(map(str, row.ids)) for lesson in own for row in lesson.rows)
