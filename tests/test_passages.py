from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from index.articles import Corpus
from index.encoder import Encoder
from index.passages import split_article
from index.vietnamese import sentence_spans


def count_words(texts):
    return [len(text.split()) for text in texts]


WORDS = st.sampled_from(
    ["Mưa", "lớn", "ở", "TP.", "Hải", "Phòng.", "33,8", "tỷ.", "“Đi!”", "rồi", "về…", "\n", "13/11."]
)


@given(st.lists(WORDS, max_size=120), st.integers(1, 30), st.integers(0, 10))
def test_passages_are_slices_that_cover_every_word_in_order(words: list[str], size: int, overlap: int) -> None:
    article = Article("a", "a.txt", " ".join(words))
    passages = split_article(article, count_words, size, min(overlap, size - 1))
    assert all(article.text[p.start : p.end] == p.text for p in passages)
    assert all(left.start < right.start and left.end < right.end for left, right in pairwise(passages))
    assert all(len(p.text.split()) <= size for p in passages)
    covered = set()
    for passage in passages:
        covered.update(range(passage.start, passage.end))
    assert all(i in covered for i, character in enumerate(article.text) if not character.isspace())


def test_whole_sentences_stay_whole_in_the_seeds(corpus: Corpus, encoder: Encoder) -> None:
    for article in corpus.articles:
        passages = split_article(article, encoder.count_tokens)
        assert all(article.text[p.start : p.end] == p.text for p in passages)
        assert max(encoder.count_tokens([p.text for p in passages])) <= 320
        for start, end in sentence_spans(article.text):
            if encoder.count_tokens([article.text[start:end]])[0] <= 320:
                assert any(p.start <= start and end <= p.end for p in passages)


def test_sentences_of_the_end_begin_the_next_passage() -> None:
    article = Article("a", "a.txt", "Một hai ba. Bốn năm. Sáu bảy tám. Chín mười.")
    texts = [p.text for p in split_article(article, count_words, 5, 3)]
    assert texts == ["Một hai ba. Bốn năm.", "Bốn năm. Sáu bảy tám.", "Sáu bảy tám. Chín mười."]


def test_a_sentence_that_repeats_word_for_word_keeps_its_own_place() -> None:
    article = Article("a", "a.txt", "Mưa to. Mưa to. Mưa to.")
    assert [(p.start, p.end) for p in split_article(article, count_words, 2, 0)] == [(0, 7), (8, 15), (16, 23)]


def test_overlap_must_be_less_than_the_passage() -> None:
    with pytest.raises(ValueError, match="overlap of 5 tokens for passages of 5"):
        split_article(Article("a", "a.txt", "Mưa."), count_words, 5, 5)


def test_an_empty_article_has_no_passages() -> None:
    assert split_article(Article("a", "a.txt", ""), count_words) == []
