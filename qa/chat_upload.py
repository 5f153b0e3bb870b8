"""Articles brought to the chat by its readers: kept under ids of ours, read, and published while others go on asking.

What a file is called where it came from chooses its reader, by its ending, and nothing else: no part of the name
becomes a path.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from index import Encoder
from index.articles import Skipped, read_articles
from index.readers.files import ENDINGS, is_read
from index.store import StoreError, open_generation, pointed_to
from index.sync import SyncReport, sync
from qa.chat_desk import Library
from qa.chat_log import incident
from qa.chat_shelf import Shelf
from qa.escaping import plain

FILE_LIMIT = 5_000_000  # bytes of one file; an article with its web page around it is some 200 kB
FOLDER_LIMIT = 500_000_000  # bytes of all that was brought …
FILES_LIMIT = 5_000  # … and files
SHOWN = 50  # lines of a report on one file
DISK_LEFT = 200_000_000  # bytes that must stay free


Refusal = Literal["kind", "empty", "too_large", "no_article", "folder_full", "disk_full"]
Failure = Literal["", "busy", "trouble"]


class UploadError(ValueError):
    """A file cannot be taken: the code says why, `details` are the readers' reasons or what could be taken."""

    def __init__(self, code: Refusal, details: Sequence[str] = ()) -> None:
        super().__init__(": ".join([code, *details]))
        self.code, self.details = code, tuple(details)


@dataclass(frozen=True, slots=True)
class Left:
    """A line that is not of an article, or a row that became none (`text` is empty then), and the reader's reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read in a file: titles, what was left out, and what is to be known of the reading."""

    upload_id: str
    titles: tuple[str, ...]
    dropped: tuple[Left, ...]
    notes: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far publishing is: `stage` is "idle", "working", "done" or "failed"; `done` of `total` steps of `what`.

    `failure` says why it failed, `incident` under which name the log has it.
    """

    stage: str = "idle"
    what: str = ""
    done: int = 0
    total: int = 0
    articles: int = 0
    added: int = 0
    failure: Failure = ""
    incident: str = ""


@dataclass
class Uploads:
    """The folder that takes articles and the shelf that gets each new generation.

    `corpus` is the folder that the index in `directory` was made of, and `folder` is it or lies in it. `reopened`
    gives a library over what is in force in `directory`.
    """

    folder: Path
    corpus: Path
    directory: Path
    shelf: Shelf
    encoder: Encoder
    reopened: Callable[[], Library]
    progress: Progress = field(default_factory=Progress)
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _publishing: threading.Lock = field(default_factory=threading.Lock)
    _again: bool = False

    def take(self, name: str, data: bytes) -> Taken:
        """Keep a file if an article can be read in it. Raises UploadError for one that is refused, OSError."""
        ending = Path(name.replace("\\", "/").rsplit("/", 1)[-1]).suffix.lower()
        if ending not in ENDINGS:
            raise UploadError("kind", sorted(ENDINGS))
        if not data.strip():
            raise UploadError("empty")
        if len(data) > FILE_LIMIT:
            raise UploadError("too_large", [str(FILE_LIMIT // 1_000_000)])
        upload_id = hashlib.sha256(data).hexdigest()[:32]
        titles, dropped, notes = _read(data, upload_id + ending)
        if not titles:
            raise UploadError("no_article", [each.reason for each in dropped])
        with self._writing:
            new = self._keep(self.folder / (upload_id + ending), data)
        return Taken(upload_id, titles, dropped, notes, new)

    def publish(self) -> bool:
        """Begin to make what was kept searchable; False if that is under way, and will then be done once more."""
        with self._writing:
            if not self._publishing.acquire(blocking=False):
                self._again = True
                return False
            self._again = False
            self.progress = Progress("working")
        threading.Thread(target=self._publish, name="publish", daemon=True).start()
        return True

    def _publish(self) -> None:
        try:
            report = sync(self.corpus, self.directory, self.encoder, progress=self._report)
            held = self.shelf.version
            if held is None or held.name != pointed_to(self.directory)[0]:  # by this or by another process
                self.shelf.put(self.reopened())
            self._finish(report)
        except Exception as error:  # the index stays as it was; the rest of the story is for the operator
            busy = isinstance(error, StoreError) and "busy" in str(error)
            name = incident("publish failed", error)
            self.progress = Progress("failed", failure="busy" if busy else "trouble", incident=name)
        finally:
            with self._writing:
                self._publishing.release()
                again = self._again
            if again:
                self.publish()

    def _report(self, what: str, done: int, total: int) -> None:
        self.progress = Progress("working", plain(what), done, total)

    def _finish(self, report: SyncReport) -> None:
        self.progress = Progress("done", articles=len(self.shelf.articles), added=len(report.added))
        incident("published", added=len(report.added), changed=len(report.changed), removed=len(report.removed))

    def _keep(self, path: Path, data: bytes) -> bool:
        if path.exists():
            return False
        held = [each.stat().st_size for each in self.folder.iterdir() if is_read(each)]
        if len(held) >= FILES_LIMIT or sum(held) + len(data) > FOLDER_LIMIT:
            raise UploadError("folder_full")
        if shutil.disk_usage(self.folder).free < DISK_LEFT + len(data):
            raise UploadError("disk_full")
        draft = path.with_name(f"{path.name}.draft")  # of no kind that is read
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return True


def uploads_into(
    folder: Path, directory: Path, shelf: Shelf, encoder: Encoder, reopened: Callable[[], Library]
) -> Uploads:
    """What takes articles into `folder`, which is made if need be. Raises ValueError if it is not in the corpus."""
    _, manifest = open_generation(directory)
    return Uploads(inside(folder, manifest), Path(manifest["corpus"]), directory, shelf, encoder, reopened)


def inside(folder: Path, manifest: Mapping[str, Any]) -> Path:
    """The folder, made if need be. Raises ValueError if it is neither the one of the articles nor in it, OSError."""
    corpus = Path(manifest["corpus"]).resolve()
    found = folder.resolve()
    if not corpus.is_dir():
        raise ValueError(f"{corpus}: the folder that the index was made of is not there, so it can take no articles")
    if found != corpus and corpus not in found.parents:
        raise ValueError(
            f"{folder}: articles can only be taken into {corpus}, of which the index was made, or below it"
        )
    found.mkdir(parents=True, exist_ok=True)
    return found


def _read(data: bytes, name: str) -> tuple[tuple[str, ...], tuple[Left, ...], tuple[str, ...]]:
    """The titles of the articles in it, every line or row that was left out, with its reason, and the notes.

    A headline is no line of the text, but it is not left out: it is told as the title.
    """
    titles: list[str] = []
    dropped: list[Left] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hoibao-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        for each in read_articles(path, name):
            if isinstance(each, Skipped):
                dropped.append(Left(plain(each.reason)))
                continue
            article, page = each
            titles.append(plain(article.headline))
            dropped += [Left(line.reason, plain(line.text)) for line in page.dropped if line.reason != "headline"]
            notes += map(plain, page.notes)
    return tuple(titles), tuple(dropped), tuple(notes)
