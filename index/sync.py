"""An index brought up to date with its folder: what changed is read and encoded, all else is taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index import store
from index.articles import Skipped
from index.encoded import Encoded, Place, Progress, encode_articles, joined
from index.encoder import Encoder, ModelError
from index.made_with import NORMALISER, encoder_of
from index.passage_index import Kept, PassageIndex, silent
from index.passages import OVERLAP_TOKENS, PASSAGE_TOKENS, SPLITTER
from index.sources import ReadFolder, known_from, read_folder
from index.stored_articles import stored_articles
from index.types import Article
from index.vietnamese import sentence_spans

Groups = Sequence[Sequence[str]]  # names of one thing


class SyncError(ValueError):
    """A strict sync met files that it cannot take. Nothing was published; the message names them."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found, by the paths of the articles, in order.

    A file under another name is `removed` and `added`; citations of it still open. `changed`: another text, or other
    facts, of which another file with the same text is one. `duplicates`: paths, each with that of the article that has
    the same text. `read`: files that were opened and cleaned; `encoded`: articles that the encoder read. `published`:
    whether there is a new generation.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    duplicates: Mapping[str, str]
    problems: tuple[Skipped, ...]
    names_changed: bool
    read: int = 0
    encoded: int = 0
    published: bool = False

    @property
    def nothing_new(self) -> bool:
        """Whether the index already says what the folder does."""
        return not (self.added or self.changed or self.removed or self.names_changed)


def sync(  # noqa: PLR0913 (each is an option of the command)
    folder: str | Path,
    directory: str | Path = ".hoibao",
    model: str | Encoder | None = None,
    *,
    names: Groups | None = None,
    dry_run: bool = False,
    strict: bool = False,
    wait: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Bring the index in `directory` up to date with `folder` and return what that took; `dry_run` changes nothing.

    A file that cannot be read is reported and is no article, as in a build; with `strict` it stops the whole. `names`:
    groups of names of one thing; None keeps those of the index. With `wait` another writer is waited for.
    Raises CorpusError (no articles), StoreError (no index, damaged, busy), ModelError (`model`, or a setting, is not
    that of the index), SyncError (strict), OSError (disk). The index then stays as it was.
    """
    folder, directory = Path(folder), Path(directory)
    store.check_there(directory)
    with store.only_writer(directory, wait):
        generation, manifest = store.open_generation(directory)
        articles = stored_articles(generation)
        read = read_folder(folder, known_from(manifest, generation, articles))
        names = manifest.get("names", []) if names is None else names
        report = _report(articles, read, names_changed=_plain(names) != _plain(manifest.get("names", [])))
        if strict and report.problems:
            raise SyncError(f"{folder}: {_lines(report.problems)}; nothing was changed")
        if dry_run or (report.nothing_new and _is_split_as_today(manifest)):
            if model is not None:
                encoder_of(manifest, model, directory)
            if not dry_run:
                store.finish(directory)
            return report
        current = PassageIndex.read(generation, manifest, encoder_of(manifest, model, directory), articles=articles)
        made, encoded = renewed(current, read.corpus.articles, progress)
        made.save(directory, read.facts(), names, read.sources, current)
    return replace(report, encoded=encoded, published=True)


def renewed(
    current: PassageIndex, articles: Sequence[Article], progress: Progress | None = None
) -> tuple[PassageIndex, int]:
    """Return the index of `articles`, and how many of them were encoded: those whose title or text `current` has not.

    What an earlier splitter made other sentences of is encoded anew too.
    Raises ModelError if passages or texts are made in another way today.
    """
    splitter, stale = _splitter(current), _split_otherwise(current)
    known = {
        (article.title, article.text): number
        for number, article in enumerate(current.articles.values())
        if number not in stale
    }
    fresh = [article for article in articles if (article.title, article.text) not in known]
    kept = len(fresh) < len(articles)
    like = current.encoded.tokens if kept else None
    encoded = encode_articles(fresh, current.encoder, progress or silent, *splitter, like)
    taken = None
    if kept:
        places = _places(articles, known, fresh)
        encoded = joined([current.encoded, encoded], articles, places)
        taken = _kept(current, places, encoded)
    return PassageIndex.from_encoded(articles, encoded, current.encoder, *splitter, taken), len(fresh)


def _kept(current: PassageIndex, places: Sequence[Place], encoded: Encoded) -> Kept:
    """Return which articles and passages `current` has, by their numbers in it."""
    articles = np.asarray([number if part == 0 else -1 for part, number in places], np.int64)
    counts = np.diff(encoded.bounds)
    first = np.where(articles >= 0, current.encoded.bounds[articles], -1)
    within = np.arange(len(encoded.passages)) - np.repeat(encoded.bounds[:-1], counts)
    passages = np.repeat(first, counts)
    return Kept(current, articles, np.where(passages >= 0, passages + within, -1))


def _places(
    articles: Sequence[Article], known: Mapping[tuple[str | None, str], int], fresh: Sequence[Article]
) -> list[Place]:
    numbers = {article.article_id: number for number, article in enumerate(fresh)}
    return [
        (1, numbers[article.article_id]) if article.article_id in numbers else (0, known[article.title, article.text])
        for article in articles
    ]


def _is_split_as_today(manifest: Mapping[str, Any]) -> bool:
    return bool(manifest.get("splitter") == SPLITTER)


def _split_otherwise(current: PassageIndex) -> frozenset[int]:
    """Return the numbers of the articles of which an earlier splitter made other sentences than are made today."""
    if _is_split_as_today(current.manifest):
        return frozenset()
    sentences = current.encoded.sentences
    bounds = np.searchsorted(sentences[:, 0], np.arange(len(current.articles) + 1))
    return frozenset(
        number
        for number, article in enumerate(current.articles.values())
        if sentences[bounds[number] : bounds[number + 1], 1:].tolist() != list(map(list, sentence_spans(article.text)))
    )


def _splitter(current: PassageIndex) -> tuple[int, int]:
    """Return the greatest number of tokens of a passage and of the overlap, which must be those of the index."""
    manifest = current.manifest
    size = min(PASSAGE_TOKENS, current.encoder.max_tokens - 2)
    overlap = min(OVERLAP_TOKENS, size // 4)
    made = manifest["passage_tokens"], manifest.get("overlap_tokens", overlap), manifest["normaliser"]
    if made != (size, overlap, NORMALISER):
        build = f"hoibao build {store.as_typed(manifest.get('corpus', 'FOLDER'))}"
        raise ModelError(
            f"this index has passages of {made[0]} tokens, overlapping by {made[1]}, of texts in {made[2]}; now they "
            f"have {size}, {overlap}, {NORMALISER}; make it anew with: {build}"
        )
    return size, overlap


def _report(articles: Sequence[Article], read: ReadFolder, names_changed: bool) -> SyncReport:
    before = {article.path: article for article in articles}
    now = {article.path: article for article in read.corpus.articles}
    both = [path for path in now if path in before]
    return SyncReport(
        added=tuple(path for path in now if path not in before),
        changed=tuple(path for path in both if now[path] != before[path]),
        removed=tuple(path for path in before if path not in now),
        unchanged=tuple(path for path in both if now[path] == before[path]),
        duplicates=read.duplicates,
        problems=tuple(file for file in read.corpus.skipped if file.path not in read.duplicates),
        names_changed=names_changed,
        read=read.read,
    )


def _plain(names: Groups) -> list[list[str]]:
    return [list(group) for group in names]


def _lines(problems: Sequence[Skipped]) -> str:
    return "; ".join(f"{file.path}: {file.reason}" for file in problems)
