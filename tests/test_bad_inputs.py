"""What people feed to the index and to a question that is no good, and what each gets: an error or a skip is one clear
line, and the earlier index and the other files are unharmed. Each test names its rows of the list of bad inputs.

The rows without a test here have theirs beside the code that they try:
B06, B07, B10, B13, B29 (also in) test_readers.py; B18, B37 test_assistant.py, test_question.py; B20-B22 test_rows.py;
B33 tests of faults and test_store.py; B34 (another dimension) test_encoder.py; B35 test_store.py, test_doctor.py;
B17, B26, B27 and the page of B19 test_chat.py and tests/browser; of B38 a port in use test_chat.py, two builds
test_store.py, LANG=C test_cli.py.
"""

import bz2
import codecs
import ctypes
import gzip
import json
import lzma
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import Encoder, PassageIndex
from index.articles import Corpus, CorpusError
from index.encoder import BUNDLED_FOLDER, ModelError
from index.sources import read_corpus
from index.store import open_generation
from index.sync import SyncError, sync
from qa import Assistant
from qa.cli import _run
from qa.question import QuestionError, parse_question

ROOT = Path(__file__).parents[1]
GOOD = "Mưa lớn ở miền Trung\n\nTrời mưa suốt ba ngày. Nước lên nhanh.\n"
OTHER = "Huế khánh thành cầu\n\nHuế khánh thành cầu mới. Cầu dài 300 m.\n"
QUESTION = "Trời mưa mấy ngày?"
CAPABILITY_VERSION = 0x20080522
OVER_RIGHTS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH

Command = Callable[..., tuple[int, str, str]]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(folder: Path, **files: bytes | str) -> Corpus:
    """Read `files` ("name_ending") beside one that is good, which must be read whatever they are."""
    write(folder, "zz.txt", GOOD)
    for name, data in files.items():
        write(folder, ".".join(name.rsplit("_", 1)), data)
    corpus = read_corpus(folder)
    assert "zz.txt" in [article.path for article in corpus.articles]
    return corpus


@pytest.fixture
def hoibao(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process: its exit code and what it printed."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["hoibao", *map(str, arguments)])
        code = _run()
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "bài", "a.txt", GOOD)
    write(tmp_path / "bài", "b.txt", OTHER)
    return tmp_path / "bài"


def python(code: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in another process that imports this tree."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=240,
        check=False,
    )


def test_b01_a_folder_without_articles_publishes_nothing_and_keeps_the_index(
    hoibao: Command, directory: Path, tmp_path: Path
) -> None:
    before = open_generation(directory)
    write(tmp_path / "none", "empty.txt", "")
    (tmp_path / "bare").mkdir()
    for folder, more in (("none", "empty.txt: empty"), ("bare", "no articles")):
        for command in ("build", "sync"):
            code, out, error = hoibao(command, tmp_path / folder, "--index", directory)
            assert (code, out) == (2, "")
            (line,) = [line for line in error.splitlines() if line.startswith("hoibao: ")]
            assert "no articles" in line and more in line
    assert open_generation(directory) == before
    assert hoibao("build", tmp_path / "bare", "--index", tmp_path / "new")[0] == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        (" \n\t\r\n ", "empty"),
        ("\ufeff", "empty"),
        ("\u200b\u200c\n\u2060", "empty"),
        ("Mưa lớn ở miền Trung hôm nay", "no article text"),
        ("Mưa lớn ở miền Trung hôm nay\n\n\u200b \u200b\n\u2060\n", "no article text"),
    ],
)
def test_b02_b03_a_file_without_a_body_is_skipped_with_its_reason(tmp_path: Path, data: str, reason: str) -> None:
    corpus = read(tmp_path, bare_txt=data)
    assert [article.path for article in corpus.articles] == ["zz.txt"]
    (skipped,) = corpus.skipped
    assert (skipped.path, reason in skipped.reason) == ("bare.txt", True)


