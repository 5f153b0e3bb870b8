"""The command line: each command is a few lines over one function.

What is heavy is imported inside the commands, so that `hoibao --help` answers at once.
Exit codes: 0 answered or done, 1 not found or below the wanted measure, 2 error, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from qa.cli_evaluate import compare, evaluate
from qa.cli_feedback import feedback
from qa.cli_upkeep import doctor, gc, rollback, sync
from qa.terminal import (
    DEFAULT_INDEX,
    AsJson,
    AsTyped,
    Exact,
    Index,
    Model,
    Names,
    Outlet,
    Since,
    Until,
    Wait,
    asked_of,
    console,
    open_assistant,
    print_json,
    progress_bars,
    say,
)

app = typer.Typer(
    help="HỏiBáo: hỏi các bài báo, trả lời bằng nguyên văn, có dẫn nguồn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Question = Annotated[str, typer.Argument(help="The question, in Vietnamese with or without marks, English or Chinese.")]
Auth = Annotated[
    Path | None,
    typer.Option("--auth", help="File of names and hashed passwords, made by `hoibao password`: who may come in."),
]
Domain = Annotated[
    list[str] | None, typer.Option("--domain", help="Name that the server is known by, beside its address.")
]
AllowUploads = Annotated[
    Path | None,
    typer.Option(
        "--allow-uploads",
        help="Let readers add articles: the folder that takes them, which is the one of the index or lies in it.",
    ),
]


@app.command()
def build(  # noqa: PLR0913 (each is an option of the command)
    folder: Annotated[
        Path, typer.Argument(help="Folder of articles of any kind that is read, with all its sub-folders.")
    ],
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    download: Annotated[bool, typer.Option("--download", help="Let the model be fetched from the hub.")] = False,
    names: Names = None,
    wait: Wait = False,
    as_json: AsJson = False,
) -> None:
    """Make the index of a folder of articles."""
    from qa.names import OWN_NAMES, read_names

    file = names or (folder / OWN_NAMES if (folder / OWN_NAMES).is_file() else None)
    own = read_names(file) if file else ()
    say(f"Đang tạo chỉ mục của {folder} trong {index} …")
    from index import PassageIndex

    with progress_bars() as progress:
        made = PassageIndex.build(folder, index, model, names=own, download=download, wait=wait, progress=progress)
    if file:
        say(f"{len(own)} nhóm tên từ {file}")
    _say_problems((each["path"], each["reason"]) for each in made.manifest["skipped"])
    for note in made.manifest.get("notes", ()):
        say(f"lưu ý {note['path']}: {note['reason']}")
    if as_json:
        print_json(_facts(made.manifest))
    else:
        typer.echo(f"{len(made.articles)} bài, {len(made.passages)} đoạn trong {index}")


@app.command()
def ask(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 5,
    names: Names = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    as_typed: AsTyped = False,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question in the articles' own words, each with its source."""
    from qa.filters import chosen_filter
    from qa.request import Request

    assistant = open_assistant(index, model, question, names, exact)
    kept = chosen_filter(since, until, outlet, assistant.articles.values())
    put = asked_of(assistant, Request(question, kept, as_typed))
    answer = assistant.ask(put.question, k, put.kept.only, as_typed)
    if as_json:
        from qa.json_answer import answer_object

        print_json(answer_object(answer, put))
    else:
        from qa.printing import print_answer

        print_answer(console(), answer)
    raise typer.Exit(0 if answer.found else 1)


