"""What holds in every whole generation: one function an invariant, which returns what is wrong, in words.

The files are those of the manifest to the byte when these are asked; they find what was written wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.articles import id_of
from index.casing import Casing
from index.encoded import with_headline
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.made_with import NORMALISER
from index.moves import MOVES, paths_of, stored_moves
from index.passages import SPLITTER
from index.sources import SOURCES
from index.store import Manifest, read_jsonl
from index.stored_articles import COPIES, stored_articles
from index.stories import SKETCHES, STORIES, sketches_of, stored_sketches, stories_of
from index.types import Article, Passage
from index.versions import VERSIONS, current_ids, stored_past
from index.vietnamese import normalize, sentence_spans

SAMPLES = 32  # passages that are encoded again
LEAST_COSINE = 0.999  # of a passage with itself encoded again, in bfloat16 too: 0.9995 was the least seen
UNIT = 1e-3  # by which the length of a vector may differ from 1; sentence vectors have 11 bits

Wrong = list[str]


@dataclass(frozen=True)
class Stored:
    """A generation as it lies on disk: what is asked for is read once."""

    folder: Path
    manifest: Manifest

    @cached_property
    def articles(self) -> list[Article]:
        """The articles, in order."""
        return stored_articles(self.folder)

    @cached_property
    def passages(self) -> list[dict[str, Any]]:
        """The rows of the passages, without their texts."""
        return read_jsonl(self.folder / "passages.jsonl")

    @cached_property
    def passage_texts(self) -> list[str]:
        """What the encoder and BM25 read of each passage."""
        by_id = {article.article_id: article for article in self.articles}
        owners = [by_id[row["article_id"]] for row in self.passages]
        return [
            with_headline(owner, owner.text[row["start"] : row["end"]])
            for owner, row in zip(owners, self.passages, strict=True)
        ]

    @cached_property
    def article_texts(self) -> list[str]:
        """What BM25 reads of each article."""
        return [with_headline(article, article.text) for article in self.articles]

    def array(self, name: str) -> NDArray[Any]:
        """The array of that file, left on disk."""
        array: NDArray[Any] = np.load(self.folder / name, mmap_mode="r", allow_pickle=False)
        return array


def manifest_fields(stored: Stored) -> Wrong:
    """The manifest has every field, of its kind."""
    kinds = {"model": dict, "passage_tokens": int, "normaliser": str, "articles": int, "passages": int, "corpus": str}
    model = {"name": str, "weights": str, "dimension": int}
    made = stored.manifest.get("model")
    return [
        f"manifest: {name} is {values.get(name)!r}, not {kind.__name__}"
        for values, fields in ((stored.manifest, kinds), (made if isinstance(made, dict) else {}, model))
        for name, kind in fields.items()
        if not isinstance(values.get(name), kind)
    ]


def counts(stored: Stored) -> Wrong:
    """There are as many articles, passages and vectors as the manifest says."""
    found = {
        "articles": (stored.manifest["articles"], len(stored.articles)),
        "passages": (stored.manifest["passages"], len(stored.passages)),
        "passage vectors": (len(stored.passages), len(stored.array("vectors.npy"))),
        "sentence vectors": (len(stored.array("sentences.npy")), len(stored.array("sentence_vectors.npy"))),
    }
    return [f"{has} {what}, {said} were expected" for what, (said, has) in found.items() if said != has]


def dates(stored: Stored) -> Wrong:
    """The manifest's dates are the first and the last of the articles."""
    days = [article.published.date().isoformat() for article in stored.articles if article.published]
    expected = min(days, default=None), max(days, default=None)
    said = stored.manifest.get("from"), stored.manifest.get("to")
    return [] if said == expected else [f"manifest: dates {said}, the articles have {expected}"]


def article_ids(stored: Stored) -> Wrong:
    """Each article has the id of its content and place, no two the same."""
    ids = [article.article_id for article in stored.articles]
    wrong = [f"article id {each} is there twice" for each in _twice(ids)]
    return wrong + [
        f"{article.path}: id {article.article_id} is not that of its content"
        for article in stored.articles
        if article.article_id != id_of(article.path, article.title, article.text)
    ]


def texts_once(stored: Stored) -> Wrong:
    """No text is there twice, and none is empty."""
    texts = [article.text for article in stored.articles]
    wrong = [f"a text is there twice: {text[:60]!r}" for text in _twice(texts)]
    return wrong + [f"{article.path}: no text" for article in stored.articles if not article.text.strip()]


def normaliser(stored: Stored) -> Wrong:
    """Texts are normalised as this version does it: doing it again changes nothing."""
    said = stored.manifest["normaliser"]
    wrong = [] if said == NORMALISER else [f"manifest: normaliser {said!r}, this version has {NORMALISER!r}"]
    return wrong + [
        f"{article.path}: text or title is not normalised"
        for article in stored.articles
        if any(normalize(text) != text for text in (article.text, article.title or ""))
    ]