def test_b04_the_mark_at_the_start_of_a_file_is_in_no_title_and_no_id(tmp_path: Path) -> None:
    bare, marked = tmp_path / "bare", tmp_path / "marked"
    row = '{"id": "\ufeffsố 1", "title": "\ufeffHuế", "text": "Cầu dài 300 m."}'
    for folder, mark in ((bare, ""), (marked, "\ufeff")):
        write(folder, "a.txt", mark + GOOD)
        write(folder, "b.jsonl", mark + row)
        write(folder, "c.csv", mark + "id,text\n7,Cầu này mới.\n")
    assert read_corpus(marked).articles == read_corpus(bare).articles
    assert [article.path for article in read_corpus(marked).articles] == ["a.txt", "b.jsonl#số 1", "c.csv#7"]
    assert all("\ufeff" not in f"{article.title} {article.text}" for article in read_corpus(marked).articles)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
        GOOD.encode("utf-16-le"),
        GOOD.encode("utf-16-be"),
    ],
    ids=["LE with mark", "BE with mark", "LE", "BE"],
)
def test_b05_b06_utf16_gives_the_same_article_as_utf8_and_no_nul(tmp_path: Path, data: bytes) -> None:
    write(tmp_path / "utf8", "a.txt", GOOD)
    write(tmp_path / "utf16", "a.txt", data)
    assert read_corpus(tmp_path / "utf16").articles == read_corpus(tmp_path / "utf8").articles


@pytest.mark.parametrize("data", [GOOD.encode("utf-16-le")[:-1], "Mưa\x00 lớn".encode("utf-16-le")])
def test_b06_half_a_utf16_file_or_one_with_nuls_is_refused(tmp_path: Path, data: bytes) -> None:
    corpus = read(tmp_path, half_txt=data)
    assert [skipped.path for skipped in corpus.skipped] == ["half.txt"]
    assert "utf-16" in corpus.skipped[0].reason.lower() or "NUL" in corpus.skipped[0].reason


@pytest.mark.parametrize(
    "data",
    [
        b"Th\xf1 t\xad\xedng ph\xb8t bi\xd3u t\xb9i h\xe9i ngh\xde. \xa7\xe5ng b\xb5o c\xb6 n\xad\xedc vui m\xf5ng.",
        "Thuû töôùng phaùt bieåu taïi hoäi nghò. Ñoàng baøo caû nöôùc vui möøng.".encode("latin-1"),
        "Thuû töôùng phaùt bieåu taïi hoäi nghò.".encode("latin-1"),
    ],
    ids=["TCVN3", "VNI", "VNI, one line"],
)
def test_b08_older_encodings_are_refused_and_never_stored(tmp_path: Path, data: bytes) -> None:
    corpus = read(tmp_path, old_txt=data)
    (skipped,) = corpus.skipped
    assert "older encoding (TCVN3, VNI); save the file as UTF-8" in skipped.reason


def test_b09_text_encoded_twice_is_flagged_and_put_right_only_where_that_is_exact(tmp_path: Path) -> None:
    sentence = "Thủ tướng đến thăm đồng bào vùng lũ sáng nay."
    twice = sentence.encode().decode("latin-1")
    corpus = read(
        tmp_path,
        a_txt=f"Tin trong ngày hôm nay\n\n{twice}\n",
        b_txt=f"Tin sáng nay ở Huế\n\n{twice} Rồi về Huế – muộn.\n",
    )
    texts = {article.path: article.text for article in corpus.articles}
    assert texts["a.txt"] == sentence
    assert texts["b.txt"].endswith("Rồi về Huế – muộn.")
    notes = {note.path: note.reason for note in corpus.notes}
    assert "encoded twice and are put right" in notes["a.txt"]
    assert "cannot be put right exactly" in notes["b.txt"]


def test_b11_decomposed_articles_and_questions_find_the_same_passages(
    corpus: Corpus, encoder: Encoder, tmp_path: Path
) -> None:
    for path in sorted((ROOT / "seeds" / "articles").glob("*.txt"))[:2]:
        write(tmp_path, path.name, unicodedata.normalize("NFD", path.read_text(encoding="utf-8")))
    decomposed = read_corpus(tmp_path).articles
    assert decomposed == corpus.articles[:2]
    assistant = Assistant(PassageIndex.from_articles(decomposed, encoder))
    question = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"
    hits = [assistant.search(unicodedata.normalize(form, question), 5) for form in ("NFC", "NFD")]
    assert hits[0] == hits[1]


