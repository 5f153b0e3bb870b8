"""Learn the weights in qa/calibration.json from development questions.

    python -m benchmarks.fit_answers INDEX=GOLD.jsonl [INDEX=GOLD.jsonl …]

Each pair is an index folder and gold questions on its articles. A softmax regression over the sentences read (which of
them answers) for Vietnamese and one for the other languages; small boosted trees over the signals (is the question
answered at all). Cross-validated figures are printed; then all is learned from all questions and written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier

from qa import Assistant
from qa.decision import CALIBRATION, SIGNALS, is_ruled_out, signals
from qa.evaluation import Gold, read_gold
from qa.extraction import FEATURES, Candidate
from qa.types import Query

RANKING_DECAY = 0.01
TREES = {"n_estimators": 150, "max_depth": 2, "learning_rate": 0.06, "subsample": 0.7, "max_features": 0.5}
FOLDS = 10
REFUSED = 0.05  # of the answerable questions may get "not found" at the chosen point

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its candidate sentences: features `(n, features)`, which are right, and what is known."""

    gold: Gold
    candidates: tuple[Candidate, ...]
    features: Floats
    right: NDArray[np.bool_]
    query: Query
    known: float

    @property
    def vietnamese(self) -> bool:
        """Whether the question is Vietnamese."""
        return self.gold.language == "vi"


def main(arguments: Sequence[str]) -> None:
    """Learn from the pairs in `arguments`, print figures and write the weights."""
    examples: list[Example] = []
    encoder = ""
    for argument in arguments:
        directory, _, gold = argument.partition("=")
        assistant = Assistant.open(directory)
        encoder = str(assistant.manifest["model"]["name"])
        examples.extend(_examples(assistant, read_gold(gold)))
    probabilities = _cross_validate(examples)
    answered = np.array([bool(example.gold.answers) for example in examples])
    threshold = float(np.quantile(probabilities[answered], REFUSED))
    out = probabilities == 0
    sys.stdout.write(
        f"ruled out: {out[answered].mean():.1%} of the answerable, {out[~answered].mean():.1%} of others\n"
    )
    for refused in (0.03, 0.05, 0.1, 0.2, 0.3):
        caught = (probabilities[~answered] < np.quantile(probabilities[answered], refused)).mean()
        sys.stdout.write(f"refusing {refused:.0%} of the answerable recognises {caught:.0%} of the unanswerable\n")
    weights, trees = _learn(examples)
    stored = {
        "encoder": encoder,
        "questions": len(examples),
        "ranking": weights,
        "decision": {"threshold": round(threshold, 4), **_as_trees(trees)},
    }
    CALIBRATION.write_text(_json(stored) + "\n", encoding="utf-8")


def _examples(assistant: Assistant, questions: Sequence[Gold]) -> list[Example]:
    made: list[Example] = []
    for gold in questions:
        reading = assistant.read(gold.text)
        features = np.array([astuple(c.evidence) for c in reading.candidates]).reshape(-1, len(FEATURES))
        right = np.array(
            [gold.holds(c.article.path, c.article.text[c.start : c.end]) for c in reading.candidates], bool
        )
        made.append(
            Example(gold, reading.candidates, features, right, reading.query, reading.signals.get("known", 0.0))
        )
    return made


def _cross_validate(examples: Sequence[Example]) -> Floats:
    """Return for each question the probability from models that did not see it; print how sentences are found."""
    order = np.random.default_rng(0).permutation(len(examples))
    probabilities = np.zeros(len(examples))
    first: dict[str, list[tuple[bool, bool]]] = {}
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        rest = np.setdiff1d(order, held)
        weights, trees = _learn([examples[i] for i in rest])
        for i in held:
            values, right = _decide(examples[i], weights)
            likely = trees.predict_proba([[values[name] for name in SIGNALS]])[0, 1]
            probabilities[i] = 0.0 if is_ruled_out(values) else likely
            if examples[i].gold.answers:
                first.setdefault(examples[i].gold.language, []).append((bool(right[:1].any()), bool(right[:3].any())))
    for language, shares in sorted(first.items()):
        one, three = np.mean(shares, axis=0)
        sys.stdout.write(
            f"{language}: {len(shares)} answerable; right sentence first {one:.3f}, in the first 3 {three:.3f}\n"
        )
    return probabilities


def _decide(example: Example, weights: dict[str, dict[str, float]]) -> tuple[dict[str, float], NDArray[np.bool_]]:
    """Return the signals and the rightness of the candidates in the order that the weights give."""
    if not example.candidates:
        return dict.fromkeys(SIGNALS, 0.0), np.zeros(0, bool)  # ruled out: nothing was found
    ranking = weights["vi" if example.vietnamese else "foreign"]
    scores = example.features @ np.array([ranking[feature] for feature in FEATURES])
    order = np.argsort(-scores, kind="stable")
    ranked = [example.candidates[i].with_score(float(scores[i])) for i in order]
    return signals(example.query, ranked, example.known), example.right[order]


def _learn(examples: Sequence[Example]) -> tuple[dict[str, dict[str, float]], GradientBoostingClassifier]:
    weights = {
        "vi": _ranking([example for example in examples if example.vietnamese]),
        "foreign": _ranking([example for example in examples if not example.vietnamese]),
    }
    decided = [(_decide(example, weights)[0], bool(example.gold.answers)) for example in examples]
    left = [(values, answered) for values, answered in decided if not is_ruled_out(values)]
    trees = GradientBoostingClassifier(**TREES, random_state=0)
    trees.fit([[values[name] for name in SIGNALS] for values, _ in left], [answered for _, answered in left])
    return weights, trees


def _as_trees(model: GradientBoostingClassifier) -> dict[str, object]:
    """Return the boosted trees as nested lists [signal, at, low, high] with the learning rate worked in."""
    answered = model.init_.class_prior_[1]
    trees = [_as_tree(estimator.tree_, 0, model.learning_rate) for estimator in model.estimators_[:, 0]]
    return {"start": round(float(np.log(answered / (1 - answered))), 4), "trees": trees}


def _as_tree(tree: Any, node: int, rate: float) -> object:
    if tree.children_left[node] == -1:
        return round(float(tree.value[node, 0, 0]) * rate, 5)
    low, high = (_as_tree(tree, child, rate) for child in (tree.children_left[node], tree.children_right[node]))
    return [SIGNALS[tree.feature[node]], round(float(tree.threshold[node]), 5), low, high]


def _json(stored: dict[str, Any]) -> str:
    """A line for each weight and each tree, so that a change can be read."""
    text = json.dumps({**stored, "decision": {**stored["decision"], "trees": []}}, indent=1, ensure_ascii=False)
    trees = ",\n".join("   " + json.dumps(tree, ensure_ascii=False) for tree in stored["decision"]["trees"])
    return text.replace('"trees": []', f'"trees": [\n{trees}\n  ]')


def _ranking(group: Sequence[Example]) -> dict[str, float]:
    """Softmax regression over the candidates of each question; right ones share the probability."""
    data = [(torch.tensor(e.features), torch.tensor(e.right)) for e in group if e.right.any()]
    weights = torch.ones(len(FEATURES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=400)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.zeros((), dtype=torch.float64)
        for features, right in data:
            scores = features @ weights
            total = total + torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)
        total = total / len(data) + RANKING_DECAY * (weights**2).mean()
        total.backward()
        return total

    optimiser.step(loss)
    return {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights.detach(), strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
