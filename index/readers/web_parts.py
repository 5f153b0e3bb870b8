"""The parts of a web page that are never the article: told by tag, class or id, and only where they do not hold it.

The words that sites give their boxes ("widget", "timeline", "tag") stand now and then on the article itself. So what a
box holds is measured first: where a word's boxes hold most of the prose, the word says nothing on that page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.page_lines import is_prose, words
from index.readers.web_tree import UNSEEN, lines_of

MAIN_SHARE = 0.5  # what holds more than this share of a page's text or prose is not a box beside the article
HEADLINE_WORDS = 4  # a link of fewer words is a label: "Chia sẻ", "Xem thêm"
# Parts of a page by their tag, or a word of their class or id, the first that fits.
_PARTS = (
    ("caption", frozenset(["figcaption"]), r"caption|pcaption|photocms[_-]caption|chu-?thich|image-?note"),
    ("comments", frozenset(["textarea"]), r"comments?|boxcomment|binh-?luan|ykien|fb-comments"),
    ("tags and keywords", frozenset[str](), r"tags?|keywords?|tu-?khoa|hashtag"),
    (
        "other articles",
        frozenset(["aside"]),
        r"relate[ds]?|recommend(?:ation)?s?|tin-?lien-?quan|doc-?them|xem-?them|other-?news|box-?other|inner-?article|"
        r"box-?category|list-?news|relatedonenews|insert-?wiki|sidebar-?2|story|embede?d?-?block|most-?read|timeline",
    ),
    ("menu", frozenset(["nav"]), r"nav|navbar|menu|breadcrumbs?|bread-crumb|leftmenu"),
    (
        "page furniture",
        frozenset(["button", "select", "form"]),
        r"share|social|ads?|advert\w*|banner|quang-?cao|cookie|widget|subscribe|newsletter|print|post-?view",
    ),
    ("imprint", frozenset(["footer"]), r"footer|site-footer|copyright"),
)
_COMPILED = tuple(
    (reason, tags, re.compile(rf"(?<![^\s_-])(?:{named})(?![^\s_-])", re.IGNORECASE)) for reason, tags, named in _PARTS
)
# WordPress writes the subjects of an article into its classes: "post-12 hentry category-tin-tuc tag-quang-cao".
_POST = re.compile(r"(?<!\S)(?:hentry|type-post|post-\d+)(?!\S)")
_SUBJECT = re.compile(r"(?<!\S)(?:tag|category)-\S+")


@dataclass(frozen=True, slots=True)
class Part:
    """What part of a page an element is. `words`: those of its class or id that say so; none if its tag does."""

    name: str
    words: frozenset[str]


@dataclass(slots=True)
class _Held:
    """What an element holds: letters of text, of them letters of prose; paragraphs of prose, and linked headlines."""

    text: int = 0
    prose: int = 0
    paragraphs: int = 0
    headlines: int = 0

    def add(self, other: _Held) -> None:
        self.text += other.text
        self.prose += other.prose
        self.paragraphs += other.paragraphs
        self.headlines += other.headlines


def part_of(element: HtmlElement) -> Part | None:
    """Return what part of a page `element` is by its tag, class and id, where it is none of the article; else None."""
    if element.tag in ("html", "body", "h1"):
        return None
    classes = element.get("class", "")
    if _POST.search(classes):
        classes = _SUBJECT.sub("", classes)
    names = f"{classes} {element.get('id', '')} {element.get('type', '')}".strip()
    for name, tags, named in _COMPILED:
        if element.tag in tags:
            return Part(name, frozenset())
        found = named.findall(names) if names else []
        if found:
            return Part(name, frozenset(word.lower() for word in found))
    return None


def take_off_parts(body: HtmlElement) -> tuple[list[str], dict[str, str]]:
    """Take what is never the article off `body`, in place; return the captions, and the part of each line taken."""
    captions: list[str] = []
    reasons: dict[str, str] = {}
    taken: set[HtmlElement] = set()
    for element, part in _boxes(body):
        if not taken.isdisjoint(element.iterancestors()):
            continue  # in a box that is off already
        taken.add(element)
        lines = [line for _, line, _ in lines_of(element)]
        captions.extend(lines if part == "caption" else [])
        reasons.update(dict.fromkeys(lines, part))
        element.drop_tree()
    return captions, reasons


def _boxes(body: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """Return the elements beside the article with the name of their part, in the order of the page."""
    above_headlines = {above for headline in body.iter("h1") for above in headline.iterancestors()}
    elements = [each for each in body.iter() if isinstance(each.tag, str) and each not in above_headlines]
    parts = {element: part for element in elements if (part := part_of(element))}
    held = _held(body, {element for element, part in parts.items() if part.name == "comments"})
    whole = held[body]
    for element in list(parts):
        if held[element].text > MAIN_SHARE * whole.text or held[element].prose > MAIN_SHARE * whole.prose:
            del parts[element]
    common = {word for word, prose in _prose_by_word(parts, held).items() if prose > MAIN_SHARE * whole.prose}
    boxes: list[tuple[HtmlElement, str]] = []
    for element in elements:
        part, inside = parts.get(element), held[element]
        if part and (part.words - common or not part.words or _is_list(inside)):
            boxes.append((element, part.name))
        elif _is_list(inside) and inside.paragraphs > 1 and inside.text < whole.prose:
            boxes.append((element, "other articles"))  # shorter than the article, so no digest of news
    return boxes


def _prose_by_word(parts: dict[HtmlElement, Part], held: dict[HtmlElement, _Held]) -> Counter[str]:
    """Return how many letters of prose stand in all the boxes of each word; what is in two of them counts once."""
    prose: Counter[str] = Counter()
    named: dict[HtmlElement, frozenset[str]] = {}  # by the boxes around, outermost first
    for element, part in parts.items():
        around = next((named[above] for above in element.iterancestors() if above in named), frozenset[str]())
        named[element] = around | part.words
        for word in part.words - around:
            prose[word] += held[element].prose
    return prose


def of_other_articles(body: HtmlElement) -> set[HtmlElement]:
    """Return the blocks that are mostly links, and those of the one note in a box with a linked headline."""
    linked = _mostly_links(body)
    lines, held = _counted(body, linked)
    return linked | {block for block, line in lines if is_prose(line) and _is_note(block, held)}


def _held(body: HtmlElement, comments: set[HtmlElement]) -> dict[HtmlElement, _Held]:
    """Return what each element holds; the prose of comments and of the notes below linked headlines is none."""
    linked, commented = _mostly_links(body), _inside(body, comments)
    lines, held = _counted(body, linked)
    prose = defaultdict[HtmlElement, _Held](_Held)
    for block, line in lines:
        if is_prose(line) and block not in linked and block not in commented and not _is_note(block, held):
            prose[block].prose += len(line)
    for element, more in _summed(body, prose).items():
        held[element].add(more)
    return held


def _counted(
    body: HtmlElement, linked: set[HtmlElement]
) -> tuple[list[tuple[HtmlElement, str]], dict[HtmlElement, _Held]]:
    """Return the lines with their blocks, and the text, paragraphs and linked headlines that each element holds."""
    lines = [(block, line) for _, line, block in lines_of(body)]
    own = defaultdict[HtmlElement, _Held](_Held)
    for block, line in lines:
        headline = block in linked and words(line) >= HEADLINE_WORDS
        own[block].add(_Held(len(line), 0, int(block not in linked and is_prose(line)), int(headline)))
    return lines, _summed(body, own)


def _summed(body: HtmlElement, own: dict[HtmlElement, _Held]) -> dict[HtmlElement, _Held]:
    """Return what each element holds with all the elements in it, from what each holds by itself."""
    held = defaultdict[HtmlElement, _Held](_Held)
    for element in reversed(list(body.iter())):
        if element in own:
            held[element].add(own[element])
        above = element.getparent()
        if above is not None and element in held:
            held[above].add(held[element])
    return held


def _mostly_links(body: HtmlElement) -> set[HtmlElement]:
    """Return the elements whose text is mostly in links."""
    letters, in_links = Counter[HtmlElement](), Counter[HtmlElement]()
    links = _inside(body, set(body.iter("a")))
    for element in reversed(list(body.iter())):
        above = element.getparent()
        text = len(element.text or "") * (element.tag not in UNSEEN)
        letters[element] += text
        in_links[element] += text * (element in links)
        if above is not None:
            tail = len(element.tail or "")
            letters[above] += letters[element] + tail
            in_links[above] += in_links[element] + tail * (above in links)
    return {element for element, count in in_links.items() if count > MAIN_SHARE * letters[element]}


def _inside(body: HtmlElement, outer: set[HtmlElement]) -> set[HtmlElement]:
    """Return the elements of `outer`, and all the elements in them."""
    inside = set[HtmlElement]()
    for element in body.iter():
        if element in outer or element.getparent() in inside:
            inside.add(element)
    return inside


def _is_list(held: _Held) -> bool:
    """Return whether an element that holds so much is a list of other articles: headlines, and notes below them."""
    return held.headlines > 1 and not held.prose


def _is_note(block: HtmlElement, held: dict[HtmlElement, _Held]) -> bool:
    """Return whether the prose of `block` is the only one in a box with a linked headline, as below other articles."""
    each: HtmlElement | None = block
    while each is not None and held[each].paragraphs == 1:
        if held[each].headlines:
            return True
        each = each.getparent()
    return False
