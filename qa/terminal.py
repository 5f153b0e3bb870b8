"""What the commands share: options of the same meaning, opening an index, progress, and what is printed where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from qa.assistant import Assistant
    from qa.request import Asked, Request

Index = Annotated[Path, typer.Option("--index", help="Folder of the index.")]
Model = Annotated[str | None, typer.Option("--model", help="Another sentence-transformers model, by name or folder.")]
Names = Annotated[
    Path | None,
    typer.Option(
        "--names",
        help="File of names of the same things, one line each: the usual name, a tab, the others separated by ' | '. "
        "Without it: names.tsv in the folder of articles, which `build` reads and keeps in the index.",
    ),
]
AsTyped = Annotated[
    bool, typer.Option("--as-typed", help="Ask with every word as it is: no Telex or VNI read, no name replaced.")
]
Since = Annotated[
    str | None, typer.Option("--from", help="Only articles from this day on: 2024, 2024-08, 2024-08-30 or 30/8/2024.")
]
Until = Annotated[str | None, typer.Option("--to", help="Only articles up to this day, written likewise.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Only articles of this newspaper.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another process that writes this index.")]
Exact = Annotated[
    bool, typer.Option("--exact", help="Compare the question with every passage, however many there are.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
DEFAULT_INDEX = Path(".hoibao")


def open_assistant(
    index: Path,
    model: str | None,
    question: str | None = None,
    names: Path | None = None,
    exact: bool = False,
) -> Assistant:
    """Return the assistant over an index, after looking whether there is a question at all."""
    if question is not None:
        from qa.question import parse_question

        parse_question(question)
    say(f"Đang mở chỉ mục {index} …")
    from qa.assistant import Assistant

    return Assistant.open(index, model, names, True if exact else None)


def asked_of(assistant: Assistant, request: Request) -> Asked:
    """Return what the engine is asked, after a line that says which articles are, where a filter chooses them."""
    from datetime import date

    from qa.filters import Filter, outlets_of
    from qa.printing import filter_line
    from qa.request import asked

    put = asked(request, date.today(), assistant.searched.last, outlets_of(assistant.articles.values()))
    if put.kept != Filter():
        say(filter_line(put))
    return put


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Show bars on stderr while the block runs; what it gets takes (what is done, how many are, of how many)."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield show


def console() -> Console:
    """Return a console on stdout that changes nothing in what is printed."""
    from rich.console import Console

    return Console(highlight=False, markup=False)


def print_json(value: object) -> None:
    """Print `value` as JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say(text: str) -> None:
    """Print a line for the person at the terminal, on stderr."""
    typer.echo(text, err=True)
