"""Bringing articles, in a real browser: what was read is listed as text, and can be asked when it is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import ROOT, OpenPage, served
from browser.test_chat_page import ask, fits, picture
from index import Encoder, PassageIndex
from qa import Assistant
from qa.chat_doors import Doors
from qa.chat_upload import FILE_LIMIT

HOSTILE = "<img src=x onerror=window.hacked=1>"
FERRY = (
    f"Phà Rừng {HOSTILE} ngừng chạy\n\n"
    "Chuyến phà cuối cùng của bến phà Rừng rời bến lúc 22 giờ ngày 3/3/2025. "
    "Hơn hai trăm hành khách đã đứng trên boong để tiễn chuyến phà ấy.\n"
)


@pytest.fixture(scope="module")
def taking(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> str:
    from qa.chat_shelf import Shelf
    from qa.chat_upload import uploads_into

    place = tmp_path_factory.mktemp("taking")
    shutil.copytree(ROOT / "seeds" / "articles", place / "articles")
    PassageIndex.build(place / "articles", place / "index", encoder)
    opened = Assistant.open(place / "index", encoder)
    shelf = Shelf(opened)
    folder = place / "articles" / "brought"
    uploads = uploads_into(folder, place / "index", shelf, opened.encoder, lambda: opened.reopened(place / "index"))
    return served(shelf, doors=Doors(uploads=uploads))


def test_files_are_brought_listed_and_asked(taking: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(taking, width=390, height=844)
    good, bad = tmp_path / "<b>phà\u202e.txt", tmp_path / "trống.txt"
    good.write_text(FERRY, encoding="utf-8")
    bad.write_text(" ", encoding="utf-8")
    page.get_by_text("Thêm bài báo").click()
    page.get_by_label("Chọn tệp").focus()
    page.get_by_label("Chọn tệp").set_input_files([good, bad])
    lines = page.locator(".hb-upload-files > li")
    expect(lines.first).to_contain_text("<b>phà.txt: đọc được 1 bài")
    expect(lines.first).to_contain_text(HOSTILE)
    expect(lines.nth(1)).to_have_text("trống.txt: tệp rỗng")
    expect(page.locator(".hb-upload-said")).to_have_text("Đã có thể hỏi: thêm 1 bài, tất cả 6 bài.")
    expect(page.get_by_label("Chọn tệp")).to_be_focused()
    expect(page.locator(".hb-corpus")).to_contain_text("6 bài báo")
    assert page.locator(".hb-upload img, .hb-upload b").count() == 0 and fits(page)
    picture(page, "phone-upload")
    reply = ask(page, "Chuyến phà Rừng cuối cùng rời bến khi nào?")
    expect(reply.locator("q").first).to_contain_text("22 giờ ngày 3/3/2025")
    assert page.evaluate("window.hacked") is None
    page.reload()
    expect(page.locator(".hb-corpus")).to_contain_text("6 bài báo")


def test_the_english_page_speaks_english_of_what_is_brought(taking: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"{taking}en/", width=390, height=844)
    good, bad, large = tmp_path / "tàu.txt", tmp_path / "trống.txt", tmp_path / "lớn.txt"
    good.write_text(f"Trang chủ\n{FERRY.replace(HOSTILE, 'đã').replace('phà', 'tàu')}\nBình luận\n", encoding="utf-16")
    bad.write_text(" ", encoding="utf-8")
    large.write_bytes(b"x" * (FILE_LIMIT + 1))
    page.get_by_text("Add articles").click()
    page.get_by_label("Choose files").set_input_files([good, bad, large])
    lines = page.locator(".hb-upload-files > li")
    expect(lines.first).to_contain_text("tàu.txt: articles read: 1")
    expect(lines.first.locator("summary")).to_have_text("Lines that are not of the article: 2")
    expect(lines.nth(1)).to_have_text("trống.txt: the file is empty")
    expect(lines.nth(2)).to_have_text("lớn.txt: the file is larger than 5 MB")
    expect(page.locator(".hb-upload-said")).to_contain_text("They can be asked now. Articles added: 1, in all: ")
    assert fits(page)


def test_the_page_takes_no_files_unless_it_is_allowed(newsstand: str, open_page: OpenPage) -> None:
    page = open_page(newsstand)
    expect(page.locator("input[type=file], .hb-upload")).to_have_count(0)
