"""A killed run goes on as if it had not been killed."""

import pytest
import torch

from training import checkpoint
from training.checkpoint import Progress


def one_step(model, optimizer, step):
    optimizer.zero_grad()
    model(torch.full((1, 3), float(step))).square().sum().backward()
    optimizer.step()


def start():
    torch.manual_seed(0)
    model = torch.nn.Linear(3, 2)
    return model, torch.optim.AdamW(model.parameters(), lr=0.1)


def test_two_steps_a_kill_and_two_more_are_four_steps(tmp_path):
    whole, optimizer = start()
    for step in range(4):
        one_step(whole, optimizer, step)
    model, optimizer = start()
    for step in range(2):
        one_step(model, optimizer, step)
    checkpoint.save(tmp_path / "run", model, optimizer, Progress(2, 7.5, 0))
    model, optimizer = start()
    progress = checkpoint.resume(tmp_path / "run", model, optimizer)
    for step in range(progress.step, 4):
        one_step(model, optimizer, step)
    assert progress == Progress(2, 7.5, 0)
    assert torch.equal(model.weight, whole.weight)


def test_a_run_without_a_checkpoint_begins_at_the_beginning(tmp_path):
    assert checkpoint.resume(tmp_path / "none", *start()) == Progress(0, 0.0, 0)


def test_a_run_killed_while_the_checkpoint_was_replaced_goes_on_from_the_old_one(tmp_path):
    model, optimizer = start()
    one_step(model, optimizer, 1)
    checkpoint.save(tmp_path / "run", model, optimizer, Progress(1, 1.0, 0))
    (tmp_path / "run").rename(tmp_path / "run.old")
    assert checkpoint.resume(tmp_path / "run", *start()) == Progress(1, 1.0, 0)


def test_the_mean_of_weights_lies_between_them(tmp_path):
    model, _ = start()
    paths = []
    for value in (1.0, 3.0):
        torch.nn.init.constant_(model.weight, value)
        paths.append(tmp_path / f"{value}.safetensors")
        checkpoint.save_weights(paths[-1], model)
    assert checkpoint.mean_of(paths)["weight"].unique().tolist() == [2.0]


def test_no_weights_have_no_mean():
    with pytest.raises(ValueError, match="no weights"):
        checkpoint.mean_of([])
