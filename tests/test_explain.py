"""What an explanation says is what happened: on the seeds, and on a few articles with a known answer."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from index import Article, Encoder, PassageIndex
from qa import Assistant
from qa.explain import CITATION_SHARE, ExplainedSentence, Explanation, explained
from qa.explain_text import ENGLISH, VIETNAMESE, decision_line, hit_lines, sentence_lines
from qa.extraction import KIND_MISSING
from qa.json_answer import explanation_object
from qa.printing import print_explanation

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
UNANSWERED = "Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?"


@pytest.fixture(scope="module")
def flight(assistant: Assistant) -> Explanation:
    return assistant.explain(FLIGHT, 3)


def test_the_answer_explained_is_the_answer_given(assistant: Assistant, flight: Explanation) -> None:
    assert flight.answer == assistant.ask(FLIGHT, 3)
    assert [each.quote for each in flight.sentences if each.cut is None] == [c.quote for c in flight.answer.citations]
    assert tuple(each.hit for each in flight.hits)[:3] == flight.answer.hits


def the_wish(flight: Explanation) -> ExplainedSentence:
    """Return the sentence that has all words of the question and only wishes for the line."""
    return next(each for each in flight.sentences if "mở đường bay" in each.quote)


def test_words_are_told_as_matched_or_missing(flight: Explanation) -> None:
    opened, wished = flight.sentences[0], the_wish(flight)
    assert "khai thông từ ngày 7/1/2025" in opened.quote
    assert opened.words.exact == ("bay", "Nam Ninh", "Hải Phòng")
    assert opened.words.missing == ("mở đường",)
    assert wished.words.exact == ("mở đường bay", "Nam Ninh", "Hải Phòng")
    assert opened.words.folded == opened.words.by_meaning == wished.words.missing == ()


def test_words_typed_without_marks_are_told_apart(assistant: Assistant) -> None:
    first = assistant.explain("khi nao mo duong bay Hai Phong").sentences[0].words
    assert "Hai Phong" in first.folded
    assert "Hai Phong" not in first.exact


def test_a_foreign_question_is_told_which_words_only_meaning_saw(assistant: Assistant) -> None:
    explanation = assistant.explain("When did direct flights between Nanning and Hai Phong begin?")
    assert ("Nanning", "Nam Ninh") in explanation.answer.question.replaced
    words = explanation.hits[0].words
    assert "Nam Ninh" in words.exact
    assert set(words.by_meaning) == {"between", "begin"}


def test_what_lacks_the_wanted_date_is_cut_for_that(flight: Explanation) -> None:
    wished = the_wish(flight)
    assert (wished.cut, wished.shows_kind) == ("kind", False)
    assert "Không trích: không có thời điểm mà câu hỏi cần" in sentence_lines(wished, flight, VIETNAMESE)
    assert "Có thời điểm mà câu hỏi cần" in sentence_lines(flight.sentences[0], flight, VIETNAMESE)


def test_sentences_below_the_share_are_cut_for_that(flight: Explanation) -> None:
    cut = [each for each in flight.sentences if each.cut == "share"]
    assert cut
    assert all(each.share < CITATION_SHARE for each in cut)
    assert flight.sentences[0].share == 1


def test_what_is_cited_is_told_first_even_where_sentences_without_a_date_are_more_like_the_question(
    assistant: Assistant, flight: Explanation
) -> None:
    reading = assistant.read(FLIGHT)
    opened = reading.candidates[0]
    undated = [each for each in reading.candidates if each.evidence.kind < KIND_MISSING][:6]
    likelier = tuple(replace(each, score=opened.score + 2) for each in undated)
    changed = replace(reading, candidates=(*likelier, opened))
    why = explained(assistant.answer(changed), changed, assistant._reader)
    assert [citation.quote for citation in why.answer.citations] == [flight.sentences[0].quote]
    first, *others = why.sentences
    assert (first.quote, first.cut, first.share) == (flight.sentences[0].quote, None, 1)
    assert [each.cut for each in others] == ["kind"] * 4
    assert all(each.share <= 1 for each in others)


def test_passages_behind_k_are_cut_for_that(assistant: Assistant) -> None:
    hits = assistant.explain(FLIGHT, 2).hits
    assert [each.cut == "behind_k" for each in hits] == [False, False, *[True] * (len(hits) - 2)]
    assert len(hits) > 2


def test_not_answered_says_how_likely_and_how_likely_it_must_be(assistant: Assistant) -> None:
    likely = {}
    for question in ("Hải Phòng làm gì để bảo vệ rừng ngập mặn?", UNANSWERED, "Vì sao Quảng Tây đóng cửa chợ?"):
        explanation = assistant.explain(question)
        if not explanation.answer.found:
            assert explanation.answer.confidence < explanation.threshold
            assert all(each.cut for each in explanation.sentences)
            likely |= {each.cut: explanation for each in explanation.sentences}
    assert "kind" in likely
    line = decision_line(likely["kind"], VIETNAMESE)
    assert line.startswith("Không trả lời: xác suất ")
    assert f"{likely['kind'].threshold:.0%}" in line


def test_ranks_are_those_of_the_channels(assistant: Assistant) -> None:
    ranked = assistant.rank(FLIGHT)
    for each in assistant.explain(FLIGHT, 5).hits:
        for place in each.places:
            assert place.rank is None or ranked[place.channel][place.rank - 1] == (each.hit.article, place.score)


def test_a_sentence_is_ranked_among_those_that_were_weighed(flight: Explanation) -> None:
    opened, wished = (
        {place.channel: place for place in each.places} for each in (flight.sentences[0], the_wish(flight))
    )
    assert (opened["fused"].rank, opened["fused"].score) == (1, 1.0)
    assert wished["words"].rank == 1 < (opened["words"].rank or 0)
    assert wished["words"].score > opened["words"].score
    line = sentence_lines(the_wish(flight), flight, VIETNAMESE, scores=True)[-2]
    assert line.startswith("Thứ hạng (điểm): theo chữ 1 (0,")


def test_lines_are_words_in_both_languages(flight: Explanation) -> None:
    vietnamese, english = (hit_lines(flight.hits[0], flight, phrases) for phrases in (VIETNAMESE, ENGLISH))
    assert vietnamese[0] == "Có đúng chữ: “bay”, “Nam Ninh”, “Hải Phòng”"
    assert english[0] == "Has the very words: “bay”, “Nam Ninh”, “Hải Phòng”"
    assert vietnamese[-1].startswith("Thứ hạng: theo chữ ")


def test_it_is_printed_and_given_as_json(flight: Explanation) -> None:
    out = StringIO()
    print_explanation(Console(file=out, width=100, highlight=False, markup=False), flight)
    printed = out.getvalue()
    assert "✓ “Bí thư Thành uỷ Hải Phòng cho biết" in printed
    assert "✗ “Thành phố Hải Phòng cũng mong muốn" in printed
    assert "Không hiện: đứng sau 3 đoạn đầu" in printed
    given = json.loads(json.dumps(explanation_object(flight)))
    assert given["found"] and given["probability"] >= given["threshold"]
    assert given["sentences"][0]["cited"] and given["sentences"][0]["words"]["missing"] == ["mở đường"]
    assert set(given["passages"][0]["channels"]) == {"words", "meaning", "vectors", "late interaction", "fused"}


# --- names of one thing -----------------------------------------------------------------------------------------------


ARTICLES = (
    Article("a", "a.txt", "TP.HCM khởi công tuyến metro số 2 vào ngày 5/3/2024. Tuyến dài 11 km.", "Metro số 2"),
    Article("b", "b.txt", "Thành phố Hồ Chí Minh có 9,4 triệu dân. UBND thành phố công bố hôm 3/4/2024.", "Dân số"),
    Article("c", "c.txt", "Ủy ban nhân dân tỉnh Nghệ An khánh thành cầu Cửa Hội ngày 14/3/2021.", "Cầu Cửa Hội"),
    Article("d", "d.txt", "Hải Phòng khởi công đường ven biển ngày 1/2/2020. Thành phố có 2 triệu dân.", "Ven biển"),
    Article("e", "e.txt", "Hoa Kỳ bán 12 máy bay cho Việt Nam. Cảng Phú Mỹ mở rộng thêm 30 ha.", "Tin vắn"),
)


@pytest.fixture(scope="module")
def small(encoder: Encoder) -> PassageIndex:
    return PassageIndex.from_articles(ARTICLES, encoder)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Thành phố Hồ Chí Minh khởi công metro số 2 khi nào?", "TP.HCM khởi công"),
        ("TP. Hồ Chí Minh khởi công metro số 2 khi nào?", "TP.HCM khởi công"),
        ("TP.HCM có bao nhiêu dân?", "Thành phố Hồ Chí Minh có 9,4 triệu dân"),
        ("tphcm co bao nhieu dan", "Thành phố Hồ Chí Minh có 9,4 triệu dân"),
        ("Sài Gòn khởi công metro số 2 khi nào?", "TP.HCM khởi công"),
        ("When did Ho Chi Minh City start metro line 2?", "TP.HCM khởi công"),
        ("UBND tỉnh Nghệ An khánh thành cầu Cửa Hội khi nào?", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("uy ban nhan dan thanh pho cong bo khi nao", "UBND thành phố công bố"),
        ("Mỹ bán bao nhiêu máy bay cho Việt Nam?", "Hoa Kỳ bán 12 máy bay"),
        ("Cảng Phú Mỹ mở rộng bao nhiêu ha?", "Cảng Phú Mỹ mở rộng"),
    ],
)
def test_a_name_finds_what_says_another_of_the_same_thing(small: PassageIndex, question: str, quote: str) -> None:
    answer = Assistant(small).ask(question)
    assert answer.found
    assert answer.citations[0].quote.startswith(quote)


def test_the_other_name_is_told(small: PassageIndex) -> None:
    explanation = Assistant(small).explain("TP.HCM có bao nhiêu dân?")
    assert explanation.answer.question.same == (("TP.HCM", ("Thành phố Hồ Chí Minh",)),)
    assert explanation.sentences[0].words.names == (("TP.HCM", "Thành phố Hồ Chí Minh"),)
    assert explanation.sentences[0].words.exact[0].startswith("TP.HCM")
    assert "Cùng một tên: TP.HCM = Thành phố Hồ Chí Minh" in sentence_lines(
        explanation.sentences[0], explanation, VIETNAMESE
    )


def test_asked_as_typed_no_name_is_replaced(small: PassageIndex) -> None:
    answer = Assistant(small).ask("UBND tỉnh Nghệ An khánh thành cầu Cửa Hội khi nào?", as_typed=True)
    assert (answer.question.replaced, answer.question.same) == ((), ())
    assert not answer.found


def test_a_corpus_brings_names_of_its_own(small: PassageIndex) -> None:
    question = "Hòn Ngọc Viễn Đông khởi công metro số 2 khi nào?"
    assert not Assistant(small).ask(question).found
    own = (("Thành phố Hồ Chí Minh", "Hòn Ngọc Viễn Đông", "TP.HCM"),)
    assert Assistant(small, own).ask(question).citations[0].quote.startswith("TP.HCM khởi công")


def test_questions_without_such_names_are_read_as_before(small: PassageIndex) -> None:
    question = Assistant(small).ask("Hải Phòng khởi công đường ven biển khi nào?").question
    assert (question.replaced, question.same, question.searched) == ((), (), question.text)
