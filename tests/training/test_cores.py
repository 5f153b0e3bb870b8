"""Chunks learnt on several cores, without padding, give the gradients of the batch as a whole by the library."""

import pytest
import torch
from torch.nn import functional
from transformers import BertConfig, BertModel

from training.cores import Cores, Texts
from training.encoder import Encoder
from training.late_interaction import first_weights, late_scores
from training.types import Section, TrainingText
from training.vocabulary import make_tokenizer

SENTENCES = [f"Chuyến bay số {i} từ Hải Phòng " + "đến Nam Ninh " * (i % 5) for i in range(70)]
TEXT = TrainingText((Section("", "Bay", tuple(SENTENCES)),), (), (), ())


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    tokenizer = make_tokenizer(TEXT, [])
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    return Encoder(BertModel(config, add_pooling_layer=False), tokenizer)


def test_vectors_have_length_one_and_stand_in_the_order_of_the_texts(encoder):
    together = encoder(SENTENCES, 32)
    assert torch.allclose(together.norm(dim=1), torch.ones(len(SENTENCES)), atol=1e-5)
    assert torch.allclose(together[68], encoder(SENTENCES[68:69], 32)[0], atol=1e-5)


def states_by_the_library(encoder, texts):
    rows = encoder.piece_ids(texts, 32)
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for row, line in zip(rows, ids, strict=True):
        line[: len(row)] = torch.tensor(row)
    mask = torch.tensor([[k < len(row) for k in range(ids.shape[1])] for row in rows])
    return encoder.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state, mask, ids


def vectors_by_the_library(encoder, texts):
    states, mask, _ = states_by_the_library(encoder, texts)
    return functional.normalize((states * mask[..., None]).sum(1), dim=1)


def late_score_by_hand(encoder, query, passage):
    (asked,), _, (pieces,) = states_by_the_library(encoder, [query])
    (found,), _, _ = states_by_the_library(encoder, [passage])
    cosines = functional.normalize(asked[1:-1], dim=1) @ functional.normalize(found[1:-1], dim=1).T
    weights = encoder.piece_weights()[pieces[1:-1]]
    return (weights * cosines.max(1).values).sum() / weights.sum()


def gradients(encoder):
    return torch.cat([p.grad.flatten().clone() for p in encoder.parameters() if p.grad is not None])


def test_vectors_are_those_of_the_library(encoder):
    together = encoder(SENTENCES, 32)
    assert functional.cosine_similarity(together, vectors_by_the_library(encoder, SENTENCES)).min() > 0.999


def test_gradients_of_chunks_on_two_cores_are_those_of_the_whole_batch_by_the_library(encoder):
    places = functional.normalize(torch.randn(len(SENTENCES), 16), dim=1)
    whole = (1 - (vectors_by_the_library(encoder, SENTENCES) * places).sum(1)).mean()
    whole.backward()
    expected = gradients(encoder)
    encoder.zero_grad()
    loss = Cores(encoder, 2).gradients([Texts(SENTENCES, 32)], lambda side: (1 - (side.vectors * places).sum(1)).mean())
    got = gradients(encoder)
    assert loss == pytest.approx(whole.item(), rel=0.01)
    assert functional.cosine_similarity(got, expected, dim=0) > 0.999
    assert got.norm().item() == pytest.approx(expected.norm().item(), rel=0.01)


def test_late_scores_are_those_of_each_pair_alone_and_teach_layers_and_weights(encoder):
    encoder.begin_with_weights(first_weights(encoder, TEXT))
    queries, passages = ["Chuyến bay từ Hải Phòng", "Nam Ninh số"], SENTENCES[:9]
    seen = []

    def loss(asked, found):
        scores = late_scores(encoder.piece_weights(), asked, found)
        seen.append(scores.detach())
        return 1 - scores.mean()

    Cores(encoder, 2).gradients([Texts(queries, 32), Texts(passages, 32)], loss)
    got = gradients(encoder)
    encoder.zero_grad()
    expected = torch.stack([torch.stack([late_score_by_hand(encoder, q, p) for p in passages]) for q in queries])
    (1 - expected.mean()).backward()
    assert torch.allclose(seen[0], expected, atol=0.02)
    assert functional.cosine_similarity(got, gradients(encoder), dim=0) > 0.98


def test_a_rare_piece_counts_more_than_a_common_one(encoder):
    one_by_one = TrainingText(tuple(Section("", "", (sentence,)) for sentence in SENTENCES), (), (), ())
    weights = first_weights(encoder, one_by_one)
    common, rare = (encoder.tokenizer.token_to_id(word) for word in ("phòng", "ninh"))
    assert weights[rare] > weights[common] > 0
