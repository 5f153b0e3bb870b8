"""Learn the weights in qa/calibration.json from development questions.

    python -m benchmarks.fit_answers [--keep-ranking] INDEX=GOLD.jsonl [INDEX=GOLD.jsonl …] [+INDEX=GOLD.jsonl …]

Each pair is an index folder and gold questions on its articles; those after "+" only teach the decision: the figures
and the threshold are of the others. A softmax regression over the sentences read (which of them answers) for Vietnamese
and one for the other languages; small boosted trees over the signals (is the question answered at all), which may only
say "more likely" where there is more evidence. Each answerable question is also asked as if its articles were not
there: what is not answered names the same things in some questions, and nothing in others.
Cross-validated figures are printed; then all is learned from all questions and written. With --keep-ranking the weights
of sentences stay as they are (and their figures are a little too good: those weights have seen the questions).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.ensemble import HistGradientBoostingClassifier

from index import Article
from qa import Assistant
from qa.decision import (
    CALIBRATION,
    LOOKED_AT,
    READ_TOGETHER,
    SIGNALS,
    is_ruled_out,
    probability,
    ranking,
    read_decision,
    signals,
)
from qa.evaluation import Gold, read_gold
from qa.extraction import FEATURES, KIND_MISSING, Candidate
from qa.slots import SLOT_FEATURES, SlotEvidence
from qa.types import Query

RANKING_DECAY = 0.01
TREES = {"max_iter": 150, "max_depth": 2, "learning_rate": 0.06, "max_features": 0.3, "min_samples_leaf": 10}
ALONE = ("known", "dense_rank", "lexical_rank")  # the evidence that is not of one sentence
MONOTONIC = [int(name in (*FEATURES, *SLOT_FEATURES, *ALONE) or name.startswith("best_")) for name in SIGNALS]
REMOVED_WEIGHT = 0.3  # of a question whose articles are left out, against one that people would ask
READ_WEIGHT = 0.3  # of one unit of the cross-encoder's log-odds in those of the decision
FOLDS = 10
KEEP_RANKING = "--keep-ranking"
LARGEST_DIFFERENCE = 0.02  # between stored trees, whose numbers are rounded, and the model
REFUSED = 0.03  # of the answerable may get "not found" at the chosen point: 5 % are to hold for other questions too

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its candidate sentences: features `(n, features)`, which are right, and what is known."""

    gold: Gold
    candidates: tuple[Candidate, ...]
    slots: tuple[SlotEvidence, ...]
    features: Floats
    right: NDArray[np.bool_]
    query: Query
    known: float
    read_together: float  # log-odds that the likeliest sentence answers, as the cross-encoder reads it
    removed: bool = False  # whether the articles that answer were left out
    teaches_only: bool = False  # whether it has no part in the figures and the threshold

    @property
    def vietnamese(self) -> bool:
        """Whether the question is Vietnamese."""
        return self.gold.language == "vi"


def main(arguments: Sequence[str]) -> None:
    """Learn from the pairs in `arguments`, print figures and write the weights."""
    examples: list[Example] = []
    encoder = ""
    keep = KEEP_RANKING in arguments
    for argument in arguments:
        if argument == KEEP_RANKING:
            continue
        directory, _, gold = argument.removeprefix("+").partition("=")
        assistant = Assistant.open(directory)
        encoder = str(assistant.manifest["model"]["name"])
        made = _examples(assistant, read_gold(gold))
        examples.extend(replace(each, teaches_only=argument.startswith("+")) for each in made)
    probabilities = _cross_validate(examples, keep)
    measured = [place for place, example in enumerate(examples) if not example.teaches_only]
    threshold = _report([examples[place] for place in measured], probabilities[measured])
    weights, trees = _learn(examples, keep)
    stored = {
        "encoder": encoder,
        "questions": len(examples),
        "ranking": weights,
        "decision": {"threshold": round(threshold, 4), "read": READ_WEIGHT, **_as_trees(trees, examples, weights)},
    }
    CALIBRATION.write_text(_json(stored) + "\n", encoding="utf-8")


def _examples(assistant: Assistant, questions: Sequence[Gold]) -> list[Example]:
    made: list[Example] = []
    for gold in questions:
        made.append(_example(assistant, gold))
        if gold.answers:
            without = _example(assistant, gold, frozenset(answer.path for answer in gold.answers))
            made.append(replace(without, gold=replace(gold, answers=()), removed=True))
    return made


def _example(assistant: Assistant, gold: Gold, left_out: frozenset[str] = frozenset()) -> Example:
    def only(article: Article) -> bool:
        return article.path not in left_out

    reading = assistant.read(gold.text, only if left_out else None)
    found = reading.as_found
    features = np.array([astuple(c.evidence) for c in found]).reshape(-1, len(FEATURES))
    right = np.array([gold.holds(c.article, c.article.text[c.start : c.end]) for c in found], bool)
    known, read = (reading.signals.get(name, 0.0) for name in ("known", READ_TOGETHER))
    return Example(gold, found, tuple(reading.slots(found)), features, right, reading.query, known, read)


def _report(examples: Sequence[Example], probabilities: Floats) -> float:
    """Print what is recognised at what cost; return the threshold of the chosen point."""
    answered = np.array([bool(example.gold.answers) for example in examples])
    removed = np.array([example.removed for example in examples])
    asked = ~answered & ~removed
    out = probabilities == 0
    sys.stdout.write(
        f"ruled out: {out[answered].mean():.1%} of the answerable, {out[asked].mean():.1%} of the unanswerable, "
        f"{out[removed].mean():.1%} of those without their articles\n"
    )
    for refused in (0.03, 0.05, 0.1, 0.2, 0.3):
        least = np.quantile(probabilities[answered], refused)
        sys.stdout.write(
            f"refusing {refused:.0%} of the answerable recognises {(probabilities[asked] < least).mean():.0%} of the "
            f"unanswerable, {(probabilities[removed] < least).mean():.0%} of those without their articles\n"
        )
    return float(np.quantile(probabilities[answered], REFUSED))


