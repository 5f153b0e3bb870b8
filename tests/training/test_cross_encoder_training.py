"""The cross-encoder learns, and what is stored is read as it was taught."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from index.encoder import BUNDLED_FOLDER
from qa import cross_encoder
from qa.cross_encoder import CrossEncoder, tokenizer_of
from qa.reading_rows import PieceReader, Window
from training.cross_encoder import CrossEncoderLayers, Learner, running_mean
from training.encoder import Encoder
from training.lesson import Lesson
from training.packed import Layers

QUESTION = "Cầu dài bao nhiêu mét?"
WINDOWS = (
    Window("Thông xe cầu mới", ("Cầu dài 870 mét.", "Người dân hai bên bờ rất vui.")),
    Window("", ("Giá vàng tăng trong tuần qua.",)),
)


@pytest.fixture
def model() -> CrossEncoderLayers:
    torch.manual_seed(1)
    return CrossEncoderLayers(Encoder.from_folder(BUNDLED_FOLDER))


@pytest.fixture
def lesson() -> Lesson:
    rows = PieceReader(tokenizer_of(BUNDLED_FOLDER)).rows(QUESTION, WINDOWS)
    return Lesson(tuple(rows), (True, False, False))


def test_what_is_stored_is_read_as_it_was_taught(
    model: CrossEncoderLayers, lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with torch.no_grad():
        for parameter in (model.sides, model.met, model.answer.weight):
            parameter.normal_(std=0.5)
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
        taught = model.scores(lesson.rows, Layers(model.bert, torch.float32)).numpy()
    save_file(model.stored(), tmp_path / "weights")
    monkeypatch.setattr(cross_encoder, "in_bfloat16", lambda: False)
    read = CrossEncoder(tmp_path / "weights").log_odds(QUESTION, WINDOWS)
    assert np.concatenate(read) == pytest.approx(taught, abs=1e-3)
    assert np.ptp(taught) > 0.01


def test_a_question_is_learned(model: CrossEncoderLayers, lesson: Lesson) -> None:
    none = Lesson(lesson.rows[1:], (False,))
    learner, mean = Learner(model, 1), running_mean(model)
    live = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(live, lr=3e-4)
    before = learner.gradients([lesson, none])
    words = model.bert.embeddings.word_embeddings.weight.clone()
    for _ in range(8):
        optimizer.zero_grad()
        learner.gradients(Random(0).sample([lesson, none], 2))
        optimizer.step()
        mean.update_parameters(model)
    assert learner.gradients([lesson, none]) < 0.5 * before
    assert torch.equal(model.bert.embeddings.word_embeddings.weight, words)
    measured = learner.measure([lesson, none])
    assert (measured.right, measured.area) == (1.0, 1.0)


def test_the_running_mean_lies_between_first_and_last(model: CrossEncoderLayers) -> None:
    mean = running_mean(model)
    mean.update_parameters(model)
    with torch.no_grad():
        model.answer.bias.fill_(1.0)
    mean.update_parameters(model)
    mean.update_parameters(model)
    assert 0 < mean.module.answer.bias.item() < 1.0
    assert model.answer.bias.item() == 1.0


def test_stored_weights_are_a_beginning(model: CrossEncoderLayers, lesson: Lesson) -> None:
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
        model.answer.weight.normal_(std=0.5)
        model.answer.weight.copy_(model.answer.weight.half().float())
    other = CrossEncoderLayers(Encoder.from_folder(BUNDLED_FOLDER))
    other.take(model.stored())
    with torch.no_grad():
        taught, taken = (each.scores(lesson.rows, Layers(each.bert, torch.float32)) for each in (model, other))
    assert taken.numpy() == pytest.approx(taught.numpy(), abs=1e-3)
    with pytest.raises(KeyError):
        other.take({"sides": torch.zeros(2, 384)})
