"""What is computed article by article: passages and sentences with their vectors, and tokens.

It depends on one article alone, so that a sync takes it over, byte for byte, for every article whose title and text
are those of the index. The step of the tokens is the exception: it is one for all, and only ever grows in a sync. New
tokens with a number over it make it larger in that place, and there the levels of the earlier ones are rounded once
more, at most half a level off; only an index that is built anew gets a smaller one.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import BATCH_SIZE, Encoder
from index.freed_memory import give_back
from index.late_interaction import (
    FITTED_ON,
    SIZE,
    TokenGathering,
    TokenIndex,
    Vectors,
    principal_axes,
    projected,
)
from index.passages import split_article
from index.rows_on_disk import RowsOnDisk
from index.types import Article, Passage
from index.vietnamese import sentence_spans

CHUNK = BATCH_SIZE * 8  # texts encoded between two reports of progress; sorted by length within it

Progress = Callable[[str, int, int], None]
Place = tuple[int, int]  # which of several `Encoded`, and the number of an article in it
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The parts of articles, each in order of the articles. Never changed once made.

    `bounds` `(articles + 1,)`: where the passages of each article begin; `vectors` `(n, dimension)`: one a passage;
    `sentences` `(m, 3)`: number of the article, start, end; `sentence_vectors` `(m, dimension)`.
    """

    passages: tuple[Passage, ...]
    bounds: NDArray[np.int64]
    vectors: Vectors
    sentences: NDArray[np.int32]
    sentence_vectors: NDArray[np.float16]
    tokens: TokenIndex

    def __post_init__(self) -> None:
        sizes = len(self.passages), int(self.bounds[-1]), len(self.vectors)
        articles = len(self.bounds), len(self.tokens.bounds)
        if len(set(sizes)) > 1 or len(set(articles)) > 1 or len(self.sentences) != len(self.sentence_vectors):
            raise ValueError(
                f"parts of different sizes: {sizes[0]} passages up to {sizes[1]}, {sizes[2]} vectors, "
                f"{len(self.sentences)} sentences, {len(self.sentence_vectors)} vectors, "
                f"{articles[0] - 1} articles, {articles[1] - 1} of tokens"
            )


def bounds_of(passages: Sequence[Passage], articles: Sequence[Article]) -> NDArray[np.int64]:
    """Return where the passages of each article begin, `(articles + 1,)`; they stand in order of the articles.

    Raises KeyError for a passage of none of them.
    """
    numbers = {article.article_id: number for number, article in enumerate(articles)}
    of_passages = [numbers[passage.article_id] for passage in passages]
    return np.searchsorted(np.asarray(of_passages, np.int64), np.arange(len(articles) + 1)).astype(np.int64)


def encode_articles(
    articles: Sequence[Article],
    encoder: Encoder,
    progress: Progress,
    passage_tokens: int,
    overlap_tokens: int,
    like: TokenIndex | None = None,
) -> Encoded:
    """Return the parts of `articles`. Tokens get the axes of `like` and at least its step, where it is given."""
    passages: list[Passage] = []
    for done, article in enumerate(articles, start=1):
        passages.extend(split_article(article, encoder.count_tokens, passage_tokens, overlap_tokens))
        progress("splitting", done, len(articles))
    sentences = _sentences(articles)
    encoder.prepare_for(len(passages) + len(sentences))
    vectors = _encode(encoder, passages, progress)
    sentence_vectors, tokens = _encode_sentences(encoder, articles, sentences, progress, like)
    return Encoded(
        tuple(passages),
        bounds_of(passages, articles),
        vectors,
        sentences,
        sentence_vectors,
        tokens,
    )


def joined(parts: Sequence[Encoded], articles: Sequence[Article], places: Sequence[Place]) -> Encoded:
    """Return the parts of `articles`, each taken from its place in `parts`, under its own id.

    All are brought to the greatest step of any. The parts must have the same axes.
    """
    step = np.max([part.tokens.step for part in parts], axis=0)
    numbers = [np.arange(len(part.bounds)) for part in parts]
    sentence_bounds = [np.searchsorted(part.sentences[:, 0], each) for part, each in zip(parts, numbers, strict=True)]
    runs = _runs(places)
    passage_bounds, token_bounds = [part.bounds for part in parts], [part.tokens.bounds for part in parts]
    sentences = _taken([part.sentences for part in parts], sentence_bounds, runs)
    counts = np.diff(_taken_bounds(sentence_bounds, runs))
    return Encoded(
        tuple(_passages(parts, articles, places)),
        _taken_bounds(passage_bounds, runs),
        _taken([part.vectors for part in parts], passage_bounds, runs),
        np.column_stack([np.repeat(np.arange(len(places)), counts), sentences[:, 1:]]).astype(np.int32),
        _taken([part.sentence_vectors for part in parts], sentence_bounds, runs),
        TokenIndex(
            parts[0].tokens.axes,
            _taken([part.tokens.with_step(step).levels for part in parts], token_bounds, runs),
            step,
            _taken([part.tokens.starts.reshape(-1, 1) for part in parts], token_bounds, runs)[:, 0],
            _taken_bounds(token_bounds, runs),
        ),
    )


