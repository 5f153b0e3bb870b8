"""Whether a text is in the letters of an old Vietnamese font (TCVN3, VNI), which are other letters in Unicode.

Word files and PDFs of before some 2010 often are. What they say cannot be read or found; they are refused by name.
"""

from __future__ import annotations

import re

from index.readers.encodings import TWICE
from index.vietnamese import is_syllable

SAMPLE = 200_000  # characters
LEAST = 5  # places in a text that no other writing has
SHARE = 0.03  # of its words
PLAIN_SHARE = 0.5  # of the words without marks are syllables in Vietnamese of any writing
_PUNCTUATION = ".,;:!?…\"'“”‘’()[]"
# Inside of words TCVN3 has signs that stand between words or after figures everywhere else: "c¸c ®¹i biÓu".
_TCVN3 = re.compile(r"[a-zà-þ][¨©ª«¬®µ¶·¸¹»¼½¾][a-zà-þ]?|(?<!\w)[®¬«][a-zà-þ¨©ª¬«µ¶·¸¹»¼½¾]", re.IGNORECASE)
# VNI writes a letter and behind it its mark as another: "caùc ñaïi bieåu"; nowhere else are "aø" and "aï" so common.
_VNI = re.compile(r"[aeoôöuy][øï]", re.IGNORECASE)


def check_letters(text: str) -> None:
    """Raise ValueError if `text` is in the letters of an old font."""
    sample = text[:SAMPLE]
    if len(TWICE.findall(sample)) >= LEAST:
        return  # encoded twice, which is flagged
    name = next((name for name, sign in (("TCVN3", _TCVN3), ("VNI", _VNI)) if _is_in(sign, sample)), None)
    if name:
        raise ValueError(
            f"in the letters of an old font ({name}), not Unicode; convert it to Unicode (UniKey can) first"
        )


def _is_in(sign: re.Pattern[str], text: str) -> bool:
    """Return whether the signs of a font are common in `text`, whose words without marks are Vietnamese."""
    found = sum(1 for _ in sign.finditer(text))
    if found < LEAST:
        return False
    words = [word.strip(_PUNCTUATION).lower() for word in text.split()]
    plain = [word for word in words if word.isascii() and word.isalpha()]
    vietnamese = sum(map(is_syllable, plain)) > PLAIN_SHARE * len(plain)
    return vietnamese and found > SHARE * len(words)
