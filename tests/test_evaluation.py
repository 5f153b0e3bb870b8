import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from index import Article
from index.vietnamese import sentence_spans
from qa import Assistant
from qa.evaluation import (
    ANSWER,
    RETRIEVED,
    Gold,
    GoldAnswer,
    GoldError,
    check_gold,
    evaluate,
    gold_qrels,
    gold_run,
    measures,
    read_gold,
    values_of,
)
from qa.request import Request, asked

QUOTE = "chính thức được khai thông từ ngày 7/1/2025"
FILE = "002_46d24d47c91e1033.txt"


def gold(query_id: str, text: str, *answers: tuple[str, str]) -> Gold:
    return Gold(query_id, text, "vi", tuple(GoldAnswer(*answer) for answer in answers))


def test_measures_have_the_values_that_follow_from_the_results(assistant: Assistant) -> None:
    results = evaluate(
        assistant,
        [
            gold("right", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, QUOTE)),
            gold("wrong", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, "không có trong bài")),
            gold("refused", "Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?"),
            gold("answered", "Khi nào mở đường bay Nam Ninh – Hải Phòng?"),
        ],
    )
    assert [result.right for result in results] == [True, False, True, False]
    values = measures(results)
    rank = min(results[0].passage_ranks)
    assert values["MRR@10"] == pytest.approx(1 / rank / 2)
    assert values["Recall@5"] == pytest.approx(0.5)
    assert values["answer_holds_quote"] == 0.5
    assert values["not_found_right"] == 0.5
    assert values["not_found_wrong"] == 0.0
    assert (values["questions"], values["answerable"], values["unanswerable"]) == (4, 2, 2)


def test_a_measure_of_no_questions_was_not_run_and_is_left_out(assistant: Assistant) -> None:
    assert measures([]) == {"questions": 0, "answerable": 0, "unanswerable": 0}
    values = measures(evaluate(assistant, [gold("q", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, QUOTE))]))
    assert "not_found_right" not in values
    assert values["not_found_wrong"] == 0.0


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("Bài từ 2025 nói gì về đường bay Nam Ninh – Hải Phòng?", 1),
        ("Hải Phòng mong muốn mở đường bay thẳng đến đâu, từ 2025?", 1),
        ("Theo bài năm ngoái, Hải Phòng mong muốn mở đường bay thẳng đến đâu?", 1),
        ("Tuyến bay thẳng khai thông ngày 7/1/2025 nối Hải Phòng với đâu?", 5),
    ],
)
def test_a_period_chooses_the_articles_that_ask_would_choose(
    assistant: Assistant, question: str, articles: int
) -> None:
    today = date(2025, 3, 5)
    (result,) = evaluate(assistant, [gold("q", question)], today=today)
    put = asked(Request(question), today, assistant.searched.last)
    answer = assistant.ask(put.question, RETRIEVED, put.kept.only)
    assert result.answer == answer
    assert answer.searched.articles == articles


def test_a_question_on_an_unknown_article_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(GoldError, match=r"question q: no article nowhere\.txt"):
        evaluate(assistant, [gold("q", "Khi nào?", ("nowhere.txt", "x"))])


