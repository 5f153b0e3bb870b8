"""What a passage's scores are made of."""

import numpy as np
import pytest

from index import Article, Encoder, PassageIndex
from index.articles import Corpus


@pytest.fixture
def made(corpus: Corpus, encoder: Encoder) -> PassageIndex:
    return PassageIndex.from_articles(corpus.articles[:2], encoder)


def test_a_vector_score_is_the_mean_of_the_passage_and_of_its_best_sentence(
    made: PassageIndex, encoder: Encoder
) -> None:
    vector, tokens = made.encode_question("Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    own = encoder.encode_documents([f"{made.articles[p.article_id].title}. {p.text}" for p in made.passages]) @ vector
    for found in made.search(vector, tokens, made.lexical.terms([])):
        rows = [sentence.row for sentence in made.sentences(made.passages[found.row])]
        best = (made.sentence_vectors[rows].astype(np.float32) @ vector).max()
        assert found.vector_score == pytest.approx((own[found.row] + best) / 2, abs=0.01)


def test_a_passage_without_whole_sentences_counts_by_itself_alone(made: PassageIndex) -> None:
    vector, _ = made.encode_question("Đường bay?")
    rows = np.arange(len(made.passages))
    channels = made._channels
    channels._within[0] = 0
    scores = channels._best_sentences(vector, rows)
    assert scores[0] == channels.dense.scores(vector, rows)[0]
    assert not np.array_equal(scores[1:], channels.dense.scores(vector, rows)[1:])


def test_a_word_elsewhere_in_its_article_speaks_for_a_passage(encoder: Encoder) -> None:
    filler = " ".join(f"Câu thứ {number} nói về chuyện khác." for number in range(60))
    articles = [
        Article("a", "a.txt", "Hải quan mở cửa. " + filler + " Giá vé đã tăng."),
        Article("b", "b.txt", "Chợ hoa đông người. " + filler + " Giá vé đã tăng."),
    ]
    made = PassageIndex.from_articles(articles, encoder)
    last = {passage.article_id: row for row, passage in enumerate(made.passages)}
    assert "Hải quan" not in made.passages[last["a"]].text
    vector, tokens = made.encode_question("Hải quan tăng giá vé?")
    found = {
        each.row: each.lexical_score
        for each in made.search(vector, tokens, made.lexical.terms(["hải", "quan", "giá", "vé"]))
    }
    assert found[last["a"]] > found[last["b"]]
