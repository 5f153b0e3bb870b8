"""What readers say of answers: kept whole, read again, judged, and made into gold questions that can be evaluated."""

from __future__ import annotations

import html
import json
import multiprocessing
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from browser.newsstand import FERRY, HOSTILE, Newsstand, citation

from qa import Assistant
from qa import feedback as kept_feedback
from qa.chat_desk import Desk
from qa.chat_text import VIETNAMESE
from qa.evaluation import GoldError, read_gold
from qa.feedback import NOTHING_CHOSEN, Chosen, Feedback, FeedbackError, add, decide, feedback_of, read
from qa.feedback_gold import gold_line, query_id_of, write_gold
from qa.filters import Filter
from qa.request import Request

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 5, 9, 30)
ARTICLES = Newsstand().articles
LAST = citation(FERRY, "Chuyến phà cuối cùng rời bến lúc 22 giờ ngày 3/3/2025.")
OPENS = citation(FERRY, "Bến phà mở cửa từ năm giờ sáng.")


def said(verdict: str, place: object = None, question: str = "Phà ngừng khi nào?") -> Feedback:
    return feedback_of({"question": question, "verdict": verdict, "place": place}, ARTICLES, [LAST], "4d88", NOW)


def test_each_judgement_says_what_is_right() -> None:
    path = FERRY.path
    assert said("right").answers == ((path, LAST.quote),)
    assert said("passage", [FERRY.article_id, OPENS.start, OPENS.end]).answers == ((path, OPENS.quote),)
    assert said("passage", [FERRY.article_id, " mở cửa từ năm giờ "]).answers == ((path, "mở cửa từ năm giờ"),)
    assert said("not_said").answers == said("wrong").answers == ()
    assert all(said(verdict).cited == ((path, LAST.quote),) for verdict in ("right", "wrong", "not_said"))


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        {"question": 5, "verdict": "right"},
        {"question": "Phà?", "verdict": "great"},
        {"question": "Phà?", "verdict": ["right"]},
        {"question": "à" * 2_001, "verdict": "right"},
        {"question": "Phà?", "verdict": "passage"},
        {"question": "Phà?", "verdict": "passage", "place": ["nobody", 0, 20]},
        {"question": "Phà?", "verdict": "passage", "place": [FERRY.article_id, 0, 10**9]},
        {"question": "Phà?", "verdict": "passage", "place": [FERRY.article_id, -9, 20]},
        {"question": "Phà?", "verdict": "passage", "place": [FERRY.article_id, True, 20]},
        {"question": "Phà?", "verdict": "passage", "place": [FERRY.article_id, "Câu này không có trong bài."]},
        {"question": "Phà?", "verdict": "passage", "place": [FERRY.article_id, "phà"]},
    ],
)
def test_what_makes_no_sense_is_not_kept(sent: object) -> None:
    with pytest.raises(FeedbackError):
        feedback_of(sent, ARTICLES, [LAST], "", NOW)


def test_what_is_kept_is_read_again_with_its_decisions(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    first, second = said("right"), said("not_said", question="Giá vé\n“phà” \u2028?")
    add(file, first)
    add(file, second)
    assert read(file).feedback == (first, second)
    accepted = decide(file, [second.feedback_id], "accepted")
    assert [each.decision for each in read(file).feedback] == [None, "accepted"]
    assert accepted == [read(file).feedback[1]]
    decide(file, [second.feedback_id], "rejected")
    assert read(file).feedback[1].decision == "rejected"
    with pytest.raises(FeedbackError, match="no feedback ffff"):
        decide(file, ["ffff"], "accepted")


def test_a_torn_line_harms_no_other(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    add(file, said("right"))
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:40])  # the power went while it was written
    add(file, said("wrong"))
    file.open("ab").write(b'[]\n{"feedback_id": 3}\n\xff\n' + b"[" * 100_000 + b"\n")
    kept = read(file)
    assert [each.verdict for each in kept.feedback] == ["right", "wrong"]
    assert [problem.split(":")[0].rsplit(" ", 1)[1] for problem in kept.problems] == ["2", "4", "5", "6", "7"]


