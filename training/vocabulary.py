"""tokenizer.json: the English pieces kept, Vietnamese syllables with and without marks, Chinese characters.

    python -m training.vocabulary --data DIR --out DIR

One syllable is one piece. Unicode NFC, lower case, marks kept.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from training.data import read_training_text
from training.encoder import teacher_pieces
from training.types import TrainingText

SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

# A syllable seen fewer times is a misspelling or a foreign name; the longest Vietnamese syllable is "nghiêng".
_FEWEST_SYLLABLES, _LONGEST_SYLLABLE, _MOST_SYLLABLES = 8, 8, 9000
_FEWEST_PLAIN_WORDS, _MOST_PLAIN_WORDS = 40, 9000
_FEWEST_CHARACTERS = 4
# Parallel text is small beside the encyclopaedia and newer in its words.
_PARALLEL_COUNTS = 3
_VIETNAMESE_WORD = re.compile(r"[a-zđăâêôơưà-ỹ]+")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

log = logging.getLogger("training.vocabulary")


def make_tokenizer(text: TrainingText, english_pieces: Iterable[str]) -> Tokenizer:
    """Return the tokenizer whose pieces are taken from the text and from the English ones."""
    pieces = _pieces(text, english_pieces)
    vocabulary = {piece: row for row, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=SPECIAL_PIECES[1], max_input_chars_per_word=50))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(piece, vocabulary[piece]) for piece in ("[CLS]", "[SEP]")],
    )
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def count_words(text: TrainingText) -> Counter[str]:
    """Return how often each lower-case Vietnamese word occurs, most frequent first in ties of first sight."""
    counts: Counter[str] = Counter()
    for section in text.sections:
        _count(counts, " ".join([section.title, section.heading, *section.paragraphs]), 1)
    for translation in text.translations:
        if translation.language == "vi":
            _count(counts, translation.text, _PARALLEL_COUNTS)
    return counts


def count_characters(text: TrainingText) -> Counter[str]:
    """Return how often each Chinese character occurs."""
    counts: Counter[str] = Counter()
    for translation in text.translations:
        if translation.language == "zh":
            counts.update(translation.text)
    for question in text.questions:
        if question.language == "zh":
            counts.update(question.question + question.passage)
    return Counter({c: n for c, n in counts.items() if "\u4e00" <= c <= "\u9fff"})


def _pieces(text: TrainingText, english_pieces: Iterable[str]) -> list[str]:
    words = count_words(text)
    syllables = [word for word, n in words.most_common() if n >= _FEWEST_SYLLABLES and _is_marked_syllable(word)]
    syllables = syllables[:_MOST_SYLLABLES]
    plain = [w for w, n in words.most_common() if n >= _FEWEST_PLAIN_WORDS and w.isascii() and w.isalpha()]
    characters = [c for c, n in count_characters(text).most_common() if n >= _FEWEST_CHARACTERS]
    bare = [_without_accents(syllable) for syllable in syllables]
    kept = [piece for piece in english_pieces if _is_kept(piece)]
    return list(
        dict.fromkeys([*SPECIAL_PIECES, *_letters(), *syllables, *bare, *kept, *plain[:_MOST_PLAIN_WORDS], *characters])
    )


def _count(counts: Counter[str], text: str, times: int) -> None:
    for word, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text.lower()):
        counts[word] += times


def _is_marked_syllable(word: str) -> bool:
    short = len(word) <= _LONGEST_SYLLABLE
    return short and _VIETNAMESE_WORD.fullmatch(word) is not None and _without_accents(word) != word


def _without_accents(word: str) -> str:
    """Not Vietnamese marks only: names of other languages are typed without accents too."""
    letters = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", letters).replace("đ", "d")


def _is_kept(piece: str) -> bool:
    """The teacher's Latin pieces and signs stay; its other scripts go."""
    if piece.startswith("[unused"):
        return False
    bare = piece.removeprefix("##")
    if piece.startswith("[") or all(ord(c) < 0x250 for c in bare):
        return True
    return len(bare) == 1 and bare == piece and unicodedata.category(bare)[0] in "PS"


def _letters() -> list[str]:
    """Every letter and digit, at the beginning of a word and inside it: no Vietnamese word is unknown."""
    letters = set("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz0123456789")
    for vowel in "aăâeêioôơuưy":
        letters.update(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES)
    return [piece for letter in sorted(letters) for piece in (letter, "##" + letter)]


def main() -> None:
    """Run the stage from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    tokenizer = make_tokenizer(read_training_text(arguments.data, sys.maxsize), teacher_pieces())
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.out / "tokenizer.json"))
    log.info("%d pieces in %s", tokenizer.get_vocab_size(), arguments.out / "tokenizer.json")


if __name__ == "__main__":
    main()
