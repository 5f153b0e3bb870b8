import json
import math

import pytest

from index.encoder import BUNDLED
from qa import Assistant
from qa.decision import CALIBRATION, SIGNALS, TOPIC, Decision, Tree, decision, probability, ranking
from qa.extraction import FEATURES

POSSIBLE = {
    "kind": 1.0,
    "dense": 0.4,
    "name_least": 1.0,
    "known": 0.5,
    "foreign": 0.0,
    "best_name_soft": 0.5,
    "best_numeral": 1.0,
}
RISING = Decision((Tree("kind", 0.5, -1.0, Tree("dense", 0.4, 1.0, 2.0)),), 0.5, 0.5)


def test_trees_add_up_to_a_probability() -> None:
    assert probability({**POSSIBLE, "kind": 0.5}, RISING) == 1 / (1 + math.exp(0.5))
    assert probability({**POSSIBLE, "kind": 0.6}, RISING) == 1 / (1 + math.exp(-1.5))
    assert probability({**POSSIBLE, "dense": 0.5}, RISING) == 1 / (1 + math.exp(-2.5))


@pytest.mark.parametrize("missing", [{"kind": 0.1}, {"name_least": 0.0}, {"known": 0.0}])
def test_what_lacks_the_date_the_name_or_every_word_is_ruled_out(missing: dict[str, float]) -> None:
    assert probability({**POSSIBLE, **missing}, RISING) == 0.0


def test_a_name_in_another_spelling_is_not_missing() -> None:
    assert probability({**POSSIBLE, "name_least": 0.0, "best_name_soft": 0.8}, RISING) > 0.5


def test_another_year_is_no_other_spelling() -> None:
    near = {**POSSIBLE, "name_least": 0.0, "best_name_soft": 0.8}
    assert probability({**near, "best_numeral": 0.0}, RISING) == 0.0


def test_a_foreign_name_may_have_another_spelling() -> None:
    assert probability({**POSSIBLE, "foreign": 1.0, "name_least": 0.0}, RISING) > 0.5


def test_what_was_learned_belongs_to_the_bundled_encoder_and_names_known_signals() -> None:
    stored = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    assert stored["encoder"] == BUNDLED
    assert set(ranking("vi")) == set(ranking("zh")) == set(FEATURES)
    assert ranking("en") is ranking("zh") or ranking("en") == ranking("zh")

    def named(tree: object) -> set[str]:
        return {tree[0], *named(tree[2]), *named(tree[3])} if isinstance(tree, list) else set()

    names = set().union(*(named(tree) for tree in stored["decision"]["trees"]))
    assert names <= set(SIGNALS)
    assert "kind" in names
    assert 0 < decision().threshold < 1
    assert len(decision().trees) == len(stored["decision"]["trees"]) > 0


@pytest.mark.parametrize("question", ["Bài báo nói gì về Hải Phòng?", "noi gi ve hai phong", "Hải Phòng"])
def test_what_is_said_of_a_name_is_told_by_any_passage_with_it(assistant: Assistant, question: str) -> None:
    in_one = assistant.ask(question, only=lambda article: article.path.startswith("002"))
    assert in_one.found
    assert in_one.confidence >= TOPIC


def test_what_is_said_of_an_unknown_name_is_not_found(assistant: Assistant) -> None:
    assert not assistant.ask("Bài báo nói gì về Phan Thiết?").found
