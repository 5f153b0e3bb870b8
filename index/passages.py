"""Article -> Passages: whole sentences packed up to a number of the encoder's tokens, offsets kept.

The splitter of langchain-text-splitters packs; the sentences and the offsets are ours. It is given one character for
each sentence, whose "length" is the number of tokens of that sentence: what it packs together are runs of sentence
numbers, from which start and end follow without searching for text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from langchain_text_splitters import CharacterTextSplitter

from index.types import Article, Passage
from index.vietnamese import sentence_spans

PASSAGE_TOKENS = 320  # of 96 to 320, the best on the gold questions: benchmarks/README.md
OVERLAP_TOKENS = 80  # a sentence or two: "Ông nói thêm: …" stays with what it adds to

# Another name for whatever gives other passages of any text, and the name that it had to the earlier ones: an index of
# those is read, and a sync makes anew what would be other sentences today.
SPLITTER = "whole sentences with scores and quotations in them, overlapping by whole sentences"
EARLIER_SPLITTERS = frozenset({"whole sentences, overlapping by whole sentences"})

CountTokens = Callable[[Sequence[str]], Sequence[int]]
Span = tuple[int, int]

_FIRST_CODE = 0x10000  # above the surrogates every number is a character
_CLAUSE_END = re.compile(r"[;,:…”\"]\s+|\s[-–—]\s|\s+")


def split_article(
    article: Article,
    count_tokens: CountTokens,
    max_tokens: int = PASSAGE_TOKENS,
    overlap_tokens: int = OVERLAP_TOKENS,
) -> list[Passage]:
    """Return the passages of `article`, in order, each of at most `max_tokens` tokens.

    A single sentence longer than that is cut between clauses, if need be between words.
    Raises ValueError unless 0 <= overlap_tokens < max_tokens.
    """
    if not 0 <= overlap_tokens < max_tokens:
        raise ValueError(
            f"overlap of {overlap_tokens} tokens for passages of {max_tokens}: it must be 0 or more, and less"
        )
    spans = list(_short_spans(article.text, count_tokens, max_tokens))
    lengths = count_tokens([article.text[start:end] for start, end in spans])
    return [
        Passage(article, spans[first][0], spans[last][1]) for first, last in _pack(lengths, max_tokens, overlap_tokens)
    ]


def _pack(lengths: Sequence[int], max_tokens: int, overlap_tokens: int) -> list[tuple[int, int]]:
    """Return the first and the last sentence number of each passage."""
    splitter = CharacterTextSplitter(
        separator="",
        keep_separator=False,
        strip_whitespace=False,
        chunk_size=max_tokens,
        chunk_overlap=overlap_tokens,
        length_function=lambda numbers: sum(lengths[ord(number) - _FIRST_CODE] for number in numbers),
    )
    runs = splitter.split_text("".join(chr(_FIRST_CODE + number) for number in range(len(lengths))))
    return [(ord(run[0]) - _FIRST_CODE, ord(run[-1]) - _FIRST_CODE) for run in runs]


def _short_spans(text: str, count_tokens: CountTokens, max_tokens: int) -> list[Span]:
    spans = sentence_spans(text)
    lengths = count_tokens([text[start:end] for start, end in spans])
    short: list[Span] = []
    for span, length in zip(spans, lengths, strict=True):
        short.extend([span] if length <= max_tokens else _cut(text, span, count_tokens, max_tokens))
    return short


def _cut(text: str, span: Span, count_tokens: CountTokens, max_tokens: int) -> list[Span]:
    """Cut a long sentence near its middle, at the best place there is, until every part is short enough."""
    start, end = span
    if end - start < 2 or count_tokens([text[start:end]])[0] <= max_tokens:
        return [span]
    ends = [match.end() + start for match in _CLAUSE_END.finditer(text[start:end]) if match.end() < end - start]
    clauses = [at for at in ends if not text[at - 2].isalnum()]
    middle = (start + end) // 2
    quarter = (end - start) // 4
    near = [at for at in clauses if abs(at - middle) <= quarter]
    at = min(near or ends or [middle], key=lambda place: abs(place - middle))
    left = start + len(text[start:at].rstrip()), at
    return [*_cut(text, (start, left[0]), count_tokens, max_tokens), *_cut(text, (at, end), count_tokens, max_tokens)]
