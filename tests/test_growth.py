"""The benchmark of growth measures what it says, on a few generated articles."""

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.growth import generated_rows, main, write_articles
from index.sources import read_corpus


def test_generated_articles_are_always_the_same_and_no_two_alike(tmp_path: Path) -> None:
    rows = generated_rows()
    write_articles(tmp_path / "one", islice(generated_rows(), 30))
    write_articles(tmp_path / "two", islice(rows, 20))
    write_articles(tmp_path / "two", islice(rows, 10))
    one, two = read_corpus(tmp_path / "one"), read_corpus(tmp_path / "two")
    assert [(each.title, each.text) for each in one.articles] == [(each.title, each.text) for each in two.articles]
    assert len({article.text for article in one.articles}) == 30
    assert one.skipped == ()


@pytest.mark.slow
def test_a_small_index_is_measured_in_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--passages", "100", "--results", str(tmp_path)])
    (kept,) = json.loads((tmp_path / "growth.json").read_text())
    assert (kept["articles"], kept["added"], kept["encoded"]) == (29, 10, 10)
    assert 100 <= kept["passages"] <= 150
    assert kept["seconds_build"] > kept["seconds_sync"] > 0
    assert all(100 < kept[f"megabytes_{step}"] < 4000 for step in ("build", "ask", "sync"))
    table = capsys.readouterr().out
    assert table.count("|") == 3 * 11
    assert "Generated articles. `python -m benchmarks.growth" in table