def test_b12_what_cannot_be_seen_does_not_hinder_a_search_and_turns_nothing_around(
    hoibao: Command, folder: Path, tmp_path: Path
) -> None:
    raw = "Nghề gốm ở \u202eThanh\u202c Hải\n\nLàng gốm Thanh\u200b Hải đỏ lửa tr\u00adở lại sau h\u200bai n\ufeffăm \u202enghỉ.\n"
    path = write(folder, "gốm.txt", raw)
    hoibao("build", folder, "--index", tmp_path / "index")
    code, out, _ = hoibao("search", "đỏ lửa trở lại sau hai năm", "-k", "1", "--index", tmp_path / "index")
    assert code == 0
    assert "Làng gốm Thanh Hải đỏ lửa trở lại sau hai năm nghỉ." in out
    assert not {"\u202e", "\u202c", "\u200b", "\u00ad", "\ufeff"} & set(out)
    assert path.read_text(encoding="utf-8") == raw, "the source stays as it was"


def test_b14_half_a_character_in_a_question_is_cleaned_away(hoibao: Command, directory: Path) -> None:
    assert parse_question("Trời \ud800mưa mấy \udfffngày?").text == QUESTION
    asked = os.fsdecode(QUESTION.encode() + b"\xff\xfe")
    code, out, _ = hoibao("search", asked, "--index", directory)
    assert code == 0
    assert "Trời mưa suốt ba ngày." in out


def test_b15_a_line_of_50_mb_is_refused_by_a_named_limit_in_bounded_memory(tmp_path: Path) -> None:
    code = """
        import resource, sys
        from pathlib import Path
        from index.sources import read_corpus
        folder = Path(sys.argv[1])
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        corpus = read_corpus(folder)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)
        for file in corpus.skipped: print(file.path, file.reason)
        print([article.path for article in corpus.articles])
    """
    line = b"Tr\xe1\xbb\x9di m\xc6\xb0a. " * 3_400_000
    for name in ("a.txt", "b.md", "c.html"):
        write(tmp_path, name, line)
    write(tmp_path, "d.jsonl", b'{"text": "' + line + b'"}\n{"id": "1", "text": "C\xc3\xa2u sau."}\n')
    write(tmp_path, "e.csv", b"id,text\n1," + line + b"\n2,C\xc3\xa2u hai.\n")
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    kilobytes, *reasons, paths = done.stdout.splitlines()
    assert int(kilobytes) < 250_000
    assert [reason.split(" ")[0] for reason in reasons] == ["a.txt", "b.md", "c.html", "d.jsonl", "e.csv"]
    assert all("limit" in reason for reason in reasons), reasons
    assert paths == "['d.jsonl#1', 'e.csv#2']"


