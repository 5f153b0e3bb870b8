import json
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from index.store import (
    FORMAT,
    Manifest,
    StoreError,
    build_command,
    collect,
    only_writer,
    open_generation,
    read_generation,
    read_jsonl,
    roll_back,
    write_generation,
    write_jsonl,
)


def write(folder: Path) -> None:
    (folder / "part").mkdir()
    (folder / "part" / "a.bin").write_bytes(bytes(range(256)))
    write_jsonl(folder / "rows.jsonl", iter([{"text": "dòng\u2028một"}, {"text": "hai\x85"}]))


def test_what_is_written_is_opened_with_its_manifest(tmp_path: Path) -> None:
    write_generation(tmp_path, write, {"model": "m"})
    folder, manifest = open_generation(tmp_path)
    assert manifest["model"] == "m"
    assert set(manifest["files"]) == {"part/a.bin", "rows.jsonl"}
    assert [row["text"] for row in read_jsonl(folder / "rows.jsonl")] == ["dòng\u2028một", "hai\x85"]


def test_every_single_damaged_file_is_named(tmp_path: Path) -> None:
    folder = write_generation(tmp_path, write, {})
    for name in ("part/a.bin", "rows.jsonl", "manifest.json"):
        path = folder / name
        whole = path.read_bytes()
        for damage in (whole[:-1], whole[:10] + bytes([whole[10] ^ 1]) + whole[11:], b"", bytes(len(whole))):
            path.write_bytes(damage)
            with pytest.raises(StoreError, match=path.name):
                open_generation(tmp_path)
        path.unlink()
        with pytest.raises(StoreError):
            open_generation(tmp_path)
        path.write_bytes(whole)
    open_generation(tmp_path)


@pytest.mark.parametrize("pointer", ["", "../../etc", "nothere", "a b", "\x00"])
def test_a_pointer_to_nowhere_is_refused(tmp_path: Path, pointer: str) -> None:
    write_generation(tmp_path, write, {})
    (tmp_path / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(StoreError, match="CURRENT"):
        open_generation(tmp_path)


def test_a_pointer_of_two_lines_as_it_once_was_is_read(tmp_path: Path) -> None:
    names = [write_generation(tmp_path, write, {"number": number}).name for number in (1, 2)]
    (tmp_path / "CURRENT").write_text(f"{names[1]}\n{names[0]}\n", encoding="utf-8")
    assert open_generation(tmp_path)[1]["number"] == 2
    assert roll_back(tmp_path).name == names[0]


def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="hoibao build FOLDER"):
        open_generation(tmp_path)


def test_a_failed_writing_keeps_the_earlier_generation(tmp_path: Path) -> None:
    write_generation(tmp_path, write, {"number": 1})

    def fail(folder: Path) -> None:
        write(folder)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_generation(tmp_path, fail, {"number": 2})
    assert open_generation(tmp_path)[1]["number"] == 1
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [open_generation(tmp_path)[0].name]


def test_what_goes_away_while_it_is_read_is_read_anew_from_what_replaced_it(tmp_path: Path) -> None:
    for number in (1, 2):
        write_generation(tmp_path, write, {"number": number})
    seen = []

    def read(folder: Path, manifest: Manifest) -> str:
        seen.append(manifest["number"])
        if len(seen) == 1:
            for number in (3, 4):
                write_generation(tmp_path, write, {"number": number})
        return (folder / "rows.jsonl").read_text(encoding="utf-8")

    assert "dòng" in read_generation(tmp_path, read)
    assert seen == [2, 4]


def test_what_cannot_be_read_is_an_error_where_nothing_replaced_it(tmp_path: Path) -> None:
    write_generation(tmp_path, write, {})
    with pytest.raises(FileNotFoundError, match="absent"):
        read_generation(tmp_path, lambda folder, _: (folder / "absent").read_bytes())


def test_a_refusal_of_the_disk_is_told_with_the_index(tmp_path: Path) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as raised:
        write_generation(tmp_path, refuse, {})
    assert raised.value.filename == str(tmp_path)


def generations(directory: Path) -> set[str]:
    return {path.name for path in (directory / "generations").iterdir()}


