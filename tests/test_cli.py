import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
UNANSWERED = "Khi nào khởi công tuyến đường sắt Móng Cái - Hạ Long - Hải Phòng?"
COMMAND = [sys.executable, "-m", "qa"]


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_ask_prints_the_sentence_below_it_headline_and_date(seeds_directory: Path) -> None:
    done = run("ask", FLIGHT, "--index", seeds_directory)
    assert done.returncode == 0
    first, headline, source = done.stdout.split("\n")[:3]
    assert first.startswith("[1] “")
    assert "chính thức được khai thông từ ngày 7/1/2025" in first
    assert "Hải Phòng thu hút 440 dự án với 6,52 tỷ USD từ Trung Quốc" in headline
    assert "18/02/2025" in source
    assert "Đang mở chỉ mục" in done.stderr


def test_ask_json_is_one_object_of_the_promised_shape(seeds_directory: Path) -> None:
    done = run("ask", FLIGHT, "--json", "--index", seeds_directory)
    answer = json.loads(done.stdout)
    assert answer["question"] == FLIGHT
    assert answer["found"] is True
    first = answer["answers"][0]
    keys = {"quote", "article_id", "path", "title", "outlet", "author", "published", "start", "end", "score"}
    assert keys <= set(first)
    assert (first["path"], first["published"], first["author"]) == (
        "002_46d24d47c91e1033.txt",
        "2025-02-18 20:25",
        "Vũ Ba",
    )
    assert first["end"] - first["start"] == len(first["quote"])
    assert {"rank", "score", "article_id", "path", "title", "start", "end", "text"} <= set(answer["passages"][0])
    assert answer["searched"] == {"articles": 5, "from": "2023-11-13", "to": "2025-02-18"}