def passage_slices(stored: Stored) -> Wrong:
    """Each passage is a slice of its article with whole ends, in order, under the id of its place, no two the same."""
    numbers = {article.article_id: number for number, article in enumerate(stored.articles)}
    wrong = [f"passage id {each} is there twice" for each in _twice([row["passage_id"] for row in stored.passages])]
    places = []
    for row in stored.passages:
        if row["article_id"] not in numbers:
            wrong.append(f"passage {row['passage_id']} is of no article")
            continue
        article = stored.articles[numbers[row["article_id"]]]
        places.append((numbers[row["article_id"]], row["start"]))
        passage = Passage(article, row["start"], row["end"])
        inside = 0 <= passage.start < passage.end <= len(article.text)
        if not inside or passage.text != passage.text.strip() or passage.passage_id != row["passage_id"]:
            wrong.append(f"passage {row['passage_id']} is no slice of {article.path}")
    return wrong if places == sorted(places) else [*wrong, "passages are not in order of their articles"]


def passages_cover(stored: Stored) -> Wrong:
    """Every sentence is within the passages of its article."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in stored.passages:
        spans.setdefault(row["article_id"], []).append((row["start"], row["end"]))
    wrong = []
    for article in stored.articles:
        covered = np.zeros(len(article.text), bool)
        for start, end in spans.get(article.article_id, ()):
            covered[start:end] = True
        bare = [start for start, end in sentence_spans(article.text) if not (covered[start] and covered[end - 1])]
        wrong += [f"{article.path}: the sentence at {start} is in no passage" for start in bare[:1]]
    return wrong


def sentence_slices(stored: Stored) -> Wrong:
    """The sentences are those of the articles' texts, in order; an earlier splitter's at least leave nothing out."""
    rows = stored.array("sentences.npy")
    if rows.dtype == np.int32 and stored.manifest.get("splitter") != SPLITTER:
        return _left_out(stored.articles, rows)
    expected = [
        (number, *span) for number, article in enumerate(stored.articles) for span in sentence_spans(article.text)
    ]
    if rows.dtype != np.int32 or np.array_equal(rows, np.asarray(expected, np.int32).reshape(-1, 3)):
        return [] if rows.dtype == np.int32 else [f"sentences.npy: {rows.dtype}, not int32"]
    return [f"sentences.npy: not the {len(expected)} sentences of the articles"]


def _left_out(articles: Sequence[Article], rows: NDArray[np.int32]) -> Wrong:
    written: dict[int, list[str]] = {}
    for number, start, end in rows.tolist():
        if 0 <= number < len(articles):
            written.setdefault(number, []).append(articles[number].text[start:end])
    return [
        f"sentences.npy: not the text of {article.path}"
        for number, article in enumerate(articles)
        if "".join("".join(written.get(number, [])).split()) != "".join(article.text.split())
    ]


def unit_vectors(stored: Stored) -> Wrong:
    """Vectors are of the model's dimension, finite, and of length 1."""
    wrong = []
    for name in ("vectors.npy", "sentence_vectors.npy"):
        vectors = stored.array(name)
        if vectors.ndim != 2 or vectors.shape[1] != stored.manifest["model"]["dimension"]:
            wrong.append(f"{name}: of shape {vectors.shape}, the model has {stored.manifest['model']['dimension']}")
            continue
        lengths = np.concatenate(
            [np.linalg.norm(part.astype(np.float32), axis=1) for part in _parts(vectors)] or [np.empty(0, np.float32)]
        )
        far = np.flatnonzero(~(np.abs(lengths - 1) <= UNIT))
        wrong += [f"{name}: row {row} has length {lengths[row]:.4f}" for row in far[:3].tolist()]
    return wrong


def token_ranges(stored: Stored) -> Wrong:
    """The tokens of each article lie between its bounds, in order, and begin in its text, or at -1 in the headline."""
    bounds, starts = stored.array("tokens/bounds.npy"), stored.array("tokens/starts.npy")
    sizes = len(starts), len(stored.array("tokens/levels.npy")), int(bounds[-1])
    if len(bounds) != len(stored.articles) + 1 or bounds[0] != 0 or len(set(sizes)) > 1 or (np.diff(bounds) < 0).any():
        return [f"tokens: bounds of {len(bounds) - 1} articles up to {sizes[2]} for {sizes[0]} starts, {sizes[1]} rows"]
    wrong = []
    for number, article in enumerate(stored.articles):
        own = starts[bounds[number] : bounds[number + 1]]
        if len(own) and (own[0] < -1 or own[-1] >= len(article.text) or (np.diff(own) < 0).any()):
            wrong.append(f"tokens: those of {article.path} are not in order within its text")
    return wrong


def token_levels(stored: Stored) -> Wrong:
    """The tokens' levels are signed bytes of -127 to 127; their step is positive; the axes lead to as many numbers."""
    levels, step, axes = (stored.array(f"tokens/{name}.npy") for name in ("levels", "step", "axes"))
    shapes = levels.shape[1:] == step.shape == axes.shape[1:] and len(axes) == stored.manifest["model"]["dimension"]
    if not shapes or levels.dtype != np.int8:
        return [f"tokens: levels {levels.shape} {levels.dtype}, step {step.shape}, axes {axes.shape} do not fit"]
    wrong = [] if np.isfinite(step).all() and (step > 0).all() else ["tokens: a step that is not positive"]
    return wrong + (["tokens: a level of -128"] if any((part == -128).any() for part in _parts(levels)) else [])


