"""The fields of gold questions and test sets, as JSON has them -> ids and texts that can be asked and written."""

from __future__ import annotations

from typing import Any

from qa.question import parse_question


def id_of(value: Any) -> str:
    """Return the id of a question or document. Raises ValueError for what is neither text nor a number, or is blank."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not str(value).strip():
        raise ValueError(f"{value!r} is no id: write text or a number")
    return text_of(str(value))


def question_of(value: Any) -> str:
    """Return the text of a question that can be asked. Raises ValueError for any other."""
    text = text_of(value)
    parse_question(text)
    return text


def text_of(value: Any) -> str:
    """Return `value`, which is text. Raises ValueError for what is none, or cannot be written to a file."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        half = ord(value[error.start])
        raise ValueError(f"half a character, U+{half:04X}, in the text: write the whole one") from None
    return value