def test_b16_a_question_of_100000_characters_is_refused_before_an_index_is_opened(
    hoibao: Command, tmp_path: Path
) -> None:
    code, out, error = hoibao("ask", "mưa " * 25_000, "--index", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert error == "hoibao: Câu hỏi quá dài: 100,000 ký tự, giới hạn là 2,000.\n"


def test_b19_marks_count_as_characters_and_a_pile_of_them_takes_no_time(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"50,001 ký tự"):
        parse_question("a" + "\u0301" * 50_000)
    marks = "\u0315\u0300\u0316"  # in an order that must be sorted, which takes the square of their number
    started = time.monotonic()
    corpus = read(tmp_path, piled_txt=f"Mưa lớn ở miền Bắc\n\nTrời mưa ầm{marks * 100_000} suốt đêm qua.\n")
    assert time.monotonic() - started < 10
    (piled,) = [article for article in corpus.articles if article.path == "piled.txt"]
    assert piled.text.startswith("Trời mưa ầm") and piled.text.endswith("suốt đêm qua.")
    assert len(piled.text) < 100
    assert [note.path for note in corpus.notes] == ["piled.txt"]


def test_b20_b21_what_is_wrong_with_a_row_is_told_with_file_and_line(hoibao: Command, tmp_path: Path) -> None:
    rows = ['{"text": "Câu đúng."}', '{"text": "a", "text": "b"}', '{"text": NaN}', '{"text": "Cắt']
    write(tmp_path / "bài", "a.jsonl", "\n".join(rows))
    code, _, error = hoibao("build", tmp_path / "bài", "--index", tmp_path / "index")
    assert code == 0
    skipped = [line for line in error.splitlines() if line.startswith("bỏ qua ")]
    assert [line.split(":")[0] + line.split(":")[1] for line in skipped] == [
        f"bỏ qua a.jsonl line {number}" for number in (2, 3, 4)
    ]


def test_b22_a_nul_in_a_table_is_taken_out_and_counted(tmp_path: Path) -> None:
    corpus = read(tmp_path, a_csv='id,text\n1,"Trời\x00 mưa to."\n2,Cầu dài.\n')
    assert {article.text for article in corpus.articles} >= {"Trời mưa to.", "Cầu dài."}
    assert [(note.path, note.reason) for note in corpus.notes] == [("a.csv#1", "1 control characters taken out")]


def test_b23_what_articles_do_not_say_is_counted_and_an_id_comes_from_the_content(
    hoibao: Command, tmp_path: Path
) -> None:
    whole = {"id": "1", "title": "Mưa", "text": "Trời mưa to.", "url": "https://a.example/1", "published": "2024-05-01"}
    bare = {"text": "Trời nắng to."}
    write(tmp_path / "bài", "a.jsonl", "\n".join(map(json.dumps, (whole, bare))))
    code, out, _ = hoibao("build", tmp_path / "bài", "--index", tmp_path / "index", "--json")
    assert code == 0
    assert json.loads(out)["unknown"] == {"id": 1, "title": 1, "published": 1, "url": 1, "outlet": 2, "author": 2}
    write(tmp_path / "bài", "a.jsonl", "\n".join(map(json.dumps, (bare, whole))))
    report = sync(tmp_path / "bài", tmp_path / "index")
    assert report.nothing_new, "ids do not come from the order of the rows"
    assert json.loads(hoibao("info", "--json", "--index", tmp_path / "index")[1])["unknown"]["published"] == 1


def test_b24_one_text_under_three_ids_is_one_article_and_one_id_with_two_texts_is_told(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "Tin một."}, {"id": "1", "text": "Tin hai."}]
    rows += [{"id": number, "text": "Tin ba."} for number in ("2", "3", "4")]
    corpus = read(tmp_path, a_jsonl="\n".join(map(json.dumps, rows)))
    assert [article.text for article in corpus.articles[:-1]] == ["Tin một.", "Tin ba."]
    assert [(skipped.path, skipped.reason) for skipped in corpus.skipped] == [
        ("a.jsonl", "line 2: the id '1' is that of line 1 already"),
        ("a.jsonl#3", "the same text as a.jsonl#2"),
        ("a.jsonl#4", "the same text as a.jsonl#2"),
    ]


def test_b25_what_is_no_date_is_kept_as_text_and_articles_are_still_sorted(encoder: Encoder, tmp_path: Path) -> None:
    days = ["31/02/2023", "9999-12-31", "hôm qua", "2024-05-01", None, "2023-01-02"]
    rows = [
        {"id": str(number), "text": f"Trời mưa ngày thứ {number}.", "published": day} for number, day in enumerate(days)
    ]
    corpus = read(tmp_path, a_jsonl="\n".join(map(json.dumps, rows)))
    assert [note.reason for note in corpus.notes] == [f"no date: {day}" for day in days[:3]]
    assistant = Assistant(PassageIndex.from_articles(corpus.articles, encoder))
    searched = assistant.ask("Ngày nào trời mưa?").searched
    assert (str(searched.first), str(searched.last)) == ("2023-01-02", "2024-05-01")
    assert len(assistant.explain("Bài mới nhất nói gì về trời mưa?").hits) > 0


def test_b28_a_billion_laughs_and_a_foreign_entity_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">'
    entities += "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    page = f"<?xml version='1.0'?><!DOCTYPE html [{entities}]><html><body><p>&a10; &f; Trời mưa.</p></body></html>"
    started = time.monotonic()
    corpus = read(tmp_path, a_xhtml=page, b_html=page)
    assert time.monotonic() - started < 10  # under two seconds alone; the machine may be busy
    assert not any("haha" in article.text or "root:" in article.text for article in corpus.articles)


