"""PassageIndex: build, open, search. The face of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import store
from index.articles import read_corpus
from index.dense import DenseIndex
from index.encoder import BATCH_SIZE, Encoder, ModelError
from index.lexical import LexicalIndex, Terms, best_rows
from index.passages import OVERLAP_TOKENS, PASSAGE_TOKENS, split_article
from index.types import Article, Passage
from index.vietnamese import sentence_spans

CHUNK = BATCH_SIZE * 32  # texts encoded between two reports of progress; sorted by length within it

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a channel found, with its score in both; the rank of a channel that did not is None."""

    row: int
    dense_score: float
    dense_rank: int | None
    lexical_score: float
    lexical_rank: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, by its span, and the row of its vector."""

    row: int
    start: int
    end: int


class PassageIndex:
    """The passages of a corpus, to be searched by meaning and by words. Never changed once made."""

    def __init__(
        self,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        dense: DenseIndex,
        lexical: LexicalIndex,
        sentences: NDArray[np.int32],
        sentence_vectors: NDArray[np.float16],
        encoder: Encoder,
        manifest: Mapping[str, Any],
    ) -> None:
        """`sentences` `(m, 3)`: number of the article, start, end, in order; `sentence_vectors` `(m, dimension)`."""
        rows = {len(passages), len(dense.vectors), lexical.count}
        if len(rows) != 1 or len(sentences) != len(sentence_vectors):
            raise ValueError(f"parts of different sizes: {len(passages)} passages, {len(dense.vectors)} vectors, "
                             f"{lexical.count} lexical rows, {len(sentences)} sentences, {len(sentence_vectors)} vectors")
        self.articles = {article.article_id: article for article in articles}
        self.passages = tuple(passages)
        self.encoder, self.lexical, self.manifest = encoder, lexical, dict(manifest)
        self._dense = dense
        self._sentences, self.sentence_vectors = sentences, sentence_vectors
        self._first = {
            article.article_id: int(np.searchsorted(sentences[:, 0], number)) for number, article in enumerate(articles)
        }

    @classmethod
    def build(
        cls,
        folder: str | Path,
        directory: str | Path = ".hoibao",
        model: str | None = None,
        *,
        download: bool = False,
        progress: Progress = lambda what, done, total: None,
    ) -> PassageIndex:
        """Make the index of the articles in `folder`, write it to `directory`, and return it.

        Raises CorpusError (no articles), ModelError (no such model), StoreError (directory busy), OSError (disk).
        """
        corpus = read_corpus(folder)
        encoder = Encoder.load(model, download)
        made = cls._make(corpus.articles, encoder, progress)
        manifest = {
            **made.manifest,
            "corpus": str(Path(folder)),
            "skipped": [asdict(file) for file in corpus.skipped],
        }
        made.manifest = manifest
        store.write_generation(Path(directory), made._write, manifest)
        return made

    @classmethod
    def from_articles(cls, articles: Sequence[Article], encoder: Encoder, progress: Progress | None = None) -> PassageIndex:
        """Return the index of `articles` in memory only."""
        return cls._make(articles, encoder, progress or (lambda what, done, total: None))

    @classmethod
    def open(cls, directory: str | Path = ".hoibao", model: str | None = None) -> PassageIndex:
        """Return the index in `directory`, verified, with the encoder that made it.

        Raises StoreError (missing, damaged), ModelError (`model`, or what is installed, is not the one that made it).
        """
        folder, manifest = store.open_generation(Path(directory))
        encoder = _the_encoder(manifest, model, Path(directory))
        articles = [_article(row) for row in store.read_jsonl(folder / "articles.jsonl")]
        text = {article.article_id: article.text for article in articles}
        passages = [
            Passage(text=text[row["article_id"]][row["start"] : row["end"]], **row)
            for row in store.read_jsonl(folder / "passages.jsonl")
        ]
        return cls(
            articles,
            passages,
            DenseIndex(np.load(folder / "vectors.npy", allow_pickle=False)),
            LexicalIndex.load(folder / "lexical", len(passages)),
            np.load(folder / "sentences.npy", allow_pickle=False),
            np.load(folder / "sentence_vectors.npy", mmap_mode="r", allow_pickle=False),
            encoder,
            manifest,
        )

    def search(self, vector: NDArray[np.float32], terms: Terms, k: int = 100) -> list[Candidate]:
        """Return the passages among the `k` nearest to `vector` or the `k` best by `terms`, in order of rows."""
        dense_rows, dense_scores = self._dense.search(vector, k)
        lexical_scores = self.lexical.scores(terms)
        lexical_rows = best_rows(lexical_scores, k)
        rows = np.union1d(dense_rows, lexical_rows)
        dense_rank = {int(row): rank for rank, row in enumerate(dense_rows, start=1)}
        lexical_rank = {int(row): rank for rank, row in enumerate(lexical_rows, start=1)}
        return [
            Candidate(int(row), float(score), dense_rank.get(int(row)), float(lexical_scores[row]), lexical_rank.get(int(row)))
            for row, score in zip(rows, self._dense.scores(vector, rows), strict=True)
        ]

    def sentences(self, article_id: str, start: int, end: int) -> list[Sentence]:
        """Return the sentences of an article that lie wholly within `start`..`end`, in order."""
        first = self._first[article_id]
        number = self._sentences[first, 0] if first < len(self._sentences) else -1
        found: list[Sentence] = []
        for row in range(first, len(self._sentences)):
            at_article, at, to = (int(value) for value in self._sentences[row])
            if at_article != number or at >= end:
                break
            if at >= start and to <= end:
                found.append(Sentence(row, at, to))
        return found

    @classmethod
    def _make(cls, articles: Sequence[Article], encoder: Encoder, progress: Progress) -> PassageIndex:
        passages: list[Passage] = []
        size = min(PASSAGE_TOKENS, encoder.max_tokens - 2)
        for done, article in enumerate(articles, start=1):
            passages.extend(split_article(article, encoder.count_tokens, size, min(OVERLAP_TOKENS, size // 4)))
            progress("splitting", done, len(articles))
        by_id = {article.article_id: article for article in articles}
        texts = [with_headline(by_id[passage.article_id], passage.text) for passage in passages]
        sentences = [
            (number, start, end) for number, article in enumerate(articles) for start, end in sentence_spans(article.text)
        ]
        sentence_texts = [articles[number].text[start:end] for number, start, end in sentences]
        vectors = _encode(encoder, texts, "encoding passages", progress)
        sentence_vectors = _encode(encoder, sentence_texts, "encoding sentences", progress).astype(np.float16)
        return cls(
            articles,
            passages,
            DenseIndex(vectors),
            LexicalIndex.build(texts),
            np.asarray(sentences, np.int32).reshape(-1, 3),
            sentence_vectors,
            encoder,
            _manifest(encoder, size, len(articles), len(passages)),
        )

    def _write(self, folder: Path) -> None:
        store.write_jsonl(folder / "articles.jsonl", (_row(article) for article in self.articles.values()))
        store.write_jsonl(folder / "passages.jsonl", (_span_row(passage) for passage in self.passages))
        np.save(folder / "vectors.npy", self._dense.vectors, allow_pickle=False)
        np.save(folder / "sentences.npy", self._sentences, allow_pickle=False)
        np.save(folder / "sentence_vectors.npy", self.sentence_vectors, allow_pickle=False)
        self.lexical.save(folder / "lexical")


def with_headline(article: Article, text: str) -> str:
    """Return what the encoder and BM25 read of a passage: the title, if there is one, and the text."""
    return f"{article.title}. {text}" if article.title else text


def _encode(encoder: Encoder, texts: Sequence[str], what: str, progress: Progress) -> NDArray[np.float32]:
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    for start in range(0, len(texts), CHUNK):
        vectors[start : start + CHUNK] = encoder.encode_documents(texts[start : start + CHUNK])
        progress(what, min(start + CHUNK, len(texts)), len(texts))
    return vectors


def _manifest(encoder: Encoder, passage_tokens: int, articles: int, passages: int) -> dict[str, Any]:
    return {
        "model": {"name": encoder.name, "weights": encoder.weights_hash(), "dimension": encoder.dimension},
        "passage_tokens": passage_tokens,
        "normaliser": "NFC, invisible characters removed",
        "articles": articles,
        "passages": passages,
    }


def _the_encoder(manifest: Mapping[str, Any], model: str | None, directory: Path) -> Encoder:
    made = manifest["model"]
    encoder = Encoder.load(model or made["name"])
    if encoder.dimension == made["dimension"] and encoder.weights_hash() == made["weights"]:
        return encoder
    raise ModelError(
        f"{directory}: this index was made with {made['name']} ({made['dimension']} numbers, weights "
        f"{made['weights'][:8]}), the encoder is {encoder.name} ({encoder.dimension} numbers, weights "
        f"{encoder.weights_hash()[:8]}); make it anew with: hoibao build {manifest.get('corpus', 'FOLDER')} "
        f"--index {directory} --model {encoder.name}"
    )


def _row(article: Article) -> dict[str, Any]:
    row = asdict(article)
    row["published"] = article.published.isoformat() if article.published else None
    return row


def _article(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    return replace(Article(**row), published=published, captions=tuple(row["captions"]))


def _span_row(passage: Passage) -> dict[str, Any]:
    return {key: value for key, value in asdict(passage).items() if key != "text"}
