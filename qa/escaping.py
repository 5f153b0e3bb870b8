"""Foreign text made safe to show: the one place where a question or an article becomes part of a page or report.

Articles are copies of other people's pages, so a sentence may hold tags, Markdown, a script, or characters
that turn the direction of everything after them. All of it is shown letter by letter and does nothing.
"""

from __future__ import annotations

import json
import re
import string

# Embeddings, overrides and isolates reorder what is read, even outside their own sentence ("gpj.exe" trick).
# The plain marks U+200E/U+200F stay: they only side with a neighbour.
_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")
_UNSEEN = re.compile(f"[{re.escape(_DIRECTION + _CONTROL)}]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no encoding can send it

# Every ASCII sign is HTML or Markdown somewhere (`<`, `*`, `$`, `|`, `.` after a number, `:` in an address).
# Line ends too: a blank line would close the HTML block and let Markdown start again.
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in string.punctuation + "\t\n\r\u2028\u2029"}

# … and in a file that is read as Markdown too, so there only what Markdown or HTML obeys stands behind a backslash.
_MARKDOWN = re.compile(
    r"([\\`*_\[\]<>#|~$&@!^]|(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.|^[-+=]|(?<=^\d)[.)])", re.IGNORECASE
)
_JSON = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}  # "</script>" would end the element


def plain(text: str) -> str:
    """The text for a place that takes text only: nothing in it reorders, hides or breaks what is around."""
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


def escape(text: str) -> str:
    """The text for HTML or Markdown, inside an element or a quoted attribute: `plain`, and inert."""
    return plain(text).translate(_ENTITIES)


def markdown(text: str) -> str:
    """The text as one line of a Markdown file, readable there too: `plain`, and inert."""
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def json_for_html(value: object) -> str:
    """The value as JSON for a `<script type="application/json">`: nothing in it ends the element."""
    return plain(json.dumps(value, ensure_ascii=False)).translate(_JSON)