def test_b29_an_archive_named_txt_is_refused_by_its_content_and_not_expanded(tmp_path: Path) -> None:
    nothing = bytes(2_000_000)
    with zipfile.ZipFile(tmp_path / "zip.txt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", nothing)
    corpus = read(
        tmp_path, gz_txt=gzip.compress(nothing), bz2_md=bz2.compress(nothing), xz_jsonl=lzma.compress(nothing)
    )
    reasons = {skipped.path: skipped.reason.split(",")[0] for skipped in corpus.skipped}
    assert reasons == {
        "bz2.md": "a bzip2 archive",
        "gz.txt": "a gzip archive",
        "xz.jsonl": "an xz archive",
        "zip.txt": "a zip archive",
    }


HOSTILE = (
    "=cmd()|calc.txt",
    "dòng\nmới.txt",
    "\x1b[31mđỏ\x07.txt",
    "ảnh\u202etxt.exe.txt",
    unicodedata.normalize("NFD", "đường sắt.txt"),
    "d" * 251 + ".txt",
    "..%2f..%2fetc.txt",
)


def test_b30_hostile_file_names_and_ids_are_only_shown_and_write_nothing_outside(
    hoibao: Command, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for number, name in enumerate(HOSTILE):
        write(home / "bài", name, f"Tin thứ {number} trong ngày\n\nTrời mưa suốt {number} ngày liền ở Huế.\n")
    write(home / "bài", "t.jsonl", json.dumps({"id": "../../etc/cron\n\x1b[2J", "text": "Trời nắng suốt ngày ở Huế."}))
    write(home / "bài", "hỏng\n\x1b[31m\u202e.txt", b"\xff")
    around = {path.name for path in tmp_path.iterdir()}
    seen = [hoibao("build", home / "bài", "--index", home / "index")]
    assert seen[0][0] == 0
    seen += [hoibao("sync", home / "bài", "--index", home / "index")]
    seen += [hoibao("clean", home / "bài"), hoibao("search", "Huế", "-k", "20", "--index", home / "index")]
    seen += [hoibao("ask", "Huế mưa mấy ngày?", "--index", home / "index")]
    for _, out, error in seen:
        assert not {"\x1b", "\x07", "\u202e"} & set(out + error)
    bad = [line for line in seen[0][2].splitlines() if "hỏng" in line]
    assert len(bad) == 1 and bad[0].startswith("bỏ qua hỏng")
    assert {path.name for path in tmp_path.iterdir()} == around
    articles = PassageIndex.open(home / "index").articles.values()
    assert len(articles) == len(HOSTILE) + 1
    assert all(article.article_id.isalnum() for article in articles)
    assert all("\n" not in article.path for article in articles)


def test_b30_two_names_that_are_one_when_normalised_are_told_and_one_is_read(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "bài"
    write(folder, "đường.txt", GOOD)
    PassageIndex.build(folder, tmp_path / "index", encoder)
    write(folder, unicodedata.normalize("NFD", "đường.txt"), OTHER)
    report = sync(folder, tmp_path / "index", encoder)
    (problem,) = report.problems
    assert problem.path == "đường.txt"
    assert "another file has this name" in problem.reason
    (article,) = PassageIndex.open(tmp_path / "index", encoder).articles.values()
    assert article.text in (GOOD.split("\n\n")[1].strip(), OTHER.split("\n\n")[1].strip())


def test_b31_what_is_no_file_is_told_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "zz.txt", GOOD)
    write(tmp_path, "folder.txt/inner.txt", OTHER)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "out.txt").symlink_to("/etc/passwd")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        listener.bind("socket.txt")
        corpus = read_corpus(tmp_path)
    finally:
        os.chdir(here)
        listener.close()
    assert [article.path for article in corpus.articles] == ["zz.txt", "folder.txt/inner.txt"]
    reasons = {skipped.path: skipped.reason for skipped in corpus.skipped}
    assert reasons.pop("folder.txt") == "a folder, not a file; the files in it are read"
    assert reasons == dict.fromkeys(
        ["device.txt", "gone.txt", "out.txt", "pipe.txt", "socket.txt"], "not a regular file"
    )


