"""Words and pairs are told apart by their numbers, which are the same wherever and in whatever company they are made."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import with_pairs
from index.terms import are_pairs, hashes_of, pair_hashes, places_of, word_hashes
from index.vietnamese import syllables

WORDS = syllables("Ngày 7/1/2025, tuyến bay thẳng Nam Ninh – Hải Phòng được khai thông; vé giá 33,8 triệu, 南宁.")


def test_a_pair_has_the_number_that_is_mixed_of_its_words_and_not_that_of_its_reverse() -> None:
    words = word_hashes(WORDS)
    pairs = [f"{left}_{right}" for left, right in pairwise(WORDS)]
    assert hashes_of(pairs).tolist() == pair_hashes(words[:-1], words[1:]).tolist()
    assert hashes_of(["bay_thẳng"]) != hashes_of(["thẳng_bay"])


def test_the_last_bit_tells_pairs_from_words() -> None:
    terms = with_pairs(WORDS)
    assert are_pairs(hashes_of(terms)).tolist() == ["_" in term for term in terms]


@given(st.lists(st.text("aăâđeêioôơuưyáàảãạ0123456789", min_size=1, max_size=6), unique=True, max_size=60))
def test_no_two_of_a_few_thousand_terms_have_the_same_number(words: list[str]) -> None:
    terms = [*words, *(f"{left}_{right}" for left in words for right in words)]
    assert len(np.unique(hashes_of(terms))) == len(set(terms))


def test_numbers_are_the_same_in_every_process() -> None:
    code = "from index.terms import hashes_of; print(hashes_of(['đường', 'đường_bay']).tolist())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout == "[6639460655247236088, 11841884294874251421]\n"
    assert other.stdout == f"{hashes_of(['đường', 'đường_bay']).tolist()}\n"


def test_a_term_that_is_not_there_has_no_place() -> None:
    known = np.sort(hashes_of(["bay", "đường", "đường_bay"]))
    assert places_of(known, known).tolist() == [0, 1, 2]
    assert places_of(hashes_of(["xe", "bay_đường"]), known).tolist() == [-1, -1]
    assert places_of(hashes_of(["xe"]), known[:0]).tolist() == [-1]
    assert places_of(known[:0], known).tolist() == []
