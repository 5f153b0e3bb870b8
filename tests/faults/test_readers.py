"""Readers while generations are published: every answer is of one generation, and nobody meets an error."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faults import newsroom
from faults.bench import Bench, Place
from faults.warm import Task

READERS = 20
ARTICLES = 5


def test_every_answer_is_of_one_generation_while_others_are_published(
    bench: Bench, tmp_path: Path, pytestconfig: pytest.Config, figures: list[str]
) -> None:
    """Half of the readers ask a few questions and open the index anew, the others keep it over several generations."""
    seconds = 60 * float(pytestconfig.getoption("--read-minutes", default=0.1))
    pause = 5 if seconds > 60 else 0.5
    with bench.place(bench.start(False)) as place, ThreadPoolExecutor(READERS) as pool:
        publish(place, tmp_path, 1)
        tasks = [("read_for", [str(place.directory), seconds, 3 if number % 2 else 300]) for number in range(READERS)]
        readers = [place.warm.task(*task) for task in tasks]
        results = [pool.submit(Task.go, reader) for reader in readers]
        edition, end = 1, time.monotonic() + seconds
        while time.monotonic() < end:
            began, edition = time.monotonic(), edition + 1
            publish(place, tmp_path, edition)
            if edition % 5 == 0:
                assert place.hoibao(["gc"])[0] == 0
            time.sleep(max(0, began + pause - time.monotonic()))
        found = [result.result(timeout=120) for result in results]
    assert None not in found, "a reader met an error: its traceback is above"
    assert max(each["editions"] for each in found) > 1
    answers = sum(each["answers"] for each in found)
    figures.append(
        f"{READERS} readers, {seconds:.0f} s, {edition} generations: {answers} answers, each of one generation"
    )


def publish(place: Place, tmp_path: Path, edition: int) -> None:
    folder = newsroom.write_articles(tmp_path / str(edition), [edition] * ARTICLES)
    code, said = place.hoibao(["sync" if edition > 1 else "build", str(folder)])
    assert code == 0, said
