"""Text that shares 13 words with a test set is found and dropped."""

import gzip
import json

import pytest

from training.data import DATA_FILES
from training.overlap import check, overlaps, runs_of, runs_of_sets, words_of

SENTENCE = "Chuyến bay đầu tiên từ Nam Ninh hạ cánh xuống sân bay Cát Bi"
THIRTEEN = SENTENCE.split()[:13]


def write_set(folder, text):
    folder.mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(json.dumps({"_id": "d0", "text": text}), encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q0", "text": "Ở đâu?"}), encoding="utf-8")


def write_data(folder, section):
    folder.mkdir()
    for name in DATA_FILES:
        rows = [section, {"body": ["Một câu khác hẳn."]}] if "wikipedia" in name else []
        with gzip.open(folder / name, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_case_punctuation_and_unicode_form_do_not_hide_an_overlap():
    assert words_of("Đường sắt, “Bắc – Nam”") == words_of("đường SẮT bắc nam")


def test_a_chinese_character_is_a_word():
    assert words_of("中国 2025") == ["中", "国", "2025"]


def test_thirteen_words_are_an_overlap_and_twelve_are_not():
    runs = set(runs_of(" ".join(THIRTEEN)))
    assert overlaps({"text": "Trước đó " + " ".join(THIRTEEN).upper() + " sau đó"}, runs)
    assert not overlaps({"text": "Trước đó " + " ".join(THIRTEEN[1:]) + " sau đó"}, runs)


def test_an_overlap_across_two_paragraphs_is_found():
    runs = set(runs_of(" ".join(THIRTEEN)))
    assert overlaps({"body": [" ".join(THIRTEEN[:5]), " ".join(THIRTEEN[5:])]}, runs)


def test_the_clean_data_are_written_without_the_overlap(tmp_path):
    write_set(tmp_path / "sets" / "a", " ".join(THIRTEEN))
    write_data(tmp_path / "data", {"title": "x", "head": "y", "body": [" ".join(THIRTEEN)]})
    assert check(tmp_path / "data", tmp_path / "sets", tmp_path / "clean") == 1
    assert check(tmp_path / "clean", tmp_path / "sets", None) == 0
    with gzip.open(tmp_path / "clean" / DATA_FILES[0], "rt", encoding="utf-8") as lines:
        assert [json.loads(line) for line in lines] == [{"body": ["Một câu khác hẳn."]}]


def test_no_test_set_is_an_error_and_not_a_clean_result(tmp_path):
    with pytest.raises(FileNotFoundError, match="no test set"):
        runs_of_sets(tmp_path)
