"""A wire copy that is printed again with small edits is one story: one result, which tells of the others."""

import json
import random
import time
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from index import Encoder, PassageIndex
from index.articles import Corpus
from index.stories import near_copies, shingles_of, sketches_of
from index.sync import sync
from index.vietnamese import sentence_spans
from qa import Assistant
from qa.chat_answer import answer_html
from qa.chat_text import ENGLISH, VIETNAMESE
from qa.escaping import escape
from qa.evaluation import Gold, GoldAnswer, evaluate
from qa.json_answer import answer_object, hit_object
from qa.printing import print_answer

WIRE = (
    "Sáng 12/3, tỉnh Bình Lội khánh thành cầu Bến Lội nối hai bờ sông Vàm sau hai năm thi công. "
    "Cầu dài 300 m, rộng 12 m, tổng vốn đầu tư 120 tỷ đồng từ ngân sách địa phương. "
    "Ông Trần Văn Tư, người dân xã Bến Lội, cho biết trước đây bà con phải qua phà mất nửa giờ. "
    "Theo sở giao thông, cầu giúp rút ngắn quãng đường từ huyện ra thành phố còn 18 km."
)
SAME_EVENT = (
    "Niềm vui ngày có cầu mới: từ nay trẻ em xã Bến Lội không phải dậy từ bốn giờ sáng để kịp chuyến phà tới trường. "
    "Cầu Bến Lội thông xe hôm 12/3 mở ra hy vọng cho các hộ trồng dừa ở bờ nam. "
    "Nhiều gia đình tính chuyện mở quán, bán trái cây ven đường dẫn lên cầu."
)
ROWS = {
    "lại": {
        "text": WIRE.replace("cho biết trước đây", "nói rằng trước đây"),
        "outlet": "Báo In Lại",
        "published": "2025-03-14",
    },
    "gốc": {"text": WIRE, "outlet": "Hãng Tin", "published": "2025-03-12 09:00"},
    "gọn": {
        "text": WIRE.replace("tỉnh Bình Lội", "tỉnh này") + " Lễ khánh thành có đông người dự.",
        "outlet": "Báo Gọn",
        "published": "2025-03-13",
    },
    "chép": {"text": WIRE, "outlet": "Trang Chép", "published": "2025-03-15"},
    "khác": {"text": SAME_EVENT, "outlet": "Báo Khác", "published": "2025-03-16"},
}
QUESTION = "Cầu Bến Lội dài bao nhiêu mét?"


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, **ROWS[name]}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    home = tmp_path_factory.mktemp("stories")
    PassageIndex.build(write(home / "bài", *ROWS), home / "index", encoder)
    return home / "index"


@pytest.fixture(scope="module")
def assistant(directory: Path, encoder: Encoder) -> Assistant:
    return Assistant(PassageIndex.open(directory, encoder))


def edited(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)
    words = text.split()
    return " ".join(rng.choice(words) if rng.random() < share else word for word in words)


def groups(texts: list[str]) -> list[list[int]]:
    return near_copies(texts, sketches_of(texts))


def test_copies_with_small_edits_are_one_story_and_other_articles_of_the_event_are_not(corpus: Corpus) -> None:
    seeds = [article.text for article in corpus.articles]
    assert groups(seeds) == [], "the five articles are five stories, though they tell of the same things"
    copies = [edited(text, 0.04, seed) for seed, text in enumerate(seeds)]
    count = len(seeds)
    assert groups(seeds + copies) == [[number, number + count] for number in range(count)]
    assert groups([WIRE, SAME_EVENT]) == []
    assert groups([WIRE, *(edited(WIRE, 0.6, seed) for seed in range(3))]) == []


def test_a_digest_that_holds_two_articles_does_not_make_them_one_story(corpus: Corpus) -> None:
    one = corpus.articles[0].text
    parts = [one[start:end] for start, end in sentence_spans(one)]
    third = len(parts) // 3
    pieces = [" ".join(parts[at : at + third]) for at in (0, third, 2 * third)]
    assert groups([*pieces, " ".join(pieces)]) == []


def test_punctuation_case_and_order_of_reading_make_no_difference() -> None:
    texts = [WIRE, SAME_EVENT, WIRE.upper().replace(",", " –")]
    assert groups(texts) == [[0, 2]]
    assert groups(texts[::-1]) == [[0, 2]]
    assert groups(["", "Một câu ngắn.", "Một câu ngắn.", ""]) == []
    assert groups([]) == []


def test_a_story_of_more_copies_than_are_compared_with_each_other_is_one() -> None:
    texts = [edited(WIRE, 0.02, seed) for seed in range(60)]
    assert groups(texts) == [list(range(60))]


def test_sketches_are_the_same_on_every_machine_and_taken_over_where_known() -> None:
    assert shingles_of(WIRE)[:2].tolist() == [123056755932330490, 601839788778502179]
    known = dict(zip([WIRE], sketches_of([WIRE]), strict=True))
    assert np.array_equal(sketches_of([SAME_EVENT, WIRE], known), sketches_of([SAME_EVENT, WIRE]))


