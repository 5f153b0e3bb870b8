"""Late interaction keeps tokens small and scores as the formula says."""

from pathlib import Path

import numpy as np
import pytest

from index import Encoder, PassageIndex
from index.articles import Corpus
from index.late_interaction import TokenIndex, Tokens, principal_axes, projected


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    vectors = rng.normal(size=shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture
def passages() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [unit(rng, count, 32) for count in (5, 0, 1, 40, 7)]


@pytest.fixture
def tokens(passages: list[np.ndarray]) -> TokenIndex:
    starts = [np.arange(-2, len(each) - 2, dtype=np.int32) for each in passages]
    return TokenIndex.of(np.eye(32, dtype=np.float32), passages, starts)


@pytest.fixture
def asked() -> Tokens:
    vectors = unit(np.random.default_rng(1), 6, 32)
    return Tokens(vectors, np.zeros((6, 2), np.int64), np.array([1, 2, 3, 1, 1, 5], np.float32))


def test_a_score_is_the_weighted_mean_of_each_tokens_best_cosine(
    tokens: TokenIndex, passages: list[np.ndarray], asked: Tokens
) -> None:
    rows = np.array([3, 0, 2])
    expected = [np.average((asked.vectors @ passages[row].T).max(axis=1), weights=asked.weights) for row in rows]
    assert np.allclose(tokens.scores(asked, rows), expected, atol=0.01)


def test_a_passage_or_question_without_tokens_scores_nothing(tokens: TokenIndex, asked: Tokens) -> None:
    assert tokens.scores(asked, np.array([1, 4]))[0] == 0
    nothing = Tokens(np.empty((0, 32), np.float32), np.empty((0, 2), np.int64), np.empty(0, np.float32))
    assert tokens.scores(nothing, np.array([0, 3])).tolist() == [0, 0]
    assert tokens.scores(asked, np.array([], np.int64)).tolist() == []


def test_what_is_saved_scores_the_same_and_tells_the_headline_from_the_article(
    tokens: TokenIndex, passages: list[np.ndarray], asked: Tokens, tmp_path: Path
) -> None:
    tokens.save(tmp_path / "tokens")
    loaded = TokenIndex.load(tmp_path / "tokens")
    rows = np.arange(5)
    assert np.array_equal(loaded.scores(asked, rows), tokens.scores(asked, rows))
    starts, vectors = loaded.of_passage(0)
    assert starts.tolist() == [0, 1, 2]
    assert np.allclose(vectors, passages[0][2:], atol=0.01)


def test_the_principal_axes_keep_what_the_vectors_differ_in() -> None:
    rng = np.random.default_rng(2)
    flat = unit(rng, 200, 4) @ unit(rng, 4, 24)
    kept = projected(flat, principal_axes(flat, 4))
    lengths = np.linalg.norm(flat, axis=1)
    assert np.allclose(kept @ kept.T, flat @ flat.T / np.outer(lengths, lengths), atol=1e-4)


def test_each_token_of_a_passage_begins_at_its_word_in_the_article(corpus: Corpus, encoder: Encoder) -> None:
    made = PassageIndex.from_articles(corpus.articles[:2], encoder)
    for passage in made.passages:
        text = made.articles[passage.article_id].text
        starts, vectors = made.tokens_of(passage)
        assert len(starts) == len(vectors) > 20
        assert starts[0] == passage.start
        assert passage.start <= starts.min()
        assert starts.max() < passage.end
        assert not any(text[start].isspace() for start in starts)
