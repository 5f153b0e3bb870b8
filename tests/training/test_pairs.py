"""Batches hold queries with the passages they should find."""

from random import Random

from index.vietnamese import strip_marks
from training.pairs import ArticlePairs, Habits, OpenPairs, cut_windows, group_by_article, parallel_runs, part_of
from training.rewording import Rewording
from training.types import OpenQuestion, Section, Translation

SENTENCES = (
    "Sân bay Cát Bi nằm cách trung tâm thành phố Hải Phòng khoảng 5 km về phía đông nam.",
    "Đường băng mới dài 3050 m được đưa vào khai thác ngày 12 tháng 5 năm 2016.",
    "Nhà ga hành khách hai tầng có thể phục vụ 4 triệu lượt khách mỗi năm vì lượng khách tăng rất nhanh.",
    "Các hãng hàng không mở thêm nhiều chuyến bay thẳng tới Seoul, Bangkok và Thâm Quyến.",
    "Một nhà ga hàng hóa được xây dựng ở phía bắc để phục vụ các khu công nghiệp của thành phố.",
)
AIRPORT = Section("sân bay cát bi", "Lịch sử", (" ".join(SENTENCES[:3]), " ".join(SENTENCES[3:])))
ROADS = Section(
    "sân bay cát bi", "Giao thông", ("Xe buýt nối sân bay với bến xe Niệm Nghĩa trong 20 phút mỗi chuyến.",)
)
LAW = Section("", "Hiệu lực thi hành", ("Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.",))
PLAIN = Habits(0.0, 0.0, 0.0, 0.0, 0.0)


def test_sections_of_one_title_are_one_article_and_a_law_stands_alone():
    assert group_by_article([AIRPORT, ROADS, LAW, LAW]) == [[AIRPORT, ROADS], [LAW], [LAW]]


def test_windows_hold_every_sentence_once_and_in_order():
    for seed in range(10):
        windows = cut_windows(AIRPORT, Random(seed))
        assert tuple(sentence for window in windows for sentence in window.sentences) == SENTENCES
        assert [bool(window.heading) for window in windows] == [True] + [False] * (len(windows) - 1)


def test_a_batch_has_its_size_and_a_query_knows_something_of_its_passage():
    pairs = ArticlePairs([AIRPORT, ROADS, LAW], Rewording({}), PLAIN).batch(20, Random(5))
    assert len(pairs) == 20
    text = " ".join(p for section in (AIRPORT, ROADS, LAW) for p in section.paragraphs)
    assert all(pair.passage.strip() and set(pair.passage.split()) <= set(text.split()) for pair in pairs)
    assert all(pair.query.strip() for pair in pairs)


def test_every_query_can_be_typed_without_marks():
    pairs = ArticlePairs([AIRPORT], Rewording({}), Habits(without_marks=1.0)).batch(12, Random(2))
    assert all(pair.query == strip_marks(pair.query) for pair in pairs)


def test_one_seed_gives_one_batch():
    articles = ArticlePairs([AIRPORT, ROADS, LAW], Rewording({}))
    assert articles.batch(8, Random(1)) == articles.batch(8, Random(1))


def test_a_part_is_words_in_a_row():
    for seed in range(10):
        part = part_of(SENTENCES[0], Random(seed))
        assert part in SENTENCES[0]
        assert 4 <= len(part.split()) <= 20


def test_runs_do_not_cross_sources_and_leave_lists_of_sentences_out():
    alt = [Translation(f"e{i}", f"v{i}", "vi", "alt") for i in range(4)]
    course = [Translation(f"c{i}", f"d{i}", "vi", "d2l") for i in range(4)]
    tatoeba = [Translation("Hi.", "Chào.", "vi", "tatoeba")] * 4
    runs = parallel_runs([*alt, *tatoeba, *course])
    assert alt in runs
    assert course in runs
    assert all(len({row.source for row in run}) == 1 and run[0].source != "tatoeba" for run in runs)


def test_questions_across_languages_stand_against_the_other_language():
    rows = [Translation(f"The minister said word{i} today", f"Bộ trưởng nói tiếng{i}", "vi", "alt") for i in range(4)]
    pairs = OpenPairs([], rows).across_languages(20, Random(0))
    assert all(("minister" in pair.query) != ("minister" in pair.passage) for pair in pairs if len(pair.query) > 9)


def test_open_questions_keep_their_own_passage():
    questions = [OpenQuestion(f"Câu {i}?", f"Đoạn {i}", "vi", "nanibot") for i in range(5)]
    for pair in OpenPairs(questions, []).questions(10, Random(0)):
        assert pair.query.split()[1].rstrip("?") == pair.passage.split()[1]
