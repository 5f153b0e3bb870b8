"""How near to each other the words of a question stand in a text.

What answers mostly says it within a sentence or two; words that a passage only has somewhere are weaker evidence
(Tao & Zhai 2007). The measure is the best window, by rarity (as Clarke, Cormack & Tudhope 2000 rank by short ones).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

from index.terms import PAIR

REACH = 25  # words of a window, a long Vietnamese sentence; chosen on development sets: benchmarks/README.md

Spellings = tuple[str, str]  # a word as written and without its marks


def proximity(words: Sequence[Spellings], weights: Sequence[tuple[str, bool, float]], reach: int = REACH) -> float:
    """Return the largest share of the question's words, by weight, that stand within `reach` of `words`, in [0, 1].

    `weights` are terms, each as written (True) or folded, as `LexicalIndex.weights` gives them; pairs of words do not
    count. A question without words gives 0.
    """
    sought = {(exact, term): weight for term, exact, weight in weights if PAIR not in term}
    inside: Counter[tuple[bool, str]] = Counter()
    window: deque[tuple[int, tuple[bool, str]]] = deque()
    best = held = 0.0
    for place, (written, bare) in enumerate(words):
        for term in ((True, written), (False, bare)):
            if term not in sought:
                continue
            while window and window[0][0] <= place - reach:
                _, left = window.popleft()
                inside[left] -= 1
                held -= 0.0 if inside[left] else sought[left]
            held += 0.0 if inside[term] else sought[term]
            inside[term] += 1
            window.append((place, term))
            best = max(best, held)
    total = sum(sought.values())
    return min(1.0, best / total) if total else 0.0
