"""Learn the weights in qa/calibration.json from development questions.

    python -m benchmarks.fit_answers INDEX=GOLD.jsonl [INDEX=GOLD.jsonl …]

Each pair is an index folder and gold questions on its articles. Two small models for Vietnamese and two for the other
languages: a softmax over the sentences read (which of them answers) and a logistic (is the question answered at all).
Cross-validated figures are printed first; then the weights are learned from all questions and written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from qa import Assistant
from qa.decision import CALIBRATION, SIGNALS, signals
from qa.evaluation import Gold, read_gold
from qa.extraction import FEATURES, Candidate

RANKING_DECAY = 0.01
FOUND_DECAY = 4.0
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
    known: float

    @property
    def vietnamese(self) -> bool:
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
    stored: dict[str, object] = {"encoder": encoder, "questions": len(examples)}
    probabilities: list[tuple[float, bool]] = []
    for name, vietnamese in (("vi", True), ("foreign", False)):
        group = [example for example in examples if example.vietnamese is vietnamese]
        probabilities += _cross_validate(name, group)
        stored[name] = _learn(group)
    answerable = np.array([p for p, answered in probabilities if answered])
    unanswerable = np.array([p for p, answered in probabilities if not answered])
    stored["threshold"] = round(float(np.quantile(answerable, REFUSED)), 4)
    for refused in (0.01, 0.02, 0.05, 0.1, 0.2):
        caught = (unanswerable < np.quantile(answerable, refused)).mean()
        sys.stdout.write(f"refusing {refused:.0%} of the answerable recognises {caught:.0%} of the unanswerable\n")
    CALIBRATION.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _examples(assistant: Assistant, questions: Sequence[Gold]) -> list[Example]:
    made: list[Example] = []
    for gold in questions:
        reading = assistant.read(gold.text)
        features = np.array([astuple(c.evidence) for c in reading.candidates]).reshape(-1, len(FEATURES))
        right = np.array([gold.holds(c.article.path, c.article.text[c.start : c.end]) for c in reading.candidates], bool)
        made.append(Example(gold, reading.candidates, features, right, reading.signals.get("known", 0.0)))
    return made


def _cross_validate(name: str, group: Sequence[Example]) -> list[tuple[float, bool]]:
    order = np.random.default_rng(0).permutation(len(group))
    at = {1: 0, 3: 0}
    probabilities: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        learned = _learn([example for i, example in enumerate(group) if i not in held])
        for i in sorted(held):
            example = group[i]
            values, right = _decide(example, learned["ranking"])
            total = learned["bias"] + sum(weight * values[key] for key, weight in learned["found"].items())
            probabilities.append((1 / (1 + np.exp(-total)), bool(example.gold.answers)))
            for k in at:
                at[k] += bool(right[:k].any())
    answerable = sum(bool(example.gold.answers) for example in group)
    shares = ", ".join(f"{count / answerable:.3f} in the first {k}" for k, count in at.items())
    sys.stdout.write(f"{name}: {len(group)} questions, {answerable} answerable; sentence right: {shares}\n")
    return probabilities


def _decide(example: Example, ranking: dict[str, float]) -> tuple[dict[str, float], NDArray[np.bool_]]:
    """Return the signals and the rightness of the candidates in the order that `ranking` gives."""
    if not example.candidates:
        return dict.fromkeys(SIGNALS, 0.0), np.zeros(0, bool)
    weights = np.array([ranking[feature] for feature in FEATURES])
    scores = example.features @ weights
    order = np.argsort(-scores, kind="stable")
    ranked = [example.candidates[i].with_score(float(scores[i])) for i in order]
    return signals(ranked, example.known), example.right[order]


def _learn(group: Sequence[Example]) -> dict[str, dict[str, float]]:
    ranking = _ranking(group)
    rows = [_decide(example, ranking)[0] for example in group]
    matrix = np.array([[row[name] for name in SIGNALS] for row in rows])
    answered = np.array([bool(example.gold.answers) for example in group], float)
    weights, bias = _logistic(matrix, answered)
    found = {name: round(float(weight), 4) for name, weight in zip(SIGNALS, weights, strict=True)}
    return {"ranking": ranking, "found": found, "bias": round(bias, 4)}


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


def _logistic(matrix: Floats, answered: Floats) -> tuple[Floats, float]:
    """Logistic regression on standardised signals, given back for the signals as they are."""
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0).clip(1e-6)
    x, y = torch.tensor((matrix - mean) / spread), torch.tensor(answered)
    weights = torch.zeros(matrix.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=400)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        fit = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + bias, y, reduction="sum")
        total = (fit + FOUND_DECAY * (weights**2).sum()) / len(y)
        total.backward()
        return total

    optimiser.step(loss)
    plain = weights.detach().numpy() / spread
    return plain, float(bias.detach()[0]) - float(plain @ mean)


if __name__ == "__main__":
    main(sys.argv[1:])
