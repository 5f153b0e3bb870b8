"""str -> Query: cleaned, its language, the kind of answer that it wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.telex import as_meant
from index.vietnamese import HAN, WORD, has_marks, is_syllable, normalize, squeeze, strip_marks, syllables
from qa.asking_words import asking_spans, asks_in, kind_of
from qa.foreign_names import Translation, translate_names, without_names
from qa.names import Names
from qa.types import Language, Query

MAX_CHARACTERS = 2_000
FOCUS = 4  # two words of two syllables
UNMARKED_SHARE = 0.3  # below this share of words with marks the question was typed without them

_ENGLISH_WORDS = frozenset(
    (
        "a an the of is are was were what when who how did does do in and for to which "
        "where why with from by that has have it its as be been on at after since not "
    ).split()
)
_CHINESE_WORDS = frozenset("的了是在至和与對对从從到中有被把将將及其之于於为為也都就")
_OF_REPORTS = frozenset(  # words that ask what reports say of a thing, without marks
    "noi viet dua ve bai bao tin tuc thong nhac neu de cap ke say said says about news article articles".split()
)
_VIETNAMESE_SHARE = 0.72  # of the words of an unmarked Vietnamese question are Vietnamese syllables at the least
_TYPED_SHARE = 0.9  # … of a question with words that may have been typed for the keyboard to turn into marks


class QuestionError(ValueError):
    """A question that cannot be asked. `code` is "empty" or "too_long"; the message is Vietnamese, for the asker."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_question(
    text: str, names: Names | None = None, as_typed: bool = False, knows: Callable[[str], bool] | None = None
) -> Query:
    """Return `text` as a Query: words typed by Telex or VNI rules and foreign names are read as meant.

    `names` are those of the corpus, `knows` says whether it has a word; `as_typed` leaves every word as it is. Raises
    QuestionError if `text` holds no word, or more than 2,000 characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionError("too_long", f"Câu hỏi quá dài: {len(text):,} ký tự, giới hạn là {MAX_CHARACTERS:,}.")
    clean = squeeze(normalize(text).replace("\n", " "))
    if not any(character.isalpha() for character in clean):
        raise QuestionError("empty", "Xin gõ một câu hỏi, ví dụ: Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    meant, retyped = (clean, ()) if as_typed else _as_meant(clean, knows)
    language = language_of(meant)
    kind = kind_of(meant, language, is_unmarked(meant))
    translation = Translation(meant, ()) if as_typed else translate_names(meant, language == "vi", names)
    return Query(clean, language, kind, translation.text, (*retyped, *translation.replaced))


def _as_meant(text: str, knows: Callable[[str], bool] | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return `text` with words typed by Telex or VNI rules read as meant, and each such word with its reading.

    English words can look so too ("was" -> "ứa"), so nothing changes where the rest, foreign names aside, is no
    Vietnamese; and one word among others may be "gas", "Lisa" or "visa": it is read only where the articles have the
    reading and not what was typed. A question that is typed so throughout is read throughout.
    """
    readings = _readings(text)
    if knows is not None and (not is_unmarked(text) or not _is_typed_throughout(readings, knows)):
        readings = {word: meant for word, meant in readings.items() if knows(meant.lower()) and not knows(word.lower())}
    if HAN.search(text) or not readings:
        return text, ()
    changed = WORD.sub(lambda match: readings.get(match.group(0), match.group(0)), text)
    words = [word for word in syllables(without_names(changed)) if word.isalpha()]
    own = sum(is_syllable(word) and word not in _ENGLISH_WORDS for word in words)
    if own < _TYPED_SHARE * len(words):
        return text, ()
    return changed, tuple(readings.items())


def _readings(text: str) -> dict[str, str]:
    """Return the words of `text` that could have been typed by Telex or VNI rules, each with what it would mean."""
    readings: dict[str, str] = {}
    for word in WORD.findall(text):
        short = word.isupper() and not text.isupper()  # "US", "FED"
        foreign = short or word.lower() in _ENGLISH_WORDS or not without_names(word)
        meant = None if foreign else as_meant(word)
        if meant is not None:
            readings[word] = meant
    return readings