class _Capabilities(ctypes.Structure):
    """What Linux lets a thread do, as capset(2) takes it: version and thread, then the lower half and the upper."""

    _fields_ = (("head", ctypes.c_uint32 * 2), ("sets", ctypes.c_uint32 * 6))


def let_files_refuse_root(refuse: bool) -> None:
    """Take from this thread what lets root pass over the rights of files, or give it back; in a namespace too."""
    held = _Capabilities((ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0))
    head, sets = ctypes.byref(held), ctypes.byref(held, ctypes.sizeof(held.head))
    system = ctypes.CDLL(None, use_errno=True)
    assert system.capget(head, sets) == 0
    held.sets[0] = held.sets[1] & ~OVER_RIGHTS if refuse else held.sets[1]
    assert system.capset(head, sets) == 0


@contextmanager
def no_rights() -> Iterator[Path]:
    """A folder in which the rights of files count, whoever runs this."""
    home = Path(tempfile.mkdtemp(prefix="hoibao-"))
    root = os.geteuid() == 0
    try:
        if root:
            let_files_refuse_root(True)
        yield home
    finally:
        if root:
            let_files_refuse_root(False)
        for path in [home, *home.rglob("*")]:
            path.chmod(0o777)
        shutil.rmtree(home)


def test_b32_a_file_or_folder_that_may_not_be_read_is_named_and_the_rest_read(encoder: Encoder) -> None:
    with no_rights() as home:
        for name in ("a.txt", "b/b.txt", "locked/c.txt"):
            write(home / "bài", name, GOOD.replace("ba", name[0]))
        PassageIndex.build(home / "bài", home / "index", encoder)
        (home / "bài" / "b" / "b.txt").chmod(0)
        (home / "bài" / "locked").chmod(0)
        report = sync(home / "bài", home / "index", encoder, dry_run=True)
        assert [(file.path, file.reason) for file in report.problems] == [
            ("b/b.txt", "Permission denied"),
            ("locked", "Permission denied"),
        ]
        with pytest.raises(SyncError, match=r"locked: Permission denied.*nothing was changed"):
            sync(home / "bài", home / "index", encoder, strict=True)
        (home / "bài").chmod(0)
        with pytest.raises((CorpusError, OSError), match=r"Permission denied"):
            read_corpus(home / "bài")


def test_b32_an_index_folder_that_may_not_be_written_is_named_and_answers(hoibao: Command, encoder: Encoder) -> None:
    with no_rights() as home:
        write(home / "bài", "a.txt", GOOD)
        PassageIndex.build(home / "bài", home / "index", encoder)
        write(home / "bài", "b.txt", OTHER)
        for path in [home / "index", *(path for path in (home / "index").rglob("*") if path.is_dir())]:
            path.chmod(0o555)
        for path in (path for path in (home / "index").rglob("*") if path.is_file()):
            path.chmod(0o444)
        for command in ("build", "sync"):
            code, out, error = hoibao(command, home / "bài", "--index", home / "index")
            assert (code, out) == (2, "")
            (line,) = [line for line in error.splitlines() if line.startswith("hoibao: ")]
            assert str(home / "index") in line and "Permission denied" in line
        assert Assistant(PassageIndex.open(home / "index", encoder)).search(QUESTION)[0].article.path == "a.txt"


@pytest.fixture(scope="module")
def copied_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(BUNDLED_FOLDER, tmp_path_factory.mktemp("copied") / "model"))


