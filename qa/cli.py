"""The command line: each command is a few lines over one function.

What is heavy is imported inside the commands, so that `hoibao --help` answers at once.
Exit codes: 0 answered or done, 1 not found or below the wanted measure, 2 error, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from qa.assistant import Assistant
    from qa.evaluation import Gold

app = typer.Typer(
    help="HỏiBáo: hỏi các bài báo, trả lời bằng nguyên văn, có dẫn nguồn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Index = Annotated[Path, typer.Option("--index", help="Folder of the index.")]
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
Model = Annotated[str | None, typer.Option("--model", help="Another sentence-transformers model, by name or folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Question = Annotated[str, typer.Argument(help="The question, in Vietnamese with or without marks, English or Chinese.")]
DEFAULT_INDEX = Path(".hoibao")


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Folder of articles (*.txt), read with all its sub-folders.")],
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    download: Annotated[bool, typer.Option("--download", help="Let the model be fetched from the hub.")] = False,
    names: Names = None,
    as_json: AsJson = False,
) -> None:
    """Make the index of a folder of articles."""
    from qa.names import OWN_NAMES, read_names

    file = names or (folder / OWN_NAMES if (folder / OWN_NAMES).is_file() else None)
    own = read_names(file) if file else ()
    _say(f"Đang tạo chỉ mục của {folder} trong {index} …")
    from index import PassageIndex

    with _progress() as progress:
        made = PassageIndex.build(folder, index, model, names=own, download=download, progress=progress)
    if file:
        _say(f"{len(own)} nhóm tên từ {file}")
    for skipped in made.manifest["skipped"]:
        _say(f"bỏ qua {skipped['path']}: {skipped['reason']}")
    if as_json:
        _print_json(_facts(made.manifest))
    else:
        typer.echo(f"{len(made.articles)} bài, {len(made.passages)} đoạn trong {index}")


@app.command()
def ask(  # noqa: PLR0913 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 5,
    names: Names = None,
    as_typed: AsTyped = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question in the articles' own words, each with its source."""
    answer = _open(index, model, question, names).ask(question, k, as_typed)
    if as_json:
        from qa.json_answer import answer_object

        _print_json(answer_object(answer))
    else:
        from qa.printing import print_answer

        print_answer(_console(), answer)
    raise typer.Exit(0 if answer.found else 1)


@app.command()
def explain(  # noqa: PLR0913 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 5,
    names: Names = None,
    as_typed: AsTyped = False,
    as_json: AsJson = False,
) -> None:
    """Say why a question is answered as it is: words that matched, ranks, and why the rest was left out."""
    explanation = _open(index, model, question, names).explain(question, k, as_typed)
    if as_json:
        from qa.json_answer import explanation_object

        _print_json(explanation_object(explanation))
    else:
        from qa.printing import print_explanation

        print_explanation(_console(), explanation)
    raise typer.Exit(0 if explanation.answer.found else 1)


@app.command()
def search(  # noqa: PLR0913 (each is an option of the command)
    question: Question,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Number of passages.")] = 10,
    names: Names = None,
    as_typed: AsTyped = False,
    as_json: AsJson = False,
) -> None:
    """List the passages that are nearest to a question."""
    hits = _open(index, model, question, names).search(question, k, as_typed)
    if as_json:
        from qa.json_answer import hit_object

        _print_json([hit_object(hit) for hit in hits])
    else:
        from qa.printing import print_hit

        for hit in hits:
            print_hit(_console(), hit)
    raise typer.Exit(0 if hits else 1)


