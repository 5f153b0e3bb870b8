from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, Terms, best_rows
from index.vietnamese import syllables

TEXTS = ["Mở đường bay thẳng.", "Kẻ buôn đường bày hàng.", "Ông Dương bẩy hòn đá.", "Hoà bình ở Nam Ninh."]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


def best(lexical: LexicalIndex, question: str) -> list[int]:
    return best_rows(lexical.scores(lexical.terms(syllables(question))), 10).tolist()


def test_words_with_marks_match_as_written(lexical: LexicalIndex) -> None:
    assert best(lexical, "đường bay") == [0, 1]
    assert best(lexical, "dương") == [2]


def test_words_without_marks_match_every_spelling(lexical: LexicalIndex) -> None:
    assert set(best(lexical, "duong bay")) == {0, 1, 2}
    assert best(lexical, "nam ninh") == [3]


def test_a_mixed_question_decides_word_by_word(lexical: LexicalIndex) -> None:
    terms = lexical.terms(syllables("mở đường thang hàng bay"))
    assert "mở" in terms.exact
    assert "bay" in terms.exact  # the corpus spells it so
    assert "thang" in terms.folded


def test_both_unicode_forms_and_tone_placements_match(lexical: LexicalIndex) -> None:
    assert best(lexical, "hòa bình") == best(lexical, "hoà bình") == [3]


def test_unknown_words_find_nothing(lexical: LexicalIndex) -> None:
    assert best(lexical, "xyz") == []
    assert best(lexical, "") == []


def test_a_word_is_known_only_where_it_stands(lexical: LexicalIndex) -> None:
    assert lexical.knows("đường", np.array([False, True, False, False]))
    assert not lexical.knows("đường", np.array([False, False, True, True]))
    assert lexical.knows_folded("duong", np.array([False, False, True, False]))
    assert not lexical.knows("xyz", np.ones(4, bool))


def test_rare_terms_weigh_more(lexical: LexicalIndex) -> None:
    weights = {term: weight for term, _, weight in lexical.weights(lexical.terms(["đường", "thẳng"]))}
    assert weights["thẳng"] > weights["đường"] > 0


def test_a_pair_counts_half_of_a_word(lexical: LexicalIndex) -> None:
    def score(term: str) -> float:
        return float(lexical.scores(Terms((term,), ()))[0])

    assert score("bay_thẳng") == pytest.approx(score("thẳng") * 0.5)


def test_what_is_saved_is_what_is_loaded(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, lexical.count)
    terms = lexical.terms(syllables("đường bay Nam Ninh"))
    assert np.array_equal(lexical.scores(terms), loaded.scores(terms))
    assert not list(tmp_path.rglob("*.pkl"))


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        LexicalIndex.build(TEXTS).save(tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert files
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_rows_without_words_are_rows_all_the_same() -> None:
    lexical = LexicalIndex.build(["…", "Mưa."])
    assert best(lexical, "mưa") == [1]
    assert LexicalIndex.build(["…"]).count == 1


def test_equal_scores_stand_in_order_of_rows() -> None:
    assert best_rows(np.array([1, 2, 2, 0, 1], np.float32), 3).tolist() == [1, 2, 0]


def test_a_row_counts_by_the_names_that_it_fits_best() -> None:
    lexical = LexicalIndex.build(["Ủy ban nhân dân họp.", "UBND họp.", "Trời mưa to."])
    ways = [lexical.terms(syllables(text)) for text in ("UBND họp", "Ủy ban nhân dân họp")]
    both = lexical.scores(replace(ways[0], others=(ways[1],)))
    assert both.tolist() == np.maximum(lexical.scores(ways[0]), lexical.scores(ways[1])).tolist()
    assert set(best_rows(both, 10).tolist()) == {0, 1}
