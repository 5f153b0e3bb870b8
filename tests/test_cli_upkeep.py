"""The commands that keep an index in step, in this process: what they print, and their exit codes."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli import _run

PAGES = {
    "a.txt": "Cảng Hải Phòng mở rộng\n\nCảng Hải Phòng mở thêm hai bến. Giá gạo tăng 5%.\n",
    "b.txt": "Huế khánh thành cầu\n\nHuế khánh thành cầu mới. Cầu dài 300 m.\n",
}
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hoibao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bài").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "bài" / name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["hoibao", *arguments])
        code = _run()
        return code, *capsys.readouterr()

    assert run("build", "bài")[0] == 0
    return run


def test_a_folder_is_followed_undone_tidied_and_examined(hoibao: Command, tmp_path: Path) -> None:
    assert hoibao("sync", "bài")[:2] == (
        0,
        "thêm 0, sửa 0, bỏ 0, giữ nguyên 2, trùng 0, lỗi 0\nchỉ mục không đổi\n",
    )
    (tmp_path / "bài" / "c.txt").write_text("Tin thứ ba\n\nĐồng Nai mở sân bay mới.\n", encoding="utf-8")
    (tmp_path / "bài" / "d.txt").write_text(PAGES["a.txt"], encoding="utf-8")
    (tmp_path / "bài" / "e.txt").write_bytes(b"")
    (tmp_path / "bài" / "b.txt").unlink()
    dry = hoibao("sync", "bài", "--dry-run", "--json")[1]
    assert json.loads(dry)["counts"] == {
        "added": 1,
        "changed": 1,
        "removed": 1,
        "unchanged": 0,
        "duplicates": 1,
        "problems": 1,
    }
    code, _, error = hoibao("sync", "bài", "--strict")
    assert code == 2
    assert "hoibao: bài: e.txt: empty; nothing was changed" in error
    code, out, _ = hoibao("sync", "bài")
    assert out.split("\n")[:-1] == [
        "+ c.txt",
        "~ a.txt",
        "- b.txt",
        "= d.txt: trùng với a.txt",
        "! e.txt: empty",
        "thêm 1, sửa 1, bỏ 1, giữ nguyên 0, trùng 1, lỗi 1",
        "đã cập nhật chỉ mục: đọc 3 tệp, mã hóa 1 bài",
    ]
    assert hoibao("search", "sân bay", "-k", "1")[1].count("Đồng Nai mở sân bay mới.") == 1
    assert hoibao("rollback")[:2] == (0, "đã trở lại bản trước: 2 bài, 2 đoạn\n")
    assert "Huế khánh thành" in hoibao("search", "Huế")[1]
    assert hoibao("doctor")[:2] == (0, "chỉ mục lành lặn: 27 điều kiểm tra\n")
    assert hoibao("gc")[:2] == (0, "đã xóa 1 bản cũ\n")
    code, _, error = hoibao("rollback")
    assert code == 2
    assert "no earlier generation" in error
    assert hoibao("gc", "--json")[1] == '{\n  "removed": []\n}\n'


def test_the_doctor_tells_by_its_exit_code_how_it_stands(hoibao: Command, tmp_path: Path) -> None:
    stray = tmp_path / ".hoibao" / "generations" / "draft-3"
    stray.mkdir()
    assert hoibao("doctor")[0] == 1
    code, out, _ = hoibao("doctor", "--repair", "--json")
    assert (code, json.loads(out)["repaired"]) == (1, ["removed: draft-3"])
    assert hoibao("doctor", "--repair")[0] == 0
    next((tmp_path / ".hoibao").rglob("names.txt")).write_text("x", encoding="utf-8")
    code, out, _ = hoibao("doctor")
    assert code == 2
    assert "! hashes: .hoibao/generations/" in out
    assert "cần làm: hoibao build bài --index .hoibao" in out
    assert hoibao("doctor", "--index", "nowhere")[0] == 2


def test_a_folder_of_other_articles_a_file_and_an_empty_folder_are_told(hoibao: Command, tmp_path: Path) -> None:
    (tmp_path / "khác").mkdir()
    code, _, error = hoibao("clean", "khác")
    assert (code, error) == (2, "hoibao: không có tệp nào đọc được trong khác\n")
    (tmp_path / "khác" / "c.txt").write_text("Tin thứ ba\n\nĐồng Nai mở sân bay mới.\n", encoding="utf-8")
    assert "không bài cũ nào của chỉ mục có trong khác" in hoibao("sync", "khác", "--dry-run")[2]
    assert "không bài cũ nào" not in hoibao("sync", "bài")[2]
    assert "a file, not a folder of articles; give the folder that holds it: bài" in hoibao("sync", "bài/a.txt")[2]
