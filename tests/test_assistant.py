import gc
import random
import threading
import unicodedata
import weakref
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa import Answer, Assistant, QuestionError

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


def check(answer: Answer, assistant: Assistant) -> None:
    """The promise of the product, and the laws of its types."""
    for citation in answer.citations:
        assert citation.article == assistant.articles[citation.article.article_id]
        assert citation.article.text[citation.start : citation.end] == citation.quote != ""
    assert answer.found == bool(answer.citations)
    assert 0 <= answer.confidence <= 1
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in answer.hits:
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
    shares = [citation.score for citation in answer.citations]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    "question",
    [
        FLIGHT,
        "khi nao mo duong bay nam ninh hai phong",
        "When did the direct flight between Nanning and Hai Phong open?",
        unicodedata.normalize("NFD", FLIGHT),
    ],
)
def test_the_flight_that_opened_comes_before_the_one_that_was_wished_for(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    check(answer, assistant)
    first = answer.citations[0]
    assert "Nam Ninh - Hải Phòng chính thức được khai thông từ ngày 7/1/2025" in first.quote
    assert first.article.path.startswith("002")
    assert first.article.title == "Hải Phòng thu hút 440 dự án với 6,52 tỷ USD từ Trung Quốc"


def test_an_article_that_is_left_out_is_neither_found_nor_counted(assistant: Assistant) -> None:
    whole = assistant.ask(FLIGHT, k=100)
    left_out = whole.citations[0].article
    without = assistant.ask(FLIGHT, k=100, only=lambda article: article != left_out)
    check(without, assistant)
    assert {hit.article.path for hit in without.hits} == {hit.article.path for hit in whole.hits} - {left_out.path}
    assert without.searched.articles == whole.searched.articles - 1
    assert all(citation.article != left_out for citation in without.citations)
    assert assistant.ask(FLIGHT, k=100, only=lambda article: True) == whole


def test_words_that_only_the_left_out_article_has_are_unknown(assistant: Assistant) -> None:
    left_out = assistant.ask(FLIGHT).citations[0].article
    known = assistant.read(FLIGHT).signals["known"]
    assert assistant.read(FLIGHT, lambda article: article != left_out).signals["known"] < known


def test_of_no_article_nothing_is_found(assistant: Assistant) -> None:
    answer = assistant.ask(FLIGHT, only=lambda article: False)
    assert (answer.found, answer.hits, answer.searched.articles, answer.searched.first) == (False, (), 0, None)


def test_what_the_articles_do_not_say_is_not_found(assistant: Assistant) -> None:
    answer = assistant.ask("Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?")
    check(answer, assistant)
    assert not answer.found
    assert answer.hits
    assert (answer.searched.articles, str(answer.searched.first), str(answer.searched.last)) == (
        5,
        "2023-11-13",
        "2025-02-18",
    )


def test_decomposed_questions_get_the_same_answer(assistant: Assistant) -> None:
    for question in (FLIGHT, "Quảng Đông chiếm bao nhiêu phần trăm?", "Ai là Bí thư Tỉnh ủy Cao Bằng?"):
        assert assistant.ask(unicodedata.normalize("NFD", question)) == assistant.ask(question)


@pytest.mark.parametrize("question", ["", "   ", "???", "🙂", "\u200b"])
def test_a_meaningless_question_is_asked_for_again(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        assistant.ask(question)


@pytest.mark.parametrize("k", [0, -1, 2.5, "5", None, True])
def test_k_must_be_a_whole_number_from_one_up(assistant: Assistant, k: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        assistant.search(FLIGHT, k)  # type: ignore[arg-type]


def test_k_above_the_number_of_passages_gives_all(assistant: Assistant) -> None:
    assert len(assistant.search(FLIGHT, 10**9)) == len(assistant.search(FLIGHT, 27)) == 27


def test_an_answer_shows_its_sentences_but_not_the_whole_of_their_articles(assistant: Assistant) -> None:
    answer = assistant.ask(FLIGHT)
    (first, *_), shown = answer.citations, repr(answer)
    assert repr(first.quote) in shown and repr(first.article.path) in shown
    assert repr(first.article.text)[1:-1] not in shown


def test_ask_and_search_rank_alike(assistant: Assistant) -> None:
    assert assistant.ask(FLIGHT, 5).hits == assistant.search(FLIGHT, 5)


def test_threads_share_one_assistant(assistant: Assistant) -> None:
    questions = [FLIGHT, "Kim ngạch Việt Nam và Quảng Đông?", "Ai là đại sứ Trung Quốc?"] * 4
    expected = [assistant.ask(question) for question in questions]
    answers: list[Answer | None] = [None] * len(questions)

    def ask(i: int) -> None:
        answers[i] = assistant.ask(questions[i])

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == expected


def test_every_citation_of_a_thousand_random_questions_is_a_slice(assistant: Assistant) -> None:
    words = sorted({word for article in assistant.articles.values() for word in article.text.split()})
    draw = random.Random(0)
    asked = 0
    while asked < 1000:
        parts = ["Ai", *draw.choices(words, k=draw.randint(1, 12))]
        if draw.random() < 0.4:
            noise = "".join(chr(draw.randrange(0x20, 0x2FFF)) for _ in range(draw.randint(1, 20)))
            parts.insert(draw.randrange(len(parts) + 1), noise)
        if draw.random() < 0.1:
            parts.append("".join(chr(draw.randrange(0x110000)) for _ in range(8)))
        check(assistant.ask(" ".join(parts)), assistant)
        asked += 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_gets_an_answer_or_is_asked_for_again(assistant: Assistant, text: str) -> None:
    with suppress(QuestionError):
        check(assistant.ask(text), assistant)


@pytest.mark.parametrize("exact", [True, False])
def test_opened_anew_it_searches_in_the_same_way(seeds_directory: Path, exact: bool) -> None:
    opened = Assistant.open(seeds_directory, exact=exact)
    assert opened.reopened(seeds_directory)._source._channels.dense.exact is exact


def test_an_assistant_that_nobody_has_any_more_lets_go_of_its_files_at_once(seeds_directory: Path) -> None:
    """Nothing in it points back to it: a program that opens an index again and again would run out of files."""
    gc.disable()
    try:
        opened = Assistant.open(seeds_directory)
        opened.ask(FLIGHT)
        gone = weakref.ref(opened), weakref.ref(opened._source)
        del opened
        assert [each() for each in gone] == [None, None]
    finally:
        gc.enable()
