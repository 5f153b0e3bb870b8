"""Files of TREC come back as they were written, and a bad line is named with its reason."""

from pathlib import Path

import pytest

from qa.trec import TrecError, read_qrels, read_run, write_qrels, write_run, write_trec


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    qrels = {"q1": {"a": 1, "b": 0}, "q2": {"c": 3}}
    run = {"q1": {"b": 0.25, "a": 0.5}, "q2": {"c": -1.5}}
    assert read_qrels(write_qrels(tmp_path / "qrels.txt", qrels)) == qrels
    read = read_run(write_run(tmp_path / "x.run", run, "x"))
    assert read == run
    assert list(read["q1"]) == ["a", "b"]


def test_a_name_with_a_space_keeps_six_columns(tmp_path: Path) -> None:
    files = write_trec(tmp_path / "new", {"q": {"a": 1}}, {"late interaction": {"q": {"a": 1.0}}})
    assert [file.name for file in files] == ["qrels.txt", "late-interaction.run"]
    assert read_run(files[1]) == {"q": {"a": 1.0}}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("q Q0 b 1 0.5", r"x, line 3: 5 columns, not 6 \(question, Q0, document, rank, score, tag\)"),
        ("q Q0 b 1 high x", "x, line 3: score 'high' is not a finite number"),
        ("q Q0 b 1 nan x", "x, line 3: score 'nan' is not a finite number"),
        ("q Q0 a 1 0.5 x", "x, line 3: document 'a' stands twice at question 'q'"),
    ],
)
def test_a_bad_line_of_a_run_is_named(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "x").write_text(f"q Q0 a 1 0.9 x\n\n{line}\n", encoding="utf-8")
    with pytest.raises(TrecError, match=reason):
        read_run(tmp_path / "x")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("q 0 a\n", r"x, line 1: 3 columns, not 4 \(question, 0, document, grade\)"),
        ("q 0 a 0.5\n", "x, line 1: grade '0.5' is not a whole number"),
        ("q 0 a 1\nq 0 a 0\n", "x, line 2: document 'a' stands twice"),
        ("\n", "x: no line in it"),
    ],
)
def test_bad_judgements_are_named(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    with pytest.raises(TrecError, match=reason):
        read_qrels(tmp_path / "x")


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    for name in ("x", "nowhere"):
        with pytest.raises(TrecError, match=f"{name}: cannot be read"):
            read_run(tmp_path / name)


def test_an_id_with_a_space_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(TrecError, match="'q 1' cannot stand in a file of TREC"):
        write_qrels(tmp_path / "qrels.txt", {"q 1": {"a": 1}})