def test_a_quote_that_its_article_does_not_hold_is_told(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    answers = [{"path": FILE, "quote": QUOTE}, {"path": FILE, "quote": "không có trong bài"}]
    path.write_text(json.dumps({"query_id": "a", "text": "Khi nào?", "answers": answers}), encoding="utf-8")
    (line,) = check_gold(assistant, read_gold(path))
    assert line == f"{path}, line 1: {FILE} does not hold the quote “không có trong bài”: it cannot be found"
    answers[0]["path"] = "nowhere.txt"
    path.write_text(json.dumps({"query_id": "a", "text": "Khi nào?", "answers": answers}), encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold.jsonl, line 1: no article nowhere.txt in this index"):
        check_gold(assistant, read_gold(path))


def test_a_quote_over_two_sentences_is_told_because_no_citation_can_hold_it(assistant: Assistant) -> None:
    article = next(each for each in assistant.articles.values() if each.path == FILE)
    first, second = sentence_spans(article.text)[:2]
    over, within = article.text[first[1] - 20 : second[0] + 20], article.text[second[0] : second[1]]
    (line,) = check_gold(assistant, [gold("q", "Khi nào?", (FILE, over), (FILE, within))])
    assert line == f"question q: no single sentence holds the quote “{over}”: it cannot be cited, quote less"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        ('{"query_id": "b", "text": "x"}', "line 2: no 'answers'"),
        ('{"query_id": "b", "text": "x", "answers": [{"path": 1}]}', "line 2: 'answers' is not a list"),
        ('{"query_id": "a", "text": "x", "answers": []}', "line 2: query_id 'a' stands there twice"),
        ('{"query_id": "b", "text": "???", "answers": []}', "line 2: Xin gõ một câu hỏi"),
        (
            '{"query_id": "b", "text": "x", "answers": [{"path": "a.txt", "quote": " "}]}',
            "line 2: a quote without a word",
        ),
        ("[" * 100_000, "line 2: not JSON"),
        ('{"query_id": "b", "text": null, "answers": []}', "line 2: None is no text"),
        ('{"query_id": null, "text": "x", "answers": []}', "line 2: None is no id"),
        (r'{"query_id": "b", "text": "x \ud800", "answers": []}', r"line 2: half a character, U\+D800"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"query_id": "a", "text": "x", "answers": []}\n' + line, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        read_gold(path)


def test_an_empty_or_missing_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(GoldError, match="no questions"):
        read_gold(tmp_path / "empty.jsonl")
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path / "nowhere.jsonl")


def test_gold_is_read_in_one_unicode_form(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    quote = unicodedata.normalize("NFD", "mở  đường bay")
    path.write_text(
        json.dumps({"query_id": 1, "text": "x", "answers": [{"path": "a.txt", "quote": quote}]}), encoding="utf-8"
    )
    (gold,) = read_gold(path)
    text = "Ngày mở đường bay mới."
    assert gold.holds(Article("1", "a.txt", text), text)
    assert not gold.holds(Article("1", "b.txt", text), text)


def test_the_best_sentence_is_known_even_where_it_is_not_given(assistant: Assistant) -> None:
    refused = "Hải Phòng có bao nhiêu bệnh viện?"
    given, held_back = evaluate(
        assistant, [gold("a", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, QUOTE)), gold("b", refused)]
    )
    assert given.best == given.answer.citations[0]
    assert held_back.answer.citations == ()
    assert held_back.best is not None
    best = held_back.best
    assert best.article.text[best.start : best.end] == best.quote
    assert "hơn 250 đại biểu" in best.quote  # "bao nhiêu" would have been answered with a number
    assert (given.best_holds, held_back.best_holds) == (True, False)


def test_the_run_of_gold_questions_names_the_right_passage_once_at_its_place(assistant: Assistant) -> None:
    (result,) = evaluate(assistant, [gold("q", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, "Quảng Tây"))])
    assert len(result.passage_ranks) > 1
    (found,) = gold_run([result]).values()
    assert list(found)[min(result.passage_ranks) - 1] == ANSWER
    assert len(found) == len(result.answer.hits) - len(result.passage_ranks) + 1
    assert gold_qrels([result]) == {"q": {ANSWER: 1}}


def test_each_value_is_of_the_questions_that_it_can_be_of(assistant: Assistant) -> None:
    results = evaluate(
        assistant,
        [
            gold("a", "Khi nào mở đường bay Nam Ninh – Hải Phòng?", (FILE, QUOTE)),
            gold("b", "Ai phát minh ra bóng đèn?"),
        ],
    )
    values = values_of(results, ["RR", "P@5"])
    assert set(values["RR"]) == set(values["token_f1"]) == set(values["not_found_wrong"]) == {"a"}
    assert set(values["not_found_right"]) == {"b"}
    assert set(values["right"]) == {"a", "b"}
    assert 0 < values["token_f1"]["a"] < 1
    assert [result.kind for result in results] == ["when", "who"]