def _is_typed_throughout(readings: Mapping[str, str], knows: Callable[[str], bool]) -> bool:
    """Return whether several words are no others: unknown as typed, and with two keys for marks or known as meant."""
    plain = [
        word
        for word, meant in readings.items()
        if not knows(word.lower()) and (len(word) >= len(meant) + 2 or knows(meant.lower()))
    ]
    return len(plain) > 1


def language_of(text: str) -> Language:
    """Return the language that `text` is written in: Vietnamese, with marks or without, English or Chinese.

    The words that ask say it where they can: Vietnamese questions have foreign names ("vi sao google mua motorola"),
    and English ones Vietnamese names with their marks.
    """
    words = syllables(text)
    if len(HAN.findall(text)) > len(words) / 3:
        return "zh"
    latin = [word for word in words if word.isalpha() and not HAN.search(word)]
    vietnamese, english = asks_in(text, "vi"), asks_in(text, "en")
    if vietnamese and not english:
        return "vi"
    if english and not vietnamese and _reads_english(text):
        return "en"
    if not latin or any(has_marks(word) for word in latin):
        return "vi"
    own = sum(is_syllable(word) and word not in _ENGLISH_WORDS for word in latin)
    return "vi" if own >= _VIETNAMESE_SHARE * len(latin) else "en"


def _reads_english(text: str) -> bool:
    """Return whether more words of `text` are plainly English than have marks, those written as names aside."""
    text = text.lower() if text.isupper() else text
    words = [word for word in WORD.findall(text) if word[0].islower()]
    marked = sum(has_marks(word) for word in words)
    return sum(word in _ENGLISH_WORDS or not is_syllable(word) for word in words) > marked


def is_unmarked(text: str) -> bool:
    """Return whether Vietnamese `text` was typed without marks."""
    words = syllables(text)
    return sum(has_marks(word) for word in words) < UNMARKED_SHARE * len(words)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question that says what it is about: as it is looked up, and where it stands in the text."""

    form: str
    start: int
    end: int


def content_words(query: Query) -> list[Word]:
    """Return the words of a question in order, without those that only ask ("khi nào", "bao nhiêu", "what is the").

    A question of nothing else gives all of its words.
    """
    asking = _asking_spans(query)
    every = _words(query.searched)
    words = [word for word in every if not any(start < word.end and word.start < end for start, end in asking)]
    if query.language != "vi":
        put = frozenset(form for _, name in query.replaced for form in syllables(name))
        words = [word for place, word in enumerate(words) if not _is_idle(words, place, put)]
    return words or every


def _is_idle(words: Sequence[Word], place: int, put: frozenset[str]) -> bool:
    """Return whether a word says nothing in English or Chinese; "an" does in "Nghệ An", of whose words `put` is."""
    form = words[place].form
    if form not in _ENGLISH_WORDS and form not in _CHINESE_WORDS:
        return False
    beside = (*words[max(0, place - 1) : place], *words[place + 1 : place + 2])
    return form not in put or not any(word.form in put for word in beside)


def focus_words(query: Query, words: Sequence[Word]) -> list[Word]:
    """Return the words that stand nearest to what asks ("khởi công" in "Khi nào khởi công …"), at most FOCUS.

    They say what is asked of the names. Where nothing asks, the first words do.
    """
    asking = _asking_spans(query)
    if not asking:
        return list(words[:FOCUS])

    def distance(word: Word) -> int:
        return min(max(start - word.end, word.start - end) for start, end in asking)

    return sorted(sorted(words, key=distance)[:FOCUS], key=lambda word: word.start)


def asks_about(words: Iterable[Word]) -> bool:
    """Return whether `words`, those of a question that are no names, ask only what is said: "nói gì về Hải Phòng?"."""
    return all(strip_marks(word.form) in _OF_REPORTS for word in words)


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        forms = syllables(match.group(0))
        if HAN.search(match.group(0)) and len(forms) == end - start:  # each Chinese character is a word
            words.extend(Word(form, start + i, start + i + 1) for i, form in enumerate(forms))
        else:
            words.extend(Word(form, start, end) for form in forms)
    return words


def _asking_spans(query: Query) -> list[tuple[int, int]]:
    return asking_spans(query.searched, query.language, is_unmarked(query.text))