def with_headline(article: Article, text: str) -> str:
    """Return what the encoder and BM25 read of a passage: the title, if there is one, and the text."""
    return f"{article.title}. {text}" if article.title else text


def _passages(parts: Sequence[Encoded], articles: Sequence[Article], places: Sequence[Place]) -> list[Passage]:
    """Return the passages of `articles`, each of the article as it is now."""
    return [
        Passage(article, passage.start, passage.end)
        for article, (part, number) in zip(articles, places, strict=True)
        for passage in parts[part].passages[slice(*parts[part].bounds[number : number + 2].tolist())]
    ]


def _runs(places: Sequence[Place]) -> list[tuple[int, int, int]]:
    """Return the neighbours among `places` that are neighbours in their part too: part, first, last (half-open)."""
    runs: list[tuple[int, int, int]] = []
    for part, number in places:
        if runs and (runs[-1][0], runs[-1][2]) == (part, number):
            runs[-1] = part, runs[-1][1], number + 1
        else:
            runs.append((part, number, number + 1))
    return runs


def _taken(arrays: Sequence[Array], bounds: Sequence[Array], runs: Sequence[tuple[int, int, int]]) -> Array:
    """Return the rows of those articles, one run after the other."""
    taken = RowsOnDisk(arrays[0].shape[1], arrays[0].dtype)
    for part, first, last in runs:
        taken.add(arrays[part][bounds[part][first] : bounds[part][last]])
    return taken.done()


def _taken_bounds(bounds: Sequence[Array], runs: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    counts = [np.diff(bounds[part][first : last + 1]) for part, first, last in runs]
    return np.cumsum(np.concatenate([[0], *counts])).astype(np.int64)


def _sentences(articles: Sequence[Article]) -> NDArray[np.int32]:
    """Return the number of the article, the start and the end of every sentence, `(m, 3)`."""
    found = array("i")
    for number, article in enumerate(articles):
        for span in sentence_spans(article.text):
            found.extend((number, *span))
    return np.frombuffer(found, np.int32).reshape(-1, 3)


def _encode(encoder: Encoder, passages: Sequence[Passage], progress: Progress) -> Vectors:
    vectors = RowsOnDisk(encoder.dimension, np.float32)
    for start in range(0, len(passages), CHUNK):
        chunk = passages[start : start + CHUNK]
        texts = [with_headline(passage.article, passage.text) for passage in chunk]
        vectors.add(encoder.encode_documents(texts))
        give_back()
        progress("encoding passages", min(start + CHUNK, len(passages)), len(passages))
    return vectors.done()


def _encode_sentences(
    encoder: Encoder,
    articles: Sequence[Article],
    sentences: NDArray[np.int32],
    progress: Progress,
    like: TokenIndex | None,
) -> tuple[NDArray[np.float16], TokenIndex]:
    """Return the vector of each sentence, and the tokens of the articles: of each headline and of its sentences."""
    # A headline is a sentence that begins at -1, so that it stands before those of its article.
    headlines = [(number, -1, -1) for number, article in enumerate(articles) if article.title]
    read = np.concatenate([sentences, np.asarray(headlines, np.int32).reshape(-1, 3)])
    read = read[np.lexsort((read[:, 1], read[:, 0]))]
    vectors = RowsOnDisk(encoder.dimension, np.float16)
    axes = like.axes if like else encoder.axes
    gathered: TokenGathering | None = None
    for begin in range(0, len(read), CHUNK):
        chunk = read[begin : begin + CHUNK].tolist()
        texts = [(articles[n].title or "") if start < 0 else articles[n].text[start:end] for n, start, end in chunk]
        found, tokens = encoder.encode_passages(texts)
        vectors.add(found[[start >= 0 for _, start, _ in chunk]])
        if axes is None:
            axes = principal_axes(np.concatenate([each.vectors for each in tokens])[:FITTED_ON], SIZE)
        gathered = gathered or TokenGathering(axes, len(articles))
        shorter = projected(np.concatenate([each.vectors for each in tokens]), axes).astype(np.float16)
        bounds = np.cumsum([len(each.spans) for each in tokens])
        for (number, start, _), each, own in zip(chunk, tokens, np.split(shorter, bounds[:-1]), strict=True):
            places = np.full(len(each.spans), -1) if start < 0 else each.spans[:, 0] + start
            gathered.add(number, own, places.astype(np.int32))
        give_back()
        progress("encoding sentences", min(begin + CHUNK, len(read)), len(read))
    if gathered is None:
        axes = np.zeros((encoder.dimension, SIZE), np.float32) if axes is None else axes
        gathered = TokenGathering(axes, len(articles))
    return vectors.done(), gathered.done(like.step if like else None)