@app.command()
def explain(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 5,
    names: Names = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    as_typed: AsTyped = False,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Say why a question is answered as it is: words that matched, ranks, and why the rest was left out."""
    from qa.filters import chosen_filter
    from qa.request import Request

    assistant = open_assistant(index, model, question, names, exact)
    kept = chosen_filter(since, until, outlet, assistant.articles.values())
    put = asked_of(assistant, Request(question, kept, as_typed))
    explanation = assistant.explain(put.question, k, put.kept.only, as_typed)
    if as_json:
        from qa.json_answer import explanation_object

        print_json(explanation_object(explanation))
    else:
        from qa.printing import print_explanation

        print_explanation(console(), explanation)
    raise typer.Exit(0 if explanation.answer.found else 1)


@app.command()
def search(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 10,
    names: Names = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    as_typed: AsTyped = False,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """List the passages that are nearest to a question."""
    from qa.filters import chosen_filter
    from qa.request import Request

    assistant = open_assistant(index, model, question, names, exact)
    kept = chosen_filter(since, until, outlet, assistant.articles.values())
    put = asked_of(assistant, Request(question, kept, as_typed))
    hits = assistant.search(put.question, k, put.kept.only, as_typed)
    if as_json:
        from qa.json_answer import hit_object

        print_json([hit_object(hit) for hit in hits])
    else:
        from qa.printing import print_hit

        for hit in hits:
            print_hit(console(), hit)
    raise typer.Exit(0 if hits else 1)


@app.command()
def chat(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    host: Annotated[str, typer.Option(help="Address to serve on; the default is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7860,
    names: Names = None,
    feedback_file: Annotated[
        Path | None,
        typer.Option("--feedback", help="Ask readers whether answers are right, and keep what they say in this file."),
    ] = None,
    exact: Exact = False,
    auth: Auth = None,
    domain: Domain = None,
    allow_uploads: AllowUploads = None,
) -> None:
    """Open the web chat, for this machine alone unless --host and --auth let others in."""
    from qa.chat_accounts import Accounts
    from qa.chat_doors import Doors
    from qa.chat_server import check_port

    accounts = Accounts.read(auth) if auth else None
    check_port(host, port, others=accounts is not None)
    assistant = open_assistant(index, model, names=names, exact=exact)
    say("Đang mở trang hỏi đáp …")
    from qa.chat import serve

    where = f"giữ trong {feedback_file} (xem: hoibao feedback {feedback_file})"
    say(f"Góp ý của người đọc: {where if feedback_file else 'tắt (bật: --feedback TỆP)'}")

    def ready(url: str) -> None:
        typer.echo(f"Mở trình duyệt tại {url} (Ctrl-C để dừng)")

    domains = tuple(domain or ())
    if allow_uploads is None:
        serve(assistant, host, port, ready, feedback=feedback_file, doors=Doors(accounts, domains))
        return
    from qa.chat_shelf import Shelf
    from qa.chat_upload import uploads_into

    shelf = Shelf(assistant)
    uploads = uploads_into(allow_uploads, index, shelf, assistant.encoder, lambda: assistant.reopened(index))
    serve(shelf, host, port, ready, feedback=feedback_file, doors=Doors(accounts, domains, uploads))


@app.command()
def password(
    file: Annotated[Path, typer.Argument(help="File of accounts, for `hoibao chat --auth`; made if it is not there.")],
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
) -> None:
    """Keep a name and the hash of its password; the password is asked for, or taken from HOIBAO_PASSWORD."""
    from qa.chat_accounts import keep

    secret = os.environ.get("HOIBAO_PASSWORD") or typer.prompt(
        "Mật khẩu", hide_input=True, confirmation_prompt="Gõ lại mật khẩu", err=True
    )
    keep(file, name, secret)
    typer.echo(f"{file}: đã ghi tài khoản {name}")


app.command()(evaluate)
app.command()(compare)
app.command()(feedback)
for command in (sync, rollback, gc, doctor):
    app.command()(command)


@app.command()
def info(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Say what is in an index: articles, dates, model, passages. Loads no model."""
    from index.store import open_generation

    _, manifest = open_generation(index)
    if as_json:
        print_json(_facts(manifest))
    else:
        for name, value in _facts(manifest).items():
            typer.echo(f"{name}: {value}")


@app.command()
def cite(
    article_id: Annotated[str, typer.Argument(help="The id of the cited article, as --json gives it.")],
    start: Annotated[int, typer.Argument(help="The first character of the quote, from 0.")],
    end: Annotated[int, typer.Argument(help="The character after the last.")],
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Open an old citation: what it quoted, and whether the article was changed since. Loads no model."""
    from index.store import open_generation
    from index.stored_articles import stored_articles
    from index.versions import formerly, stored_past
    from qa.cited import cited

    folder, _ = open_generation(index)
    articles = {article.article_id: article for article in stored_articles(folder)}
    found = cited(articles, formerly(articles, stored_past(folder)), article_id, start, end)
    if as_json:
        from qa.json_answer import cited_object

        print_json(cited_object(found))
    else:
        from qa.printing import print_cited

        print_cited(console(), found)


@app.command()
def clean(
    files: Annotated[list[Path], typer.Argument(help="Raw pages, or folders of them.")],
    as_json: AsJson = False,
) -> None:
    """Show what is read from raw pages, and every line that is dropped with its reason."""
    from index.readers.files import read_file
    from qa.escaping import plain

    found = [(f"{path}{reading.place}", reading) for path in _files(files) for reading in read_file(path)]
    pages = [(name, reading.page) for name, reading in found if reading.page is not None]
    _say_problems((name, reading.reason) for name, reading in found if reading.page is None)
    if not pages:
        if not found:
            say(f"hoibao: không có tệp nào đọc được trong {', '.join(map(str, files))}")
        raise typer.Exit(2)
    if as_json:
        from dataclasses import asdict

        print_json([{"file": name, **asdict(page)} for name, page in pages])
        return
    for path, page in pages:
        facts = (page.title or "không có tiêu đề", page.published or "không rõ ngày", page.author or "không rõ tác giả")
        typer.echo(f"== {' '.join(plain(path).split())}\n" + " | ".join(str(fact) for fact in facts))
        typer.echo(page.text)
        for dropped in page.dropped:
            typer.echo(f"  - {dropped.line}: [{dropped.reason}] {dropped.text}")
        for note in page.notes:
            typer.echo(f"  ! {note}")


def main() -> None:
    """Run the command line; every expected error is one line on stderr and exit code 2."""
    cast(TextIOWrapper, sys.stderr).reconfigure(encoding="utf-8", errors="replace")
    lines = sys.stdout.isatty()
    sys.stdout = TextIOWrapper(
        BufferedWriter(_Output(1, "w", closefd=False)), encoding="utf-8", errors="replace", line_buffering=lines
    )
    _leave(_run())


class _Output(FileIO):
    """Standard output. What is written after the reader of a pipe has left is lost, and the exit code stays true."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def _run() -> int:
    try:
        app()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except (ValueError, OSError) as error:
        say(f"hoibao: {' '.join(_reason(error).split())}")
        return 2
    return 0


def _reason(error: Exception) -> str:
    """Return what went wrong as a person would say it: the thing, then the cause, without the number of the error."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _leave(code: int) -> None:
    """Exit without taking the loaded libraries apart, which alone takes more than a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _facts(manifest: dict[str, Any]) -> dict[str, Any]:
    facts = {key: manifest[key] for key in ("corpus", "articles", "passages", "from", "to", "passage_tokens")}
    facts["names"] = len(manifest.get("names", ()))
    facts["unknown"] = manifest.get("unknown", {})
    return {**facts, "model": manifest["model"]["name"], "dimension": manifest["model"]["dimension"]}


def _files(paths: list[Path]) -> Iterator[Path]:
    from index.articles import files_below

    for path in paths:
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        yield from files_below(path) if path.is_dir() else [path]


def _say_problems(problems: Iterable[tuple[str, str]]) -> None:
    """Say what was not read and why; the kinds of file that need the extra, one line each."""
    from index.readers.files import EXTRA, INSTALL
    from qa.escaping import plain

    waiting: Counter[str] = Counter()
    for path, reason in problems:
        if reason == EXTRA:
            waiting[Path(path).suffix.lower()] += 1
        else:
            say(" ".join(plain(f"bỏ qua {path}: {reason}").split()))
    for ending, count in sorted(waiting.items()):
        say(f"{count} tệp {ending} không đọc được: {INSTALL}")
