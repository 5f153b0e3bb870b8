"""One text under three addresses is one result with three sources, in every place where sources are told."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from index import Encoder, PassageIndex
from index.doctor import examine
from index.sources import read_corpus
from index.sync import sync
from index.types import Article
from qa import Assistant
from qa.chat_answer import answer_html
from qa.chat_reading import reading
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.escaping import escape
from qa.evaluation import MEASURES, Gold, GoldAnswer, GoldError, check_gold, evaluate
from qa.filters import Filter, outlets_of
from qa.json_answer import answer_object, hit_object
from qa.printing import print_answer
from qa.receipt import receipt
from qa.saved_evaluation import as_evaluation, facts_of

TEXT = "Cầu Bến Lội thông xe sáng 12/3. Cầu dài 300 m."
QUESTION = "Cầu Bến Lội dài bao nhiêu?"
ROWS = {
    "a": {"outlet": "Báo Chép", "published": "2025-03-13", "url": "https://chep.example/1"},
    "b": {"outlet": "Báo Gốc", "published": "2025-03-12 09:40", "url": "https://goc.example/1"},
    "c": {"title": "Cầu thông xe"},
}


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": TEXT, **ROWS[name]}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    home = tmp_path_factory.mktemp("copies")
    PassageIndex.build(write(home / "bài", *ROWS), home / "index", encoder)
    assert examine(home / "index", encoder).findings == ()
    return Assistant(PassageIndex.open(home / "index", encoder))


def test_the_earliest_is_the_article_and_the_others_are_its_other_sources(tmp_path: Path) -> None:
    corpus = read_corpus(write(tmp_path, *ROWS))
    (article,) = corpus.articles
    assert (article.path, article.outlet) == ("b.jsonl#b", "Báo Gốc")
    assert [(copy.path, copy.outlet, copy.title) for copy in article.also_published] == [
        ("a.jsonl#a", "Báo Chép", None),
        ("c.jsonl#c", None, "Cầu thông xe"),
    ]
    assert {skipped.reason for skipped in corpus.skipped} == {"the same text as b.jsonl#b"}


@pytest.mark.parametrize("seed", range(4))
def test_which_is_the_article_does_not_come_from_the_order_in_which_the_files_came(
    tmp_path: Path, encoder: Encoder, seed: int
) -> None:
    names = list(ROWS)
    random.Random(seed).shuffle(names)
    folder = write(tmp_path / "bài", names[0])
    PassageIndex.build(folder, tmp_path / "index", encoder)
    for name in names[1:]:
        write(folder, name)
        sync(folder, tmp_path / "index", encoder)
    (article,) = PassageIndex.open(tmp_path / "index", encoder).articles.values()
    assert article == read_corpus(folder).articles[0]
    assert article.path == "b.jsonl#b"


def test_one_result_tells_all_its_sources_to_programs(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert len(answer.hits) == len({citation.article.article_id for citation in answer.citations}) == 1
    expected = [
        {
            "path": "a.jsonl#a",
            "title": None,
            "outlet": "Báo Chép",
            "author": None,
            "published": "2025-03-13 00:00",
            "url": "https://chep.example/1",
        },
        {"path": "c.jsonl#c", "title": "Cầu thông xe", **dict.fromkeys(["outlet", "author", "published", "url"])},
    ]
    assert answer_object(answer)["answers"][0]["also_published"] == expected
    assert hit_object(answer.hits[0])["also_published"] == expected


def test_one_result_tells_all_its_sources_to_people(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    console = Console(width=200, record=True, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    print_answer(console, answer)
    printed = console.export_text()
    assert "Cũng đăng: Báo Chép · 13/03/2025 · https://chep.example/1" in printed
    assert "Cũng đăng: không rõ báo · không rõ ngày · c.jsonl#c" in printed
    slip = receipt(answer.citations[0])
    assert "Cũng đăng: Báo Chép · 13/03/2025 · https://chep.example/1; không rõ báo · không rõ ngày · c.jsonl#c" in slip
    assert "Also published: Báo Chép" in receipt(answer.citations[0], None, "en")
    for words, label in ((VIETNAMESE, "Cũng đăng:"), (ENGLISH, "Also published:")):
        assert escape(f"{label} Báo Chép, ") in answer_html(answer, words)
        shown = reading(assistant.articles, words, {"article_id": answer.citations[0].article.article_id})
        assert str(shown["byline"][-1]).startswith(f"{label} Báo Chép, ")  # type: ignore[index]


def test_a_gold_answer_may_point_to_any_source(assistant: Assistant, tmp_path: Path) -> None:
    paths = ["a.jsonl#a", "b.jsonl#b", "c.jsonl#c"]
    asked = [Gold(path, QUESTION, "vi", (GoldAnswer(path, "dài 300 m"),)) for path in paths]
    assert check_gold(assistant, asked) == []
    results = evaluate(assistant, asked)
    assert [(result.right, result.best_holds, result.passage_ranks) for result in results] == [(True, True, (1,))] * 3
    (tmp_path / "gold.jsonl").touch()
    facts = facts_of(assistant.manifest, tmp_path / "gold.jsonl", "hoibao evaluate gold.jsonl")
    wanted = [question.wanted[0] for question in as_evaluation(results, assistant.articles, facts, MEASURES).questions]
    assert [each.path for each in wanted] == paths, "the record points to where the gold file does"
    assert [each.outlet for each in wanted] == ["Báo Chép", "Báo Gốc", None]
    assert [each.published for each in wanted] == ["2025-03-13", "2025-03-12", None]
    assert [each.headline for each in wanted][2] == "Cầu thông xe"


def test_a_gold_answer_of_another_file_is_still_none(assistant: Assistant) -> None:
    with pytest.raises(GoldError, match=r"no article d\.jsonl#d in this index"):
        check_gold(assistant, [Gold("d", QUESTION, "vi", (GoldAnswer("d.jsonl#d", "dài 300 m"),))])


def test_a_filter_takes_an_article_by_any_of_its_sources(assistant: Assistant) -> None:
    (article,) = assistant.articles.values()
    assert outlets_of([article]) == ("Báo Chép", "Báo Gốc")
    assert Filter(outlet="báo chép").accepts(article)
    assert Filter(date(2025, 3, 13), date(2025, 3, 13)).accepts(article)
    assert not Filter(date(2025, 3, 12), date(2025, 3, 12), "Báo Chép").accepts(article), "no source has both"
    assert not Filter(outlet="Báo Khác").accepts(article)


def test_an_article_alone_tells_of_no_other_source() -> None:
    assert Article("1", "a.txt", "Một câu.").also_published == ()
