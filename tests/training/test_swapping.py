"""Questions about another year, day or name."""

from random import Random

import pytest

from training.swapping import names_in, swapped

NEAR = "Năm 2023, sản lượng tôm của Cà Mau bán sang Nhật Bản đạt 38 nghìn tấn, theo ông Lâm Văn Út. Lễ ký diễn ra ngày 9/6."


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Sản lượng năm 2023 đạt bao nhiêu?", "Sản lượng năm {} đạt bao nhiêu?"),
        ("Lễ ký ngày 9/6 diễn ra ở đâu?", "Lễ ký ngày {} diễn ra ở đâu?"),
        ("Sản lượng bán sang Nhật Bản là bao nhiêu?", "Sản lượng bán sang {} là bao nhiêu?"),
    ],
)
def test_what_the_text_tells_of_is_put_in_anothers_place(question: str, kept: str) -> None:
    found = [swapped(question, NEAR, ["Hàn Quốc", "Nguyễn Thị Hòa An", "Cà Mau"], Random(n)) for n in range(20)]
    put_in = [each for each in found if each is not None]
    assert len(put_in) >= 18  # a day that is drawn may be the text's own
    assert all(text == kept.format(new) and new not in NEAR for text, new in put_in)


def test_a_name_of_as_many_words_is_taken_where_there_is_one() -> None:
    others = ["Hàn Quốc", "Nguyễn Thị Hòa An"]
    found = {swapped("Ai gặp Nhật Bản?", NEAR, others, Random(seed)) for seed in range(20)}
    assert found == {("Ai gặp Hàn Quốc?", "Hàn Quốc")}


@pytest.mark.parametrize("question", ["Sản lượng đạt bao nhiêu?", "Sản lượng bán sang Lào năm 2019 là bao nhiêu?"])
def test_what_the_text_does_not_tell_of_stays(question: str) -> None:
    assert swapped(question, NEAR, ["Hàn Quốc"], Random(1)) is None


def test_the_word_that_begins_a_sentence_is_no_name() -> None:
    assert names_in("Sáng nay, ông Lâm Văn Út gặp đoàn Nhật Bản.") == ["Lâm Văn Út", "Nhật Bản"]