def test_a_story_has_one_hit_and_one_citation_and_tells_of_the_others(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION, k=10)
    assert answer.found
    assert len(answer.hits) == 2
    assert [hit.rank for hit in answer.hits] == [1, 2]
    (told,) = [hit for hit in answer.hits if hit.story]
    assert told.story is not None
    assert [article.outlet for article in told.story.articles] == ["Hãng Tin", "Báo Gọn", "Báo In Lại"]
    assert (told.story.texts, told.story.places) == (3, 4)
    assert len({citation.article.article_id for citation in answer.citations if citation.story}) == 1
    assert "Cầu dài 300 m" in answer.citations[0].quote
    assert len(assistant.search(QUESTION, k=10)) == 2


def test_a_filter_finds_the_copy_that_it_takes(assistant: Assistant) -> None:
    hits = assistant.search(QUESTION, only=lambda article: article.outlet == "Báo In Lại")
    assert [hit.article.outlet for hit in hits] == ["Báo In Lại"]
    assert hits[0].story is not None and hits[0].story.articles[0].outlet == "Hãng Tin"


def test_a_gold_answer_may_point_to_any_copy_that_has_the_quote(assistant: Assistant) -> None:
    paths = ["gốc.jsonl#gốc", "gọn.jsonl#gọn", "lại.jsonl#lại", "chép.jsonl#chép"]
    asked = [Gold(path, QUESTION, "vi", (GoldAnswer(path, "Cầu dài 300 m"),)) for path in paths]
    results = evaluate(assistant, asked)
    assert len({result.answer.citations[0].article.path for result in results}) == 1, "one copy is cited for all"
    assert [(result.right, result.best_holds, result.passage_ranks) for result in results] == [(True, True, (1,))] * 4


def test_a_copy_does_not_stand_for_an_article_of_another_story_nor_for_words_that_it_has_not(
    assistant: Assistant,
) -> None:
    (told,) = [hit for hit in assistant.search(QUESTION) if hit.story]
    others = [
        ("khác.jsonl#khác", "Cầu Bến Lội"),
        *((article.path, "Không bài nào viết câu này") for article in told.story.articles if told.story),
    ]
    for path, quote in others:
        gold = Gold("q", QUESTION, "vi", (GoldAnswer(path, quote),))
        assert not gold.holds(told.article, told.article.text, told.story)


def test_measures_count_every_copy_by_itself(assistant: Assistant) -> None:
    ranked = assistant.rank(QUESTION)
    assert {article.outlet for article, _ in ranked["found"]} == {article.outlet for article, _ in ranked["fused"]}
    assert len({article.outlet for article, _ in ranked["found"]}) == 4


def test_programs_and_people_are_told_how_many_and_which_is_the_earliest(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION, k=10)
    shown = answer.citations[0]
    assert shown.story is not None
    told = answer_object(answer)["answers"][0]["story"]
    assert (told["texts"], told["places"]) == (3, 4)
    assert told["earliest"] == shown.story.articles[0].article_id
    assert {other["outlet"] for other in told["others"]} | {shown.article.outlet} == {
        "Hãng Tin",
        "Báo Gọn",
        "Báo In Lại",
    }
    assert hit_object(next(hit for hit in answer.hits if hit.story is None))["story"] is None
    out = StringIO()
    print_answer(Console(file=out, width=300), answer)
    assert "Cùng tin: 3 bài (4 nơi đăng), sớm nhất: " in out.getvalue()
    assert escape("Cùng tin: 3 bài (4 nơi đăng), sớm nhất: ") in answer_html(answer, VIETNAMESE)
    assert escape("Same story: 3 articles (4 places), earliest: ") in answer_html(answer, ENGLISH)


def test_a_sync_tells_the_stories_that_a_build_tells(tmp_path: Path, encoder: Encoder, directory: Path) -> None:
    folder = write(tmp_path / "bài", "lại", "khác")
    PassageIndex.build(folder, tmp_path / "index", encoder)
    assert PassageIndex.open(tmp_path / "index", encoder).stories == {}
    for name in ("gốc", "gọn", "chép"):
        write(folder, name)
        sync(folder, tmp_path / "index", encoder)
    synced, built = (PassageIndex.open(each, encoder) for each in (tmp_path / "index", directory))
    assert synced.stories == built.stories
    assert np.array_equal(synced.sketches, built.sketches)
    (folder / "gốc.jsonl").unlink()
    sync(folder, tmp_path / "index", encoder)
    (story,) = set(PassageIndex.open(tmp_path / "index", encoder).stories.values())
    assert [article.outlet for article in story.articles] == ["Báo Gọn", "Báo In Lại", "Trang Chép"]


def test_2000_articles_are_compared_in_seconds() -> None:
    rng = random.Random(3)
    words = [f"từ{number}" for number in range(3_000)]
    texts = [" ".join(rng.choices(words, k=400)) for _ in range(2_000)]
    texts += [edited(text, 0.04, seed) for seed, text in enumerate(texts[:50])]
    started = time.process_time()
    assert groups(texts) == [[number, number + 2_000] for number in range(50)]
    assert time.process_time() - started < 10
