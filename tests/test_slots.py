"""The place of the answer in a sentence, and the question's words around it."""

import numpy as np
import pytest

from index.vietnamese import WORD
from qa import Assistant
from qa.question import content_words, parse_question
from qa.slots import SLOT_FEATURES, Sentence, SlotEvidence, Sought, slot_evidence, slots_in

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


def evidence(question: str, text: str, around: str = "") -> SlotEvidence:
    """Return the evidence where a token is a word, and only equal words are near each other."""
    query = parse_question(question)
    words = content_words(query)
    own = [(match.group(0).lower(), match.start()) for match in WORD.finditer(text)]
    cosines = np.array([[float(word.form == form) for form, _ in own] for word in words])
    name = np.array([query.searched[word.start].isupper() for word in words])
    sought = Sought(
        query,
        np.array([(word.start, word.end) for word in words]),
        np.eye(len(words)),
        np.ones(len(words)),
        ~name,
        ~name,
        [np.flatnonzero(name).tolist()] if name.any() else [],
    )
    return slot_evidence(sought, Sentence(text, around, np.array([start for _, start in own]), cosines))


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Khi nào cầu thông xe?", "Cầu thông xe ngày 5/10/2024.", ["ngày 5", "5/10/2024"]),
        ("Khi nào cầu thông xe?", "Tháng Chín, cầu thông xe.", ["Tháng Chín"]),
        ("Khi nào cầu thông xe?", "Cầu thông xe trong quý III/2026.", ["quý III/2026"]),
        ("Cầu dài bao nhiêu?", "Cầu dài hai mươi km, giá 5 tỷ đồng.", ["hai mươi km"]),
        ("Có mấy dự án?", "Tỉnh có 440 dự án, 39 nước.", ["440 dự án"]),
        ("Cửa khẩu nào được mở?", "Hai nước mở cửa khẩu Lý Vạn.", ["cửa khẩu"]),
    ],
)
def test_a_slot_is_what_could_answer(question: str, text: str, found: list[str]) -> None:
    slots = slots_in(parse_question(question), text)
    assert slots is not None
    assert {text[start:end] for start, end in slots[0]} & set(found)
    assert slots[1] == 1.0


def test_what_the_question_says_itself_is_no_answer() -> None:
    said = slots_in(parse_question("Năm 2022 kim ngạch là bao nhiêu USD?"), "Năm 2022 tăng 2022 USD.")
    assert said == ([], 1.0)
    assert evidence("Khi nào cầu dài 2024 m thông xe năm 2024?", "Cầu thông xe năm 2024.").slot == 0.0


def test_a_question_that_any_words_can_answer_has_no_slots() -> None:
    assert slots_in(parse_question("Cầu mới như thế nào?"), "Cầu đẹp.") is None
    assert evidence("Cầu mới như thế nào?", "Cầu mới đẹp.").slot == 0.5


def test_words_count_in_the_clause_of_the_slot() -> None:
    of_it = evidence("Khi nào cầu thông xe?", "Đường khởi công năm nay, cầu thông xe ngày 5/10/2024.")
    of_another = evidence("Khi nào cầu thông xe?", "Cầu thông xe muộn, nhưng đường, như đã định, xong ngày 5/10/2024.")
    assert of_it.slot_clause == of_it.slot_relation == 1.0
    assert of_another.slot_clause == 0.0
    assert of_another.slot == of_it.slot


def test_the_clauses_beside_it_count_in_the_wider_part() -> None:
    beside = evidence("Khi nào cầu thông xe?", "Ngày 5/10/2024, cầu thông xe.")
    assert beside.slot_clause == 0.0
    assert beside.slot_wide == beside.slot_wide_least == 1.0


def test_what_is_counted_stands_behind_a_number() -> None:
    assert evidence("Có mấy dự án?", "Có 440 dự án.").noun_at_slot == 1.0
    far = evidence("Có mấy dự án?", "Dự án mới ở trong tỉnh có vốn của các nhà đầu tư đến từ 39 nước.")
    assert (far.noun, far.noun_at_slot) == (1.0, 0.0)


def test_numerals_of_the_question_are_looked_for_in_the_sentence_and_around_it() -> None:
    question = "Hội nghị lần thứ XI bàn gì?"
    assert evidence(question, "Hội nghị lần thứ XI bàn về cầu.").numeral == 1.0
    assert evidence(question, "Hội nghị bàn về cầu.", "Hội nghị lần thứ XI").numeral == 0.6
    assert evidence(question, "Hội nghị lần thứ X bàn về cầu.").numeral == 0.0


def test_a_sentence_without_tokens_has_no_evidence() -> None:
    query = parse_question(FLIGHT)
    nothing = Sought(
        query, np.zeros((0, 2), int), np.zeros((0, 0)), np.zeros(0), np.zeros(0, bool), np.zeros(0, bool), []
    )
    assert slot_evidence(nothing, Sentence("", "", np.zeros(0, int), np.zeros((0, 0)))) == SlotEvidence()


@pytest.mark.parametrize(
    "question", [FLIGHT, "Ai?", "Chủ tịch UBND tỉnh Lào Cai là ai?", "How many projects are there?"]
)
def test_every_part_of_the_evidence_is_a_share(assistant: Assistant, question: str) -> None:
    reading = assistant.read(question)
    for each in reading.slots(reading.candidates):
        assert all(0.0 <= getattr(each, name) <= 1.0 for name in SLOT_FEATURES)


def test_the_date_of_the_flight_has_the_words_of_the_question_beside_it(assistant: Assistant) -> None:
    reading = assistant.read(FLIGHT)
    opened, *others = reading.slots(reading.candidates[:5])
    assert "7/1/2025" in reading.candidates[0].article.text[reading.candidates[0].start : reading.candidates[0].end]
    assert opened.slot == 1.0
    assert opened.slot_clause > max(each.slot_clause for each in others)
