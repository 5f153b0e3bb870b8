"""The words of a question -> the terms that BM25 looks up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from index.casing import Casing
from index.lexical import LexicalIndex, Terms, with_pairs
from index.vietnamese import HAN, has_marks, is_syllable, strip_marks, syllables
from qa.foreign_names import words_in_vietnamese
from qa.names import Names, han_viet, in_foreign_name, respelled
from qa.question import Word, content_words, is_unmarked
from qa.types import Query

_HAN_RUN = re.compile(f"{HAN.pattern}+")
_TITLES = frozenset("ông bà anh chị cô chú bác ngài đoàn ong ba anh chi co chu bac ngai doan mr mrs ms".split())
OTHER_WAYS = 6  # to name the things of one question; each costs one more look-up of its words


def in_known_names(query: Query, names: Names, lexical: LexicalIndex) -> Query:
    """Return `query` with each name that the corpus does not have put as one that it has, where `names` know one.

    The other names of the same thing that the corpus has too are listed in `same`.
    """
    replaced, same = list(query.replaced), []
    unmarked = is_unmarked(query.searched)
    pieces, at = [], 0
    for named in names.find(query.searched, unmarked):
        if query.language == "vi" and in_foreign_name(query.searched, named.start, named.end):
            continue
        said = query.searched[named.start : named.end]
        known = [form for form in named.group if _has_name(lexical, form)]
        name = said if not known or _has_name(lexical, said, unmarked) else known[0]
        others = tuple(form for form in known if _bare(form) != _bare(name))
        if name != said:
            replaced.append((said, name))
        if others:
            same.append((name, others))
        pieces += [query.searched[at : named.start], name]
        at = named.end
    searched = "".join((*pieces, query.searched[at:]))
    return replace(query, searched=searched, replaced=tuple(replaced), same=tuple(dict.fromkeys(same)))


def look_up(query: Query, words: Sequence[Word], lexical: LexicalIndex) -> Terms:
    """Return the terms of `words`, the content words of `query`.

    A Vietnamese question is looked up whole. Of a foreign one only what a Vietnamese text can share with it: names
    and numbers, words that are put into Vietnamese, and the Sino-Vietnamese readings of Chinese words. Things that have
    several names are looked up under each.
    """
    others = tuple(look_up(other, content_words(other), lexical) for other in _other_ways(query))
    return replace(_terms(query, words, lexical), others=others)


def _terms(query: Query, words: Sequence[Word], lexical: LexicalIndex) -> Terms:
    if query.language == "vi":
        return lexical.terms([word.form for word in words])
    shared = [word.form for word in words if _can_be_shared(query, word)]
    terms = lexical.terms([*shared, *in_vietnamese(query.searched)])
    exact = [*terms.exact, *_sino_vietnamese(query.searched)]
    return Terms(
        tuple(term for term in exact if lexical.knows(term)),
        tuple(term for term in terms.folded if lexical.knows_folded(term)),
    )


def _other_ways(query: Query) -> Iterator[Query]:
    """Yield the question with its things under their other names, `OTHER_WAYS` at most."""
    ways = product(*(((name, name), *((name, other) for other in others)) for name, others in query.same))
    for way in islice(ways, 1, OTHER_WAYS + 1):  # the first is the question itself
        searched = query.searched
        for name, other in way:
            searched = respelled(searched, (name,), other)
        yield replace(query, searched=searched, same=())


def _has_name(lexical: LexicalIndex, name: str, unmarked: bool = False) -> bool:
    """Return whether the corpus has the words of `name` beside each other; under any marks if it is `unmarked`."""
    words = syllables(name)
    if unmarked:
        return all(lexical.knows_folded(term) for term in with_pairs([strip_marks(word) for word in words]))
    return all(lexical.knows(term) for term in with_pairs(words))


def _bare(name: str) -> list[str]:
    return syllables(strip_marks(name))


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


def names_in(query: Query, lexical: LexicalIndex, casing: Casing) -> tuple[str, ...]:
    """Return the names that a question is about, each once, in order, without numbers and without "ông", "bà" before.

    A capital that only begins the sentence makes no name: "Người Hải Phòng" is about "Hải Phòng".
    """
    found: list[str] = []
    for run in name_runs(query, content_words(query), lexical):
        words = [word for word in run if not word.form[0].isdigit()]
        while words and words[0].form in _TITLES:
            words = words[1:]
        if words and words[0].start == 0 and len(words) > 2 and not casing.has(words[0].form, words[1].form):
            words = words[1:]
        if words:
            found.append(query.searched[words[0].start : words[-1].end])
    return tuple(dict.fromkeys(found))


def _is_known(word: Word, lexical: LexicalIndex) -> bool:
    return lexical.knows(word.form) or lexical.knows_folded(word.form)


def is_name(text: str) -> bool:
    """Return whether `text`, one word of a question, is written like a name, or is a number."""
    return text[:1].isupper() or any(character.isdigit() for character in text)


def _can_be_shared(query: Query, word: Word) -> bool:
    return has_marks(word.form) or is_name(query.searched[word.start : word.end]) or _was_put(query, word)


def _was_put(query: Query, word: Word) -> bool:
    return any(word.form in vietnamese.lower().split() for _, vietnamese in query.replaced)


def in_vietnamese(text: str) -> list[str]:
    """Return the syllables of what the English words of `text` are in Vietnamese."""
    return [syllable for word in words_in_vietnamese(text) for syllable in syllables(word)]


def _sino_vietnamese(text: str) -> list[str]:
    """Return the pairs of readings in each run of Chinese characters; a single reading means too many things."""
    pairs: list[str] = []
    for run in _HAN_RUN.findall(text):
        readings = han_viet(run)
        pairs.extend(with_pairs(readings)[len(readings) :])
    return pairs
