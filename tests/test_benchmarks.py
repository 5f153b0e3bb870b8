"""Benchmarks measure what they say, keep it with its circumstances, and do not measure the same twice."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import abstention, quality, record, sentence_selection
from benchmarks.abstention import Confidences, answered_at, area, curve
from benchmarks.arguments import given
from benchmarks.distractors import read_distractors, some_passages
from index import Encoder
from qa.evaluation import GoldError

TEXTS = {"a": "Nam Ninh có sân bay.", "b": "Lào Cai có cửa khẩu.", "c": "Hải Phòng có cảng biển."}
ASKED = {"1": ("Sân bay ở đâu?", "a"), "2": ("Cảng biển nằm ở thành phố nào?", "c")}
DISTRACTORS = [
    {"title": "Mưa", "head": "Nguyên nhân", "body": ["Hơi nước ngưng tụ.", "Rồi rơi xuống."]},
    {"title": "Gió", "text": "Không khí chuyển động."},
    {"title": "Trống", "text": " "},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = tmp_path / "sets" / "bay"
    (made / "qrels").mkdir(parents=True)
    write(made / "corpus.jsonl", [{"_id": name, "title": "", "text": text} for name, text in TEXTS.items()])
    write(made / "queries.jsonl", [{"_id": name, "text": text} for name, (text, _) in ASKED.items()])
    (made / "qrels" / "test.tsv").write_text("".join(f"{name}\t{right}\t1\n" for name, (_, right) in ASKED.items()))
    return tmp_path / "sets"


@pytest.fixture
def distractors(tmp_path: Path) -> Path:
    path = tmp_path / "distractors.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(row) for row in DISTRACTORS))
    return path


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_distractors_are_read_from_lines_and_folders(distractors: Path, tmp_path: Path) -> None:
    found = list(read_distractors(distractors))
    assert [(article.title, article.text) for article in found] == [
        ("Mưa: Nguyên nhân", "Hơi nước ngưng tụ.\nRồi rơi xuống."),
        ("Gió", "Không khí chuyển động."),
    ]
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mây.txt").write_text("Mây\n\nMây là hơi nước ngưng tụ trên cao.", encoding="utf-8")
    assert [article.path for article in read_distractors(tmp_path / "pages")] == ["mây.txt"]


@pytest.mark.parametrize("line", ["{", '{"title": "x"}', '{"body": 3}', '["text"]', '{"text": null}'])
def test_a_line_that_is_no_text_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "Gió."}\n' + line, encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad.jsonl, line 2: no text"):
        list(read_distractors(path))


def test_as_many_passages_as_wanted_are_drawn_and_always_the_same(distractors: Path, encoder: Encoder) -> None:
    one = some_passages(read_distractors(distractors), 1, encoder)
    assert len(one) == 1
    assert one == some_passages(read_distractors(distractors), 1, encoder)
    assert len(some_passages(read_distractors(distractors), 100, encoder)) == 2


def test_quality_is_measured_once_and_told_beside_what_is_published(
    data: Path, distractors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quality, "commit", lambda: "abc1234")
    results = tmp_path / "results"
    command = [str(data), "--distractors", str(distractors), "--results", str(results)]
    quality.main(command)
    table = capsys.readouterr().out
    assert "| bay | 3 | 3 | 2 | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 1.0000 |" in table
    assert "| … and 2 articles of distractors.jsonl.gz | 3 | 5 | 2 |" in table
    assert "| xquad-vi | multilingual-e5-large | .9681 | MTEB results" in table
    assert str(tmp_path) not in (results / "quality.json").read_text()

    kept = json.loads((results / "quality.json").read_text())
    assert [each["measures"]["fused"]["Recall@1"] for each in kept] == [1.0, 1.0]
    kept[0]["measures"]["found"]["nDCG@10"] = 0.1234
    record.write_records(results / "quality.json", kept)
    quality.main(command)
    assert ".1234" in capsys.readouterr().out
    quality.main([*command, "--again"])
    assert ".1234" not in capsys.readouterr().out


def test_a_folder_without_sets_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no BEIR folder"):
        quality.main([str(tmp_path)])


def test_figures_of_unsettled_code_are_measured_again() -> None:
    assert record.is_settled("abc1234")
    assert not record.is_settled("abc1234" + record.CHANGED)
    assert not record.is_settled("?")


def test_published_figures_have_sources_and_stand_in_the_right_columns() -> None:
    published = quality.read_published()
    assert all(each["source"] and 0 < each["nDCG@10"] < 1 for each in published)
    columns = {
        name: [quality._published(name, system, published) for system in quality.COMPARED]
        for name in ("xquad-vi", "mlqa-vi", "vinewsqa-dev", "other")
    }
    assert columns == {
        "xquad-vi": [".9681", ".9579", ".9737"],
        "mlqa-vi": [".8407", ".7992", ".8872"],
        "vinewsqa-dev": [".6850", ".6950", ".7795"],
        "other": ["", "", ""],
    }


def test_the_area_is_how_often_the_present_stand_above_the_gone() -> None:
    asked = Confidences(np.array([0.9, 0.5, 0.2]), np.array([0.5, 0.1]), np.ones(3, bool))
    assert area(asked) == (2 + 1.5 + 1) / 6


def test_the_curve_answers_at_most_the_share_of_the_gone_and_nothing_that_is_ruled_out() -> None:
    asked = Confidences(
        np.array([0.9, 0.8, 0.3, 0.0]), np.array([0.85, 0.2, 0.1, 0.0]), np.array([True, False, False, False])
    )
    assert [answered_at(asked, share) for share in (0, 0.25, 0.5, 1)] == [0.25, 0.75, 0.75, 0.75]
    assert curve(asked, 0.5)["chosen"] == {"gone": 0.25, "present": 0.5, "rightly": 0.25}


def test_a_question_is_less_surely_answered_without_its_article(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    abstention.main([str(data / "bay"), "--results", str(tmp_path)])
    kept = json.loads((tmp_path / "abstention.json").read_text())[0]
    assert (kept["set"], kept["questions"]) == ("bay", 2)
    assert kept["area"] > 0.5
    assert "answered of the others" in capsys.readouterr().out


def test_a_sentence_is_chosen_within_its_own_article(
    seeds_directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = "Cầu mới dài 2 km. Cầu khánh thành ngày 3/3/2025. Ông An cắt băng."
    asked = [("Cầu khánh thành khi nào?", "3/3/2025"), ("Cầu dài bao nhiêu?", "chín cây số")]
    qas = [
        {"id": str(number), "question": question, "answers": [{"text": answer}]}
        for number, (question, answer) in enumerate(asked)
    ]
    squad = tmp_path / "squad.json"
    squad.write_text(json.dumps({"data": [{"paragraphs": [{"context": context, "qas": qas}]}]}), encoding="utf-8")
    gold = {"query_id": "1", "text": "Sân bay Nam Ninh mở đường bay khi nào?"}
    answers = [{"path": "002_46d24d47c91e1033.txt", "quote": "7/1/2025"}]
    write(tmp_path / "gold.jsonl", [{**gold, "answers": answers}])  # type: ignore[dict-item]
    sentence_selection.main([str(squad), f"{seeds_directory}={tmp_path / 'gold.jsonl'}"])
    of_squad, of_gold = capsys.readouterr().out.splitlines()
    assert "2 questions; chosen sentence 50.0%, first 3 50.0%; most similar sentence 50.0%" in of_squad
    assert "1 questions; chosen sentence 100.0%" in of_gold


def test_a_measurement_says_how_it_is_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["x", "a", "b", "c"])
    assert given("Measure it.", "INDEX", several="SET") == ["a", "b", "c"]
    for missing in (["x"], ["x", "a"]):
        monkeypatch.setattr(sys, "argv", missing)
        with pytest.raises(SystemExit) as ended:
            given("Measure it.", "INDEX", several="SET")
        assert ended.value.code == 2
        assert "INDEX SET [SET ...]" in capsys.readouterr().err
    assert given("Measure it.", "INDEX", several="SET", at_least=0) == ["a"]
