"""A question and sentences read together."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import BUNDLED_FOLDER, ModelError
from qa import cross_encoder
from qa.cross_encoder import CrossEncoder, tokenizer_of
from qa.reading_rows import MOST, SENTENCE_PIECES, PieceReader, Window

NEWS = Window(
    "Khánh thành cầu vượt sông",
    (
        "Sáng 12/3, cầu Rào 3 chính thức thông xe sau hai năm thi công.",
        "Ông Trần Văn Bình, giám đốc ban quản lý dự án, cho biết cầu dài 870 mét.",
        "Người dân hai bên bờ mong chờ cây cầu đã lâu.",
    ),
)


@pytest.fixture(scope="module")
def reading() -> CrossEncoder:
    return cross_encoder.cross_encoder()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Cầu Rào 3 thông xe khi nào?", 0),
        ("cau rao 3 thong xe ngay nao", 0),
        ("Cầu Rào 3 dài bao nhiêu mét?", 1),
        ("Giám đốc ban quản lý dự án cầu Rào 3 là ai?", 1),
    ],
)
def test_the_sentence_that_answers_is_the_likeliest(reading: CrossEncoder, question: str, sentence: int) -> None:
    (odds,) = reading.log_odds(question, [NEWS])
    assert odds.shape == (3,)
    assert int(odds.argmax()) == sentence


def test_a_question_about_something_else_is_less_likely_answered(reading: CrossEncoder) -> None:
    answered, other = (
        reading.log_odds(question, [NEWS])[0].max()
        for question in ("Cầu Rào 3 thông xe khi nào?", "Giá vàng hôm nay bao nhiêu?")
    )
    assert answered > other + 1


def test_windows_do_not_see_each_other(reading: CrossEncoder) -> None:
    other = Window("", ("Giá vàng tăng 2 triệu đồng một lượng trong tuần.",))
    together = reading.log_odds("Cầu Rào 3 dài bao nhiêu?", [other, NEWS])
    alone = [reading.log_odds("Cầu Rào 3 dài bao nhiêu?", [window])[0] for window in (other, NEWS)]
    for left, right in zip(together, alone, strict=True):
        assert left == pytest.approx(right, abs=0.3)  # bfloat16 rounds sums of other sizes otherwise


def test_log_odds_are_bounded_and_what_is_cut_away_is_unlikely(reading: CrossEncoder) -> None:
    assert reading.log_odds("Cầu nào?", []) == []
    long = Window("", tuple(f"Câu số {number}: " + "cầu " * SENTENCE_PIECES for number in range(9)))
    (odds,) = reading.log_odds("cầu " * 500, [long])
    assert np.abs(odds).max() <= MOST
    assert odds[-1] == -MOST


def test_a_piece_is_told_how_the_other_side_has_it() -> None:
    reader = PieceReader(tokenizer_of(BUNDLED_FOLDER))
    question, text = reader.pieces(["cầu bính dai không?", "cầu bính dài, cầu vượt?"])
    row = reader.row(question, [], [text])
    pieces = dict(zip(range(len(row.ids)), row.met.tolist(), strict=True))
    assert [pieces[place] for place in range(1, 6)] == [3, 3, 3, 0, 0]  # cầu bính dai · không ?
    first = int(row.begins[0]) + 1
    assert [pieces[first + place] for place in range(6)] == [3, 3, 3, 0, 2, 0]  # cầu bính dài , cầu vượt


def test_weights_that_are_not_whole_are_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cross_encoder_model"
    shutil.copytree(cross_encoder.WEIGHTS.parent, folder)
    weights = folder / cross_encoder.WEIGHTS.name
    weights.write_bytes(weights.read_bytes()[:-100])
    monkeypatch.setattr(cross_encoder, "WEIGHTS", weights)
    with pytest.raises(ModelError, match=cross_encoder.NAME):
        cross_encoder.cross_encoder.__wrapped__()