def passage_words(stored: Stored) -> Wrong:
    """BM25 over the passages is what is counted in their texts today."""
    return _words(stored.folder / "lexical", stored.passage_texts)


def article_words(stored: Stored) -> Wrong:
    """BM25 over the articles is what is counted in their texts today."""
    return _words(stored.folder / "article_words", stored.article_texts)


def casing(stored: Stored) -> Wrong:
    """The names are those that the articles write with capitals."""
    same = Casing.load(stored.folder / "names.txt").names == Casing.of(stored.article_texts).names
    return [] if same else ["names.txt: not the names of the articles"]


def sources(stored: Stored) -> Wrong:
    """The files of the folder, where they are noted, are one for each article."""
    if SOURCES not in stored.manifest["files"]:
        return []
    noted = [row["article_id"] for row in read_jsonl(stored.folder / SOURCES)]
    same = noted == [article.article_id for article in stored.articles]
    return [] if same else [f"{SOURCES}: not one file for each article, in order"]


def versions(stored: Stored) -> Wrong:
    """Earlier versions have the ids of their content, where articles or copies stand or stood, none twice."""
    past = stored_past(stored.folder)
    current = current_ids(stored.articles, past.moves)
    ids = [version.article_id for version in past.versions]
    wrong = [f"{VERSIONS}: id {each} is there twice" for each in _twice(ids)]
    for version in past.versions:
        if version.path not in current:
            wrong.append(f"{VERSIONS}: {version.path} is the path of no article")
        elif version.article_id in current[version.path]:
            wrong.append(f"{VERSIONS}: {version.path} has this text now")
        elif version.article_id != id_of(version.path, version.title, version.text):
            wrong.append(f"{VERSIONS}: id {version.article_id} is not that of its content")
    return wrong


def moves(stored: Stored) -> Wrong:
    """What was moved is at a path that an article or its copy has."""
    paths = {path for article in stored.articles for path in paths_of(article)}
    return [
        f"{MOVES}: {path} is now {home}, the path of no article"
        for path, home in stored_moves(stored.folder).items()
        if home not in paths or home == path
    ]


def copies(stored: Stored) -> Wrong:
    """Other places where a text stands are of an article that is there, and no place is told twice."""
    path = stored.folder / COPIES
    rows = read_jsonl(path) if path.is_file() else []
    known = {article.article_id for article in stored.articles}
    wrong = [f"{COPIES}: {row['path']} is a copy of no article" for row in rows if row["article_id"] not in known]
    paths = [*(article.path for article in stored.articles), *(row["path"] for row in rows)]
    return wrong + [f"{COPIES}: {each} is told twice" for each in _twice(paths)]


def stories(stored: Stored) -> Wrong:
    """The stories and the sketches are those of the articles today; an older index has none."""
    path, sketches = stored.folder / STORIES, stored_sketches(stored.folder)
    told = [row["article_ids"] for row in read_jsonl(path)] if path.is_file() else []
    if sketches is None and not told:
        return []
    expected = sketches_of([article.text for article in stored.articles])
    if sketches is None or not np.array_equal(sketches, expected):
        return [f"{SKETCHES}: not those of the {len(stored.articles)} articles"]
    found = [[article.article_id for article in story.articles] for story in stories_of(stored.articles, expected)]
    return [] if told == found else [f"{STORIES}: not the {len(found)} stories of the articles"]


INVARIANTS: tuple[Callable[[Stored], Wrong], ...] = (
    manifest_fields,
    counts,
    dates,
    article_ids,
    texts_once,
    normaliser,
    passage_slices,
    passages_cover,
    sentence_slices,
    unit_vectors,
    token_ranges,
    token_levels,
    passage_words,
    article_words,
    casing,
    sources,
    versions,
    moves,
    copies,
    stories,
)


def encoded_again(stored: Stored, encoder: Encoder) -> Wrong:
    """Passages spread over the index, encoded again, give their vectors."""
    rows = np.unique(np.linspace(0, len(stored.passages) - 1, SAMPLES).astype(np.int64))
    again = encoder.encode_documents([stored.passage_texts[row] for row in rows.tolist()])
    cosines = (again * stored.array("vectors.npy")[rows]).sum(axis=1)
    return [
        f"passage {stored.passages[row]['passage_id']}: encoded again it has cosine {cosine:.4f} with its vector"
        for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
        if not cosine >= LEAST_COSINE
    ][:3]


def _words(folder: Path, texts: Sequence[str]) -> Wrong:
    stored, counted = LexicalIndex.load(folder, len(texts)), LexicalIndex.build(texts)
    return [] if stored.same_as(counted) else [f"{folder.name}: not the words of the {len(texts)} texts"]


def _twice(values: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]


def _parts(array: NDArray[Any]) -> list[NDArray[Any]]:
    return [array[first : first + 100_000] for first in range(0, len(array), 100_000)]
