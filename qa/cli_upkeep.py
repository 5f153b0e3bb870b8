"""The commands that keep an index in step with its folder, undo, tidy and examine it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.terminal import DEFAULT_INDEX, AsJson, Index, Model, Names, Wait, print_json, progress_bars, say

if TYPE_CHECKING:
    from index.doctor import Examination
    from index.sync import SyncReport


def sync(  # noqa: PLR0913 (each is an option of the command)
    folder: Annotated[Path, typer.Argument(help="Folder of articles, read with all its sub-folders.")],
    index: Index = DEFAULT_INDEX,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="All or nothing: one bad file stops all.")] = False,
    wait: Wait = False,
    model: Model = None,
    names: Names = None,
    as_json: AsJson = False,
) -> None:
    """Bring an index up to date with its folder: only what changed is read and encoded."""
    from qa.names import OWN_NAMES, read_names

    file = names or (folder / OWN_NAMES if (folder / OWN_NAMES).is_file() else None)
    own = read_names(file) if file else None
    say(f"Đang so {folder} với chỉ mục {index} …")
    from index.sync import sync as bring_up_to_date

    with progress_bars() as progress:
        report = bring_up_to_date(
            folder, index, model, names=own, dry_run=dry_run, strict=strict, wait=wait, progress=progress
        )
    if as_json:
        print_json(_sync_object(report))
    else:
        _print_sync(report, dry_run)
    if report.removed and not (report.changed or report.unchanged):
        say(
            f"lưu ý: không bài cũ nào của chỉ mục có trong {folder}" + ("" if dry_run else "; lấy lại: hoibao rollback")
        )


def rollback(index: Index = DEFAULT_INDEX, wait: Wait = False, as_json: AsJson = False) -> None:
    """Put the state before the last change in force; done twice, it changes nothing."""
    from index.store import open_generation, roll_back

    roll_back(index, wait)
    folder, manifest = open_generation(index)
    if as_json:
        print_json({"generation": folder.name, "articles": manifest["articles"], "passages": manifest["passages"]})
    else:
        typer.echo(f"đã trở lại bản trước: {manifest['articles']} bài, {manifest['passages']} đoạn")


def gc(index: Index = DEFAULT_INDEX, wait: Wait = False, as_json: AsJson = False) -> None:
    """Remove earlier states for good: nothing of a deleted article stays in any file, and no rollback is left."""
    from index.store import collect

    removed = collect(index, wait)
    if as_json:
        print_json({"removed": removed})
    else:
        typer.echo(f"đã xóa {len(removed)} bản cũ" if removed else "không có bản cũ nào")


def doctor(
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    repair: Annotated[bool, typer.Option("--repair", help="Remove orphans, or fall back to the state before.")] = False,
    as_json: AsJson = False,
) -> None:
    """Examine an index: exit code 0 sound, 1 something is wrong or was repaired, 2 it cannot be opened."""
    say(f"Đang khám chỉ mục {index} …")
    from index.doctor import examine

    found = examine(index, model, repair=repair)
    if as_json:
        from dataclasses import asdict

        print_json(asdict(found))
    else:
        _print_examination(found)
    raise typer.Exit(_exit_code(found))


def _exit_code(found: Examination) -> int:
    if not found.findings:
        return 0
    return 1 if found.opens or found.repaired else 2


def _sync_object(report: SyncReport) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(report), "counts": _counts(report)}


def _counts(report: SyncReport) -> dict[str, int]:
    kinds = ("added", "changed", "removed", "unchanged", "duplicates", "problems")
    return {kind: len(getattr(report, kind)) for kind in kinds}


def _print_sync(report: SyncReport, dry_run: bool) -> None:
    _print_paths("+", report.added)
    _print_paths("~", report.changed)
    _print_paths("-", report.removed)
    _print_paths("=", (f"{path}: trùng với {same}" for path, same in report.duplicates.items()))
    _print_paths("!", (f"{file.path}: {file.reason}" for file in report.problems))
    counts = _counts(report)
    typer.echo(
        f"thêm {counts['added']}, sửa {counts['changed']}, bỏ {counts['removed']}, giữ nguyên {counts['unchanged']}, "
        f"trùng {counts['duplicates']}, lỗi {counts['problems']}" + ("; đổi nhóm tên" if report.names_changed else "")
    )
    if report.published:
        typer.echo(f"đã cập nhật chỉ mục: đọc {report.read} tệp, mã hóa {report.encoded} bài")
    else:
        typer.echo("chạy thử: chưa thay đổi gì" if dry_run else "chỉ mục không đổi")


def _print_paths(sign: str, lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(f"{sign} {' '.join(line.split())}")


def _print_examination(found: Examination) -> None:
    for finding in found.findings:
        typer.echo(f"! {finding.check}: {finding.what}")
    for done in found.repaired:
        typer.echo(f"đã sửa: {done}")
    if found.remedy:
        typer.echo(f"cần làm: {found.remedy}")
    if not found.findings:
        typer.echo(f"chỉ mục lành lặn: {len(found.checks)} điều kiểm tra")
