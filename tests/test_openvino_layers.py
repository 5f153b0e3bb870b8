"""Layers in OpenVINO give what torch gives, for every text and every thread."""

import threading

import numpy as np
import pytest
import torch

from index import Encoder
from index.encoder import MANY
from index.openvino_layers import move_layers

TEXTS = [
    "Tuyến bay thẳng Nam Ninh - Hải Phòng chính thức được khai thông từ ngày 7/1/2025.",
    "Mưa.",
    "Kim ngạch thương mại giữa Việt Nam và Quảng Đông năm 2023 đạt 48,24 tỷ USD. " * 12,
    "南宁至海防直航航线何时开通？",
]


@pytest.fixture(scope="module")
def moved() -> Encoder:
    encoder = Encoder.load()
    encoder.prepare_for(MANY)
    return encoder


def test_few_texts_are_not_worth_the_move(encoder: Encoder, moved: Encoder) -> None:
    layers = type(encoder._model[0].model)
    encoder.prepare_for(MANY - 1)
    assert type(encoder._model[0].model) is layers
    assert type(moved._model[0].model) is not layers


def test_vectors_are_those_of_torch(encoder: Encoder, moved: Encoder) -> None:
    assert np.sum(encoder.encode_documents(TEXTS) * moved.encode_documents(TEXTS), axis=1).min() > 0.9995
    (vectors, tokens), (others, other_tokens) = encoder.encode_passages(TEXTS), moved.encode_passages(TEXTS)
    assert np.sum(vectors * others, axis=1).min() > 0.9995
    for mine, theirs in zip(tokens, other_tokens, strict=True):
        assert mine.spans.tolist() == theirs.spans.tolist()
        assert np.sum(mine.vectors * theirs.vectors, axis=1).min() > 0.99


def test_the_model_is_still_the_one_that_made_the_index(encoder: Encoder, moved: Encoder) -> None:
    assert moved.weights_hash() == encoder.weights_hash()


def test_each_thread_gets_its_own_vectors(moved: Encoder) -> None:
    expected = [moved.encode_documents([text])[0] for text in TEXTS]
    found: dict[int, list[np.ndarray]] = {}

    def encode(number: int) -> None:
        found[number] = [moved.encode_documents([TEXTS[number]])[0] for _ in range(10)]

    threads = [threading.Thread(target=encode, args=(number,)) for number in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, vectors in found.items():
        assert all(np.array_equal(vector, expected[number]) for vector in vectors)


def test_layers_that_cannot_be_read_stay_where_they_are() -> None:
    class Unusual(torch.nn.Module):
        def forward(self, input_ids, attention_mask):
            raise ValueError("not for tracing")

    model = torch.nn.Sequential(torch.nn.Module())
    model[0].model = layers = Unusual()
    assert move_layers(model, bfloat16=False) is False
    assert model[0].model is layers
