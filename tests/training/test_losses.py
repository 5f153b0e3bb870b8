"""The losses fall where the encoder does right."""

import torch

from training.losses import contrast, equal_texts, shared_words, to_teacher

NONE_EQUAL = torch.eye(2, dtype=torch.bool)


def test_a_query_beside_its_own_passage_costs_less_than_beside_another():
    right, wrong = torch.eye(2), torch.eye(2).flip(0)
    assert contrast(right, NONE_EQUAL) < contrast(wrong, NONE_EQUAL)


def test_an_equal_passage_in_another_row_is_no_mistake():
    alike = torch.ones(2, 2)
    assert contrast(alike, equal_texts(["một", "một"])) < 1e-3
    assert contrast(alike, equal_texts(["một", "hai"])) > 0.5


def test_what_bm25_finds_already_is_not_learnt_again():
    alike = torch.ones(2, 2)
    assert contrast(alike, NONE_EQUAL, lexical=torch.eye(2)) < contrast(alike, NONE_EQUAL)


def test_shared_words_are_the_share_of_the_query_found_and_a_rare_one_missing_weighs_more():
    shared = shared_words([[5, 6], [7, 8]], [[5, 6, 9], [7, 9]])
    assert shared[0].tolist() == [1.0, 0.0]
    assert shared[1, 0] == 0.0
    assert 0.0 < shared[1, 1] < 0.5


def test_a_text_at_its_teacher_place_costs_less_than_beside_it():
    places = torch.eye(3)
    assert to_teacher(places, places) < to_teacher(places.roll(1, 0), places)
