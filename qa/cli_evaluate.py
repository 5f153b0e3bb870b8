"""`hoibao evaluate` and `hoibao compare`. What is heavy is imported inside the commands."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.evaluation_files import Targets, check_targets, write_reports
from qa.terminal import (
    DEFAULT_INDEX,
    AsJson,
    Index,
    Model,
    Names,
    console,
    open_assistant,
    print_json,
    progress_bars,
    say,
)

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation import Gold, Result
    from qa.harder import Form
    from qa.measures import Run
    from qa.saved_evaluation import Evaluation
    from qa.test_sets import RetrievalSet

Asked = Annotated[
    Path,
    typer.Argument(help="Gold questions (JSON Lines), a BEIR folder, a SQuAD file (.json), or a run with --qrels."),
]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", help="One more: nDCG@k, RR@k, R@k, P@k, AP, Success@k. Repeatable.")
]
Floors = Annotated[
    list[str] | None, typer.Option("--fail-under", help='Exit 1 if a measure is below: "nDCG@10=0.9". Repeatable.')
]
Judged = Annotated[Path | None, typer.Option("--qrels", help="Judgements for runs, both in the format of TREC.")]


def evaluate(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    file: Asked,
    index: Index = DEFAULT_INDEX,
    model: Model = None,
    questions: Annotated[bool, typer.Option("--questions", help="Print a line for each question.")] = False,
    harder: Annotated[bool, typer.Option("--harder", help="Ask also without marks, in lower case, by Telex …")] = False,
    measure: Measures = None,
    fail_under: Floors = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a report to send: one page that needs no other file.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the same report in Markdown.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write everything as JSON, for: hoibao compare.")] = None,
    trec: Annotated[Path | None, typer.Option(help="Write qrels and runs in the format of TREC to a folder.")] = None,
    qrels: Judged = None,
    own_names: Names = None,
    as_json: AsJson = False,
) -> None:
    """Measure retrieval and answers against gold questions, or retrieval alone on a public test set or of a TREC run.

    Gold questions are asked of the index; a test set brings its own articles, which are indexed in memory.
    """
    names, floors = measure or [], fail_under or []
    of_gold = {"--questions": questions, "--harder": harder, "--html": html, "--markdown": markdown, "--save": save}
    of_gold["--names"] = own_names
    targets = Targets(html, markdown, save, trec)
    if qrels is not None:
        _refuse({**of_gold, "--trec": trec, "--model": model}, "a run")
        _evaluate_run(file, qrels, names, floors, as_json)
    elif file.is_dir() or file.suffix == ".json":
        _refuse(of_gold, "a test set")
        _evaluate_test_set(file, model, targets, names, floors, as_json)
    else:
        if as_json:
            _refuse({"--questions": questions}, "--json; --save FILE writes a record of each question as JSON")
        wanted, least = _wanted(names, floors)
        gold = _gold(file)  # before the index is opened: a fault in it is told at once
        check_targets(targets, file, [each.query_id for each in gold])
        assistant = open_assistant(index, model, names=own_names)
        results = _results(assistant, gold)
        made = _evaluation(assistant, results, file, wanted, harder)
        _print_evaluation(made, wanted, questions, as_json)
        _write_trec(trec, results)
        write_reports(made, targets)
        _exit_below(made.measures, least)


def compare(
    first: Annotated[Path, typer.Argument(help="Saved by: hoibao evaluate … --save FILE. With --qrels, a TREC run.")],
    second: Annotated[Path, typer.Argument(help="The other one, over the same questions.")],
    qrels: Judged = None,
    measure: Measures = None,
    questions: Annotated[bool, typer.Option("--questions", help="Name the questions that differ.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare two evaluations, or TREC runs: how much they differ, at which questions, and if it could be chance."""
    from qa.comparison import TREC_MEASURES, compare_evaluations, compare_runs

    names = (str(first), str(second))
    if qrels is not None:
        from qa.trec import read_qrels, read_run

        measures = list(dict.fromkeys((*TREC_MEASURES, *(measure or []))))
        made = compare_runs(read_qrels(qrels), read_run(first), read_run(second), names, measures)
    else:
        from qa.saved_evaluation import load

        _refuse({"--measure": measure}, "saved evaluations")
        made = compare_evaluations(load(first), load(second), names)
    if as_json:
        print_json(asdict(made))
        return
    from qa.printing_evaluation import print_comparison

    print_comparison(console(), made, questions)


def _gold(file: Path) -> list[Gold]:
    from qa.evaluation import read_gold

    return read_gold(file)


def _results(assistant: Assistant, gold: Sequence[Gold]) -> list[Result]:
    from qa.evaluation import check_gold, evaluate

    for line in check_gold(assistant, gold):
        say(line)
    with progress_bars() as progress:
        return evaluate(assistant, gold, progress)


def _evaluation(
    assistant: Assistant, results: Sequence[Result], file: Path, names: Sequence[str], harder: bool
) -> Evaluation:
    from qa.saved_evaluation import as_evaluation, facts_of

    forms = _forms(assistant, results, names) if harder else []
    facts = facts_of(assistant.manifest, file, f"hoibao {shlex.join(sys.argv[1:])}")
    return as_evaluation(results, assistant.articles, facts, names, forms)


