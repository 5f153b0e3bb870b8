"""The files that an evaluation is written to: looked at before anything is asked, written after all is printed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.saved_evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Targets:
    """Where to write the report, by form, and the folder of the files of TREC; None: nowhere."""

    html: Path | None = None
    markdown: Path | None = None
    saved: Path | None = None
    trec: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are to be written, those of TREC not among them."""
        return tuple(file for file in (self.html, self.markdown, self.saved) if file is not None)


def check_targets(targets: Targets, asked: Path, ids: Iterable[str] = ()) -> None:
    """Raise ValueError for what cannot be written, which is an error before minutes of asking and not after.

    `asked` is the file of questions, in whose place nothing is written; `ids` are what stands in the files of TREC.
    """
    taken = {asked.resolve(): "the file of questions"}
    for file in targets.files:
        _check_file(file)
        if (place := file.resolve()) in taken:
            raise ValueError(f"{file} is {taken[place]} too: give another name")
        taken[place] = "another report"
    if targets.trec is not None:
        _check_folder(targets.trec)
        from qa.trec import check_ids

        check_ids(targets.trec, ids)


def write_reports(made: Evaluation, targets: Targets) -> None:
    """Write the evaluation to all files of `targets` but those of TREC."""
    from qa.report_html import html_report
    from qa.report_markdown import markdown_report
    from qa.saved_evaluation import save

    if targets.html is not None:
        targets.html.write_text(html_report(made), encoding="utf-8")
    if targets.markdown is not None:
        targets.markdown.write_text(markdown_report(made), encoding="utf-8")
    if targets.saved is not None:
        save(targets.saved, made)


def _check_file(file: Path) -> None:
    if not file.parent.is_dir():
        raise ValueError(f"{file}: no such folder: {file.parent}")
    if file.is_dir():
        raise ValueError(f"{file}: a folder stands there; give a file's name")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise ValueError(f"{file}: cannot be written there")


def _check_folder(folder: Path) -> None:
    there = next(each for each in chain([folder], folder.absolute().parents) if each.exists())
    if not there.is_dir():
        raise ValueError(f"{folder}: {there} is a file; give a folder for --trec")
    if not os.access(there, os.W_OK):
        raise ValueError(f"{folder}: cannot be written there")