def write_many(file: Path, start: int) -> None:
    for number in range(start, start + 25):
        add(file, said("right", question=f"Câu hỏi số {number} về chuyến phà?"))


def test_many_at_once_leave_every_line_whole(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    writers = [multiprocessing.get_context("fork").Process(target=write_many, args=(file, 25 * n)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    kept = read(file)
    assert len(kept.feedback) == 100 and not kept.problems


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_feedback, "MOST_BYTES", 700)
    file = tmp_path / "feedback.jsonl"
    add(file, said("right"))
    with pytest.raises(FeedbackError, match="the limit is 700: move it away"):
        for number in range(10):
            add(file, said("right", question=f"Phà {number}?"))
    assert file.stat().st_size <= 700


def test_only_what_is_accepted_and_says_what_is_right_becomes_a_gold_question(tmp_path: Path) -> None:
    file, gold = tmp_path / "feedback.jsonl", tmp_path / "gold.jsonl"
    told = [
        said("right"),
        said("not_said", question="Giá vé phà?"),
        said("wrong"),
        said("passage", [FERRY.article_id, OPENS.start, OPENS.end]),
    ]
    for each in told:
        add(file, each)
    assert [gold_line(each) for each in told] == [None] * 4
    lines = [gold_line(each) for each in decide(file, [each.feedback_id for each in told], "accepted")]
    assert lines[2] is None
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines if line), encoding="utf-8")
    questions = read_gold(gold)
    assert [each.text for each in questions] == ["Phà ngừng khi nào?", "Giá vé phà?", "Phà ngừng khi nào?"]
    assert questions[0].kind == "when" and questions[0].holds(FERRY, f"… {LAST.quote}")
    assert questions[1].answers == () and questions[2].answers[0].quote == OPENS.quote


OWN = '{"query_id": "own",  "text": "Giá vé phà?", "answers": []}\r'  # as its owner's editor wrote it


def accepted(*told: Feedback) -> list[Feedback]:
    return [replace(each, decision="accepted") for each in told]


