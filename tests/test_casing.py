from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import name_counts
from index.casing import USUAL, Casing, _candidates
from qa import Assistant

TEXTS = [
    "Hải Phòng đón khách. Tàu đến Hải Phòng sớm.\nTHÔNG TIN CẦN BIẾT\nBà An ở Miami.",
    "Mở đường bay. Hội nghị họp; hội nghị bàn. Hội Nghị là tên riêng một lần.",
]


@pytest.fixture(scope="module")
def casing() -> Casing:
    return Casing.of(TEXTS)


def test_names_get_their_capitals_back(casing: Casing) -> None:
    assert casing.restored("ai đến hải phòng và miami?") == "ai đến Hải Phòng và Miami?"


def counted_line_by_line(texts: list[str]) -> set[tuple[str, ...]]:
    """The names by the rule itself."""
    large: Counter[tuple[str, ...]] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    for line in (line for text in texts for line in text.split("\n") if not line.isupper()):
        for name, places in _candidates(line):
            seen[name] += 1
            large[name] += all(line[place].isupper() for place in places)
    return {name for name in seen if large[name] and large[name] >= USUAL * seen[name]}


@given(st.lists(st.text("AÁaáBb NgT1.,/_-\n\t南", max_size=30), max_size=6))
def test_names_are_counted_as_if_line_by_line(texts: list[str]) -> None:
    assert Casing.of(texts).names == counted_line_by_line(texts)


def test_names_of_articles_are_counted_as_if_line_by_line_in_small_blocks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parents[1] / "seeds" / "articles"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    names = Casing.of(texts).names
    assert len(names) > 100
    assert names == counted_line_by_line(texts)
    monkeypatch.setattr(name_counts, "BLOCK", 100)
    monkeypatch.setattr(name_counts, "_KEPT", 50)
    assert Casing.of(texts).names == names


def test_a_text_without_marks_gets_them_for_names_under_any(casing: Casing) -> None:
    assert casing.restored("ai den hai phong?") == "ai den Hai Phong?"
    assert casing.restored("ai đến hai phong?") == "ai đến hai phong?"


def test_a_text_with_capitals_knows_what_it_names(casing: Casing) -> None:
    assert casing.restored("Ai đến hải phòng với Lan?") == "Ai đến hải phòng với Lan?"
    assert casing.restored("Ai đến hải phòng?") == "Ai đến Hải Phòng?"


def test_what_is_mostly_written_small_is_no_name(casing: Casing) -> None:
    assert casing.restored("hội nghị thông tin") == "hội nghị thông tin"


def test_words_that_are_parted_are_no_name(casing: Casing) -> None:
    assert casing.restored("ngoài hải, phòng ai") == "ngoài hải, phòng ai"


@pytest.mark.parametrize("text", ["", "ßẞ ß", "ŉ", "12 hải phòng 7/1/2025", "hoà hải phòng"])
def test_no_length_changes(casing: Casing, text: str) -> None:
    assert len(casing.restored(text)) == len(text)


def test_what_is_saved_is_what_is_loaded(casing: Casing, tmp_path: Path) -> None:
    casing.save(tmp_path / "names.txt")
    assert Casing.load(tmp_path / "names.txt").names == casing.names
    Casing([]).save(tmp_path / "none.txt")
    assert Casing.load(tmp_path / "none.txt").names == frozenset()


def test_a_question_in_lower_case_is_about_the_same_names(assistant: Assistant) -> None:
    asked = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    assert assistant.read(asked.lower()).signals == assistant.read(asked).signals