@pytest.fixture
def flipped(copied_model: Path) -> Iterator[Callable[[str], None]]:
    """Flip a bit in the middle of a file of a copy of the bundled model; afterwards it is whole again."""
    wholes: dict[Path, bytes] = {}

    def flip(name: str) -> None:
        path = copied_model / name
        data = bytearray(wholes.setdefault(path, path.read_bytes()))
        data[len(data) * 2 // 3] ^= 1
        path.write_bytes(data)

    yield flip
    for path, data in wholes.items():
        path.write_bytes(data)


def test_b34_another_model_of_the_same_dimension_is_refused_with_both_and_the_command(
    copied_model: Path, flipped: Callable[[str], None], directory: Path
) -> None:
    (copied_model / "SHA256SUMS").unlink()
    flipped("model.safetensors")
    with pytest.raises(ModelError, match=r"hoibao-vi-en-zh \(384 numbers.*/model \(384 numbers.*hoibao build"):
        PassageIndex.open(directory, str(copied_model))
    shutil.copy(BUNDLED_FOLDER / "SHA256SUMS", copied_model)


@pytest.mark.parametrize(
    "name",
    ["model.safetensors", "late_interaction.safetensors", "tokenizer.json", "config.json", "1_Pooling/config.json"],
)
def test_b36_a_bit_flipped_in_the_model_is_refused_at_once_and_the_file_named(
    copied_model: Path, flipped: Callable[[str], None], name: str
) -> None:
    flipped(name)
    started = time.monotonic()
    with pytest.raises(ModelError, match=rf"model: {name}: .*not the file that was made"):
        Encoder.load(str(copied_model))
    assert time.monotonic() - started < 2


def test_b36_weights_as_pickle_are_not_opened(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED_FOLDER, tmp_path / "model"))
    (folder / "SHA256SUMS").unlink()
    (folder / "model.safetensors").unlink()
    ran = tmp_path / "ran"
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch " + os.fsencode(ran) + b"'\ntR.")
    started = time.monotonic()
    with pytest.raises(ModelError, match="cannot be loaded"):
        Encoder.load(str(folder))
    assert time.monotonic() - started < 2
    assert not ran.exists()


@pytest.mark.parametrize("change", ["modules", "auto_map"])
def test_b36_code_that_a_model_brings_does_not_run(tmp_path: Path, change: str) -> None:
    folder = Path(shutil.copytree(BUNDLED_FOLDER, tmp_path / "model"))
    (folder / "SHA256SUMS").unlink()
    ran = tmp_path / "ran"
    (folder / "evil.py").write_text(f"open({str(ran)!r}, 'w')\nclass Evil: pass\n", encoding="utf-8")
    if change == "modules":
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        modules[0]["type"] = "evil.Evil"
        (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    else:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config.update({"model_type": "evil", "auto_map": {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"}})
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        Encoder.load(str(folder))
    assert "\n" not in str(caught.value)
    assert not ran.exists()


def test_b37_a_number_of_passages_that_is_none_is_refused_by_the_command_too(hoibao: Command, tmp_path: Path) -> None:
    for k in ("0", "-1", "1000000000", "2.5", "năm"):
        code, _, error = hoibao("search", "Huế", "-k", k, "--index", tmp_path / "nowhere")
        assert code == 2
        assert "'-k'" in error and "Traceback" not in error


def test_b38_ctrl_c_in_a_build_leaves_the_old_state_and_exits_130(directory: Path, folder: Path) -> None:
    code = """
        import os, signal, sys
        import index.encoded
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background inherits that it is ignored
        encode = index.encoded._encode_sentences
        def interrupted(*arguments):
            os.kill(os.getpid(), signal.SIGINT)
            return encode(*arguments)
        index.encoded._encode_sentences = interrupted
        sys.argv = ["hoibao", *sys.argv[1:]]
        from qa.cli import main
        main()
    """
    before = open_generation(directory)
    write(folder, "c.txt", GOOD.replace("ba", "bốn"))
    done = python(code, "build", folder, "--index", directory)
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert open_generation(directory) == before
    assert sync(folder, directory).added == ("c.txt",)


def test_b38_without_home_and_without_a_place_for_temporary_files_all_works(folder: Path, tmp_path: Path) -> None:
    code = """
        import os, sys, tempfile
        del os.environ["HOME"]
        tempfile.tempdir = "/nowhere/at/all"
        from qa.cli import _run
        folder, index, question = sys.argv[1:]
        for arguments in (["build", folder], ["ask", question]):
            sys.argv = ["hoibao", *arguments, "--index", index]
            assert _run() == 0
    """
    done = python(code, folder, tmp_path / "index", QUESTION)
    assert done.returncode == 0, done.stderr
    assert "Trời mưa suốt ba ngày." in done.stdout
