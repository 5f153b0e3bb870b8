"""The lines that were found as the article's text -> the same with the sentences and headings lost between them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Set

from lxml.html import HtmlElement

from index.page_foot import ENDINGS
from index.page_lines import is_prose, label_reason

_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])


def with_lost_lines(main: list[str], seen: list[tuple[str, HtmlElement]], others: Set[HtmlElement]) -> list[str]:
    """Return `main` and, at its place, each line of `seen` between two of its lines that is prose or a heading.

    The finder drops headings where it is in doubt, and paragraphs whose class it takes for a box. `others`: the blocks
    of other articles, which are rightly dropped.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, (line, _) in enumerate(seen):
        places[line].append(number)
    found, whole = set(main), list[str]()
    last: int | None = None
    for line in main:
        later = places[line][bisect_left(places[line], -1 if last is None else last + 1) :]
        if later and last is not None:
            between = [each for each in seen[last + 1 : later[0]] if each[1] not in others]
            whole += [text for text, block in between if text not in found and _is_text(text, block)]
        last = later[0] if later else last
        whole.append(line)
    return whole


def _is_text(line: str, block: HtmlElement) -> bool:
    if label_reason(line) in ENDINGS:
        return False  # what is below was found, so no article ends here
    return block.tag in _HEADINGS or (block.tag not in ("td", "th") and is_prose(line))
