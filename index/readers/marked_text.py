"""The text of a field with the marks of a web page in it -> plain lines, as databases of sites export it."""

from __future__ import annotations

import html
import re

# None of these looks twice at a letter, however a text is made: what they take holds no other "<".
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]*>")
_ENTITY = re.compile(r"&(?:amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|hellip|[mn]dash|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr table tbody blockquote figure section article hr".split())
_MARKS = _BLOCKS | frozenset("span strong em a b i u img figcaption script style td th".split())
_UNSEEN = frozenset(["script", "style"])
NOTE = "HTML marks taken out"


def without_marks(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return `text` without tags and entities, a line for each block; the captions in it; and a note if it had tags."""
    if not any(name.lower() in _MARKS for _, name in _TAG.findall(text)):
        return html.unescape(text) if _ENTITY.search(text) else text, (), ()
    first, *others = _TAG.split(_COMMENT.sub("", text))
    seen, captions, inside = [_spaced(first)], list[str](), ""
    for closing, name, piece in zip(others[::3], map(str.lower, others[1::3]), others[2::3], strict=True):
        if name in _UNSEEN or name == "figcaption":
            inside = "" if closing else name
        if inside == "figcaption":
            captions.append(html.unescape(_spaced(piece)).strip())
        elif not inside:
            seen += ["\n" if name in _BLOCKS else " | " if name in ("td", "th") and closing else "", _spaced(piece)]
    lines = [line.strip(" |") for line in html.unescape("".join(seen)).split("\n")]
    return "\n".join(line for line in lines if line), tuple(filter(None, captions)), (NOTE,)


def _spaced(text: str) -> str:
    """Return `text` with white space as pages show it, where a line end is a space."""
    return re.sub(r"\s+", " ", text)
