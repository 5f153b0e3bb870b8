"""Chunks learnt on several cores give the gradients of the batch as a whole."""

import pytest
import torch
from torch.nn import functional
from transformers import BertConfig, BertModel

from training.cores import Cores, Texts
from training.encoder import Encoder, reduced_precision
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


def test_gradients_of_chunks_on_two_cores_are_those_of_the_whole_batch(encoder):
    places = functional.normalize(torch.randn(len(SENTENCES), 16), dim=1)
    with reduced_precision(torch.device("cpu")):
        whole = (1 - (encoder(SENTENCES, 32) * places).sum(1)).mean()
    whole.backward()
    expected = encoder.bert.embeddings.word_embeddings.weight.grad.flatten().clone()
    encoder.zero_grad()
    loss = Cores(encoder, 2).gradients([Texts(SENTENCES, 32)], lambda v: (1 - (v * places).sum(1)).mean())
    got = encoder.bert.embeddings.word_embeddings.weight.grad.flatten()
    assert loss == pytest.approx(whole.item(), rel=0.01)
    assert functional.cosine_similarity(got, expected, dim=0) > 0.999
    assert got.norm().item() == pytest.approx(expected.norm().item(), rel=0.01)