@app.command()
def chat(
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    host: Annotated[str, typer.Option(help="Address to serve on; the default is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7860,
    names: Names = None,
) -> None:
    """Open the web chat."""
    from qa.chat_server import check_port

    check_port(host, port)
    assistant = _open(index, model, names=names)
    _say("Đang mở trang hỏi đáp …")
    from qa.chat import serve

    serve(assistant, host, port, ready=lambda url: typer.echo(f"Mở trình duyệt tại {url} (Ctrl-C để dừng)"))


@app.command()
def evaluate(  # noqa: PLR0913 (each is an option of the command)
    file: Annotated[Path, typer.Argument(help="Gold questions (JSON Lines), a BEIR folder or a SQuAD file (.json).")],
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    questions: Annotated[bool, typer.Option("--questions", help="Print a line for each question.")] = False,
    harder: Annotated[bool, typer.Option("--harder", help="Ask also without marks, in lower case, by Telex …")] = False,
    trec: Annotated[Path | None, typer.Option(help="Of a test set: write qrels and runs to this folder.")] = None,
    names: Names = None,
    as_json: AsJson = False,
) -> None:
    """Measure retrieval and answers against gold questions, or retrieval alone on a public test set.

    Gold questions are asked of the index; a test set brings its own articles, which are indexed in memory.
    """
    if file.is_dir() or file.suffix == ".json":
        _evaluate_test_set(file, model, trec, as_json)
        return
    from qa.evaluation import evaluate as run
    from qa.evaluation import measures, read_gold

    gold = read_gold(file)
    assistant = _open(index, model, names=names)
    if harder:
        _evaluate_harder(assistant, gold, as_json)
        return
    with _progress() as progress:
        results = []
        for done, question in enumerate(gold, start=1):
            results.extend(run(assistant, [question]))
            progress("asking", done, len(gold))
    values = measures(results)
    if as_json:
        _print_json(values)
        return
    from qa.printing import measures_table, question_lines

    if questions:
        _console().print(question_lines(results))
    _console().print(measures_table(values, results))


def _evaluate_harder(assistant: Assistant, gold: Sequence[Gold], as_json: bool) -> None:
    from qa.evaluation import MEASURES, SHARES, evaluate, measures
    from qa.harder import WAYS, harder
    from qa.printing import columns_table

    values: dict[str, dict[str, float]] = {}
    with _progress() as progress:
        for done, way in enumerate(WAYS, start=1):
            found = measures(evaluate(assistant, harder(gold, way)))
            values[way] = {name: found[name] for name in (*MEASURES, *SHARES)}
            progress("asking", done, len(WAYS))
    if as_json:
        _print_json(values)
    else:
        _console().print(columns_table(f"{len(gold)} questions", values))


def _evaluate_test_set(path: Path, model: str | None, trec: Path | None, as_json: bool) -> None:
    from index import Encoder, PassageIndex
    from qa import Assistant
    from qa.evaluation import Run
    from qa.printing import columns_table
    from qa.test_sets import measures, rankings, read_test_set, write_trec

    test_set = read_test_set(path)
    runs: dict[str, Run] = {}
    with _progress() as progress:
        assistant = Assistant(PassageIndex.from_articles(test_set.articles, Encoder.load(model), progress))
        for done, question in enumerate(test_set.questions.items(), start=1):
            for channel, run in rankings(assistant, [question]).items():
                runs.setdefault(channel, {}).update(run)
            progress("asking", done, len(test_set.questions))
    if trec is not None:
        write_trec(trec, test_set, runs)
    values = {channel: measures(test_set, run) for channel, run in runs.items()}
    if as_json:
        _print_json(values)
    else:
        _console().print(columns_table(f"{test_set.name}: {len(test_set.questions)} questions", values))


@app.command()
def info(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Say what is in an index: articles, dates, model, passages. Loads no model."""
    from index.store import open_generation

    _, manifest = open_generation(index)
    if as_json:
        _print_json(_facts(manifest))
    else:
        for name, value in _facts(manifest).items():
            typer.echo(f"{name}: {value}")


@app.command()
def clean(
    files: Annotated[list[Path], typer.Argument(help="Raw pages, or folders of them.")],
    as_json: AsJson = False,
) -> None:
    """Show what is read from raw pages, and every line that is dropped with its reason."""
    from index.articles import read_page

    pages = [(path, read_page(path)) for path in _files(files)]
    if as_json:
        from dataclasses import asdict

        _print_json([{"file": str(path), **asdict(page)} for path, page in pages])
        return
    for path, page in pages:
        facts = (page.title or "không có tiêu đề", page.published or "không rõ ngày", page.author or "không rõ tác giả")
        typer.echo(f"== {path}\n" + " | ".join(str(fact) for fact in facts))
        typer.echo(page.text)
        for dropped in page.dropped:
            typer.echo(f"  - {dropped.line}: [{dropped.reason}] {dropped.text}")


def main() -> None:
    """Run the command line; every expected error is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        cast(TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="replace")
    try:
        _leave(_run())
    except BrokenPipeError:  # the reader of a pipe left: nothing to report, and nothing to flush
        os._exit(0)


def _run() -> int:
    try:
        app()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        _say(f"hoibao: {' '.join(_reason(error).split())}")
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


def _open(index: Path, model: str | None, question: str | None = None, names: Path | None = None) -> Assistant:
    """Open the index, after looking whether there is a question at all."""
    if question is not None:
        from qa.question import parse_question

        parse_question(question)
    _say(f"Đang mở chỉ mục {index} …")
    from qa.assistant import Assistant

    return Assistant.open(index, model, names)


def _facts(manifest: dict[str, Any]) -> dict[str, Any]:
    facts = {key: manifest[key] for key in ("corpus", "articles", "passages", "from", "to", "passage_tokens")}
    facts["names"] = len(manifest.get("names", ()))
    return {**facts, "model": manifest["model"]["name"], "dimension": manifest["model"]["dimension"]}


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield show


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _say(text: str) -> None:
    typer.echo(text, err=True)
