"""Whatever is done to a folder, and whenever it is synced, rolled back, collected or opened again: the index says what
a plain dictionary of the files says. The rounds are drawn by Hypothesis, the same ones each time; 200 of them are slow.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from index import Encoder, PassageIndex, StoreError
from index.articles import CorpusError
from index.doctor import examine
from index.store import CURRENT, collect, open_generation, roll_back
from index.sync import SyncError, SyncReport, sync
from index.versions import KEPT, stored_past
from qa import Assistant
from qa.cited import CitationError

NAMES = ("a.txt", "b.txt", "c.txt", "d.txt", "z/a.txt", "z/e.txt")
TABLE = "bảng.jsonl"
SUBJECTS = ("cảng", "chợ", "cầu", "phà", "lúa", "gốm", "rừng", "biển")

Facts = tuple[str | None, str]  # title and text
Told = tuple[str | None, str, tuple[tuple[str, str | None], ...]]  # title, text, path and title of each copy

pages = st.tuples(st.integers(0, 2), st.integers(0, len(SUBJECTS) - 1))
names = st.sampled_from(NAMES)
changes = st.one_of(
    st.tuples(st.just("write"), names, pages),
    st.tuples(st.just("write"), names, pages),
    st.tuples(st.just("tabulate"), st.lists(st.integers(0, len(SUBJECTS) - 1), max_size=3, unique=True)),
    st.tuples(st.just("rename"), names, names),
    st.tuples(st.just("delete"), names),
    st.tuples(st.just("spoil"), names),
)
# What is done after the files were changed; mostly a sync, for that is what the other deeds need.
deeds = st.sampled_from(["synchronise"] * 8 + ["try_out", "undo", "undo", "tidy", "restart", "examine"])


def title_of(page: tuple[int, int]) -> str:
    return f"Bản tin số {page[0]} trong ngày"


def text_of(subject: int) -> str:
    """Return a text with a word that no other has."""
    return f"Tin về {SUBJECTS[subject]} ở Huế.\nCó {subject + 2} điều mới, theo qz{subject}xw."


@dataclass
class State:
    """What one generation says: of each article its facts and its copies, what was said earlier at each path, and where
    a path was moved to.
    """

    articles: dict[str, Told] = field(default_factory=dict)
    versions: dict[str, list[Facts]] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, Facts]:
        return {path: (title, text) for path, (title, text, _) in self.articles.items()}

    def can_be_cited(self, path: str, facts: Facts) -> bool:
        """Return whether these facts stand at `path`, or where it was moved to, as an article or as the copy of one."""
        return any(
            self.facts().get(place) == facts
            or any(text == facts[1] and (place, facts[0]) in copies for _, text, copies in self.articles.values())
            for place in {path, self.moves.get(path, path)}
        )

    def was_said(self, path: str, facts: Facts) -> bool:
        """Return whether these facts were once said at `path`, or at one that was moved to the same place and whose name
        no other file has today.
        """
        live = dict(self.places())
        return any(
            path == place or (place if place in live else self.moves.get(place, place)) in {path, self.moves.get(path)}
            for place, said in self.versions.items()
            if facts in said
        )

    def places(self) -> list[tuple[str, Facts]]:
        """Return path and facts of every article and copy."""
        return [
            place
            for path, (title, text, copies) in self.articles.items()
            for place in [(path, (title, text)), *((copy, (said, text)) for copy, said in copies)]
        ]


class Corpus(RuleBasedStateMachine):
    encoder: ClassVar[Encoder]
    done: ClassVar[Counter[str]] = Counter()  # done in all rounds

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="hoibao-machine-"))
        self.folder, self.directory = self.home / "bài", self.home / "index"
        self.files: dict[
            str, list[tuple[str, Facts]] | None
        ] = {}  # path and facts of each article; None for a bad file
        self.now, self.before = State(), None
        self.opened: tuple[str, Assistant] | None = None
        self.cited: list[tuple[str, str, Facts]] = []  # id, path and facts of articles that could once be cited

    @initialize(page=pages)
    def build(self, page: tuple[int, int]) -> None:
        self.write("a.txt", page)
        PassageIndex.build(self.folder, self.directory, self.encoder)
        self.now = self.expected()
        self.remember()

    @rule(changed=st.lists(changes, min_size=1, max_size=3), deed=deeds, subject=st.integers(0, len(SUBJECTS) - 1))
    def one_round(self, changed: list[tuple[Any, ...]], deed: str, subject: int) -> None:
        """Change files, do a deed, look for a word, and open every citation there ever was."""
        for kind, *how in changed:
            getattr(self, kind)(*how)
        getattr(self, deed)()
        self.search(subject)
        self.open_citations()
        self.done[deed] += 1

    def write(self, name: str, page: tuple[int, int]) -> None:
        """Add a file, or put other words in it."""
        self.put(name, f"{title_of(page)}\n\n{text_of(page[1])}\n".encode())
        self.files[name] = [(name, (title_of(page), text_of(page[1])))]

    def tabulate(self, subjects: list[int]) -> None:
        rows = [{"id": str(subject % 4), "text": text_of(subject)} for subject in subjects]
        self.put(TABLE, "".join(json.dumps(row) + "\n" for row in rows).encode())
        taken = {row["id"]: row["text"] for row in reversed(rows)}  # of two rows with one id the first is read
        self.files[TABLE] = [
            (f"{TABLE}#{row['id']}", (None, row["text"])) for row in rows if taken[row["id"]] == row["text"]
        ]

    def rename(self, name: str, other: str) -> None:
        found = self.files.get(name)
        if name in self.files and name != other:
            (self.folder / other).parent.mkdir(exist_ok=True)
            (self.folder / name).rename(self.folder / other)
            del self.files[name]
            self.files[other] = None if found is None else [(other, facts) for _, facts in found]

    def delete(self, name: str) -> None:
        if name in self.files:
            (self.folder / name).unlink()
            del self.files[name]

    def spoil(self, name: str) -> None:
        self.put(name, b"h\xffng")
        self.files[name] = None

    def synchronise(self) -> None:
        expected = self.expected()
        if not expected.articles:
            with pytest.raises(CorpusError):
                sync(self.folder, self.directory, self.encoder)
            return
        report = sync(self.folder, self.directory, self.encoder)
        self.check(report, expected)
        assert report.published is (expected.articles != self.now.articles)
        if report.published:
            self.done["published"] += 1
            self.now, self.before = expected, self.now
            self.remember()

    def try_out(self) -> None:
        """A dry run tells what a sync would do, and a bad file stops a strict one. Neither changes anything."""
        expected = self.expected()
        if not expected.articles:
            return
        self.check(sync(self.folder, self.directory, self.encoder, dry_run=True), expected)
        if self.bad():
            with pytest.raises(SyncError):
                sync(self.folder, self.directory, self.encoder, strict=True)

    def undo(self) -> None:
        if self.before is None:
            with pytest.raises(StoreError, match="no earlier generation"):
                roll_back(self.directory)
            return
        roll_back(self.directory)
        self.now, self.before = self.before, self.now

    def tidy(self) -> None:
        collect(self.directory)
        self.before = None
        data = b"".join(path.read_bytes() for path in self.directory.rglob("*") if path.is_file())
        texts = {text for _, text in self.now.facts().values()}
        texts |= {text for versions in self.now.versions.values() for _, text in versions}
        for subject in range(len(SUBJECTS)):
            if text_of(subject) not in texts:
                assert f"qz{subject}xw".encode() not in data

    def search(self, subject: int) -> None:
        """The word of a text finds the article that has it now, and none that had it once."""
        assistant = self.reader()
        hits = assistant.search(f"Có gì mới theo qz{subject}xw về {SUBJECTS[subject]}?", k=50)
        found = [hit.article.path for hit in hits if f"qz{subject}xw" in hit.passage.text]
        assert found == [path for path, (_, text) in self.now.facts().items() if text == text_of(subject)]
        assert found == [] or hits[0].article.path == found[0]
        assert len(hits) == len(self.now.articles)

    def restart(self) -> None:
        self.opened = None

    def examine(self) -> None:
        assert examine(self.directory, self.encoder).findings == ()

    def open_citations(self) -> None:
        """A citation opens the words of then as long as its article, or an earlier version of it, is in the index."""
        assistant = self.reader()
        for article_id, path, facts in self.cited:
            current = self.now.can_be_cited(path, facts)
            if current or self.now.was_said(path, facts):
                found = assistant.cited(article_id, 0, len(facts[1]))
                assert (found.quote, found.changed) == (facts[1], not current)
            else:
                with pytest.raises(CitationError):
                    assistant.cited(article_id, 0, 1)

    @invariant()
    def the_index_says_what_the_model_says(self) -> None:
        if not self.now.articles:
            return  # not yet built
        articles = {
            article.path: (
                article.title,
                article.text,
                tuple((copy.path, copy.title) for copy in article.also_published),
            )
            for article in self.reader().articles.values()
        }
        assert articles == self.now.articles
        assert list(articles) == list(self.now.articles)
        versions: dict[str, list[Facts]] = {}
        for version in stored_past(open_generation(self.directory)[0]).versions:
            versions.setdefault(version.path, []).append((version.title, version.text))
        assert versions == self.now.versions
        assert stored_past(open_generation(self.directory)[0]).moves == self.now.moves

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    def reader(self) -> Assistant:
        """Return an assistant over the generation in force, opened anew where another one is."""
        pointer = (self.directory / CURRENT).read_text(encoding="utf-8")
        if self.opened is None or self.opened[0] != pointer:
            self.opened = pointer, Assistant(PassageIndex.open(self.directory, self.encoder))
        return self.opened[1]

    def put(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def bad(self) -> set[str]:
        return {name for name, articles in self.files.items() if articles is None}

    def read(self) -> list[tuple[str, Facts]]:
        """What the files say, in the order in which they are read: a folder's files before those of its folders."""
        order = sorted(self.files, key=lambda name: (name.count("/"), name))
        return [article for name in order for article in self.files[name] or ()]

    def expected(self) -> State:
        """Return what a sync of the files as they are now should give, after the state in force."""
        read = self.read()
        articles: dict[str, Told] = {}
        for path, (title, text) in read:
            if text not in [known for _, known, _ in articles.values()]:
                same = tuple((other, said) for other, (said, words) in read if words == text and other != path)
                articles[path] = title, text, same
        moves = self.moved(State(articles))
        versions: dict[str, list[Facts]] = {}
        for path in [*dict(read), *moves]:
            old = [self.now.facts()[path]] if path in self.now.articles else []
            earlier = dict.fromkeys([*old, *self.now.versions.get(path, ())])
            kept = [facts for facts in earlier if not State(articles, moves=moves).can_be_cited(path, facts)]
            if kept:
                versions[path] = kept[:KEPT]
        return State(articles, versions, moves)

    def moved(self, then: State) -> dict[str, str]:
        """Return where each path went of which the words, `then`, stand at another one alone, but for names that another
        file was given and that is gone.
        """
        places = dict(then.places())
        homes: dict[Facts, str] = {}
        for path, facts in then.places():
            homes.setdefault(facts, path)
        gone = {path: homes[facts] for path, facts in self.now.places() if path not in places and facts in homes}
        deleted = {path for path, _ in self.now.places() if path not in places}
        kept = {path: home for path, home in self.now.moves.items() if path not in deleted}
        every = {**{path: gone.get(home, home) for path, home in kept.items()}, **gone}
        return {path: home for path, home in every.items() if home in places and home != path}

    def remember(self) -> None:
        known = {article_id for article_id, _, _ in self.cited}
        for article in self.reader().articles.values():
            if article.article_id not in known:
                self.cited.append((article.article_id, article.path, (article.title, article.text)))

    def check(self, report: SyncReport, expected: State) -> None:
        was, will = self.now.articles, expected.articles
        assert set(report.added) == will.keys() - was.keys()
        assert set(report.removed) == was.keys() - will.keys()
        assert set(report.changed) == {path for path in will.keys() & was.keys() if will[path] != was[path]}
        assert set(report.unchanged) == {path for path in will.keys() & was.keys() if will[path] == was[path]}
        assert report.duplicates == {copy: path for path, (_, _, copies) in will.items() for copy, _ in copies}
        assert self.bad() <= {problem.path for problem in report.problems}


def run(encoder: Encoder, examples: int, steps: int) -> Counter[str]:
    """Run the rounds and return how often each deed was done."""
    Corpus.encoder = encoder
    Corpus.done.clear()
    run_state_machine_as_test(
        Corpus,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # a failure is shown as it was found: making it smaller takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Corpus.done


def test_some_rounds_of_changes_never_differ_from_a_plain_model(encoder: Encoder) -> None:
    done = run(encoder, 4, 12)
    assert done["published"] >= 8, f"rounds in which nothing happens show nothing: {done}"


@pytest.mark.slow
def test_200_rounds_of_changes_never_differ_from_a_plain_model(encoder: Encoder) -> None:
    done = run(encoder, 13, 24)
    assert done.total() - done["published"] >= 200
    assert done["published"] >= 60, f"rounds in which nothing happens show nothing: {done}"
    assert min(done[deed] for deed in ("try_out", "undo", "tidy", "restart", "examine")) >= 4, done
