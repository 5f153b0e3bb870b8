import json
import math

from index.encoder import BUNDLED
from qa.decision import CALIBRATION, SIGNALS, Decision, Tree, calibrated_for, decision, probability, ranking
from qa.extraction import FEATURES


def test_trees_add_up_to_a_probability() -> None:
    rising = Decision((Tree("kind", 0.5, -1.0, Tree("dense", 0.4, 1.0, 2.0)),), 0.5, 0.5)
    assert probability({"kind": 0.5, "dense": 0.9}, rising) == 1 / (1 + math.exp(0.5))
    assert probability({"kind": 0.6, "dense": 0.4}, rising) == 1 / (1 + math.exp(-1.5))
    assert probability({"kind": 0.6, "dense": 0.5}, rising) == 1 / (1 + math.exp(-2.5))


def test_what_was_learned_belongs_to_the_bundled_encoder_and_names_known_signals() -> None:
    assert calibrated_for() == BUNDLED
    stored = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    assert set(ranking("vi")) == set(ranking("zh")) == set(FEATURES)
    assert ranking("en") is ranking("zh") or ranking("en") == ranking("zh")

    def named(tree: object) -> set[str]:
        return {tree[0], *named(tree[2]), *named(tree[3])} if isinstance(tree, list) else set()

    names = set().union(*(named(tree) for tree in stored["decision"]["trees"]))
    assert names <= set(SIGNALS)
    assert "kind" in names
    assert 0 < decision().threshold < 1
    assert len(decision().trees) == len(stored["decision"]["trees"]) > 0
