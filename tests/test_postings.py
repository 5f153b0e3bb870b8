"""The scores of a lexical index are those of bm25s, however the texts are cut into blocks and slices."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import postings, rows_on_disk, word_counts
from index.lexical import PAIR_WEIGHT, USED, LexicalIndex, folded, with_pairs
from index.postings import Postings, scored
from index.terms import hashes_of, places_of
from index.vietnamese import syllables
from index.word_counts import MOST, count_words

SEEDS = Path(__file__).parents[1] / "seeds" / "articles"
LINES = [line for path in sorted(SEEDS.iterdir()) for line in path.read_text(encoding="utf-8").split("\n")]
K1, B, _ = USED


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few rows, slices of a few terms, pieces forgotten between them, and all of it in files."""
    monkeypatch.setattr(word_counts, "BLOCK", 50)
    monkeypatch.setattr(word_counts, "_KEPT", 5000)
    monkeypatch.setattr(postings, "SLICE", 100)
    monkeypatch.setattr(rows_on_disk, "IN_MEMORY", 100)


def built(texts: Sequence[str]) -> tuple[Postings, Postings]:
    exact, bare = count_words(texts)
    return scored([exact], len(texts), USED), scored([bare], len(texts), USED)


def column(found: Postings, term: str) -> dict[int, float]:
    (place,) = places_of(hashes_of([term]), found.terms)
    part = slice(*found.indptr[place : place + 2].tolist()) if place >= 0 else slice(0)
    return dict(zip(found.indices[part].tolist(), found.data[part].tolist(), strict=True))


def assert_scores_of_bm25s(found: Postings, rows: list[list[str]]) -> None:
    library = bm25s.BM25(k1=K1, b=B)
    library.index([row or [""] for row in rows], show_progress=False)
    terms = {term: number for term, number in library.vocab_dict.items() if term}
    assert len(found.terms) == len({term for row in rows for term in row})
    for term, number in terms.items():
        part = slice(*library.scores["indptr"][number : number + 2].tolist())
        weight = PAIR_WEIGHT if "_" in term else 1
        expected = dict(
            zip(library.scores["indices"][part].tolist(), library.scores["data"][part] * weight, strict=True)
        )
        assert column(found, term) == pytest.approx(expected, rel=1e-5)


def test_scores_are_those_of_bm25s_with_pairs_weighed() -> None:
    exact, bare = built(LINES)
    words = [syllables(line) for line in LINES]
    assert any(not row for row in words), "a row without words has a length too"
    assert_scores_of_bm25s(exact, [with_pairs(row) for row in words])
    assert_scores_of_bm25s(bare, [with_pairs(folded(row)) for row in words])


@settings(deadline=None)
@given(st.lists(st.text("aáàb 南.1/2_\n", max_size=12), min_size=1, max_size=8))
def test_any_texts_have_the_scores_of_bm25s(texts: list[str]) -> None:
    exact, bare = built(texts)
    words = [syllables(text) for text in texts]
    if any(words):
        assert_scores_of_bm25s(exact, [with_pairs(row) for row in words])
        assert_scores_of_bm25s(bare, [with_pairs(folded(row)) for row in words])


def test_rows_stand_in_order_and_terms_once() -> None:
    exact, _ = built(LINES)
    assert (np.diff(exact.terms.astype(object)) > 0).all()
    for first, last in zip(exact.indptr, exact.indptr[1:], strict=False):
        assert last > first
        assert (np.diff(exact.indices[first:last]) > 0).all()


def files(index: LexicalIndex, folder: Path) -> dict[str, bytes]:
    index.save(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.npy")}


def test_small_blocks_and_slices_write_the_same_bytes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    whole = files(LexicalIndex.build(LINES), tmp_path / "whole")
    request.getfixturevalue("cut_small")
    counts, _ = count_words(LINES)
    assert len(counts.blocks) > 10
    cut = LexicalIndex.build(iter(LINES))
    assert rows_on_disk._mapping(cut._exact.postings.data) is not None
    assert files(cut, tmp_path / "cut") == whole
    assert len(whole) == 12


@pytest.mark.parametrize("seed", range(4))
def test_an_index_that_takes_over_rows_writes_the_bytes_of_one_of_all_texts(
    seed: int, tmp_path: Path, cut_small: None
) -> None:
    draw = np.random.default_rng(seed)
    before = [LINES[row] for row in draw.permutation(len(LINES))[:60]]
    LexicalIndex.build(before).save(tmp_path / "before")
    taken = np.concatenate([draw.permutation(60)[:40], np.full(15, -1)])
    draw.shuffle(taken)
    new = iter(draw.choice(LINES, 15).tolist())
    now = [before[row] if row >= 0 else next(new) for row in taken.tolist()]
    renewed = LexicalIndex.load(tmp_path / "before", 60).renewed(
        taken, (text for text, row in zip(now, taken, strict=True) if row < 0)
    )
    assert files(renewed, tmp_path / "renewed") == files(LexicalIndex.build(now), tmp_path / "anew")


def test_what_no_row_has_any_more_is_forgotten(tmp_path: Path) -> None:
    before = LexicalIndex.build(["bí mật zorvan", "chợ hoa"])
    renewed = before.renewed(np.asarray([1]), [])
    assert before.knows("zorvan")
    assert not renewed.knows("zorvan")
    assert files(renewed, tmp_path / "renewed") == files(LexicalIndex.build(["chợ hoa"]), tmp_path / "anew")


def test_a_word_more_often_in_a_row_than_can_be_told_counts_as_often_as_can() -> None:
    counts, _ = count_words(["hoa " * (MOST + 9)])
    assert counts.times.max() == MOST
    assert counts.lengths.tolist() == [2 * (MOST + 9) - 1]


def test_no_texts_are_an_index_of_no_rows(tmp_path: Path) -> None:
    empty = LexicalIndex.build([])
    assert empty.scores(empty.terms(["hoa"])).shape == (0,)
    empty.save(tmp_path / "empty")
    assert not LexicalIndex.load(tmp_path / "empty", 0).knows("hoa")
    assert LexicalIndex.build(["…", ""]).scores(empty.terms(["hoa"])).tolist() == [0, 0]
