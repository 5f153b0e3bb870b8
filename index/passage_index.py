"""PassageIndex: build, open, search. The face of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import store
from index.casing import Casing
from index.channels import Candidate, Channels, Sentence
from index.dense import DenseIndex
from index.encoded import Encoded, Progress, bounds_of, encode_articles, with_headline
from index.encoder import Encoder, Vector
from index.late_interaction import TokenIndex, Tokens, Vectors
from index.lexical import LexicalIndex, Rows, Terms
from index.made_with import encoder_of, made_with
from index.passages import OVERLAP_TOKENS, PASSAGE_TOKENS
from index.rows_on_disk import left_on_disk, save_rows
from index.sources import SOURCES, Source, read_folder
from index.stored_arrays import save_array
from index.stored_articles import stored_articles, stored_passages, write_articles, write_passages
from index.stories import Hashes, sketches_of, stored_sketches, stored_stories, stories_of, write_stories
from index.types import Article, Passage, Story
from index.unknown import unknown
from index.versions import Past, kept_past, stored_past, write_past

Only = Callable[[Article], bool]  # which articles are searched


@dataclass(frozen=True, slots=True)
class Kept:
    """What an index takes over from the one `before`: of each of its `articles` and `passages` the number there, -1 for
    a new one.
    """

    before: PassageIndex
    articles: NDArray[np.int64]
    passages: NDArray[np.int64]


class PassageIndex:
    """The passages of a corpus, to be searched by meaning and by words. Never changed once made."""

    def __init__(  # noqa: PLR0913 (takes finished parts, each of its own)
        self,
        articles: Sequence[Article],
        encoded: Encoded,
        *,
        lexical: LexicalIndex,
        article_words: LexicalIndex,
        casing: Casing,
        encoder: Encoder,
        manifest: Mapping[str, Any],
        past: Past | None = None,
        stories: Sequence[Story] = (),
        sketches: Hashes | None = None,
        dense: DenseIndex | None = None,
    ) -> None:
        """`past`: what is not searched, but can be cited; `stories`: near copies among them;
        `dense`: of the vectors of `encoded`, made of them if it is not given.
        """
        self.past = past or Past()
        self.stories = _by_article(stories)
        self.sketches = sketches
        self.articles = {article.article_id: article for article in articles}
        self.passages, self.encoded, self.sentence_vectors = encoded.passages, encoded, encoded.sentence_vectors
        self.encoder, self.lexical, self.casing, self.manifest = encoder, lexical, casing, dict(manifest)
        self._channels = Channels(articles, encoded, lexical, article_words, dense or DenseIndex(encoded.vectors))

    @property
    def names(self) -> list[tuple[str, ...]]:
        """Groups of names of one thing, as they were given to `build`."""
        return [tuple(group) for group in self.manifest.get("names", ())]

    @classmethod
    def build(  # noqa: PLR0913 (each is an option of the command)
        cls,
        folder: str | Path,
        directory: str | Path = ".hoibao",
        model: str | Encoder | None = None,
        *,
        names: Sequence[Sequence[str]] = (),
        download: bool = False,
        wait: bool = False,
        progress: Progress | None = None,
    ) -> PassageIndex:
        """Make the index of the articles in `folder`, write it to `directory`, and return it.

        `names` are groups of names of one thing; they are kept for those who ask. With `wait` another writer of it is
        waited for.
        Raises CorpusError (no articles), ModelError (no such model), StoreError (directory busy), OSError (disk).
        """
        read = read_folder(Path(folder))
        encoder = model if isinstance(model, Encoder) else Encoder.load(model, download)
        with store.only_writer(Path(directory), wait):
            made = cls.from_articles(read.corpus.articles, encoder, progress)
            made.save(directory, read.facts(), names, read.sources)
        return made

    @classmethod
    def from_articles(
        cls,
        articles: Sequence[Article],
        encoder: Encoder,
        progress: Progress | None = None,
        passage_tokens: int = PASSAGE_TOKENS,
        overlap_tokens: int = OVERLAP_TOKENS,
    ) -> PassageIndex:
        """Return the index of `articles` in memory only. An encoder that reads less gets shorter passages."""
        size = min(passage_tokens, encoder.max_tokens - 2)
        overlap = min(overlap_tokens, size // 4)
        encoded = encode_articles(articles, encoder, progress or silent, size, overlap)
        return cls.from_encoded(articles, encoded, encoder, size, overlap)

    @classmethod
    def from_encoded(
        cls,
        articles: Sequence[Article],
        encoded: Encoded,
        encoder: Encoder,
        passage_tokens: int,
        overlap_tokens: int,
        kept: Kept | None = None,
    ) -> PassageIndex:
        """Return the index of `articles` with the parts that `encoder` made of each; words are counted anew, but for
        what is `kept` of an index before.
        """

        def of_passage(row: int) -> str:
            passage = encoded.passages[row]
            return with_headline(passage.article, passage.text)

        def of_article(number: int) -> str:
            return with_headline(articles[number], articles[number].text)

        lexical, article_words = (kept.before.lexical, kept.before._channels.article_words) if kept else (None, None)
        passages_taken, articles_taken = (kept.passages, kept.articles) if kept else (None, None)
        return cls(
            articles,
            encoded,
            lexical=_counted(len(encoded.passages), of_passage, lexical, passages_taken),
            article_words=_counted(len(articles), of_article, article_words, articles_taken),
            casing=Casing.of(map(of_article, range(len(articles)))),
            encoder=encoder,
            manifest=_manifest(encoder, (passage_tokens, overlap_tokens), articles, len(encoded.passages)),
        )

    @classmethod
    def open(
        cls, directory: str | Path = ".hoibao", model: str | Encoder | None = None, exact: bool | None = None
    ) -> PassageIndex:
        """Return the index in `directory`, verified, with the encoder that made it.

        `exact`: whether a question is compared with every vector; None for as many as are quick (`EXACT_UP_TO`).
        Raises StoreError (missing, damaged), ModelError (`model`, or what is installed, is not the one that made it).
        """
        opened = store.read_generation(
            Path(directory),
            lambda folder, manifest: cls.read(folder, manifest, encoder_of(manifest, model, Path(directory)), exact),
        )
        opened._channels.dense.make_ready()
        return opened

    @classmethod
    def read(
        cls,
        folder: Path,
        manifest: Mapping[str, Any],
        encoder: Encoder,
        exact: bool | None = None,
        articles: Sequence[Article] | None = None,
    ) -> PassageIndex:
        """Return the index of the generation in `folder`, which was checked; `articles`: its own, where they are read.

        Raises what `open` does.
        """
        articles = stored_articles(folder) if articles is None else articles
        passages = stored_passages(folder, articles)
        encoded = Encoded(
            passages,
            bounds_of(passages, articles),
            left_on_disk(folder / "vectors.npy"),
            np.load(folder / "sentences.npy", allow_pickle=False),
            left_on_disk(folder / "sentence_vectors.npy"),
            TokenIndex.load(folder / "tokens"),
        )
        return cls(
            articles,
            encoded,
            lexical=LexicalIndex.load(folder / "lexical", len(passages)),
            article_words=LexicalIndex.load(folder / "article_words", len(articles)),
            casing=Casing.load(folder / "names.txt"),
            encoder=encoder,
            manifest=manifest,
            past=stored_past(folder),
            stories=stored_stories(folder, {article.article_id: article for article in articles}),
            sketches=stored_sketches(folder),
            dense=DenseIndex.load(folder, encoded.vectors, exact),
        )

    def save(
        self,
        directory: str | Path,
        facts: Mapping[str, Any],
        names: Sequence[Sequence[str]] = (),
        sources: Sequence[Source] = (),
        before: PassageIndex | None = None,
    ) -> None:
        """Write the index to `directory`, with `facts` about it in the manifest. Raises StoreError, OSError.

        Near copies among the articles are looked for now. `before`: the index that this one comes after, of whose
        articles those that say something else now are kept as earlier versions.
        """
        self.manifest.update({**facts, "names": [list(group) for group in names]})
        articles = list(self.articles.values())
        sketches = sketches_of([article.text for article in articles], before._known_sketches() if before else None)
        stories = stories_of(articles, sketches)
        self.stories = _by_article(stories)
        past = kept_past(list(before.articles.values()), before.past, articles) if before else Past()

        def write(folder: Path) -> None:
            self._write(folder)
            store.write_jsonl(folder / SOURCES, (asdict(source) for source in sources))
            write_past(folder, past)
            write_stories(folder, stories, sketches)

        store.write_generation(Path(directory), write, self.manifest)

    def encode_question(self, text: str) -> tuple[Vector, Tokens]:
        """Return the unit vector `(dimension,)` of a question, and its tokens as those of the passages are kept."""
        vector, tokens = self.encoder.encode_query(text)
        return vector, self._channels.tokens.project(tokens)

    def rows_of(self, only: Only) -> Rows:
        """Return which rows are passages of the articles that `only` takes, `(n,)`."""
        taken = (only(article) for article in self.articles.values())
        return self._channels.rows_of(np.fromiter(taken, bool, len(self.articles)))

    def search(
        self, vector: Vector, tokens: Tokens, terms: Terms, k: int = 100, among: Rows | None = None
    ) -> list[Candidate]:
        """Return the passages among the `k` nearest to `vector` or the `k` best by `terms`, in order of rows.

        Only the rows of `among` `(n,)` are searched, by weights of words that are those of all; None for all rows.
        """
        return self._channels.search(vector, tokens, terms, k, among)

    def sentences(self, passage: Passage) -> list[Sentence]:
        """Return the sentences that lie wholly within `passage`, in order. Raises KeyError for a foreign passage."""
        return self._channels.sentences(passage)

    def token_vectors(self, article: Article, start: int, end: int) -> Vectors:
        """Return the vectors `(n, size)` of the tokens that begin in `start` to `end` of the article's text."""
        return self._channels.token_vectors(article, start, end)

    def token_starts(self, article: Article, start: int, end: int) -> NDArray[np.int32]:
        """Return where in the article's text each of the same tokens begins, `(n,)`, rising."""
        return self._channels.token_starts(article, start, end)

    def _known_sketches(self) -> dict[str, Hashes]:
        if self.sketches is None:
            return {}
        return {article.text: sketch for article, sketch in zip(self.articles.values(), self.sketches, strict=True)}

    def _write(self, folder: Path) -> None:
        write_articles(folder, self.articles.values())
        write_passages(folder, self.passages)
        save_rows(folder / "vectors.npy", self.encoded.vectors)
        self._channels.dense.save(folder)
        save_array(folder / "sentences.npy", self.encoded.sentences)
        save_rows(folder / "sentence_vectors.npy", self.sentence_vectors)
        self._channels.tokens.save(folder / "tokens")
        self.lexical.save(folder / "lexical")
        self._channels.article_words.save(folder / "article_words")
        self.casing.save(folder / "names.txt")


def _counted(
    count: int, text: Callable[[int], str], before: LexicalIndex | None, taken: NDArray[np.int64] | None
) -> LexicalIndex:
    """Return the words of the rows that have `text`, of which those that are `taken` were counted `before`."""
    if before is None or taken is None or not before.counted:
        return LexicalIndex.build(map(text, range(count)))
    return before.renewed(taken, map(text, np.flatnonzero(taken < 0).tolist()))


def _by_article(stories: Sequence[Story]) -> dict[str, Story]:
    return {article.article_id: story for story in stories for article in story.articles}


def silent(what: str, done: int, total: int) -> None:
    """Report no progress."""


def _manifest(
    encoder: Encoder, splitter: tuple[int, int], articles: Sequence[Article], passages: int
) -> dict[str, Any]:
    days = [article.published.date().isoformat() for article in articles if article.published]
    return {
        **made_with(encoder, *splitter),
        "articles": len(articles),
        "from": min(days, default=None),
        "to": max(days, default=None),
        "passages": passages,
        "unknown": unknown(articles),
    }
