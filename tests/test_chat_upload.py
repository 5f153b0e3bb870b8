"""Articles that readers bring: what is taken and what is not, where it is kept, and how it comes to be searched."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.newsstand import Newsstand
from conftest import ROOT, SEEDS
from hostile_texts import TEXTS
from starlette.testclient import TestClient

from index import Encoder, PassageIndex
from qa import Assistant, chat, chat_upload
from qa.chat_desk import Desk
from qa.chat_doors import Doors
from qa.chat_reasons import reason_in
from qa.chat_shelf import Shelf
from qa.chat_text import VIETNAMESE
from qa.chat_upload import FILE_LIMIT, Progress, UploadError, Uploads, uploads_into
from qa.chat_upload_routes import STATE
from qa.request import Request

FERRY = (
    "Phà Rừng ngừng chạy sau khi cầu thông xe\n\n"
    "Chuyến phà cuối cùng của bến phà Rừng rời bến lúc 22 giờ ngày 3/3/2025. "
    "Hơn hai trăm hành khách đã đứng trên boong để tiễn chuyến phà ấy.\n"
)
FERRY_QUESTION = "Chuyến phà Rừng cuối cùng rời bến khi nào?"
FLIGHT_QUESTION = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


@pytest.fixture
def uploads(tmp_path: Path, encoder: Encoder) -> Uploads:
    corpus, directory = tmp_path / "articles", tmp_path / "index"
    shutil.copytree(SEEDS, corpus)
    assistant = Assistant(PassageIndex.build(corpus, directory, encoder))
    opened = assistant.reopened(directory)
    return uploads_into(corpus / "tải lên", directory, Shelf(opened), encoder, lambda: opened.reopened(directory))


@pytest.fixture
def client(uploads: Uploads) -> Iterator[TestClient]:
    app = chat.create_app(uploads.shelf, doors=Doors(uploads=uploads))
    with TestClient(app, base_url="http://127.0.0.1:7860") as opened:
        yield opened


@pytest.fixture
def taking(tmp_path: Path, encoder: Encoder) -> Uploads:
    """What takes files, where nothing is published."""
    folder = tmp_path / "articles" / "tải lên"
    folder.mkdir(parents=True)
    shelf = Shelf(Newsstand())
    return Uploads(folder, folder.parent, tmp_path / "index", shelf, encoder, lambda: shelf)


def until(ready: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def published(uploads: Uploads) -> None:
    assert uploads.publish()
    until(lambda: uploads.progress.stage != "working")
    assert uploads.progress.stage == "done", uploads.progress


# --- what is taken ----------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_an_id_of_ours_and_said_what_was_read(taking: Uploads) -> None:
    taken = taking.take("../../ngoài/bài báo.txt", FERRY.encode())
    (kept,) = taking.folder.iterdir()
    assert kept.name == f"{taken.upload_id}.txt" and kept.read_bytes() == FERRY.encode()
    assert taken.titles == ("Phà Rừng ngừng chạy sau khi cầu thông xe",) and taken.new
    assert not taking.take("khác.txt", FERRY.encode()).new and len(list(taking.folder.iterdir())) == 1


NAMES = (
    "../../../../etc/cron.d/x.txt",
    "/etc/passwd.txt",
    "..\\..\\windows\\x.txt",
    "C:\\x.txt",
    "a" * 5_000 + ".txt",
    "dòng\nmới.txt",
    "\x00.txt",
    "=cmd|'/c calc'!A1.txt",
    "\u202etxt.exe.txt",
    "~/.ssh/authorized_keys.txt",
    "CON.txt",
    "a.txt/../b.txt",
    ".txt.txt",
    *(f"{text}.txt" for text in TEXTS),
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_is_a_path(taking: Uploads, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if "index" not in path.parts}
    taken = taking.take(name, FERRY.encode())
    after = {path for path in tmp_path.rglob("*") if "index" not in path.parts}
    assert after - before == {taking.folder / f"{taken.upload_id}.txt"}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("bài.exe", b"MZ", "kind: .csv"),
        ("bài", b"x", "kind: .csv"),
        ("bài.txt", b"", "empty"),
        ("bài.txt", b" \n", "empty"),
        ("bài.txt", b"x" * (FILE_LIMIT + 1), "too_large: 5"),
        ("bài.txt", b"PK\x03\x04" + b"x" * 100, "no_article: a zip"),
        ("bài.pdf", b"not a pdf at all", "no_article: no PDF"),
        ("bài.txt", b"abc \xff\xfe\xfa xyz" * 20, "no_article: not UTF-8"),
        ("bài.jsonl", b'{"title": [}', "no_article: line 1: no JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason_and_not_kept(
    taking: Uploads, name: str, data: bytes, why: str
) -> None:
    with pytest.raises(UploadError, match=why) as error:
        taking.take(name, data)
    assert not list(taking.folder.iterdir()) and str(taking.folder) not in str(error.value)


def test_a_full_folder_takes_no_more(taking: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_upload, "FILES_LIMIT", 1)
    taking.take("a.txt", FERRY.encode())
    with pytest.raises(UploadError, match="folder_full"):
        taking.take("b.txt", FERRY.replace("Rừng", "Gót").encode())
    assert len(list(taking.folder.iterdir())) == 1


def test_only_the_folder_of_the_index_or_one_below_it_takes_articles(uploads: Uploads, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    for folder in (other, uploads.corpus / ".." / "elsewhere"):
        with pytest.raises(ValueError, match="or below it"):
            uploads_into(folder, uploads.directory, uploads.shelf, uploads.encoder, lambda: uploads.shelf)
    assert not other.exists()


@pytest.fixture(scope="module")
def said_by(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[Callable[[str, bytes, str], dict[str, object]]]:
    """What the chat answers when a file is brought from a page in that language."""
    folder = tmp_path_factory.mktemp("said")
    uploads = Uploads(folder, folder, folder / "index", Shelf(Newsstand()), encoder, Newsstand)
    app = chat.create_app(uploads.shelf, doors=Doors(uploads=uploads))
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:

        def bring(name: str, data: bytes, language: str) -> dict[str, object]:
            told: dict[str, object] = client.post(
                "/uploads", params={"name": name, "language": language}, content=data
            ).json()
            return told

        yield bring


# --- how it comes to be searched --------------------------------------------------------------------------------


def test_what_was_brought_is_asked_once_it_is_published_and_what_was_there_still_is(uploads: Uploads) -> None:
    before = uploads.shelf.current
    uploads.take("a.txt", FERRY.encode())
    assert "rời bến lúc 22 giờ" not in str(uploads.shelf.ask(FERRY_QUESTION).citations)
    published(uploads)
    answer = uploads.shelf.ask(FERRY_QUESTION)
    assert answer.found and "22 giờ ngày 3/3/2025" in answer.citations[0].quote
    assert uploads.shelf.ask(FLIGHT_QUESTION).found
    assert uploads.progress.added == 1 and uploads.progress.articles == 6
    assert len(before.articles) == 5
    assert before.version and uploads.shelf.version and before.version.name != uploads.shelf.version.name
    assert before.ask(FLIGHT_QUESTION).found, "the earlier generation answers those who still hold it"


def test_others_go_on_asking_while_it_is_published(uploads: Uploads) -> None:
    desk, stop = Desk(uploads.shelf, VIETNAMESE), threading.Event()
    versions: set[str] = set()
    faults: list[str] = []

    def go_on() -> None:
        while not stop.is_set():
            message, record = desk.reply(Request(FLIGHT_QUESTION))
            if record is None or "7/1/2025" not in message.replace("&#47;", "/"):
                faults.append(message)
            held = uploads.shelf.version
            versions.add(held.name if held else "")

    askers = [threading.Thread(target=go_on) for _ in range(3)]
    for asker in askers:
        asker.start()
    uploads.take("a.txt", FERRY.encode())
    published(uploads)
    known = uploads.shelf.version
    until(lambda: known is not None and known.name in versions)
    stop.set()
    for asker in askers:
        asker.join()
    assert faults == [] and len(versions) == 2


def test_a_citation_of_an_earlier_generation_still_opens(uploads: Uploads) -> None:
    taken = uploads.take("a.txt", FERRY.encode())
    published(uploads)
    cited = uploads.shelf.ask(FERRY_QUESTION).citations[0].article
    (uploads.folder / f"{taken.upload_id}.txt").unlink()
    published(uploads)
    assert cited.article_id not in uploads.shelf.articles
    opened = Desk(uploads.shelf, VIETNAMESE).open_article({"article_id": cited.article_id, "quote": [0, 5]})
    assert opened["title"] == cited.title


def test_an_index_that_another_process_writes_is_said_to_be_busy_and_stays(uploads: Uploads) -> None:
    hold = "import sys; from filelock import FileLock\nwith FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    lock = str(uploads.directory / "write.lock")
    with subprocess.Popen(
        [sys.executable, "-c", hold, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        uploads.take("a.txt", FERRY.encode())
        assert uploads.publish()
        until(lambda: uploads.progress.stage == "failed")
        assert uploads.progress.failure == "busy" and len(uploads.progress.incident) == 8
        other.communicate()
    assert uploads.shelf.ask(FLIGHT_QUESTION).found
    published(uploads)


# --- over HTTP --------------------------------------------------------------------------------------------------


def test_over_http_a_file_is_read_published_and_asked(client: TestClient) -> None:
    menu = "Trang chủ\n"
    told = client.post("/uploads", params={"name": "<b>phà.txt"}, content=(menu + FERRY).encode()).json()
    assert told["articles"] == 1 and told["titles"] and told["new"]
    assert client.post("/uploads/publish").status_code == 202
    until(lambda: client.get(STATE).json()["stage"] == "done")
    state = client.get(STATE, params={"language": "en"}).json()
    assert state["articles"] == 6 and state["corpus"].startswith("6 articles")
    event = client.post("/gradio_api/call/ask", json={"data": [FERRY_QUESTION]}).json()["event_id"]
    assert "22 gi" in client.get(f"/gradio_api/call/ask/{event}").text


def test_over_http_what_is_refused_says_why_and_no_path(client: TestClient, tmp_path: Path) -> None:
    refused = client.post("/uploads", params={"name": "x.pdf"}, content=b"no pdf")
    assert refused.status_code == 422 and "không có bài báo" in refused.json()["detail"]
    assert str(tmp_path) not in refused.text and "hoibao-" not in refused.text
    assert client.post("/uploads", params={"name": "x.txt"}, content=b"x" * (FILE_LIMIT + 1)).status_code == 413
    foreign = {"origin": "http://evil.example"}
    assert client.post("/uploads", params={"name": "x.txt"}, content=b"x", headers=foreign).status_code == 403
    assert client.post("/gradio_api/upload").status_code == 404


def test_where_it_is_not_allowed_there_is_no_such_address_and_no_part_of_the_page() -> None:
    with TestClient(chat.create_app(Newsstand()), base_url="http://127.0.0.1") as client:
        for method, path in (("POST", "/uploads"), ("POST", "/uploads/publish"), ("GET", "/uploads/state")):
            assert client.request(method, path, params={"name": "a.txt"}).status_code == 404
        assert "hb-upload" not in client.get("/").text + client.get("/config").text


# --- in which language it is said -------------------------------------------------------------------------------

PDF_ERROR = "no PDF: it does not begin with %PDF-"
REFUSED = (
    ("x.exe", b"MZ", "loại tệp này không đọc được; đọc được: .csv", "files of this kind are not read; these are: .csv"),
    ("x.txt", b" \n", "tệp rỗng", "the file is empty"),
    ("x.pdf", b"no pdf", "không có bài báo nào đọc được: không phải tệp PDF", f"no article could be read in it: {PDF_ERROR}"),
    ("x.txt", "Một\n".encode(), "không có bài báo nào đọc được: không có nội dung bài", "no article text in it"),
    ("x.docx", b"PK", "không phải tệp Word (.docx): không phải tệp nén zip; hãy mở ra", "no Word file (.docx)"),
    ("x.csv", b"a,b\n1,2\n", "dòng đầu không có cột “text”: a | b", "the first line has no column 'text'"),
    ("x.jsonl", b"[1]\n", "dòng 1: không phải đối tượng JSON có khóa “text”", "line 1: a list, not an object"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "vietnamese", "english"), REFUSED)
def test_a_refusal_is_said_in_the_language_of_the_page(
    said_by: Callable[..., dict[str, object]], name: str, data: bytes, vietnamese: str, english: str
) -> None:
    assert vietnamese in str(said_by(name, data, "vi")["detail"])
    told = str(said_by(name, data, "en")["detail"])
    assert english in told and all(letter < "\u0100" for letter in told), told


def test_what_was_left_out_is_said_in_the_language_of_the_page_and_the_headline_is_not(
    said_by: Callable[..., dict[str, object]],
) -> None:
    told = said_by("x.txt", FERRY.encode(), "vi")
    assert (told["dropped"], told["left_out"], told["notes"]) == ([], 0, [])
    data = f"Trang chủ\n{FERRY}\nBình luận\nHay quá.\n".encode("utf-16")
    for language, label in (("vi", "dưới bài: bình luận: Hay quá."), ("en", "below the article: comments: Hay quá.")):
        told = said_by("x.txt", data, language)
        assert label in str(told["dropped"]) and FERRY.split("\n", maxsplit=1)[0] not in str(told["dropped"])
    rows = '{"text": "Phà Rừng đã ngừng chạy.", "published": "hôm qua"}\n{"text": ""}\n'.encode()
    told = said_by("x.jsonl", rows, "vi")
    assert (told["dropped"], told["left_out"]) == (["dòng 2: không có nội dung bài"], 1)
    assert (told["notes"], told["noted"]) == (["không phải ngày: hôm qua"], 1)


def test_every_line_left_out_of_a_real_page_has_a_vietnamese_reason(taking: Uploads) -> None:
    pages = sorted(path for path in (ROOT / "tests" / "pages").iterdir() if path.suffix != ".jsonl")
    reasons = {left.reason for page in pages for left in taking.take(page.name, page.read_bytes()).dropped}
    assert {"menu", "caption", "comments", "imprint"} <= reasons
    for reason in reasons:
        said = reason_in("vi", reason)
        assert said != reason and "không đọc được" not in said and reason.split(": ")[-1] not in said
    assert reason_in("vi", "something new") == "không đọc được (something new)"


@pytest.mark.parametrize(("language", "sentence"), [("vi", "tiến trình khác"), ("en", "another process")])
def test_why_it_is_not_searched_is_said_in_the_language_of_the_page(
    taking: Uploads, language: str, sentence: str
) -> None:
    taking.progress = Progress("failed", failure="busy", incident="0a1b2c3d")
    with TestClient(chat.create_app(taking.shelf, doors=Doors(uploads=taking)), base_url="http://127.0.0.1") as client:
        state = client.get(STATE, params={"language": language}).json()
    assert sentence in state["failure"] and state["failure"].endswith("[0a1b2c3d]")