def _forms(assistant: Assistant, results: Sequence[Result], names: Sequence[str]) -> list[Form]:
    from qa.harder import WAYS, evaluate_form

    forms: list[Form] = []
    with progress_bars() as progress:
        for done, way in enumerate(WAYS, start=1):
            forms.append(evaluate_form(assistant, results, way, names))
            progress("asking in other ways", done, len(WAYS))
    return forms


def _print_evaluation(made: Evaluation, names: Sequence[str], questions: bool, as_json: bool) -> None:
    from qa.evaluation import ANSWER_MEASURES
    from qa.printing_evaluation import forms_table, measures_table, question_lines

    rows = (*names, *ANSWER_MEASURES)
    if as_json:
        print_json(_figures(made, rows))
        return
    if questions:
        console().print(question_lines(made.questions))
    console().print(measures_table(made, rows))
    if made.forms:
        console().print(forms_table(made.forms))


def _figures(made: Evaluation, names: Sequence[str]) -> dict[str, Any]:
    """Return the measures by name, those not run as None; by form of the questions where they were typed in others."""
    absent: dict[str, float | None] = dict.fromkeys(names)
    written = {**absent, **made.measures, "abstention_area": made.curve.area if made.curve else None}
    if not made.forms:
        return written
    others = {form.name: {**absent, **form.measures} for form in made.forms}
    return {**others, made.forms[0].name: written}


def _write_trec(folder: Path | None, results: Sequence[Result]) -> None:
    from qa.evaluation import gold_qrels, gold_run
    from qa.trec import write_trec

    if folder is not None:
        write_trec(folder, gold_qrels(results), {"found": gold_run(results)})


def _evaluate_test_set(
    path: Path, model: str | None, targets: Targets, names: Sequence[str], floors: Sequence[str], as_json: bool
) -> None:
    from qa.test_sets import MEASURES, measures, qrels, read_test_set
    from qa.trec import write_trec

    wanted, least = _wanted(names, floors, MEASURES)
    test_set = read_test_set(path)
    check_targets(targets, path, (*test_set.questions, *(article.path for article in test_set.articles)))
    runs = _rankings(test_set, model)
    values = {channel: measures(test_set, run, wanted) for channel, run in runs.items()}
    _print_columns(f"{test_set.name}: {len(test_set.questions)} questions", values, as_json)
    if targets.trec is not None:
        write_trec(targets.trec, qrels(test_set), runs)
    _exit_below(values["found"], least)


def _rankings(test_set: RetrievalSet, model: str | None) -> dict[str, Run]:
    from index import Encoder, PassageIndex
    from qa import Assistant
    from qa.test_sets import rankings

    runs: dict[str, Run] = {}
    with progress_bars() as progress:
        assistant = Assistant(PassageIndex.from_articles(test_set.articles, Encoder.load(model), progress))
        for done, question in enumerate(test_set.questions.items(), start=1):
            for channel, run in rankings(assistant, [question]).items():
                runs.setdefault(channel, {}).update(run)
            progress("asking", done, len(test_set.questions))
    return runs


def _evaluate_run(path: Path, judged: Path, names: Sequence[str], floors: Sequence[str], as_json: bool) -> None:
    from qa.comparison import TREC_MEASURES
    from qa.measures import score_run
    from qa.trec import read_qrels, read_run

    wanted, least = _wanted(names, floors, TREC_MEASURES)
    qrels, run = read_qrels(judged), read_run(path)
    values = score_run(qrels, run, wanted)
    _print_columns(f"{path}: {len(run.keys() & qrels.keys())} of {len(qrels)} questions", {"value": values}, as_json)
    _exit_below(values, least)


def _print_columns(title: str, values: Mapping[str, Mapping[str, float]], as_json: bool) -> None:
    from qa.printing_evaluation import columns_table

    if as_json:
        print_json(values if len(values) > 1 else next(iter(values.values())))
    else:
        console().print(columns_table(title, values))


def _wanted(
    names: Sequence[str], floors: Sequence[str], ranking: Sequence[str] | None = None
) -> tuple[list[str], dict[str, float]]:
    """Return the measures of rankings to compute, those of floors too, and the floors; `ranking` None: of gold."""
    from qa.evaluation import ANSWER_MEASURES, LOWER_IS_BETTER, MEASURES
    from qa.floors import read_floors
    from qa.measures import check_names, is_ranking_measure

    check_names(names)
    others = [] if ranking is not None else [name for name in ANSWER_MEASURES if name not in LOWER_IS_BETTER]
    least = read_floors(floors, others)
    every = (*(MEASURES if ranking is None else ranking), *names, *filter(is_ranking_measure, least))
    return list(dict.fromkeys(every)), least


def _exit_below(values: Mapping[str, float], floors: Mapping[str, float]) -> None:
    from qa.floors import below

    lines = below(values, floors)
    for line in lines:
        say(f"hoibao: {line}")
    if lines:
        raise typer.Exit(1)


def _refuse(options: Mapping[str, object], what: str) -> None:
    """Refuse options that say nothing of what is evaluated, rather than leave them without effect."""
    given = [name for name, value in options.items() if value]
    if given:
        raise ValueError(f"{given[0]} does not go with {what}")