def _cross_validate(examples: Sequence[Example], keep: bool) -> Floats:
    """Return for each question the probability from models that did not see it; print how sentences are found."""
    questions = sorted({_question(example) for example in examples})
    order = np.random.default_rng(0).permutation(len(questions))
    part = {questions[place]: number % FOLDS for number, place in enumerate(order)}
    parts = np.array([part[_question(example)] for example in examples])
    probabilities = np.zeros(len(examples))
    first: dict[str, list[tuple[bool, bool]]] = {}
    for fold in range(FOLDS):
        held = np.flatnonzero(parts == fold)
        weights, trees = _learn([examples[i] for i in np.flatnonzero(parts != fold)], keep)
        for i in held:
            values, right = _decide(examples[i], weights)
            likely = trees.predict_proba([[values[name] for name in SIGNALS]])[0, 1]
            probabilities[i] = 0.0 if is_ruled_out(values) else _read_together(likely, examples[i])
            if examples[i].gold.answers and not examples[i].teaches_only:
                first.setdefault(examples[i].gold.language, []).append((bool(right[:1].any()), bool(right[:3].any())))
    for language, shares in sorted(first.items()):
        one, three = np.mean(shares, axis=0)
        sys.stdout.write(
            f"{language}: {len(shares)} answerable; right sentence first {one:.3f}, in the first 3 {three:.3f}\n"
        )
    return probabilities


def _read_together(likely: float, example: Example) -> float:
    return float(expit(logit(likely) + READ_WEIGHT * example.read_together))


def _question(example: Example) -> str:
    """A question with its articles and without them stays in one part."""
    return f"{example.gold.query_id} {example.gold.text}"


def _decide(example: Example, weights: dict[str, dict[str, float]]) -> tuple[dict[str, float], NDArray[np.bool_]]:
    """Return the signals and the rightness of the candidates in the order that the weights give."""
    if not example.candidates:
        return dict.fromkeys(SIGNALS, 0.0), np.zeros(0, bool)  # ruled out: nothing was found
    ranking_weights = weights["vi" if example.vietnamese else "foreign"]
    scores = example.features @ np.array([ranking_weights[feature] for feature in FEATURES])
    order = np.lexsort((-scores, example.features[:, FEATURES.index("kind")] < KIND_MISSING))
    ranked = [replace(example.candidates[i], score=float(scores[i])) for i in order]
    slots = [example.slots[i] for i in order[:LOOKED_AT]]
    return signals(example.query, ranked, slots, example.known), example.right[order]


def _learn(
    examples: Sequence[Example], keep: bool
) -> tuple[dict[str, dict[str, float]], HistGradientBoostingClassifier]:
    if keep:
        weights = {"vi": dict(ranking("vi")), "foreign": dict(ranking("en"))}
    else:
        ranked = [example for example in examples if not example.teaches_only]
        weights = {
            "vi": _ranking([example for example in ranked if example.vietnamese]),
            "foreign": _ranking([example for example in ranked if not example.vietnamese]),
        }
    decided = [(_decide(example, weights)[0], example) for example in examples]
    left = [(values, example) for values, example in decided if not is_ruled_out(values)]
    trees = HistGradientBoostingClassifier(**TREES, monotonic_cst=MONOTONIC, early_stopping=False, random_state=0)
    trees.fit(
        [[values[name] for name in SIGNALS] for values, _ in left],
        [bool(example.gold.answers) for _, example in left],
        sample_weight=[REMOVED_WEIGHT if example.removed else 1.0 for _, example in left],
    )
    return weights, trees


def _as_trees(
    model: HistGradientBoostingClassifier, examples: Sequence[Example], weights: dict[str, dict[str, float]]
) -> dict[str, object]:
    """Return the boosted trees as nested lists [signal, at, low, high]; the library has no public way to them.

    Raises ValueError if they do not say what the model says of the examples.
    """
    trees = [_as_tree(predictors[0].nodes, 0) for predictors in model._predictors]
    stored = {"start": round(float(model._baseline_prediction.item()), 4), "trees": trees}
    read = read_decision({**stored, "threshold": 0.0, "read": 0.0})
    for values in (_decide(example, weights)[0] for example in examples):
        said = model.predict_proba([[values[name] for name in SIGNALS]])[0, 1]
        if not is_ruled_out(values) and abs(probability(values, read) - said) > LARGEST_DIFFERENCE:
            raise ValueError(f"the stored trees say {probability(values, read):.4f}, the model {said:.4f}")
    return stored


def _as_tree(nodes: Any, number: int) -> object:
    node = nodes[number]
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    low, high = (_as_tree(nodes, int(node[side])) for side in ("left", "right"))
    return [SIGNALS[node["feature_idx"]], round(float(node["num_threshold"]), 8), low, high]


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
    learned = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights.detach(), strict=True)}
    return {**learned, "read": ranking("vi")["read"]}  # what is read is in no example: benchmarks.reading_weight


if __name__ == "__main__":
    if "--help" in sys.argv or not any("=" in argument for argument in sys.argv[1:]):
        sys.exit(__doc__)
    main(sys.argv[1:])
