"""Chinese and Vietnamese names in Chinese characters, or as English spells them -> as the articles write them.

"刘宁" and "Liu Ning" -> "Lưu Ninh", "阮文正" -> "Nguyễn Văn Chính". Vietnamese newspapers give Chinese names in their
Sino-Vietnamese readings, and Vietnamese names are read so too. A character has several readings, and a Mandarin
syllable stands for many characters; which of them is meant, the names that the articles have tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from index.casing import Casing
from index.lexical import LexicalIndex, Terms, with_pairs
from index.terms import PAIR
from index.vietnamese import HAN, HAN_OR_RUN, WORD, old_tone_placement, strip_marks
from qa.names import sino_vietnamese_readings
from qa.types import Query

MOST_SYLLABLES = 4
MOST_NAMES = 4  # that one spelling may stand for, the commonest ones
_LONGEST = 6  # letters of a Mandarin syllable: "zhuang"
# Without spaces, two characters of two words make up a name too easily ("系统一" has "Thống Nhất" in it).
_SURNAMES = frozenset(
    "丁万严义于任何余侯农冯刘占卢史叶吕吴周唐夏姚姜孔孙孟宋尹崔康廖张彭徐戴方施曹曾朱李杜杨林梁武段毛江汤汪沈洪温潘"
    "熊牛王田白石秦程罗翁肖胡苏范莫萧董蒋蔡薛袁裴覃许谢谭贺贾赵邓邱邵郑郝郭鄧钟钱阮陆陈陶雷韦韩顾马高魏黃黄黎龙"
    "劉陳楊趙吳孫馬羅鄭謝許韓馮蕭葉蘇呂盧蔣賈鄒閻錢嚴譚陸龔萬顧湯鍾龍韋賀"
)
_JOINED = frozenset((" ", "-", "'", "’", ""))  # what stands between the words of a name: "Xi'an"

Word = tuple[str, int, int]  # in lower case, with its start and end
Syllables = tuple[str, ...]


def in_sino_vietnamese(query: Query, casing: Casing, lexical: LexicalIndex) -> Query:
    """Return `query` with each name in Chinese characters or Mandarin syllables that the articles do not have put as
    one that they have.

    Of several that are spelled so, the one that stands in most passages is put; the others are listed in `same`.
    """
    replaced, same = list(query.replaced), list(query.same)
    pieces, at = [], 0
    for words in _spellings(query, lexical):
        start, end = words[0][1], words[-1][2]
        names = _names(words, casing, lexical) if start >= at else []
        if names:
            name, *others = names
            replaced.append((query.searched[start:end], name))
            same += [(name, tuple(others))] if others else []
            pieces += [query.searched[at:start], f" {name} " if HAN.match(query.searched[start]) else name]
            at = end
    searched = " ".join("".join((*pieces, query.searched[at:])).split())
    return replace(query, searched=searched, replaced=tuple(replaced), same=tuple(dict.fromkeys(same)))


def _spellings(query: Query, lexical: LexicalIndex) -> Iterator[Sequence[Word]]:
    """Yield what may be a Chinese name, in order of its start, the longest first.

    It is written with capitals, or in words that the articles do not have; in a Vietnamese question one such word at
    least must be among them, since two Vietnamese syllables can be Mandarin ones too.
    """
    text = query.searched
    words = _words(text)
    unknown = [not lexical.knows_folded(strip_marks(form)) for form, _, _ in words]
    fits = [
        (text[start].isupper() or is_unknown) and bool(_split(form))
        for (form, start, _), is_unknown in zip(words, unknown, strict=True)
    ]
    for first in range(len(words)):
        for last in range(min(len(words), first + MOST_SYLLABLES), first, -1):
            run = words[first:last]
            joined = all(text[left[2] : right[1]] in _JOINED for left, right in pairwise(run))
            foreign = query.language != "vi" or any(unknown[first:last])
            if all(fits[first:last]) and joined and foreign and _is_whole(run) and not _is_known(run, lexical):
                yield run


def _words(text: str) -> list[Word]:
    """Return the words of `text`; each Chinese character is one."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        for part in HAN_OR_RUN.finditer(match.group(0)):
            found.append((part.group(0).lower(), match.start() + part.start(), match.start() + part.end()))
    return found


def _names(words: Sequence[Word], casing: Casing, lexical: LexicalIndex) -> list[str]:
    """Return the names of the articles that are spelled so, the commonest first."""
    names: list[Syllables] = []
    for syllables in _syllables([form for form, _, _ in words]):
        if 1 < len(syllables) <= MOST_SYLLABLES:
            names += _readings_of(syllables, casing.names)
    rarity = {name: lexical.weights(Terms(tuple(_pairs(name)), ())) for name in names}
    commonest = sorted(rarity, key=lambda name: max(weight for _, _, weight in rarity[name]))
    return [" ".join(word.capitalize() for word in name) for name in commonest[:MOST_NAMES]]


def _readings_of(syllables: Syllables, names: frozenset[Syllables]) -> list[Syllables]:
    """Return the readings of `syllables` of which every two neighbours are a name."""
    readings = _readings()
    found: list[Syllables] = [(first,) for first in readings[syllables[0]]]
    for syllable in syllables[1:]:
        found = [(*name, word) for name in found for word in readings[syllable] if (name[-1], word) in names]
    return found


def _syllables(words: Sequence[str]) -> Iterator[Syllables]:
    """Yield every way to read `words` as Mandarin syllables."""
    if not words:
        yield ()
        return
    for first in _split(words[0]):
        for rest in _syllables(words[1:]):
            yield (*first, *rest)


@cache
def _split(word: str) -> tuple[Syllables, ...]:
    """Return every way to read one word as Mandarin syllables; none for another word."""
    if not word:
        return ((),)
    if len(word) > _LONGEST * MOST_SYLLABLES:
        return ()
    return tuple(
        (word[:end], *rest)
        for end in range(1, min(len(word), _LONGEST) + 1)
        if word[:end] in _readings()
        for rest in _split(word[end:])
    )


def _is_whole(words: Sequence[Word]) -> bool:
    """Return whether `words` are no two Chinese characters that only stand beside each other."""
    first = words[0][0]
    return len(words) > 2 or HAN.match(first) is None or first in _SURNAMES


def _is_known(words: Sequence[Word], lexical: LexicalIndex) -> bool:
    bare = [strip_marks(form) for form, _, _ in words]
    return all(lexical.knows_folded(term) for term in with_pairs(bare))


def _pairs(name: Syllables) -> list[str]:
    return [left + PAIR + right for left, right in pairwise(name)]


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    return {
        syllable: tuple(dict.fromkeys(old_tone_placement(word) for word in readings))
        for syllable, readings in sino_vietnamese_readings().items()
    }
