"""Test sets are read whole or refused with the place; measures are those of ir-measures on the files that we write."""

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest

from index import Article, Encoder, PassageIndex
from qa import Assistant
from qa.evaluation import GoldError
from qa.test_sets import RetrievalSet, _by_article, measures, rankings, read_test_set
from qa.test_sets import qrels as qrels_of
from qa.trec import write_trec

TEXTS = {"a": "Nam Ninh có sân bay.", "b": "Lào Cai có cửa khẩu.", "c": "Hải Phòng có cảng biển."}
ASKED = {"1": "Sân bay ở đâu?", "2": "Cảng biển nằm ở thành phố nào?", "3": "Không ai trả lời?"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bay"
    (made / "qrels").mkdir(parents=True)
    rows = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in TEXTS.items()]
    (made / "corpus.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = [json.dumps({"_id": name, "text": text}) for name, text in ASKED.items()]
    (made / "queries.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (made / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tc\t1\n2\tb\t0\n", encoding="utf-8"
    )
    return made


def test_a_beir_folder_is_read(folder: Path) -> None:
    made = read_test_set(folder)
    assert [article.text for article in made.articles] == list(TEXTS.values())
    assert dict(made.questions) == {"1": ASKED["1"], "2": ASKED["2"]}
    assert made.right == {"1": frozenset("a"), "2": frozenset("c")}


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": ', r"corpus.jsonl, line 2: not JSON"),
        ("queries.jsonl", '{"_id": "1"}', r"queries.jsonl, line 1: no 'text'"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\tz\t1\n", r"test.tsv, line 2: not a known question"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\ta\tx\n", r"test.tsv, line 2: not a known .* and a grade"),
        ("qrels/test.tsv", "", "no question with an answer"),
        ("qrels/test.tsv", "1\ta\t1\n1\ta\t0\n", r"test.tsv, line 2: 'a' stands there twice, and not the same"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', r"corpus.jsonl, line 2: 'a' stands"),
        ("corpus.jsonl", '{"_id": "a", "text": null}', r"corpus.jsonl, line 1: None is no text"),
        ("corpus.jsonl", '{"_id": "a", "text": ' + "[" * 100_000, r"corpus.jsonl, line 1: not JSON"),
        ("queries.jsonl", '{"_id": "1", "text": "x"}\n{"_id": "1", "text": "y"}', r"line 2: '1' stands there twice"),
        ("queries.jsonl", '{"_id": "1", "text": " ?"}\n{"_id": "2", "text": "x"}', r"queries.jsonl, question 1: Xin"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(folder: Path, file: str, text: str, reason: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        read_test_set(folder)


def test_what_a_beir_folder_repeats_or_never_asks_does_no_harm(folder: Path) -> None:
    before = read_test_set(folder)
    for file, line in (
        ("corpus.jsonl", json.dumps({"_id": "a", "title": "", "text": TEXTS["a"]})),
        ("queries.jsonl", json.dumps({"_id": "4", "text": "dài " * 1000})),
        ("qrels/test.tsv", "2\tc\t1"),
    ):
        with (folder / file).open("a", encoding="utf-8") as lines:
            lines.write("\n" + line)
    assert read_test_set(folder) == before


def test_grades_count_in_ndcg(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("1\ta\t1\n1\tb\t3\n1\tc\t-1\n", encoding="utf-8")
    made = read_test_set(folder)
    assert made.right == {"1": frozenset("ab")}
    assert qrels_of(made) == {"1": {"a": 1, "b": 3}}
    value = measures(made, {"1": {"a": 0.9, "c": 0.8, "b": 0.7}})["nDCG@10"]
    assert value == pytest.approx((1 + 3 / 2) / (3 + 1 / math.log2(3)))


def test_a_document_of_a_title_alone_is_found_by_it(folder: Path) -> None:
    rows = [{"_id": name, "title": text, "text": ""} for name, text in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [(each.text, each.title) for each in read_test_set(folder).articles] == [(t, None) for t in TEXTS.values()]


def test_a_squad_file_is_read(tmp_path: Path) -> None:
    answered = {"id": "1", "question": ASKED["1"], "answers": [{"text": "Nam Ninh", "answer_start": 0}]}
    impossible = {"id": "2", "question": ASKED["3"], "answers": [], "is_impossible": True}
    paragraphs = [{"context": TEXTS["a"], "qas": [answered, impossible]}, {"context": TEXTS["b"], "qas": []}]
    path = tmp_path / "viquad.json"
    path.write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}), encoding="utf-8")
    made = read_test_set(path)
    assert [article.text for article in made.articles] == [TEXTS["a"], TEXTS["b"]]
    assert made.right == {"1": frozenset((made.articles[0].path,))}
    again = {**answered, "answers": [{"text": "sân bay"}]}
    unanswered = {"id": "3", "question": ASKED["3"], "is_impossible": True}
    paragraphs.append({"context": TEXTS["a"] + "\n", "qas": [again, unanswered]})
    path.write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}), encoding="utf-8")
    assert read_test_set(path) == replace(made, answers={"1": frozenset({"Nam Ninh", "sân bay"})})
    paragraphs.append({"context": TEXTS["b"], "qas": [answered]})
    path.write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}), encoding="utf-8")
    with pytest.raises(GoldError, match=r"viquad\.json, question 1: '1' stands there twice, and not the same"):
        read_test_set(path)
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(GoldError, match=r"viquad\.json: not a SQuAD file"):
        read_test_set(path)
    path.write_text('{"data": [{"title": "t"}]}', encoding="utf-8")
    with pytest.raises(GoldError, match="not a SQuAD file"):
        read_test_set(path)


def test_every_channel_ranks_the_articles(folder: Path, encoder: Encoder) -> None:
    made = read_test_set(folder)
    assistant = Assistant(PassageIndex.from_articles(made.articles, encoder))
    runs = rankings(assistant, made.questions.items())
    assert set(runs) == {"found", "fused", "meaning", "words", "vectors", "late interaction"}
    for run in runs.values():
        assert set(run) == {"1", "2"}
        assert all(list(found.values()) == sorted(found.values(), reverse=True) for found in run.values())
    assert measures(made, runs["fused"])["Recall@1"] == 1.0


def test_measures_are_those_of_the_files_for_trec_and_a_missing_question_counts_nothing(tmp_path: Path) -> None:
    random.seed(0)
    names = [f"d{i}" for i in range(40)]
    right = {f"q{i}": frozenset(random.sample(names, random.randint(1, 3))) for i in range(25)}
    made = RetrievalSet("t", tuple(Article(n, n, n) for n in names), dict.fromkeys(right, "?"), right)
    run = {
        question: {name: 1 - place * 0.01 for place, name in enumerate(random.sample(names, 30))}
        for question in list(right)[:-2]
    }
    run["q0"] = _by_article([(article, 0.5) for article in made.articles])  # equal scores keep their order in the file
    write_trec(tmp_path, qrels_of(made), {"fused": run})
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")))
    read = list(ir_measures.read_trec_run(str(tmp_path / "fused.run")))
    for name, value in measures(made, run).items():
        measure = ir_measures.parse_measure(name.replace("Recall", "R").replace("MRR", "RR"))
        assert value == pytest.approx(ir_measures.calc_aggregate([measure], qrels, read)[measure], abs=1e-6)
        each = [m.value for m in ir_measures.iter_calc([measure], qrels, read)]
        assert value == pytest.approx(sum(each) / len(right))
