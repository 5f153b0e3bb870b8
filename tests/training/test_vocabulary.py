"""One Vietnamese syllable is one piece, with and without its marks."""

from training.types import Section, TrainingText
from training.vocabulary import make_tokenizer

TEXT = TrainingText(
    sections=(Section("đường sắt", "Lịch sử", ("Đường sắt Bắc Nam nối Hà Nội với Sài Gòn.",) * 8),),
    translations=(),
    words=(),
    questions=(),
)


def pieces(text):
    return make_tokenizer(TEXT, ["railway", "rail", "##way", "[unused1]", "ж"]).encode(text).tokens[1:-1]


def test_a_frequent_syllable_is_one_piece_with_and_without_marks():
    assert pieces("Đường sắt Hà Nội") == ["đường", "sắt", "hà", "nội"]
    assert pieces("duong sat ha noi") == ["duong", "sat", "ha", "noi"]


def test_english_pieces_stay_and_other_scripts_go():
    assert pieces("railway") == ["railway"]
    assert pieces("ж") == ["[UNK]"]


def test_a_syllable_never_seen_is_spelt_and_not_unknown():
    assert "[UNK]" not in pieces("khuỷu ngoẹo")


def test_decomposed_text_gives_the_same_pieces():
    assert pieces("đường") == pieces("đu\u031bo\u031b\u0300ng")
