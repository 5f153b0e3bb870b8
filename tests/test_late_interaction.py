"""Late interaction keeps tokens small and scores as the formula says."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from index import Encoder, PassageIndex, late_interaction
from index.articles import Corpus
from index.late_interaction import TokenGathering, TokenIndex, Tokens, principal_axes, projected


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    vectors = rng.normal(size=shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def gathered(articles: list[np.ndarray]) -> TokenGathering:
    made = TokenGathering(np.eye(32, dtype=np.float32), len(articles))
    for number, vectors in enumerate(articles):
        starts = np.maximum(-1, np.arange(-2, len(vectors) - 2)).astype(np.int32)
        for half in (slice(0, len(vectors) // 2), slice(len(vectors) // 2, None)):
            made.add(number, vectors[half].astype(np.float16), starts[half])
    return made


@pytest.fixture
def articles() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [unit(rng, count, 32) for count in (5, 0, 1, 40, 7)]


@pytest.fixture
def tokens(articles: list[np.ndarray]) -> TokenIndex:
    return gathered(articles).done()


@pytest.fixture
def asked() -> Tokens:
    vectors = unit(np.random.default_rng(1), 6, 32)
    return Tokens(vectors, np.zeros((6, 2), np.int64), np.array([1, 2, 3, 1, 1, 5], np.float32))


def test_a_score_is_the_weighted_mean_of_each_tokens_best_cosine(
    tokens: TokenIndex, articles: list[np.ndarray], asked: Tokens
) -> None:
    ranges = [[tokens.range(3, -1, 99)], [tokens.range(0, -1, 0), tokens.range(0, 2, 3)]]
    texts = [articles[3], articles[0][[0, 1, 4]]]
    expected = [np.average((asked.vectors @ text.T).max(axis=1), weights=asked.weights) for text in texts]
    assert np.allclose(tokens.scores(asked, ranges), expected, atol=0.01)


def test_a_text_or_question_without_tokens_scores_nothing(tokens: TokenIndex, asked: Tokens) -> None:
    ranges = [[tokens.range(1, -1, 99)], [tokens.range(4, 0, 99)]]
    assert tokens.scores(asked, ranges)[0] == 0 != tokens.scores(asked, ranges)[1]
    nothing = Tokens(np.empty((0, 32), np.float32), np.empty((0, 2), np.int64), np.empty(0, np.float32))
    assert tokens.scores(nothing, ranges).tolist() == [0, 0]
    assert tokens.scores(asked, []).tolist() == []


def test_what_is_saved_scores_the_same_and_tells_the_headline_from_the_article(
    tokens: TokenIndex, articles: list[np.ndarray], asked: Tokens, tmp_path: Path
) -> None:
    tokens.save(tmp_path / "tokens")
    loaded = TokenIndex.load(tmp_path / "tokens")
    ranges = [[loaded.range(number, -1, 99)] for number in range(5)]
    assert np.array_equal(loaded.scores(asked, ranges), tokens.scores(asked, ranges))
    assert np.allclose(loaded.vectors(*loaded.range(0, 0, 99)), articles[0][2:], atol=0.01)


def test_the_tokens_of_a_passage_are_those_of_the_headline_and_its_own(tokens: TokenIndex) -> None:
    for number, start, end in [(3, 0, 99), (3, 4, 9), (0, 2, 3), (1, 0, 9), (2, 0, 1)]:
        assert tokens.of_passage(number, start, end) == [tokens.range(number, -1, 0), tokens.range(number, start, end)]


def test_many_tokens_lie_in_a_file_until_the_end_and_make_the_same_index(
    articles: list[np.ndarray], tokens: TokenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_interaction, "IN_MEMORY", 100)
    monkeypatch.setattr(late_interaction, "_AT_ONCE", 7)
    made = gathered(articles)
    assert not isinstance(made._file._file, BytesIO)
    found = made.done()
    for name in ("levels", "step", "starts", "bounds"):
        assert np.array_equal(getattr(found, name), getattr(tokens, name))
    assert np.abs(found.levels).max() == 127


def test_tokens_of_an_earlier_article_are_refused() -> None:
    made = gathered([np.eye(32, dtype=np.float32)[:2]] * 2)
    with pytest.raises(ValueError, match="article 0 after those of a later one"):
        made.add(0, np.zeros((1, 32), np.float16), np.zeros(1, np.int32))


def test_the_principal_axes_keep_what_the_vectors_differ_in() -> None:
    rng = np.random.default_rng(2)
    flat = unit(rng, 200, 4) @ unit(rng, 4, 24)
    kept = projected(flat, principal_axes(flat, 4))
    lengths = np.linalg.norm(flat, axis=1)
    assert np.allclose(kept @ kept.T, flat @ flat.T / np.outer(lengths, lengths), atol=1e-4)


def test_every_sentence_and_headline_has_its_own_tokens_and_a_passage_those_of_its_sentences(
    corpus: Corpus, encoder: Encoder
) -> None:
    made = PassageIndex.from_articles(corpus.articles[:3], encoder)
    tokens = made._channels.tokens
    for number, article in enumerate(corpus.articles[:3]):
        if article.title:
            assert np.diff(tokens.range(number, -1, 0)) == encoder.count_tokens([article.title])
        starts = tokens.starts[slice(*tokens.range(number, 0, len(article.text)))]
        assert (np.diff(starts) > 0).all()
        assert not any(article.text[start].isspace() for start in starts)
    for passage in made.passages:
        article = made.articles[passage.article_id]
        sentences = [article.text[s.start : s.end] for s in made.sentences(passage)]
        own = made.token_vectors(article, passage.start, passage.end)
        assert len(own) == sum(encoder.count_tokens(sentences)) > 20