def test_a_new_generation_replaces_the_old_one_and_the_last_two_are_kept(tmp_path: Path) -> None:
    names = [write_generation(tmp_path, write, {"number": number}).name for number in (1, 2, 3, 3)]
    assert open_generation(tmp_path)[1]["number"] == 3
    assert generations(tmp_path) == set(names[1:])
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8").split() == [names[3], names[1]]


def test_the_generation_before_can_be_put_in_force_and_back(tmp_path: Path) -> None:
    first = write_generation(tmp_path, write, {"number": 1})
    with pytest.raises(StoreError, match="no earlier generation"):
        roll_back(tmp_path)
    second = write_generation(tmp_path, write, {"number": 2})
    assert roll_back(tmp_path) == first == open_generation(tmp_path)[0]
    assert roll_back(tmp_path) == second == open_generation(tmp_path)[0]


def test_a_damaged_generation_is_never_put_in_force(tmp_path: Path) -> None:
    first = write_generation(tmp_path, write, {"number": 1})
    second = write_generation(tmp_path, write, {"number": 2})
    (first / "rows.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match=r"rows\.jsonl"):
        roll_back(tmp_path)
    assert open_generation(tmp_path)[0] == second


def test_only_the_generation_in_force_is_left_after_collecting(tmp_path: Path) -> None:
    first = write_generation(tmp_path, write, {"number": 1})
    second = write_generation(tmp_path, write, {"number": 2})
    (tmp_path / "generations" / "draft-77").mkdir()
    (tmp_path / "CURRENT.draft").write_text("half", encoding="utf-8")
    assert set(collect(tmp_path)) == {first.name, "draft-77"}
    assert generations(tmp_path) == {second.name}
    assert open_generation(tmp_path)[0] == second
    with pytest.raises(StoreError, match="no earlier generation"):
        roll_back(tmp_path)


def test_what_is_written_again_in_place_of_its_damaged_self_is_whole(tmp_path: Path) -> None:
    folder = write_generation(tmp_path, write, {"number": 1})
    (folder / "rows.jsonl").unlink()
    assert write_generation(tmp_path, write, {"number": 1}) == folder
    open_generation(tmp_path)
    assert generations(tmp_path) == {folder.name}


def test_a_writer_may_write_while_it_holds_the_lock_and_another_waits_for_it(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        write_generation(tmp_path, write, {"number": 1})
        code = f"from pathlib import Path; from index.store import only_writer\nwith only_writer(Path({str(tmp_path)!r}), wait=True): print('in')"
        other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(2)
    assert other.communicate(timeout=30)[0] == "in\n"


def test_an_index_of_another_format_is_refused_with_both_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.FORMAT", 7)
    write_generation(tmp_path, write, {})
    monkeypatch.undo()
    with pytest.raises(StoreError, match=f"format 7, this version reads format {FORMAT}"):
        open_generation(tmp_path)


def test_a_second_writer_is_told_that_the_index_is_busy(tmp_path: Path) -> None:
    code = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from index.store import write_generation
        def write(folder):
            print("writing", flush=True)
            sys.stdin.readline()
        write_generation(Path({str(tmp_path)!r}), write, {{}})
    """)
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "writing\n"
    with pytest.raises(StoreError, match=f"busy, pid {other.pid}; .*--wait"):
        write_generation(tmp_path, write, {})
    other.communicate("\n", timeout=30)
    assert other.returncode == 0


def test_the_manifest_can_be_read_by_a_person(tmp_path: Path) -> None:
    folder = write_generation(tmp_path, write, {"corpus": "các bài"})
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert "các bài" in text
    assert json.loads(text)["format"] == FORMAT


def test_a_command_that_is_told_can_be_typed(tmp_path: Path) -> None:
    directory = tmp_path / "chỉ mục"
    with pytest.raises(StoreError) as told:
        open_generation(directory)
    command = str(told.value).split("make one with: ")[1]
    assert shlex.split(command) == ["hoibao", "build", "FOLDER", "--index", str(directory)]
    assert build_command(Path(".hoibao"), "bài") == "hoibao build bài --index .hoibao"
