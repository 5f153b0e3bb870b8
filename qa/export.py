"""A conversation as a file: Markdown or Word to read, CSV for a table, RIS and CSL-JSON for Zotero and its like.

The first three hold every question with its quotes, those without an answer too; the others hold each article that was
cited once, its quotes as notes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index import Article
from qa.escaping import markdown, plain
from qa.export_word import as_word
from qa.index_version import IndexVersion
from qa.receipt import receipt, web_address
from qa.types import Citation

COLUMNS = "question quote headline outlet author published address file start end index note".split()
_FORMULA = "=+-@\t\r\n＝＋－＠"  # a spreadsheet would run a cell that begins so
_AUTHORS = re.compile(r"\s*[,;&]\s*|\s+[-–]\s+|\s+và\s+")  # "Minh Hà, Lê Nam": in RIS a comma is that of one name
_NOTHING = {"vi": "Không tìm thấy", "en": "Not found"}
_READ = {"vi": "Hiểu là: {question}", "en": "Read as: {question}"}
_LOST = {"vi": "Trích dẫn không còn mở được", "en": "A citation that can no longer be opened"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the sentences that answered it; none where nothing was found.

    `lost` counts those that stood in articles which are not there any more; `read_as` is the question with what it took
    from the one before, empty for one that took nothing.
    """

    question: str
    citations: tuple[Citation, ...]
    lost: int = 0
    read_as: str = ""

    def reading(self, language: str) -> str:
        """Return what the question was read as, as a line; empty where it was asked as it stands."""
        return _READ[language].format(question=self.read_as) if self.read_as else ""

    def notes(self, language: str) -> tuple[str, ...]:
        """Return what is said beside the quotes: a line for each that is lost, or that nothing was found."""
        if not self.citations and not self.lost:
            return (_NOTHING[language],)
        return (_LOST[language],) * self.lost


Turns = Sequence[Turn]


def as_markdown(turns: Turns, version: IndexVersion | None = None, language: str = "vi") -> str:
    """Return each question as a heading, below it the receipts of its quotes."""
    blocks = ["# HỏiBáo"]
    for turn in turns:
        blocks.append(f"## {markdown(turn.question)}")
        blocks += [markdown(turn.reading(language))] if turn.read_as else []
        for citation in turn.citations:
            quote, *source = receipt(citation, version, language).split("\n")
            blocks.append("> " + markdown(quote) + "\n>\n" + "  \n".join(f"> {markdown(line)}" for line in source))
        blocks += [f"{note}." for note in turn.notes(language)]
    return "\n\n".join(blocks) + "\n"


def as_csv(turns: Turns, version: IndexVersion | None = None, language: str = "vi") -> str:
    """Return a row for each quote; where there is none to show, one with a note. A byte order mark for spreadsheets."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for turn in turns:
        for citation in turn.citations:
            table.writerow(map(_cell, [*_row(turn.question, citation, version), turn.reading(language)]))
        for note in turn.notes(language):
            said = f"{note}. {turn.reading(language)}" if turn.read_as else note
            table.writerow([_cell(turn.question), *[""] * (len(COLUMNS) - 2), _cell(said)])
    return "\ufeff" + file.getvalue()


def as_ris(turns: Turns, version: IndexVersion | None = None, language: str = "vi") -> str:
    """Return a record of type NEWS for each article that was cited, in order of first citation."""
    return "\n".join(_record(article, cited, version, language) for article, cited in _by_article(turns))


def as_csl_json(turns: Turns, version: IndexVersion | None = None, language: str = "vi") -> str:
    """Return the articles that were cited as items of type "article-newspaper"."""
    items = [_item(article, cited, version, language) for article, cited in _by_article(turns)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the end of its name, its media type, and what writes it."""

    ending: str
    media_type: str
    write: Callable[[Turns, IndexVersion | None, str], str | bytes]


FORMATS: Mapping[str, Format] = {
    "md": Format("md", "text/markdown", as_markdown),
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word),
    "csv": Format("csv", "text/csv", as_csv),
    "ris": Format("ris", "application/x-research-info-systems", as_ris),
    "csl": Format("json", "application/vnd.citationstyles.csl+json", as_csl_json),
}


def _row(question: str, citation: Citation, version: IndexVersion | None) -> list[str]:
    article = citation.article
    return [
        question,
        citation.quote,
        article.headline,
        article.outlet or "",
        article.author or "",
        article.published.isoformat(" ", "minutes") if article.published else "",
        web_address(article) or "",
        article.path,
        str(citation.start),
        str(citation.end),
        version.name if version else "",
    ]


def _cell(text: str) -> str:
    """Return the text for a cell that no spreadsheet takes for a formula."""
    safe = plain(text)
    return f"'{safe}" if safe.startswith(tuple(_FORMULA)) else safe


def _by_article(turns: Turns) -> list[tuple[Article, list[Citation]]]:
    """Return each cited article with its quotes, the same quote once."""
    cited: dict[str, tuple[Article, list[Citation]]] = {}
    for turn in turns:
        for citation in turn.citations:
            quotes = cited.setdefault(citation.article.article_id, (citation.article, []))[1]
            if all((each.start, each.end) != (citation.start, citation.end) for each in quotes):
                quotes.append(citation)
    return list(cited.values())


def _record(article: Article, cited: Sequence[Citation], version: IndexVersion | None, language: str) -> str:
    published = article.published
    fields = [
        ("TY", "NEWS"),
        ("TI", article.headline),
        *(("AU", author) for author in _authors(article)),
        ("T2", article.outlet),
        ("DA", f"{published:%Y/%m/%d/}" if published else None),
        ("PY", f"{published:%Y}" if published else None),
        ("UR", web_address(article)),
        ("LA", "vi"),
        *(("N1", _note(citation, version, language)) for citation in cited),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in fields if value) + "ER  - \n"


def _item(article: Article, cited: Sequence[Citation], version: IndexVersion | None, language: str) -> dict[str, Any]:
    published = article.published
    item = {
        "id": article.article_id,
        "type": "article-newspaper",
        "title": article.headline,
        "author": [{"literal": author} for author in _authors(article)],
        "container-title": article.outlet,
        "issued": {"date-parts": [[published.year, published.month, published.day]]} if published else None,
        "URL": web_address(article),
        "language": "vi",
        "note": "\n".join(_note(citation, version, language) for citation in cited),
    }
    return {name: _plain(value) for name, value in item.items() if value}


def _authors(article: Article) -> list[str]:
    return [author for author in _AUTHORS.split(article.author or "") if author]


def _note(citation: Citation, version: IndexVersion | None, language: str) -> str:
    """Return quote and place in one line; what else a receipt says has its own field."""
    quote, _, _, address, *place = receipt(citation, version, language).split("\n")
    return " · ".join((quote, *([] if web_address(citation.article) else [address]), *place))


def _line(value: str) -> str:
    return " ".join(plain(value).split())


def _plain(value: Any) -> Any:
    """Return plain values with every text in them made plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
