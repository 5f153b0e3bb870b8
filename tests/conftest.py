"""What many tests share: the seeds' articles, their index on disk and an assistant over it, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from index import Encoder, PassageIndex
from index.articles import Corpus
from index.sources import read_corpus
from qa import Assistant
from qa.evaluation import evaluate, measures, read_gold

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "articles"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read_corpus(SEEDS)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="session")
def seeds_directory(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    directory = tmp_path_factory.mktemp("seeds") / "index"
    PassageIndex.build(SEEDS, directory, encoder)
    return directory


@pytest.fixture(scope="session")
def assistant(seeds_directory: Path, encoder: Encoder) -> Assistant:
    return Assistant.open(seeds_directory, encoder)


@pytest.fixture(scope="session")
def gold_measures(assistant: Assistant) -> Callable[[str], dict[str, float]]:
    """What the assistant reaches on the gold questions in the file of that name in seeds/, which are asked once."""

    @cache
    def of(name: str) -> dict[str, float]:
        return measures(evaluate(assistant, read_gold(ROOT / "seeds" / name)))

    return of


@pytest.fixture
def directory(folder: Path, tmp_path: Path, encoder: Encoder) -> Path:
    """An index of the articles in `folder`, a fixture of the module that asks for it."""
    PassageIndex.build(folder, tmp_path / "index", encoder)
    return tmp_path / "index"
