"""A small corpus, its index and what is done to it, by the product's own command line.

The one stand-in is the encoder: `WordHash` gives every word a fixed vector, so that no process here loads torch,
texts with words in common are near, and the same text always has the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import typer

from faults.word_hash import WordHash
from index import store
from index.encoder import Encoder
from index.passage_index import PassageIndex
from index.sources import SETTLED
from index.store import StoreError
from qa import cli
from qa.assistant import Assistant

WORDS = 20  # a file of arrays then has more than the 4,096 bytes that are written at once
PLACES = "Hải Phòng|Nam Ninh|Quảng Đông|Đồng Nai|Cà Mau|Lạng Sơn|Móng Cái|Huế|Vinh|Đà Lạt".split("|")
SUBJECTS = "cảng biển|đường sắt|giá gạo|trường học|bệnh viện".split("|")
QUESTIONS = [f"{place} mở {subject} khi nào?" for place in PLACES for subject in SUBJECTS]


def article(number: int, edition: int) -> str:
    """Return an article of which every sentence names its edition, with more words than fit into one block of a disk."""
    place, subject = PLACES[number % len(PLACES)], SUBJECTS[number % len(SUBJECTS)]
    words = " ".join(f"số{1000 * edition + 100 * number + word}" for word in range(WORDS))
    return (
        f"{place} mở {subject}, bản {edition}\n\n{place} mở {subject} từ ngày {number + 1}/{edition % 12 + 1}/2024, theo "
        f"bản tin số {edition}. Bản tin số {edition} nói rằng {place} chi {number + 2} tỷ đồng. Bản tin số {edition} "
        f"có {words}.\n"
    )


def write_articles(folder: Path, editions: Sequence[int]) -> Path:
    """Write a folder with one article for each of `editions`, numbered in order; edition 0 gives none."""
    folder.mkdir(parents=True)
    for number, edition in enumerate(editions):
        if edition:
            (folder / f"{number}.txt").write_text(article(number, edition), encoding="utf-8")
    return folder


def settle(folder: Path) -> None:
    """Wait until what the disk says of the files is trusted, so that the same index is made however quick one is."""
    newest = max(path.lstat().st_ctime_ns for path in folder.rglob("*"))
    time.sleep(max(0, newest + SETTLED + 50_000_000 - time.time_ns()) / 1e9)


def hoibao(arguments: Sequence[str]) -> tuple[int, str]:
    """Run a command of the product in this process; return its exit code and what it wrote to stderr."""
    errors = io.StringIO()
    sys.argv = ["hoibao", *arguments]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        return cli._run(), errors.getvalue()


def look(asked: tuple[str, int]) -> dict[str, Any]:
    """Return what the index in a folder is to those who use it: the generations that it names, all whole, and the
    answers to a number of `QUESTIONS`; or its error.
    """
    directory, questions = asked
    try:
        assistant = Assistant(PassageIndex.open(directory, WordHash()))
        kept = [store.check_generation(Path(directory), name)[0].name for name in store.pointed_to(Path(directory))]
    except (StoreError, OSError) as error:
        return {"generations": [], "answers": [], "error": str(error)}
    answers = [hashlib.sha256(repr(assistant.ask(each)).encode()).hexdigest() for each in QUESTIONS[:questions]]
    return {"generations": kept, "answers": answers, "error": ""}


def rounds(asked: tuple[Sequence[str], int]) -> list[tuple[int, str]]:
    """Run a command a number of times, whatever comes of it."""
    return [hoibao(asked[0]) for _ in range(asked[1])]


def read_for(asked: tuple[str, float, int]) -> dict[str, int]:
    """Open an index again and again for some seconds, and ask each time a number of questions; return how often, and
    how many editions were seen. Raises ValueError if an index, or an answer, is of several editions.
    """
    directory, seconds, questions = asked
    seen, answers, end = set(), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        assistant = Assistant(PassageIndex.open(directory, WordHash()))
        edition = _only_edition(article.text for article in assistant.articles.values())
        seen.add(edition)
        for question in islice(cycle(QUESTIONS), questions):
            if time.monotonic() > end:
                break
            answer = assistant.ask(question)
            texts = [*(citation.quote for citation in answer.citations), *(hit.passage.text for hit in answer.hits)]
            if texts and _only_edition(texts) != edition:
                raise ValueError(f"an answer of another edition than {edition}: {texts}")
            answers += 1
    return {"answers": answers, "editions": len(seen)}


def _only_edition(texts: Iterable[str]) -> str:
    editions: set[str] = {edition for text in texts for edition in re.findall(r"[Bb]ản tin số (\d+)", text)}
    if len(editions) != 1:
        raise ValueError(f"of editions {sorted(editions)} at once")
    (only,) = editions
    return only


def rehearse() -> None:
    """Make this process ready: our encoder is the one that is loaded, the command line is put together, and everything
    has been done once, so that whatever is imported late is imported.
    """
    Encoder.load = classmethod(lambda cls, name=None, download=False: WordHash())  # type: ignore[method-assign,assignment]
    cli.app = typer.main.get_command(cli.app)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        first = write_articles(Path(folder) / "first", [1, 1])
        second = write_articles(Path(folder) / "second", [1, 2])
        directory = str(Path(folder) / "index")
        for command in (["build", str(first)], ["sync", str(second)], ["rollback"], ["gc"], ["gc"], ["rollback"]):
            hoibao([*command, "--index", directory])
        look((directory, len(QUESTIONS)))