def test_the_exit_code_stays_true_where_nobody_reads_what_is_printed(seeds_directory: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [*COMMAND, "ask", FLIGHT, "--index", seeds_directory],
            stdout=closed,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_explain_puts_the_question_to_the_articles_that_its_words_choose(seeds_directory: Path) -> None:
    done = run("explain", "Ai là Bí thư Tỉnh ủy Quảng Đông, từ 2025?", "--json", "--index", seeds_directory)
    assert "01/01/2025" in done.stderr
    explained = json.loads(done.stdout)
    assert explained["question"] == "Ai là Bí thư Tỉnh ủy Quảng Đông?"
    assert explained["found"] is True


def test_not_found_is_said_and_exits_1(seeds_directory: Path) -> None:
    done = run("ask", UNANSWERED, "--index", seeds_directory, LANG="C", LC_ALL="C")
    assert done.returncode == 1
    assert done.stdout.startswith("Không tìm thấy trong 5 bài (từ 13/11/2023 đến 18/02/2025)")
    assert "không phải câu trả lời" in done.stdout


def test_explain_says_what_matched_and_why_the_rest_was_left_out(seeds_directory: Path) -> None:
    done = run("explain", FLIGHT, "--index", seeds_directory)
    assert done.returncode == 0
    assert "Có đúng chữ: “bay”, “Nam Ninh”, “Hải Phòng”" in done.stdout
    assert "Không trích: không có thời điểm mà câu hỏi cần" in done.stdout
    given = json.loads(run("explain", UNANSWERED, "--json", "--index", seeds_directory).stdout)
    assert given["found"] is False
    assert given["probability"] < given["threshold"]


def test_a_question_can_be_asked_as_typed(seeds_directory: Path) -> None:
    read = run("ask", "Nanning ở đâu?", "--index", seeds_directory)
    assert read.stdout.startswith("Đang hiểu là: Nam Ninh ở đâu?")
    assert "Đang hiểu là" not in run("ask", "Nanning ở đâu?", "--as-typed", "--index", seeds_directory).stdout


def test_dates_are_given_with_each_answer(seeds_directory: Path) -> None:
    done = run("ask", "Ai tiếp đoàn đại biểu Khu tự trị dân tộc Choang?", "--json", "--index", seeds_directory)
    first = json.loads(done.stdout)["answers"][0]
    (found,) = first["dates"]
    assert found | {"start": 0, "end": 9} == {
        "text": "Sáng 30-8",
        "start": 0,
        "end": 9,
        "from": "2024-08-30",
        "to": "2024-08-30",
        "precision": "day",
    }
    assert first["quote"][found["start"] - first["start"] : found["end"] - first["start"]] == found["text"]


def test_names_in_the_folder_of_articles_are_kept_and_others_can_be_tried(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    page = "Cầu mới\n08:00 05/10/2024\n\nThành phố Cảng khánh thành cầu Máy Chai ngày 1/10/2024.\n"
    (tmp_path / "articles" / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "articles" / "names.tsv").write_text("Thành phố Cảng\tĐất Phượng Đỏ\n", encoding="utf-8")
    built = run("build", tmp_path / "articles", "--index", tmp_path / "index")
    assert built.returncode == 0, built.stderr
    assert "1 nhóm tên từ" in built.stderr
    question = "Đất Phượng Đỏ khánh thành cầu Máy Chai khi nào?"
    asked = run("ask", question, "--index", tmp_path / "index")
    assert asked.stdout.startswith("Đang hiểu là: Thành phố Cảng khánh thành")
    (tmp_path / "other.tsv").write_text("Thành phố Cảng\tXứ Biển\n", encoding="utf-8")
    other = run("ask", question, "--index", tmp_path / "index", "--names", tmp_path / "other.tsv")
    assert "Đang hiểu là" not in other.stdout
    (tmp_path / "other.tsv").write_text("Thành phố Cảng\n", encoding="utf-8")
    bad = run("build", tmp_path / "articles", "--index", tmp_path / "index", "--names", tmp_path / "other.tsv")
    assert bad.returncode == 2
    assert "other.tsv, line 1: 0 tabs" in bad.stderr


def test_search_json_is_the_list_of_passages(seeds_directory: Path) -> None:
    done = run("search", FLIGHT, "--json", "-k", "3", "--index", seeds_directory)
    assert [hit["rank"] for hit in json.loads(done.stdout)] == [1, 2, 3]


def test_evaluate_json_names_the_measures(seeds_directory: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"query_id": "a", "text": UNANSWERED, "answers": []}) + "\n", encoding="utf-8")
    values = json.loads(run("evaluate", gold, "--json", "--index", seeds_directory).stdout)
    assert {"Recall@1", "Recall@3", "Recall@5", "MRR@10", "nDCG@10", "answer_holds_quote"} <= set(values)
    assert values["not_found_right"] == 1.0
    printed = run("evaluate", gold, "--questions", "--index", seeds_directory).stdout
    assert "✓" in printed
    assert "not_found_right" in printed


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    quote = {"path": "002_46d24d47c91e1033.txt", "quote": "chính thức được khai thông từ ngày 7/1/2025"}
    rows = [{"query_id": "a", "text": FLIGHT, "answers": [quote]}, {"query_id": "b", "text": UNANSWERED, "answers": []}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(seeds_directory: Path, gold: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = gold.parent
    outputs = [each for name in ("html", "markdown", "save") for each in (f"--{name}", folder / f"out.{name}")]
    done = run(
        "evaluate", gold, *outputs, "--harder", "--trec", folder / "trec", "--measure", "P@5",
        "--fail-under", "nDCG@20=0.5", "--index", seeds_directory,
    )  # fmt: skip
    return done, folder


def test_evaluate_prints_measures_and_forms_and_writes_every_report(
    evaluated: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, folder = evaluated
    assert done.returncode == 0, done.stderr
    for said in ("P@5", "nDCG@20", "token_f1", "abstention area", "Typed in other ways", "without marks", "not run"):
        assert said in done.stdout
    assert "2 of 2 questions answered correctly" in (folder / "out.html").read_text(encoding="utf-8").replace(
        "&#95;", "_"
    )
    assert (folder / "out.markdown").read_text(encoding="utf-8").startswith("# HỏiBáo: 2 of 2 questions")
    assert json.loads((folder / "out.save").read_text(encoding="utf-8"))["facts"]["command"].startswith(
        "hoibao evaluate"
    )


def test_what_evaluate_writes_for_trec_is_measured_the_same_by_the_ir_measures_command(
    evaluated: tuple[subprocess.CompletedProcess[str], Path], seeds_directory: Path
) -> None:
    _, folder = evaluated
    gold = ROOT / "seeds" / "questions.jsonl"
    done = run("evaluate", gold, "--json", "--trec", folder / "seeds", "--index", seeds_directory)
    values = json.loads(done.stdout)
    files = [folder / "seeds" / "qrels.txt", folder / "seeds" / "found.run"]
    command = [sys.executable, "-m", "ir_measures", "-p", "9", *map(str, files), "nDCG@10", "R@3"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    theirs = dict(line.split("\t") for line in printed.splitlines())
    assert float(theirs["nDCG@10"]) == pytest.approx(values["nDCG@10"], abs=1e-6)
    assert float(theirs["R@3"]) == pytest.approx(values["Recall@3"], abs=1e-6)
    ours = json.loads(run("evaluate", files[1], "--qrels", files[0], "--json").stdout)
    assert ours["nDCG@10"] == pytest.approx(values["nDCG@10"], abs=1e-6)


@pytest.fixture(scope="module")
def two_words(gold: Path) -> Path:
    path = gold.with_name("two-words.jsonl")
    path.write_text(json.dumps({"query_id": "câu 1", "text": UNANSWERED, "answers": []}) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("target", ["--html", "--markdown", "--save", "--trec", "two words", "--questions"])
def test_what_cannot_be_written_is_told_before_anything_is_asked(gold: Path, two_words: Path, target: str) -> None:
    folder = gold.parent
    arguments, reason = {
        "--html": ((gold, "--html", folder), "a folder stands there"),
        "--markdown": ((gold, "--markdown", gold), "gold.jsonl is the file of questions too"),
        "--save": ((gold, "--save", folder / "a", "--html", folder / "a"), "a is another report too"),
        "--trec": ((gold, "--trec", gold / "trec"), "is a file; give a folder for --trec"),
        "two words": ((two_words, "--trec", folder / "other"), "'câu 1' cannot stand in a file of TREC"),
        "--questions": ((gold, "--questions", "--json"), "--questions does not go with --json; --save FILE"),
    }[target]
    done = run("evaluate", *arguments, "--index", folder / "no index")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("hoibao: ") and reason in done.stderr, "the index, which is not there, is not opened"
    assert not (folder / "other").exists()


def test_questions_of_any_id_are_evaluated_where_no_trec_is_written(two_words: Path, seeds_directory: Path) -> None:
    done = run("evaluate", two_words, "--save", two_words.with_suffix(".saved"), "--index", seeds_directory)
    assert done.returncode == 0, done.stderr
    assert "câu 1" in two_words.with_suffix(".saved").read_text(encoding="utf-8")


def test_ids_of_a_test_set_that_trec_cannot_hold_are_told_before_it_is_indexed(tmp_path: Path) -> None:
    question = {"id": "câu 1", "question": "Phà dừng khi nào?", "answers": [{"text": "hôm nay", "answer_start": 0}]}
    paragraph = {"context": "hôm nay phà dừng.", "qas": [question]}
    squad = tmp_path / "set.json"
    squad.write_text(json.dumps({"data": [{"title": "t", "paragraphs": [paragraph]}]}), encoding="utf-8")
    done = run("evaluate", squad, "--trec", tmp_path / "trec", "--model", tmp_path / "no model")
    assert done.returncode == 2 and "'câu 1' cannot stand in a file of TREC" in done.stderr
    assert run("evaluate", squad, "--json").returncode == 0


def test_what_was_measured_is_printed_even_if_it_cannot_be_written(gold: Path, seeds_directory: Path) -> None:
    trec = gold.with_name("blocked")
    (trec / "qrels.txt").mkdir(parents=True)
    done = run("evaluate", gold, "--trec", trec, "--json", "--index", seeds_directory)
    assert done.returncode == 2
    assert json.loads(done.stdout)["right"] == 1.0


def test_a_measure_below_its_floor_exits_1_with_one_line(evaluated: tuple[object, Path]) -> None:
    trec = evaluated[1] / "trec"
    files = (trec / "found.run", "--qrels", trec / "qrels.txt")
    assert run("evaluate", *files, "--fail-under", "nDCG@10=0.1").returncode == 0
    below = run("evaluate", *files, "--fail-under", "P@10=0.5")
    assert below.returncode == 1
    assert below.stderr.strip() == "hoibao: P@10 is 0.1000, below 0.5"


def test_compare_says_that_a_run_does_not_differ_from_itself(evaluated: tuple[object, Path]) -> None:
    folder = evaluated[1]
    done = run("compare", folder / "out.save", folder / "out.save", "--questions")
    assert done.returncode == 0, done.stderr
    for said in ("nDCG@10", "+.000…+.000", "1.000", "0/0/1", "kind", "language", "better in B (right): -"):
        assert said in done.stdout
    files = (folder / "trec" / "found.run",) * 2
    made = json.loads(
        run("compare", *files, "--qrels", folder / "trec" / "qrels.txt", "--measure", "P@3", "--json").stdout
    )
    assert {each["measure"] for each in made["differences"]} >= {"nDCG@10", "AP", "P@3"}


def test_evaluations_and_runs_that_cannot_be_used_are_one_line_and_exit_code_2(
    evaluated: tuple[object, Path], gold: Path
) -> None:
    trec = evaluated[1] / "trec"
    bad = gold.with_name("bad.run")
    bad.write_text("a Q0 x 1 0.5 tag\na Q0 x 2\n", encoding="utf-8")
    other = gold.with_name("other.run")
    other.write_text("z Q0 x 1 0.5 tag\n", encoding="utf-8")
    qrels = ("--qrels", trec / "qrels.txt")
    for arguments, reason in (
        (("compare", gold, gold), "gold.jsonl: not JSON"),
        (("compare", "nowhere.json", gold), "nowhere.json: cannot be read"),
        (("compare", bad, bad, *qrels), "bad.run, line 2: 4 columns, not 6 (question, Q0, document, rank, score, tag)"),
        (("compare", trec / "found.run", other, *qrels), "other.run was not run on these questions"),
        (("evaluate", trec / "found.run", *qrels, "--measure", "ndcg"), "no measure 'ndcg'; there are: nDCG@k, RR@k"),
        (("evaluate", gold, "--fail-under", "what=1"), "no measure 'what'; there are: nDCG@k"),
        (("evaluate", gold, "--fail-under", "AP"), "--fail-under 'AP': not NAME=VALUE"),
        (("evaluate", gold, "--html", "nowhere/x.html"), "nowhere/x.html: no such folder: nowhere"),
        (("evaluate", trec, "--save", "x.json"), "--save does not go with a test set"),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        errors = done.stderr.strip().split("\n")
        assert len(errors) == 1
        assert errors[0].startswith("hoibao: ")
        assert reason in errors[0]


def test_build_info_and_clean_say_what_they_did(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    page = "Mưa lớn ở miền Trung\n08:00 05/10/2024\n\nTrời mưa suốt ba ngày.\nLê Hoa\nTừ khóa: mưa\n"
    (tmp_path / "articles" / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "articles" / "b.txt").write_bytes(b"")
    built = run("build", tmp_path / "articles", "--index", tmp_path / "index")
    assert built.returncode == 0, built.stderr
    assert "1 bài, 1 đoạn" in built.stdout
    assert "b.txt: empty" in built.stderr
    facts = json.loads(run("info", "--json", "--index", tmp_path / "index").stdout)
    assert (facts["articles"], facts["from"], facts["model"]) == (1, "2024-10-05", "hoibao-vi-en-zh")
    cleaned = run("clean", tmp_path / "articles" / "a.txt").stdout
    assert "[by-line] Lê Hoa" in cleaned
    assert "Trời mưa suốt ba ngày." in cleaned


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["ask", "Khi nào?", "--index", "nowhere"], "no index here; make one with: hoibao build"),
        (["build", "nowhere"], "no such folder"),
        (["evaluate", "nowhere.jsonl"], "cannot be read"),
        (["clean", "nowhere.txt"], "No such file"),
        (["build", ".", "--model", "./nowhere"], "no articles"),
    ],
)
def test_an_error_is_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str], reason: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    errors = [line for line in done.stderr.split("\n") if line.startswith("hoibao: ")]
    assert len(errors) == 1
    assert reason in errors[0]
    assert "Traceback" not in done.stderr


def test_an_empty_question_is_asked_for_again(seeds_directory: Path) -> None:
    done = run("ask", "???", "--index", seeds_directory)
    assert done.returncode == 2
    assert "Xin gõ một câu hỏi" in done.stderr


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(5):
        start = time.monotonic()
        done = run("--help")
        times.append(time.monotonic() - start)
    assert done.returncode == 0
    commands = ("build", "ask", "explain", "search", "chat", "evaluate", "compare", "info", "clean")
    assert all(name in done.stdout for name in commands)
    bare = time.monotonic()
    subprocess.run([sys.executable, "-c", "import typer"], check=True)
    bare = time.monotonic() - bare
    assert min(times) < max(0.3, 2 * bare)


def test_articles_are_chosen_by_days_and_by_words_of_the_question(seeds_directory: Path) -> None:
    early = run("ask", FLIGHT, "--to", "2024", "--json", "--index", seeds_directory)
    given = json.loads(early.stdout)
    assert given["searched"] == {"articles": 2, "from": "2023-11-13", "to": "2024-08-30"}
    assert given["filter"] == {"from": None, "to": "2024-12-31", "outlet": None, "articles": [], "said": None}
    said = run("search", "Bài từ 2025 nói gì về đường bay?", "--json", "--index", seeds_directory)
    assert {hit["path"] for hit in json.loads(said.stdout)} == {"002_46d24d47c91e1033.txt"}
    assert "Chỉ tìm trong: bài đăng từ 01/01/2025  (theo “Bài từ 2025”; bỏ lọc: --as-typed)" in said.stderr


def test_a_day_or_outlet_that_does_not_exist_is_one_line(seeds_directory: Path) -> None:
    day = run("ask", FLIGHT, "--from", "hôm qua", "--index", seeds_directory)
    assert (day.returncode, day.stdout) == (2, "")
    assert "hoibao: 'hôm qua' is no date: write 2024" in day.stderr
    assert "known outlets: " in run("ask", FLIGHT, "--outlet", "Không Có", "--index", seeds_directory).stderr
