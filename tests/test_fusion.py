import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.channels import Candidate
from qa.fusion import fuse

CANDIDATES = [
    Candidate(0, 0.9, None, 1, 0.0, None),
    Candidate(1, 0.5, None, 2, 8.0, 1),
    Candidate(2, 0.1, None, 3, 4.0, 2),
]


def test_each_channel_alone_gives_its_own_order() -> None:
    assert np.argsort(-fuse(CANDIDATES, 1.0)).tolist() == [0, 1, 2]
    assert np.argsort(-fuse(CANDIDATES, 0.0), kind="stable").tolist() == [1, 0, 2]


def test_scores_are_scaled_over_what_the_channel_found_itself() -> None:
    assert fuse(CANDIDATES, 0.5).tolist() == [0.5, 0.75, 0.0]


def test_no_candidates_give_no_scores() -> None:
    assert fuse([], 0.4).size == 0


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 50)), min_size=1, max_size=20), st.floats(0, 1))
def test_fused_scores_lie_between_0_and_1(scores: list[tuple[float, float]], weight: float) -> None:
    candidates = [Candidate(i, dense, None, i + 1, lexical, i + 1) for i, (dense, lexical) in enumerate(scores)]
    fused = fuse(candidates, weight)
    assert np.all((fused >= 0) & (fused <= 1))


def test_meaning_is_late_interaction_and_vectors_by_their_share() -> None:
    assert np.isclose(Candidate(0, 0.2, 0.8, 1, 0.0, None).dense_score, 0.6)
    assert Candidate(0, 0.2, None, 1, 0.0, None).dense_score == 0.2
