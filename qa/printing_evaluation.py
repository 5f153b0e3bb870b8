"""Measures and comparisons as they are printed in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.comparison import Comparison, Tally
from qa.harder import Form
from qa.printing import safe
from qa.report import AREA, NOT_RUN, questions_of, shown
from qa.saved_evaluation import Evaluation, Question

FORM_MEASURES = ("nDCG@10", "answer_holds_quote", "not_found_right", "right")


def measures_table(made: Evaluation, names: Sequence[str]) -> Table:
    """Return the measures of `names`, each with how many questions it is of."""
    table = _table("Evaluation", "measure", "value", "questions")
    for name in names:
        table.add_row(name, shown(name, made.measures.get(name)), str(questions_of(name, made.measures)))
    if made.curve:
        table.add_row(AREA, f"{made.curve.area:.4f}", str(len(made.questions)))
    return table


def columns_table(title: str, values: Mapping[str, Mapping[str, float]]) -> Table:
    """Return measures side by side: a line for each measure, a column for each channel."""
    table = _table(title, "measure", *values)
    for measure in dict.fromkeys(name for found in values.values() for name in found):
        table.add_row(measure, *(shown(measure, found.get(measure)) for found in values.values()))
    return table


def forms_table(forms: Sequence[Form]) -> Table:
    """Return a line for each way to type the questions: how many it changes, and what each measure loses by it."""
    table = _table("Typed in other ways", "typed", "changed", *(name.replace("_", " ") for name in FORM_MEASURES))
    written = forms[0].measures
    for form in forms:
        values = [_with_drop(name, form.measures.get(name), written.get(name)) for name in FORM_MEASURES]
        table.add_row(form.name, str(form.changed), *values)
    return table


def question_lines(questions: Sequence[Question]) -> Table:
    """Return a line for each question: right or wrong, the rank of the right passage, what was answered."""
    table = Table(show_lines=False)
    for heading in ("", "query_id", "rank", "question", "first answer"):
        table.add_column(heading, overflow="fold")
    for question in questions:
        first = safe(question.returned[0].quote) if question.returned else "không tìm thấy"
        rank = str(question.rank) if question.rank else "-"
        mark = "✓" if question.right else "✗"
        table.add_row(mark, safe(question.query_id), rank, Text(safe(question.text)), Text(first[:160]))
    return table


def print_comparison(console: Console, made: Comparison, questions: bool) -> None:
    """Print the differences, and by kind and language how many questions are better; `questions` names them."""
    console.print(f"A = {safe(made.names[0])}, B = {safe(made.names[1])}; difference: B - A", soft_wrap=True)
    console.print()
    console.print(_differences(made))
    for title, tallies in (("kind", made.kinds), ("language", made.languages)):
        if tallies:
            console.print()
            console.print(_tallies(made.headline, title, tallies))
    if questions:
        console.print()
        console.print(f"better in B ({made.headline}): {safe(' '.join(made.better)) or '-'}", soft_wrap=True)
        console.print(f"worse in B ({made.headline}): {safe(' '.join(made.worse)) or '-'}", soft_wrap=True)


def _differences(made: Comparison) -> Table:
    table = _plain_table("measure", "A", "B", "B - A", "95% interval", "p, Holm", "better / worse / same")
    table.columns[4].min_width = len("-1.000…+1.000")
    for each in made.differences:
        table.add_row(
            each.measure,
            *(shown(each.measure, value, 3) for value in (each.first, each.second)),
            _signed(each.difference),
            f"{_signed(each.low)}…{_signed(each.high)}",
            f"{each.p_holm:.3f}",
            f"{each.better}/{each.worse}/{each.same}",
        )
    for measure, name in made.not_run:
        table.add_row(measure, *("" if name == side else NOT_RUN for side in made.names))
    return table


def _tallies(measure: str, title: str, tallies: Sequence[Tally]) -> Table:
    table = _plain_table(title, f"A, {measure}", f"B, {measure}", "better / worse / same", "questions")
    for each in tallies:
        values = (shown(measure, value, 3) for value in (each.first, each.second))
        table.add_row(safe(each.group), *values, f"{each.better}/{each.worse}/{each.same}", str(each.questions))
    return table


def _with_drop(name: str, value: float | None, written: float | None) -> str:
    if value is None or written is None or value == written:
        return shown(name, value)
    change = value - written
    return f"{shown(name, value)} ({change * 100:+.1f})"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1)


def _table(title: str, first: str, *columns: str) -> Table:
    return _with_columns(Table(title=title, title_justify="left", title_style="bold"), first, *columns)


def _plain_table(first: str, *columns: str) -> Table:
    """Return a table without frame, so that many columns have room in a terminal of 80."""
    return _with_columns(Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0), first, *columns)


def _with_columns(table: Table, first: str, *columns: str) -> Table:
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", overflow="fold")
    return table