def test_questions_of_the_owners_own_stay_in_the_gold_file_as_they_are(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(f"\ufeff{OWN}\n\n".encode())
    first, second = accepted(said("right"), said("not_said", question="Phà Rừng chạy lại khi nào?"))
    assert write_gold(gold, [first]) == 1
    lines = gold.read_bytes().decode().split("\n")
    assert lines[:2] == [OWN, ""] and json.loads(lines[2])["query_id"] == query_id_of(first) and lines[3:] == [""]
    assert write_gold(gold, [first, second]) == 2
    assert [each.query_id for each in read_gold(gold)] == ["own", query_id_of(first), query_id_of(second)]


def test_what_is_accepted_no_more_leaves_the_gold_file_and_other_feedback_stays(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    first, second = accepted(said("right"), said("not_said", question="Phà Rừng chạy lại khi nào?"))
    other = accepted(said("right", question="Góp ý của một tệp khác về phà?"))
    assert [write_gold(gold, each) for each in (other, [first, second], [first, second])] == [1, 2, 2]
    assert len(read_gold(gold)) == 3, "what is written again is not there twice"
    assert write_gold(gold, [replace(first, decision="rejected"), second]) == 1
    assert [each.query_id for each in read_gold(gold)] == [query_id_of(other[0]), query_id_of(second)]


@pytest.mark.parametrize(
    "there", [b"Ghi ch\xc3\xba c\xe1\xbb\xa7a t\xc3\xb4i\n", b"[]\n", b'{"a": 1}\n', b"\xff\xfe", b"[" * 10**5]
)
def test_a_file_that_is_no_gold_file_is_left_alone(tmp_path: Path, there: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(there)
    with pytest.raises(GoldError, match=r"notes\.txt.*give --gold another file"):
        write_gold(file, accepted(said("right")))
    assert file.read_bytes() == there and list(tmp_path.iterdir()) == [file]


def test_the_gold_file_may_be_empty_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "home.jsonl").touch(mode=0o640)
    link = tmp_path / "gold.jsonl"
    link.symlink_to("home.jsonl")
    assert write_gold(link, accepted(said("right"))) == 1
    assert link.is_symlink() and len(read_gold(tmp_path / "home.jsonl")) == 1
    assert (tmp_path / "home.jsonl").stat().st_mode & 0o777 == 0o640
    with pytest.raises(GoldError, match="no such folder"):
        write_gold(tmp_path / "nowhere" / "gold.jsonl", accepted(said("right")))


def hoibao(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "qa", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300, check=False)


def test_the_command_lists_judges_and_makes_gold_that_evaluate_takes(
    tmp_path: Path, seeds_directory: Path, assistant: Assistant
) -> None:

    question = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    answered = assistant.ask(question)
    told = feedback_of({"question": question, "verdict": "right"}, assistant.articles, answered.citations, "", NOW)
    file, gold = tmp_path / "feedback.jsonl", tmp_path / "gold.jsonl"
    add(file, told)
    listed = hoibao("feedback", file)
    assert listed.returncode == 0 and question in listed.stdout and "1 góp ý: 1 chưa xét" in listed.stdout
    assert "chưa có câu hỏi mẫu nào" in hoibao("feedback", file, "--gold", gold).stderr and not gold.exists()
    made = hoibao("feedback", file, "--accept", told.feedback_id, "--gold", gold, "--json")
    assert json.loads(made.stdout)[0]["decision"] == "accepted" and f"1 câu hỏi mẫu trong {gold}" in made.stderr
    gold.write_text(f"{OWN}\n", encoding="utf-8")
    again = hoibao("feedback", file, "--gold", gold)
    assert f"1 câu hỏi mẫu trong {gold}" in again.stderr and len(read_gold(gold)) == 2
    evaluated = hoibao("evaluate", gold, "--index", seeds_directory, "--json")
    assert json.loads(evaluated.stdout)["questions"] == 2
    refused = hoibao("feedback", file, "--accept", "nobody")
    assert refused.returncode == 2 and "has no feedback nobody" in refused.stderr and "Traceback" not in refused.stderr


def buttons(message: str) -> list[dict[str, object]]:
    return [json.loads(html.unescape(value)) for value in re.findall(r'class="hb-vote" value="([^"]*)"', message)]


def test_a_reader_is_asked_only_where_the_owner_allows_it(tmp_path: Path) -> None:
    request = Request("Chuyến phà cuối cùng?")
    closed, open_ = Desk(Newsstand(), VIETNAMESE), Desk(Newsstand(), VIETNAMESE, feedback=tmp_path / "f.jsonl")
    assert "hb-vote" not in closed.reply(request)[0]
    assert closed.correct({"question": "?", "verdict": "wrong"}) == {"error": VIETNAMESE.not_kept}
    offered = buttons(open_.reply(request)[0])
    assert [each["verdict"] for each in offered] == ["right", "not_said", "wrong"]
    assert open_.correct(offered[0]) == {"said": VIETNAMESE.thanks}
    (kept,) = read(tmp_path / "f.jsonl").feedback
    assert kept.answers == ((FERRY.path, LAST.quote),)


NARROW = {
    "articles": Request("Chuyến phà?", Filter(article_ids=frozenset({FERRY.article_id}))),
    "days": Request("Chuyến phà?", Filter(date(2025, 1, 1), date(2025, 3, 31))),
    "outlet": Request("Chuyến phà?", Filter(outlet="Báo Cửa Biển")),
    "as typed": Request("Chuyến phà?", as_typed=True),
    "every time": Request("Chuyến phà, từ 2024?", every_time=True),
}
CHOSEN = {
    "articles": Chosen(paths=(FERRY.path,)),
    "days": Chosen("2025-01-01", "2025-03-31"),
    "outlet": Chosen(outlet="Báo Cửa Biển"),
    "as typed": Chosen(as_typed=True),
    "every time": Chosen(every_time=True),
}


@pytest.mark.parametrize("what", NARROW)
def test_what_a_reader_chose_is_kept_and_makes_no_gold_question_for_every_article(tmp_path: Path, what: str) -> None:
    file = tmp_path / "f.jsonl"
    desk = Desk(Newsstand(), VIETNAMESE, feedback=file)
    votes = buttons(desk.reply(NARROW[what])[0])
    assert [desk.correct(vote) for vote in votes] == [{"said": VIETNAMESE.thanks}] * 3
    kept = read(file)
    assert kept.problems == () and [each.chosen for each in kept.feedback] == [CHOSEN[what]] * 3
    assert [gold_line(each) for each in accepted(*kept.feedback)] == [None] * 3


def test_a_period_in_the_questions_own_words_stays_in_its_gold_question(tmp_path: Path) -> None:
    question = "Chuyến phà cuối cùng rời bến khi nào, từ 2024?"
    desk = Desk(Newsstand(), VIETNAMESE, feedback=tmp_path / "f.jsonl")
    desk.correct(buttons(desk.reply(Request(question))[0])[0])
    (kept,) = read(tmp_path / "f.jsonl").feedback
    (line,) = map(gold_line, accepted(kept))
    assert kept.chosen == NOTHING_CHOSEN and line is not None and line["text"] == question


def test_a_line_of_before_choices_were_kept_is_read(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    add(file, said("right"))
    row = json.loads(file.read_text(encoding="utf-8"))
    del row["chosen"]
    file.write_text(json.dumps(row) + "\n" + json.dumps({**row, "feedback_id": "x", "chosen": []}), encoding="utf-8")
    assert [each.chosen for each in read(file).feedback] == [NOTHING_CHOSEN]
    assert len(read(file).problems) == 1


def test_the_command_shows_what_was_chosen_and_says_that_it_makes_no_question(tmp_path: Path) -> None:
    file, gold = tmp_path / "f.jsonl", tmp_path / "gold.jsonl"
    desk = Desk(Newsstand(), VIETNAMESE, feedback=file)
    kept = Filter(date(2025, 1, 1), None, "Báo Cửa Biển", frozenset({FERRY.article_id}))
    desk.correct(buttons(desk.reply(Request("Giá vé?", kept))[0])[0])
    (told,) = read(file).feedback
    assert told.verdict == "not_said"
    done = hoibao("feedback", file, "--accept", told.feedback_id, "--gold", gold)
    assert f"chỉ hỏi: bài đăng từ 2025-01-01, Báo Cửa Biển, {FERRY.path}" in done.stdout
    assert "1 góp ý đã nhận không thành câu hỏi mẫu" in done.stderr and not gold.exists()


@pytest.mark.parametrize("chosen", [{"articles": ["nobody"]}, {"outlet": "b" * 10_000}])
def test_a_choice_that_cannot_be_is_not_kept(tmp_path: Path, chosen: dict[str, object]) -> None:
    desk = Desk(Newsstand(), VIETNAMESE, feedback=tmp_path / "f.jsonl")
    forged = {"question": "Phà?", "verdict": "not_said", "places": [], "chosen": chosen}
    assert desk.correct(forged) == {"error": VIETNAMESE.not_kept}
    assert not (tmp_path / "f.jsonl").exists()


def test_what_a_page_makes_up_is_not_kept(tmp_path: Path) -> None:
    desk = Desk(Newsstand(), VIETNAMESE, feedback=tmp_path / "f.jsonl")
    forged = {"question": "Phà?", "verdict": "right", "places": [[FERRY.article_id, 0, 10**9], "x"], "quote": "Bịa."}
    assert desk.correct(forged) == {"error": VIETNAMESE.not_kept}
    assert not (tmp_path / "f.jsonl").exists()


def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    desk = Desk(Newsstand(), VIETNAMESE, feedback=tmp_path)  # a folder
    answer = desk.correct({"question": "Phà?", "verdict": "wrong"})
    assert re.fullmatch(rf"{re.escape(VIETNAMESE.not_kept)} \[[0-9a-f]{{8}}\]", answer["error"])  # the log has that id


def test_a_hostile_sentence_to_choose_is_only_text(tmp_path: Path) -> None:
    message = Desk(Newsstand(), VIETNAMESE, feedback=tmp_path / "f.jsonl").reply(Request("ác ý"))[0]
    assert "<img" not in message and "<script" not in message and HOSTILE.article_id not in message
