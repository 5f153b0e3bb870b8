"""Rankings and sentences -> measures, question by question.

Those of rankings are computed by ir-measures; a sentence is measured by the syllables that it shares with a quote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import Qrel, ScoredDoc

from index.vietnamese import syllables

Run = dict[str, dict[str, float]]  # question -> what was found -> score, greater is better
Qrels = Mapping[str, Mapping[str, int]]  # question -> what was judged -> grade, 0 for wrong
PerQuestion = dict[str, dict[str, float]]  # measure -> question -> value

RANKING_MEASURES = ("nDCG@k", "RR@k", "R@k", "P@k", "AP", "Success@k")
_RANKING = re.compile(r"(?:(?:nDCG|RR|MRR|R|Recall|P|Success|AP)@[1-9]\d*|AP|RR)$")


class MeasureError(ValueError):
    """A measure that does not exist; the message lists those that do."""


def is_ranking_measure(name: str) -> bool:
    """Return whether `name` is one of RANKING_MEASURES, k a number; MRR@k and Recall@k are RR@k and R@k."""
    return _RANKING.match(name) is not None


def check_names(names: Iterable[str], others: Sequence[str] = ()) -> None:
    """Raise MeasureError for a name that is neither a measure of rankings nor one of `others`."""
    for name in names:
        if not is_ranking_measure(name) and name not in others:
            known = ", ".join((*RANKING_MEASURES, *others))
            raise MeasureError(f"no measure {name!r}; there are: {known} (k a whole number from 1 up)")


def per_question(qrels: Qrels, run: Run, names: Sequence[str]) -> PerQuestion:
    """Return the value of each measure for each question of `qrels`, in their order.

    A question that is missing from the run counts 0; one that only the run has is left out. Grades count in nDCG
    (Järvelin and Kekäläinen 2002), for the other measures 1 and more is right. What was found with equal scores stands
    in falling order of its name, as trec_eval has it. Raises MeasureError.
    """
    check_names(names)
    judged = [Qrel(question, found, grade) for question, each in qrels.items() for found, grade in each.items()]
    scored = [ScoredDoc(question, *found) for question, each in run.items() for found in _placed(each)]
    wanted = {name: ir_measures.parse_measure(name) for name in names}
    values: PerQuestion = {name: dict.fromkeys(qrels, 0.0) for name in names}
    if not judged:
        return values
    for computed in ir_measures.iter_calc(list(set(wanted.values())), judged, scored):
        for name, measure in wanted.items():
            if measure == computed.measure and computed.query_id in qrels:
                values[name][computed.query_id] = float(computed.value)
    return values


def _placed(found: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return what was found, best first, with scores that fall by whole numbers.

    The programs behind ir_measures part scores that are equal, or nearly so, each in another way.
    """
    order = sorted(found, key=lambda name: (found[name], name), reverse=True)
    return [(name, float(len(order) - place)) for place, name in enumerate(order)]


def means(values: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each measure over its questions; a measure of no questions is left out: it was not run."""
    return {name: sum(each.values()) / len(each) for name, each in values.items() if each}


def score_run(qrels: Qrels, run: Run, names: Sequence[str]) -> dict[str, float]:
    """Return the mean of each measure over the questions of `qrels`; an empty run was not run and has no measures."""
    return means(per_question(qrels, run, names)) if run else {}


def token_f1(sentence: str, quotes: Iterable[str]) -> float:
    """Return the overlap of a sentence with the best of the gold quotes, in [0, 1]; without a quote 0.

    F1 of precision and recall over tokens with their counts, as for SQuAD (Rajpurkar et al. 2016). A token is a
    Vietnamese syllable as it is searched: lower case, one tone placement, no punctuation; no word is left out, and a
    date counts with its month and its year ("7/1/2025" is three).
    """
    tokens = Counter(syllables(sentence))
    return max((_f1(tokens, Counter(syllables(quote))) for quote in quotes), default=0.0)


def _f1(tokens: Counter[str], wanted: Counter[str]) -> float:
    common = (tokens & wanted).total()
    return 2 * common / (tokens.total() + wanted.total()) if common else 0.0
