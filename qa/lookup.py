"""The words of a question -> the terms that BM25 looks up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import LexicalIndex, Terms, with_pairs
from index.vietnamese import HAN, has_marks, is_syllable
from qa.names import han_viet
from qa.question import Word
from qa.types import Query

_HAN_RUN = re.compile(f"{HAN.pattern}+")


def look_up(query: Query, words: Sequence[Word], lexical: LexicalIndex) -> Terms:
    """Return the terms of `words`, the content words of `query`.

    A Vietnamese question is looked up whole. Of a foreign one only what a Vietnamese text can share with it: names
    and numbers, words that were put into Vietnamese, and the Sino-Vietnamese readings of Chinese words.
    """
    if query.language == "vi":
        return lexical.terms([word.form for word in words])
    shared = [word.form for word in words if _can_be_shared(query, word)]
    terms = lexical.terms(shared)
    exact = [*terms.exact, *_sino_vietnamese(query.searched)]
    return Terms(
        tuple(term for term in exact if lexical.knows(term)),
        tuple(term for term in terms.folded if lexical.knows_folded(term)),
    )


def name_runs(query: Query, words: Sequence[Word], lexical: LexicalIndex) -> list[list[Word]]:
    """Return the names and numbers among `words` that an answer must be about.

    A name is a run of two or more neighbours written with capitals, or one capitalised word that is no Vietnamese
    syllable ("Miami"); a number is a date, or has three digits at least (a year, not "thứ 10"). An English name that
    the corpus does not know may stand there under another spelling, so it is left out.
    """
    runs: list[list[Word]] = []
    for word in words:
        text = query.searched[word.start : word.end]
        if text[0].isdigit():
            runs.append([word] if len(text) > 2 else [])
        elif text[0].isupper() and (query.language == "vi" or _is_known(word, lexical)):
            last = runs[-1][-1] if runs and runs[-1] else None
            if last and not last.form[0].isdigit() and word.start - last.end == 1:
                runs[-1].append(word)
            else:
                runs.append([word])
    return [run for run in runs if len(run) > 1 or (run and not is_syllable(run[0].form))]


def _is_known(word: Word, lexical: LexicalIndex) -> bool:
    return lexical.knows(word.form) or lexical.knows_folded(word.form)


def is_name(text: str) -> bool:
    """Return whether `text`, one word of a question, is written like a name, or is a number."""
    return text[:1].isupper() or any(character.isdigit() for character in text)


def _can_be_shared(query: Query, word: Word) -> bool:
    return has_marks(word.form) or is_name(query.searched[word.start : word.end]) or _was_put(query, word)


def _was_put(query: Query, word: Word) -> bool:
    return any(word.form in vietnamese.lower().split() for _, vietnamese in query.replaced)


def _sino_vietnamese(text: str) -> list[str]:
    """Return the pairs of readings in each run of Chinese characters; a single reading means too many things."""
    pairs: list[str] = []
    for run in _HAN_RUN.findall(text):
        readings = han_viet(run)
        pairs.extend(with_pairs(readings)[len(readings) :])
    return pairs
